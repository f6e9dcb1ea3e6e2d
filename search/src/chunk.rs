//! Pieces of the index that are fetched one by one.
//!
//! A chunk is what is read together: a part of the dictionary with the short posting lists of its terms, one long posting
//! list, the cards of neighbors, a column. It is named by its content, so that a reader's cache keeps what a publish did not
//! change. What is read and is not there is noted, so that all that is missing can be fetched at once.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What chunks are of; the place of their names in the hot file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Parts of the dictionary, with short posting lists.
    Terms,
    /// The positions of those lists.
    TermPositions,
    /// Posting lists of frequent terms.
    Lists,
    /// Their positions.
    ListPositions,
    /// Cards of documents that follow one another.
    Cards,
    /// Columns.
    Columns,
    /// Parts of the vocabulary.
    Vocabulary,
}

impl Kind {
    /// How many there are.
    #[cfg(feature = "build")]
    pub(crate) const COUNT: usize = 7;

    /// One of its chunks.
    pub(crate) fn chunk(self, chunk: usize) -> ChunkId {
        ChunkId {
            kind: self as u32,
            chunk: u32::try_from(chunk).unwrap_or(u32::MAX),
        }
    }
}

/// A chunk of the index: of which kind, and which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChunkId {
    /// The place of its kind in the hot file.
    pub kind: u32,
    /// From 0.
    pub chunk: u32,
}

/// The name of a chunk: the checksum (CRC-32) of its content, because deflated files have none, and the beginning of its
/// hash. An empty chunk has the name 0 and no file.
pub(crate) type Name = u64;

/// The checksum in a name.
fn checksum(name: Name) -> u32 {
    u32::try_from(name >> 32).unwrap_or(0)
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

/// Bytes of chunks that are kept when a search is over. A phone's tab has some hundred megabytes in all.
const MAX_KEPT: usize = 32 << 20;

/// The chunks that are there, and those that were wanted.
#[derive(Debug)]
pub(crate) struct Chunks {
    /// By kind, the names of its chunks.
    names: Vec<Vec<Name>>,
    max_kept: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    there: HashMap<ChunkId, Kept>,
    missing: BTreeSet<ChunkId>,
    /// Counts reads.
    clock: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Kept {
    bytes: Arc<[u8]>,
    used: u64,
}

impl Chunks {
    pub(crate) fn new(names: Vec<Vec<Name>>) -> Self {
        Self {
            names,
            max_kept: MAX_KEPT,
            inner: Mutex::default(),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn name(&self, id: ChunkId) -> Option<Name> {
        let names = self.names.get(id.kind as usize)?;
        names.get(id.chunk as usize).copied()
    }

    /// The path of a chunk, below `search/`.
    pub(crate) fn path(&self, id: ChunkId) -> Option<String> {
        self.name(id).map(path)
    }

    /// Puts a chunk in.
    pub(crate) fn provide(&self, id: ChunkId, bytes: Vec<u8>) -> Result<(), ChunkError> {
        let expected = self.name(id).map(checksum);
        if expected != Some(crc32fast::hash(&bytes)) {
            let what = format!("chunk {} of kind {} is another one", id.chunk, id.kind);
            return Err(ChunkError::Damaged(what));
        }
        let mut inner = self.inner();
        inner.missing.remove(&id);
        let used = inner.clock;
        inner.bytes += bytes.len();
        let bytes = bytes.into();
        if let Some(before) = inner.there.insert(id, Kept { bytes, used }) {
            inner.bytes -= before.bytes.len();
        }
        Ok(())
    }

    /// Every chunk that has a file, with the path of it.
    #[cfg(test)]
    pub(crate) fn all(&self) -> Vec<(ChunkId, String)> {
        let kinds = self.names.iter().zip(0_u32..);
        let ids = kinds.flat_map(|(names, kind)| {
            let chunks = names.iter().zip(0_u32..);
            chunks.map(move |(name, chunk)| (ChunkId { kind, chunk }, *name))
        });
        ids.filter(|(_, name)| *name != 0)
            .map(|(id, name)| (id, path(name)))
            .collect()
    }

    /// What was wanted and is not there.
    pub(crate) fn take_missing(&self) -> Vec<ChunkId> {
        std::mem::take(&mut self.inner().missing)
            .into_iter()
            .collect()
    }

    /// Drops what was not used for longest, until the rest is small enough. A search that is not over would miss what it
    /// has fetched, so this is for its end.
    pub(crate) fn shrink(&self) {
        let mut inner = self.inner();
        if inner.bytes <= self.max_kept {
            return;
        }
        let mut ids: Vec<(u64, ChunkId)> = inner
            .there
            .iter()
            .map(|(id, kept)| (kept.used, *id))
            .collect();
        ids.sort_unstable();
        for (_, id) in ids {
            if inner.bytes <= self.max_kept {
                break;
            }
            let dropped = inner.there.remove(&id).map_or(0, |kept| kept.bytes.len());
            inner.bytes -= dropped;
        }
    }

    /// Reads a chunk.
    pub(crate) fn get(&self, id: ChunkId) -> Result<Arc<[u8]>, ChunkError> {
        let name = self.name(id).ok_or_else(|| {
            ChunkError::Damaged(format!("it has no chunk {} of kind {}", id.chunk, id.kind))
        })?;
        if name == 0 {
            return Ok(Arc::from([]));
        }
        let mut inner = self.inner();
        inner.clock += 1;
        let now = inner.clock;
        if let Some(kept) = inner.there.get_mut(&id) {
            kept.used = now;
            return Ok(Arc::clone(&kept.bytes));
        }
        inner.missing.insert(id);
        Err(ChunkError::Missing)
    }
}

/// The path of the chunk of a name, below `search/`.
pub(crate) fn path(name: Name) -> String {
    let mut path = String::from("s/");
    // Writing to a string cannot fail.
    let _ = write!(path, "{name:016x}.bin");
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(bytes: &[u8]) -> Name {
        u64::from(crc32fast::hash(bytes)) << 32 | 1
    }

    #[test]
    fn what_was_not_used_for_longest_is_dropped_first_and_fetched_again() {
        let contents = [[1; 40], [2; 40], [3; 40]];
        let mut chunks = Chunks::new(vec![contents.iter().map(|bytes| name(bytes)).collect()]);
        chunks.max_kept = 100;
        for (at, bytes) in contents.iter().enumerate() {
            assert_eq!(chunks.get(Kind::Terms.chunk(at)), Err(ChunkError::Missing));
            let id = chunks.take_missing()[0];
            chunks.provide(id, bytes.to_vec()).expect("it is the chunk");
        }
        chunks
            .get(Kind::Terms.chunk(0))
            .expect("nothing is dropped before the end");
        chunks.shrink();
        assert!(chunks.get(Kind::Terms.chunk(0)).is_ok());
        assert_eq!(chunks.get(Kind::Terms.chunk(1)), Err(ChunkError::Missing));
        assert!(chunks.get(Kind::Terms.chunk(2)).is_ok());
    }

    proptest! {
        #[test]
        fn a_chunk_of_another_content_is_refused(own in proptest::collection::vec(any::<u8>(), 1..40), given in proptest::collection::vec(any::<u8>(), 0..40)) {
            let chunks = Chunks::new(vec![vec![name(&own)]]);
            let provided = chunks.provide(Kind::Terms.chunk(0), given.clone());
            prop_assert_eq!(provided.is_ok(), own == given);
            prop_assert!(chunks.provide(Kind::Terms.chunk(1), own).is_err());
        }
    }
}
