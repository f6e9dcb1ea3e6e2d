//! What a query names: a document by its number, and a page that is called as the query.

use super::error::Part;
use super::{Engine, EngineError};
use crate::compile::NUMBER;
use crate::plan::{Field, Leaf, Plan};
use crate::query::{Number, Query, QueryWord, Wants, number_forms};
use crate::results::{Absent, AbsentKind, Answer, Hit};
use crate::results::{Note, NoteKind};
use crate::select::{Found, is_known};
use crate::words::words;

/// The most answers at the top.
const MAX_ANSWERS: usize = 3;

/// Among so many first documents a page may be what the query names.
const CONSIDERED: usize = 5;

/// Kinds of pages that are an answer themselves, where documents are texts in which there may be one.
pub(super) const PAGES: [&str; 10] = [
    "center", "office", "problem", "contact", "port", "program", "agency", "heading", "chapter",
    "help",
];

impl Engine {
    /// Takes what the query names out of what was found.
    pub(super) fn answers(
        &self,
        query: &Query,
        plan: &Plan,
        mut found: Vec<Found>,
    ) -> Part<(Vec<Answer>, Vec<Found>)> {
        let mut named = Vec::new();
        for leaf in plan.leaves() {
            let Leaf::Term(term) = leaf else { continue };
            if term.field == Field::Number && term.weight == NUMBER {
                match self.leaf(leaf) {
                    Ok(matches) => {
                        named.extend(matches.iter().map(|hit| (hit.segment, hit.document)))
                    }
                    Err(error) => {
                        super::error::missing_in(&error)?;
                        return Ok(None);
                    }
                }
            }
        }
        let is_named = |hit: &Found| named.contains(&(hit.segment, hit.document));
        found.sort_by(|a, b| {
            let by_name = is_named(b).cmp(&is_named(a));
            let by_score = b
                .is_complete
                .cmp(&a.is_complete)
                .then(b.score.total_cmp(&a.score));
            by_name
                .then(by_score)
                .then((a.segment, a.document).cmp(&(b.segment, b.document)))
        });
        let considered = &found[..found.len().min(CONSIDERED)];
        let Some(cards) = self.cards(considered)? else {
            return Ok(None);
        };
        let mut answers = Vec::new();
        let mut taken = Vec::new();
        for (hit, Hit { card, .. }) in considered.iter().zip(cards) {
            let is_answer = is_named(hit)
                || (PAGES.contains(&card.kind.as_str()) && is_called(&card.title, query));
            if is_answer && answers.len() < MAX_ANSWERS {
                taken.push(*hit);
                answers.push(Answer {
                    kind: card.kind.clone(),
                    card,
                });
            }
        }
        found.retain(|hit| !taken.contains(hit));
        Ok(Some((answers, found)))
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
                    let is_there = answers.iter().any(|answer| {
                        number_forms(&answer.card.number)
                            .iter()
                            .any(|form| forms.contains(form))
                    });
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

/// Whether a title has every word of the query.
fn is_called(title: &str, query: &Query) -> bool {
    let terms: Vec<String> = words(title).into_iter().map(|word| word.term).collect();
    let has = |word: &QueryWord| {
        terms.contains(&word.term)
            || (!word.parts.is_empty() && word.parts.iter().all(|part| terms.contains(part)))
    };
    let mut clauses = query.clauses.iter().peekable();
    clauses.peek().is_some()
        && clauses
            .all(|clause| matches!(&clause.wants, Wants::Word(word) if !clause.not && has(word)))
}
