//! A segment: blocks that follow one another, merged and deflated.
//!
//! Its bytes depend on the blocks alone, so it is kept from one run to the next as they are: where no text of it changed,
//! no block is read.

use super::BuildError;
use super::blob::{BlobBuilder, Packed};
use super::block::{Block, COMPONENTS, settings};
use super::directory::PartDirectory;
use super::postings;
use super::vocabulary::Vocabulary;
use crate::directory::META;
use crate::schema::schema;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tantivy::directory::{CompositeWrite, OwnedBytes};
use tantivy::index::{SegmentComponent, SegmentId, SegmentReader};
use tantivy::{Index, TantivyError};

/// A segment that is made.
#[derive(Debug)]
pub struct Segment {
    documents: u32,
    /// tantivy's list with this segment, in JSON.
    meta: String,
    /// tantivy's id of it, which comes from its content: a random one would make every build another one.
    id: String,
    /// In the order of [`COMPONENTS`].
    files: Vec<File>,
    vocabulary: String,
}

/// A file of tantivy's: chunks, and what follows them.
#[derive(Debug)]
struct File {
    packed: Vec<Packed>,
    rest: Vec<u8>,
}

/// What the bytes of a segment begin with.
#[derive(Serialize, Deserialize)]
struct Header {
    documents: u32,
    meta: String,
    id: String,
    files: Vec<FileHeader>,
    vocabulary: u64,
}

#[derive(Serialize, Deserialize)]
struct FileHeader {
    /// Of each chunk, the length when it is deflated, the hash and the checksum.
    packed: Vec<(u32, [u8; blake3::OUT_LEN], u32)>,
    rest: u64,
}

fn encode(error: impl std::fmt::Display) -> BuildError {
    BuildError::Encode(error.to_string())
}

impl Segment {
    /// Merges blocks that follow one another.
    ///
    /// # Errors
    /// When there are none, or tantivy cannot.
    pub fn merge(blocks: &[Block]) -> Result<Self, BuildError> {
        let (merged, vocabulary) = rayon::join(|| merge(blocks), || vocabulary(blocks));
        let (mut meta, files) = merged?;
        let mut hasher = blake3::Hasher::new();
        for file in &files {
            for chunk in &file.packed {
                hasher.update(chunk.hash.as_bytes());
            }
            hasher.update(blake3::hash(&file.rest).as_bytes());
        }
        let id = SegmentId::from_uuid_string(&hasher.finalize().to_hex()[..32]).map_err(encode)?;
        meta["segments"][0]["segment_id"] = serde_json::to_value(id).map_err(encode)?;
        if let Some(meta) = meta.as_object_mut() {
            // It names the blocks, and so how the documents were cut.
            meta.remove("payload");
        }
        let documents: usize = blocks.iter().map(Block::documents).sum();
        Ok(Self {
            documents: u32::try_from(documents).map_err(encode)?,
            meta: meta.to_string(),
            id: id.uuid_string(),
            files,
            vocabulary,
        })
    }

    /// How many documents it is made from.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents as usize
    }

    pub(super) fn meta(&self) -> &str {
        &self.meta
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Lines of its forms, each with the number of documents that have it, sorted.
    pub(super) fn vocabulary(&self) -> &str {
        &self.vocabulary
    }

    /// Adds its files to a blob.
    pub(super) fn add_to(self, blob: &mut BlobBuilder) -> Result<(), BuildError> {
        for (component, file) in COMPONENTS.into_iter().zip(self.files) {
            blob.add(format!("{}.{component}", self.id), file.packed, &file.rest)?;
        }
        Ok(())
    }

    /// What [`Segment::read`] takes.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn bytes(&self) -> Result<Vec<u8>, BuildError> {
        let files = self.files.iter().map(|file| {
            let packed = file.packed.iter().map(|chunk| {
                let length = u32::try_from(chunk.bytes.len()).map_err(encode)?;
                Ok((length, *chunk.hash.as_bytes(), chunk.checksum))
            });
            Ok(FileHeader {
                packed: packed.collect::<Result<_, BuildError>>()?,
                rest: file.rest.len() as u64,
            })
        });
        let header = Header {
            documents: self.documents,
            meta: self.meta.clone(),
            id: self.id.clone(),
            files: files.collect::<Result<_, BuildError>>()?,
            vocabulary: self.vocabulary.len() as u64,
        };
        let mut bytes = postcard::to_allocvec(&header).map_err(encode)?;
        for file in &self.files {
            for chunk in &file.packed {
                bytes.extend_from_slice(&chunk.bytes);
            }
            bytes.extend_from_slice(&file.rest);
        }
        bytes.extend_from_slice(self.vocabulary.as_bytes());
        Ok(bytes)
    }

    /// Reads a segment from its bytes; `None` where they are not of one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (header, mut content): (Header, &[u8]) = postcard::take_from_bytes(bytes).ok()?;
        let mut take = |length: u64| {
            let (taken, after) = content.split_at_checked(usize::try_from(length).ok()?)?;
            content = after;
            Some(taken.to_vec())
        };
        let mut files = Vec::new();
        for file in header.files {
            let packed = file.packed.into_iter().map(|(length, hash, checksum)| {
                Some(Packed {
                    bytes: take(u64::from(length))?,
                    hash: blake3::Hash::from_bytes(hash),
                    checksum,
                })
            });
            let packed = packed.collect::<Option<_>>()?;
            let rest = take(file.rest)?;
            files.push(File { packed, rest });
        }
        let vocabulary = String::from_utf8(take(header.vocabulary)?).ok()?;
        let is_complete = content.is_empty() && files.len() == COMPONENTS.len();
        is_complete.then_some(Self {
            documents: header.documents,
            meta: header.meta,
            id: header.id,
            files,
            vocabulary,
        })
    }
}

/// The files of words. They come first in [`COMPONENTS`].
const WORDS: [SegmentComponent; 3] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
];

/// Merges tantivy's files; gives its list of the segment as well.
fn merge(blocks: &[Block]) -> Result<(serde_json::Value, Vec<File>), BuildError> {
    let open = |words: &[OwnedBytes]| {
        let blocks = blocks.par_iter().map(|block| block.open(words));
        blocks.collect::<Result<Vec<_>, _>>()
    };
    // tantivy merges all but the words.
    let directory = PartDirectory::default();
    let merged = tantivy::indexer::merge_indices(&open(&no_words()?)?, directory.clone())?;
    let other = only_segment(&merged)?;
    let norms = SegmentReader::open(&other)?;

    let blocks = open(&[])?;
    let blocks = blocks.iter().map(only_segment);
    let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
    let words = PartDirectory::cutting();
    let target = Index::create(words.clone(), schema().0, settings())?.new_segment();
    let mut packed: HashMap<PathBuf, Vec<Packed>> = HashMap::new();
    postings::merge(&blocks, &norms, &target, || {
        let chunks = words.take_chunks().into_par_iter();
        let chunks = chunks.map(|chunk| Ok((chunk.file, Packed::new(&chunk.bytes)?)));
        for (file, chunk) in chunks.collect::<Result<Vec<_>, BuildError>>()? {
            packed.entry(file).or_default().push(chunk);
        }
        Ok(())
    })?;

    let files = COMPONENTS.into_iter().map(|component| {
        let (directory, segment) = if WORDS.contains(&component) {
            (&words, &target)
        } else {
            (&directory, &other)
        };
        let path = segment.relative_path(component);
        let rest = directory.take(&path);
        let rest = rest.ok_or_else(|| encode(format!("tantivy made no `{}`", path.display())))?;
        Ok(File {
            packed: packed.remove(&path).unwrap_or_default(),
            rest: rest.to_vec(),
        })
    });
    let files = files.collect::<Result<_, BuildError>>()?;
    let meta = directory.take(Path::new(META));
    let meta = serde_json::from_slice(&meta.unwrap_or_else(OwnedBytes::empty));
    Ok((meta.map_err(encode)?, files))
}

/// The files of words of a segment that has none.
fn no_words() -> Result<Vec<OwnedBytes>, BuildError> {
    let directory = PartDirectory::default();
    let segment = Index::create(directory.clone(), schema().0, settings())?.new_segment();
    let files = WORDS.into_iter().map(|component| {
        let path = segment.relative_path(component.clone());
        let file = segment.open_write(component).map_err(TantivyError::from)?;
        let file = CompositeWrite::wrap(file);
        file.close().map_err(TantivyError::from)?;
        let bytes = directory.take(&path);
        Ok(bytes.unwrap_or_else(OwnedBytes::empty))
    });
    files.collect()
}

fn only_segment(index: &Index) -> Result<tantivy::index::Segment, BuildError> {
    let segment = index.searchable_segments()?.pop();
    segment.ok_or_else(|| encode("tantivy made no segment"))
}

fn vocabulary(blocks: &[Block]) -> String {
    let mut vocabulary = Vocabulary::default();
    for block in blocks {
        vocabulary.add(block.vocabulary());
    }
    let mut lines = String::new();
    for (form, documents) in vocabulary.sorted() {
        lines.push_str(&format!("{form}\t{documents}\n"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{BlockBuilder, Forms, IndexDocument, inflate};
    use proptest::prelude::*;

    /// A block of documents, each of which has the numbers as words; the smaller ones are frequent.
    fn block(documents: &[Vec<u16>]) -> Block {
        let forms = Forms::default();
        let mut builder = BlockBuilder::new(&forms).expect("a block can begin");
        for numbers in documents {
            let words: Vec<String> = numbers.iter().map(|at| format!("word{at}")).collect();
            let hts: Vec<String> = numbers.iter().map(|at| format!("61{at:08}")).collect();
            let document = IndexDocument {
                ruling: words.first().map_or("", String::as_str),
                title: &words[..words.len().min(3)].join(" "),
                text: &words.join(" "),
                hts: hts.iter().map(String::as_str).collect(),
                keys: Vec::new(),
            };
            builder.add(&document).expect("a document can be added");
        }
        builder.finish().expect("a block can end")
    }

    fn content(file: &File) -> Vec<u8> {
        let chunks = file.packed.iter();
        let chunks = chunks.map(|chunk| inflate(&chunk.bytes).expect("it is deflated"));
        let mut content: Vec<u8> = chunks.flatten().collect();
        content.extend_from_slice(&file.rest);
        content
    }

    /// The files of tantivy's own merge.
    fn native(blocks: &[Block]) -> Vec<Vec<u8>> {
        let blocks = blocks.iter().map(|block| block.open(&[]));
        let blocks: Vec<Index> = blocks.collect::<Result<_, _>>().expect("blocks open");
        let directory = PartDirectory::default();
        let merged = tantivy::indexer::merge_indices(&blocks, directory.clone());
        let segment = only_segment(&merged.expect("blocks merge")).expect("there is one");
        let files = COMPONENTS.into_iter().map(|component| {
            let file = directory.take(&segment.relative_path(component));
            file.expect("it is there").to_vec()
        });
        files.collect()
    }

    fn check(blocks: &[Block]) {
        let segment = Segment::merge(blocks).expect("blocks merge");
        let native = native(blocks);
        for ((file, native), component) in segment.files.iter().zip(native).zip(COMPONENTS) {
            assert!(
                content(file) == native,
                "{component} of {} blocks",
                blocks.len()
            );
        }
        let bytes = segment.bytes().expect("it can be written");
        let read = Segment::read(&bytes).expect("it can be read");
        assert_eq!(read.bytes().expect("it can be written"), bytes);
        assert!(
            (0..bytes.len())
                .step_by(97)
                .all(|end| Segment::read(&bytes[..end]).is_none())
        );
    }

    #[test]
    fn long_lists_of_many_blocks_are_merged_as_tantivy_does() {
        let document = |at: u16| -> Vec<u16> {
            let words = (1..60).map(|word| word * (at % 17 + 1) % (at % 251 + word));
            words.chain([at]).collect()
        };
        let documents: Vec<Vec<u16>> = (0..3_000).map(document).collect();
        let blocks: Vec<Block> = documents.chunks(170).map(block).collect();
        check(&blocks);
        let two = [documents[..1].to_vec(), documents[1..].to_vec()];
        check(&two.map(|documents| block(&documents)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_blocks_are_merged_as_tantivy_does(
            blocks in proptest::collection::vec(
                proptest::collection::vec(proptest::collection::vec(0_u16..40, 0..12), 1..30),
                1..6,
            ),
        ) {
            let blocks: Vec<Block> = blocks.iter().map(|documents| block(documents)).collect();
            check(&blocks);
        }
    }
}
