//! What is asked, and what is answered.

use crate::chunk::ChunkId;
use crate::document::Card;
use crate::query::Column;
use serde::{Deserialize, Serialize};

/// A search, as the page's address holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// What was typed.
    pub query: String,
    /// Slugs; a document of any of them.
    pub center: Vec<String>,
    /// Kinds; a document of any of them.
    pub kind: Vec<String>,
    /// Statuses; a document in any of them.
    pub status: Vec<String>,
    /// Years, or `undated`.
    pub year: Vec<String>,
    /// The order.
    pub sort: Sort,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many to give; 0 gives ten.
    pub limit: usize,
}

/// The order of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The highest score first.
    #[default]
    Relevance,
    /// Undated last.
    Newest,
    /// Undated last.
    Oldest,
}

/// An answer, or what has to be fetched before there can be one.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Fetch these together, [`crate::Engine::provide`] them, and ask again.
    Fetch(Vec<ChunkId>),
    /// The answer.
    Done(Box<Results>),
}

/// The answer to a search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// What was typed.
    pub query: String,
    /// How many documents there are in all.
    pub total: usize,
    /// Whether no document has all that was asked, so that these are the documents that have a part of it. A reader has
    /// to be told; how is said by the page and the terminal.
    pub loosened: bool,
    /// The words that were searched, folded, for marking them in text.
    pub words: Vec<String>,
    /// Those of this page.
    pub hits: Vec<Hit>,
    /// Counts by column: of each value, as if its own column were not filtered.
    pub facets: Vec<Facet>,
}

/// A document that was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What is shown of it.
    #[serde(flatten)]
    pub card: Card,
    /// Its rank's reason; rounded, so that it is the same on every machine.
    pub score: f64,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Which column.
    pub column: Column,
    /// Those with documents.
    pub values: Vec<FacetValue>,
}

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// As a request names it.
    pub value: String,
    /// The name of a Center; the page has the words for the values of other columns.
    pub name: Option<String>,
    /// How many documents have it.
    pub count: usize,
}
