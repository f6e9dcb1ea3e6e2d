//! A segment: the words of all documents, merged from blocks, in chunks as they are published.
//!
//! Its bytes depend on the blocks alone, so it is kept from one run to the next: where no text changed, no block is read.

use super::BuildError;
use super::block::Block;
use super::merge::{self, Words};
use super::pack::Packed;
use super::vocabulary::Vocabulary;
use crate::chunk::Kind;
use serde::{Deserialize, Serialize};

/// A segment that is made.
#[derive(Debug, Serialize, Deserialize)]
pub struct Segment {
    documents: u32,
    pub(super) words: Words,
    /// The form that each chunk of the vocabulary begins with.
    pub(super) vocabulary: Vec<String>,
    pub(super) packed: Packed,
}

impl Segment {
    /// Merges blocks that follow one another.
    ///
    /// # Errors
    /// When tantivy cannot read them.
    pub fn merge(blocks: &[Block]) -> Result<Self, BuildError> {
        let mut packed = Packed::default();
        let (words, vocabulary) = rayon::join(
            || merge::merge(blocks, &mut packed),
            || {
                let mut vocabulary = Vocabulary::default();
                for block in blocks {
                    vocabulary.add(block);
                }
                vocabulary.chunks()
            },
        );
        let (vocabulary, chunks) = vocabulary;
        packed.add(Kind::Vocabulary, &chunks)?;
        let documents: usize = blocks.iter().map(Block::documents).sum();
        Ok(Self {
            documents: u32::try_from(documents).unwrap_or(u32::MAX),
            words: words?,
            vocabulary,
            packed,
        })
    }

    /// How many documents it is made from.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents as usize
    }

    /// What [`Segment::read`] takes.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn bytes(&self) -> Result<Vec<u8>, BuildError> {
        postcard::to_allocvec(self).map_err(|error| BuildError::Encode(error.to_string()))
    }

    /// Reads a segment from its bytes; `None` where they are not of one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (segment, rest) = postcard::take_from_bytes(bytes).ok()?;
        rest.is_empty().then_some(segment)
    }
}
