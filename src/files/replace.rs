//! The one change that the program makes to content: a file's text for a better one, whole or not at all.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the door to the file system"
)]

use super::{Disk, FileError};
use camino::Utf8Path;
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
        self.put(path, |new| new.write_all(bytes))
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

    fn put(
        &self,
        path: &Utf8Path,
        fill: impl FnOnce(&mut fs::File) -> io::Result<()>,
    ) -> Result<(), FileError> {
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
            fs::rename(&beside, &file)
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
