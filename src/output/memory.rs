//! The site in memory, for the preview.

use super::publish::PublishError;
use super::{Fingerprint, Keep, Output};
use crate::files::SitePath;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A file and what it was made from.
#[derive(Debug, Clone)]
struct MemoryFile {
    fingerprint: Fingerprint,
    bytes: Arc<[u8]>,
}

/// How many files of a site are new, different or gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// Those that readers open.
    pub pages: usize,
    /// All of them, pages included.
    pub files: usize,
}

/// Every file of a site. Copies share their bytes.
#[derive(Debug, Clone, Default)]
pub struct MemorySite {
    files: BTreeMap<SitePath, MemoryFile>,
}

impl MemorySite {
    /// The content of a file; `None` where there is none.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        let path = SitePath::try_from(path.to_owned()).ok()?;
        self.files.get(&path).map(|file| Arc::clone(&file.bytes))
    }

    /// The paths of the files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.files.keys()
    }

    /// How it differs from the site before it.
    #[must_use]
    pub fn differences(&self, last: &Self) -> Changed {
        let is_same = |path: &SitePath, file: &MemoryFile| {
            let old = last.files.get(path);
            old.is_some_and(|old| old.bytes == file.bytes)
        };
        let changed = self
            .files
            .iter()
            .filter(|(path, file)| !is_same(path, file));
        let gone = last.files.iter();
        let gone = gone.filter(|(path, _)| !self.files.contains_key(*path));
        let mut count = Changed::default();
        for (path, _) in changed.chain(gone) {
            count.files += 1;
            count.pages += usize::from(path.as_str().ends_with(".html"));
        }
        count
    }
}

/// A site under way in memory.
#[derive(Debug)]
pub struct NextSite<'a> {
    last: &'a MemorySite,
    files: Mutex<BTreeMap<SitePath, MemoryFile>>,
}

impl<'a> NextSite<'a> {
    /// Begins the site after another one.
    #[must_use]
    pub fn after(last: &'a MemorySite) -> Self {
        Self {
            last,
            files: Mutex::default(),
        }
    }

    /// The site of all files that were kept or written.
    #[must_use]
    pub fn finish(self) -> MemorySite {
        let files = self.files.into_inner();
        MemorySite {
            files: files.unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn put(&self, path: SitePath, file: MemoryFile) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path, file);
    }
}

impl Output for NextSite<'_> {
    fn is_current(&self, path: &SitePath, fingerprint: &Fingerprint) -> bool {
        let last = self.last.files.get(path);
        last.is_some_and(|last| last.fingerprint == *fingerprint)
    }

    fn keep(&self, files: Keep<'_>) {
        match files {
            Keep::One(path) => {
                if let Some(file) = self.last.files.get(path) {
                    self.put(path.clone(), file.clone());
                }
            }
            Keep::Where(is_wanted) => {
                let mut next = self.files.lock().unwrap_or_else(PoisonError::into_inner);
                for (path, file) in self.last.files.iter().filter(|(path, _)| is_wanted(path)) {
                    next.entry(path.clone()).or_insert_with(|| file.clone());
                }
            }
        }
    }

    fn write(
        &self,
        path: SitePath,
        fingerprint: Fingerprint,
        bytes: Vec<u8>,
    ) -> Result<(), PublishError> {
        let bytes = bytes.into();
        self.put(path, MemoryFile { fingerprint, bytes });
        Ok(())
    }

    fn last(&self, path: &SitePath) -> Option<Vec<u8>> {
        let last = self.last.files.get(path)?;
        Some(last.bytes.to_vec())
    }
}
