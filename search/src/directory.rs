//! The chunks as a directory that tantivy reads.

use crate::chunk::{ChunkError, Chunks};
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// tantivy's own file that lists segments.
pub(crate) const META: &str = "meta.json";

/// All segments of an index, read-only.
#[derive(Debug, Clone)]
pub(crate) struct ChunkDirectory {
    pub(crate) chunks: Arc<Chunks>,
    pub(crate) meta: Arc<[u8]>,
}

#[derive(Debug)]
struct File {
    chunks: Arc<Chunks>,
    blob: u32,
    start: u64,
    length: u64,
}

impl HasLen for File {
    fn len(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }
}

impl FileHandle for File {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end as u64 > self.length {
            let what = format!("bytes {range:?} are past a file's end");
            return Err(io::Error::other(ChunkError::Damaged(what)));
        }
        let range = self.start + range.start as u64..self.start + range.end as u64;
        self.chunks
            .read(self.blob, range)
            .map(OwnedBytes::new)
            .map_err(io::Error::other)
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "the index is read-only")
}

impl Directory for ChunkDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let place = path.to_str().and_then(|name| self.chunks.find(name));
        let (blob, start, length) =
            place.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        Ok(Arc::new(File {
            chunks: Arc::clone(&self.chunks),
            blob,
            start,
            length,
        }))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let name = path.to_str().unwrap_or_default();
        Ok(name == META || self.chunks.find(name).is_some())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path.to_str() == Some(META) {
            return Ok(self.meta.to_vec());
        }
        Err(OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }
}
