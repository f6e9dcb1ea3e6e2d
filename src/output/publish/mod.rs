//! Writes the site to a folder, atomically: completely or not at all.
//!
//! In: files with the fingerprints of what they were made from. Out: the output folder. The only stage that writes it.
//!
//! A new tree is staged beside the old one; what did not change is hard-linked; both are exchanged in one system call;
//! then the old one goes, or is kept to become the next (`spare`). Where a file system refuses that, files are replaced in
//! place, and the report says so.

#![expect(
    clippy::disallowed_methods,
    reason = "this stage is the door to the output folder"
)]

mod fault;
mod inventory;
mod kept;
mod manifest;
mod place;
mod spare;
mod swap;
#[cfg(test)]
mod tests;

pub use fault::{Faults, Point};
pub use manifest::{MANIFEST, Manifest};
pub use place::refuse_among_sources;
pub use swap::Abilities;

use super::{Fingerprint, Keep, Output};
use crate::files::SitePath;
use camino::{Utf8Path, Utf8PathBuf};
use inventory::Inventory;
use manifest::FileRecord;
use spare::Published;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirEntryExt as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};
use swap::{INNER_WORK, Places};

/// Names at the top of the output folder that no file of a site can have.
const NEVER_OF_A_SITE: [&str; 3] = [".git", MANIFEST, INNER_WORK];

/// Names that are kept where Portolan did not put them there; `content/static/` may have files of these names, too.
const KEPT_WHERE_FOREIGN: [&str; 2] = [".gitignore", "CNAME"];

/// A publish that failed; the output folder is as it was unless the error says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The system refused something.
    #[error("cannot {action} `{path}`: {cause}")]
    Io {
        /// A verb: write, link, rename.
        action: &'static str,
        /// The path.
        path: Utf8PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// The folder contains files that no publish created.
    #[error(
        "`{out}` contains files that Portolan did not create: {}{}. Remove them, list them under `keep` in site.toml, or choose another folder with --out",
        .some.join(", "),
        and_more(*.count, .some.len())
    )]
    Foreign {
        /// The output folder.
        out: Utf8PathBuf,
        /// How many.
        count: usize,
        /// The first ten.
        some: Vec<String>,
    },
    /// The output folder lies among the portal's own files.
    #[error(
        "cannot publish to `{out}`: {of}. Choose a folder of its own with --out, or leave --out away to publish to `public/`"
    )]
    AmongSources {
        /// The output folder.
        out: Utf8PathBuf,
        /// How the two lie to each other.
        of: String,
    },
    /// Another publish is at work.
    #[error("another build is publishing to `{0}`")]
    Busy(Utf8PathBuf),
    /// A killed run left a kept entry behind that the output has, too.
    #[error(
        "`{entry}` is what an earlier run had to keep, but `{out}` has one of that name, too: put the right one into the output folder and delete the other"
    )]
    Stranded {
        /// Where it lies.
        entry: Utf8PathBuf,
        /// The output folder.
        out: Utf8PathBuf,
    },
    /// The site has the name of something that is kept.
    #[error(
        "the site has a file `{path}`, but the output folder keeps the name `{top}` for something else: rename the file, or delete what is kept and take it out of `keep`"
    )]
    Kept {
        /// The file of the site.
        path: SitePath,
        /// The kept entry.
        top: String,
    },
    /// Two files of the site have one path.
    #[error("two files of the site would be `{0}`: rename one of them")]
    Twice(SitePath),
}

fn and_more(count: usize, listed: usize) -> String {
    match count - listed {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}

/// The names that the site cannot have: those that site.toml keeps, and those that are kept because they are there.
fn kept(out: &Utf8Path, keep: &[String], previous: &Manifest) -> BTreeSet<String> {
    let ours = previous.tops();
    let foreign = KEPT_WHERE_FOREIGN
        .into_iter()
        .filter(|name| !ours.contains(name) && out.join(name).symlink_metadata().is_ok());
    let names = NEVER_OF_A_SITE
        .into_iter()
        .chain(foreign)
        .map(str::to_owned);
    names.chain(keep.iter().cloned()).collect()
}

fn io(action: &'static str, path: &Utf8Path) -> impl FnOnce(std::io::Error) -> PublishError {
    let path = path.to_path_buf();
    move |cause| PublishError::Io {
        action,
        path,
        cause,
    }
}

/// Makes a file, and its folder where that is absent.
fn with_folder<T>(file: &Utf8Path, make: impl Fn() -> std::io::Result<T>) -> std::io::Result<T> {
    match make() {
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(file.parent().unwrap_or(file))?;
            make()
        }
        made => made,
    }
}

/// How a site got into its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing had changed, nothing was touched.
    Unchanged,
    /// In one exchange: at every moment the folder is the old site or the new one.
    Atomic,
    /// File by file: the file system refuses the exchange.
    InPlace,
}

/// What a publish did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Files that were made again, whether or not they came out the same.
    pub rendered: usize,
    /// Files that are new or different.
    pub written: usize,
    /// Files that stayed as they are.
    pub kept: usize,
    /// Files that are no more.
    pub removed: usize,
    /// How it was done.
    pub mode: Mode,
    /// The hash of the list of the published files.
    pub manifest: Option<blake3::Hash>,
}

/// A publish under way. Dropped without [`Publisher::commit`], it leaves the output as it was.
#[derive(Debug)]
pub struct Publisher {
    places: Places,
    /// Names at the top of the output folder that the site cannot have.
    kept: BTreeSet<String>,
    previous: Manifest,
    inventory: Inventory,
    /// By the places in `previous`: whether the file is kept ([`KEPT`], [`KEPT_IF_NOT_WRITTEN`]).
    keeping: Vec<AtomicU8>,
    next: Mutex<Next>,
}

const KEPT: u8 = 1;
const KEPT_IF_NOT_WRITTEN: u8 = 2;

#[derive(Debug, Default)]
struct Next {
    /// The files that were made again.
    made: BTreeMap<SitePath, FileRecord>,
    /// Those of them that are in the stage; the others came out the same.
    staged: BTreeSet<SitePath>,
    /// A path that was given twice: which file came last is chance.
    twice: Option<SitePath>,
}

impl Publisher {
    /// Takes the lock, recovers what a killed run left, and reads what was published last.
    ///
    /// # Errors
    /// When another run holds the lock, or the folder holds foreign files.
    pub fn begin(out: &Utf8Path, keep: &[String]) -> Result<Self, PublishError> {
        Self::begin_with(out, keep, Abilities::default())
    }

    /// The same on a file system that cannot do everything, for tests.
    ///
    /// # Errors
    /// When another run holds the lock, or the folder holds foreign files.
    pub fn begin_with(
        out: &Utf8Path,
        keep: &[String],
        abilities: Abilities,
    ) -> Result<Self, PublishError> {
        let places = Places::locked(out, abilities)?;
        places.recover()?;
        let previous = Manifest::read(&places.out)?;
        let kept = kept(&places.out, keep, &previous);
        let mut inventory = inventory::look(&places.out, &previous, &kept, |entry, record| {
            let metadata = entry.metadata().ok()?;
            (metadata.is_file() && metadata.len() == record.size).then(|| entry.ino())
        })?;
        std::mem::take(&mut inventory.foreign).refuse(&places.out)?;
        let keeping = previous.paths().map(|_| AtomicU8::new(0)).collect();
        Ok(Self {
            places,
            kept,
            previous,
            inventory,
            keeping,
            next: Mutex::default(),
        })
    }

    /// The report of a publish that would change nothing, where what was published last has a manifest of this hash and all
    /// of its files are there.
    #[must_use]
    pub fn unchanged(&self, manifest: &blake3::Hash) -> Option<Report> {
        let is_same = manifest::hash(&self.places.out).as_ref() == Some(manifest);
        let is_there = || self.inventory.inodes.iter().all(|inode| *inode != 0);
        (is_same && is_there()).then(|| Report {
            rendered: 0,
            written: 0,
            kept: self.previous.len(),
            removed: 0,
            mode: Mode::Unchanged,
            manifest: Some(*manifest),
        })
    }

    /// A file of the last site that is still there, with its place in the manifest.
    fn last_file(&self, path: &SitePath) -> Option<(usize, &FileRecord)> {
        let last = self.previous.get(path.as_str());
        last.filter(|(place, _)| self.inventory.inodes[*place] != 0)
    }

    fn next(&self) -> std::sync::MutexGuard<'_, Next> {
        self.next
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When two files have one path, or the system refuses; before the exchange the old site is untouched.
    pub fn commit(self) -> Result<Report, PublishError> {
        let Next {
            made,
            staged,
            mut twice,
        } = std::mem::take(&mut *self.next());
        let rendered = made.len();
        let mut removed = Vec::new();
        let mut kept = Vec::new();
        let mut is_same = staged.is_empty();
        for ((path, record), keeping) in self.previous.files().zip(&self.keeping) {
            let keeping = keeping.load(Ordering::Relaxed);
            match made.get(path) {
                Some(_) if keeping == KEPT => twice = Some(path.clone()),
                Some(made) => is_same &= made == record,
                None if keeping == 0 => removed.push(path),
                None => kept.push((path, record)),
            }
        }
        if let Some(path) = twice {
            return Err(PublishError::Twice(path));
        }
        let mut report = Report {
            rendered,
            written: staged.len(),
            kept: kept.len() + rendered - staged.len(),
            removed: removed.len(),
            mode: Mode::Unchanged,
            manifest: None,
        };
        if is_same && removed.is_empty() {
            report.manifest = manifest::hash(&self.places.out);
            return Ok(report);
        }
        let kept = kept.into_iter();
        let kept = kept.map(|(path, record)| (path.clone(), *record));
        let manifest = Manifest::new(kept.chain(made).collect());
        report.mode = if self.places.can_exchange() && self.exchange(&manifest, &staged)? {
            Mode::Atomic
        } else {
            let interim = self.previous.interim(&staged);
            let written: Vec<&SitePath> = staged.iter().collect();
            self.places
                .in_place(&written, &interim, &manifest, &removed)?
        };
        // Under the lock of this run, so that it is this run's.
        report.manifest = manifest::hash(&self.places.out);
        Ok(report)
    }
}

impl Output for Publisher {
    fn is_current(&self, path: &SitePath, fingerprint: &Fingerprint) -> bool {
        let last = self.last_file(path);
        last.is_some_and(|(_, last)| last.is_made_from(fingerprint))
    }

    fn keep(&self, files: Keep<'_>) {
        match files {
            Keep::One(path) => {
                if let Some((place, _)) = self.previous.get(path.as_str())
                    && self.keeping[place].swap(KEPT, Ordering::Relaxed) == KEPT
                {
                    self.next().twice = Some(path.clone());
                }
            }
            Keep::Where(is_wanted) => {
                let inodes = self.inventory.inodes.iter();
                let files = self.previous.paths().zip(inodes).zip(&self.keeping);
                let wanted = files.filter(|((path, inode), _)| **inode != 0 && is_wanted(path));
                for (_, keeping) in wanted {
                    let unless_kept = (Ordering::Relaxed, Ordering::Relaxed);
                    let _ = keeping.compare_exchange(
                        0,
                        KEPT_IF_NOT_WRITTEN,
                        unless_kept.0,
                        unless_kept.1,
                    );
                }
            }
        }
    }

    /// Equal content is kept rather than written. A name that the output folder keeps for something else is an error.
    fn write(
        &self,
        path: SitePath,
        fingerprint: Fingerprint,
        bytes: Vec<u8>,
    ) -> Result<(), PublishError> {
        let top = manifest::top(&path);
        if self.kept.contains(top) {
            let top = top.to_owned();
            return Err(PublishError::Kept { path, top });
        }
        let record = FileRecord::new(&bytes, &fingerprint);
        let last = self.last_file(&path);
        let same = last.is_some_and(|(_, last)| last.has_content_of(&record));
        if !same {
            let target = self.places.stage().join(path.as_str());
            self.places.reach(Point::Stage)?;
            with_folder(&target, || fs::write(&target, &bytes)).map_err(io("write", &target))?;
        }
        let mut next = self.next();
        if !same {
            next.staged.insert(path.clone());
        }
        if next.made.insert(path.clone(), record).is_some() {
            next.twice = Some(path);
        }
        Ok(())
    }

    fn last(&self, path: &SitePath) -> Option<Vec<u8>> {
        self.previous.get(path.as_str())?;
        fs::read(self.places.out.join(path.as_str())).ok()
    }
}

impl Publisher {
    /// Stages what did not change beside what did, and exchanges the trees; `false` where that is refused.
    fn exchange(&self, next: &Manifest, staged: &BTreeSet<SitePath>) -> Result<bool, PublishError> {
        let published = Published {
            manifest: &self.previous,
            inventory: &self.inventory,
        };
        if !spare::adopt(&self.places, &published, next, staged)? {
            let rest = next.paths().filter(|path| !staged.contains(*path));
            let rest: Vec<&SitePath> = rest.collect();
            self.places.link_all(&rest, &self.places.stage())?;
        }
        self.places.reach(Point::Manifest)?;
        next.write(&self.places.stage())?;
        self.places.exchange(&self.previous)
    }
}
