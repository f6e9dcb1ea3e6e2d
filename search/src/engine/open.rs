//! Opens an index by its hot file.

use super::{Engine, EngineError};
use crate::chunk::Chunks;
use crate::columns::Columns;
use crate::directory::ChunkDirectory;
use crate::hot::{CARDS, FORMAT, Hot};
use crate::schema::schema;
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
        if hot.layouts.len() != 2 || hot.folders.len() != hot.layouts.len() {
            return Err(damaged("its tables have different lengths"));
        }
        if hot.cards.len() != (hot.documents as usize).div_ceil(CARDS) + 1 {
            return Err(damaged("its table of cards has another length"));
        }
        let columns = Columns::open(&hot)?;
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
        let [segment] = searcher.segment_readers() else {
            return Err(damaged("it has several segments"));
        };
        if segment.segment_id().uuid_string() != hot.segment || segment.max_doc() != hot.documents {
            return Err(damaged("it has another segment"));
        }
        // Opening a field reads the footers of its dictionary and postings; that belongs to opening the index.
        for field in [fields.number, fields.hts, fields.title, fields.body] {
            segment.inverted_index(field)?;
        }
        Ok(Self {
            hot,
            chunks,
            fields,
            searcher,
            columns,
            unplanned: AtomicUsize::new(0),
        })
    }
}
