//! The hot file: all that opening the index reads, so that it costs one request.

use crate::chunk::Name;
use crate::columns::NO_DAY;
use crate::thesaurus::Synonyms;
use serde::{Deserialize, Serialize};

/// The version of the format; an engine refuses another one.
pub(crate) const FORMAT: u32 = 5;

/// What comes at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hot {
    pub(crate) format: u32,
    /// How many documents there are.
    pub(crate) documents: u32,
    /// By kind, the names of chunks.
    pub(crate) chunks: Vec<Vec<[u8; 8]>>,
    /// Frequent terms, as the dictionary writes keys; each has a chunk of its own.
    pub(crate) frequent: Vec<u8>,
    /// By frequent term, how many documents have it.
    pub(crate) frequent_documents: Vec<u32>,
    /// What each chunk of the dictionary begins with.
    pub(crate) terms: Vec<u8>,
    /// By document, the code of the length of its text.
    pub(crate) lengths: Vec<u8>,
    /// The length of all texts, in words.
    pub(crate) tokens: u64,
    /// How many of them, the first ones, are pages of the site, which have no date.
    pub(crate) pages: u32,
    /// Centers and offices.
    pub(crate) centers: Vec<CenterName>,
    /// Keys of front matter that the portal's settings add.
    pub(crate) keys: Vec<String>,
    /// Words that mean the same.
    pub(crate) synonyms: Vec<Synonyms>,
    /// First form of each chunk of the vocabulary.
    pub(crate) vocabulary: Vec<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ColumnHot {
    pub(crate) name: String,
    /// The dictionary.
    pub(crate) values: Vec<String>,
    /// Of each value, what readers call it; none where they write the value itself.
    pub(crate) names: Vec<Vec<String>>,
    /// The column itself, or its chunk.
    pub(crate) bytes: Place,
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Place {
    /// In the hot file, because every search needs it or it is small.
    Here(Vec<u8>),
    /// In a chunk of its own.
    Chunk(u32),
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
    /// A column by its name.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnHot> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// What readers call a value of a column, beside the value.
    pub(crate) fn names(&self, column: &str, value: &str) -> &[String] {
        let column = self.column(column);
        let names = column.and_then(|column| {
            let at = column.values.iter().position(|known| known == value)?;
            column.names.get(at)
        });
        names.map_or(&[], Vec::as_slice)
    }

    /// By kind, the names of chunks.
    pub(crate) fn chunk_names(&self) -> Vec<Vec<Name>> {
        let kinds = self.chunks.iter();
        kinds
            .map(|names| {
                names
                    .iter()
                    .map(|name| Name::from_be_bytes(*name))
                    .collect()
            })
            .collect()
    }

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

/// A Center or an office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CenterName {
    pub(crate) slug: String,
    pub(crate) name: String,
    /// The document that is its page.
    pub(crate) page: Option<u32>,
}

/// Cards of a chunk. A page of results has ten, which are seldom neighbors: half as many would double the names of chunks in the
/// hot file.
pub(crate) const CARDS: usize = 16;
