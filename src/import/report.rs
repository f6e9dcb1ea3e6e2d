//! What an import did, as plain data.

use super::note::Note;
use camino::Utf8Path;
use serde::Serialize;
use similar::TextDiff;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Documents that the portal did not have.
    pub new: Vec<Written>,
    /// Documents that were written again.
    pub changed: Vec<Written>,
    /// How many documents stand as they stood.
    pub unchanged: usize,
    /// Documents that were left as an editor has them.
    pub kept: Vec<Kept>,
    /// Records that could not be used.
    pub skipped: Vec<Skipped>,
    /// What was imported with a change, and what else to know.
    pub notes: Vec<Note>,
}

impl Report {
    /// Whether everything was imported.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.kept.is_empty() && self.skipped.is_empty()
    }

    /// How many records could not be used; one may have several problems.
    #[must_use]
    pub fn skipped_records(&self) -> usize {
        let places = self.skipped.iter();
        let places = places.map(|skipped| (&skipped.source, skipped.line, skipped.record));
        places.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Sorts every list, so that a report does not depend on the order in which threads worked.
    pub(super) fn sort(&mut self) {
        self.new.sort();
        self.changed.sort();
        self.kept.sort();
        self.skipped.sort();
        self.notes.sort();
        self.notes.dedup();
    }
}

/// A document that was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Written {
    /// Its number, or its kind and slug.
    pub number: String,
    /// Its file, relative to the root.
    pub file: String,
}

/// A document that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Kept {
    /// Its number, or its kind and slug.
    pub number: String,
    /// Its file, relative to the root.
    pub file: String,
    /// Why, in words.
    pub reason: String,
    /// From the file to what the import would write, as a unified diff; may be empty.
    pub diff: String,
}

impl Kept {
    /// A document that is left without another version to show.
    pub(super) fn new(number: &str, file: &Utf8Path, reason: &str) -> Self {
        Self {
            number: number.to_owned(),
            file: file.to_string(),
            reason: reason.to_owned(),
            diff: String::new(),
        }
    }
}

/// From a file to what the import would write, as a unified diff.
pub(super) fn difference(file: &Utf8Path, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .header(file.as_str(), "the import's version")
        .to_string()
}

/// A record that could not be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// The source.
    pub source: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Which record it is, from 1, where several begin on that line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<usize>,
    /// The problem's stable code, where it is one of the build's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}
