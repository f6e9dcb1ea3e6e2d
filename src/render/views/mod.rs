//! What templates see: plain data, the contract between the program and a theme.
//!
//! A view holds everything that its page shows but the body, so its hash is the fingerprint of the page's inputs.
//! An item of a list never carries a body.

mod center;
mod directory;
mod document;
mod list;
mod page;
mod record;
mod tariff;
mod trends;

pub use center::{CenterCardView, CenterView};
pub use directory::*;
pub use document::{
    CitationView, CitedView, DocumentTextView, DocumentView, FactValueView, FactView, FormatView,
    NoteView, ProposalView, RulingLinkView, StatusView, SubsequentView,
};
pub use list::{
    AlertView, ChangesView, DayView, EventView, GroupView, ListingView, SectionView, SiteMapView,
    TermsView,
};
pub use page::{FeedView, NavigationLinkView, NavigationView, PageView};
pub use record::{RecordLink, RecordProposal, RecordStatus, RecordView};
pub use tariff::{
    ChapterLinkView, ChapterView, HeadingView, TariffLineView, TariffSectionView, TariffView,
};
pub use trends::{
    CellView, CenterTrendView, ChartView, DrawingView, MarkView, TableView, TextView, TrendTeaser,
    TrendsView,
};

use serde::Serialize;

/// A link to a page of the portal, relative to the root.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// As a reader sees it.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// How many documents are behind it; 0 where that says nothing.
    pub count: usize,
}

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// Number or citation; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// As known: `November 5, 2018`.
    pub date: String,
    /// `2018-11-05`, `2018-11`, `2018` or empty.
    pub datetime: String,
    /// `Ruling`, `Update`, … ; of decisions and publications the type: `Court decision`, `CSMS message`, …
    pub kind: String,
    /// What else tells it from its neighbors: `6109.10.0012`, `34 pages`, `revised 2004`.
    pub details: Vec<String>,
    /// `In force`, … for rulings; else empty.
    pub status: String,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked` or empty.
    pub status_class: &'static str,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`, `July 5, 2010; status as of June 26, 2026`; may
    /// be empty.
    pub status_note: String,
    /// `Revocation proposed` or `Modification proposed` where that is pending; else empty.
    pub proposed: String,
    /// One or two sentences; may be empty.
    pub summary: String,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// As a reader sees it.
    pub text: String,
    /// A web address; empty where the source is only cited.
    pub url: String,
}

/// An entry of the sitemap or a feed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryView {
    /// What tells it from every other entry; empty in the sitemap.
    pub id: String,
    /// Absolute.
    pub url: String,
    /// Title; empty in the sitemap.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// A day; empty where none is known.
    pub date: String,
    /// The day of the document, of the last change of its status or of the last note on its page, whichever is latest;
    /// empty where none is known.
    pub updated: String,
    /// `In force`, `Revoked`, … for rulings; else empty.
    pub status: String,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked` or empty.
    pub status_class: &'static str,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`; may be empty.
    pub status_note: String,
}
