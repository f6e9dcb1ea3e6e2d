//! Writes the site, whole or not at all.
//!
//! In: files with the fingerprints of what they were made from. Out: the output folder. The only stage that writes it.
//!
//! A new tree is staged beside the old one; what did not change is hard-linked; both are exchanged in one system call;
//! then the old one goes. Where a file system refuses that, files are replaced in place, and the report says so.

#![expect(
    clippy::disallowed_methods,
    reason = "this stage is the door to the output folder"
)]

mod manifest;
mod swap;

pub use manifest::MANIFEST;

use crate::files::SitePath;
use camino::{Utf8Path, Utf8PathBuf};
use manifest::{FileRecord, Manifest};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::sync::Mutex;
use swap::{Abilities, INNER_WORK, Places, REPLACEMENT};

/// Names at the top of the output folder that no publish touches.
const ALWAYS_KEPT: [&str; 3] = [".git", ".gitignore", "CNAME"];

/// A hash of everything that a file is made from.
pub type Fingerprint = blake3::Hash;

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
    /// The folder holds what no publish put there.
    #[error("`{out}` holds {count} files that Portolan did not put there, among them: {}", .some.join(", "))]
    Foreign {
        /// The output folder.
        out: Utf8PathBuf,
        /// How many.
        count: usize,
        /// The first ten.
        some: Vec<String>,
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
    /// A page has the name of something that is kept.
    #[error(
        "the site has a file `{0}`, but that name in the output folder is kept: take it out of `keep`, or rename the file"
    )]
    Kept(String),
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
    Whole,
    /// File by file: the file system refuses the exchange.
    InPlace,
}

/// What a publish did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or different.
    pub written: usize,
    /// Files that stayed as they are.
    pub kept: usize,
    /// Files that are no more.
    pub removed: usize,
    /// How it was done.
    pub mode: Mode,
}

/// A publish under way. Dropped without [`Publisher::commit`], it leaves the output as it was.
#[derive(Debug)]
pub struct Publisher {
    places: Places,
    keep: Vec<String>,
    previous: Manifest,
    next: Mutex<Next>,
    /// Held open for its lock.
    _lock: fs::File,
}

#[derive(Debug, Default)]
struct Next {
    files: BTreeMap<SitePath, FileRecord>,
    /// Those of `files` that lie in the stage.
    written: BTreeSet<SitePath>,
    folders: HashSet<Utf8PathBuf>,
}

impl Publisher {
    /// Takes the lock, mends what a killed run left, and reads what was published last.
    ///
    /// # Errors
    /// When another run holds the lock, or the folder holds foreign files.
    pub fn begin(out: &Utf8Path, keep: &[String]) -> Result<Self, PublishError> {
        let all = Abilities {
            exchange: true,
            hard_links: true,
        };
        Self::begin_with(out, keep, all)
    }

    fn begin_with(
        out: &Utf8Path,
        keep: &[String],
        abilities: Abilities,
    ) -> Result<Self, PublishError> {
        let places = Places::of(out, abilities)?;
        let lock = places.lock()?;
        let keep: Vec<String> = ALWAYS_KEPT
            .iter()
            .map(|name| (*name).to_owned())
            .chain(keep.iter().cloned())
            .collect();
        places.recover(&keep)?;
        let previous = Manifest::read(&places.out)?;
        refuse_foreign(&places.out, &previous, &keep)?;
        Ok(Self {
            places,
            keep,
            previous,
            next: Mutex::default(),
            _lock: lock,
        })
    }

    /// Whether the published file was made from the same inputs and is still there.
    #[must_use]
    pub fn is_current(&self, path: &SitePath, fingerprint: &Fingerprint) -> bool {
        self.previous
            .get(path)
            .is_some_and(|record| record.fingerprint == *fingerprint && self.is_there(path, record))
    }

    fn is_there(&self, path: &SitePath, record: &FileRecord) -> bool {
        fs::symlink_metadata(self.places.out.join(path.as_str()))
            .is_ok_and(|metadata| metadata.is_file() && metadata.len() == record.size)
    }

    /// Keeps a file of which [`Publisher::is_current`] is true.
    pub fn keep(&self, path: SitePath) {
        if let Some(record) = self.previous.get(&path) {
            self.next().files.insert(path, *record);
        }
    }

    /// Keeps every published file below a folder that `wanted` says, for parts of the site that are made together.
    pub fn keep_below(&self, folder: &str, wanted: &dyn Fn(&str) -> bool) {
        let below = |path: &SitePath| {
            let rest = path
                .as_str()
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(wanted)
        };
        for path in self.previous.paths().filter(|path| below(path)) {
            if let Some(record) = self
                .previous
                .get(path)
                .filter(|record| self.is_there(path, record))
            {
                self.next().files.entry(path.clone()).or_insert(*record);
            }
        }
    }

    /// The published content of a file; `None` where there is none.
    #[must_use]
    pub fn published(&self, path: &SitePath) -> Option<Vec<u8>> {
        self.previous.get(path)?;
        fs::read(self.places.out.join(path.as_str())).ok()
    }

    /// Gives a file's content; equal content is kept rather than written.
    ///
    /// # Errors
    /// When it cannot be written, or its name is that of a kept entry.
    pub fn write(
        &self,
        path: SitePath,
        fingerprint: Fingerprint,
        bytes: &[u8],
    ) -> Result<(), PublishError> {
        let top = path.as_str().split('/').next().unwrap_or_default();
        if self.keep.iter().any(|name| name == top) {
            return Err(PublishError::Kept(path.to_string()));
        }
        let record = FileRecord {
            hash: blake3::hash(bytes),
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
            fs::write(&target, bytes).map_err(io("write", &target))?;
        }
        let mut next = self.next();
        if !same {
            next.written.insert(path.clone());
        }
        next.files.insert(path, record);
        Ok(())
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
    /// When the system refuses; before the exchange the old site is untouched.
    pub fn commit(self) -> Result<Report, PublishError> {
        let next = std::mem::take(&mut *self.next());
        let removed: Vec<&SitePath> = self
            .previous
            .paths()
            .filter(|path| !next.files.contains_key(*path))
            .collect();
        let manifest = Manifest::new(next.files);
        let mut report = Report {
            written: next.written.len(),
            kept: manifest.len() - next.written.len(),
            removed: removed.len(),
            mode: Mode::Unchanged,
        };
        if next.written.is_empty() && removed.is_empty() && manifest == self.previous {
            return Ok(report);
        }
        let written: Vec<&SitePath> = next.written.iter().collect();
        report.mode = if self.places.can_exchange() && self.exchange(&manifest, &next.written)? {
            Mode::Whole
        } else {
            let interim = self.previous.interim(&manifest, &next.written);
            self.places
                .in_place(&written, &interim, &manifest, &removed, &self.keep)?
        };
        Ok(report)
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
        manifest.write(&self.places.stage())?;
        self.places.exchange(&self.keep)
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        // What is left of a stage is mended by the next run; a failure to delete it is no reason to fail this one.
        let _ = self.places.clear(&self.keep);
    }
}

fn refuse_foreign(
    out: &Utf8Path,
    previous: &Manifest,
    keep: &[String],
) -> Result<(), PublishError> {
    let mut foreign = Vec::new();
    for item in walkdir::WalkDir::new(out)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|item| {
            let name = item.file_name();
            item.depth() != 1
                || name != INNER_WORK && !keep.iter().any(|kept| name == kept.as_str())
        })
    {
        let Ok(item) = item else { continue };
        if item.file_type().is_dir() {
            continue;
        }
        if item.file_name().to_string_lossy().ends_with(REPLACEMENT) {
            // A killed run was about to put it in its neighbour's place.
            fs::remove_file(item.path()).map_err(io("delete", out))?;
            continue;
        }
        let relative = item
            .path()
            .strip_prefix(out)
            .unwrap_or(item.path())
            .to_string_lossy()
            .into_owned();
        let known =
            SitePath::try_from(relative.clone()).is_ok_and(|path| previous.get(&path).is_some());
        if !known && relative != MANIFEST {
            foreign.push(relative);
        }
    }
    if foreign.is_empty() {
        return Ok(());
    }
    let count = foreign.len();
    foreign.truncate(10);
    Err(PublishError::Foreign {
        out: out.to_path_buf(),
        count,
        some: foreign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(out: &Utf8Path, abilities: Abilities, files: &[(&str, &str)]) -> Report {
        let publisher = Publisher::begin_with(out, &[], abilities).unwrap();
        for (path, text) in files {
            let path = SitePath::try_from((*path).to_owned()).unwrap();
            publisher
                .write(path, blake3::hash(text.as_bytes()), text.as_bytes())
                .unwrap();
        }
        publisher.commit().unwrap()
    }

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let out = Utf8PathBuf::from_path_buf(temp.path().join("public")).unwrap();
        (temp, out)
    }

    fn read(out: &Utf8Path, path: &str) -> String {
        fs::read_to_string(out.join(path)).unwrap()
    }

    #[test]
    fn where_nothing_can_be_exchanged_files_are_replaced_and_the_report_says_so() {
        let (_temp, out) = folder();
        let abilities = Abilities {
            exchange: false,
            hard_links: true,
        };
        publish(
            &out,
            abilities,
            &[("a.html", "1"), ("b.css", "1"), ("old/c.html", "1")],
        );
        fs::write(out.join("CNAME"), "kept").unwrap();
        let report = publish(
            &out,
            abilities,
            &[("a.html", "2"), ("b.css", "1"), ("new/d.html", "1")],
        );
        assert_eq!(
            (report.mode, report.written, report.kept, report.removed),
            (Mode::InPlace, 2, 1, 1)
        );
        assert_eq!(
            (
                read(&out, "a.html"),
                read(&out, "new/d.html"),
                read(&out, "CNAME")
            ),
            ("2".into(), "1".into(), "kept".into())
        );
        assert!(!out.join("old").exists());
        assert_eq!(
            publish(
                &out,
                abilities,
                &[("a.html", "2"), ("b.css", "1"), ("new/d.html", "1")]
            )
            .mode,
            Mode::Unchanged
        );
    }

    #[test]
    fn where_links_are_refused_unchanged_files_are_copied() {
        let (_temp, out) = folder();
        let abilities = Abilities {
            exchange: true,
            hard_links: false,
        };
        publish(&out, abilities, &[("a.html", "1"), ("b.html", "1")]);
        let report = publish(&out, abilities, &[("a.html", "2"), ("b.html", "1")]);
        assert_eq!((report.mode, report.written), (Mode::Whole, 1));
        assert_eq!(
            (read(&out, "a.html"), read(&out, "b.html")),
            ("2".into(), "1".into())
        );
    }

    #[test]
    fn an_interim_manifest_makes_the_next_run_write_what_was_on_the_way() {
        let (_temp, out) = folder();
        let abilities = Abilities {
            exchange: false,
            hard_links: true,
        };
        publish(&out, abilities, &[("a.html", "old")]);
        // A killed run had put the new page in place, but not the last manifest.
        let previous = Manifest::read(&out).unwrap();
        let path = SitePath::try_from("a.html".to_owned()).unwrap();
        let interim = previous.interim(&previous, &[path].into());
        interim.write(&out).unwrap();
        fs::write(out.join("a.html"), "new").unwrap();
        let report = publish(&out, abilities, &[("a.html", "old")]);
        assert_eq!((report.written, read(&out, "a.html")), (1, "old".into()));
    }

    #[test]
    fn a_kept_entry_that_is_in_both_trees_is_never_deleted() {
        let (temp, out) = folder();
        let all = Abilities {
            exchange: true,
            hard_links: true,
        };
        publish(&out, all, &[("a.html", "1")]);
        let stranded = temp.path().join(".public.portolan/stage/CNAME");
        fs::create_dir_all(stranded.parent().unwrap()).unwrap();
        fs::write(&stranded, "older").unwrap();
        fs::write(out.join("CNAME"), "newer").unwrap();
        let error = Publisher::begin(&out, &[]).unwrap_err();
        assert!(matches!(error, PublishError::Stranded { .. }), "{error}");
        assert_eq!(fs::read_to_string(stranded).unwrap(), "older");
        assert_eq!(read(&out, "CNAME"), "newer");
    }
}
