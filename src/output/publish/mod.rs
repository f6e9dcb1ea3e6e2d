//! Writes the site to a folder, atomically: completely or not at all.
//!
//! In: files with the fingerprints of what they were made from. Out: the output folder. The only stage that writes it.
//!
//! A new tree is staged beside the old one; what did not change is hard-linked; both are exchanged in one system call;
//! then the old one goes. Where a file system refuses that, files are replaced in place, and the report says so.

#![expect(
    clippy::disallowed_methods,
    reason = "this stage is the door to the output folder"
)]

mod fault;
mod foreign;
mod kept;
mod manifest;
mod place;
mod swap;
#[cfg(test)]
mod tests;

pub use fault::{Faults, Point};
pub use manifest::MANIFEST;
pub use place::refuse_among_sources;
pub use swap::Abilities;

use super::{Fingerprint, Keep, Output};
use crate::files::SitePath;
use camino::{Utf8Path, Utf8PathBuf};
use manifest::{FileRecord, Manifest};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::sync::Mutex;
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
    next: Mutex<Next>,
}

#[derive(Debug, Default)]
struct Next {
    files: BTreeMap<SitePath, FileRecord>,
    /// How many of `files` were made again.
    rendered: usize,
    /// Those of `files` that lie in the stage.
    written: BTreeSet<SitePath>,
    folders: HashSet<Utf8PathBuf>,
    /// A path that was given twice: which file came last is chance.
    twice: Option<SitePath>,
}

impl Next {
    fn add(&mut self, path: SitePath, record: FileRecord) {
        if self.files.insert(path.clone(), record).is_some() {
            self.twice = Some(path);
        }
    }
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
        foreign::refuse(&places.out, &previous, &kept)?;
        Ok(Self {
            places,
            kept,
            previous,
            next: Mutex::default(),
        })
    }

    fn is_there(&self, path: &SitePath, record: &FileRecord) -> bool {
        fs::symlink_metadata(self.places.out.join(path.as_str()))
            .is_ok_and(|metadata| metadata.is_file() && metadata.len() == record.size)
    }

    /// The report of a publish that would change nothing, where what was published last has a manifest of this hash and all
    /// of its files are there.
    #[must_use]
    pub fn unchanged(&self, manifest: &blake3::Hash) -> Option<Report> {
        let is_same = manifest::hash(&self.places.out).as_ref() == Some(manifest);
        let paths: Vec<&SitePath> = self.previous.paths().collect();
        let is_there = |path: &&SitePath| {
            let record = self.previous.get(path);
            record.is_some_and(|record| self.is_there(path, record))
        };
        (is_same && paths.par_iter().all(is_there)).then(|| Report {
            rendered: 0,
            written: 0,
            kept: self.previous.len(),
            removed: 0,
            mode: Mode::Unchanged,
            manifest: Some(*manifest),
        })
    }

    fn make_folder(&self, folder: &Utf8Path) -> Result<(), PublishError> {
        if self.next().folders.contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(folder).map_err(io("create", folder))?;
        self.next().folders.insert(folder.to_path_buf());
        Ok(())
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
        let next = std::mem::take(&mut *self.next());
        if let Some(path) = next.twice {
            return Err(PublishError::Twice(path));
        }
        let removed: Vec<&SitePath> = self
            .previous
            .paths()
            .filter(|path| !next.files.contains_key(*path))
            .collect();
        let manifest = Manifest::new(next.files);
        let mut report = Report {
            rendered: next.rendered,
            written: next.written.len(),
            kept: manifest.len() - next.written.len(),
            removed: removed.len(),
            mode: Mode::Unchanged,
            manifest: None,
        };
        if next.written.is_empty() && removed.is_empty() && manifest == self.previous {
            report.manifest = manifest::hash(&self.places.out);
            return Ok(report);
        }
        let written: Vec<&SitePath> = next.written.iter().collect();
        report.mode = if self.places.can_exchange() && self.exchange(&manifest, &next.written)? {
            Mode::Atomic
        } else {
            let interim = self.previous.interim(&manifest, &next.written);
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
        let last = self.previous.get(path);
        last.is_some_and(|last| last.fingerprint == *fingerprint && self.is_there(path, last))
    }

    fn keep(&self, files: Keep<'_>) {
        match files {
            Keep::One(path) => {
                if let Some(record) = self.previous.get(path) {
                    self.next().add(path.clone(), *record);
                }
            }
            Keep::Where(is_wanted) => {
                for path in self.previous.paths().filter(|path| is_wanted(path)) {
                    let record = self.previous.get(path);
                    if let Some(record) = record.filter(|record| self.is_there(path, record)) {
                        self.next().files.entry(path.clone()).or_insert(*record);
                    }
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
        let record = FileRecord {
            hash: blake3::hash(&bytes),
            fingerprint,
            size: bytes.len() as u64,
        };
        let same = self
            .previous
            .get(&path)
            .is_some_and(|old| old.hash == record.hash && self.is_there(&path, old));
        if !same {
            let target = self.places.stage().join(path.as_str());
            self.make_folder(target.parent().unwrap_or(&target))?;
            self.places.reach(Point::Stage)?;
            fs::write(&target, bytes).map_err(io("write", &target))?;
        }
        let mut next = self.next();
        next.rendered += 1;
        if !same {
            next.written.insert(path.clone());
        }
        next.add(path, record);
        Ok(())
    }

    fn last(&self, path: &SitePath) -> Option<Vec<u8>> {
        self.previous.get(path)?;
        fs::read(self.places.out.join(path.as_str())).ok()
    }
}

impl Publisher {
    /// Stages what did not change beside what did, and exchanges the trees; `false` where that is refused.
    fn exchange(
        &self,
        manifest: &Manifest,
        written: &BTreeSet<SitePath>,
    ) -> Result<bool, PublishError> {
        for path in manifest.paths().filter(|path| !written.contains(*path)) {
            let target = self.places.stage().join(path.as_str());
            self.make_folder(target.parent().unwrap_or(&target))?;
            self.places.link(path)?;
        }
        self.places.reach(Point::Manifest)?;
        manifest.write(&self.places.stage())?;
        self.places.exchange(&self.previous)
    }
}
