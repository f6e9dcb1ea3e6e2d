//! The exchange of the old tree for the new one, and what a killed run left of it.
//!
//! Beside the output lies one working folder with the stage. After the exchange the stage holds the old tree, so at
//! every moment it may be deleted but for kept entries, and those are moved back first. That is all a journal could say.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::manifest::{MANIFEST, Manifest};
use super::{Mode, PublishError, io};
use crate::files::SitePath;
use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{CWD, FlockOperation, RenameFlags};
use rustix::io::Errno;
use std::fs;

/// The output folder and the working folder beside it.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) out: Utf8PathBuf,
    work: Utf8PathBuf,
}

impl Places {
    pub(super) fn of(out: &Utf8Path) -> Result<Self, PublishError> {
        // A link to a folder is followed: what is published is the folder.
        let out = match out.canonicalize_utf8() {
            Ok(real) => real,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                fs::create_dir_all(out).map_err(io("create", out))?;
                out.canonicalize_utf8().map_err(io("find", out))?
            }
            Err(cause) => return Err(io("find", out)(cause)),
        };
        let name = out.file_name().unwrap_or("site");
        let work = out
            .parent()
            .unwrap_or(&out)
            .join(format!(".{name}.portolan"));
        Ok(Self { out, work })
    }

    pub(super) fn stage(&self) -> Utf8PathBuf {
        self.work.join("stage")
    }

    pub(super) fn lock(&self) -> Result<fs::File, PublishError> {
        fs::create_dir_all(&self.work).map_err(io("create", &self.work))?;
        let ignore = self.work.join(".gitignore");
        fs::write(&ignore, "*\n").map_err(io("write", &ignore))?;
        let path = self.work.join("lock");
        let file = fs::File::create(&path).map_err(io("create", &path))?;
        rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| PublishError::Busy(self.out.clone()))?;
        Ok(file)
    }

    /// Moves kept entries out of whatever tree a killed run left, then deletes that tree.
    pub(super) fn recover(&self, keep: &[String]) -> Result<(), PublishError> {
        if self.stage().symlink_metadata().is_err() {
            return Ok(());
        }
        self.move_kept(keep)?;
        self.clear()
    }

    /// Deletes the stage, unless a kept entry still lies in it.
    pub(super) fn clear(&self) -> Result<(), PublishError> {
        let stage = self.stage();
        match fs::remove_dir_all(&stage) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(io("delete", &stage)(cause))
            }
            _ => Ok(()),
        }
    }

    fn move_kept(&self, keep: &[String]) -> Result<(), PublishError> {
        for name in keep {
            let from = self.stage().join(name);
            let to = self.out.join(name);
            if from.symlink_metadata().is_ok() {
                rustix::fs::renameat_with(
                    CWD,
                    from.as_std_path(),
                    CWD,
                    to.as_std_path(),
                    RenameFlags::NOREPLACE,
                )
                .map_err(|cause| io("move back", &from)(cause.into()))?;
            }
        }
        Ok(())
    }

    pub(super) fn exchange(
        &self,
        keep: &[String],
        next: &Manifest,
        removed: &[&SitePath],
    ) -> Result<Mode, PublishError> {
        let stage = self.stage();
        let swapped = rustix::fs::renameat_with(
            CWD,
            stage.as_std_path(),
            CWD,
            self.out.as_std_path(),
            RenameFlags::EXCHANGE,
        );
        match swapped {
            Ok(()) => {
                self.move_kept(keep)?;
                self.clear()?;
                Ok(Mode::Whole)
            }
            Err(
                Errno::BUSY
                | Errno::XDEV
                | Errno::PERM
                | Errno::INVAL
                | Errno::NOSYS
                | Errno::ACCESS,
            ) => {
                self.in_place(next, removed)?;
                Ok(Mode::InPlace)
            }
            Err(cause) => Err(io("exchange", &self.out)(cause.into())),
        }
    }

    /// Replaces file by file: what pages need first, then pages, then the manifest, deletions last.
    fn in_place(&self, next: &Manifest, removed: &[&SitePath]) -> Result<(), PublishError> {
        let is_page = |path: &SitePath| path.as_str().ends_with(".html");
        let ordered = next
            .paths()
            .filter(|path| !is_page(path))
            .chain(next.paths().filter(|path| is_page(path)));
        for path in ordered {
            self.replace(path.as_str())?;
        }
        self.replace(MANIFEST)?;
        for path in removed {
            let target = self.out.join(path.as_str());
            fs::remove_file(&target).map_err(io("delete", &target))?;
            // A folder that still holds something stays.
            for folder in target
                .ancestors()
                .skip(1)
                .take_while(|folder| *folder != self.out)
            {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        self.clear()
    }

    fn replace(&self, path: &str) -> Result<(), PublishError> {
        let from = self.stage().join(path);
        let to = self.out.join(path);
        let folder = to.parent().unwrap_or(&to);
        fs::create_dir_all(folder).map_err(io("create", folder))?;
        match fs::rename(&from, &to) {
            Ok(()) => Ok(()),
            // The output is a file system of its own: copy beside, then rename there.
            Err(cause) if cause.raw_os_error() == Some(Errno::XDEV.raw_os_error()) => {
                let beside =
                    folder.join(format!(".{}.portolan", to.file_name().unwrap_or_default()));
                fs::copy(&from, &beside).map_err(io("copy", &beside))?;
                fs::rename(&beside, &to).map_err(io("replace", &to))
            }
            Err(cause) => Err(io("replace", &to)(cause)),
        }
    }
}

/// Links an unchanged file into the stage; copies it where links are refused.
pub(super) fn link(from: &Utf8Path, to: &Utf8Path) -> Result<(), PublishError> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(_) => fs::copy(from, to).map(|_| ()).map_err(io("copy", from)),
    }
}
