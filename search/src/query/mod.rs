//! The query language: forgiving, so that no input is an error.
//!
//! Words are all wanted; `"…"` is a phrase, `"…"~5` words near each other, `word*` a beginning, `-word` or `NOT word`
//! unwanted, `a OR b` either, `( )` a group, `field:value` a field. Numbers are recognized wherever they are. What cannot be
//! understood is searched as words, and said.

mod dates;
mod number_forms;
mod numbers;
mod pieces;
mod read;
mod small_words;

pub(crate) use number_forms::number_forms;
pub use numbers::Number;
pub(crate) use small_words::is_small;

use crate::results::{Note, NoteKind};
use crate::words::{Word, words};
use pieces::{Piece, Token};
use std::ops::RangeInclusive;

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them are wanted.
    pub clauses: Vec<Clause>,
    /// Small words that are left out, as typed.
    pub ignored: Vec<String>,
    /// What was not understood.
    pub notes: Vec<Note>,
}

/// Something that is wanted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// As typed.
    pub text: String,
    /// Whether documents with it are left out.
    pub not: bool,
    /// What a document must have.
    pub wants: Wants,
}

/// What a document has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wants {
    /// A word in the title or the text.
    Word(QueryWord),
    /// A word that begins so.
    Prefix(String),
    /// Terms in this order.
    Phrase(Phrase),
    /// A number.
    Number(Number),
    /// A ruling's number in the text of another document.
    Cites(String),
    /// Digits with which a tariff number of the document begins.
    Hts(String),
    /// A value of a key that the portal's settings add.
    Key(KeyValue),
    /// A value of a column.
    Column(Filter),
    /// A day in one of these ranges, counted from 1970-01-01.
    Days(Vec<RangeInclusive<i32>>),
    /// All of them.
    All(Vec<Clause>),
    /// One of them.
    Any(Vec<Clause>),
}

/// A word as it is searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueryWord {
    /// Lower case, without accents.
    pub form: String,
    /// What the index has.
    pub term: String,
    /// The terms of its parts, where it is a compound.
    pub parts: Vec<String>,
    /// Whether it is in the title.
    pub in_title: bool,
    /// Whether it may still be the beginning of a longer word.
    pub is_typing: bool,
}

/// Terms in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Each with its place.
    pub terms: Vec<(usize, String)>,
    /// How far they may be moved.
    pub slop: u32,
    /// Whether they are in the title.
    pub in_title: bool,
}

/// A key of front matter and one of its values, both lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// The key.
    pub key: String,
    /// The full value, or one word of it.
    pub value: String,
}

impl KeyValue {
    /// The term of the index.
    #[must_use]
    pub fn term(&self) -> String {
        format!("{}={}", self.key, self.value)
    }

    /// What a document is found by that has a value under a key: the full value and each of its words.
    #[must_use]
    pub fn all(key: &str, value: &str) -> Vec<Self> {
        let full = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let full = full.to_lowercase();
        let mut values: Vec<String> = full
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .chain([full.clone()])
            .collect();
        values.sort();
        values.dedup();
        values
            .into_iter()
            .map(|value| Self {
                key: key.to_owned(),
                value,
            })
            .collect()
    }
}

/// A condition on a document's column, as typed: lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Which column.
    pub column: Column,
    /// Values of which it has one; a part of a Center's name is one, too.
    pub values: Vec<String>,
}

/// The columns that can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "engine", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "engine", serde(rename_all = "lowercase"))]
pub enum Column {
    /// Of any of the document's Centers.
    Center,
    /// Ruling, decision, publication, update.
    Kind,
    /// In force, modified, superseded, revoked.
    Status,
    /// A category of rulings, a type of decisions and publications.
    Category,
    /// A country of origin, its two letters in lower case.
    Country,
    /// A chapter of the tariff, two digits.
    Chapter,
    /// A heading of the tariff, four digits.
    Heading,
    /// The id of a program for trusted traders.
    Program,
    /// The id of a partner government agency.
    Agency,
    /// Four digits, or `undated`.
    Year,
}

impl Column {
    /// The name of the index's column.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Center => crate::columns::name::CENTER,
            Self::Kind => crate::columns::name::KIND,
            Self::Status => crate::columns::name::STATUS,
            Self::Category => "category",
            Self::Country => "country",
            Self::Chapter => "chapter",
            Self::Heading => "heading",
            Self::Program => "program",
            Self::Agency => "agency",
            Self::Year => crate::columns::name::YEAR,
        }
    }
}

/// The most clauses of a query, with those in groups; what comes after is left out.
const MAX_CLAUSES: usize = 40;

/// Fields that are searched, beside those that name a column.
const FIELDS: [&str; 11] = [
    "title", "number", "hts", "heading", "chapter", "cites", "year", "date", "before", "after",
    "text",
];

/// Parses what a reader typed, in a portal whose settings add no keys.
#[must_use]
pub fn parse(input: &str) -> Query {
    parse_with(input, &[])
}

/// Parses what a reader typed. `keys` are those that the portal's settings add: `port:laredo` asks for one of them.
#[must_use]
pub(crate) fn parse_with(input: &str, keys: &[String]) -> Query {
    let is_field = |name: &str| {
        FIELDS.contains(&name) || column(name).is_some() || keys.iter().any(|key| key == name)
    };
    let pieces = pieces::pieces(input, &is_field);
    let mut reader = read::Reader::default();
    let mut clauses = reader.clauses(&pieces);
    let is_typing =
        !input.ends_with(|c: char| c.is_whitespace() || c == '"' || c == '*' || c == ')');
    if is_typing
        && let Some(Piece {
            token: Token::Word(_),
            not: false,
            ..
        }) = pieces.last()
        && let Some(Clause {
            wants: Wants::Word(word),
            ..
        }) = clauses.last_mut()
    {
        word.is_typing = true;
    }
    if reader.is_full {
        reader.notes.push(Note {
            kind: NoteKind::TooLong,
            text: String::new(),
        });
    }
    Query {
        clauses,
        ignored: reader.ignored,
        notes: reader.notes,
    }
}

impl Clause {
    /// Whether documents with most of a query need not have it. What was asked for in so many signs, such as a phrase or a
    /// field, they must have.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.not && !is_strict(&self.wants)
    }
}

fn is_strict(wants: &Wants) -> bool {
    match wants {
        Wants::Word(word) => word.in_title,
        Wants::Number(_) | Wants::Prefix(_) => false,
        Wants::Any(clauses) => clauses.iter().all(|clause| is_strict(&clause.wants)),
        Wants::Phrase(_)
        | Wants::Cites(_)
        | Wants::Hts(_)
        | Wants::Key(_)
        | Wants::Column(_)
        | Wants::Days(_)
        | Wants::All(_) => true,
    }
}

impl Query {
    /// Visits every clause, also those in groups.
    pub(crate) fn each<'q>(&'q self, visit: &mut dyn FnMut(&'q Clause)) {
        each(&self.clauses, visit);
    }
}

/// Visits every clause of some, also those in groups, to change it.
pub(crate) fn each_mut(clauses: &mut [Clause], visit: &mut dyn FnMut(&mut Clause)) {
    for clause in clauses {
        visit(clause);
        if let Wants::All(inner) | Wants::Any(inner) = &mut clause.wants {
            each_mut(inner, visit);
        }
    }
}

fn each<'q>(clauses: &'q [Clause], visit: &mut dyn FnMut(&'q Clause)) {
    for clause in clauses {
        visit(clause);
        if let Wants::All(inner) | Wants::Any(inner) = &clause.wants {
            each(inner, visit);
        }
    }
}

/// The column that a field names.
fn column(name: &str) -> Option<Column> {
    Some(match name {
        "center" => Column::Center,
        "kind" => Column::Kind,
        "status" => Column::Status,
        "category" | "type" => Column::Category,
        "country" | "origin" => Column::Country,
        "program" => Column::Program,
        "agency" => Column::Agency,
        _ => return None,
    })
}

/// The words that are no part of the compound before them, each with its parts.
fn compounds(words: Vec<Word>) -> Vec<(Word, Vec<String>)> {
    let mut compounds: Vec<(Word, Vec<String>)> = Vec::new();
    for word in words {
        match compounds.last_mut() {
            Some((compound, parts)) if word.span.start < compound.span.end => parts.push(word.term),
            _ => compounds.push((word, Vec::new())),
        }
    }
    compounds
}

/// The smallest words in their order, each with its place: they are what phrases are made of.
pub(crate) fn phrase_terms(words: Vec<Word>) -> Vec<(usize, String)> {
    let mut terms: Vec<(usize, String)> = Vec::new();
    for word in words {
        match terms.last_mut() {
            // The part is at the place of its compound.
            Some((position, term)) if *position == word.position => *term = word.term,
            _ => terms.push((word.position, word.term)),
        }
    }
    terms
}

/// The words of a text as a query has them, without small ones while others remain.
pub(crate) fn query_words(text: &str) -> Vec<QueryWord> {
    let all: Vec<QueryWord> = compounds(words(text))
        .into_iter()
        .map(|(word, parts)| QueryWord {
            form: word.form,
            term: word.term,
            parts,
            ..QueryWord::default()
        })
        .collect();
    let wanted: Vec<QueryWord> = all
        .iter()
        .filter(|word| !is_small(&word.form, None))
        .cloned()
        .collect();
    if wanted.is_empty() { all } else { wanted }
}

#[cfg(test)]
mod tests;
