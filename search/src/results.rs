//! What is asked, and what is answered.

use crate::chunk::ChunkId;
use crate::document::Card;
use crate::query::Column;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A search, as the page's address holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whether a word that no document has may be replaced by a similar one; `false` asks for the words as typed.
    pub fuzzy: bool,
    /// Whether each hit says what its score is made of.
    pub explain: bool,
    /// The order.
    pub sort: Sort,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many to give; 0 gives ten.
    pub limit: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            filters: BTreeMap::new(),
            from: None,
            to: None,
            facets: Vec::new(),
            fuzzy: true,
            explain: false,
            sort: Sort::default(),
            offset: 0,
            limit: 0,
        }
    }
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
#[serde(default)]
pub struct Results {
    /// What was typed.
    pub query: String,
    /// How many documents there are in all, without `answers`.
    pub total: usize,
    /// How many of them come first because they have all that was asked. The others have most of it, or all of it by accident.
    pub complete: usize,
    /// Whether there are documents and none has all that was asked.
    pub loosened: bool,
    /// The words that were searched, folded, for marking them in text.
    pub words: Vec<String>,
    /// Words replaced by similar ones, because no document has them.
    pub corrected: Option<Corrected>,
    /// Words that others were searched for, too.
    pub synonyms: Vec<Synonym>,
    /// Words that were left out, as typed.
    pub ignored: Vec<String>,
    /// Words without which there would be results; only where there are none.
    pub without: Vec<Without>,
    /// The Center, the chapter and the heading that have most of the words; only where there are no results.
    pub places: Vec<Card>,
    /// Words of the index that resemble those that no document has.
    pub similar: Vec<String>,
    /// What of the query was not understood.
    pub notes: Vec<Note>,
    /// What the query names: a ruling by its number, a heading, a Center. Not repeated in `hits`.
    pub answers: Vec<Answer>,
    /// Numbers that the query names and the portal does not have.
    pub absent: Vec<Absent>,
    /// Those of this page.
    pub hits: Vec<Hit>,
    /// Counts of the columns that were asked for: of each value, as if its own column were not filtered.
    pub facets: Vec<Facet>,
}

/// A query with similar words in place of those that no document has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The query that is answered.
    pub shown: String,
    /// The query as typed.
    pub asked: String,
}

/// A word of the query and what else was searched for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonym {
    /// As typed.
    pub word: String,
    /// As `synonyms.yaml` has them.
    pub also: Vec<String>,
}

/// How many documents there would be without a word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Without {
    /// As typed.
    pub word: String,
    /// Documents with all other words.
    pub total: usize,
}

/// A part of the query that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What is wrong with it.
    pub kind: NoteKind,
    /// The part, as typed.
    pub text: String,
}

/// What is wrong with a part of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// There is no field of this name; the part was searched as words.
    UnknownField,
    /// No document has this value in this field.
    UnknownValue,
    /// The query is too long; the rest of it was left out.
    TooLong,
}

/// What a query names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The kind of its card.
    pub kind: String,
    /// What is shown of it.
    pub card: Card,
}

/// A number that the portal does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// What has the number.
    pub kind: AbsentKind,
    /// In its normal form: `N301862`, `6109.10.0012`.
    pub number: String,
}

/// What has a number that the portal does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AbsentKind {
    /// A ruling: its page is on CROSS.
    Ruling,
    /// A tariff number: the official schedule has it.
    Heading,
}

/// What a text that is being typed may become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// What it is.
    pub kind: CompletionKind,
    /// The query that it stands for.
    pub text: String,
    /// What it is about: a ruling's title, a heading's description; may be empty.
    pub detail: String,
    /// Its page, relative to the site's root.
    pub href: Option<String>,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompletionKind {
    /// Words.
    Word,
    /// A document's number.
    Number,
    /// A heading of the tariff.
    Heading,
    /// A Center.
    Center,
}

/// Completions, or what has to be fetched before there can be any.
#[derive(Debug, Clone, PartialEq)]
pub enum CompleteStep {
    /// Fetch these together, [`crate::Engine::provide`] them, and ask again.
    Fetch(Vec<ChunkId>),
    /// The completions, the most useful one first.
    Done(Vec<Completion>),
}

/// A document that was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What is shown of it.
    #[serde(flatten)]
    pub card: Card,
    /// Its rank's reason; rounded, so that it is the same on every machine.
    pub score: f64,
    /// What the score is made of, where that was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ScorePart>,
}

/// A part of a score. The words' parts are added, and the sum is multiplied by the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ScorePart {
    /// A word or number of the query, as typed: what is added for it.
    Word {
        /// As typed.
        word: String,
        /// What is added.
        score: f64,
    },
    /// What part of the query the document has.
    Coverage {
        /// From 0 to 1; a rare word is a larger part than a frequent one.
        factor: f64,
    },
    /// What the document is: its status, office, age, how often it is cited; the kind of a page.
    Document {
        /// The product of all of these.
        factor: f64,
    },
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
