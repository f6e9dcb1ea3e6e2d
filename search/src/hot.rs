//! The hot file: all that opening the index reads, so that it costs one request.

use crate::chunk::Layout;
use crate::columns::NO_DAY;
use serde::{Deserialize, Serialize};

/// The version of the format; an engine refuses another one.
pub(crate) const FORMAT: u32 = 4;

/// What comes at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hot {
    pub(crate) format: u32,
    /// tantivy's list of segments.
    pub(crate) meta: String,
    /// tantivy's id of the segment, 32 hexadecimal digits.
    pub(crate) segment: String,
    /// How many documents there are.
    pub(crate) documents: u32,
    /// How many of them, the first ones, are pages of the site, which have no date.
    pub(crate) pages: u32,
    /// The layouts of all blobs: the segment, then the vocabulary.
    pub(crate) layouts: Vec<Layout>,
    /// The blobs' folders, below `search/`.
    pub(crate) folders: Vec<String>,
    /// Slug and name of each Center.
    pub(crate) centers: Vec<CenterName>,
    /// Keys of front matter that the portal's settings add.
    pub(crate) keys: Vec<String>,
    /// First form and start of each block of the vocabulary.
    pub(crate) vocabulary: Vec<(String, u64)>,
    /// Where each group of cards begins in the file of cards; one more for the end.
    pub(crate) cards: Vec<u32>,
    /// Columns, by name.
    pub(crate) columns: Vec<ColumnHot>,
    /// By document, the days since the dated document before it; see [`Hot::days`].
    pub(crate) days: Vec<Option<i64>>,
    /// Since when a status holds, as a reader sees it, of the documents of which that is known, by document.
    pub(crate) since: Vec<(u32, String)>,
    /// By document, how often it is cited.
    pub(crate) cited: Vec<u16>,
}

/// What is known of a column before it is fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ColumnHot {
    pub(crate) name: String,
    /// The dictionary.
    pub(crate) values: Vec<String>,
    /// How many documents have each value: the answer to a search for nothing.
    pub(crate) counts: Vec<u32>,
    /// The column itself, where it is needed for every search.
    pub(crate) hot: Option<Vec<u8>>,
}

/// Days as the hot file has them: the generator sorts documents by their days, so that differences are small.
#[cfg(feature = "build")]
pub(crate) fn differences(days: &[i32]) -> Vec<Option<i64>> {
    let mut last = 0;
    let difference = |day: &i32| {
        let day = Some(*day).filter(|day| *day != NO_DAY).map(i64::from)?;
        Some(day - std::mem::replace(&mut last, day))
    };
    days.iter().map(difference).collect()
}

impl Hot {
    /// Days since 1970-01-01 of each document; [`NO_DAY`] where undated.
    pub(crate) fn days(&self) -> Vec<i32> {
        let mut last = 0_i64;
        let day = |difference: &Option<i64>| {
            last = last.saturating_add((*difference)?);
            i32::try_from(last).ok()
        };
        self.days
            .iter()
            .map(day)
            .map(|day| day.unwrap_or(NO_DAY))
            .collect()
    }
}

/// A Center's slug and name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CenterName {
    pub(crate) slug: String,
    pub(crate) name: String,
}

/// Cards that stand together; a page of results has ten.
pub(crate) const CARDS: usize = 16;

/// Files of a blob beside tantivy's.
pub(crate) mod file {
    /// Groups of cards, JSON.
    pub(crate) const CARDS: &str = "cards";
    /// Lines of a surface form, a tab and its document frequency, sorted.
    pub(crate) const VOCABULARY: &str = "vocabulary";

    /// A column that is not in the hot file.
    pub(crate) fn column(name: &str) -> String {
        format!("column-{name}")
    }
}
