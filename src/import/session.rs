//! One run of an import: what the portal has, what earlier runs wrote, and what this one did.

use super::disk::Folder;
use super::holdings::Holdings;
use super::ledger::{LEDGER_FILE, Ledger};
use super::report::Report;
use super::store::{Faulty, Store, Stored};
use super::{ImportError, Target, write};
use crate::diagnostic::Diagnostic;
use crate::files::Disk;
use camino::Utf8Path;

/// One run.
pub(super) struct Session<'a> {
    pub(super) target: &'a Target<'a>,
    pub(super) holdings: Holdings<'a>,
    pub(super) ledger: Ledger,
    files: Disk,
    folder: Folder,
    /// The ledger's bytes when the run began.
    before: Vec<u8>,
}

impl<'a> Session<'a> {
    /// Reads what the portal has.
    pub(super) fn begin(
        target: &'a Target<'a>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Self, ImportError> {
        let files = Disk::new(target.root);
        let ledger = Ledger::load(&files)?;
        Ok(Self {
            target,
            holdings: Holdings::load(&files, target.schema, problems)?,
            before: ledger.bytes(),
            ledger,
            folder: Folder::new(target.root),
            files,
        })
    }

    /// The portal's files.
    pub(super) fn files(&self) -> &Disk {
        &self.files
    }

    /// The portal to write to.
    pub(super) fn store(&self) -> Store<'_> {
        Store {
            files: &self.files,
            folder: &self.folder,
            holdings: &self.holdings,
            ledger: &self.ledger,
            options: self.target.options,
        }
    }

    /// Notes what became of a document; gives back one that would have had problems.
    pub(super) fn note(
        &mut self,
        key: String,
        stored: Stored,
        report: &mut Report,
    ) -> Option<Faulty> {
        let (outcome, row) = stored;
        if let Some(row) = row {
            self.ledger.put(key, row);
        }
        report.add(outcome)
    }

    /// Writes the ledger where it changed.
    pub(super) fn end(self) -> Result<(), ImportError> {
        let bytes = self.ledger.bytes();
        if self.target.options.dry_run || bytes == self.before {
            return Ok(());
        }
        write(self.target.root, Utf8Path::new(LEDGER_FILE), &bytes)
    }
}
