//! A tree in memory.

use super::{Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

/// Files by path, for tests and for portals that have no folder.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

impl Memory {
    /// Starts with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts or replaces a file.
    #[must_use]
    pub fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), content.into());
        self
    }
}

impl Files for Memory {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        Ok(self
            .files
            .keys()
            .filter(|path| path.starts_with(folder))
            .map(|path| Entry::File(path.clone()))
            .collect())
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().ok_or_else(|| FileError {
            action: "read",
            path: path.to_path_buf(),
            cause: std::io::ErrorKind::NotFound.into(),
        })
    }
}
