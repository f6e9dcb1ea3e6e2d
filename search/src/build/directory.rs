//! tantivy's files of a block or of a merge, in memory.

use crate::chunk::CHUNK;
use crate::directory::META;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// A folder of files that share the bytes that they were made from.
#[derive(Debug, Clone, Default)]
pub(super) struct PartDirectory(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    files: BTreeMap<PathBuf, OwnedBytes>,
    /// Full chunks of files that are written, to be taken away; `None` where files stay in one piece.
    chunks: Option<Vec<Chunk>>,
}

/// A full chunk of a file that is written.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) file: PathBuf,
    pub(super) bytes: Vec<u8>,
}

impl PartDirectory {
    /// A folder that has these files.
    pub(super) fn of(files: impl IntoIterator<Item = (PathBuf, OwnedBytes)>) -> Self {
        let directory = Self::default();
        directory.inner().files.extend(files);
        directory
    }

    /// An empty folder. What is written into it is cut into chunks, and its files have the rest.
    pub(super) fn cutting() -> Self {
        let directory = Self::default();
        directory.inner().chunks = Some(Vec::new());
        directory
    }

    /// Takes away the chunks that are full, those of a file in their order.
    pub(super) fn take_chunks(&self) -> Vec<Chunk> {
        let mut inner = self.inner();
        let chunks = inner.chunks.as_mut();
        chunks.map(std::mem::take).unwrap_or_default()
    }

    /// Takes away a file.
    pub(super) fn take(&self, path: &Path) -> Option<OwnedBytes> {
        self.inner().files.remove(path)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, path: &Path) -> Result<OwnedBytes, OpenReadError> {
        let file = self.inner().files.get(path).cloned();
        file.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

struct Writer {
    directory: PartDirectory,
    path: PathBuf,
    rest: Vec<u8>,
    is_cut: bool,
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_cut {
            self.rest.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        let taken = bytes.len().min(CHUNK - self.rest.len());
        self.rest.extend_from_slice(&bytes[..taken]);
        if self.rest.len() == CHUNK {
            let chunk = Chunk {
                file: self.path.clone(),
                bytes: std::mem::replace(&mut self.rest, Vec::with_capacity(CHUNK)),
            };
            let mut inner = self.directory.inner();
            inner.chunks.get_or_insert_default().push(chunk);
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Writer {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let rest = OwnedBytes::new(std::mem::take(&mut self.rest));
        let path = std::mem::take(&mut self.path);
        self.directory.inner().files.insert(path, rest);
        Ok(())
    }
}

impl Directory for PartDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(self.file(path)?))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.inner().files.contains_key(path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        Ok(self.file(path)?.to_vec())
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // tantivy writes other files of this kind to manage what it deletes.
        if path == Path::new(META) {
            let bytes = OwnedBytes::new(bytes.to_vec());
            self.inner().files.insert(path.to_owned(), bytes);
        }
        Ok(())
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let is_cut = self.inner().chunks.is_some();
        Ok(WritePtr::new(Box::new(Writer {
            directory: self.clone(),
            path: path.to_owned(),
            rest: Vec::new(),
            is_cut,
        })))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner().files.remove(path);
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }
}
