//! Who does what to which ruling in one sentence.

mod active;
mod own_status;
mod passive;

use super::sentence::Token;
use super::words::{
    ADVERBS, CONDITIONAL, Form, LETTER, LIGHT, NOT_DONE, PERFORMATIVE, POINTERS, SPEAKERS, STOP,
    THIS, Verb, verb_of,
};
use crate::{Change, RulingNumber};
use std::ops::Range;

/// A change of a ruling.
#[derive(Debug, Clone)]
pub(super) struct FoundChange {
    pub(super) key: &'static str,
    pub(super) number: RulingNumber,
    pub(super) place: Range<usize>,
    pub(super) is_certain: bool,
}

/// Words between a verb and its object at most.
const MAX_GAP: usize = 14;

/// What a sentence changes.
pub(super) fn changes(
    tokens: &[(usize, Token)],
    own: Option<&RulingNumber>,
    in_section: bool,
    is_quoted: &dyn Fn(usize) -> bool,
) -> Vec<FoundChange> {
    let mut sentence = Sentence {
        tokens: tokens.iter().map(|(_, token)| token).collect(),
        own,
        in_section,
        last: None,
    };
    let mut changes = Vec::new();
    for (at, (place, token)) in tokens.iter().enumerate() {
        let Some((verb, form)) = verb_of(token.word()) else {
            continue;
        };
        if is_quoted(*place) {
            continue;
        }
        let found = match form {
            Form::Participle => sentence.passive(at, verb),
            Form::Base | Form::Third | Form::Ing => sentence.active(at, verb, form),
            Form::Noun => sentence.replacement(at, verb),
        };
        let found = found.or_else(|| sentence.own_status(at, verb, form));
        if let Some(found) = found {
            if !found.is_own_status {
                sentence.last = Some(Last {
                    at,
                    form,
                    is_certain: found.is_certain,
                });
            }
            changes.extend(sentence.made(&found));
        }
    }
    changes
}

/// What the nouns of a subject line say: `Revocation of NY N1`, `Modification of NY N2 and NY N3`.
pub(super) fn named(tokens: &[(usize, Token)], own: Option<&RulingNumber>) -> Vec<FoundChange> {
    let sentence = Sentence {
        tokens: tokens.iter().map(|(_, token)| token).collect(),
        own,
        in_section: false,
        last: None,
    };
    let mut changes = Vec::new();
    for (at, (_, token)) in tokens.iter().enumerate() {
        let Some((verb, Form::Noun)) = verb_of(token.word()) else {
            continue;
        };
        let from = sentence.clause_start(at);
        let is_wish = sentence.tokens[from..at].iter().any(|token| {
            token.is_one_of(NOT_DONE)
                || token.is_one_of(&["reconsideration", "denial", "possible", "review"])
        });
        let follows = sentence.word(at + 1);
        if is_wish || !matches!(follows, "of" | "and" | "or" | "to") {
            continue;
        }
        let Some(objects) = sentence.object(at + 1, at) else {
            continue;
        };
        let is_partial = at > 0 && sentence.word(at - 1) == "partial";
        changes.extend(
            sentence.made(&Found {
                key: if is_partial {
                    Change::Modifies
                } else {
                    verb.change
                }
                .verb(),
                rulings: objects,
                is_certain: false,
                is_own_status: false,
            }),
        );
    }
    changes
}

/// The verb of a sentence that names no ruling and speaks of those of the sentence before: `It is hereby revoked.`
pub(super) fn refers_back(tokens: &[(usize, Token)]) -> Option<&'static Verb> {
    let sentence = Sentence {
        tokens: tokens.iter().map(|(_, token)| token).collect(),
        own: None,
        in_section: false,
        last: None,
    };
    (0..tokens.len()).find_map(|at| {
        let (verb, Form::Participle) = verb_of(sentence.word(at))? else {
            return None;
        };
        let (from, group) = sentence.before(at, Form::Participle);
        let auxiliary = from.checked_sub(1)?;
        if !matches!(sentence.word(auxiliary), "is" | "are") {
            return None;
        }
        let subject = auxiliary.checked_sub(1)?;
        let is_pronoun =
            matches!(sentence.word(subject), "it" | "they" | "both") && group.is_performative;
        let is_named = matches!(
            sentence.word(subject),
            "ruling" | "rulings" | "letter" | "letters" | "decision" | "decisions"
        ) && sentence.tokens[subject.saturating_sub(3)..subject]
            .iter()
            .any(|token| token.is_one_of(POINTERS));
        let is_told = sentence.agent(at + 1).is_some()
            && !sentence.is_conditional()
            && !sentence.is_not_done(0..at);
        ((is_pronoun || is_named) && is_told).then_some(verb)
    })
}

struct Sentence<'a> {
    tokens: Vec<&'a Token>,
    own: Option<&'a RulingNumber>,
    in_section: bool,
    /// The last verb that was found to change something.
    last: Option<Last>,
}

#[derive(Clone, Copy)]
struct Last {
    at: usize,
    form: Form,
    is_certain: bool,
}

struct Found {
    key: &'static str,
    /// Places of tokens.
    rulings: Vec<usize>,
    is_certain: bool,
    /// Whether the text tells what became of itself.
    is_own_status: bool,
}

impl Sentence<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word())
    }

    fn is_ruling(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_ruling())
    }

    fn is_own(&self, at: usize) -> bool {
        matches!((self.tokens.get(at), self.own), (Some(Token::Ruling(number, _)), Some(own)) if number == own)
    }

    fn made(&self, found: &Found) -> Vec<FoundChange> {
        let numbers = found
            .rulings
            .iter()
            .filter_map(|at| match self.tokens[*at] {
                Token::Ruling(number, place) if self.own != Some(number) => Some(FoundChange {
                    key: found.key,
                    number: number.clone(),
                    place: place.clone(),
                    is_certain: found.is_certain,
                }),
                _ => None,
            });
        numbers.collect()
    }

    /// The first token after the adverbs and second verbs before a place, counted backwards: `is hereby modified and |revoked`.
    fn before(&self, at: usize, form: Form) -> (usize, Group) {
        let mut group = Group::default();
        let mut from = at;
        while from > 0 {
            let token = self.tokens[from - 1];
            if token.is_one_of(ADVERBS) {
                group.is_performative |= token.is_one_of(PERFORMATIVE);
            } else if matches!(token.word(), "and" | "or" | "and/or")
                && from >= 2
                && let Some((verb, other)) = verb_of(self.word(from - 2))
                && other == form
            {
                group.second = Some(verb);
                from -= 1;
            } else if matches!(token, Token::Comma)
                && from >= 2
                && matches!(self.word(from - 2), "is" | "are")
            {
                // `must be, and hereby is, revoked`.
            } else {
                break;
            }
            from -= 1;
        }
        (from, group)
    }

    /// The rulings that are listed together and end before a place.
    fn list_ending(&self, end: usize) -> Option<Vec<usize>> {
        let mut rulings = Vec::new();
        let mut at = end;
        while at > 0 {
            let token = self.tokens[at - 1];
            if token.is_ruling() {
                rulings.push(at - 1);
            } else if !(matches!(token, Token::Comma | Token::Break)
                || token.is_one_of(&["and", "or", "as", "well", "also", "ruling", "letter"]))
            {
                break;
            }
            at -= 1;
        }
        rulings.reverse();
        (!rulings.is_empty()).then_some(rulings)
    }

    /// The rulings that are listed together from a place on.
    fn list_from(&self, start: usize) -> Vec<usize> {
        let mut rulings = Vec::new();
        for (at, token) in self.tokens.iter().enumerate().skip(start) {
            if token.is_ruling() {
                rulings.push(at);
                continue;
            }
            let is_between = matches!(token, Token::Comma | Token::Break)
                || token.is_one_of(&[
                    "and", "or", "as", "well", "both", "also", "the", "holding", "in", "holdings",
                    "of",
                ]);
            // `NY N1, and NY N2 is modified`: the second one belongs to the next verb.
            if !is_between {
                break;
            }
        }
        let next_verb = rulings.last().is_some_and(|last| {
            matches!(
                self.word(last + 1),
                "is" | "are" | "was" | "were" | "has" | "have" | "will"
            )
        });
        if next_verb && rulings.len() > 1 {
            rulings.pop();
        }
        rulings
    }

    /// Where the clause of a place begins: after a semicolon, or after a comma, `and` or `but` that a new subject follows.
    fn clause_start(&self, at: usize) -> usize {
        (1..at)
            .rev()
            .find(|start| {
                let begins = self.word(*start);
                let is_subject = SPEAKERS.contains(&begins)
                    || THIS.contains(&begins)
                    || matches!(begins, "it" | "accordingly" | "therefore" | "hereby")
                    || self.is_ruling(*start);
                match self.tokens[*start - 1] {
                    Token::Break => true,
                    Token::Comma => is_subject,
                    token => is_subject && matches!(token.word(), "and" | "but" | "so" | "then"),
                }
            })
            .unwrap_or(0)
    }

    fn is_conditional(&self) -> bool {
        self.tokens.iter().any(|token| token.is_one_of(CONDITIONAL))
    }

    /// Whether something between two places makes a wish, a denial or a report of what is said there.
    fn is_not_done(&self, range: Range<usize>) -> bool {
        self.tokens[range]
            .iter()
            .any(|token| token.is_one_of(NOT_DONE))
    }

    /// Whether only a part of a ruling is meant.
    fn is_partial(&self, at: usize) -> bool {
        let after = &self.tokens[at + 1..self.tokens.len().min(at + 6)];
        let words: Vec<&str> = after.iter().map(|token| token.word()).collect();
        words.windows(2).any(|pair| {
            matches!(
                pair,
                ["in", "part"]
                    | ["with", "respect" | "regard"]
                    | ["insofar", _]
                    | ["as", "to"]
                    | ["only", _]
            )
        }) || words
            .windows(3)
            .any(|three| three == ["to", "the", "extent"])
    }

    /// Of two verbs the more severe one: what is `modified or revoked` may be out of force.
    fn more_severe(second: Option<&'static Verb>, verb: &'static Verb) -> &'static str {
        match second {
            Some(other) if other.change == Change::Revokes => other.change.verb(),
            _ => verb.change.verb(),
        }
    }

    /// Whether who acts, as named after a verb, may be this letter; `None` where it is another one. `Some(true)` where the
    /// letter names itself.
    fn agent(&self, at: usize) -> Option<bool> {
        let by = (at..self.tokens.len().min(at + 4)).find(|at| self.word(*at) == "by");
        let Some(by) = by.filter(|by| (at..*by).all(|at| !self.is_ruling(at))) else {
            return Some(false);
        };
        let until = self.tokens.len().min(by + 6);
        for at in by + 1..until {
            if self.is_own(at) || THIS.contains(&self.word(at)) {
                return Some(true);
            }
            if self.is_ruling(at)
                || matches!(
                    self.word(at),
                    "heading"
                        | "subheading"
                        | "proclamation"
                        | "congress"
                        | "court"
                        | "courts"
                        | "law"
                        | "statute"
                        | "judgment"
                        | "\u{fffc}"
                )
            {
                return None;
            }
        }
        Some(false)
    }

    /// `this letter`, `the present ruling letter`.
    fn is_this_letter(&self, at: usize) -> bool {
        let is_this = |at: usize| THIS.contains(&self.word(at));
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_one_of(LETTER))
            && (at >= 1 && is_this(at - 1)
                || at >= 2
                    && is_this(at - 2)
                    && matches!(
                        self.word(at - 1),
                        "ruling"
                            | "headquarters"
                            | "revised"
                            | "replacement"
                            | "new"
                            | "corrected"
                            | "ny"
                            | "hq"
                    ))
    }

    /// The rulings after a verb that it may be said of.
    fn object(&self, start: usize, verb: usize) -> Option<Vec<usize>> {
        let mut gap = 0;
        for at in start..self.tokens.len() {
            let token = self.tokens[at];
            if token.is_ruling() {
                let rulings = self.list_from(at);
                return (!rulings.is_empty()).then_some(rulings);
            }
            let is_second_verb = verb_of(token.word()).is_some() && at <= verb + 2;
            // `the following ruling letters: NY N1`.
            let is_break = matches!(token, Token::Break)
                && !self.tokens[start..at]
                    .iter()
                    .any(|token| token.word() == "following");
            if token.is_one_of(STOP) || is_break || gap > MAX_GAP {
                return None;
            }
            if !(token.is_one_of(LIGHT)
                || is_second_verb
                || matches!(token.word(), "or" | "and/or")
                || matches!(token, Token::Comma | Token::Break))
            {
                // One or two words of the goods: `the tariff classification of the lamps in NY N1`.
                gap += 3;
            }
            gap += 1;
        }
        None
    }
}

/// What is between an auxiliary and its verb.
#[derive(Default)]
struct Group {
    is_performative: bool,
    /// The other verb of two.
    second: Option<&'static Verb>,
}
