//! `NY N1 and NY N2 are hereby revoked`.

use super::super::sentence::Token;
use super::super::words::{ABOUT, ADVERBS, Form, HOLDING, LIGHT, Verb, verb_of};
use super::{Found, Sentence};
use std::ops::Range;

impl Sentence<'_> {
    /// `NY N1 and NY N2 are hereby revoked`.
    pub(super) fn passive(&self, at: usize, verb: &'static Verb) -> Option<Found> {
        let (from, group) = self.before(at, Form::Participle);
        let auxiliary = from.checked_sub(1).map_or("", |at| self.word(at));
        // `is being revoked`, `will be revoked`.
        let (auxiliary_at, mood) = match auxiliary {
            "is" | "are" => (from - 1, Mood::Present),
            "being" if from >= 2 && matches!(self.word(from - 2), "is" | "are") => {
                (from - 2, Mood::Present)
            }
            "be" => {
                let (before, _) = self.before(from - 1, Form::Participle);
                let modal = before.checked_sub(1).map_or("", |at| self.word(at));
                if !matches!(modal, "will" | "must" | "shall") {
                    return None;
                }
                (before - 1, Mood::Future)
            }
            "was" | "were" | "been" => return None,
            _ => (from, Mood::Elliptic),
        };
        let follows = at
            + 1
            + self.tokens[at + 1..]
                .iter()
                .take_while(|token| token.is_one_of(ADVERBS))
                .count();
        let is_own_hand = self.agent(follows)?;
        if mood == Mood::Elliptic && !self.may_be_elliptic(at, from) {
            return None;
        }
        let mut subject = match self.listed_after(at, auxiliary_at) {
            Some(rulings) => Subject {
                rulings,
                is_direct: true,
            },
            None => self.subject(auxiliary_at)?,
        };
        if subject.rulings.iter().any(|at| self.is_own(*at)) {
            return None;
        }
        let first = (*subject.rulings.first()?).min(auxiliary_at);
        let clause = self.clause_start(first);
        if self.is_conditional() || self.is_not_done(auxiliary_at..at) {
            return None;
        }
        let is_performative =
            group.is_performative || self.word(follows.saturating_sub(1)) == "hereby";
        if !is_performative
            && (self.is_not_done(clause..auxiliary_at) || self.is_of_goods(clause..first))
        {
            return None;
        }
        if is_performative
            && self.tokens[clause..first].iter().any(|token| {
                token.is_one_of(&["propose", "proposes", "proposed", "proposing", "not"])
            })
        {
            return None;
        }
        let next =
            (follows..self.tokens.len().min(follows + 2)).find_map(|at| verb_of(self.word(at)));
        let has_next = matches!(self.word(follows), "and" | "or" | "and/or")
            && matches!(next, Some((_, Form::Participle)));
        let mut key = Self::more_severe(group.second, verb);
        let respectively = self.tokens[at..]
            .iter()
            .any(|token| token.word() == "respectively");
        match subject.rulings.as_slice() {
            [first, _] if respectively && has_next => subject.rulings = vec![*first],
            [_, second] if respectively && group.second.is_some() => {
                subject.rulings = vec![*second];
                key = verb.change.verb();
            }
            // The second of two verbs tells of both.
            _ if has_next => return None,
            _ => {}
        }
        let is_plain = !has_next && group.second.is_none_or(|other| other.change == verb.change);
        let states = is_performative
            || self.in_section
            || is_own_hand
            || self.tokens[clause..at]
                .iter()
                .any(|token| matches!(token.word(), "accordingly" | "therefore" | "consequently"));
        let inherits = mood == Mood::Elliptic && self.last.is_some_and(|last| last.is_certain);
        Some(Found {
            key,
            rulings: subject.rulings,
            is_certain: verb.is_exact
                && is_plain
                && subject.is_direct
                && !self.is_partial(at)
                && (mood == Mood::Present && states || inherits),
            is_own_status: false,
        })
    }

    /// Whether what changes is something that a ruling only tells of: `the article in NY N1 is modified`.
    fn is_of_goods(&self, before: Range<usize>) -> bool {
        let words = &self.tokens[before];
        words
            .last()
            .is_some_and(|word| word.is_one_of(&["in", "of", "by", "from", "under"]))
            && !words.iter().any(|word| word.is_one_of(HOLDING))
    }

    /// `The following rulings are hereby revoked: NY N1 and NY N2`.
    fn listed_after(&self, at: usize, auxiliary: usize) -> Option<Vec<usize>> {
        let names_them = self.tokens[..auxiliary]
            .iter()
            .any(|token| token.word() == "following");
        let is_break = matches!(self.tokens.get(at + 1), Some(Token::Break));
        let rulings = self.list_from(at + 2);
        (names_them && is_break && !rulings.is_empty()).then_some(rulings)
    }

    /// `NY N1 is modified and NY N2 revoked`; `NY N1: REVOKED` in the part of the letter that says so.
    fn may_be_elliptic(&self, at: usize, from: usize) -> bool {
        let adjacent = (1..=from).rev().map(|end| self.tokens[end - 1]);
        let is_adjacent = adjacent
            .skip_while(|token| matches!(token, Token::Comma | Token::Break))
            .map(Token::is_ruling)
            .next()
            .unwrap_or(false);
        if !is_adjacent {
            return false;
        }
        let follows = self.tokens.get(at + 1);
        let has_object = (at + 1..self.tokens.len().min(at + 8)).any(|at| self.is_ruling(at))
            && !follows.is_some_and(|token| {
                matches!(token, Token::Comma | Token::Break) || token.is_one_of(&["and"])
            });
        let continues = self
            .last
            .is_some_and(|last| last.form == Form::Participle && last.at < from);
        !has_object && (self.in_section || continues)
    }

    /// The rulings that a verb's auxiliary speaks of.
    fn subject(&self, auxiliary: usize) -> Option<Subject> {
        // The adverb may come before the auxiliary: `NY N1 hereby is revoked`.
        let mut end = auxiliary;
        while end > 0 && self.tokens[end - 1].is_one_of(ADVERBS) {
            end -= 1;
        }
        if end > 0
            && matches!(self.tokens[end - 1], Token::Comma | Token::Break)
            && let Some(subject) = self.subject_before_apposition(end - 1)
        {
            return Some(subject);
        }
        let has_ruling = (0..end)
            .rev()
            .find(|at| !matches!(self.tokens[*at], Token::Comma | Token::Break));
        if has_ruling.is_some_and(|at| self.is_ruling(at)) {
            let rulings = self.list_ending(end)?;
            let is_direct = self.is_whole_subject(*rulings.first()?);
            return Some(Subject { rulings, is_direct });
        }
        // `NY N1 issued to a firm is revoked`, `NY N1 is incorrect and is revoked`, `…, and it is revoked`.
        let last = (0..end).rev().find(|at| self.is_ruling(*at))?;
        let link = self.word(end.checked_sub(1)?);
        let after = self.word(last + 1);
        let is_tied = matches!(
            link,
            "and"
                | "it"
                | "they"
                | "which"
                | "both"
                | "rulings"
                | "ruling"
                | "letter"
                | "letters"
                | "but"
        ) && !matches!(
            self.word(end.saturating_sub(2)),
            "this" | "present" | "instant"
        ) || ABOUT.contains(&after)
            && matches!(self.list_ending(last + 1), Some(list) if self.is_whole_subject(list[0]))
            && !matches!(
                link,
                "protest"
                    | "goods"
                    | "merchandise"
                    | "article"
                    | "articles"
                    | "products"
                    | "product"
            );
        is_tied.then_some(())?;
        let rulings = self.list_ending(last + 1)?;
        Some(Subject {
            rulings,
            is_direct: false,
        })
    }

    /// `NY N1, which classified the goods in heading 8471, is revoked`.
    fn subject_before_apposition(&self, comma: usize) -> Option<Subject> {
        let list_end = (1..comma).find(|at| {
            self.is_ruling(*at - 1)
                && matches!(self.tokens[*at], Token::Comma)
                && self
                    .tokens
                    .get(*at + 1)
                    .is_some_and(|token| token.is_one_of(ABOUT))
        })?;
        let rulings = self.list_ending(list_end)?;
        let is_direct = self.is_whole_subject(*rulings.first()?);
        Some(Subject { rulings, is_direct })
    }

    /// Whether a list is the subject itself, and not something said of it: `the holding in NY N1`, yes; `the heading that
    /// NY N1 names`, no.
    fn is_whole_subject(&self, first: usize) -> bool {
        let words = self.tokens[self.clause_start(first)..first].iter().rev();
        let before: Vec<&str> = words.map(|token| token.word()).collect();
        match before.as_slice() {
            [] => true,
            [word, ..]
                if matches!(
                    *word,
                    "accordingly" | "therefore" | "consequently" | "that" | "and" | "hereby" | ""
                ) =>
            {
                true
            }
            [
                "in" | "of",
                "holding" | "holdings" | "decision" | "classification" | "conclusion",
                ..,
            ] => true,
            _ => before.iter().all(|word| LIGHT.contains(word)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Present,
    Future,
    Elliptic,
}

struct Subject {
    /// Places of tokens.
    rulings: Vec<usize>,
    /// Whether nothing else can be meant.
    is_direct: bool,
}
