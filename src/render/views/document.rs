//! What the page of a document sees.

use super::{ItemView, LinkView, LinkedText, SourceView};
use serde::Serialize;

/// A ruling, or a notice about one, that is spoken of.
#[derive(Debug, Clone, Serialize)]
pub struct RulingLinkView {
    /// What is done, or was done: `revokes`, `revoked by`; empty for citations.
    pub verb: String,
    /// Its number.
    pub number: String,
    /// Its title; empty where the portal does not have it.
    pub title: String,
    /// Relative to the root, or the page in CROSS; empty for a decision that the portal does not have.
    pub url: String,
    /// Whether `url` leads out of the portal.
    pub external: bool,
    /// When, as known; may be empty.
    pub date: String,
    /// Whether it stands itself: `In force`, …; empty where the portal does not have it.
    pub status: String,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked`; of a decision `affirmed`, `reversed`, `vacated`; or
    /// empty.
    pub status_class: &'static str,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`; may be empty.
    pub status_note: String,
    /// `Revocation proposed` or `Modification proposed` where that is pending; else empty.
    pub proposed: String,
    /// The sentence that cites it; may be empty.
    pub sentence: String,
    /// What a reader must know of the relation: that it was found in the text and is not confirmed; may be empty.
    pub note: String,
}

/// A document that cites the one of the page.
#[derive(Debug, Clone, Serialize)]
pub struct CitedView {
    /// The document.
    pub item: ItemView,
    /// The sentence that does so; may be empty.
    pub sentence: String,
}

/// A fact of a document: `HTS numbers: 6109.10.0012`.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<FactValueView>,
}

/// A value of a fact.
#[derive(Debug, Clone, Serialize)]
pub struct FactValueView {
    /// As a reader sees it.
    pub text: String,
    /// The list or document behind it, relative to the root; may be empty.
    pub url: String,
    /// What a reader must know of it: that the tariff no longer has a number; may be empty.
    pub note: String,
}

/// A way to cite a document.
#[derive(Debug, Clone, Serialize)]
pub struct CitationView {
    /// `short`, `full`, `bibtex` or `ris`.
    pub id: &'static str,
    /// As a reader sees it.
    pub style: String,
    /// The citation; may have several lines.
    pub text: String,
}

/// The document in another form.
#[derive(Debug, Clone, Serialize)]
pub struct FormatView {
    /// As a reader sees it: `JSON`.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// A public change note.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// `November 25, 2026`.
    pub date: String,
    /// `2026-11-25`.
    pub datetime: String,
    /// What changed.
    pub text: String,
}

/// A change of a ruling that a notice proposes.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalView {
    /// `Revocation proposed` or `Modification proposed`.
    pub label: String,
    /// The notice, after the words `revocation proposed by`.
    pub notice: RulingLinkView,
    /// The last day for comments, as known; may be empty.
    pub comments_until: String,
}

/// Whether a ruling stands, as of which day, and on what that rests. A theme shows all three.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// `In force`, `Not checked`, …
    pub label: String,
    /// `in-force`, `not-checked`, `modified`, `superseded` or `revoked`.
    pub class: &'static str,
    /// What follows the label in its line: `as far as this portal knows, as of June 26, 2026.`; may be empty.
    pub note: String,
    /// The day up to which changes were looked up: `June 26, 2026`; empty where nobody looked.
    pub as_of: String,
    /// `2026-06-26`, or empty.
    pub as_of_datetime: String,
    /// On what it rests, in sentences.
    pub basis: String,
    /// The change that it follows from.
    pub cause: Option<RulingLinkView>,
    /// Who took the ruling out of force that did so to this one, and so on.
    pub chain: Vec<RulingLinkView>,
    /// Whether it is out of force without a letter that says so.
    pub withdrawn: bool,
    /// Changes that are proposed: not withdrawn, and not carried out yet.
    pub proposals: Vec<ProposalView>,
    /// Every change and every proposal of one, oldest first.
    pub history: Vec<RulingLinkView>,
}

/// What the text of a document is.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentTextView {
    /// `letter`, `summary`, `record` or `unstated`.
    pub kind: &'static str,
    /// In a sentence: `This is our summary, not the letter.`
    pub notice: String,
}

/// What later decisions did to a decision.
#[derive(Debug, Clone, Serialize)]
pub struct SubsequentView {
    /// What they come to: `Reversed`, …; empty where only the note says something.
    pub label: String,
    /// `affirmed`, `reversed`, `vacated` or empty.
    pub class: &'static str,
    /// Every later decision on it, oldest first; `url` is empty where the portal does not have it.
    pub history: Vec<RulingLinkView>,
    /// What else came after it; may be empty.
    pub note: String,
}

/// A document's page.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// `Ruling`, …
    pub kind: String,
    /// `ruling`, `decision`, `publication`, `update`, `page` or the name of a kind of site.toml.
    pub kind_id: String,
    /// Number or citation; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// As known.
    pub date: String,
    /// Machine-readable, or empty.
    pub datetime: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// What its text is; `None` for what reproduces nothing, such as updates and pages.
    pub text: Option<DocumentTextView>,
    /// Its official page outside of the portal; may be empty.
    pub official_url: String,
    /// The address block of the letter, line by line, where the settings let it be shown; else empty.
    pub addressee: String,
    /// Whether it is a draft, which only the preview shows.
    pub draft: bool,
    /// `None` for what is no ruling.
    pub status: Option<StatusView>,
    /// What became of a decision; `None` where nothing is known to have come after it.
    pub subsequent: Option<SubsequentView>,
    /// Metadata.
    pub facts: Vec<FactView>,
    /// What changed since it was published, newest first.
    pub notes: Vec<NoteView>,
    /// What it does to other rulings.
    pub changes: Vec<RulingLinkView>,
    /// Rulings that it proposes to revoke or modify, of a notice.
    pub proposes: Vec<RulingLinkView>,
    /// What it cites.
    pub cites: Vec<RulingLinkView>,
    /// What cites it.
    pub cited_by: Vec<CitedView>,
    /// The newest rulings on the same goods that nothing is known to have changed; of rulings and decisions.
    pub related: Vec<ItemView>,
    /// The list of its heading, for more of them.
    pub related_list: Option<LinkView>,
    /// How to cite it.
    pub citations: Vec<CitationView>,
    /// Its other forms.
    pub formats: Vec<FormatView>,
    /// Its Centers.
    pub centers: Vec<LinkView>,
    /// The office that issued it, where the portal has that.
    pub issued_by: Option<LinkView>,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
    /// What to do, of an update; may be empty.
    pub action: LinkedText,
}
