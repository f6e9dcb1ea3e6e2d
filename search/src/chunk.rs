//! Files of the index as chunks that are fetched one by one.
//!
//! The files of a segment stand one after another in a *blob*, each beginning on a chunk's edge. Chunks have one size. A read
//! maps to chunks; what is not there is noted, so that all that is missing can be fetched at once.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The size of a chunk before it is deflated. A dictionary block is about 7 kB, a posting list of a word in a tenth of
/// 20,000 documents 3 kB (shared/study/search.md, 2.3): one read seldom needs two chunks, and files stay few.
pub const CHUNK: usize = 32 * 1024;

/// A chunk of the index: of which blob, and which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChunkId {
    /// The blob's place in the index: segments first, the vocabulary last.
    pub blob: u32,
    /// From 0.
    pub chunk: u32,
}

/// Where files are in a blob.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// Name, start in the blob, length; sorted by name.
    pub(crate) files: BTreeMap<String, (u64, u64)>,
    /// The blob's length.
    pub(crate) length: u64,
    /// The checksum (CRC-32) of each chunk: deflated files have none.
    pub(crate) checksums: Vec<u32>,
    /// Pieces of the blob that came with the hot file, by their start: what opening reads.
    pub(crate) hot: BTreeMap<u64, Vec<u8>>,
}

/// Why bytes of the index could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// They have not been fetched yet; which ones has been noted.
    #[error("a part of the index has not been fetched yet")]
    Missing,
    /// The index is not what its own tables say.
    #[error("the index is damaged: {0}")]
    Damaged(String),
}

/// The chunks that are there, and those that were wanted.
#[derive(Debug, Default)]
pub(crate) struct Chunks {
    layouts: Vec<Layout>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    there: HashMap<ChunkId, Arc<[u8]>>,
    missing: BTreeSet<ChunkId>,
    /// Reads while opening, which are shipped in the hot file.
    record: Option<BTreeSet<(u32, u64, u64)>>,
}

impl Chunks {
    pub(crate) fn new(layouts: Vec<Layout>) -> Self {
        Self {
            layouts,
            inner: Mutex::default(),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to note every read.
    #[cfg(feature = "build")]
    pub(crate) fn start_recording(&self) {
        self.inner().record = Some(BTreeSet::new());
    }

    /// Ends that: blob, start and length of each read, in order.
    #[cfg(feature = "build")]
    pub(crate) fn recorded(&self) -> BTreeSet<(u32, u64, u64)> {
        self.inner().record.take().unwrap_or_default()
    }

    /// Puts a chunk in.
    pub(crate) fn provide(&self, id: ChunkId, bytes: Vec<u8>) -> Result<(), ChunkError> {
        let layout = self.layouts.get(id.blob as usize);
        let expected = layout.and_then(|layout| {
            let start = (id.chunk as usize).checked_mul(CHUNK)? as u64;
            layout
                .length
                .checked_sub(start)
                .map(|rest| rest.min(CHUNK as u64))
        });
        if expected != Some(bytes.len() as u64) {
            return Err(ChunkError::Damaged(format!(
                "chunk {} of blob {} has {} bytes",
                id.chunk,
                id.blob,
                bytes.len()
            )));
        }
        let checksum = layout.and_then(|layout| layout.checksums.get(id.chunk as usize));
        if checksum != Some(&crc32fast::hash(&bytes)) {
            let what = format!(
                "chunk {} of blob {} is not what was published",
                id.chunk, id.blob
            );
            return Err(ChunkError::Damaged(what));
        }
        let mut inner = self.inner();
        inner.missing.remove(&id);
        inner.there.insert(id, bytes.into());
        Ok(())
    }

    /// What was wanted and is not there.
    pub(crate) fn take_missing(&self) -> Vec<ChunkId> {
        std::mem::take(&mut self.inner().missing)
            .into_iter()
            .collect()
    }

    /// Where a file is: blob, start, length.
    pub(crate) fn find(&self, name: &str) -> Option<(u32, u64, u64)> {
        self.layouts.iter().zip(0_u32..).find_map(|(layout, blob)| {
            layout
                .files
                .get(name)
                .map(|(start, length)| (blob, *start, *length))
        })
    }

    /// Reads a file of a blob whole.
    pub(crate) fn read_file(&self, blob: u32, name: &str) -> Result<Vec<u8>, ChunkError> {
        let place = self
            .layouts
            .get(blob as usize)
            .and_then(|layout| layout.files.get(name));
        let (start, length) =
            *place.ok_or_else(|| ChunkError::Damaged(format!("blob {blob} has no `{name}`")))?;
        self.read(blob, start..start.saturating_add(length))
    }

    /// Reads a range of a blob.
    pub(crate) fn read(&self, blob: u32, range: Range<u64>) -> Result<Vec<u8>, ChunkError> {
        let layout = self
            .layouts
            .get(blob as usize)
            .filter(|layout| range.start <= range.end && range.end <= layout.length)
            .ok_or_else(|| {
                ChunkError::Damaged(format!("bytes {range:?} of blob {blob} are not in it"))
            })?;
        let mut inner = self.inner();
        if let Some(record) = &mut inner.record {
            record.insert((blob, range.start, range.end - range.start));
        }
        if let Some((start, bytes)) = layout.hot.range(..=range.start).next_back()
            && range.end <= start + bytes.len() as u64
        {
            let from = usize::try_from(range.start - start).unwrap_or(usize::MAX);
            let length = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
            return Ok(bytes[from..from + length].to_vec());
        }
        let mut out = Vec::with_capacity(usize::try_from(range.end - range.start).unwrap_or(0));
        let size = CHUNK as u64;
        let mut complete = true;
        let mut at = range.start;
        while at < range.end {
            let number = at / size;
            let id = ChunkId {
                blob,
                chunk: u32::try_from(number).unwrap_or(u32::MAX),
            };
            let from = usize::try_from(at % size).unwrap_or(0);
            let to = usize::try_from((range.end - number * size).min(size)).unwrap_or(0);
            match inner.there.get(&id) {
                // `provide` checked the length, so the slice is in the chunk.
                Some(chunk) if complete => out.extend_from_slice(&chunk[from..to]),
                Some(_) => {}
                None => {
                    complete = false;
                    inner.missing.insert(id);
                }
            }
            at = (number + 1) * size;
        }
        if complete {
            Ok(out)
        } else {
            Err(ChunkError::Missing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chunks(length: usize) -> (Chunks, Vec<u8>) {
        let blob: Vec<u8> = (0..length).map(|at| (at * 7 % 251) as u8).collect();
        let layout = Layout {
            length: length as u64,
            checksums: blob.chunks(CHUNK).map(crc32fast::hash).collect(),
            ..Layout::default()
        };
        (Chunks::new(vec![layout]), blob)
    }

    fn give(chunks: &Chunks, blob: &[u8], id: ChunkId) {
        let start = id.chunk as usize * CHUNK;
        let bytes = blob[start..blob.len().min(start + CHUNK)].to_vec();
        chunks
            .provide(id, bytes)
            .expect("it is a chunk of the blob");
    }

    proptest! {
        #[test]
        fn any_reads_in_any_order_give_the_bytes_of_the_blob(
            length in 0_usize..5 * CHUNK,
            cuts in proptest::collection::vec((0_usize..5 * CHUNK, 0_usize..5 * CHUNK), 1..8),
        ) {
            let (chunks, blob) = chunks(length);
            for (a, b) in cuts {
                let (start, end) = (a.min(b), a.max(b));
                let read = chunks.read(0, start as u64..end as u64);
                if end > length {
                    prop_assert!(matches!(read, Err(ChunkError::Damaged(_))));
                    continue;
                }
                let missing = chunks.take_missing();
                prop_assert_eq!(read.is_err(), !missing.is_empty());
                for id in missing {
                    give(&chunks, &blob, id);
                }
                let again = chunks.read(0, start as u64..end as u64);
                prop_assert_eq!(again.as_deref(), Ok(&blob[start..end]));
            }
        }

        #[test]
        fn a_chunk_of_another_content_is_refused(length in 1_usize..2 * CHUNK, chunk in 0_u32..3, given in proptest::collection::vec(any::<u8>(), 0..40)) {
            let (chunks, blob) = chunks(length);
            let own = blob.chunks(CHUNK).nth(chunk as usize);
            let provided = chunks.provide(ChunkId { blob: 0, chunk }, given.clone());
            prop_assert_eq!(provided.is_ok(), own == Some(given.as_slice()));
        }
    }
}
