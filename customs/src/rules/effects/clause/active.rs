//! `We are revoking NY N1`, `this letter is a replacement of NY N2`.

use super::super::sentence::Token;
use super::super::words::{ADVERBS, Form, SPEAKERS, Verb, verb_of};
use super::{Found, Sentence};

impl Sentence<'_> {
    /// `This letter is a replacement of NY N1`.
    pub(super) fn replacement(&self, at: usize, verb: &'static Verb) -> Option<Found> {
        let is_said = at >= 2
            && matches!(self.word(at - 1), "a" | "an" | "the")
            && matches!(
                self.word(at - 2),
                "is" | "constitutes" | "as" | "represents"
            );
        let names_itself = (0..at).any(|at| self.is_this_letter(at));
        let follows = matches!(self.word(at + 1), "of" | "for" | "to");
        if !(is_said && names_itself && follows) || self.is_conditional() || self.is_not_done(0..at)
        {
            return None;
        }
        Some(Found {
            key: verb.change.verb(),
            rulings: self.object(at + 1, at)?,
            is_certain: false,
            is_own_status: false,
        })
    }

    /// `We are revoking NY N1`, `this letter replaces NY N2`.
    pub(super) fn active(&self, at: usize, verb: &'static Verb, form: Form) -> Option<Found> {
        let (from, group) = self.before(at, form);
        let next = verb_of(self.word(at + 2));
        // The second of two verbs tells of both.
        if matches!(self.word(at + 1), "and" | "or" | "and/or")
            && next.is_some_and(|(_, other)| other == form)
        {
            return None;
        }
        let actor = self.actor(at, from, form)?;
        let rulings = self.object(at + 1, at)?;
        let clause = self.clause_start(actor.at);
        if self.is_conditional() || self.is_not_done(clause..at) {
            return None;
        }
        let earlier = self.tokens[..at].iter().any(|token| token.is_ruling());
        let is_plain = group.second.is_none_or(|other| other.change == verb.change)
            && !matches!(self.word(at + 1), "or" | "and/or");
        Some(Found {
            key: Self::more_severe(group.second, verb),
            is_certain: verb.is_exact
                && is_plain
                && actor.is_certain
                && (!earlier || actor.inherits)
                && !self.is_partial(*rulings.last()?)
                && !self.tokens[at + 1..rulings[0]].iter().any(|token| {
                    token.is_one_of(&["portion", "part", "parts", "reasoning", "analysis"])
                }),
            rulings,
            is_own_status: false,
        })
    }

    /// Who does what an active verb says, where that is this letter.
    fn actor(&self, at: usize, from: usize, form: Form) -> Option<Actor> {
        let before = from.checked_sub(1);
        let word = before.map_or("", |at| self.word(at));
        // `is modifying NY N1 and revoking NY N2`.
        if let (Some(last), Some(before)) = (self.last, before)
            && (last.form == form || last.form == Form::Third && form == Form::Base)
            && (matches!(word, "and" | "or") || matches!(self.tokens[before], Token::Comma))
            && (last.at..before).all(|at| verb_of(self.word(at)).is_none() || at == last.at)
        {
            return Some(Actor {
                at: last.at,
                is_certain: last.is_certain,
                inherits: true,
            });
        }
        match form {
            Form::Ing if matches!(word, "is" | "are" | "am") => {
                let mut end = from - 1;
                while end > 0 && self.tokens[end - 1].is_one_of(ADVERBS) {
                    end -= 1;
                }
                self.speaker(end)
            }
            Form::Ing
                if before.is_none_or(|at| matches!(self.tokens[at], Token::Comma))
                    || matches!(word, "thereby") =>
            {
                let names_itself =
                    (0..from).any(|at| self.is_this_letter(at) || self.word(at) == "we");
                (names_itself && !self.tokens[..at].iter().any(|token| token.is_ruling()))
                    .then_some(Actor {
                        at: 0,
                        is_certain: false,
                        inherits: false,
                    })
            }
            Form::Base if matches!(word, "to") => {
                let asks = from.checked_sub(2).map_or("", |at| self.word(at));
                let decides = matches!(
                    asks,
                    "necessary"
                        | "appropriate"
                        | "proper"
                        | "decided"
                        | "determined"
                        | "determination"
                        | "is"
                        | "order"
                        | "issued"
                        | "writing"
                        | "decision"
                        | "letter"
                        | "ruling"
                        | "action"
                        | "serves"
                        | "compelled"
                        | "required"
                );
                decides.then_some(Actor {
                    at: from - 2,
                    is_certain: false,
                    inherits: false,
                })
            }
            Form::Base if matches!(word, "will" | "must" | "shall") => {
                let speaker = self.speaker(from - 1)?;
                Some(Actor {
                    is_certain: false,
                    ..speaker
                })
            }
            Form::Base | Form::Third => self.speaker(from).or_else(|| {
                let opens = (0..from).find(|at| self.is_this_letter(*at))?;
                let is_alone = !self.tokens[opens..from]
                    .iter()
                    .any(|token| token.is_ruling());
                (form == Form::Third && is_alone).then_some(Actor {
                    at: opens,
                    is_certain: false,
                    inherits: false,
                })
            }),
            _ => None,
        }
    }

    /// Whether the word before a place is the one who speaks, or this letter.
    fn speaker(&self, end: usize) -> Option<Actor> {
        let at = end.checked_sub(1)?;
        if self.is_own(at) {
            return Some(Actor {
                at,
                is_certain: true,
                inherits: true,
            });
        }
        let is_speaker = self.tokens[at].is_one_of(SPEAKERS);
        (is_speaker || self.is_this_letter(at)).then_some(Actor {
            at,
            is_certain: true,
            inherits: false,
        })
    }
}

struct Actor {
    /// The place of its token.
    at: usize,
    is_certain: bool,
    /// Whether it may follow on another ruling.
    inherits: bool,
}
