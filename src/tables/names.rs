//! Names in tables that have to be known: words of a few, ids of other entries, and things that stand elsewhere.

use crate::diagnostic::did_you_mean;
use crate::schema::yaml::Value;
use crate::tables::reader::{Group, Reader};
use serde::{Serialize, Serializer};
use std::ops::Range;

/// The problems after which no more guesses are made: each compares a word with all known ones.
const MAX_GUESSES: usize = 100;

/// The words that a message names.
const MAX_NAMED: usize = 20;

/// The name of something in another table or of a Center, with its place: whether it is there shows later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// An id or a slug.
    pub id: String,
    /// Where it stands.
    pub span: Range<usize>,
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

/// The ids of a list that other entries name.
pub(super) struct Words<'a> {
    /// What each is: `role`.
    name: &'static str,
    /// The list: `roles`.
    list: &'static str,
    sorted: Vec<&'a str>,
}

impl<'a> Words<'a> {
    pub(super) fn new(
        name: &'static str,
        list: &'static str,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut sorted: Vec<&str> = ids.into_iter().collect();
        sorted.sort_unstable();
        Self { name, list, sorted }
    }
}

impl Reader {
    /// Reports each text of a list that is none of the known words.
    pub(super) fn known(&mut self, group: &Group<'_>, key: &str, words: &Words<'_>) {
        let Some(Value::List(items)) = group.get(key).map(|node| &node.value) else {
            return;
        };
        for item in items {
            if let Some(text) = item.text() {
                self.known_word(text, item.span.clone(), words);
            }
        }
    }

    fn known_word(&mut self, text: &str, span: Range<usize>, words: &Words<'_>) {
        let Words { name, list, sorted } = words;
        if sorted.binary_search(&text).is_ok() {
            return;
        }
        let guess = self.problems.len() < MAX_GUESSES;
        let near = did_you_mean(text, sorted.iter().copied().filter(|_| guess));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if sorted.is_empty() || sorted.len() > MAX_NAMED => {
                format!("write the `id` of an entry of `{list}`")
            }
            None => format!("`{list}` has: {}", sorted.join(", ")),
        };
        self.report(
            span,
            format!("there is no {name} `{text}` in `{list}`"),
            help,
        );
    }

    /// Reads one of a few words.
    pub(super) fn choice(
        &mut self,
        group: &Group<'_>,
        key: &'static str,
        choices: &[&'static str],
    ) -> Option<&'static str> {
        let text = self.text(group, key)?;
        self.choose(key, &text, group.span_of(key), choices)
    }

    /// Reads a list of a few words.
    pub(super) fn choices(
        &mut self,
        group: &Group<'_>,
        key: &'static str,
        choices: &[&'static str],
    ) -> Vec<&'static str> {
        let _ = self.texts(group, key);
        let Some(Value::List(items)) = group.get(key).map(|node| &node.value) else {
            return Vec::new();
        };
        let chosen = items
            .iter()
            .filter_map(|item| self.choose(key, item.text()?, item.span.clone(), choices));
        chosen.collect()
    }

    fn choose(
        &mut self,
        key: &str,
        text: &str,
        span: Range<usize>,
        choices: &[&'static str],
    ) -> Option<&'static str> {
        let found = choices.iter().copied().find(|choice| *choice == text);
        if found.is_none() {
            let guess = self.problems.len() < MAX_GUESSES;
            let near = did_you_mean(text, choices.iter().copied().filter(|_| guess));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of: {}", choices.join(", ")),
            };
            self.report(span, format!("`{key}` has no value `{text}`"), help);
        }
        found
    }

    /// Reads the name of something that stands elsewhere.
    pub(super) fn reference(&mut self, group: &Group<'_>, key: &'static str) -> Option<Reference> {
        let id = self.text(group, key)?;
        let span = group.span_of(key);
        Some(Reference { id, span })
    }

    /// Reads a list of such names.
    pub(super) fn references(&mut self, group: &Group<'_>, key: &str) -> Vec<Reference> {
        let _ = self.texts(group, key);
        let Some(Value::List(items)) = group.get(key).map(|node| &node.value) else {
            return Vec::new();
        };
        let references = items.iter().filter_map(|item| {
            Some(Reference {
                id: item.text()?.to_owned(),
                span: item.span.clone(),
            })
        });
        references.collect()
    }
}
