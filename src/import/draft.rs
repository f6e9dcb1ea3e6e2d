//! A document as an import would write it, over what the portal has already.

use super::ledger::{self, short_hash};
use super::yaml::{self, Value};
use crate::document::{Kind, Schema};
use portolan_customs::{Change, HtsNumber};
use std::collections::BTreeMap;

/// A document that an import has read.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Its name in the ledger: a ruling's number, or kind and slug.
    pub(super) key: String,
    /// What it is.
    pub(super) kind: Kind,
    /// Its file's name without `.md`.
    pub(super) slug: String,
    /// A folder of its own below the kind's, such as the year.
    pub(super) subfolder: String,
    /// The content folder to use, where the editor named one.
    pub(super) folder: Option<String>,
    /// What the source says: the lines of each key, or that there is no value.
    pub(super) said: BTreeMap<String, Option<String>>,
    /// What to write where neither the source nor the file says anything.
    pub(super) defaults: BTreeMap<String, String>,
    /// What to write into a new document where the source says nothing. What a file has already is not changed by a
    /// silent source.
    pub(super) initial: BTreeMap<String, String>,
    /// The Centers that the source names.
    pub(super) centers: Option<Vec<String>>,
    /// The goods, where the source names them.
    pub(super) hts: Option<Vec<HtsNumber>>,
    /// The goods as far as anything names them, for documents that name none.
    pub(super) probable_hts: Vec<HtsNumber>,
    /// The markdown, where the source has text.
    pub(super) body: Option<String>,
}

/// Whether a key is written from the words of a letter. Only a new file gets it: in one that is there an editor may have
/// removed it.
fn is_from_words(key: &str) -> bool {
    key == "unconfirmed" || Change::ALL.iter().any(|change| change.verb() == key)
}

impl Draft {
    /// Says a value.
    pub(super) fn say(&mut self, key: &str, value: &Value) {
        self.said.insert(key.to_owned(), yaml::entry(key, value));
    }

    /// Gives a value to be written where nothing else is known.
    pub(super) fn or_else(&mut self, key: &str, value: &Value) {
        if let Some(lines) = yaml::entry(key, value) {
            self.defaults.insert(key.to_owned(), lines);
        }
    }

    /// Gives a value to be written into a new document.
    pub(super) fn at_first(&mut self, key: &str, value: &Value) {
        if let Some(lines) = yaml::entry(key, value) {
            self.initial.insert(key.to_owned(), lines);
        }
    }

    /// What the ledger keeps of the source.
    pub(super) fn hashes(&self) -> BTreeMap<String, String> {
        let keys = self.said.iter().map(|(key, lines)| {
            (
                key.clone(),
                short_hash(lines.as_deref().unwrap_or_default()),
            )
        });
        let mut hashes: BTreeMap<String, String> = keys.collect();
        if let Some(body) = &self.body {
            hashes.insert("body".to_owned(), short_hash(body));
        }
        if let Some(centers) = &self.centers {
            hashes.insert("centers".to_owned(), short_hash(&centers.join(" ")));
        }
        hashes
    }

    /// The keys whose values differ from what the source said before.
    pub(super) fn changed_since(&self, row: &ledger::Row) -> Vec<String> {
        let hashes = self.hashes().into_iter();
        hashes
            .filter(|(key, hash)| row.said.get(key) != Some(hash))
            .map(|(key, _)| key)
            .collect()
    }

    /// The file. Keys that the source is silent about stay as they are in `existing`; `centers` are the lines of that key.
    pub(super) fn compose(
        &self,
        existing: Option<&Existing<'_>>,
        centers: Option<&str>,
        schema: &Schema,
    ) -> String {
        let mut out = String::from("---\n");
        if let Some(existing) = existing {
            out.push_str(existing.comment);
        }
        for key in schema.order(self.kind) {
            let kept = existing.and_then(|existing| existing.lines(key));
            let lines = if key == "centers" {
                centers
            } else {
                match self.said.get(key) {
                    Some(said) => said.as_deref(),
                    None if existing.is_some() && is_from_words(key) => kept,
                    None => kept
                        .or_else(|| self.defaults.get(key).map(String::as_str))
                        .or_else(|| match existing {
                            Some(_) => None,
                            None => self.initial.get(key).map(String::as_str),
                        }),
                }
            };
            if let Some(lines) = lines {
                out.push_str(lines);
                if !lines.ends_with('\n') {
                    out.push('\n');
                }
            }
        }
        out.push_str("---\n");
        match (&self.body, existing) {
            (Some(body), _) if body.is_empty() => {}
            (Some(body), _) => {
                out.push('\n');
                out.push_str(body);
                out.push('\n');
            }
            (None, Some(existing)) => out.push_str(existing.body),
            (None, None) => {}
        }
        out
    }
}

/// A file of the portal taken apart, line by line, so that what an import does not know stays as it is.
#[derive(Debug)]
pub(super) struct Existing<'a> {
    /// What comes before the first key.
    comment: &'a str,
    keys: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

impl<'a> Existing<'a> {
    /// Takes a readable document apart; `body` is where its text begins.
    pub(super) fn new(text: &'a str, body: usize) -> Self {
        let head = text[..body].trim_start_matches('\u{feff}');
        let block = head.split_once('\n').map_or("", |(_, block)| block);
        let block = block.trim_end().strip_suffix("---").unwrap_or(block);
        let mut starts: Vec<usize> = Vec::new();
        let mut at = 0;
        for line in block.split_inclusive('\n') {
            let is_key = line
                .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '"' | '\''))
                && line.contains(':');
            if is_key {
                starts.push(at);
            }
            at += line.len();
        }
        let ends = starts.iter().skip(1).copied().chain([block.len()]);
        let keys = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| {
                let lines = &block[*start..end];
                let key = lines.split(':').next().unwrap_or_default();
                (key.trim().trim_matches(['"', '\'']), lines)
            })
            .collect();
        Self {
            comment: &block[..starts.first().copied().unwrap_or_default()],
            keys,
            body: &text[body..],
        }
    }

    /// The lines of a key.
    pub(super) fn lines(&self, key: &str) -> Option<&'a str> {
        self.keys
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, lines)| *lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            key: "N100001".to_owned(),
            kind: Kind::Ruling,
            slug: "n100001".to_owned(),
            subfolder: "2019".to_owned(),
            folder: None,
            said: BTreeMap::new(),
            defaults: BTreeMap::new(),
            initial: BTreeMap::new(),
            centers: None,
            hts: None,
            probable_hts: Vec::new(),
            body: None,
        }
    }

    #[test]
    fn what_the_source_does_not_say_stays_as_it_is() {
        let text = "---\n# ours\nnumber: NY N100001\ntitle: \"A: b\"\norigin:\n  - VN\ndate: 2019\n---\n\nText.\n";
        let existing = Existing::new(text, text.find("\n\nText").expect("it is there") + 1);
        let mut draft = draft();
        draft.say("title", &Value::Text("Other".to_owned()));
        draft.or_else("date", &Value::Word("unknown".to_owned()));
        assert_eq!(
            draft.compose(Some(&existing), None, &Schema::default()),
            "---\n# ours\nnumber: NY N100001\ntitle: Other\ndate: 2019\norigin:\n  - VN\n---\n\nText.\n"
        );
        assert_eq!(
            draft.compose(None, None, &Schema::default()),
            "---\ntitle: Other\ndate: unknown\n---\n"
        );
    }
}
