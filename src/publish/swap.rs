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
use std::os::unix::fs::MetadataExt as _;

/// The working folder inside the output, where none can be made beside it.
pub(super) const INNER_WORK: &str = ".portolan-work";

/// The end of the name of a file that is about to replace its neighbour.
pub(super) const REPLACEMENT: &str = ".portolan-new";

/// What the file system can do. Tests take abilities away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Abilities {
    pub(super) exchange: bool,
    pub(super) hard_links: bool,
}

/// The output folder and the working folder.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) out: Utf8PathBuf,
    work: Utf8PathBuf,
    abilities: Abilities,
}

impl Places {
    /// Makes both folders where they are absent.
    pub(super) fn of(out: &Utf8Path, mut abilities: Abilities) -> Result<Self, PublishError> {
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
        let beside = out
            .parent()
            .unwrap_or(&out)
            .join(format!(".{name}.portolan"));
        let work = match make_work(&beside) {
            Ok(()) => beside,
            Err(_) => {
                // The folder above cannot be written: nothing can be exchanged, but files can be replaced.
                let inside = out.join(INNER_WORK);
                make_work(&inside).map_err(io("create", &inside))?;
                abilities.exchange = false;
                inside
            }
        };
        let device = |folder: &Utf8Path| fs::metadata(folder).map(|metadata| metadata.dev());
        if device(&out).map_err(io("look at", &out))?
            != device(&work).map_err(io("look at", &work))?
        {
            abilities.exchange = false;
        }
        Ok(Self {
            out,
            work,
            abilities,
        })
    }

    pub(super) fn stage(&self) -> Utf8PathBuf {
        self.work.join("stage")
    }

    /// Whether the whole tree can be staged to be exchanged.
    pub(super) fn can_exchange(&self) -> bool {
        self.abilities.exchange
    }

    pub(super) fn lock(&self) -> Result<fs::File, PublishError> {
        let path = self.work.join("lock");
        let file = fs::File::create(&path).map_err(io("create", &path))?;
        rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| PublishError::Busy(self.out.clone()))?;
        Ok(file)
    }

    /// Moves kept entries out of whatever tree a killed run left, then deletes that tree.
    pub(super) fn recover(&self, keep: &[String]) -> Result<(), PublishError> {
        self.move_kept(keep)?;
        self.clear(keep)?;
        Ok(())
    }

    /// Deletes the stage, unless a kept entry still lies in it.
    pub(super) fn clear(&self, keep: &[String]) -> Result<(), PublishError> {
        let stage = self.stage();
        if let Some(name) = keep
            .iter()
            .find(|name| stage.join(name).symlink_metadata().is_ok())
        {
            return Err(PublishError::Stranded {
                entry: stage.join(name),
                out: self.out.clone(),
            });
        }
        match fs::remove_dir_all(&stage) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(io("delete", &stage)(cause))
            }
            _ => Ok(()),
        }
    }

    /// Moves kept entries from the stage to the output. One that is in both stays in both: which is right is not known.
    fn move_kept(&self, keep: &[String]) -> Result<(), PublishError> {
        for name in keep {
            let from = self.stage().join(name);
            let to = self.out.join(name);
            if from.symlink_metadata().is_ok() && to.symlink_metadata().is_err() {
                fs::rename(&from, &to).map_err(io("move back", &from))?;
            }
        }
        Ok(())
    }

    /// Exchanges the trees; `false` where the system refuses that.
    pub(super) fn exchange(&self, keep: &[String]) -> Result<bool, PublishError> {
        let stage = self.stage();
        let exchanged = rustix::fs::renameat_with(
            CWD,
            stage.as_std_path(),
            CWD,
            self.out.as_std_path(),
            RenameFlags::EXCHANGE,
        );
        match exchanged {
            Ok(()) => {
                self.move_kept(keep)?;
                self.clear(keep)?;
                Ok(true)
            }
            Err(
                Errno::BUSY
                | Errno::XDEV
                | Errno::PERM
                | Errno::INVAL
                | Errno::NOSYS
                | Errno::ACCESS,
            ) => Ok(false),
            Err(cause) => Err(io("exchange", &self.out)(cause.into())),
        }
    }

    /// Replaces file by file: what pages need first, then pages, then the manifest, deletions last.
    ///
    /// Until the manifest is there, an interim one says of each file on the way that its content is not known.
    pub(super) fn in_place(
        &self,
        written: &[&SitePath],
        interim: &Manifest,
        next: &Manifest,
        removed: &[&SitePath],
        keep: &[String],
    ) -> Result<Mode, PublishError> {
        interim.write(&self.stage())?;
        self.replace(MANIFEST)?;
        let is_page = |path: &&SitePath| path.as_str().ends_with(".html");
        let (pages, others): (Vec<&SitePath>, Vec<&SitePath>) =
            written.iter().copied().partition(is_page);
        for path in others.into_iter().chain(pages) {
            self.replace(path.as_str())?;
        }
        for path in removed {
            self.remove(path.as_str())?;
        }
        next.write(&self.stage())?;
        self.replace(MANIFEST)?;
        self.clear(keep)?;
        Ok(Mode::InPlace)
    }

    fn remove(&self, path: &str) -> Result<(), PublishError> {
        let target = self.out.join(path);
        match fs::remove_file(&target) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(io("delete", &target)(cause));
            }
            _ => {}
        }
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
        Ok(())
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
                let beside = folder.join(format!(
                    "{}{REPLACEMENT}",
                    to.file_name().unwrap_or_default()
                ));
                fs::copy(&from, &beside).map_err(io("copy", &beside))?;
                fs::rename(&beside, &to).map_err(io("replace", &to))
            }
            Err(cause) => Err(io("replace", &to)(cause)),
        }
    }

    /// Links an unchanged file into the stage; copies it where links are refused.
    pub(super) fn link(&self, path: &SitePath) -> Result<(), PublishError> {
        let from = self.out.join(path.as_str());
        let to = self.stage().join(path.as_str());
        if self.abilities.hard_links && fs::hard_link(&from, &to).is_ok() {
            return Ok(());
        }
        fs::copy(&from, &to).map(|_| ()).map_err(io("copy", &from))
    }
}

/// Makes the working folder, which git ignores.
fn make_work(work: &Utf8Path) -> std::io::Result<()> {
    fs::create_dir_all(work)?;
    fs::write(work.join(".gitignore"), "*\n")
}
