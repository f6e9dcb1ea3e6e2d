//! What the pages of the tariff see.

use super::{LinkView, RulingLinkView};
use serde::Serialize;

/// The tariff's first page.
#[derive(Debug, Clone, Serialize)]
pub struct TariffView {
    /// Which edition of the tariff it is; may be empty.
    pub edition: String,
    /// Sections with their chapters; one without a name where the chapters have none.
    pub sections: Vec<TariffSectionView>,
}

/// A section of the tariff.
#[derive(Debug, Clone, Serialize)]
pub struct TariffSectionView {
    /// `XI`; may be empty.
    pub number: String,
    /// Its words; may be empty.
    pub title: String,
    /// Its chapters.
    pub chapters: Vec<ChapterLinkView>,
}

/// A chapter or a heading in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterLinkView {
    /// 2 or 4 digits.
    pub number: String,
    /// Its words; may be empty.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// How many documents are behind it.
    pub count: usize,
    /// The Centers that handle its goods.
    pub centers: Vec<LinkView>,
}

/// The page of a chapter, beside its list.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterView {
    /// Two digits.
    pub number: String,
    /// Its words; may be empty.
    pub title: String,
    /// Which edition of the tariff it is; may be empty.
    pub edition: String,
    /// The Centers that handle its goods.
    pub centers: Vec<LinkView>,
    /// Its headings: those of the tariff, and those that documents name.
    pub headings: Vec<ChapterLinkView>,
}

/// The page of a heading, beside its list.
#[derive(Debug, Clone, Serialize)]
pub struct HeadingView {
    /// Four digits.
    pub number: String,
    /// Its words; empty where the tariff does not have it.
    pub title: String,
    /// Its chapter.
    pub chapter: LinkView,
    /// Which edition of the tariff it is; may be empty.
    pub edition: String,
    /// The Centers that handle its goods.
    pub centers: Vec<LinkView>,
    /// Its lines in the schedule's order.
    pub lines: Vec<TariffLineView>,
}

/// A line of the schedule.
#[derive(Debug, Clone, Serialize)]
pub struct TariffLineView {
    /// As published; empty for a line that only introduces those below it.
    pub number: String,
    /// How deep it lies, 0 for the heading.
    pub indent: u8,
    /// Its own words.
    pub description: String,
    /// The newest documents on exactly this number, those that stand first; without titles.
    pub decided: Vec<RulingLinkView>,
    /// How many more there are.
    pub more: usize,
}
