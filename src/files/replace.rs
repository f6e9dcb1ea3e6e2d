//! The changes that the program makes to content: a file's text is replaced, a file is created or renamed, each completely
//! or not at all, and never over a file that somebody else wrote.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the door to the file system"
)]

use super::{Disk, FileError};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;
use std::fs;
use std::io::{self, Write as _};

impl Disk {
    /// Replaces a file whose bytes are still `before`; `false` where they are others, or where it is no file of its own.
    ///
    /// The new text is written beside it and renamed, so that a reader or a power cut meets one of the two.
    ///
    /// # Errors
    /// When the file cannot be read or its folder not be written.
    pub fn replace(&self, path: &Utf8Path, before: &[u8], after: &[u8]) -> Result<bool, FileError> {
        let failure = |cause| FileError {
            action: "replace",
            path: path.to_path_buf(),
            cause,
        };
        let file = self.root.join(path);
        let known = fs::symlink_metadata(&file).map_err(failure)?;
        if !known.is_file() || fs::read(&file).map_err(failure)? != before {
            return Ok(false);
        }
        let put = self.put(path, |new| {
            new.write_all(after)?;
            new.set_permissions(known.permissions())?;
            new.sync_all()
        });
        put.map(|()| true)
    }

    /// Writes a file whole or not at all, with the folders above it. It does not wait for the disk: what is written so can
    /// be made again.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn write(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), FileError> {
        self.write_all(path, &[bytes])
    }

    /// Writes a file as [`write`](Self::write) does, from parts that follow one another.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn write_all(&self, path: &Utf8Path, parts: &[&[u8]]) -> Result<(), FileError> {
        self.put(path, |new| {
            let mut parts = parts.iter();
            parts.try_for_each(|part| new.write_all(part))
        })
    }

    /// Deletes a file that can be made again.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub fn remove(&self, path: &Utf8Path) -> Result<(), FileError> {
        fs::remove_file(self.root.join(path)).map_err(|cause| FileError {
            action: "delete",
            path: path.to_path_buf(),
            cause,
        })
    }

    /// Creates a file, with the folders above it; `false` where anything is at its path already.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn create(&self, path: &Utf8Path, bytes: &[u8]) -> Result<bool, FileError> {
        let fill = |new: &mut fs::File| {
            new.write_all(bytes)?;
            new.sync_all()
        };
        self.fill_then(path, fill, |beside, file| {
            let created = match fs::hard_link(beside, file) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                // A file system without links: a reader may see the file before it is complete.
                Err(_) => match fs::File::create_new(file) {
                    Ok(mut new) => fill(&mut new).map(|()| true),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                    Err(error) => Err(error),
                },
            };
            fs::remove_file(beside)?;
            created
        })
    }

    /// Renames a file, with the folders above its new path; `false` where anything is there already.
    ///
    /// # Errors
    /// When the file is not there, or a folder cannot be written.
    pub fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> Result<bool, FileError> {
        let (old, new) = (self.root.join(from), self.root.join(to));
        let renamed = (|| {
            if let Some(folder) = new.parent() {
                fs::create_dir_all(folder)?;
            }
            let (old, new) = (old.as_std_path(), new.as_std_path());
            match rustix::fs::renameat_with(CWD, old, CWD, new, RenameFlags::NOREPLACE) {
                Ok(()) => Ok(true),
                Err(Errno::EXIST) => Ok(false),
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                    if new.symlink_metadata().is_ok() {
                        return Ok(false);
                    }
                    fs::rename(old, new).map(|()| true)
                }
                Err(error) => Err(error.into()),
            }
        })();
        renamed.map_err(|cause| FileError {
            action: "rename",
            path: from.to_path_buf(),
            cause,
        })
    }

    /// Whether anything is at a path.
    #[must_use]
    pub fn has(&self, path: &Utf8Path) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// Removes a folder and those above it, up to `top`, as long as they are empty.
    pub fn remove_empty_folders(&self, folder: &Utf8Path, top: &Utf8Path) {
        for folder in folder.ancestors() {
            let is_below = folder != top && folder.starts_with(top);
            if !is_below || fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
    }

    /// The part of a path that may lead out of the folder: a symbolic link, or `..`.
    #[must_use]
    pub fn leads_out(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let mut here = Utf8PathBuf::new();
        for part in path.components() {
            let Utf8Component::Normal(name) = part else {
                return Some(path.to_path_buf());
            };
            here.push(name);
            let found = self.root.join(&here).symlink_metadata();
            if found.is_ok_and(|data| data.is_symlink()) {
                return Some(here);
            }
        }
        None
    }

    fn put(
        &self,
        path: &Utf8Path,
        fill: impl FnOnce(&mut fs::File) -> io::Result<()>,
    ) -> Result<(), FileError> {
        self.fill_then(path, fill, |beside, file| fs::rename(beside, file))
    }

    /// Fills a file beside the path, then puts it into its place.
    fn fill_then<T>(
        &self,
        path: &Utf8Path,
        fill: impl FnOnce(&mut fs::File) -> io::Result<()>,
        place: impl FnOnce(&Utf8Path, &Utf8Path) -> io::Result<T>,
    ) -> Result<T, FileError> {
        let file = self.root.join(path);
        // A walk passes over names that end so, and the preview does not show them.
        let name = format!(".{}.portolan-new.tmp", path.file_name().unwrap_or_default());
        let beside = file.with_file_name(name);
        let written = (|| {
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            // What a killed run left is in the way, and a link there could lead out of the portal.
            if beside.symlink_metadata().is_ok() {
                fs::remove_file(&beside)?;
            }
            fill(&mut fs::File::create_new(&beside)?)?;
            place(&beside, &file)
        })();
        written.map_err(|cause| {
            // What is left half-written would only be in the way; the failure is what matters.
            let _ = fs::remove_file(&beside);
            FileError {
                action: "write",
                path: path.to_path_buf(),
                cause,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_while_it_has_the_bytes_that_were_read() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
        let disk = Disk::new(root);
        let path = Utf8Path::new("content/pages/a.md");
        disk.write(path, b"one").expect("it can be written");
        assert!(disk.replace(path, b"one", b"two").expect("it can"));
        assert!(!disk.replace(path, b"one", b"three").expect("it can"));
        assert_eq!(fs::read(root.join(path)).expect("it is there"), b"two");
        let names = fs::read_dir(root.join("content/pages")).expect("it is there");
        assert_eq!(names.count(), 1);
    }

    #[test]
    fn nothing_is_created_or_renamed_over_a_file() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
        let disk = Disk::new(root);
        let [a, b] = ["x/a.md", "y/z/b.md"].map(Utf8Path::new);
        let is = |path: &Utf8Path, bytes: &[u8]| {
            assert_eq!(fs::read(root.join(path)).expect("it is there"), bytes);
        };
        assert!(disk.create(a, b"one").expect("it can"));
        assert!(!disk.create(a, b"two").expect("it can"));
        is(a, b"one");
        assert!(disk.rename(a, b).expect("it can"));
        assert!(disk.create(a, b"three").expect("it can"));
        assert!(!disk.rename(a, b).expect("it can"));
        is(a, b"three");
        is(b, b"one");
        let names = fs::read_dir(root.join("x")).expect("it is there");
        assert_eq!(names.count(), 1);
        disk.remove_empty_folders("y/z".into(), "".into());
        assert!(disk.has(b));
        fs::remove_file(root.join(b)).expect("it is there");
        disk.remove_empty_folders("y/z".into(), "".into());
        assert!(!disk.has("y".into()) && disk.has("x".into()));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_through_a_link_or_upwards_leads_out() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
        let disk = Disk::new(root);
        std::os::unix::fs::symlink("/", root.join("away")).expect("it can be made");
        let of = |path: &str| disk.leads_out(path.into()).map(Utf8PathBuf::into_string);
        assert_eq!(of("content/new/a.md"), None);
        assert_eq!(of("away/a.md").as_deref(), Some("away"));
        assert_eq!(
            of("content/../../a.md").as_deref(),
            Some("content/../../a.md")
        );
        assert_eq!(of("/a.md").as_deref(), Some("/a.md"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_replaced_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let root = Utf8Path::from_path(temp.path()).expect("its name is UTF-8");
        let disk = Disk::new(root);
        disk.write("a.md".into(), b"one")
            .expect("it can be written");
        fs::set_permissions(root.join("a.md"), fs::Permissions::from_mode(0o640)).expect("it can");
        std::os::unix::fs::symlink("a.md", root.join("b.md")).expect("it can be made");
        assert!(!disk.replace("b.md".into(), b"one", b"two").expect("it can"));
        assert!(disk.replace("a.md".into(), b"one", b"two").expect("it can"));
        let mode = fs::metadata(root.join("a.md"))
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
