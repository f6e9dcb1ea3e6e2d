//! Files that are kept on disk without a name, for the preview: they take no memory, and are gone when the program ends,
//! however it ends.

use super::publish::PublishError;
use super::{Fingerprint, Keep, Output};
use crate::files::SitePath;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A store is left for a new one when more than so many of its bytes are of no use any more.
const MAX_WASTE: u64 = 64 << 20;

/// Files in a store that later ones share.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    /// `None` while there is no file.
    store: Option<Arc<Store>>,
    files: BTreeMap<SitePath, Piece>,
}

/// Where the content of a file is in its store.
#[derive(Debug, Clone, Copy)]
struct Piece {
    fingerprint: Fingerprint,
    content: blake3::Hash,
    start: u64,
    length: usize,
}

/// A file without a name, to which is only added.
#[derive(Debug)]
struct Store(Mutex<Appended>);

#[derive(Debug)]
struct Appended {
    file: File,
    end: u64,
}

impl Store {
    fn new() -> io::Result<Self> {
        let file = tempfile::tempfile()?;
        Ok(Self(Mutex::new(Appended { file, end: 0 })))
    }

    fn lock(&self) -> MutexGuard<'_, Appended> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut appended = self.lock();
        let start = appended.end;
        appended.file.seek(SeekFrom::Start(start))?;
        appended.file.write_all(bytes)?;
        appended.end += bytes.len() as u64;
        Ok(start)
    }

    fn read(&self, piece: &Piece) -> io::Result<Vec<u8>> {
        let mut appended = self.lock();
        appended.file.seek(SeekFrom::Start(piece.start))?;
        let mut bytes = vec![0; piece.length];
        appended.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl Scratch {
    /// The content of a file; `None` where there is none, or the disk does not give it.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let path = SitePath::try_from(path.to_owned()).ok()?;
        self.store.as_ref()?.read(self.files.get(&path)?).ok()
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let path = SitePath::try_from(path.to_owned());
        path.is_ok_and(|path| self.files.contains_key(&path))
    }

    /// The paths of the files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.files.keys()
    }
}

/// The next files under way.
#[derive(Debug)]
pub struct NextScratch<'a> {
    last: &'a Scratch,
    store: Arc<Store>,
    files: Mutex<BTreeMap<SitePath, Piece>>,
}

impl<'a> NextScratch<'a> {
    /// Begins after other files.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn after(last: &'a Scratch) -> io::Result<Self> {
        let used: u64 = last.files.values().map(|piece| piece.length as u64).sum();
        let shared = last.store.as_ref();
        let shared = shared.filter(|store| store.lock().end - used <= MAX_WASTE);
        let store = match shared {
            Some(store) => Arc::clone(store),
            None => Arc::new(Store::new()?),
        };
        Ok(Self {
            last,
            store,
            files: Mutex::default(),
        })
    }

    /// The files that were kept or written.
    #[must_use]
    pub fn finish(self) -> Scratch {
        let files = self.files.into_inner();
        Scratch {
            store: Some(self.store),
            files: files.unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<SitePath, Piece>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file of the last ones in the store of the next. What the disk does not give is left out.
    fn carried(&self, piece: &Piece) -> Option<Piece> {
        let last = self.last.store.as_ref()?;
        if Arc::ptr_eq(last, &self.store) {
            return Some(*piece);
        }
        let start = self.store.add(&last.read(piece).ok()?).ok()?;
        Some(Piece { start, ..*piece })
    }
}

impl Output for NextScratch<'_> {
    fn is_current(&self, path: &SitePath, fingerprint: &Fingerprint) -> bool {
        let last = self.last.files.get(path);
        last.is_some_and(|last| last.fingerprint == *fingerprint)
    }

    fn keep(&self, files: Keep<'_>) {
        let is_wanted = |path: &SitePath| match &files {
            Keep::One(one) => path == *one,
            Keep::Where(is_wanted) => is_wanted(path),
        };
        let mut next = self.lock();
        for (path, piece) in &self.last.files {
            if !next.contains_key(path)
                && is_wanted(path)
                && let Some(piece) = self.carried(piece)
            {
                next.insert(path.clone(), piece);
            }
        }
    }

    fn write(
        &self,
        path: SitePath,
        fingerprint: Fingerprint,
        bytes: Vec<u8>,
    ) -> Result<(), PublishError> {
        let fail = |cause| PublishError::Io {
            action: "write",
            path: path.as_str().into(),
            cause,
        };
        let content = blake3::hash(&bytes);
        let last = self.last.files.get(&path);
        let same = last.filter(|last| last.content == content);
        let piece = match same.and_then(|piece| self.carried(piece)) {
            Some(piece) => Piece {
                fingerprint,
                ..piece
            },
            None => Piece {
                fingerprint,
                content,
                start: self.store.add(&bytes).map_err(fail)?,
                length: bytes.len(),
            },
        };
        self.lock().insert(path, piece);
        Ok(())
    }

    fn last(&self, path: &SitePath) -> Option<Vec<u8>> {
        self.last.get(path.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> SitePath {
        SitePath::try_from(name.to_owned()).unwrap()
    }

    fn hash(text: &str) -> Fingerprint {
        blake3::hash(text.as_bytes())
    }

    fn next(last: &Scratch, written: &[(&str, &str)], kept: &str) -> Scratch {
        let next = NextScratch::after(last).unwrap();
        for (name, text) in written {
            let bytes = text.as_bytes().to_vec();
            next.write(path(name), hash(text), bytes).unwrap();
        }
        next.keep(Keep::Where(&|path| path.as_str().starts_with(kept)));
        next.finish()
    }

    #[test]
    fn files_are_kept_from_one_to_the_next_and_the_earlier_ones_stay_as_they_were() {
        let first = next(&Scratch::default(), &[("a", "one"), ("b", "two")], "-");
        let second = next(&first, &[("a", "other"), ("c", "three")], "b");
        assert_eq!(first.get("a").as_deref(), Some(&b"one"[..]));
        for (name, text) in [("a", "other"), ("b", "two"), ("c", "three")] {
            assert_eq!(second.get(name).as_deref(), Some(text.as_bytes()));
        }
        assert!(!first.has("c") && second.has("c") && first.get("c").is_none());
        let third = next(&second, &[], "-");
        assert_eq!(third.paths().count(), 0);
    }

    #[test]
    fn the_same_content_takes_its_place_once_and_a_store_of_mostly_waste_is_left() {
        let large = "x".repeat(usize::try_from(MAX_WASTE).unwrap() / 2 + 1);
        let one = next(&Scratch::default(), &[("a", &large), ("b", "kept")], "-");
        let same = next(&one, &[("a", &large)], "b");
        let end = |scratch: &Scratch| scratch.store.as_ref().unwrap().lock().end;
        assert_eq!(end(&one), end(&same));
        let other = next(&same, &[("a", &large.replace('x', "y"))], "b");
        let other = next(&other, &[("a", &large.replace('x', "z"))], "b");
        let last = next(&other, &[("c", "new")], "b");
        assert_eq!(end(&last), 7);
        assert_eq!(last.get("b").as_deref(), Some(&b"kept"[..]));
    }
}
