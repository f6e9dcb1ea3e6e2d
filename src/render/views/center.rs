//! What the page of a Center sees.

use super::{ChapterLinkView, EventView, LinkView, SectionView, SourceView};
use serde::Serialize;

/// A Center on the portal's first page.
#[derive(Debug, Clone, Serialize)]
pub struct CenterCardView {
    /// Its name.
    pub name: String,
    /// Relative to the root.
    pub url: String,
    /// What it is for, in one or two sentences; may be empty.
    pub summary: String,
}

/// A Center on its own page.
#[derive(Debug, Clone, Serialize)]
pub struct CenterView {
    /// Its name.
    pub name: String,
    /// Relative to the root.
    pub url: String,
    /// Its number; may be empty.
    pub number: String,
    /// Where it sits; may be empty.
    pub city: String,
    /// The field office that it belongs to; may be empty.
    pub field_office: String,
    /// When it opened; may be empty.
    pub opened: String,
    /// Whom it serves.
    pub industries: Vec<String>,
    /// Whether it is an office beside the industries' Centers.
    pub is_office: bool,
    /// The collections of rulings that an office issues, as they stand before a number: `NY`.
    pub issues: Vec<&'static str>,
    /// HTS chapters and headings that it handles, with the documents that it has of each.
    pub coverage: Vec<ChapterLinkView>,
    /// Which edition of the tariff the portal has; may be empty.
    pub edition: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// Where these facts come from.
    pub sources: Vec<SourceView>,
    /// Its collection by kind.
    pub sections: Vec<SectionView>,
    /// Its documents by category.
    pub categories: Vec<LinkView>,
    /// Its documents by chapter of the tariff.
    pub chapters: Vec<LinkView>,
    /// Its documents by country of origin, most first.
    pub origins: Vec<LinkView>,
    /// The last changes of status.
    pub changed: Vec<EventView>,
    /// Everything that changed.
    pub changes_url: String,
    /// When it will be looked at again; may be empty.
    pub review_by: String,
}
