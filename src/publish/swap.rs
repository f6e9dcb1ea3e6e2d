//! The exchange of the old tree for the new one, and what a killed run left of it.
//!
//! The working folder has two rooms, and a tree's room says all that a journal could:
//!
//! - `stage` may be deleted at every moment. It is a new tree in the making, or an old one that holds only what its own
//!   manifest lists.
//! - `swap` is a whole tree, the new one before the exchange and the old one after it. The old one may hold kept entries:
//!   whatever its manifest does not list goes back to the output before the tree is called `stage`.
//!
//! So a kept entry is never where something is deleted, even if site.toml no longer names it.

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

    fn swap(&self) -> Utf8PathBuf {
        self.work.join("swap")
    }

    /// Whether the whole tree can be staged to be exchanged.
    pub(super) fn can_exchange(&self) -> bool {
        self.abilities.exchange
    }

    pub(super) fn lock(&self) -> Result<fs::File, PublishError> {
        let path = self.work.join("lock");
        let file = fs::File::create(&path).map_err(io("create", &path))?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(file),
            Err(Errno::WOULDBLOCK) => Err(PublishError::Busy(self.out.clone())),
            Err(cause) => Err(io("lock", &path)(cause.into())),
        }
    }

    /// Finishes what a killed run began.
    pub(super) fn recover(&self) -> Result<(), PublishError> {
        self.clear()?;
        self.retire()
    }

    /// Deletes the stage.
    pub(super) fn clear(&self) -> Result<(), PublishError> {
        let stage = self.stage();
        match fs::remove_dir_all(&stage) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(io("delete", &stage)(cause))
            }
            _ => Ok(()),
        }
    }

    /// Gives the kept entries of a whole tree back to the output and deletes the rest of it.
    fn retire(&self) -> Result<(), PublishError> {
        let swap = self.swap();
        if swap.symlink_metadata().is_err() {
            return Ok(());
        }
        let manifest = Manifest::read(&swap)?;
        let ours = manifest.tops();
        for item in swap.read_dir_utf8().map_err(io("list", &swap))? {
            let item = item.map_err(io("list", &swap))?;
            let name = item.file_name();
            if name != MANIFEST && !ours.contains(name) {
                self.give_back(item.path(), name)?;
            }
        }
        let stage = self.stage();
        fs::rename(&swap, &stage).map_err(io("rename", &swap))?;
        self.clear()
    }

    fn give_back(&self, from: &Utf8Path, name: &str) -> Result<(), PublishError> {
        let to = self.out.join(name);
        let moved = rustix::fs::renameat_with(
            CWD,
            from.as_std_path(),
            CWD,
            to.as_std_path(),
            RenameFlags::NOREPLACE,
        );
        match moved {
            Ok(()) => Ok(()),
            Err(Errno::EXIST | Errno::NOTEMPTY) => Err(PublishError::Stranded {
                entry: from.to_path_buf(),
                out: self.out.clone(),
            }),
            Err(cause) => Err(io("move back", from)(cause.into())),
        }
    }

    /// Exchanges the trees; `false` where the system refuses that, and the stage is as it was.
    pub(super) fn exchange(&self) -> Result<bool, PublishError> {
        let (stage, swap) = (self.stage(), self.swap());
        let permissions = fs::metadata(&self.out)
            .map_err(io("look at", &self.out))?
            .permissions();
        fs::set_permissions(&stage, permissions).map_err(io("set permissions of", &stage))?;
        fs::rename(&stage, &swap).map_err(io("rename", &stage))?;
        let exchanged = rustix::fs::renameat_with(
            CWD,
            swap.as_std_path(),
            CWD,
            self.out.as_std_path(),
            RenameFlags::EXCHANGE,
        );
        match exchanged {
            Ok(()) => {
                self.retire()?;
                Ok(true)
            }
            Err(
                Errno::BUSY
                | Errno::XDEV
                | Errno::PERM
                | Errno::INVAL
                | Errno::NOSYS
                | Errno::ACCESS,
            ) => {
                fs::rename(&swap, &stage).map_err(io("rename", &swap))?;
                Ok(false)
            }
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
    ) -> Result<Mode, PublishError> {
        interim.write(&self.stage())?;
        self.replace(MANIFEST)?;
        // A file where a folder is to be, or the other way round, cannot wait.
        let displaced = next.displaced(removed);
        for path in &displaced {
            self.remove(path.as_str())?;
        }
        let is_page = |path: &&SitePath| path.as_str().ends_with(".html");
        let (pages, others): (Vec<&SitePath>, Vec<&SitePath>) =
            written.iter().copied().partition(is_page);
        for path in others.into_iter().chain(pages) {
            self.replace(path.as_str())?;
        }
        for path in removed.iter().filter(|path| !displaced.contains(*path)) {
            self.remove(path.as_str())?;
        }
        next.write(&self.stage())?;
        self.replace(MANIFEST)?;
        self.clear()?;
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
