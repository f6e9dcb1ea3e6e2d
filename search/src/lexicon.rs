//! What is known of a query's words beside the query: what they may become, and what means the same.

use crate::query::QueryWord;
use std::collections::BTreeMap;

/// What is known of words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lexicon {
    /// Terms of the most frequent words that begin with a form.
    pub(crate) prefixes: BTreeMap<String, Vec<String>>,
    /// What means the same as a form.
    pub(crate) synonyms: BTreeMap<String, Vec<Also>>,
}

/// Words that mean the same as another one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Also {
    /// As written in the list of synonyms.
    pub(crate) text: String,
    /// Its words, of which a document must have all.
    pub(crate) words: Vec<QueryWord>,
    /// 1 where it replaces the word alone; less where the word is one of several that it replaces.
    pub(crate) weight: f32,
}
