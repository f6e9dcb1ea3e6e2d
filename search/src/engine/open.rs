//! Opens an index by its hot file.

use super::{Engine, EngineError};
use crate::bm25::Lengths;
use crate::chunk::{ChunkError, Chunks};
use crate::columns::Columns;
use crate::dictionary::Dictionary;
use crate::hot::{FORMAT, Hot};
use crate::thesaurus::Thesaurus;
use std::sync::atomic::AtomicUsize;

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
        let (format, _): (u32, &[u8]) = postcard::take_from_bytes(hot).map_err(|_| damaged())?;
        if format != FORMAT {
            return Err(EngineError::Format(format));
        }
        let hot: Hot = postcard::from_bytes(hot).map_err(|_| damaged())?;
        Ok(Self::with(hot)?)
    }

    /// Whether a hot file, inflated, is of the format that is read; one that is damaged may be.
    #[must_use]
    pub fn reads(hot: &[u8]) -> bool {
        let format = postcard::take_from_bytes::<u32>(hot);
        format.is_ok_and(|(format, _)| format == FORMAT)
    }

    pub(super) fn with(hot: Hot) -> Result<Self, ChunkError> {
        if hot.lengths.len() != hot.documents as usize {
            let what = "its tables have different lengths";
            return Err(ChunkError::Damaged(what.to_owned()));
        }
        Ok(Self {
            chunks: Chunks::new(hot.chunk_names()),
            dictionary: Dictionary::open(&hot)?,
            lengths: Lengths::new(hot.tokens, hot.documents),
            columns: Columns::open(&hot)?,
            thesaurus: Thesaurus::new(hot.synonyms.clone()),
            hot,
            unplanned: AtomicUsize::new(0),
        })
    }
}
