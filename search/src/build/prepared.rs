//! A document made ready for the index.

use super::lookup::Answer;
use super::word_list::WordList;
use super::{BuildError, byte, statuses};
use crate::document::IndexDocument;
use crate::query::KeyValue;
use crate::schema::Fields;
use crate::words::{Word, words};
use portolan_customs::Collection;
use std::collections::{BTreeSet, HashSet};
use tantivy::TantivyDocument;

/// A document of which everything is made that needs no other document: many can be made at once.
#[derive(Debug)]
pub struct Prepared {
    /// Of title and body: [`WordList`]s.
    pub(super) title: String,
    pub(super) body: String,
    /// Each form once, in lines.
    pub(super) forms: String,
    pub(super) number: String,
    pub(super) hts: BTreeSet<String>,
    pub(super) keys: BTreeSet<String>,
    /// The card as the segment has it, in JSON.
    pub(super) json: String,
    pub(super) answer: Answer,
    pub(super) headings: BTreeSet<String>,
    pub(super) year: u16,
    pub(super) day: i32,
    pub(super) headquarters: bool,
    pub(super) cited: u16,
    pub(super) kind: String,
    pub(super) centers: Vec<String>,
    pub(super) status: u8,
    pub(super) since: String,
}

impl IndexDocument<'_> {
    /// Makes what [`crate::IndexBuilder::add`] takes.
    ///
    /// # Errors
    /// When the card cannot be encoded.
    pub fn prepare(self) -> Result<Prepared, BuildError> {
        let title = words(&self.card.title);
        let body = words(self.text);
        let status = statuses().position(|known| known == self.card.status);
        let answer = Answer::new(&self.card, self.day);
        let mut card = self.card;
        // The status follows from other documents and so is not in the segment.
        card.status.clear();
        let since = std::mem::take(&mut card.since);
        let json =
            serde_json::to_string(&card).map_err(|error| BuildError::Encode(error.to_string()))?;
        Ok(Prepared {
            title: WordList::of(&title),
            body: WordList::of(&body),
            forms: forms(&title, &body),
            number: self.ruling.to_ascii_lowercase(),
            hts: prefixes(&self.hts, &[2, 4, 6, 8, 10]),
            keys: self
                .keys
                .iter()
                .flat_map(|(key, value)| KeyValue::all(key, value))
                .map(|pair| pair.term())
                .collect(),
            json,
            answer,
            headings: prefixes(&self.hts, &[4]),
            year: card.year.parse().unwrap_or(0),
            day: self.day.unwrap_or(i32::MIN),
            headquarters: self.collection == Some(Collection::Hq),
            cited: u16::try_from(self.cited).unwrap_or(u16::MAX),
            kind: card.kind,
            centers: card.centers,
            status: byte(status).unwrap_or(0),
            since,
        })
    }
}

impl Prepared {
    /// What tantivy takes of it.
    pub(super) fn indexed(&self, fields: &Fields) -> TantivyDocument {
        let mut indexed = TantivyDocument::new();
        indexed.add_text(fields.title, &self.title);
        indexed.add_text(fields.body, &self.body);
        if !self.number.is_empty() {
            indexed.add_text(fields.number, &self.number);
        }
        for prefix in &self.hts {
            indexed.add_text(fields.hts, prefix);
        }
        for term in &self.keys {
            indexed.add_text(fields.number, term);
        }
        indexed
    }
}

/// The first digits of each number.
fn prefixes(numbers: &[&str], lengths: &[usize]) -> BTreeSet<String> {
    let prefixes = numbers.iter().flat_map(|digits| {
        let lengths = lengths.iter();
        lengths.filter_map(|length| digits.get(..*length))
    });
    prefixes.map(str::to_owned).collect()
}

/// Each form once, in lines: a form has letters and digits, and no end of a line.
fn forms(title: &[Word], body: &[Word]) -> String {
    let mut seen = HashSet::new();
    let mut forms = String::new();
    for word in title.iter().chain(body) {
        if seen.insert(word.form.as_str()) {
            forms.push_str(&word.form);
            forms.push('\n');
        }
    }
    forms
}
