//! A content tree as it would be after a plan.

use super::moves::Plan;
use crate::files::{Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// A tree that answers as if a plan had been applied.
pub struct Planned<'a> {
    base: &'a dyn Files,
    /// The old path of each file at its new path.
    moved: BTreeMap<&'a Utf8Path, &'a Utf8Path>,
    gone: BTreeSet<&'a Utf8Path>,
    edited: BTreeMap<&'a Utf8Path, &'a [u8]>,
}

impl<'a> Planned<'a> {
    /// Lays a plan over the tree that it was made for.
    pub fn new(base: &'a dyn Files, plan: &'a Plan) -> Self {
        let renames = plan.renames.iter();
        let renames = renames.map(|(from, to)| (from.as_path(), to.as_path()));
        let edits = plan.edits.iter();
        Self {
            base,
            gone: renames.clone().map(|(from, _)| from).collect(),
            moved: renames.map(|(from, to)| (to, from)).collect(),
            edited: edits
                .map(|edit| (edit.path.as_path(), edit.after.as_slice()))
                .collect(),
        }
    }

    /// Puts a file at another path, for a plan that cannot be made.
    pub fn moved(base: &'a dyn Files, from: &'a Utf8Path, to: &'a Utf8Path) -> Self {
        Self {
            base,
            gone: [from].into(),
            moved: [(to, from)].into(),
            edited: BTreeMap::new(),
        }
    }
}

impl Files for Planned<'_> {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        let mut entries = self.base.walk(folder)?;
        entries.retain(|entry| !self.gone.contains(entry.path()));
        let new = self.moved.keys().filter(|path| path.starts_with(folder));
        entries.extend(new.map(|path| Entry::File(Utf8PathBuf::from(*path))));
        entries.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        if let Some(bytes) = self.edited.get(path) {
            return Ok(bytes.to_vec());
        }
        match self.moved.get(path) {
            Some(old) => self.base.read(old),
            None if self.gone.contains(path) => Err(FileError {
                action: "read",
                path: path.to_path_buf(),
                cause: io::ErrorKind::NotFound.into(),
            }),
            None => self.base.read(path),
        }
    }
}
