//! Search over an index whose bytes come piece by piece.
//!
//! A search is a function of what has been fetched: where something is missing it says what, and is asked again. It first
//! asks for all that the plan reads, then runs, then reads the cards, so that each of these costs one round of fetches. What
//! a run still misses is counted: the plan should have named it.

mod answers;
mod card;
mod combine;
mod complete;
mod error;
mod explain;
#[cfg(all(test, feature = "build"))]
mod judge;
mod leaf;
mod look_up;
mod open;
mod rank;
mod run;
mod suggest;
mod understand;

pub use error::EngineError;

use crate::bm25::Lengths;
use crate::chunk::{ChunkError, ChunkId, Chunks};
use crate::columns::{Column, Columns};
use crate::compile;
use crate::dictionary::Dictionary;
use crate::hot::Hot;
use crate::query::{self, Query};
use crate::results::{CompleteStep, Request, Results, Step};
use crate::thesaurus::Thesaurus;
use error::Part;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use understand::Understood;

/// An index that is open.
pub struct Engine {
    pub(crate) hot: Hot,
    pub(crate) chunks: Chunks,
    dictionary: Dictionary,
    lengths: Lengths,
    columns: Columns,
    thesaurus: Thesaurus,
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
        self.chunks.path(id)
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
            Some(results) => {
                self.chunks.shrink();
                Ok(Step::Done(Box::new(results)))
            }
            None => Err(EngineError::Damaged(
                "something is missing that cannot be fetched".to_owned(),
            )),
        }
    }

    /// Completes what is being typed: the last word of a text, a number, a heading, a Center; `limit` at most.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn complete(&self, text: &str, limit: usize) -> Result<CompleteStep, EngineError> {
        let completions = self.completions(text, limit);
        let missing = self.chunks.take_missing();
        if !missing.is_empty() {
            return Ok(CompleteStep::Fetch(missing));
        }
        match completions? {
            Some(completions) => {
                self.chunks.shrink();
                Ok(CompleteStep::Done(completions))
            }
            None => Err(EngineError::Damaged(
                "something is missing that cannot be fetched".to_owned(),
            )),
        }
    }

    fn answer(&self, request: &Request, query: &Query) -> Part<Results> {
        let selection = self.selection(request)?;
        let understood = self.understand(request, query)?;
        let (Some(selection), Some(understood)) = (selection, understood) else {
            return Ok(None);
        };
        let Understood { query, lexicon, .. } = &understood;
        let plan = compile::plan(query, lexicon);
        if !self.want(&plan)? {
            return Ok(None);
        }
        let Some(mut found) = self.run(&plan)? else {
            return Ok(None);
        };
        // The cards of answers and of the page are fetched in one round.
        let answers = self.answers(&plan, &selection, &mut found)?;
        let selected = selection.apply(found, &self.columns, request);
        let hits = self.cards(&selected.page)?;
        let (Some(answers), Some(mut hits)) = (answers, hits) else {
            return Ok(None);
        };
        let without = if selected.total == 0 && answers.is_empty() {
            self.without(query, lexicon, &selection, request)?
        } else {
            Some(Vec::new())
        };
        let places = if selected.total == 0 && answers.is_empty() {
            self.places(&understood)?
        } else {
            Some(Vec::new())
        };
        let (Some(without), Some(places)) = (without, places) else {
            return Ok(None);
        };
        if request.explain {
            self.explain(query, &plan, &selected.page, &mut hits)?;
        }
        Ok(Some(Results {
            query: request.query.clone(),
            total: selected.total,
            complete: selected.complete,
            loosened: selected.loosened,
            words: plan.words(),
            absent: self.absent(query, &answers)?,
            notes: self.notes(query),
            ignored: query.ignored.clone(),
            synonyms: self.synonyms(query, lexicon)?,
            corrected: understood.corrected,
            similar: understood.similar,
            without,
            places,
            answers,
            hits,
            facets: selected.facets,
        }))
    }

    /// A column by its name; `None` where no document has one.
    fn column(&self, name: &str) -> Result<Option<Arc<Column>>, ChunkError> {
        self.columns.get(name, &self.hot, &self.chunks)
    }

    fn count_unplanned(&self) {
        self.unplanned.fetch_add(1, Ordering::Relaxed);
    }
}
