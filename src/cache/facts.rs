//! The documents of the last run, by path.

use super::store::Store;
use crate::document::{self, Document, Schema, Unreadable};
use crate::files::{FileError, Files, Stamp};
use crate::source::DocumentFile;
use camino::Utf8Path;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A document, or what others need of one that cannot be published.
pub type Read = Result<Arc<Document>, Arc<Unreadable>>;

/// The documents of the last run. They depend on path, bytes and schema alone, so a file with the same bytes gives the same
/// document again, and a file with the same [stamp](Stamp) has the same bytes.
#[derive(Debug, Default)]
pub struct Facts {
    last: Mutex<Option<Arc<LastRun>>>,
    /// Where they are remembered for another program.
    store: Option<Store>,
}

/// The name of the stored file.
const FILE: &str = "documents";

/// What one run read.
#[derive(Debug)]
struct LastRun {
    /// The hash of the [`Schema`] that it was read with.
    schema: blake3::Hash,
    /// Sorted by path.
    files: Vec<Known>,
    /// Whether the store has the same.
    is_stored: bool,
}

/// A file as it was read.
#[derive(Debug, Clone)]
struct Known {
    /// `None` where it could change without showing it in its stamp.
    stamp: Option<Stamp>,
    read: Read,
}

/// The same in a file.
#[derive(Serialize, Deserialize)]
struct Stored<D, U> {
    stamp: Option<Stamp>,
    read: Result<D, U>,
}

impl Facts {
    pub(super) fn stored(store: Store) -> Self {
        Self {
            last: Mutex::default(),
            store: Some(store),
        }
    }

    /// Gives the documents of files that are sorted by path, and remembers them in the place of those of the last run.
    ///
    /// # Errors
    /// When a file cannot be read; what was remembered stays.
    pub fn read(
        &self,
        files: &dyn Files,
        sources: &[DocumentFile],
        schema: &Schema,
    ) -> Result<Vec<Read>, FileError> {
        let last = self.last_with(schema.hash);
        let files: Vec<Known> = sources
            .par_iter()
            .map(|file| {
                let known = last.as_ref().and_then(|last| last.get(&file.path));
                read(file, known, files, schema)
            })
            .collect::<Result<_, _>>()?;
        let read = files.iter().map(|file| file.read.clone()).collect();
        let is_stored = last.is_some_and(|last| last.is_stored && last.is_same(&files));
        *self.last() = Some(Arc::new(LastRun {
            schema: schema.hash,
            files,
            is_stored,
        }));
        Ok(read)
    }

    /// Tells the hash of the file of each document that the last run read.
    pub(super) fn each_hash(&self, mut tell: impl FnMut(&Utf8Path, blake3::Hash)) {
        let last = self.last().clone();
        for known in last.iter().flat_map(|last| &last.files) {
            tell(known.path(), known.hash());
        }
    }

    /// Remembers the documents for the next program.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn save(&self) -> Result<(), FileError> {
        let last = self.last().clone();
        let (Some(store), Some(last)) = (&self.store, last) else {
            return Ok(());
        };
        if last.is_stored {
            return Ok(());
        }
        let files: Vec<Stored<&Document, &Unreadable>> = last
            .files
            .iter()
            .map(|file| Stored {
                stamp: file.stamp,
                read: file.read.as_deref().map_err(Arc::as_ref),
            })
            .collect();
        store.save(FILE, &last.schema, &files)
    }

    /// What was read with the same schema.
    fn last_with(&self, schema: blake3::Hash) -> Option<Arc<LastRun>> {
        if let Some(last) = &*self.last() {
            return (last.schema == schema).then(|| Arc::clone(last));
        }
        let files: Vec<Stored<Document, Unreadable>> = self.store.as_ref()?.load(FILE, &schema)?;
        let files: Vec<Known> = files
            .into_iter()
            .map(|file| Known {
                stamp: file.stamp,
                read: file.read.map(Arc::new).map_err(Arc::new),
            })
            .collect();
        let is_sorted = files.is_sorted_by(|a, b| a.path() < b.path());
        is_sorted.then(|| {
            Arc::new(LastRun {
                schema,
                files,
                is_stored: true,
            })
        })
    }

    fn last(&self) -> MutexGuard<'_, Option<Arc<LastRun>>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LastRun {
    fn get(&self, path: &Utf8Path) -> Option<&Known> {
        let at = self.files.binary_search_by(|known| known.path().cmp(path));
        at.ok().map(|at| &self.files[at])
    }

    /// Whether a run read the same files with the same stamps.
    fn is_same(&self, files: &[Known]) -> bool {
        let is_same = |(a, b): (&Known, &Known)| {
            a.stamp == b.stamp && a.hash() == b.hash() && a.path() == b.path()
        };
        self.files.len() == files.len() && self.files.iter().zip(files).all(is_same)
    }
}

impl Known {
    fn path(&self) -> &Utf8Path {
        match &self.read {
            Ok(document) => &document.path,
            Err(document) => &document.path,
        }
    }

    fn hash(&self) -> blake3::Hash {
        match &self.read {
            Ok(document) => document.hash,
            Err(document) => document.hash,
        }
    }
}

fn read(
    file: &DocumentFile,
    known: Option<&Known>,
    files: &dyn Files,
    schema: &Schema,
) -> Result<Known, FileError> {
    // Before the file is read: a change in between then shows in the next stamp.
    let stamp = files.stamp(&file.path);
    if let Some(known) = known
        && stamp.is_some()
        && stamp == known.stamp
    {
        let read = known.read.clone();
        return Ok(Known { stamp, read });
    }
    let bytes = files.read(&file.path)?;
    let read = match known {
        Some(known) if known.hash() == blake3::hash(&bytes) => known.read.clone(),
        _ => document::read(file, &bytes, schema)
            .map(Arc::new)
            .map_err(Arc::from),
    };
    Ok(Known { stamp, read })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Entry, Memory};
    use std::sync::atomic::{AtomicUsize, Ordering};

    const TEXT: &str = "---\nnumber: NY N301234\ntitle: T\ndate: 2018-11-05\n---\nText.\n";

    /// A tree in memory whose files have the stamp of some file on disk, and that counts what is read.
    struct Stamped {
        memory: Memory,
        stamp: Option<Stamp>,
        read: AtomicUsize,
    }

    impl Stamped {
        fn new(text: &str, stamp: Option<Stamp>) -> Self {
            Self {
                memory: Memory::new().with("content/shared/rulings/a.md", text),
                stamp,
                read: AtomicUsize::new(0),
            }
        }

        /// Reads the one document; gives it, and how often its file was read.
        fn read_with(&self, facts: &Facts, schema: &Schema) -> (Read, usize) {
            let files: Vec<DocumentFile> = self
                .walk("content".into())
                .expect("memory can be listed")
                .iter()
                .filter_map(|entry| DocumentFile::at(entry.path(), &["rulings"]))
                .collect();
            let before = self.read.load(Ordering::Relaxed);
            let mut read = facts
                .read(self, &files, schema)
                .expect("memory can be read");
            let after = self.read.load(Ordering::Relaxed);
            (read.remove(0), after - before)
        }
    }

    impl Files for Stamped {
        fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
            self.memory.walk(folder)
        }

        fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
            self.read.fetch_add(1, Ordering::Relaxed);
            self.memory.read(path)
        }

        fn stamp(&self, _: &Utf8Path) -> Option<Stamp> {
            self.stamp
        }
    }

    fn stamp() -> Option<Stamp> {
        let program = std::env::current_exe().expect("a test is a program");
        match crate::files::look(&program) {
            crate::files::Seen::File(stamp) => Some(stamp),
            other => panic!("{other:?}"),
        }
    }

    fn is_same(a: &Read, b: &Read) -> bool {
        match (a, b) {
            (Ok(a), Ok(b)) => Arc::ptr_eq(a, b),
            (Err(a), Err(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    #[test]
    fn a_file_with_the_stamp_that_is_known_is_not_read() {
        let (facts, schema) = (Facts::default(), Schema::default());
        for text in [TEXT, "no document"] {
            let files = Stamped::new(text, stamp());
            let (first, _) = files.read_with(&Facts::default(), &schema);
            assert_eq!(first.is_ok(), text == TEXT);
            facts.read(&files, &[], &schema).expect("nothing is read");
            let (first, count) = files.read_with(&facts, &schema);
            assert_eq!(count, 1);
            let (again, count) = files.read_with(&facts, &schema);
            assert!(is_same(&first, &again) && count == 0);
        }
    }

    #[test]
    fn without_a_stamp_the_bytes_decide() {
        let (facts, schema) = (Facts::default(), Schema::default());
        let files = Stamped::new(TEXT, None);
        let (first, _) = files.read_with(&facts, &schema);
        let (again, count) = files.read_with(&facts, &schema);
        assert!(is_same(&first, &again) && count == 1);
        let other = Stamped::new(&TEXT.replace("Text", "Word"), None);
        let (other, _) = other.read_with(&facts, &schema);
        assert!(!is_same(&first, &other) && first != other);
    }

    #[test]
    fn another_schema_forgets_everything() {
        let (facts, schema) = (Facts::default(), Schema::default());
        let files = Stamped::new(TEXT, stamp());
        let (first, _) = files.read_with(&facts, &schema);
        let mut other = schema;
        other.hash = blake3::hash(b"another");
        let (again, count) = files.read_with(&facts, &other);
        assert!(!is_same(&first, &again) && count == 1);
    }
}
