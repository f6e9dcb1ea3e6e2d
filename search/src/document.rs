//! What the index takes of a document, and what it gives back.

use portolan_customs::Collection;
use serde::{Deserialize, Serialize};

/// A document to be indexed.
#[derive(Debug, Clone, Default)]
pub struct IndexDocument<'a> {
    /// The ruling's number in its normal form; empty for what is no ruling.
    pub ruling: &'a str,
    /// Plain text of the body and the summary.
    pub text: &'a str,
    /// Digits of each tariff number.
    pub hts: Vec<&'a str>,
    /// Keys that the portal's settings add, each with a value as it is written.
    pub keys: Vec<(&'a str, &'a str)>,
    /// What is shown of it.
    pub card: Card,
    /// Days since 1970-01-01 of the last day that its date can mean; `None` where undated.
    pub day: Option<i32>,
    /// The collection of a ruling; `None` for what is none, or where its number does not tell.
    pub collection: Option<Collection>,
    /// How often other documents of the portal cite it.
    pub cited: u32,
}

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
}
