//! What a load saw. What the preview shows follows from that, and not from what the watcher saw before or after: a folder
//! that was away for a moment looks as before, but a load may have read the moment.

use crate::files::{self, Entry, FileError, Files, Seen, Stamp};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What was at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Something that was listed, but not looked at.
    Listed,
    /// A file or a link with this stamp, or nothing.
    Looked(Option<Stamp>),
}

impl Sight {
    /// Whether the same may be there as what has this stamp; `None` where nothing is.
    pub(super) fn fits(self, stamp: Option<Stamp>) -> bool {
        match self {
            Self::Listed => stamp.is_some(),
            Self::Looked(before) => before == stamp,
        }
    }
}

/// What a load saw, by path relative to the portal's root.
#[derive(Debug)]
pub(super) struct Sighting {
    /// When the load began.
    pub(super) began: Instant,
    /// The folders that were listed with everything below.
    pub(super) folders: BTreeSet<Utf8PathBuf>,
    pub(super) sights: HashMap<Utf8PathBuf, Sight>,
}

/// The files below a root, and what is seen of them.
pub(super) struct Witness<'a> {
    files: &'a dyn Files,
    root: &'a Utf8Path,
    seen: Mutex<Sighting>,
}

impl<'a> Witness<'a> {
    /// Begins with nothing seen.
    pub(super) fn new(files: &'a dyn Files, root: &'a Utf8Path) -> Self {
        Self {
            files,
            root,
            seen: Mutex::new(Sighting {
                began: Instant::now(),
                folders: BTreeSet::new(),
                sights: HashMap::new(),
            }),
        }
    }

    /// What was seen.
    pub(super) fn finish(self) -> Sighting {
        let seen = self.seen.into_inner();
        seen.unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Sighting> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at a file that is about to be read: a change in between then shows in what is there later. The first look
    /// counts, for the same reason.
    fn look(&self, path: &Utf8Path) {
        let is_known = |sight: &Sight| matches!(sight, Sight::Looked(_));
        if self.seen().sights.get(path).is_some_and(is_known) {
            return;
        }
        let sight = Sight::Looked(stamp(self.root, path));
        self.seen().sights.insert(path.to_path_buf(), sight);
    }
}

/// The stamp of what is at a path below a root; `None` where nothing is, or a folder.
pub(super) fn stamp(root: &Utf8Path, path: &Utf8Path) -> Option<Stamp> {
    match files::look(root.join(path).as_std_path()) {
        Seen::File(stamp) => Some(stamp),
        Seen::Nothing | Seen::Folder(_) => None,
    }
}

impl Files for Witness<'_> {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        let entries = self.files.walk(folder)?;
        let listed = entries.iter().filter_map(|entry| match entry {
            Entry::File(path) | Entry::Link(path) | Entry::Special(path) => Some(path),
            Entry::Repository(_) | Entry::BadName(_) => None,
        });
        let mut seen = self.seen();
        seen.folders.insert(folder.to_path_buf());
        for path in listed {
            seen.sights.entry(path.clone()).or_insert(Sight::Listed);
        }
        drop(seen);
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        self.look(path);
        self.files.read(path)
    }

    fn stamp(&self, path: &Utf8Path) -> Option<Stamp> {
        self.look(path);
        self.files.stamp(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Disk;
    use std::fs;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test changes files")]
    fn what_was_read_fits_only_what_is_as_it_was_before() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
        fs::create_dir(root.join("content")).expect("it can be made");
        for name in ["content/read.md", "content/listed.png"] {
            fs::write(root.join(name), "one").expect("it can be written");
        }
        let disk = Disk::new(root);
        let witness = Witness::new(&disk, root);
        assert_eq!(witness.walk("content".into()).map_or(0, |all| all.len()), 2);
        assert!(witness.read("content/read.md".into()).is_ok());
        assert!(witness.read("site.toml".into()).is_err());
        let sights = witness.finish().sights;
        let fits = |path: &str| sights[Utf8Path::new(path)].fits(stamp(root, path.into()));
        let all = ["content/read.md", "content/listed.png", "site.toml"];
        assert_eq!(sights.len(), all.len());
        assert!(all.into_iter().all(fits));
        for name in all {
            fs::write(root.join(name), "another").expect("it can be written");
        }
        assert_eq!(all.map(fits), [false, true, false]);
        fs::remove_file(root.join("content/listed.png")).expect("it is there");
        assert!(!fits("content/listed.png"));
    }
}
