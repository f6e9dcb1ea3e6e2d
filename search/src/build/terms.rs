//! The dictionary in the making: terms that come sorted are cut into chunks.

use super::BuildError;
use super::pack::Packed;
use crate::chunk::Kind;
use crate::dictionary::{Listed, write_keys, write_part};
use serde::{Deserialize, Serialize};

/// A longer posting list has a chunk of its own, and its term is in the hot file: so a frequent word never pays for its
/// neighbors, and a rare one is found together with its documents. Half of it would double the terms of the hot file.
const FREQUENT: usize = 1_024;

/// A chunk of the dictionary ends after a term of this many, counted by hashes, once it is long enough. So the cut comes from
/// the terms near it, and a term that is added does not move all cuts after it.
const CUT: u64 = 16;

/// Lengths of a chunk of the dictionary, in bytes: one is read for each rare word of a query.
const MIN_LENGTH: usize = 4_096;
const MAX_LENGTH: usize = 12_288;

/// A term with its lists.
#[derive(Debug, Clone, Default)]
pub(super) struct TermLists {
    /// As the dictionary sorts it.
    pub(super) key: Vec<u8>,
    pub(super) documents: u32,
    pub(super) postings: Vec<u8>,
    pub(super) positions: Vec<u8>,
}

/// What the hot file has of the dictionary.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Hot {
    pub(super) frequent: Vec<u8>,
    pub(super) frequent_documents: Vec<u32>,
    pub(super) terms: Vec<u8>,
}

/// Chunks that are not packed yet: terms or lists, and their positions.
type Full = (Vec<Vec<u8>>, Vec<Vec<u8>>);

/// Takes terms in their order.
#[derive(Debug, Default)]
pub(super) struct TermWriter {
    frequent: Vec<(Vec<u8>, u32)>,
    firsts: Vec<Vec<u8>>,
    /// The chunk that is not full: terms, positions, and how long the first are.
    open: Vec<Listed>,
    open_positions: Vec<u8>,
    length: usize,
    /// Chunks that are not packed yet, by kind.
    full: [Full; 2],
}

impl TermWriter {
    pub(super) fn add(&mut self, term: TermLists) {
        if term.postings.len() > FREQUENT {
            self.frequent.push((term.key, term.documents));
            self.full[1].0.push(term.postings);
            self.full[1].1.push(term.positions);
            return;
        }
        if self.open.is_empty() {
            self.firsts.push(term.key.clone());
        }
        let ends = ends(&term.key);
        self.length += term.key.len() + term.postings.len();
        self.open_positions.extend_from_slice(&term.positions);
        self.open.push(Listed {
            key: term.key,
            documents: term.documents,
            postings: term.postings,
            positions: term.positions.len(),
        });
        if self.length >= MAX_LENGTH || self.length >= MIN_LENGTH && ends {
            self.end_chunk();
        }
    }

    fn end_chunk(&mut self) {
        if !self.open.is_empty() {
            self.full[0].0.push(write_part(&self.open));
            self.full[0]
                .1
                .push(std::mem::take(&mut self.open_positions));
            self.open.clear();
            self.length = 0;
        }
    }

    /// Packs the chunks that are full.
    pub(super) fn pack(&mut self, packed: &mut Packed) -> Result<(), BuildError> {
        let [short, long] = std::mem::take(&mut self.full);
        packed.add(Kind::Terms, &short.0)?;
        packed.add(Kind::TermPositions, &short.1)?;
        packed.add(Kind::Lists, &long.0)?;
        packed.add(Kind::ListPositions, &long.1)
    }

    pub(super) fn finish(mut self, packed: &mut Packed) -> Result<Hot, BuildError> {
        self.end_chunk();
        self.pack(packed)?;
        Ok(Hot {
            frequent: write_keys(self.frequent.iter().map(|(key, _)| &**key)),
            frequent_documents: self
                .frequent
                .iter()
                .map(|(_, documents)| *documents)
                .collect(),
            terms: write_keys(self.firsts.iter().map(|key| &**key)),
        })
    }
}

fn ends(key: &[u8]) -> bool {
    let hash = blake3::hash(key);
    let (first, _) = hash
        .as_bytes()
        .split_first_chunk()
        .unwrap_or((&[0; 8], &[]));
    u64::from_le_bytes(*first).is_multiple_of(CUT)
}
