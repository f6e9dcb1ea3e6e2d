//! The JSON file beside a document: what others build on, so its names change only with `version`.

use crate::portal::StatusRecord;
use serde::Serialize;

/// A document as data. Addresses are absolute where the settings have a `base_url`, else relative to the root.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    /// The version of this form: 2.
    pub version: u8,
    /// `ruling`, `decision`, …
    pub kind: String,
    /// Number or citation; absent where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Title.
    pub title: String,
    /// `2018-11-05`, `2018-11`, `2018`; absent where unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Whether a ruling stands, as of which day, and on what that rests; or what became of a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<RecordStatus>,
    /// What else came after a decision.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status_note: String,
    /// What the text is: `letter`, `summary`, `record` or `unstated`; absent where it reproduces nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'static str>,
    /// One or two sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Categories or types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Tariff numbers with dots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hts: Vec<String>,
    /// Those of them that the portal's edition of the tariff does not have; absent where it has all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hts_not_in_edition: Vec<String>,
    /// Countries of origin, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origin: Vec<String>,
    /// Slugs of its Centers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub centers: Vec<String>,
    /// The slug of the office that issued it; absent where the portal does not have that.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub issued_by: String,
    /// What it does to other rulings: `revokes`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<RecordLink>,
    /// What was done to it, oldest first: `revoked by`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<RecordLink>,
    /// What was proposed for it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<RecordProposal>,
    /// Rulings that it proposes to change, of a notice: `proposes to revoke`, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposes: Vec<RecordLink>,
    /// The last day for comments on what it proposes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comments_until: String,
    /// When it withdrew what it proposes: a date, or `unknown`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub withdrawn: String,
    /// Rulings that it cites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<RecordLink>,
    /// Documents that cite it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cited_by: Vec<RecordLink>,
    /// Where its facts come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Its page.
    pub url: String,
    /// Its text; absent where the settings leave it out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text_url: String,
    /// Its official page outside of the portal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub official_url: String,
    /// Whether an authority publishes this as its own.
    pub official: bool,
}

/// Whether a ruling stands, as of which day, and on what that rests; or what became of a decision.
#[derive(Debug, Clone, Serialize)]
pub struct RecordStatus {
    /// The three parts.
    #[serde(flatten)]
    pub status: StatusRecord,
    /// The three parts in sentences.
    pub words: String,
    /// The ruling or the decision that it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<RecordLink>,
}

/// A change of a ruling that a notice proposes.
#[derive(Debug, Clone, Serialize)]
pub struct RecordProposal {
    /// `revocation proposed by` or `modification proposed by`, and the notice.
    #[serde(flatten)]
    pub notice: RecordLink,
    /// When the notice was published; absent where unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The last day for comments.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comments_until: String,
    /// When it was withdrawn: a date, or `unknown`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub withdrawn: String,
    /// Whether it was neither withdrawn nor carried out.
    pub pending: bool,
}

/// Another document.
#[derive(Debug, Clone, Serialize)]
pub struct RecordLink {
    /// `revokes`, `revoked by`, …; absent for citations.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub relation: &'static str,
    /// Number or citation, else the title.
    pub number: String,
    /// Its page here, or in CROSS; absent for a decision that the portal does not have.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Whether the relation was found in the text and no editor has confirmed it; absent where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}
