//! Blocks that follow one another, merged: their terms, with the documents of all of them.
//!
//! tantivy made the blocks and reads them here. The terms of a field are cut into runs, each of which one thread merges; what
//! comes out depends on the documents alone.

use super::BuildError;
use super::block::Block;
use super::pack::Packed;
use super::terms::{Hot, TermLists, TermWriter};
use crate::number;
use crate::plan;
use crate::postings::{self, Posting};
use crate::schema::schema;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;
use tantivy::directory::{CompositeFile, FileSlice};
use tantivy::index::{InvertedIndexReader, SegmentComponent, SegmentReader};
use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermMerger;

/// Runs that are merged at once, for each thread: what they make is in memory until it is packed.
const AT_ONCE: usize = 2;

/// At most so many runs a field: each looks for its first term in every block.
const MAX_RUNS: usize = 64;

/// The words of an index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) dictionary: Hot,
    /// By document, the code of the length of its text.
    pub(super) lengths: Vec<u8>,
    /// The length of all texts.
    pub(super) tokens: u64,
}

/// Merges blocks, and packs the chunks of their words.
pub(super) fn merge(blocks: &[Block], packed: &mut Packed) -> Result<Words, BuildError> {
    let blocks = blocks.par_iter().map(Input::open);
    let blocks = blocks.collect::<Result<Vec<_>, BuildError>>()?;
    let (schema, fields) = schema();
    let mut writer = TermWriter::default();
    let mut tokens = 0;
    for name in plan::Field::ALL {
        let field = fields.of(name);
        let option = schema.get_field_entry(field).field_type();
        let option = option.get_index_record_option();
        let source = Source::new(&blocks, name, field, option.unwrap_or_default())?;
        if name == plan::Field::Body {
            tokens = source.tokens();
        }
        source.write(&mut writer, packed)?;
    }
    let mut lengths = Vec::new();
    for block in &blocks {
        let norms = block.reader.fieldnorms_readers().get_field(fields.body)?;
        let codes = (0..block.reader.max_doc()).map(|document| {
            let norms = norms.as_ref();
            norms.map_or(0, |norms| norms.fieldnorm_id(document))
        });
        lengths.extend(codes);
    }
    Ok(Words {
        dictionary: writer.finish(packed)?,
        lengths,
        tokens,
    })
}

/// A block that is read.
struct Input {
    reader: SegmentReader,
    positions: CompositeFile,
}

impl Input {
    fn open(block: &Block) -> Result<Self, BuildError> {
        let segment = block.open()?.searchable_segments()?.pop();
        let segment =
            segment.ok_or_else(|| BuildError::Encode("a block has no segment".to_owned()))?;
        let positions = segment.open_read(SegmentComponent::Positions);
        let positions = positions.map_err(tantivy::TantivyError::from)?;
        Ok(Self {
            reader: SegmentReader::open(&segment)?,
            positions: CompositeFile::open(&positions).map_err(tantivy::TantivyError::from)?,
        })
    }
}

/// What blocks have of a field.
struct Source {
    name: plan::Field,
    option: IndexRecordOption,
    readers: Vec<Arc<InvertedIndexReader>>,
    /// The positions of each block.
    positions: Vec<FileSlice>,
    /// How many documents come before each block.
    first: Vec<u32>,
    documents: u32,
}

/// Terms from one up to another one that is not in it; either may be absent.
type Run<'a> = (Option<&'a [u8]>, Option<&'a [u8]>);

impl Source {
    fn new(
        blocks: &[Input],
        name: plan::Field,
        field: Field,
        option: IndexRecordOption,
    ) -> Result<Self, BuildError> {
        let readers = blocks.iter();
        let readers = readers.map(|block| block.reader.inverted_index(field));
        let positions = blocks.iter().map(|block| {
            let positions = block.positions.open_read(field);
            positions.unwrap_or_else(FileSlice::empty)
        });
        let mut documents = 0;
        let first = blocks.iter().map(|block| {
            let first = documents;
            documents += block.reader.max_doc();
            first
        });
        Ok(Self {
            name,
            option,
            readers: readers.collect::<tantivy::Result<_>>()?,
            positions: positions.collect(),
            first: first.collect(),
            documents,
        })
    }

    fn tokens(&self) -> u64 {
        self.readers
            .iter()
            .map(|reader| reader.total_num_tokens())
            .sum()
    }

    /// Writes the terms of the field, some runs at a time.
    fn write(&self, writer: &mut TermWriter, packed: &mut Packed) -> Result<(), BuildError> {
        let cuts = self.cuts().map_err(tantivy::TantivyError::from)?;
        for runs in runs(&cuts).chunks(AT_ONCE * rayon::current_num_threads()) {
            let merged = runs.par_iter().map(|run| self.merge(*run));
            let merged = merged.collect::<io::Result<Vec<_>>>();
            for term in merged
                .map_err(tantivy::TantivyError::from)?
                .into_iter()
                .flatten()
            {
                writer.add(term);
            }
            writer.pack(packed)?;
        }
        Ok(())
    }

    /// The terms at which runs begin, but for the first run. They come from the largest block, and no byte of what is
    /// written depends on them.
    fn cuts(&self) -> io::Result<Vec<Vec<u8>>> {
        let size = |info: &TermInfo| info.postings_range.len() + info.positions_range.len();
        let terms = self.readers.iter().map(|reader| reader.terms());
        let Some(largest) = terms.max_by_key(|terms| terms.num_terms()) else {
            return Ok(Vec::new());
        };
        let mut total = 0;
        let mut stream = largest.stream()?;
        while let Some((_, info)) = stream.next() {
            total += size(info);
        }
        let share = total / self.readers.len().min(MAX_RUNS) + 1;
        let mut cuts = Vec::new();
        let mut taken = 0;
        let mut stream = largest.stream()?;
        while let Some((term, info)) = stream.next() {
            if taken >= share {
                cuts.push(term.to_vec());
                taken = 0;
            }
            taken += size(info);
        }
        Ok(cuts)
    }

    /// Merges a run of terms.
    fn merge(&self, (first, end): Run<'_>) -> io::Result<Vec<TermLists>> {
        let streams = self.readers.iter().map(|reader| {
            let mut terms = reader.terms().range();
            if let Some(first) = first {
                terms = terms.ge(first);
            }
            if let Some(end) = end {
                terms = terms.lt(end);
            }
            terms.into_stream()
        });
        let mut run = TermMerger::new(streams.collect::<io::Result<_>>()?);
        let mut merged = Vec::new();
        let mut reused = None;
        let mut list = Vec::new();
        while run.advance() {
            list.clear();
            let mut positions = Vec::new();
            for (block, info) in run.current_segment_ords_and_term_infos() {
                let reader = &self.readers[block];
                let postings = match &mut reused {
                    Some(postings) => {
                        reader.reset_block_postings_from_terminfo(&info, postings)?;
                        postings
                    }
                    None => {
                        reused.insert(reader.read_block_postings_from_terminfo(&info, self.option)?)
                    }
                };
                self.add(block, &info, postings, &mut list, &mut positions)?;
            }
            let mut bytes = Vec::new();
            postings::write(&list, self.documents, self.option.has_freq(), &mut bytes);
            merged.push(TermLists {
                key: [&[self.name as u8], run.key()].concat(),
                documents: u32::try_from(list.len()).unwrap_or(u32::MAX),
                postings: bytes,
                positions,
            });
        }
        Ok(merged)
    }

    /// Adds the documents that a block has for a term, and the positions in each.
    fn add(
        &self,
        block: usize,
        info: &TermInfo,
        postings: &mut BlockSegmentPostings,
        list: &mut Vec<Posting>,
        positions: &mut Vec<u8>,
    ) -> io::Result<()> {
        let first = self.first[block];
        let mut reader = None;
        if self.option.has_positions() {
            let bytes = self.positions[block].slice(info.positions_range.clone());
            reader = Some(PositionReader::open(bytes.read_bytes()?)?);
        }
        let mut differences: Vec<u32> = Vec::new();
        let mut read = 0;
        while !postings.docs().is_empty() {
            if self.option.has_freq() {
                let counted = postings.docs().iter().zip(postings.freqs());
                list.extend(counted.map(|(document, count)| Posting {
                    document: first + document,
                    count: *count,
                }));
            } else {
                let documents = postings.docs().iter();
                list.extend(documents.map(|document| Posting {
                    document: first + document,
                    count: 1,
                }));
            }
            if let Some(reader) = &mut reader {
                let count: u32 = postings.freqs().iter().sum();
                differences.resize(count as usize, 0);
                reader.read(read, &mut differences);
                read += u64::from(count);
                for difference in &differences {
                    number::write(u64::from(*difference), positions);
                }
            }
            postings.advance();
        }
        Ok(())
    }
}

fn runs(cuts: &[Vec<u8>]) -> Vec<Run<'_>> {
    let starts = [None]
        .into_iter()
        .chain(cuts.iter().map(|cut| Some(&**cut)));
    let ends = cuts.iter().map(|cut| Some(&**cut)).chain([None]);
    starts.zip(ends).collect()
}
