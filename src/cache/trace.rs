//! Which files a run looked at, and whether they still are as it found them.

use super::Facts;
use crate::files::{self, Entry, FileError, Files, Stamp};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Everything that a run read. A run that would find all of it as it was would come to the same end: it has no other way to
/// look at a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    folders: Vec<Folder>,
    /// Sorted by the text of their paths, which is faster than by their parts.
    files: Vec<(Utf8PathBuf, Found)>,
}

/// A folder with the hash of what was listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Folder {
    path: Utf8PathBuf,
    #[serde(with = "files::hash")]
    hash: blake3::Hash,
}

/// What was at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Found {
    Nothing,
    /// A file. Its stamp is absent where it does not tell every later change.
    File {
        stamp: Option<Stamp>,
        #[serde(with = "files::hash")]
        hash: blake3::Hash,
    },
}

impl Trace {
    /// How many files it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The hash of a file that had this stamp.
    fn hash(&self, path: &Utf8Path, now: Stamp) -> Option<blake3::Hash> {
        let by_path = |(known, _): &(Utf8PathBuf, Found)| known.as_str().cmp(path.as_str());
        let at = self.files.binary_search_by(by_path).ok()?;
        match self.files[at].1 {
            Found::File { stamp, hash } => (stamp == Some(now)).then_some(hash),
            Found::Nothing => None,
        }
    }

    /// The trace of a run that finds the same now; `None` where something is different.
    #[must_use]
    pub fn again(&self, files: &dyn Files) -> Option<Self> {
        let is_same = |folder: &Folder| {
            let entries = files.walk(&folder.path);
            entries.is_ok_and(|entries| list_hash(&entries) == folder.hash)
        };
        if !self.folders.iter().all(is_same) {
            return None;
        }
        let files: Option<Vec<(Utf8PathBuf, Found)>> = self
            .files
            .par_iter()
            .map(|(path, found)| Some((path.clone(), found.again(path, files)?)))
            .collect();
        Some(Self {
            folders: self.folders.clone(),
            files: files?,
        })
    }
}

impl Found {
    fn again(self, path: &Utf8Path, files: &dyn Files) -> Option<Self> {
        match self {
            Self::Nothing => {
                matches!(files.read(path), Err(error) if is_absent(&error)).then_some(self)
            }
            Self::File { stamp, hash } => {
                let now = files.stamp(path);
                if now.is_some() && now == stamp {
                    return Some(self);
                }
                let bytes = files.read(path).ok()?;
                (blake3::hash(&bytes) == hash).then_some(Self::File { stamp: now, hash })
            }
        }
    }
}

fn is_absent(error: &FileError) -> bool {
    error.cause.kind() == ErrorKind::NotFound
}

fn list_hash(entries: &[Entry]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for entry in entries {
        let kind = match entry {
            Entry::File(_) => b'f',
            Entry::Link(_) => b'l',
            Entry::Special(_) => b's',
            Entry::Repository(_) => b'r',
            Entry::BadName(_) => b'b',
        };
        // No path has a zero.
        hasher.update(entry.path().as_str().as_bytes());
        hasher.update(&[0, kind]);
    }
    hasher.finalize()
}

/// Files, and a record of which of them a run looks at.
pub struct Recorder<'a> {
    files: &'a dyn Files,
    /// What the last run looked at.
    last: Option<Trace>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    folders: HashMap<Utf8PathBuf, blake3::Hash>,
    files: HashMap<Utf8PathBuf, Sight>,
    /// Whether something could not be read, or was different the second time.
    is_unsure: bool,
}

/// What is known of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Its stamp was looked at, but the file was not read.
    Stamp(Stamp),
    Found(Found),
}

impl<'a> Recorder<'a> {
    /// Begins with nothing seen. Of a file that is as the `last` run found it, the hash is known without reading it.
    #[must_use]
    pub fn new(files: &'a dyn Files, last: Option<Trace>) -> Self {
        Self {
            files,
            last,
            seen: Mutex::default(),
        }
    }

    /// What was seen; `facts` know the content of documents that were not read. `None` where that does not tell what the run
    /// was made from.
    #[must_use]
    pub fn finish(self, facts: &Facts) -> Option<Trace> {
        let mut seen = self
            .seen
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if seen.is_unsure {
            return None;
        }
        facts.each_hash(|path, hash| {
            if let Some(sight) = seen.files.get_mut(path)
                && let Sight::Stamp(stamp) = *sight
            {
                let stamp = Some(stamp);
                *sight = Sight::Found(Found::File { stamp, hash });
            }
        });
        let folders = seen.folders.into_iter();
        let mut folders: Vec<Folder> = folders.map(|(path, hash)| Folder { path, hash }).collect();
        folders.sort_by(|a, b| a.path.cmp(&b.path));
        let files = seen.files.into_iter().map(|(path, sight)| match sight {
            Sight::Found(found) => Some((path, found)),
            Sight::Stamp(_) => None,
        });
        let mut files: Vec<(Utf8PathBuf, Found)> = files.collect::<Option<_>>()?;
        files.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        Some(Trace { folders, files })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, path: &Utf8Path, found: Found) {
        let mut seen = self.seen();
        match seen.files.get(path) {
            Some(Sight::Found(before)) if !before.is_content_of(found) => seen.is_unsure = true,
            _ => {
                seen.files.insert(path.to_path_buf(), Sight::Found(found));
            }
        }
    }
}

impl Found {
    /// Whether both are the same bytes, or nothing.
    fn is_content_of(self, other: Self) -> bool {
        let hash = |found| match found {
            Self::Nothing => None,
            Self::File { hash, .. } => Some(hash),
        };
        hash(self) == hash(other)
    }
}

impl Files for Recorder<'_> {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        let entries = self.files.walk(folder);
        let hash = entries.as_deref().map(list_hash).ok();
        let mut seen = self.seen();
        match hash {
            Some(hash) => {
                let before = seen.folders.insert(folder.to_path_buf(), hash);
                seen.is_unsure |= before.is_some_and(|before| before != hash);
            }
            None => seen.is_unsure = true,
        }
        entries
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        // Before the file is read: a change in between then shows in the next stamp.
        let stamp = self.files.stamp(path);
        let bytes = self.files.read(path);
        let known = self.seen().files.get(path).copied();
        match &bytes {
            Ok(_) if is_known(known, stamp) => {}
            Ok(bytes) => {
                let hash = blake3::hash(bytes);
                self.add(path, Found::File { stamp, hash });
            }
            Err(error) if is_absent(error) => self.add(path, Found::Nothing),
            Err(_) => self.seen().is_unsure = true,
        }
        bytes
    }

    fn hash(&self, path: &Utf8Path) -> Result<blake3::Hash, FileError> {
        let stamp = self.files.stamp(path);
        let known = stamp.and_then(|stamp| self.last.as_ref()?.hash(path, stamp));
        if let Some(hash) = known {
            self.add(path, Found::File { stamp, hash });
            return Ok(hash);
        }
        Ok(blake3::hash(&self.read(path)?))
    }

    fn stamp(&self, path: &Utf8Path) -> Option<Stamp> {
        let stamp = self.files.stamp(path)?;
        let mut seen = self.seen();
        seen.files
            .entry(path.to_path_buf())
            .or_insert(Sight::Stamp(stamp));
        Some(stamp)
    }
}

/// Whether a file was read before with the stamp that it has now.
fn is_known(known: Option<Sight>, stamp: Option<Stamp>) -> bool {
    let Some(Sight::Found(Found::File { stamp: before, .. })) = known else {
        return false;
    };
    stamp.is_some() && stamp == before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn run(files: &dyn Files) -> Option<Trace> {
        let recorder = Recorder::new(files, None);
        let _ = recorder.walk("content".into());
        let _ = recorder.read("content/a.md".into());
        let _ = recorder.read("themes/own/theme.toml".into());
        recorder.finish(&Facts::default())
    }

    #[test]
    fn a_run_finds_the_same_only_while_every_file_and_folder_is_as_it_was() {
        let files = Memory::new()
            .with("content/a.md", "A")
            .with("site.toml", "");
        let trace = run(&files).expect("all can be read");
        assert_eq!(trace.again(&files), Some(trace.clone()));
        // What it did not look at may change.
        assert!(
            trace
                .again(&files.clone().with("site.toml", "title"))
                .is_some()
        );
        for changed in [
            files.clone().with("content/a.md", "B"),
            files.clone().with("content/b.md", "B"),
            files.clone().with_link("content/c.md"),
            files.clone().with("themes/own/theme.toml", ""),
            Memory::new().with("site.toml", ""),
        ] {
            assert_eq!(trace.again(&changed), None);
        }
    }

    /// One file, and how often it was read.
    struct Counting {
        stamp: Stamp,
        text: &'static str,
        count: AtomicUsize,
    }

    impl Files for Counting {
        fn walk(&self, _: &Utf8Path) -> Result<Vec<Entry>, FileError> {
            Ok(Vec::new())
        }

        fn read(&self, _: &Utf8Path) -> Result<Vec<u8>, FileError> {
            self.count.fetch_add(1, Ordering::Relaxed);
            Ok(self.text.into())
        }

        fn stamp(&self, _: &Utf8Path) -> Option<Stamp> {
            Some(self.stamp)
        }
    }

    /// Hashes the file in a run after another one; gives the hash, how often the file was read, and what was seen.
    fn hashed(
        stamp: Stamp,
        text: &'static str,
        last: Option<Trace>,
    ) -> (blake3::Hash, usize, Option<Trace>) {
        let count = AtomicUsize::new(0);
        let files = Counting { stamp, text, count };
        let recorder = Recorder::new(&files, last);
        let hash = recorder.hash("a".into()).unwrap();
        let trace = recorder.finish(&Facts::default());
        (hash, files.count.into_inner(), trace)
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test makes files")]
    fn a_file_is_hashed_again_only_where_its_stamp_is_another_one() {
        let temp = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| {
            let path = temp.path().join(name);
            std::fs::write(&path, name).unwrap();
            match files::look(&path) {
                files::Seen::File(stamp) => stamp,
                seen => panic!("{seen:?}"),
            }
        });
        let (hash, count, first) = hashed(one, "A", None);
        assert_eq!((hash, count), (blake3::hash(b"A"), 1));
        let (hash, count, second) = hashed(one, "A", first.clone());
        assert_eq!((hash, count), (blake3::hash(b"A"), 0));
        assert_eq!(second, first);
        let (hash, count, _) = hashed(other, "B", first);
        assert_eq!((hash, count), (blake3::hash(b"B"), 1));
    }

    #[test]
    fn a_file_that_changed_during_the_run_leaves_no_trace() {
        struct Changing(Mutex<u8>);
        impl Files for Changing {
            fn walk(&self, _: &Utf8Path) -> Result<Vec<Entry>, FileError> {
                Ok(Vec::new())
            }

            fn read(&self, _: &Utf8Path) -> Result<Vec<u8>, FileError> {
                let mut count = self.0.lock().unwrap();
                *count += 1;
                Ok(vec![*count])
            }
        }
        let files = Changing(Mutex::new(0));
        let recorder = Recorder::new(&files, None);
        assert!(recorder.read("a".into()).is_ok());
        assert!(recorder.read("a".into()).is_ok());
        assert_eq!(recorder.finish(&Facts::default()), None);
    }
}
