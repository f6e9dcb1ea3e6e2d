//! A tree with some files as they would be after fixes.

use crate::files::{Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
}

/// A tree that answers with changed files where there are any, and remembers what it read.
pub(super) struct Overlay<'a> {
    base: &'a dyn Files,
    /// The hash of what was read first at each path: fixes are made for those bytes and for no others.
    seen: Mutex<HashMap<Utf8PathBuf, blake3::Hash>>,
    pub(super) changed: BTreeMap<Utf8PathBuf, Version>,
}

impl<'a> Overlay<'a> {
    pub(super) fn new(base: &'a dyn Files) -> Self {
        Self {
            base,
            seen: Mutex::default(),
            changed: BTreeMap::new(),
        }
    }

    /// The bytes that were read first at a path, if the file still has them.
    pub(super) fn as_seen(&self, path: &Utf8Path) -> Result<Option<Vec<u8>>, FileError> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = seen.get(path).copied();
        drop(seen);
        let bytes = self.current(path)?;
        Ok((hash == Some(blake3::hash(&bytes))).then_some(bytes))
    }

    /// Puts another text in the place of what the file has.
    pub(super) fn change(&mut self, path: &Utf8Path, before: Vec<u8>, after: Vec<u8>) {
        match self.changed.get_mut(path) {
            Some(version) => version.after = after,
            None => {
                let version = Version { before, after };
                self.changed.insert(path.to_path_buf(), version);
            }
        }
    }

    /// Forgets what was read, before the next round.
    pub(super) fn forget(&mut self) {
        self.seen
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn current(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        match self.changed.get(path) {
            Some(version) => Ok(version.after.clone()),
            None => self.base.read(path),
        }
    }
}

impl Files for Overlay<'_> {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        self.base.walk(folder)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        let bytes = self.current(path)?;
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(path.to_path_buf())
            .or_insert_with(|| blake3::hash(&bytes));
        Ok(bytes)
    }
}
