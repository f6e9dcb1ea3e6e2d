//! Looks up, before a search runs, all that it will read, so that it is fetched in few rounds.

use super::Engine;
use super::error::{Part, all, missing_in, only_missing};
use super::leaf::option;
use crate::columns::Columns;
use crate::plan::{Field, Leaf, Plan};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::Term;
use tantivy::schema::IndexRecordOption;

/// The terms of a plan, and of which positions are read.
fn terms(plan: &Plan) -> BTreeMap<(Field, &str), bool> {
    let mut terms = BTreeMap::new();
    for leaf in plan.leaves() {
        match leaf {
            Leaf::Term(term) => {
                terms.entry((term.field, &*term.text)).or_insert(false);
            }
            Leaf::Phrase(phrase) => {
                for (_, term) in &phrase.terms {
                    terms.insert((phrase.field, &**term), true);
                }
            }
        }
    }
    terms
}

/// A term that a segment has.
pub(super) struct Looked {
    field: Field,
    positions: bool,
    inverted: Arc<tantivy::InvertedIndexReader>,
    info: tantivy::postings::TermInfo,
}

impl Engine {
    pub(super) fn columns(&self) -> Part<Vec<Columns>> {
        let segments = self.hot.segments.iter().zip(0_u32..);
        all(segments
            .map(|(segment, blob)| Columns::read(&self.chunks, blob, segment))
            .collect())
    }

    /// Whether a document has a term; what was not fetched is noted.
    pub(super) fn has(&self, field: Field, text: &str) -> Part<bool> {
        let term = Term::from_field_text(self.fields.of(field), text);
        let mut complete = true;
        for segment in self.searcher.segment_readers() {
            match segment.inverted_index(term.field())?.get_term_info(&term) {
                Ok(Some(_)) => return Ok(Some(true)),
                Ok(None) => {}
                Err(error) => {
                    only_missing(&error)?;
                    complete = false;
                }
            }
        }
        Ok(complete.then_some(false))
    }

    /// Looks every term up in every segment before it gives up, so that all blocks are fetched together.
    pub(super) fn look_up(&self, plan: &Plan) -> Part<Vec<Looked>> {
        let mut found = Vec::new();
        let mut complete = true;
        for ((field, text), positions) in terms(plan) {
            let term = Term::from_field_text(self.fields.of(field), text);
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(term.field())?;
                match inverted.get_term_info(&term) {
                    Ok(Some(info)) => found.push(Looked {
                        field,
                        positions,
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
            let option = if looked.positions {
                IndexRecordOption::WithFreqsAndPositions
            } else {
                option(looked.field)
            };
            if let Err(error) = looked
                .inverted
                .read_postings_from_terminfo(&looked.info, option)
            {
                only_missing(&error)?;
                complete = false;
            }
        }
        if terms.iter().any(|looked| looked.field == Field::Body) {
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
