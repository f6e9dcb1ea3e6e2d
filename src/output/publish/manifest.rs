//! The list of a site's files, which is also the mark that the folder is Portolan's.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::{Fingerprint, PublishError, io};
use crate::files::SitePath;
use camino::Utf8Path;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

/// The file's name in the output folder.
pub const MANIFEST: &str = ".portolan-manifest";

/// The first line. A folder with another version is read as one that holds nothing of ours.
const HEADER: &str = "portolan manifest 1";

/// A published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileRecord {
    pub(super) hash: blake3::Hash,
    pub(super) fingerprint: Fingerprint,
    /// In bytes.
    pub(super) size: u64,
}

/// All files of a site, sorted by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<SitePath, FileRecord>);

impl Manifest {
    pub(super) fn new(files: BTreeMap<SitePath, FileRecord>) -> Self {
        Self(files)
    }

    pub(super) fn get(&self, path: &SitePath) -> Option<&FileRecord> {
        self.0.get(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.0.keys()
    }

    /// The names at the top of the tree that are Portolan's.
    pub(super) fn tops(&self) -> BTreeSet<&str> {
        self.paths().map(top).collect()
    }

    /// Which of these paths are a file where this site has a folder, or lie below what is a file of this site.
    pub(super) fn displaced<'a>(&self, paths: &[&'a SitePath]) -> BTreeSet<&'a SitePath> {
        let files: BTreeSet<&str> = self.paths().map(SitePath::as_str).collect();
        let folders: BTreeSet<&str> = files.iter().flat_map(|file| folders_of(file)).collect();
        let is_displaced = |path: &&&SitePath| {
            folders.contains(path.as_str())
                || folders_of(path.as_str()).any(|folder| files.contains(folder))
        };
        paths.iter().filter(is_displaced).copied().collect()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is true while files are replaced one by one: old and new files are ours, and of those on the way neither
    /// content nor inputs are known.
    pub(super) fn interim(&self, next: &Self, written: &BTreeSet<SitePath>) -> Self {
        let unknown = FileRecord {
            hash: blake3::Hash::from_bytes([0; 32]),
            fingerprint: Fingerprint::from_bytes([0; 32]),
            size: 0,
        };
        let mut files = self.0.clone();
        for path in next.0.keys().filter(|path| written.contains(*path)) {
            files.insert(path.clone(), unknown);
        }
        Self(files)
    }

    /// Reads the manifest of a folder; without one, or with one that cannot be read, nothing is ours.
    pub(super) fn read(out: &Utf8Path) -> Result<Self, PublishError> {
        let path = out.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => Ok(parse(&bytes).unwrap_or_default()),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(cause) => Err(io("read", &path)(cause)),
        }
    }

    /// Writes the manifest and waits until the disk has it: without it, after a power loss, all files would be foreign.
    pub(super) fn write(&self, folder: &Utf8Path) -> Result<(), PublishError> {
        let mut text = format!("{HEADER}\n");
        for (path, record) in &self.0 {
            let _ = writeln!(
                text,
                "{} {} {} {path}",
                record.hash, record.fingerprint, record.size
            );
        }
        fs::create_dir_all(folder).map_err(io("create", folder))?;
        let path = folder.join(MANIFEST);
        fs::File::create(&path)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            })
            .map_err(io("write", &path))
    }
}

/// The hash of a folder's manifest as it is written; `None` where it cannot be read.
pub(super) fn hash(out: &Utf8Path) -> Option<blake3::Hash> {
    fs::read(out.join(MANIFEST))
        .ok()
        .map(|bytes| blake3::hash(&bytes))
}

/// The first part of a path.
pub(super) fn top(path: &SitePath) -> &str {
    path.as_str().split('/').next().unwrap_or_default()
}

/// The folders that a path lies in, outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn parse(bytes: &[u8]) -> Option<Manifest> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return None;
    }
    let mut files = BTreeMap::new();
    for line in lines {
        let mut parts = line.splitn(4, ' ');
        let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
        let fingerprint = blake3::Hash::from_hex(parts.next()?).ok()?;
        let size = parts.next()?.parse().ok()?;
        let path = SitePath::try_from(parts.next()?.to_owned()).ok()?;
        files.insert(
            path,
            FileRecord {
                hash,
                fingerprint,
                size,
            },
        );
    }
    Some(Manifest(files))
}
