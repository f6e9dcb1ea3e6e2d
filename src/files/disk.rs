//! The file system itself.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the door to the file system"
)]

use super::never_published::is_repository;
use super::{Entry, FileError, Files, Seen, Stamp, look};
use camino::{Utf8Path, Utf8PathBuf};
use std::time::SystemTime;

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

    /// Marks a file as written now.
    ///
    /// # Errors
    /// When it is not there, or is another user's.
    pub fn touch(&self, path: &Utf8Path) -> std::io::Result<()> {
        let file = std::fs::OpenOptions::new()
            .append(true)
            .open(self.root.join(path))?;
        file.set_modified(SystemTime::now())
    }

    /// The files of a folder with their lengths in bytes, that which was written last first. What cannot be listed is left
    /// out.
    #[must_use]
    pub fn newest_first(&self, folder: &Utf8Path) -> Vec<(Utf8PathBuf, u64)> {
        let entries = self.walk(folder).unwrap_or_default().into_iter();
        let files = entries.filter_map(|entry| {
            let Entry::File(path) = entry else {
                return None;
            };
            let found = self.root.join(&path).symlink_metadata().ok()?;
            Some((found.modified().ok(), path, found.len()))
        });
        let mut files: Vec<_> = files.collect();
        files.sort();
        files.reverse();
        let files = files.into_iter();
        files.map(|(_, path, length)| (path, length)).collect()
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
        let mut items = walkdir::WalkDir::new(&top)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter();
        while let Some(item) = items.next() {
            let item = item.map_err(|error| FileError {
                action: "list",
                path: folder.to_path_buf(),
                cause: error.into(),
            })?;
            let kind = item.file_type();
            let is_repository = is_repository(&item.file_name().to_string_lossy());
            if kind.is_dir() && !is_repository {
                continue;
            }
            let relative = item.path().strip_prefix(&self.root).unwrap_or(item.path());
            let Ok(path) = Utf8PathBuf::from_path_buf(relative.to_path_buf()) else {
                entries.push(Entry::BadName(relative.to_string_lossy().into_owned()));
                continue;
            };
            entries.push(if kind.is_dir() {
                items.skip_current_dir();
                Entry::Repository(path)
            } else if kind.is_symlink() {
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

    fn stamp(&self, path: &Utf8Path) -> Option<Stamp> {
        match look(self.root.join(path).as_std_path()) {
            Seen::File(stamp) => Some(stamp).filter(|stamp| stamp.is_settled(SystemTime::now())),
            Seen::Nothing | Seen::Folder(_) => None,
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_walk_does_not_look_into_what_version_control_keeps() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
        for folder in ["content/.git/objects/00", "content/a/.hg", "content/b"] {
            fs::create_dir_all(root.join(folder)).expect("it can be made");
        }
        for file in [
            "content/.git/objects/00/x",
            "content/a/.hg/store",
            "content/b/.git",
            "content/b/c.md~",
        ] {
            fs::write(root.join(file), "x").expect("it can be written");
        }
        let found = Disk::new(root)
            .walk("content".into())
            .expect("it can be listed");
        let expected = [
            Entry::Repository("content/.git".into()),
            Entry::Repository("content/a/.hg".into()),
            Entry::File("content/b/.git".into()),
            Entry::File("content/b/c.md~".into()),
        ];
        assert_eq!(found, expected);
    }
}
