//! The hot file: all that opening the index reads, so that it costs one request.

use crate::chunk::Layout;
use crate::thesaurus::Synonyms;
use serde::{Deserialize, Serialize};

/// The version of the format; an engine refuses another one.
pub(crate) const FORMAT: u32 = 4;

/// What comes at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hot {
    pub(crate) format: u32,
    /// tantivy's list of segments.
    pub(crate) meta: String,
    /// The segments, in the order of their blobs.
    pub(crate) segments: Vec<SegmentHot>,
    /// The layouts of all blobs: segments, then the vocabulary.
    pub(crate) layouts: Vec<Layout>,
    /// The blobs' folders, below `search/`.
    pub(crate) folders: Vec<String>,
    /// Names for the numbers in columns.
    pub(crate) kinds: Vec<String>,
    pub(crate) centers: Vec<CenterName>,
    pub(crate) statuses: Vec<String>,
    /// Keys of front matter that the portal's settings add.
    pub(crate) keys: Vec<String>,
    /// Words that mean the same.
    pub(crate) synonyms: Vec<Synonyms>,
    /// First form and start of each block of the vocabulary.
    pub(crate) vocabulary: Vec<(String, u64)>,
}

/// A Center's slug and name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CenterName {
    pub(crate) slug: String,
    pub(crate) name: String,
}

/// What is known of a segment before anything of it is fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SegmentHot {
    /// tantivy's id, 32 hexadecimal digits.
    pub(crate) id: String,
    /// How many documents it has.
    pub(crate) documents: u32,
    /// Where each group of cards begins in the file of cards; one more for the end.
    pub(crate) cards: Vec<u32>,
    /// By document, a place in `statuses`: what later documents change is not in the segment.
    pub(crate) status: Vec<u8>,
    /// Since when, as a reader sees it, of the documents of which that is known, by document.
    pub(crate) since: Vec<(u32, String)>,
    /// By document, how often it is cited.
    pub(crate) cited: Vec<u16>,
}

/// Cards that stand together; a page of results has ten.
pub(crate) const CARDS: usize = 16;

/// Files of a blob beside tantivy's.
pub(crate) mod file {
    /// A byte a document, a place in `kinds`.
    pub(crate) const KIND: &str = "kind";
    /// Eight bytes a document, a bit a Center.
    pub(crate) const CENTERS: &str = "centers";
    /// Two bytes a document; 0 where undated.
    pub(crate) const YEAR: &str = "year";
    /// Four bytes a document, days since 1970; the lowest number where undated.
    pub(crate) const DAY: &str = "day";
    /// A byte a document: decided at Headquarters.
    pub(crate) const HEADQUARTERS: &str = "headquarters";
    /// Groups of cards, JSON.
    pub(crate) const CARDS: &str = "cards";
    /// Lines of a surface form, a tab and its document frequency, sorted.
    pub(crate) const VOCABULARY: &str = "vocabulary";
}
