//! Looks up, before a search runs, all that it will read, so that it is fetched in few rounds.

use super::Engine;
use super::error::{Part, missing_in, only_missing};
use crate::chunk::ChunkError;
use crate::plan::{Plan, PlannedTerm};
use crate::query::Query;
use crate::results::Request;
use crate::select::Selection;
use std::sync::Arc;
use tantivy::schema::IndexRecordOption;

/// A term that a segment has.
pub(super) struct Looked {
    term: PlannedTerm,
    inverted: Arc<tantivy::InvertedIndexReader>,
    info: tantivy::postings::TermInfo,
}

impl Engine {
    /// Reads the columns by which a search filters and counts.
    pub(super) fn selection(&self, request: &Request, query: &Query) -> Part<Selection> {
        match Selection::new(request, query, &self.hot, &self.columns, &self.chunks) {
            Ok(selection) => Ok(Some(selection)),
            Err(ChunkError::Missing) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Looks every term up in every segment before it gives up, so that all blocks are fetched together.
    pub(super) fn look_up(&self, plan: &Plan) -> Part<Vec<Looked>> {
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
    pub(super) fn open_postings(&self, terms: &[Looked]) -> Part<()> {
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
}
