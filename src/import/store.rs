//! Decides for each document whether it is new, changed, unchanged, or an editor's; and writes it.

use super::disk::{Folder, Unwritten};
use super::draft::{Draft, Existing};
use super::holdings::Holdings;
use super::ledger::{Ledger, Row};
use super::place;
use super::report::{Kept, Written, difference};
use super::{ImportError, Target, write};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document};
use crate::files::{Disk, Files};
use crate::source::DocumentFile;
use camino::Utf8Path;
use jiff::civil::Date;

/// What an import may do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Say what would be done, and write nothing.
    pub dry_run: bool,
    /// Take the import's version where an editor changed or deleted a file.
    pub overwrite: bool,
    /// The day on which the source was read, where the editor says it.
    pub through: Option<Date>,
}

/// What became of a document.
#[derive(Debug)]
pub(super) enum Outcome {
    New(Written),
    Changed(Written),
    Unchanged,
    Kept(Kept),
    Faulty(Faulty),
}

/// A document that would have problems.
#[derive(Debug)]
pub(super) struct Faulty {
    /// What would have been written.
    pub(super) text: String,
    /// The problems in that text.
    pub(super) problems: Vec<Diagnostic>,
}

/// A document's outcome, and its new entry in the ledger.
pub(super) type Stored = (Outcome, Option<Row>);

/// Writes a table of the portal as a whole, unless it is not as an import wrote it. `key` is its name in the ledger.
pub(super) fn store_table(
    target: &Target<'_>,
    ledger: &mut Ledger,
    key: &str,
    path: &Utf8Path,
    bytes: &[u8],
) -> Result<Outcome, ImportError> {
    let written = Written {
        number: key.to_owned(),
        file: path.to_string(),
    };
    let outcome = match Disk::new(target.root).read(path) {
        Ok(old) if old == bytes => return Ok(Outcome::Unchanged),
        Ok(old) => {
            let is_own = ledger.row(key).is_some_and(|row| row.is_of(&old));
            if !is_own && !target.options.overwrite {
                let [old, new] = [&old, bytes].map(String::from_utf8_lossy);
                let reason = "no import wrote this table, or an editor changed it";
                return Ok(Outcome::Kept(Kept {
                    diff: difference(path, &old, &new),
                    ..Kept::new(key, path, reason)
                }));
            }
            Outcome::Changed(written)
        }
        Err(error) if error.cause.kind() == std::io::ErrorKind::NotFound => Outcome::New(written),
        Err(error) => return Err(error.into()),
    };
    if !target.options.dry_run {
        write(target.root, path, bytes)?;
        ledger.put_file(key.to_owned(), bytes);
    }
    Ok(outcome)
}

/// The portal that an import writes to.
pub(super) struct Store<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) folder: &'a Folder,
    pub(super) holdings: &'a Holdings<'a>,
    pub(super) ledger: &'a Ledger,
    pub(super) options: Options,
}

impl Store<'_> {
    /// Stores a document.
    pub(super) fn store(&self, draft: &Draft) -> Result<Stored, ImportError> {
        match self.holdings.path(&draft.key) {
            Some(path) => self.store_over(draft, path),
            None => self.store_new(draft),
        }
    }

    fn store_new(&self, draft: &Draft) -> Result<Stored, ImportError> {
        let (path, centers) = place::of_new(draft, self.holdings);
        let kept = |reason: &str| Kept::new(&draft.key, &path, reason);
        if self.ledger.row(&draft.key).is_some() && !self.options.overwrite {
            let reason = "an editor deleted it since the last import; `--overwrite` brings it back";
            return Ok((Outcome::Kept(kept(reason)), None));
        }
        if self.holdings.has_file(&path) || self.folder.has(&path) {
            let reason = "another document has a file of this name";
            return Ok((Outcome::Kept(kept(reason)), None));
        }
        let text = draft.compose(None, centers.as_deref(), self.holdings.schema);
        if let Err(problems) = self.read(&path, text.as_bytes()) {
            return Ok((Outcome::Faulty(Faulty { text, problems }), None));
        }
        let written = Written {
            number: draft.key.clone(),
            file: path.to_string(),
        };
        self.write(draft, &path, &text, Outcome::New(written))
    }

    fn store_over(&self, draft: &Draft, path: &Utf8Path) -> Result<Stored, ImportError> {
        let bytes = self.files.read(path)?;
        let row = self.ledger.row(&draft.key);
        if row.is_some_and(|row| draft.changed_since(row).is_empty()) {
            return Ok((Outcome::Unchanged, None));
        }
        let is_own = row.is_some_and(|row| row.is_of(&bytes));
        let old = String::from_utf8_lossy(&bytes);
        let (text, document) = match self.read(path, &bytes) {
            Ok(document) => {
                let existing = Existing::new(&old, document.body.start);
                let kept = existing.lines("centers");
                let centers = place::of_existing(draft, &document, kept, is_own, self.holdings);
                (
                    draft.compose(Some(&existing), centers.as_deref(), self.holdings.schema),
                    Some(document),
                )
            }
            Err(_) => {
                let (_, centers) = place::of_new(draft, self.holdings);
                (
                    draft.compose(None, centers.as_deref(), self.holdings.schema),
                    None,
                )
            }
        };
        if text.as_bytes() == bytes.as_slice() {
            return Ok((Outcome::Unchanged, Some(self.row(draft, &text))));
        }
        if let Err(problems) = self.read(path, text.as_bytes()) {
            return Ok((Outcome::Faulty(Faulty { text, problems }), None));
        }
        if is_own || self.options.overwrite {
            let written = Written {
                number: draft.key.clone(),
                file: path.to_string(),
            };
            return self.write(draft, path, &text, Outcome::Changed(written));
        }
        let reason = match (row, document) {
            (_, None) => "the file has problems of its own; fix them first",
            (Some(_), _) => "an editor changed it, and the source changed too",
            (None, _) => "no import wrote this file",
        };
        let kept = Kept {
            diff: difference(path, &old, &text),
            ..Kept::new(&draft.key, path, reason)
        };
        Ok((Outcome::Kept(kept), None))
    }

    fn write(
        &self,
        draft: &Draft,
        path: &Utf8Path,
        text: &str,
        outcome: Outcome,
    ) -> Result<Stored, ImportError> {
        if !self.options.dry_run {
            match self.folder.write(path, text.as_bytes()) {
                Ok(()) => {}
                Err(Unwritten::Failed(error)) => return Err(error.into()),
                Err(Unwritten::Link(link)) => {
                    let reason = format!(
                        "`{link}` is a symbolic link, and links can lead out of the portal"
                    );
                    return Ok((Outcome::Kept(Kept::new(&draft.key, path, &reason)), None));
                }
            }
        }
        Ok((outcome, Some(self.row(draft, text))))
    }

    /// The entry of a written document: what this source is silent about stays as another one said it.
    fn row(&self, draft: &Draft, text: &str) -> Row {
        let known = self.ledger.row(&draft.key).map(|row| row.said.clone());
        let mut said = known.unwrap_or_default();
        said.extend(draft.hashes());
        Row::of(text.as_bytes(), said)
    }

    /// Holds a file against the checks of the build.
    fn read(&self, path: &Utf8Path, bytes: &[u8]) -> Result<Document, Vec<Diagnostic>> {
        let folders: Vec<&str> = self.holdings.schema.kinds.folders().collect();
        let file = DocumentFile::at(path, &folders)
            .expect("drafts get the folders of kinds, and documents of the portal lie in them");
        document::read(&file, bytes, self.holdings.schema).map_err(|unreadable| unreadable.problems)
    }
}
