//! What an import did, as plain data.

use super::note::Note;
use super::store::{Faulty, Outcome};
use crate::diagnostic::{self, Code, Diagnostic, Position};
use camino::Utf8Path;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use similar::TextDiff;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Documents that the portal did not have.
    pub new: Vec<Written>,
    /// Documents that were written again.
    pub changed: Vec<Written>,
    /// How many documents are as they were.
    pub unchanged: usize,
    /// Documents that were left as an editor has them.
    pub kept: Vec<Kept>,
    /// Records that could not be used.
    pub skipped: Vec<Skipped>,
    /// What was imported with a change, and what else to know.
    pub notes: Vec<Note>,
    /// Problems of the portal that the import met.
    #[serde(skip)]
    pub problems: Vec<Diagnostic>,
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
        let places = self.skipped.iter().map(Skipped::place);
        places.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Adds what became of a document or table; gives back one that would have had problems.
    pub(super) fn add(&mut self, outcome: Outcome) -> Option<Faulty> {
        match outcome {
            Outcome::New(written) => self.new.push(written),
            Outcome::Changed(written) => self.changed.push(written),
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Kept(kept) => self.kept.push(kept),
            Outcome::Faulty(faulty) => return Some(faulty),
        }
        None
    }

    /// Sorts every list, so that a report does not depend on the order in which threads worked.
    pub(super) fn sort(&mut self) {
        self.new.sort();
        self.changed.sort();
        self.kept.sort_by(|a, b| a.number.cmp(&b.number));
        let by_place = |a: &Skipped, b: &Skipped| {
            let key = |skipped: &Skipped| (skipped.problem.code, skipped.problem.message.clone());
            a.place().cmp(&b.place()).then_with(|| key(a).cmp(&key(b)))
        };
        self.skipped.sort_by(by_place);
        diagnostic::sort(&mut self.problems);
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number, or its kind and slug.
    pub number: String,
    /// Its file, and why.
    pub problem: Diagnostic,
    /// From the file to what the import would write, as a unified diff; may be empty.
    pub diff: String,
}

impl Kept {
    /// A document that is left without another version to show.
    pub(super) fn new(number: &str, file: &Utf8Path, reason: &str) -> Self {
        Self {
            number: number.to_owned(),
            problem: Diagnostic::warning(Code::KeptFile, file, reason),
            diff: String::new(),
        }
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("number", &self.number)?;
        map.serialize_entry("file", self.problem.file.as_str())?;
        map.serialize_entry("code", &self.problem.code.to_string())?;
        map.serialize_entry("reason", &self.problem.message)?;
        map.serialize_entry("diff", &self.diff)?;
        map.end()
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What is wrong with it. Its file is the source.
    pub problem: Diagnostic,
    /// Where it begins. A source can be too large to be read again for that.
    pub at: Position,
    /// Which record it is, from 1, where several begin on that line.
    pub record: Option<usize>,
}

impl Skipped {
    /// A record of a source that cannot be used.
    pub(super) fn new(source: &Utf8Path, at: Position, reason: impl Into<String>) -> Self {
        Self {
            problem: Diagnostic::error(Code::UnusableRecord, source, reason),
            at,
            record: None,
        }
    }

    fn place(&self) -> (&Utf8Path, Position, Option<usize>) {
        (&self.problem.file, self.at, self.record)
    }
}

impl Serialize for Skipped {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("source", self.problem.file.as_str())?;
        map.serialize_entry("line", &self.at.line)?;
        map.serialize_entry("column", &self.at.column)?;
        if let Some(record) = self.record {
            map.serialize_entry("record", &record)?;
        }
        map.serialize_entry("code", &self.problem.code.to_string())?;
        map.serialize_entry("reason", &self.problem.message)?;
        if let Some(help) = &self.problem.help {
            map.serialize_entry("help", help)?;
        }
        map.end()
    }
}
