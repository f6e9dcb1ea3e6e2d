//! What is asked, and what is answered.

use crate::chunk::ChunkId;
use crate::document::Card;
use crate::query::Column;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A search, as the page's address holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// What was typed.
    pub query: String,
    /// Values by column: a document has one of them in each column.
    pub filters: BTreeMap<Column, Vec<String>>,
    /// The first day, as `2019-05-17`.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// The columns that are counted.
    pub facets: Vec<Column>,
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
    /// Counts of the columns that were asked for: of each value, as if its own column were not filtered.
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
    /// As a request names it; the page has the words for it.
    pub value: String,
    /// How many documents have it.
    pub count: usize,
}
