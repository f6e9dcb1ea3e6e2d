//! What lies in a folder: the files that its manifest lists, and others, which no publish put there. Those could be
//! anything, and the exchange would delete them, so a publish refuses an output that has any.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::manifest::{FileRecord, MANIFEST, Manifest};
use super::swap::{INNER_WORK, REPLACEMENT};
use super::{PublishError, io};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many names of foreign files an error lists.
const LISTED: usize = 10;

/// The files of a folder.
#[derive(Debug)]
pub(super) struct Inventory {
    /// By their places in the manifest: the inode of a file that is there, else 0.
    pub(super) inodes: Vec<u64>,
    pub(super) foreign: Foreign,
}

/// Files that the manifest does not list.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    pub(super) count: usize,
    /// The first of them.
    some: Vec<String>,
}

impl Foreign {
    fn one(path: String) -> Self {
        Self {
            count: 1,
            some: vec![path],
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.count += other.count;
        self.some.extend(other.some);
        self.some.sort_unstable();
        self.some.truncate(LISTED);
        self
    }

    /// Refuses the output that has them.
    pub(super) fn refuse(self, out: &Utf8Path) -> Result<(), PublishError> {
        if self.count == 0 {
            return Ok(());
        }
        Err(PublishError::Foreign {
            out: out.to_path_buf(),
            count: self.count,
            some: self.some,
        })
    }
}

/// Looks at every file but those below kept entries. `inode` says which file counts as there, by its inode.
///
/// A kept name of which the manifest has files is looked into all the same: what else lies there would be deleted.
pub(super) fn look(
    folder: &Utf8Path,
    manifest: &Manifest,
    kept: &BTreeSet<String>,
    inode: fn(&DirEntry, &FileRecord) -> Option<u64>,
) -> Result<Inventory, PublishError> {
    let ours = manifest.tops();
    let passed_over = kept.iter().map(String::as_str);
    let passed_over = passed_over.filter(|name| !ours.contains(name));
    let looking = Looking {
        folder,
        manifest,
        passed_over: passed_over.chain([INNER_WORK]).collect(),
        inode,
        inodes: manifest.paths().map(|_| AtomicU64::new(0)).collect(),
    };
    let foreign = looking.at("")?;
    let inodes = looking.inodes.into_iter();
    Ok(Inventory {
        inodes: inodes.map(AtomicU64::into_inner).collect(),
        foreign,
    })
}

struct Looking<'a> {
    folder: &'a Utf8Path,
    manifest: &'a Manifest,
    /// Names at the top that nothing is looked for in.
    passed_over: BTreeSet<&'a str>,
    inode: fn(&DirEntry, &FileRecord) -> Option<u64>,
    inodes: Vec<AtomicU64>,
}

impl Looking<'_> {
    /// Looks at a folder; its path is empty or ends with `/`.
    fn at(&self, path: &str) -> Result<Foreign, PublishError> {
        let folder = self.folder.join(path);
        // A folder that cannot be listed may hold anything.
        let list = || fs::read_dir(&folder)?.collect::<std::io::Result<Vec<DirEntry>>>();
        let entries = list().map_err(io("list", &folder))?;
        entries
            .par_iter()
            .map(|entry| self.entry(path, &folder, entry))
            .try_reduce(Foreign::default, |a, b| Ok(a.and(b)))
    }

    fn entry(
        &self,
        path: &str,
        folder: &Utf8PathBuf,
        entry: &DirEntry,
    ) -> Result<Foreign, PublishError> {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return Ok(Foreign::one(format!("{path}{}", name.display())));
        };
        if path.is_empty() && (name == MANIFEST || self.passed_over.contains(name)) {
            return Ok(Foreign::default());
        }
        let relative = format!("{path}{name}");
        let kind = entry.file_type().map_err(io("look at", folder))?;
        if kind.is_dir() {
            return self.at(&format!("{relative}/"));
        }
        if let Some((place, record)) = self.manifest.get(&relative) {
            let inode = (self.inode)(entry, record).unwrap_or(0);
            self.inodes[place].store(inode, Ordering::Relaxed);
        } else if name.ends_with(REPLACEMENT) {
            // A killed run was about to put it in its neighbor's place.
            let path = folder.join(name);
            fs::remove_file(&path).map_err(io("delete", &path))?;
        } else {
            return Ok(Foreign::one(relative));
        }
        Ok(Foreign::default())
    }
}
