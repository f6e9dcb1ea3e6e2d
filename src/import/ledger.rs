//! `content/data/imported.csv`: what the import wrote, so that the next one knows what an editor changed since.

use super::ImportError;
use crate::files::Files;
use crate::schema::csv;
use ::csv::Terminator;
use camino::Utf8Path;
use std::collections::BTreeMap;

/// The file, relative to the portal's root.
pub const LEDGER_FILE: &str = "content/data/imported.csv";

/// What the import wrote, by ruling number, or by kind and slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    rows: BTreeMap<String, Row>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The BLAKE3 hash of the file as it was written.
    pub file: String,
    /// What the source said: keys of front matter with the first 8 digits of their values' hashes. A source that is
    /// silent about a key does not change it.
    pub said: BTreeMap<String, String>,
}

impl Row {
    /// The entry of a file with these bytes.
    pub(super) fn of(bytes: &[u8], said: BTreeMap<String, String>) -> Self {
        Self {
            file: blake3::hash(bytes).to_hex().to_string(),
            said,
        }
    }

    /// Whether the file is still as the import wrote it.
    pub(super) fn is_of(&self, bytes: &[u8]) -> bool {
        self.file == blake3::hash(bytes).to_hex().as_str()
    }
}

impl Ledger {
    /// Reads the ledger; an absent one is empty.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed into something else than a ledger.
    pub fn load(files: &dyn Files) -> Result<Self, ImportError> {
        match files.read(Utf8Path::new(LEDGER_FILE)) {
            Ok(bytes) => Self::parse(&bytes),
            Err(error) if error.cause.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, ImportError> {
        let mut rows = BTreeMap::new();
        for (line, record) in (1..).zip(csv::records(bytes, csv::COMMA)).skip(1) {
            let record = record.map_err(|error| ImportError::Ledger(error.to_string()))?;
            let [number, file, said] = [0, 1, 2].map(|at| record.get(at).unwrap_or_default());
            if number.is_empty() || file.len() != 64 || !file.bytes().all(|b| b.is_ascii_hexdigit())
            {
                return Err(ImportError::Ledger(format!(
                    "line {line} is no entry of it"
                )));
            }
            let said = said.split(' ').filter_map(|part| part.split_once(':'));
            rows.insert(
                number.to_owned(),
                Row {
                    file: file.to_owned(),
                    said: said
                        .map(|(key, hash)| (key.to_owned(), hash.to_owned()))
                        .collect(),
                },
            );
        }
        Ok(Self { rows })
    }

    /// The entry of a document.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.get(key)
    }

    /// Puts or replaces an entry.
    pub fn put(&mut self, key: String, row: Row) {
        self.rows.insert(key, row);
    }

    /// Notes a file that is no document.
    pub(super) fn put_file(&mut self, key: String, bytes: &[u8]) {
        self.put(key, Row::of(bytes, BTreeMap::new()));
    }

    /// The file's bytes: one line an entry, sorted, so that a change of one ruling is a change of one line.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let header = ["number", "file", "source"].map(str::to_owned);
        let rows = self.rows.iter().map(|(key, row)| {
            let said = row.said.iter().map(|(key, hash)| format!("{key}:{hash}"));
            let said: Vec<String> = said.collect();
            [key.clone(), row.file.clone(), said.join(" ")]
        });
        csv::write(Terminator::Any(b'\n'), [header].into_iter().chain(rows))
    }
}

/// The hash of a said value, as the ledger keeps it.
#[must_use]
pub(super) fn short_hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..8].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_reads_back_equal_and_one_with_marks_of_a_merge_is_refused() {
        let mut ledger = Ledger::default();
        let said = [("title".to_owned(), short_hash("x"))];
        let file = blake3::hash(b"x").to_string();
        ledger.put(
            "N100001".to_owned(),
            Row {
                file,
                said: said.into(),
            },
        );
        assert_eq!(
            Ledger::parse(&ledger.bytes()).expect("it is a ledger"),
            ledger
        );
        assert!(Ledger::parse(b"number,file,source\n<<<<<<< HEAD,,\n").is_err());
    }
}
