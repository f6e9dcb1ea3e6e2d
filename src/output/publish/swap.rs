//! The exchange of the old tree for the new one, and what a killed run left of it.
//!
//! The working folder has three places, and the place of a tree says all that a journal could:
//!
//! - `stage` may be deleted at every moment. It is a new tree in the making, or an old one; kept entries in it are twins of
//!   those in the output.
//! - `spare` is an old tree that may become the next one (`spare.rs`). It has no kept entries, so it may be deleted, too.
//! - `swap` is a whole tree, the new one before the exchange and the old one after it. One of the two trees has the kept
//!   entries themselves and the other their twins: whatever the manifest of `swap` does not list is compared with the output,
//!   and goes back to it where it is missing there, before the tree is called `stage` or `spare`.
//!
//! So a kept entry is never where something is deleted, even if site.toml no longer names it.
//!
//! Only the run that holds the lock deletes anything, and it leaves no working folder behind.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::manifest::{MANIFEST, Manifest};
use super::{Mode, Point, PublishError, io, kept, spare, with_folder};
use crate::files::SitePath;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustix::fs::{CWD, FlockOperation, RenameFlags};
use rustix::io::Errno;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

/// The working folder inside the output, where none can be made beside it.
pub(super) const INNER_WORK: &str = ".portolan-work";

/// The files of the working folder beside its trees.
const GIT_IGNORE: &str = ".gitignore";
const LOCK: &str = "lock";

/// The end of the name of a file that is about to replace its neighbor.
pub(super) const REPLACEMENT: &str = ".portolan-new";

/// What the file system can do. Tests take abilities away.
#[derive(Debug, Clone)]
pub struct Abilities {
    /// Two folders change their names in one call.
    pub exchange: bool,
    /// A file has several names.
    pub hard_links: bool,
    /// Files from which on a site has a spare tree.
    pub spare_from: usize,
    /// What goes wrong.
    #[cfg(debug_assertions)]
    pub faults: Option<std::sync::Arc<dyn super::Faults>>,
}

impl Default for Abilities {
    fn default() -> Self {
        Self {
            exchange: true,
            hard_links: true,
            spare_from: spare::MIN_FILES,
            #[cfg(debug_assertions)]
            faults: None,
        }
    }
}

/// The output folder and the working folder.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) out: Utf8PathBuf,
    work: Utf8PathBuf,
    abilities: Abilities,
    /// Held open for its lock.
    lock: Option<fs::File>,
    /// The folders above the output, and it itself, that this run made; the deepest first.
    made: Vec<Utf8PathBuf>,
}

impl Places {
    /// Makes both folders where they are absent and takes the lock.
    pub(super) fn locked(out: &Utf8Path, abilities: Abilities) -> Result<Self, PublishError> {
        let mut places = Self {
            out: out.to_path_buf(),
            work: Utf8PathBuf::new(),
            abilities,
            lock: None,
            made: Vec::new(),
        };
        places.make_out()?;
        // The working folder of another run may be deleted between these steps.
        while places.lock.is_none() {
            places.choose_work()?;
            places.lock = places.try_lock()?;
        }
        Ok(places)
    }

    /// Stops at a point where a test wants that.
    #[cfg_attr(not(debug_assertions), expect(unused_variables))]
    pub(super) fn reach(&self, point: Point) -> Result<(), PublishError> {
        #[cfg(debug_assertions)]
        if let Some(faults) = &self.abilities.faults {
            return faults.at(point).map_err(io("change", &self.out));
        }
        Ok(())
    }

    fn make_out(&mut self) -> Result<(), PublishError> {
        // A link to a folder is followed: what is published is the folder.
        let out = &self.out;
        self.out = match out.canonicalize_utf8() {
            Ok(real) => real,
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                let absent = |folder: &&Utf8Path| {
                    !folder.as_str().is_empty() && folder.symlink_metadata().is_err()
                };
                self.made = out
                    .ancestors()
                    .take_while(absent)
                    .map(Utf8Path::to_path_buf)
                    .collect();
                fs::create_dir_all(out).map_err(io("create", out))?;
                out.canonicalize_utf8().map_err(io("find", out))?
            }
            Err(cause) => return Err(io("find", out)(cause)),
        };
        Ok(())
    }

    fn choose_work(&mut self) -> Result<(), PublishError> {
        self.reach(Point::Work)?;
        let out = &self.out;
        let name = out.file_name().unwrap_or("site");
        let beside = out
            .parent()
            .unwrap_or(out)
            .join(format!(".{name}.portolan"));
        self.work = match make_work(&beside) {
            Ok(()) => beside,
            Err(_) => {
                // The folder above cannot be written: nothing can be exchanged, but files can be replaced.
                let inside = out.join(INNER_WORK);
                make_work(&inside).map_err(io("create", &inside))?;
                self.abilities.exchange = false;
                inside
            }
        };
        let device = |folder: &Utf8Path| match fs::metadata(folder) {
            Ok(metadata) => Ok(metadata.dev()),
            Err(cause) => Err(io("look at", folder)(cause)),
        };
        if device(out)? != device(&self.work)? {
            self.abilities.exchange = false;
        }
        Ok(())
    }

    pub(super) fn stage(&self) -> Utf8PathBuf {
        self.work.join("stage")
    }

    pub(super) fn spare(&self) -> Utf8PathBuf {
        self.work.join("spare")
    }

    fn swap(&self) -> Utf8PathBuf {
        self.work.join("swap")
    }

    /// Whether the whole tree can be staged to be exchanged.
    pub(super) fn can_exchange(&self) -> bool {
        self.abilities.exchange
    }

    pub(super) fn has_hard_links(&self) -> bool {
        self.abilities.hard_links
    }

    /// Takes the lock; `None` where another run deleted the file in the meantime.
    fn try_lock(&self) -> Result<Option<fs::File>, PublishError> {
        let path = self.work.join(LOCK);
        let file = match fs::File::create(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(io("create", &path)(cause)),
        };
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => return Err(PublishError::Busy(self.out.clone())),
            Err(cause) => return Err(io("lock", &path)(cause.into())),
        }
        let held = file.metadata().map_err(io("look at", &path))?;
        let is_there = fs::metadata(&path).is_ok_and(|there| there.ino() == held.ino());
        Ok(is_there.then_some(file))
    }

    /// Finishes what a killed run began.
    pub(super) fn recover(&self) -> Result<(), PublishError> {
        self.clear()?;
        self.retire()
    }

    /// Deletes the stage.
    pub(super) fn clear(&self) -> Result<(), PublishError> {
        self.reach(Point::Clear)?;
        remove_tree(&self.stage())
    }

    /// Deletes a whole tree once nothing in it is missing in the output, or makes it the spare one.
    fn retire(&self) -> Result<(), PublishError> {
        let swap = self.swap();
        if swap.symlink_metadata().is_err() {
            return Ok(());
        }
        let manifest = Manifest::read(&swap)?;
        let kept = kept::names(&swap, &manifest)?;
        for name in &kept {
            self.reach(Point::GiveBack)?;
            self.give_back(&swap.join(name), name)?;
        }
        let (stage, spare) = (self.stage(), self.spare());
        if !self.abilities.hard_links || manifest.len() < self.abilities.spare_from {
            self.reach(Point::Retire)?;
            fs::rename(&swap, &stage).map_err(io("rename", &swap))?;
            return self.clear();
        }
        for name in &kept {
            let (twin, to) = (swap.join(name), stage.join(name));
            if twin.symlink_metadata().is_ok() {
                self.reach(Point::Retire)?;
                with_folder(&to, || fs::rename(&twin, &to)).map_err(io("rename", &twin))?;
            }
        }
        remove_tree(&spare)?;
        self.reach(Point::Retire)?;
        fs::rename(&swap, &spare).map_err(io("rename", &swap))?;
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
            // The output has its twin.
            Err(Errno::EXIST | Errno::NOTEMPTY)
                if kept::are_same(from.as_std_path(), to.as_std_path())
                    .map_err(io("read", from))? =>
            {
                Ok(())
            }
            Err(Errno::EXIST | Errno::NOTEMPTY) => Err(PublishError::Stranded {
                entry: from.to_path_buf(),
                out: self.out.clone(),
            }),
            Err(cause) => Err(io("move back", from)(cause.into())),
        }
    }

    /// Exchanges the trees; `false` where the system refuses that, and the stage is as it was.
    ///
    /// `previous` lists the files of the old tree.
    pub(super) fn exchange(&self, previous: &Manifest) -> Result<bool, PublishError> {
        let (stage, swap) = (self.stage(), self.swap());
        self.reach(Point::Keep)?;
        let kept = kept::stage(&self.out, &stage, previous, self.abilities.hard_links)?;
        let permissions = |folder: &Utf8Path| match fs::metadata(folder) {
            Ok(metadata) => Ok(metadata.permissions()),
            Err(cause) => Err(io("look at", folder)(cause)),
        };
        let before = permissions(&stage)?;
        fs::set_permissions(&stage, permissions(&self.out)?)
            .map_err(io("set permissions of", &stage))?;
        self.reach(Point::Swap)?;
        fs::rename(&stage, &swap).map_err(io("rename", &stage))?;
        self.reach(Point::Exchange)?;
        match exchange(&swap, &self.out) {
            Ok(()) => {
                for name in kept {
                    self.reach(Point::Return)?;
                    // Where the original is back, or its twin was deleted meanwhile, `retire` finds out.
                    let _ = exchange(&swap.join(&name), &self.out.join(&name));
                }
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
                fs::set_permissions(&stage, before).map_err(io("set permissions of", &stage))?;
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
        self.reach(Point::Remove)?;
        // A run that was stopped may have deleted it before, and even put what comes in its place.
        match fs::remove_file(&target) {
            Err(cause)
                if !matches!(
                    cause.kind(),
                    ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory
                ) =>
            {
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
        self.reach(Point::Replace)?;
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

    /// Links files of the output into a tree; copies them where links are refused.
    pub(super) fn link_all(
        &self,
        paths: &[&SitePath],
        tree: &Utf8Path,
    ) -> Result<(), PublishError> {
        // Few files are linked one after the other, so that tests stop at the same points in every run.
        let paths = paths.par_iter().with_min_len(1024);
        paths.try_for_each(|path| {
            let (from, to) = (self.out.join(path.as_str()), tree.join(path.as_str()));
            self.reach(Point::Link)?;
            let link = || fs::hard_link(&from, &to);
            if self.abilities.hard_links && with_folder(&to, link).is_ok() {
                return Ok(());
            }
            let copied = with_folder(&to, || fs::copy(&from, &to));
            copied.map(|_| ()).map_err(io("copy", &from))
        })
    }
}

impl Drop for Places {
    /// Leaves nothing behind but a spare tree: no stage, no working folder, and none of the folders that were made for a site that was
    /// not published. What cannot be deleted is no reason to fail; the next run tries again.
    fn drop(&mut self) {
        if self.lock.is_some() {
            let _ = self.clear();
            let is_there = |tree: Utf8PathBuf| tree.symlink_metadata().is_ok();
            if !is_there(self.swap()) {
                if !is_there(self.spare()) {
                    let _ = fs::remove_file(self.work.join(GIT_IGNORE));
                }
                let _ = fs::remove_file(self.work.join(LOCK));
                let _ = fs::remove_dir(&self.work);
            }
        }
        // Only empty folders go.
        for folder in &self.made {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

fn exchange(a: &Utf8Path, b: &Utf8Path) -> rustix::io::Result<()> {
    rustix::fs::renameat_with(
        CWD,
        a.as_std_path(),
        CWD,
        b.as_std_path(),
        RenameFlags::EXCHANGE,
    )
}

/// Deletes a tree, also one with folders that nothing may be taken out of.
pub(super) fn remove_tree(tree: &Utf8Path) -> Result<(), PublishError> {
    let mut removed = fs::remove_dir_all(tree);
    if removed
        .as_ref()
        .is_err_and(|cause| cause.kind() == ErrorKind::PermissionDenied)
    {
        unlock(tree).map_err(io("set permissions of", tree))?;
        removed = fs::remove_dir_all(tree);
    }
    match removed {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(io("delete", tree)(cause)),
        _ => Ok(()),
    }
}

/// Lets the owner list and change each folder of a tree; links are not followed.
fn unlock(folder: &Utf8Path) -> std::io::Result<()> {
    let mode = fs::symlink_metadata(folder)?.permissions().mode();
    fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700))?;
    for item in folder.read_dir_utf8()? {
        let item = item?;
        if item.file_type()?.is_dir() {
            unlock(item.path())?;
        }
    }
    Ok(())
}

/// Makes the working folder, which git ignores.
fn make_work(work: &Utf8Path) -> std::io::Result<()> {
    fs::create_dir_all(work)?;
    fs::write(work.join(GIT_IGNORE), "*\n")
}
