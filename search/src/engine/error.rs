//! What can be wrong with an index, and what is only not there yet.

use crate::chunk::ChunkError;
use crate::hot::FORMAT;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// It is of another version of the format.
    #[error("the index has format {0}, this engine reads format {FORMAT}")]
    Format(u32),
    /// It is not what its own tables say.
    #[error("the index is damaged: {0}")]
    Damaged(String),
}

impl From<ChunkError> for EngineError {
    fn from(error: ChunkError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<tantivy::TantivyError> for EngineError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// A part of a search: something, or `None` where bytes are missing.
pub(super) type Part<T> = Result<Option<T>, EngineError>;

/// Lets pass that bytes are missing, and nothing else.
pub(super) fn only_missing(error: &std::io::Error) -> Result<(), EngineError> {
    let is_missing = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<ChunkError>())
        == Some(&ChunkError::Missing);
    if is_missing {
        Ok(())
    } else {
        Err(EngineError::Damaged(error.to_string()))
    }
}

/// The same for an error that tantivy has wrapped; it keeps the text.
pub(super) fn missing_in(error: &tantivy::TantivyError) -> Result<(), EngineError> {
    let text = error.to_string();
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(current) = source {
        if current.downcast_ref::<ChunkError>() == Some(&ChunkError::Missing) {
            return Ok(());
        }
        source = current.source();
    }
    if text.contains(&ChunkError::Missing.to_string()) {
        Ok(())
    } else {
        Err(EngineError::Damaged(text))
    }
}
