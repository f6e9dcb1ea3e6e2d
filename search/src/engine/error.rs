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

/// A part of a search: something, or `None` where bytes are missing.
pub(super) type Part<T> = Result<Option<T>, EngineError>;

/// What was read, or `None` where it has not been fetched.
pub(super) fn part<T>(read: Result<T, ChunkError>) -> Part<T> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(ChunkError::Missing) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
