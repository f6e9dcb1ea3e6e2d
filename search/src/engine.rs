//! Search over an index whose bytes come piece by piece.
//!
//! A search is a function of what has been fetched: where something is missing it says what, and is asked again. It first
//! looks every term up, then opens every posting list, then runs, so that each of these costs one round of fetches. What a
//! run still misses is counted: the plan should have named it.

use crate::chunk::{ChunkError, ChunkId, Chunks};
use crate::columns::Columns;
use crate::directory::ChunkDirectory;
use crate::document::Card;
use crate::hot::{CARDS, FORMAT, Hot, file};
use crate::plan::{Plan, PlannedTerm};
use crate::query::{self, Query};
use crate::results::{Hit, Request, Results, Step};
use crate::schema::{Fields, schema};
use crate::select::{Found, Selection};
use crate::vocabulary;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Index, ReloadPolicy, Score, Searcher, SegmentOrdinal, SegmentReader};

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// It is of another version of the format.
    #[error("the index has format {0}, this engine reads format {FORMAT}: load the page again")]
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

/// An index that is open.
pub struct Engine {
    pub(crate) hot: Hot,
    pub(crate) chunks: Arc<Chunks>,
    fields: Fields,
    searcher: Searcher,
    /// The blob of each of tantivy's segments.
    blobs: Vec<u32>,
    unplanned: AtomicUsize,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("segments", &self.blobs.len())
            .finish_non_exhaustive()
    }
}

/// A part of a search: something, or `None` where bytes are missing.
type Part<T> = Result<Option<T>, EngineError>;

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
        if hot.layouts.len() != hot.segments.len() + 1 || hot.folders.len() != hot.layouts.len() {
            return Err(damaged("its tables have different lengths"));
        }
        for segment in &hot.segments {
            let count = segment.documents as usize;
            if segment.status.len() != count
                || segment.cited.len() != count
                || segment.cards.len() != count.div_ceil(CARDS) + 1
            {
                return Err(damaged("a segment's tables have different lengths"));
            }
        }
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
        let mut blobs = Vec::new();
        for segment in searcher.segment_readers() {
            // Opening a field reads the footers of its dictionary and postings; that belongs to opening the index.
            for field in [fields.number, fields.hts, fields.title, fields.body] {
                segment.inverted_index(field)?;
            }
            let id = segment.segment_id().uuid_string();
            let at = hot.segments.iter().position(|known| known.id == id);
            let at = at.filter(|at| hot.segments[*at].documents == segment.max_doc());
            blobs.push(
                at.and_then(|at| u32::try_from(at).ok())
                    .ok_or_else(|| damaged("it has an unknown segment"))?,
            );
        }
        Ok(Self {
            hot,
            chunks,
            fields,
            searcher,
            blobs,
            unplanned: AtomicUsize::new(0),
        })
    }

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.hot
            .segments
            .iter()
            .map(|segment| segment.documents as usize)
            .sum()
    }

    /// How many searches had to be run again because of a read that was not planned.
    #[must_use]
    pub fn unplanned(&self) -> usize {
        self.unplanned.load(Ordering::Relaxed)
    }

    /// The path of a chunk, below `search/`.
    #[must_use]
    pub fn chunk_path(&self, id: ChunkId) -> Option<String> {
        self.hot
            .folders
            .get(id.blob as usize)
            .map(|folder| format!("{folder}/{}.bin", id.chunk))
    }

    /// Puts in a chunk that was fetched, inflated.
    ///
    /// # Errors
    /// When it has not the length that it should have.
    pub fn provide(&self, id: ChunkId, bytes: Vec<u8>) -> Result<(), EngineError> {
        Ok(self.chunks.provide(id, bytes)?)
    }

    /// Answers a search, or says what to fetch first.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn search(&self, request: &Request) -> Result<Step, EngineError> {
        let query = query::parse_with(&request.query, &self.hot.keys);
        let answer = self.answer(request, &query);
        let missing = self.chunks.take_missing();
        if !missing.is_empty() {
            return Ok(Step::Fetch(missing));
        }
        match answer? {
            Some(results) => Ok(Step::Done(Box::new(results))),
            None => Err(EngineError::Damaged(
                "something is missing that cannot be fetched".to_owned(),
            )),
        }
    }

    fn answer(&self, request: &Request, query: &Query) -> Part<Results> {
        let expansion = match &query.prefix {
            Some(prefix) => match vocabulary::expand(prefix, &self.hot, &self.chunks) {
                Ok(terms) => Some(terms),
                Err(ChunkError::Missing) => None,
                Err(error) => return Err(error.into()),
            },
            None => Some(Vec::new()),
        };
        let plan = Plan::new(
            query,
            expansion.as_deref().unwrap_or_default(),
            &self.fields,
        );
        let columns = self.columns()?;
        let looked_up = self.look_up(&plan)?;
        let (Some(_), Some(columns), Some(terms)) = (expansion, columns, looked_up) else {
            return Ok(None);
        };
        if self.open_postings(&terms)?.is_none() {
            return Ok(None);
        }
        let selection = Selection::new(request, query, &self.hot);
        let Some(mut found) = self.run(&plan, &columns)? else {
            return Ok(None);
        };
        let mut notes = Vec::new();
        if found.is_empty() && plan.can_be_loosened() {
            let Some(loose) = self.run(&plan.loosened(), &columns)? else {
                return Ok(None);
            };
            if !loose.is_empty() {
                found = loose;
                notes.push(
                    "No document has all of these words; these have some of them.".to_owned(),
                );
            }
        }
        let (page, total, facets) = selection.apply(found, &columns, request);
        let Some(hits) = self.cards(&page)? else {
            return Ok(None);
        };
        Ok(Some(Results {
            query: request.query.clone(),
            total,
            notes,
            words: plan.words(),
            hits,
            facets,
        }))
    }

    fn columns(&self) -> Part<Vec<Columns>> {
        let segments = self.hot.segments.iter().zip(0_u32..);
        all(segments
            .map(|(segment, blob)| Columns::read(&self.chunks, blob, segment))
            .collect())
    }

    /// Looks every term up in every segment before it gives up, so that all blocks are fetched together.
    fn look_up(&self, plan: &Plan) -> Part<Vec<Looked>> {
        let mut found = Vec::new();
        let mut complete = true;
        for term in plan.terms() {
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(term.term.field())?;
                match inverted.get_term_info(&term.term) {
                    Ok(Some(info)) => found.push(Looked {
                        term: term.clone(),
                        inverted,
                        info,
                    }),
                    Ok(None) => {}
                    Err(error) => {
                        only_missing(&error)?;
                        complete = false;
                    }
                }
            }
        }
        Ok(complete.then_some(found))
    }

    /// Opens every posting list, and the norms of the text.
    fn open_postings(&self, terms: &[Looked]) -> Part<()> {
        let mut complete = true;
        for looked in terms {
            let option = if looked.term.positions {
                IndexRecordOption::WithFreqsAndPositions
            } else {
                looked.term.option
            };
            if let Err(error) = looked
                .inverted
                .read_postings_from_terminfo(&looked.info, option)
            {
                only_missing(&error)?;
                complete = false;
            }
        }
        if terms
            .iter()
            .any(|looked| looked.term.term.field() == self.fields.body)
        {
            for segment in self.searcher.segment_readers() {
                if let Err(error) = segment.get_fieldnorms_reader(self.fields.body) {
                    missing_in(&error)?;
                    complete = false;
                }
            }
        }
        Ok(complete.then_some(()))
    }

    fn run(&self, plan: &Plan, columns: &[Columns]) -> Part<Vec<Found>> {
        let Some(query) = plan.query() else {
            let all = columns.iter().zip(0_u32..).flat_map(|(columns, segment)| {
                let documents = u32::try_from(columns.kind.len()).unwrap_or(0);
                (0..documents).map(move |document| Found {
                    segment,
                    document,
                    score: 1.0,
                })
            });
            return Ok(Some(self.ranked(all.collect(), columns)));
        };
        match self.searcher.search(&query, &Every { blobs: &self.blobs }) {
            Ok(found) => Ok(Some(self.ranked(found, columns))),
            Err(error) => {
                missing_in(&error)?;
                self.unplanned.fetch_add(1, Ordering::Relaxed);
                Ok(None)
            }
        }
    }

    /// Weighs what was found: in force before modified before revoked, Headquarters before New York, the often cited
    /// and the newer a little. Revoked ones stay.
    fn ranked(&self, mut found: Vec<Found>, columns: &[Columns]) -> Vec<Found> {
        for hit in &mut found {
            let columns = &columns[hit.segment as usize];
            let at = hit.document as usize;
            let segment = &self.hot.segments[hit.segment as usize];
            let status = match self
                .hot
                .statuses
                .get(usize::from(segment.status[at]))
                .map(String::as_str)
            {
                Some("revoked" | "superseded") => 0.5,
                Some("modified") => 0.75,
                _ => 1.0,
            };
            let office = if columns.headquarters[at] == 1 {
                1.15
            } else {
                1.0
            };
            let cited = 1.0 + f64::from(segment.cited[at].min(20)) * 0.01;
            // From 0.85 in 1990 to 1 in 2025, by steps of a year.
            let recency =
                0.85 + 0.15 * (f64::from(columns.year[at].clamp(1990, 2025)) - 1990.0) / 35.0;
            let score = hit.score * status * office * cited * recency;
            // Logarithms differ by a bit between machines; what is rounded does not.
            hit.score = (score * 1000.0).round() / 1000.0;
        }
        found
    }

    /// The status and the card of each document of a page.
    fn cards(&self, page: &[Found]) -> Part<Vec<Hit>> {
        let read: Vec<_> = page.iter().map(|found| self.card(found)).collect();
        if let Some(error) = read.iter().find_map(|card| match card {
            Err(CardError::Broken(error)) => Some(error.clone()),
            _ => None,
        }) {
            return Err(EngineError::Damaged(error));
        }
        Ok(read.into_iter().collect::<Result<Vec<_>, _>>().ok())
    }

    fn card(&self, found: &Found) -> Result<Hit, CardError> {
        let blob = found.segment;
        let segment = &self.hot.segments[blob as usize];
        let at = found.document as usize;
        let group = at / CARDS;
        let broken = |what: &str| CardError::Broken(what.to_owned());
        let (start, length) = *self.hot.layouts[blob as usize]
            .files
            .get(file::CARDS)
            .ok_or_else(|| broken("it has no cards"))?;
        let (from, to) = (
            u64::from(segment.cards[group]),
            u64::from(segment.cards[group + 1]),
        );
        if from > to || to > length {
            return Err(broken("its table of cards is wrong"));
        }
        let bytes =
            self.chunks
                .read(blob, start + from..start + to)
                .map_err(|error| match error {
                    ChunkError::Missing => CardError::Missing,
                    ChunkError::Damaged(what) => CardError::Broken(what),
                })?;
        let mut cards: Vec<Card> =
            serde_json::from_slice(&bytes).map_err(|error| CardError::Broken(error.to_string()))?;
        if at % CARDS >= cards.len() {
            return Err(broken("a card is not there"));
        }
        let mut card = cards.swap_remove(at % CARDS);
        card.status = self
            .hot
            .statuses
            .get(usize::from(segment.status[at]))
            .cloned()
            .unwrap_or_default();
        let since = segment
            .since
            .binary_search_by_key(&found.document, |(document, _)| *document);
        card.since = since.map_or_else(|_| String::new(), |at| segment.since[at].1.clone());
        Ok(Hit {
            card,
            score: found.score,
        })
    }
}

enum CardError {
    Missing,
    Broken(String),
}

struct Looked {
    term: PlannedTerm,
    inverted: Arc<tantivy::InvertedIndexReader>,
    info: tantivy::postings::TermInfo,
}

fn all<T>(read: Vec<Result<T, ChunkError>>) -> Part<Vec<T>> {
    if let Some(ChunkError::Damaged(what)) = read.iter().find_map(|part| {
        part.as_ref()
            .err()
            .filter(|error| **error != ChunkError::Missing)
    }) {
        return Err(EngineError::Damaged(what.clone()));
    }
    Ok(read.into_iter().collect::<Result<Vec<_>, _>>().ok())
}

/// Lets pass that bytes are missing, and nothing else.
fn only_missing(error: &std::io::Error) -> Result<(), EngineError> {
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
fn missing_in(error: &tantivy::TantivyError) -> Result<(), EngineError> {
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

/// Collects every document with its score.
struct Every<'a> {
    blobs: &'a [u32],
}

struct EveryInSegment {
    blob: u32,
    found: Vec<Found>,
}

impl Collector for Every<'_> {
    type Fruit = Vec<Found>;
    type Child = EveryInSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<EveryInSegment> {
        Ok(EveryInSegment {
            blob: self.blobs[segment as usize],
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for EveryInSegment {
    type Fruit = Vec<Found>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.found.push(Found {
            segment: self.blob,
            document,
            score: f64::from(score),
        });
    }

    fn harvest(self) -> Vec<Found> {
        self.found
    }
}
