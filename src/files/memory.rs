//! A tree in memory.

use super::{Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};

/// Files by path, for tests and for portals that have no folder.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<Utf8PathBuf, Vec<u8>>,
    links: BTreeSet<Utf8PathBuf>,
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

    /// Puts a symbolic link, which leads nowhere here.
    #[must_use]
    pub fn with_link(mut self, path: &str) -> Self {
        self.links.insert(path.into());
        self
    }
}

impl Files for Memory {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        let files = self.files.keys().cloned().map(Entry::File);
        let links = self.links.iter().cloned().map(Entry::Link);
        let mut entries: Vec<Entry> = files
            .chain(links)
            .filter(|entry| entry.path().starts_with(folder))
            .collect();
        entries.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().ok_or_else(|| FileError {
            action: "read",
            path: path.to_path_buf(),
            cause: std::io::ErrorKind::NotFound.into(),
        })
    }
}
