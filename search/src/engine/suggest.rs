//! What to do where nothing is found.

use super::Engine;
use super::error::{Part, part};
use super::understand::Understood;
use crate::columns::name;
use crate::compile::{self, forms};
use crate::document::Card;
use crate::lexicon::Lexicon;
use crate::plan::{Node, Plan};
use crate::query::{Query, Wants, query_words};
use crate::results::{Request, Without};
use crate::select::Selection;

/// The kinds of pages that lead on, the widest first.
const PLACES: [&str; 3] = ["center", "chapter", "heading"];

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

    /// Where to look on: of each kind of page that leads to documents, the one that has most of the query's words, or of the
    /// words that resemble them.
    pub(super) fn places(&self, understood: &Understood) -> Part<Vec<Card>> {
        let mut words: Vec<Node> = Vec::new();
        understood.query.each(&mut |clause| match &clause.wants {
            _ if clause.not => {}
            Wants::Word(word) => words.push(forms(word, &understood.lexicon)),
            Wants::Phrase(phrase) => {
                let terms = phrase.terms.iter();
                words.extend(terms.map(|(_, term)| Node::word(term, 1.0)));
            }
            _ => {}
        });
        let similar = understood.similar.iter().flat_map(|word| query_words(word));
        words.extend(similar.map(|word| Node::word(word.term, 1.0)));
        let plan = Plan {
            wanted: vec![Node::Any(words)],
            ..Plan::default()
        };
        if !self.want(&plan)? {
            return Ok(None);
        }
        let (found, kinds) = (self.matches(&plan.wanted[0]), self.column(name::KIND));
        let (Some(found), Some(kinds)) = (part(found)?, part(kinds)?) else {
            return Ok(None);
        };
        let best = PLACES.iter().filter_map(|kind| {
            let pages = found.iter().filter(|hit| {
                let own = kinds
                    .as_deref()
                    .and_then(|kinds| kinds.value_of(hit.document));
                hit.document < self.hot.pages && own == Some(kind)
            });
            let best = pages.max_by(|a, b| {
                let by_score = a.score.total_cmp(&b.score);
                by_score.then(b.document.cmp(&a.document))
            });
            best.map(|hit| hit.document)
        });
        self.cards_of(best)
    }
}
