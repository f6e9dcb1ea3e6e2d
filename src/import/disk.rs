//! The import's edge to the file system: sources that lie anywhere, and files written into the portal.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads what the editor names and writes documents"
)]

use super::ImportError;
use crate::files::{Disk, FileError};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;

/// How much of a file of lines is read at once.
const BLOCK: usize = 16 * 1024 * 1024;

/// The files that a person named.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The files to read.
    pub(super) files: Vec<Utf8PathBuf>,
    /// For each folder that holds other files, how many there are of each ending.
    pub(super) others: BTreeMap<Utf8PathBuf, BTreeMap<String, usize>>,
}

/// Lists the files that a person named: a folder means the files in it with one of these endings.
pub(super) fn sources(named: &[Utf8PathBuf], endings: &[&str]) -> Result<Sources, ImportError> {
    let mut found = Sources::default();
    for path in named {
        let data = fs::metadata(path).map_err(|cause| ImportError::source(path, cause))?;
        if !data.is_dir() {
            found.files.push(path.clone());
            continue;
        }
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        let before = found.files.len();
        for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| ImportError::source(path, error.into()))?;
            let Some(file) =
                Utf8Path::from_path(entry.path()).filter(|_| entry.file_type().is_file())
            else {
                continue;
            };
            let ending = file.extension().unwrap_or_default().to_lowercase();
            if endings.contains(&ending.as_str()) {
                found.files.push(file.to_path_buf());
            } else {
                *others.entry(ending).or_default() += 1;
            }
        }
        if !others.is_empty() || found.files.len() == before {
            found.others.insert(path.clone(), others);
        }
    }
    Ok(found)
}

/// Counts files by ending, in words.
pub(super) fn counted(endings: &BTreeMap<String, usize>) -> String {
    let counts = endings.iter().map(|(ending, count)| {
        let files = if *count == 1 { "file" } else { "files" };
        if ending.is_empty() {
            format!("{count} {files} without an extension")
        } else {
            format!("{count} .{ending} {files}")
        }
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() {
        "no file".to_owned()
    } else {
        counts.join(", ")
    }
}

/// Reads all of a source.
pub(super) fn read(path: &Utf8Path) -> Result<Vec<u8>, ImportError> {
    fs::read(path).map_err(|cause| ImportError::source(path, cause))
}

/// Reads a source in blocks that end with a line's end, since a file of lines may be larger than memory. `block` is given
/// each with the number of lines before it.
pub(super) fn read_blocks(
    path: &Utf8Path,
    block: &mut dyn FnMut(&[u8], usize),
) -> Result<(), ImportError> {
    let failed = |cause| ImportError::source(path, cause);
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut buffer = Vec::new();
    let mut lines = 0;
    loop {
        let before = buffer.len();
        let read = (&mut file)
            .take(BLOCK as u64)
            .read_to_end(&mut buffer)
            .map_err(failed)?;
        let end = if read == 0 {
            buffer.len()
        } else {
            match buffer[before..].iter().rposition(|byte| *byte == b'\n') {
                Some(at) => before + at + 1,
                None => continue,
            }
        };
        if end > 0 {
            block(&buffer[..end], lines);
            lines += buffer[..end].iter().filter(|byte| **byte == b'\n').count();
            buffer.drain(..end);
        }
        if read == 0 {
            return Ok(());
        }
    }
}

/// Why a file was not written.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// A part of its path is a symbolic link, which may lead out of the portal.
    Link(Utf8PathBuf),
    /// The file system refused.
    Failed(FileError),
}

/// A portal's folder.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    root: Utf8PathBuf,
}

impl Folder {
    pub(super) fn new(root: &Utf8Path) -> Self {
        Self {
            root: root.to_path_buf(),
        }
    }

    /// Whether anything lies at a path.
    pub(super) fn has(&self, path: &Utf8Path) -> bool {
        Disk::new(&self.root).has(path)
    }

    /// Writes a file atomically.
    pub(super) fn write(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Unwritten> {
        let disk = Disk::new(&self.root);
        if let Some(link) = disk.leads_out(path) {
            return Err(Unwritten::Link(link));
        }
        disk.write(path, bytes).map_err(Unwritten::Failed)
    }
}
