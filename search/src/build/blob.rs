//! Blobs: files laid one after another and cut into chunks, which are deflated as a host stores them.

use super::deflate::deflate;
use super::{BuildError, IndexFile};
use crate::chunk::{CHUNK, Layout};
use rayon::prelude::*;

/// A chunk as it is published.
#[derive(Debug)]
pub(super) struct Packed {
    /// Deflated.
    pub(super) bytes: Vec<u8>,
    /// Of what is in it.
    pub(super) hash: blake3::Hash,
    pub(super) checksum: u32,
}

impl Packed {
    pub(super) fn new(bytes: &[u8]) -> Result<Self, BuildError> {
        Ok(Self {
            bytes: deflate(bytes)?,
            hash: blake3::hash(bytes),
            checksum: crc32fast::hash(bytes),
        })
    }
}

/// A blob in the making.
#[derive(Default)]
pub(super) struct BlobBuilder {
    layout: Layout,
    chunks: Vec<Packed>,
    /// The chunk that is not full.
    open: Vec<u8>,
}

/// A blob that is made.
pub(super) struct Blob {
    pub(super) layout: Layout,
    pub(super) chunks: Vec<Packed>,
    /// Its folder below `search/`, named by its content.
    pub(super) folder: String,
}

impl BlobBuilder {
    /// Adds a file of which the first chunks may be packed already. It begins on a chunk's edge unless it fits into the one
    /// that is open: small files share a chunk, as they are read together.
    pub(super) fn add(
        &mut self,
        name: String,
        packed: Vec<Packed>,
        rest: &[u8],
    ) -> Result<(), BuildError> {
        if !packed.is_empty() || self.open.len() + rest.len() > CHUNK {
            self.end_chunk(true)?;
        }
        let start = self.chunks.len() * CHUNK + self.open.len();
        let length = packed.len() * CHUNK + rest.len();
        self.layout
            .files
            .insert(name, (start as u64, length as u64));
        self.chunks.extend(packed);
        if self.open.is_empty() {
            let (full, rest) = rest.split_at(rest.len() - rest.len() % CHUNK);
            let full = full.par_chunks(CHUNK).map(Packed::new);
            self.chunks.extend(full.collect::<Result<Vec<_>, _>>()?);
            self.open.extend_from_slice(rest);
        } else {
            self.open.extend_from_slice(rest);
            if self.open.len() == CHUNK {
                self.end_chunk(true)?;
            }
        }
        Ok(())
    }

    fn end_chunk(&mut self, is_filled: bool) -> Result<(), BuildError> {
        if self.open.is_empty() {
            return Ok(());
        }
        if is_filled {
            self.open.resize(CHUNK, 0);
        }
        self.chunks.push(Packed::new(&self.open)?);
        self.open.clear();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Blob, BuildError> {
        self.layout.length = (self.chunks.len() * CHUNK + self.open.len()) as u64;
        self.end_chunk(false)?;
        self.layout.checksums = self.chunks.iter().map(|chunk| chunk.checksum).collect();
        let mut hasher = blake3::Hasher::new();
        for chunk in &self.chunks {
            hasher.update(chunk.hash.as_bytes());
        }
        Ok(Blob {
            layout: self.layout,
            chunks: self.chunks,
            folder: format!("s/{}", super::name(&hasher.finalize())),
        })
    }
}

impl Blob {
    /// The files of its chunks.
    pub(super) fn into_files(self) -> impl Iterator<Item = IndexFile> {
        let folder = self.folder;
        let chunks = self.chunks.into_iter().enumerate();
        chunks.map(move |(at, chunk)| IndexFile {
            path: format!("{folder}/{at}.bin"),
            bytes: chunk.bytes,
        })
    }
}
