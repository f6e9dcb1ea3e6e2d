//! What a query asks of the index, as a plain tree: what reads the index runs it, and knows no query language.
//!
//! A leaf gives documents with a score. In the field that is scored that is BM25 (k1 1.2, b 0.75, as tantivy has it)
//! times the leaf's weight; in any other field it is the weight.

use crate::query::Filter;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The fields that a leaf can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    /// Normal forms of numbers, and `key=value`.
    Number,
    /// Digits of tariff numbers, cut at 2, 4, 6, 8 and 10.
    Hts,
    /// Terms of the title, for `title:` alone.
    Title,
    /// Terms of title and text: the one field that is scored.
    Body,
}

impl Field {
    /// All of them, in the order of the dictionary.
    #[cfg(feature = "build")]
    pub(crate) const ALL: [Self; 4] = [Self::Number, Self::Hts, Self::Title, Self::Body];
}

/// A tree of conditions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Documents with a term.
    Term(Term),
    /// Documents with terms in this order.
    Phrase(Phrase),
    /// Documents with all of them; scores are added.
    All(Vec<Node>),
    /// Documents with one of them at least; scores are added.
    Any(Vec<Node>),
    /// Documents with one of them at least; the highest score counts. For what means the same: forms of a word, spellings
    /// of a number.
    Best(Vec<Node>),
    /// Documents without it, with the score 0.
    Not(Box<Node>),
    /// Documents with a value in a column, with the score 0.
    Where(Condition),
}

/// A condition on columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// One of some values.
    Values(Filter),
    /// A day in one of these ranges, counted from 1970-01-01.
    Days(Vec<RangeInclusive<i32>>),
}

/// A term of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) field: Field,
    /// As the index has it.
    pub(crate) text: String,
    pub(crate) weight: f32,
}

/// Terms that follow one another; there are two at least.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// One with positions: title or body.
    pub(crate) field: Field,
    /// Each with its place, counted from the first.
    pub(crate) terms: Vec<(usize, String)>,
    /// How many places they may be moved in all; 0 asks for exactly this order.
    pub(crate) slop: u32,
    pub(crate) weight: f32,
}

/// A query as the index is asked for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    /// What every document must meet.
    pub(crate) conditions: Vec<Node>,
    /// What is wanted: documents with all of them come first, then those with most of them.
    pub(crate) wanted: Vec<Node>,
    /// What only adds to the score of documents that are found otherwise.
    pub(crate) bonus: Vec<Node>,
}

/// A leaf of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Leaf<'a> {
    /// A term.
    Term(&'a Term),
    /// A phrase, of which positions are read.
    Phrase(&'a Phrase),
}

impl Plan {
    /// The terms that are wanted, for marking them in text.
    pub(crate) fn words(&self) -> Vec<String> {
        let wanted = self.conditions.iter().chain(&self.wanted);
        let mut leaves = Vec::new();
        for node in wanted.filter(|node| !matches!(node, Node::Not(_))) {
            node.collect(&mut leaves);
        }
        let mut words: Vec<String> = leaves
            .into_iter()
            .flat_map(|leaf| match leaf {
                Leaf::Term(term) => match term.field {
                    Field::Title | Field::Body => vec![term.text.clone()],
                    Field::Number | Field::Hts => Vec::new(),
                },
                Leaf::Phrase(phrase) => phrase.terms.iter().map(|(_, term)| term.clone()).collect(),
            })
            .collect();
        words.sort();
        words.dedup();
        words
    }

    /// All that has to be looked up in the index.
    pub(crate) fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        let nodes = self.conditions.iter().chain(&self.wanted);
        for node in nodes.chain(&self.bonus) {
            node.collect(&mut leaves);
        }
        leaves
    }
}

impl Node {
    /// A term of the text with a weight.
    pub(crate) fn word(text: impl Into<String>, weight: f32) -> Self {
        Self::term(Field::Body, text, weight)
    }

    /// A term of a field with a weight.
    pub(crate) fn term(field: Field, text: impl Into<String>, weight: f32) -> Self {
        Self::Term(Term {
            field,
            text: text.into(),
            weight,
        })
    }

    /// The only one of a list, or all of them as `join` makes one.
    pub(crate) fn joined(mut nodes: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match nodes.pop() {
            Some(only) if nodes.is_empty() => only,
            Some(last) => {
                nodes.push(last);
                join(nodes)
            }
            None => join(nodes),
        }
    }

    /// The terms that it asks for, in any way.
    pub(crate) fn terms(&self) -> BTreeSet<&str> {
        let mut leaves = Vec::new();
        self.collect(&mut leaves);
        let terms = leaves.into_iter().flat_map(|leaf| match leaf {
            Leaf::Term(term) => vec![term.text.as_str()],
            Leaf::Phrase(phrase) => phrase.terms.iter().map(|(_, term)| term.as_str()).collect(),
        });
        terms.collect()
    }

    fn collect<'a>(&'a self, leaves: &mut Vec<Leaf<'a>>) {
        match self {
            Self::Where(_) => {}
            Self::Term(term) => leaves.push(Leaf::Term(term)),
            Self::Phrase(phrase) => leaves.push(Leaf::Phrase(phrase)),
            Self::All(nodes) | Self::Any(nodes) | Self::Best(nodes) => {
                for node in nodes {
                    node.collect(leaves);
                }
            }
            Self::Not(node) => node.collect(leaves),
        }
    }
}
