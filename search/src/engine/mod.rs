//! Search over an index whose bytes come piece by piece.
//!
//! A search is a function of what has been fetched: where something is missing it says what, and is asked again. It first
//! looks every term up, then opens every posting list, then runs, so that each of these costs one round of fetches. What a
//! run still misses is counted: the plan should have named it.

mod card;
mod error;
mod look_up;
mod open;
mod run;

pub use error::EngineError;

use crate::chunk::{ChunkError, ChunkId, Chunks};
use crate::columns::Columns;
use crate::hot::{FORMAT, Hot};
use crate::plan::Plan;
use crate::query::{self, Query};
use crate::results::{Request, Results, Step};
use crate::schema::Fields;
use crate::vocabulary;
use error::Part;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::Searcher;

/// An index that is open.
pub struct Engine {
    pub(crate) hot: Hot,
    pub(crate) chunks: Arc<Chunks>,
    fields: Fields,
    searcher: Searcher,
    columns: Columns,
    unplanned: AtomicUsize,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("documents", &self.hot.documents)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// The version of the index's format that is read; the manifest says which one an index has.
    pub const FORMAT: u32 = FORMAT;

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.hot.documents as usize
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
        let selection = self.selection(request, query)?;
        let looked_up = self.look_up(&plan)?;
        let (Some(_), Some(selection), Some(terms)) = (expansion, selection, looked_up) else {
            return Ok(None);
        };
        if self.open_postings(&terms)?.is_none() {
            return Ok(None);
        }
        let Some(mut found) = self.run(&plan)? else {
            return Ok(None);
        };
        let mut is_loose = false;
        if found.is_empty() && plan.can_be_loosened() {
            let Some(loose) = self.run(&plan.loosened())? else {
                return Ok(None);
            };
            found = loose;
            is_loose = true;
        }
        let (page, total, facets) = selection.apply(found, &self.columns, request);
        let Some(hits) = self.cards(&page)? else {
            return Ok(None);
        };
        Ok(Some(Results {
            query: request.query.clone(),
            total,
            loosened: is_loose && total > 0,
            words: plan.words(),
            hits,
            facets,
        }))
    }
}
