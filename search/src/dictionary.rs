//! The dictionary: where the posting list of a term is.
//!
//! Terms are sorted by field and text. Those with long lists are in the hot file, each with a chunk of its own for its list;
//! the others are in chunks, together with their lists. So a list takes one fetch, and never a second one to find it.

use crate::chunk::{ChunkError, ChunkId, Chunks, Kind};
use crate::hot::Hot;
use crate::number;
use crate::plan::Field;
use std::ops::Range;
use std::sync::Arc;

/// A term as the dictionary sorts it: a byte for the field, then the text.
pub(crate) type Key = Box<[u8]>;

pub(crate) fn key(field: Field, text: &str) -> Key {
    [field as u8].into_iter().chain(text.bytes()).collect()
}

/// A term that the index has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// How many documents have it.
    pub(crate) documents: u32,
    postings: Place,
    positions: Place,
}

/// A piece of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    chunk: ChunkId,
    /// Nothing where it is the chunk as a whole.
    range: Option<Range<usize>>,
}

/// Bytes of a chunk that is shared.
#[derive(Debug, Clone)]
pub(crate) struct Bytes {
    chunk: Arc<[u8]>,
    range: Range<usize>,
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.chunk[self.range.clone()]
    }
}

impl Place {
    fn read(&self, chunks: &Chunks) -> Result<Bytes, ChunkError> {
        let chunk = chunks.get(self.chunk)?;
        let range = self.range.clone().unwrap_or(0..chunk.len());
        if range.start > range.end || range.end > chunk.len() {
            return Err(damaged());
        }
        Ok(Bytes { chunk, range })
    }
}

impl Entry {
    /// The posting list of the term.
    pub(crate) fn postings(&self, chunks: &Chunks) -> Result<Bytes, ChunkError> {
        self.postings.read(chunks)
    }

    /// The positions of that list.
    pub(crate) fn positions(&self, chunks: &Chunks) -> Result<Bytes, ChunkError> {
        self.positions.read(chunks)
    }
}

/// What of the dictionary is there from the beginning.
#[derive(Debug)]
pub(crate) struct Dictionary {
    frequent: Vec<Key>,
    /// By frequent term, how many documents have it.
    documents: Vec<u32>,
    /// What each chunk begins with.
    firsts: Vec<Key>,
}

fn damaged() -> ChunkError {
    ChunkError::Damaged("its dictionary is not one".to_owned())
}

impl Dictionary {
    pub(crate) fn open(hot: &Hot) -> Result<Self, ChunkError> {
        let keys = |bytes: &[u8]| read_keys(bytes).ok_or_else(damaged);
        let dictionary = Self {
            frequent: keys(&hot.frequent)?,
            documents: hot.frequent_documents.clone(),
            firsts: keys(&hot.terms)?,
        };
        let is_one = dictionary.frequent.len() == dictionary.documents.len()
            && dictionary.frequent.is_sorted()
            && dictionary.firsts.is_sorted();
        if is_one {
            Ok(dictionary)
        } else {
            Err(damaged())
        }
    }

    /// Finds a term; `None` where no document has it.
    pub(crate) fn look_up(&self, key: &[u8], chunks: &Chunks) -> Result<Option<Entry>, ChunkError> {
        if let Ok(at) = self.frequent.binary_search_by(|known| (**known).cmp(key)) {
            let place = |kind: Kind| Place {
                chunk: kind.chunk(at),
                range: None,
            };
            return Ok(Some(Entry {
                documents: self.documents[at],
                postings: place(Kind::Lists),
                positions: place(Kind::ListPositions),
            }));
        }
        let after = self.firsts.partition_point(|first| **first <= *key);
        let Some(at) = after.checked_sub(1) else {
            return Ok(None);
        };
        let chunk = chunks.get(Kind::Terms.chunk(at))?;
        Part::read(&chunk)
            .and_then(|part| part.entry(key, at))
            .ok_or_else(damaged)
    }

    /// The chunk in which the positions of a term are if it is not a frequent one: it can be fetched before the term is found.
    pub(crate) fn positions_chunk(&self, key: &[u8]) -> Option<ChunkId> {
        if self
            .frequent
            .binary_search_by(|known| (**known).cmp(key))
            .is_ok()
        {
            return None;
        }
        let after = self.firsts.partition_point(|first| **first <= *key);
        after.checked_sub(1).map(|at| Kind::TermPositions.chunk(at))
    }
}

/// A chunk of the dictionary: keys, three numbers for each, and the lists.
struct Part<'a> {
    keys: Vec<Key>,
    rest: &'a [u8],
    length: usize,
}

impl<'a> Part<'a> {
    fn read(chunk: &'a [u8]) -> Option<Self> {
        let mut rest = chunk;
        let length = usize::try_from(number::read(&mut rest)?).ok()?;
        let (keys, rest) = rest.split_at_checked(length)?;
        Some(Self {
            keys: read_keys(keys)?,
            rest,
            length: chunk.len(),
        })
    }

    /// The entry of a key in the chunk at a place; the outer `None` where this is no part of a dictionary.
    #[expect(
        clippy::option_option,
        reason = "a part that is damaged has neither an entry nor none"
    )]
    fn entry(&self, key: &[u8], chunk: usize) -> Option<Option<Entry>> {
        let mut rest = self.rest;
        let (mut postings, mut positions) = (0_usize, 0_usize);
        let mut found = None;
        for known in &self.keys {
            let mut take = || usize::try_from(number::read(&mut rest)?).ok();
            let (documents, of_postings, of_positions) = (take()?, take()?, take()?);
            let after = (
                postings.checked_add(of_postings)?,
                positions.checked_add(of_positions)?,
            );
            if **known == *key {
                found = Some((documents, postings..after.0, positions..after.1));
            }
            (postings, positions) = after;
        }
        let Some((documents, postings, positions)) = found else {
            return Some(None);
        };
        // The lists follow the numbers.
        let start = self.length - rest.len();
        Some(Some(Entry {
            documents: u32::try_from(documents).ok()?,
            postings: Place {
                chunk: Kind::Terms.chunk(chunk),
                range: Some(postings.start.checked_add(start)?..postings.end.checked_add(start)?),
            },
            positions: Place {
                chunk: Kind::TermPositions.chunk(chunk),
                range: Some(positions),
            },
        }))
    }
}

/// A term with its lists, for a chunk of the dictionary.
#[cfg(any(feature = "build", test))]
#[derive(Debug, Clone, Default)]
pub(crate) struct Listed {
    pub(crate) key: Vec<u8>,
    pub(crate) documents: u32,
    pub(crate) postings: Vec<u8>,
    /// How long its positions are.
    pub(crate) positions: usize,
}

/// The chunk of the dictionary of sorted terms.
#[cfg(any(feature = "build", test))]
pub(crate) fn write_part(terms: &[Listed]) -> Vec<u8> {
    let keys = write_keys(terms.iter().map(|term| &*term.key));
    let mut bytes = Vec::new();
    number::write(keys.len() as u64, &mut bytes);
    bytes.extend_from_slice(&keys);
    for term in terms {
        number::write(u64::from(term.documents), &mut bytes);
        number::write(term.postings.len() as u64, &mut bytes);
        number::write(term.positions as u64, &mut bytes);
    }
    for term in terms {
        bytes.extend_from_slice(&term.postings);
    }
    bytes
}

/// Sorted keys, each without the beginning that it has in common with the one before.
#[cfg(any(feature = "build", test))]
pub(crate) fn write_keys<'a>(keys: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last: &[u8] = &[];
    for key in keys {
        let shared = last.iter().zip(key).take_while(|(a, b)| a == b).count();
        number::write(shared as u64, &mut bytes);
        number::write((key.len() - shared) as u64, &mut bytes);
        bytes.extend_from_slice(&key[shared..]);
        last = key;
    }
    bytes
}

fn read_keys(mut bytes: &[u8]) -> Option<Vec<Key>> {
    let mut keys: Vec<Key> = Vec::new();
    while !bytes.is_empty() {
        let mut take = || usize::try_from(number::read(&mut bytes)?).ok();
        let (shared, length) = (take()?, take()?);
        let (own, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        let before = keys.last().map_or(&[][..], |key| key);
        keys.push([before.get(..shared)?, own].concat().into());
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn terms_are_found_as_they_were_written(words in proptest::collection::btree_set("[a-c]{1,4}", 0..30), asked in "[a-c]{1,4}") {
            let terms: Vec<Listed> = words
                .iter()
                .zip(1..)
                .map(|(word, at)| Listed {
                    key: key(Field::Body, word).into_vec(),
                    documents: at,
                    postings: vec![at as u8; at as usize % 7],
                    positions: at as usize % 5,
                })
                .collect();
            let bytes = write_part(&terms);
            let part = Part::read(&bytes).expect("it is one");
            let found = part.entry(&key(Field::Body, &asked), 3).expect("it is one");
            let expected = terms.iter().position(|term| term.key[1..] == *asked.as_bytes());
            prop_assert_eq!(found.is_some(), expected.is_some());
            if let (Some(found), Some(at)) = (found, expected) {
                prop_assert_eq!(found.documents, terms[at].documents);
                prop_assert_eq!(&bytes[found.postings.range.expect("it is a piece")], &terms[at].postings);
                let before: usize = terms[..at].iter().map(|term| term.positions).sum();
                prop_assert_eq!(found.positions.range, Some(before..before + terms[at].positions));
            }
        }

        #[test]
        fn no_bytes_are_a_fault(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            if let Some(part) = Part::read(&bytes) {
                part.entry(&key(Field::Body, "a"), 0);
            }
        }
    }
}
