//! Terms, postings and positions of blocks that follow one another, merged by all threads.
//!
//! The bytes are those that tantivy's own merge writes. It goes through all terms on one thread; here the terms of a field
//! are cut into runs, each run is merged by itself into memory, and the runs are written one after another.

use super::BuildError;
use rayon::prelude::*;
use std::io::{self, Write};
use std::sync::Arc;
use tantivy::DocId;
use tantivy::directory::{CompositeFile, CompositeWrite, FileSlice, WritePtr};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, Segment, SegmentComponent, SegmentReader};
use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, FieldSerializer, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::{TermDictionary, TermDictionaryBuilder, TermMerger};

/// At most so many runs a field: each looks for its first term in every block.
const MAX_RUNS: usize = 64;

/// Writes the three files of blocks into a segment; `norms` has the lengths of all documents. Now and then it calls `pack`,
/// which may take away what was written.
pub(super) fn merge(
    blocks: &[Segment],
    norms: &SegmentReader,
    segment: &Segment,
    mut pack: impl FnMut() -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    let blocks = blocks.par_iter().map(Input::open);
    let blocks = blocks.collect::<tantivy::Result<Vec<_>>>()?;
    let open = |component| {
        let write = segment.open_write(component);
        write.map_err(tantivy::TantivyError::from)
    };
    let mut files = Files {
        terms: CompositeWrite::wrap(open(SegmentComponent::Terms)?),
        postings: CompositeWrite::wrap(open(SegmentComponent::Postings)?),
        positions: CompositeWrite::wrap(open(SegmentComponent::Positions)?),
    };
    for (field, entry) in segment.schema().fields() {
        let Some(option) = entry.field_type().get_index_record_option() else {
            continue;
        };
        let source = Source::new(&blocks, norms, field, option)?;
        source.write(&mut files, &mut pack)?;
    }
    let closed = files.terms.close();
    let closed = closed.and_then(|()| files.postings.close());
    closed
        .and_then(|()| files.positions.close())
        .map_err(tantivy::TantivyError::from)?;
    pack()
}

/// A block that is read.
struct Input {
    reader: SegmentReader,
    positions: CompositeFile,
}

impl Input {
    fn open(block: &Segment) -> tantivy::Result<Self> {
        let positions = block.open_read(SegmentComponent::Positions)?;
        Ok(Self {
            reader: SegmentReader::open(block)?,
            positions: CompositeFile::open(&positions)?,
        })
    }
}

/// The files of a segment that are written, field by field.
struct Files {
    terms: CompositeWrite<WritePtr>,
    postings: CompositeWrite<WritePtr>,
    positions: CompositeWrite<WritePtr>,
}

/// What blocks have of a field.
struct Source {
    field: Field,
    option: IndexRecordOption,
    readers: Vec<Arc<InvertedIndexReader>>,
    /// The positions of each block.
    positions: Vec<FileSlice>,
    /// How many documents come before each block.
    first: Vec<DocId>,
    tokens: u64,
    norms: Option<FieldNormReader>,
}

/// Terms from one up to another one that is not in it; either may be absent.
type Run<'a> = (Option<&'a [u8]>, Option<&'a [u8]>);

/// A run of terms that is merged.
struct Merged {
    /// A dictionary, with places in what follows.
    terms: Vec<u8>,
    postings: Vec<u8>,
    positions: Vec<u8>,
}

/// What tantivy writes before the postings of a field: the number of tokens.
const TOKENS: usize = size_of::<u64>();

impl Source {
    fn new(
        blocks: &[Input],
        norms: &SegmentReader,
        field: Field,
        option: IndexRecordOption,
    ) -> tantivy::Result<Self> {
        let readers = blocks.iter();
        let readers = readers.map(|block| block.reader.inverted_index(field));
        let readers = readers.collect::<tantivy::Result<Vec<_>>>()?;
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
            field,
            option,
            positions: positions.collect(),
            first: first.collect(),
            tokens: readers.iter().map(|reader| reader.total_num_tokens()).sum(),
            readers,
            norms: norms.fieldnorms_readers().get_field(field)?,
        })
    }

    /// Writes the field. Some runs at a time are merged at once, and what they filled is packed before the next ones.
    fn write(
        &self,
        files: &mut Files,
        mut pack: impl FnMut() -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let Files {
            terms,
            postings,
            positions,
        } = files;
        let failed = tantivy::TantivyError::from;
        let terms = terms.for_field(self.field);
        let mut terms = TermDictionaryBuilder::create(terms).map_err(failed)?;
        let postings = postings.for_field(self.field);
        let positions = positions.for_field(self.field);
        let tokens = self.tokens.to_le_bytes();
        postings.write_all(&tokens).map_err(failed)?;
        let mut start = (0, 0);
        let cuts = self.cuts().map_err(failed)?;
        for runs in runs(&cuts).chunks(2 * rayon::current_num_threads()) {
            let merged = runs.par_iter().map(|run| self.merge(*run));
            for merged in merged.collect::<tantivy::Result<Vec<_>>>()? {
                merged.add_terms(&mut terms, start).map_err(failed)?;
                postings.write_all(&merged.postings).map_err(failed)?;
                positions.write_all(&merged.positions).map_err(failed)?;
                start.0 += merged.postings.len();
                start.1 += merged.positions.len();
            }
            pack()?;
        }
        terms.finish().map_err(failed)?;
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
    fn merge(&self, (first, end): Run<'_>) -> tantivy::Result<Merged> {
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
        let (mut terms, mut postings, mut positions) = (Vec::new(), Vec::new(), Vec::new());
        let mut to_terms = CompositeWrite::wrap(&mut terms);
        let mut to_postings = CompositeWrite::wrap(&mut postings);
        let mut to_positions = CompositeWrite::wrap(&mut positions);
        let mut serializer = FieldSerializer::create(
            self.option,
            self.tokens,
            to_terms.for_field(self.field),
            to_postings.for_field(self.field),
            to_positions.for_field(self.field),
            self.norms.clone(),
        )?;
        let mut infos = Vec::new();
        let mut list = None;
        while run.advance() {
            infos.extend(run.current_segment_ords_and_term_infos());
            let documents = infos.iter().map(|(_, info)| info.doc_freq).sum();
            serializer.new_term(run.key(), documents, self.option.has_freq())?;
            for (block, info) in infos.drain(..) {
                let reader = &self.readers[block];
                let list = match &mut list {
                    Some(list) => {
                        reader.reset_block_postings_from_terminfo(&info, list)?;
                        list
                    }
                    None => {
                        list.insert(reader.read_block_postings_from_terminfo(&info, self.option)?)
                    }
                };
                self.add_postings(block, &info, list, &mut serializer)?;
            }
            serializer.close_term()?;
        }
        serializer.close()?;
        drop((to_terms, to_postings, to_positions));
        postings.drain(..TOKENS);
        Ok(Merged {
            terms,
            postings,
            positions,
        })
    }

    /// Adds the documents that a block has for a term.
    fn add_postings<W: Write>(
        &self,
        block: usize,
        info: &TermInfo,
        list: &mut BlockSegmentPostings,
        to: &mut FieldSerializer<'_, W>,
    ) -> io::Result<()> {
        let first = self.first[block];
        let mut positions = None;
        if self.option.has_positions() {
            let bytes = self.positions[block].slice(info.positions_range.clone());
            positions = Some(PositionReader::open(bytes.read_bytes()?)?);
        }
        let mut deltas: Vec<u32> = Vec::new();
        let mut read = 0;
        while !list.docs().is_empty() {
            if self.option.has_freq() {
                let count: u32 = list.freqs().iter().sum();
                if let Some(positions) = &mut positions {
                    deltas.resize(count as usize, 0);
                    positions.read(read, &mut deltas);
                    read += u64::from(count);
                }
                let mut deltas = &*deltas;
                for (document, frequency) in list.docs().iter().zip(list.freqs()) {
                    let own = deltas.split_off(..*frequency as usize);
                    to.write_doc(first + document, *frequency, own.unwrap_or_default());
                }
            } else {
                for document in list.docs() {
                    to.write_doc(first + document, 0, &[]);
                }
            }
            list.advance();
        }
        Ok(())
    }
}

impl Merged {
    /// Adds the terms to a dictionary, with places after the postings and positions that were written before.
    fn add_terms<W: Write>(
        &self,
        to: &mut TermDictionaryBuilder<W>,
        (postings, positions): (usize, usize),
    ) -> io::Result<()> {
        let terms = TermDictionary::open(FileSlice::from(self.terms.clone()))?;
        let mut terms = terms.stream()?;
        while let Some((term, info)) = terms.next() {
            let after =
                |range: &std::ops::Range<usize>, start| range.start + start..range.end + start;
            to.insert_key(term)?;
            to.insert_value(&TermInfo {
                doc_freq: info.doc_freq,
                postings_range: after(&info.postings_range, postings),
                positions_range: after(&info.positions_range, positions),
            })?;
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
