//! What the index gives back of a document.

use serde::{Deserialize, Serialize};

/// What a list of results shows of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Number or citation; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// As known: `November 5, 2018`.
    pub date: String,
    /// `2018`, or `undated`.
    pub year: String,
    /// Slugs of its Centers.
    pub centers: Vec<String>,
    /// `ruling`, …
    pub kind: String,
    /// `in-force`, …; empty for what is no ruling.
    pub status: String,
    /// Since when it has that status: `July 5, 2010`; may be empty.
    #[serde(default)]
    pub since: String,
    /// Tariff numbers as written.
    pub hts: Vec<String>,
    /// Relative to the site's root.
    pub url: String,
    /// One or two sentences; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// What else its line says, in the portal's language: a deadline, a city, a department.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// Whether its text is published beside its page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub text: bool,
}
