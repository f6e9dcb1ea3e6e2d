//! Search over an index whose bytes come piece by piece.
//!
//! A search is a function of what has been fetched: where something is missing it says what, and is asked again. It first
//! looks every term up, then opens every posting list, then runs, so that each of these costs one round of fetches. What a
//! run still misses is counted: the plan should have named it.

mod answers;
mod card;
mod combine;
mod error;
mod leaf;
mod look_up;
mod open;
mod rank;
mod run;
mod suggest;
mod understand;

pub use error::EngineError;

use crate::chunk::{ChunkId, Chunks};
use crate::compile;
use crate::hot::{FORMAT, Hot};
use crate::query::{self, Query};
use crate::results::{Request, Results, Step};
use crate::schema::Fields;
use crate::select::Selection;
use crate::thesaurus::Thesaurus;
use error::Part;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::Searcher;
use understand::Understood;

/// An index that is open.
pub struct Engine {
    pub(crate) hot: Hot,
    pub(crate) chunks: Arc<Chunks>,
    fields: Fields,
    searcher: Searcher,
    /// The blob of each of tantivy's segments.
    blobs: Vec<u32>,
    thesaurus: Thesaurus,
    unplanned: AtomicUsize,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("segments", &self.blobs.len())
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// The version of the index's format that is read; the manifest says which one an index has.
    pub const FORMAT: u32 = FORMAT;

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
        let Some(understood) = self.understand(request, query)? else {
            return Ok(None);
        };
        let Understood { query, lexicon, .. } = &understood;
        let plan = compile::plan(query, lexicon);
        let columns = self.columns()?;
        let looked_up = self.look_up(&plan)?;
        let (Some(columns), Some(terms)) = (columns, looked_up) else {
            return Ok(None);
        };
        if self.open_postings(&terms)?.is_none() {
            return Ok(None);
        }
        let Some(found) = self.run(&plan, &columns)? else {
            return Ok(None);
        };
        let Some((answers, found)) = self.answers(query, &plan, found)? else {
            return Ok(None);
        };
        let selection = Selection::new(request, &self.hot);
        let (page, total, complete, facets) = selection.apply(found, &columns, request);
        let without = if total == 0 && answers.is_empty() {
            self.without(query, lexicon, &columns, &selection, request)?
        } else {
            Some(Vec::new())
        };
        let hits = self.cards(&page)?;
        let (Some(hits), Some(without)) = (hits, without) else {
            return Ok(None);
        };
        Ok(Some(Results {
            query: request.query.clone(),
            total,
            complete,
            loosened: complete == 0 && total > 0,
            words: plan.words(),
            absent: self.absent(query, &answers)?,
            notes: self.notes(query),
            ignored: query.ignored.clone(),
            synonyms: self.synonyms(query, lexicon)?,
            corrected: understood.corrected,
            similar: understood.similar,
            without,
            answers,
            hits,
            facets,
        }))
    }

    fn count_unplanned(&self) {
        self.unplanned.fetch_add(1, Ordering::Relaxed);
    }
}
