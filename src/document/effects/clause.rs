//! Who does what to which ruling in one sentence.

use super::sentence::Token;
use super::words::{
    ABOUT, ADVERBS, CONDITIONAL, Form, HOLDING, LETTER, LIGHT, NOT_DONE, PERFORMATIVE, POINTERS,
    SPEAKERS, STOP, THIS, Verb, verb_of,
};
use portolan_search::RulingNumber;
use std::ops::Range;

/// A change of a ruling.
#[derive(Debug, Clone)]
pub(super) struct Change {
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
) -> Vec<Change> {
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
        let found = found.or_else(|| sentence.own_fate(at, verb, form));
        if let Some(found) = found {
            if !found.is_own_fate {
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
pub(super) fn named(tokens: &[(usize, Token)], own: Option<&RulingNumber>) -> Vec<Change> {
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
        changes.extend(sentence.made(&Found {
            key: if is_partial { "modifies" } else { verb.key },
            rulings: objects,
            is_certain: false,
            is_own_fate: false,
        }));
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
    is_own_fate: bool,
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

    fn made(&self, found: &Found) -> Vec<Change> {
        let numbers = found
            .rulings
            .iter()
            .filter_map(|at| match self.tokens[*at] {
                Token::Ruling(number, place) if self.own != Some(number) => Some(Change {
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

    /// The rulings that stand together and end before a place.
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

    /// The rulings that stand together from a place on.
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

    /// `NY N1 and NY N2 are hereby revoked`.
    fn passive(&self, at: usize, verb: &'static Verb) -> Option<Found> {
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
        let mut key = Self::graver(group.second, verb);
        let respectively = self.tokens[at..]
            .iter()
            .any(|token| token.word() == "respectively");
        match subject.rulings.as_slice() {
            [first, _] if respectively && has_next => subject.rulings = vec![*first],
            [_, second] if respectively && group.second.is_some() => {
                subject.rulings = vec![*second];
                key = verb.key;
            }
            // The second of two verbs tells of both.
            _ if has_next => return None,
            _ => {}
        }
        let is_plain = !has_next && group.second.is_none_or(|other| other.key == verb.key);
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
            is_own_fate: false,
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

    /// `This letter is a replacement of NY N1`.
    fn replacement(&self, at: usize, verb: &'static Verb) -> Option<Found> {
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
            key: verb.key,
            rulings: self.object(at + 1, at)?,
            is_certain: false,
            is_own_fate: false,
        })
    }

    /// Of two verbs the graver one: what is `modified or revoked` may be out of force.
    fn graver(second: Option<&'static Verb>, verb: &'static Verb) -> &'static str {
        match second {
            Some(other) if other.key == "revokes" => other.key,
            _ => verb.key,
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
        // The adverb may stand before the auxiliary: `NY N1 hereby is revoked`.
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

    /// `We are revoking NY N1`, `this letter replaces NY N2`.
    fn active(&self, at: usize, verb: &'static Verb, form: Form) -> Option<Found> {
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
        let is_plain = group.second.is_none_or(|other| other.key == verb.key)
            && !matches!(self.word(at + 1), "or" | "and/or");
        Some(Found {
            key: Self::graver(group.second, verb),
            is_certain: verb.is_exact
                && is_plain
                && actor.is_certain
                && (!earlier || actor.inherits)
                && !self.is_partial(*rulings.last()?)
                && !self.tokens[at + 1..rulings[0]].iter().any(|token| {
                    token.is_one_of(&["portion", "part", "parts", "reasoning", "analysis"])
                }),
            rulings,
            is_own_fate: false,
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

    /// `This ruling was revoked by HQ H123456`, `HQ H123456 revokes this letter`.
    fn own_fate(&self, at: usize, verb: &'static Verb, form: Form) -> Option<Found> {
        let key = match verb.key {
            "revokes" => "revoked_by",
            "modifies" => "modified_by",
            "supersedes" => "superseded_by",
            _ => return None,
        };
        let found = |rulings| {
            Some(Found {
                key,
                rulings,
                is_certain: false,
                is_own_fate: true,
            })
        };
        if self.is_conditional() {
            return None;
        }
        if form == Form::Participle {
            let (from, _) = self.before(at, form);
            let mut end = from;
            while end > 0
                && matches!(
                    self.word(end - 1),
                    "is" | "was" | "been" | "has" | "being" | "since" | "later"
                )
            {
                end -= 1;
            }
            let is_own =
                end > 0 && end < from && (self.is_own(end - 1) || self.is_this_letter(end - 1));
            let by = (at + 1..self.tokens.len().min(at + 4)).find(|at| self.word(*at) == "by");
            if let (true, Some(by)) = (is_own, by)
                && !self.is_not_done(self.clause_start(end - 1)..at)
            {
                let first =
                    (by + 1..self.tokens.len().min(by + 5)).find(|at| self.is_ruling(*at))?;
                return found(vec![first]);
            }
        }
        let is_told = matches!(form, Form::Third | Form::Participle);
        let (from, _) = self.before(at, form);
        if is_told
            && from > 0
            && self.is_ruling(from - 1)
            && !self.is_own(from - 1)
            && (self.is_own(at + 1)
                || (at + 1..at + 4).any(|next| {
                    self.is_this_letter(next)
                        && (at + 1..next).all(|at| {
                            self.tokens.get(at).is_some_and(|token| {
                                token.is_one_of(THIS) || token.is_one_of(LETTER)
                            })
                        })
                }))
        {
            return found(vec![from - 1]);
        }
        None
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Present,
    Future,
    Elliptic,
}

/// What stands between an auxiliary and its verb.
#[derive(Default)]
struct Group {
    is_performative: bool,
    /// The other verb of two.
    second: Option<&'static Verb>,
}

struct Subject {
    /// Places of tokens.
    rulings: Vec<usize>,
    /// Whether nothing else can be meant.
    is_direct: bool,
}

struct Actor {
    /// The place of its token.
    at: usize,
    is_certain: bool,
    /// Whether it may follow on another ruling.
    inherits: bool,
}
