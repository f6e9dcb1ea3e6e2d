//! Opens an index by its hot file.

use super::{Engine, EngineError};
use crate::chunk::Chunks;
use crate::directory::ChunkDirectory;
use crate::hot::{CARDS, FORMAT, Hot};
use crate::schema::schema;
use crate::thesaurus::Thesaurus;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use tantivy::{Index, ReloadPolicy};

impl Engine {
    /// Opens an index by its hot file, inflated.
    ///
    /// # Errors
    /// When the file is damaged or of another version.
    pub fn open(hot: &[u8]) -> Result<Self, EngineError> {
        let damaged = || EngineError::Damaged("its hot file is not what was published".to_owned());
        let (hot, checksum) = hot.split_last_chunk::<4>().ok_or_else(damaged)?;
        if crc32fast::hash(hot) != u32::from_le_bytes(*checksum) {
            return Err(damaged());
        }
        let (format, _): (u32, &[u8]) = postcard::take_from_bytes(hot)
            .map_err(|error| EngineError::Damaged(error.to_string()))?;
        if format != FORMAT {
            return Err(EngineError::Format(format));
        }
        let hot: Hot =
            postcard::from_bytes(hot).map_err(|error| EngineError::Damaged(error.to_string()))?;
        let chunks = Arc::new(Chunks::new(hot.layouts.clone()));
        Self::with_chunks(hot, chunks)
    }

    pub(crate) fn with_chunks(hot: Hot, chunks: Arc<Chunks>) -> Result<Self, EngineError> {
        let damaged = |what: &str| EngineError::Damaged(what.to_owned());
        if hot.layouts.len() != hot.segments.len() + 1 || hot.folders.len() != hot.layouts.len() {
            return Err(damaged("its tables have different lengths"));
        }
        for segment in &hot.segments {
            let count = segment.documents as usize;
            if segment.status.len() != count
                || segment.cited.len() != count
                || segment.cards.len() != count.div_ceil(CARDS) + 1
            {
                return Err(damaged("a segment's tables have different lengths"));
            }
        }
        let directory = ChunkDirectory {
            chunks: Arc::clone(&chunks),
            meta: hot.meta.as_bytes().into(),
        };
        let index = Index::open(directory)?;
        let (expected, fields) = schema();
        if index.schema() != expected {
            return Err(damaged("it has other fields"));
        }
        let reader: tantivy::IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .num_warming_threads(0)
            .try_into()?;
        let searcher = reader.searcher();
        let mut blobs = Vec::new();
        for segment in searcher.segment_readers() {
            // Opening a field reads the footers of its dictionary and postings; that belongs to opening the index.
            for field in [fields.number, fields.hts, fields.title, fields.body] {
                segment.inverted_index(field)?;
            }
            let id = segment.segment_id().uuid_string();
            let at = hot.segments.iter().position(|known| known.id == id);
            let at = at.filter(|at| hot.segments[*at].documents == segment.max_doc());
            blobs.push(
                at.and_then(|at| u32::try_from(at).ok())
                    .ok_or_else(|| damaged("it has an unknown segment"))?,
            );
        }
        let thesaurus = Thesaurus::new(hot.synonyms.clone());
        Ok(Self {
            hot,
            chunks,
            fields,
            searcher,
            blobs,
            thesaurus,
            unplanned: AtomicUsize::new(0),
        })
    }
}
