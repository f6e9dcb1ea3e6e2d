//! The file system itself.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the door to the file system"
)]

use super::stamp::is_left_behind;
use super::{Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};

/// A folder on disk.
#[derive(Debug, Clone)]
pub struct Disk {
    pub(super) root: Utf8PathBuf,
}

impl Disk {
    /// Opens a portal's root; nothing is read yet.
    pub fn new(root: impl Into<Utf8PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Files for Disk {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        let top = self.root.join(folder);
        match top.symlink_metadata() {
            Ok(found) if found.is_symlink() => return Ok(vec![Entry::Link(folder.to_path_buf())]),
            Ok(_) => {}
            Err(_) => return Ok(Vec::new()),
        }
        let mut entries = Vec::new();
        for item in walkdir::WalkDir::new(&top).min_depth(1).sort_by_file_name() {
            let item = item.map_err(|error| FileError {
                action: "list",
                path: folder.to_path_buf(),
                cause: error.into(),
            })?;
            if item.file_type().is_dir() {
                continue;
            }
            let relative = item.path().strip_prefix(&self.root).unwrap_or(item.path());
            let Ok(path) = Utf8PathBuf::from_path_buf(relative.to_path_buf()) else {
                entries.push(Entry::BadName(relative.to_string_lossy().into_owned()));
                continue;
            };
            if is_left_behind(path.file_name().unwrap_or_default()) {
                continue;
            }
            let kind = item.file_type();
            entries.push(if kind.is_symlink() {
                Entry::Link(path)
            } else if kind.is_file() {
                Entry::File(path)
            } else {
                Entry::Special(path)
            });
        }
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        let full = self.root.join(path);
        let fail = |cause| FileError {
            action: "read",
            path: path.to_path_buf(),
            cause,
        };
        // To open a pipe that nobody writes to is to wait for ever.
        if !full.metadata().map_err(fail)?.is_file() {
            return Err(fail(std::io::Error::other("it is not a file")));
        }
        std::fs::read(full).map_err(fail)
    }
}
