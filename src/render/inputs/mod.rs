//! What a file is made from, as the bytes that its fingerprint is the hash of. No view is made for it.
//!
//! The inputs of a page are named next to its view (`pages/`, `parts/`, `data/`, `feeds/`): whoever adds something to a view
//! adds it there. Too much costs a file that is made again and comes out the same; too little leaves a file as it was when
//! it should change, so where a view shows part of something, the whole of it is an input.
//!
//! Inputs of every file (program, theme, settings, navigation, the numbers of the tariff) are the seed; what several files
//! share is hashed once ([`Hashes`]).

mod documents;
mod hashes;

pub(crate) use documents::event;
pub(crate) use hashes::{Hashes, MadeHashes};

use crate::document::Document;
use crate::files::Fingerprint;
use crate::tables::Tables;
use portolan_customs::PartialDate;
use serde::Serialize;

/// The inputs of a file, one after the other. No two sequences of inputs give the same bytes.
#[derive(Debug)]
pub(crate) struct Inputs {
    /// In one piece: the hasher is slow at many small ones.
    bytes: Vec<u8>,
}

impl Inputs {
    pub(crate) fn new() -> Self {
        Self {
            bytes: Vec::with_capacity(512),
        }
    }

    /// The hash of all of them.
    pub(crate) fn finish(&self) -> Fingerprint {
        blake3::hash(&self.bytes)
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn count(&mut self, count: usize) {
        self.bytes.extend_from_slice(&(count as u64).to_le_bytes());
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.bytes.push(flag.into());
    }

    pub(crate) fn hash(&mut self, hash: &blake3::Hash) {
        self.bytes.extend_from_slice(hash.as_bytes());
    }

    pub(crate) fn date(&mut self, date: PartialDate) {
        let (form, year, month, day) = match date {
            PartialDate::Day(day) => (3, day.year(), day.month(), day.day()),
            PartialDate::Month(year, month) => (2, year, month, 0),
            PartialDate::Year(year) => (1, year, 0, 0),
            PartialDate::Unknown => (0, 0, 0, 0),
        };
        self.bytes.push(form);
        self.bytes.extend_from_slice(&year.to_le_bytes());
        self.bytes.extend_from_slice(&month.to_le_bytes());
        self.bytes.extend_from_slice(&day.to_le_bytes());
    }

    /// What templates see as it is.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        let json = serde_json::to_string(value);
        self.text(&json.expect("views are maps with text keys"));
    }

    /// Something that may be absent.
    pub(crate) fn maybe<T>(&mut self, value: Option<T>, add: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            add(self, value);
        }
    }

    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut add: impl FnMut(&mut Self, T),
    ) {
        for item in items {
            self.flag(true);
            add(self, item);
        }
        self.flag(false);
    }

    /// Everything that a document's file says: all of it follows from the path, the bytes and the settings.
    pub(crate) fn file(&mut self, document: &Document) {
        self.text(document.path.as_str());
        self.hash(&document.hash);
    }

    /// Everything that a table says.
    pub(crate) fn table(&mut self, tables: &Tables, file: &str) {
        self.maybe(tables.hashes.get(file), Self::hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_that_differ_in_their_borders_have_different_hashes() {
        let of = |add: &dyn Fn(&mut Inputs)| {
            let mut inputs = Inputs::new();
            add(&mut inputs);
            inputs.finish()
        };
        let all = [
            of(&|inputs| {
                inputs.text("ab");
                inputs.text("c");
            }),
            of(&|inputs| {
                inputs.text("a");
                inputs.text("bc");
            }),
            of(&|inputs| {
                inputs.list(["a"], Inputs::text);
                inputs.list(["b"], Inputs::text);
            }),
            of(&|inputs| {
                inputs.list(["a", "b"], Inputs::text);
                inputs.list([], Inputs::text);
            }),
            of(&|inputs| inputs.maybe(Some("a"), Inputs::text)),
            of(&|inputs| inputs.maybe(None, Inputs::text)),
            of(&|inputs| inputs.date(PartialDate::Year(2018))),
            of(&|inputs| inputs.date(PartialDate::Month(2018, 1))),
            of(&|inputs| inputs.date(PartialDate::Unknown)),
        ];
        let distinct: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
