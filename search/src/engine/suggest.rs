//! What to do where nothing is found.

use super::Engine;
use super::error::Part;
use crate::compile;
use crate::lexicon::Lexicon;
use crate::query::Query;
use crate::results::{Request, Without};
use crate::select::Selection;

impl Engine {
    /// Of each part of a query, how many documents have all others; parts without which there are still none are left out.
    pub(super) fn without(
        &self,
        query: &Query,
        lexicon: &Lexicon,
        selection: &Selection,
        request: &Request,
    ) -> Part<Vec<Without>> {
        let mut without = Vec::new();
        for (at, clause) in query.clauses.iter().enumerate() {
            let mut fewer = query.clone();
            fewer.clauses.remove(at);
            if fewer.clauses.is_empty() {
                continue;
            }
            // Its terms have been fetched for the query.
            let Some(found) = self.run(&compile::plan(&fewer, lexicon))? else {
                return Ok(None);
            };
            let total = selection.apply(found, &self.columns, request).total;
            if total > 0 {
                without.push(Without {
                    word: clause.text.clone(),
                    total,
                });
            }
        }
        Ok(Some(without))
    }
}
