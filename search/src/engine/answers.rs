//! What a query names: a document by its number, and a page that is called as the query.

use super::error::{Part, part};
use super::rank::is_center;
use super::{Engine, EngineError};
use crate::columns::name;
use crate::compile::NUMBER;
use crate::document::Card;
use crate::plan::{Field, Leaf, Plan};
use crate::query::{Number, Query, Wants, number_forms};
use crate::results::{Absent, AbsentKind, Answer, Note, NoteKind};
use crate::select::{Found, Selection, is_known};
use std::collections::BTreeSet;

/// The most answers at the top.
const MAX_ANSWERS: usize = 3;

impl Engine {
    /// Takes what the query names out of what was found, as far as the filters let it through: documents by their number; and
    /// pages of the site, which are an answer themselves, where they are the first of all and have every word.
    pub(super) fn answers(
        &self,
        plan: &Plan,
        selection: &Selection,
        found: &mut Vec<Found>,
    ) -> Part<Vec<Answer>> {
        let mut named = BTreeSet::new();
        for leaf in plan.leaves() {
            if let Leaf::Term(term) = leaf
                && term.field == Field::Number
                && term.weight == NUMBER
            {
                let Some(matches) = part(self.leaf(leaf))? else {
                    return Ok(None);
                };
                named.extend(matches.iter().map(|hit| hit.document));
            }
        }
        let Some(kinds) = part(self.column(name::KIND))? else {
            return Ok(None);
        };
        let called = self.called(plan);
        let is_named = |hit: &Found| named.contains(&hit.document);
        let is_answer = |hit: &Found| {
            let kind = kinds
                .as_deref()
                .and_then(|kinds| kinds.value_of(hit.document));
            let is_meant = !is_center(kind) || called.contains(&hit.document);
            hit.document < self.hot.pages && hit.is_complete && is_meant
        };
        found.sort_by(|a, b| {
            let by_name = is_named(b).cmp(&is_named(a));
            let by_score = (b.is_complete.cmp(&a.is_complete)).then(b.score.total_cmp(&a.score));
            by_name.then(by_score).then(a.document.cmp(&b.document))
        });
        let is_asked = !plan.wanted.is_empty();
        let first = found
            .iter()
            .filter(|hit| selection.lets(hit.document, &self.columns))
            .take(MAX_ANSWERS)
            .take_while(|hit| is_named(hit) || (is_asked && is_answer(hit)));
        let first: Vec<u32> = first.map(|hit| hit.document).collect();
        found.retain(|hit| !first.contains(&hit.document));
        let answer = |card: Card| Answer {
            kind: card.kind.clone(),
            card,
        };
        let cards = self.cards_of(first.into_iter())?;
        Ok(cards.map(|cards| cards.into_iter().map(answer).collect()))
    }

    /// The numbers that the query names and nothing in the portal has.
    pub(super) fn absent(
        &self,
        query: &Query,
        answers: &[Answer],
    ) -> Result<Vec<Absent>, EngineError> {
        let mut absent = Vec::new();
        for clause in &query.clauses {
            let Wants::Number(number) = &clause.wants else {
                continue;
            };
            let (kind, number) = match number {
                Number::Ruling(number) | Number::RulingOrHts(number, _) => {
                    let forms = number_forms(&number.to_string());
                    let mut is_there = answers.iter().any(|answer| {
                        number_forms(&answer.card.number)
                            .iter()
                            .any(|form| forms.contains(form))
                    });
                    // A ruling that the filters leave out is in the portal.
                    is_there |= self.has(Field::Number, &number.slug())? == Some(true);
                    if is_there {
                        continue;
                    }
                    (AbsentKind::Ruling, number.cited())
                }
                Number::Hts(number) => (AbsentKind::Heading, number.to_string()),
                Number::Heading(_) | Number::Citation(_) | Number::Other(_) => continue,
            };
            if let Wants::Number(Number::Hts(number) | Number::RulingOrHts(_, number)) =
                &clause.wants
                && self.has(Field::Hts, number.digits())? != Some(false)
            {
                continue;
            }
            absent.push(Absent { kind, number });
        }
        Ok(absent)
    }

    /// What of the query was not understood, with values that no column has.
    pub(super) fn notes(&self, query: &Query) -> Vec<Note> {
        let mut notes = query.notes.clone();
        query.each(&mut |clause| {
            if let Wants::Column(filter) = &clause.wants
                && !is_known(filter, &self.hot)
            {
                notes.push(Note {
                    kind: NoteKind::UnknownValue,
                    text: clause.text.clone(),
                });
            }
        });
        notes
    }
}
