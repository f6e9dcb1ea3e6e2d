//! What a letter's words do to other rulings: `NY N336482 is hereby REVOKED`.
//!
//! In: plain text. Out: each ruling that the text changes, with its place and whether the sentence can be read otherwise.
//! Reports of what others did, wishes, proposals, conditions, denials and quotations are no changes. Knows no document.

mod clause;
mod sentence;
#[cfg(test)]
mod tests;
mod words;

use crate::mentions::{self, Mention};
use crate::{Change, RulingNumber};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A key of front matter that says what one ruling does to another.
pub type Key = &'static str;

/// A change of a ruling that a text speaks of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Effect {
    /// The key of front matter that says the same: `revokes`, or `revoked_by` where the text tells of its own status.
    #[serde(deserialize_with = "key")]
    pub key: Key,
    /// The other ruling.
    pub number: RulingNumber,
    /// Where its number is.
    pub place: Range<usize>,
    /// The sentence that says so.
    pub sentence: String,
    /// Whether the sentence is of a form that cannot be read otherwise.
    pub is_certain: bool,
}

fn key<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Key, D::Error> {
    let key: &str = serde::Deserialize::deserialize(from)?;
    let changes = Change::ALL.into_iter();
    let keys = changes.flat_map(|change| [Some(change.verb()), change.inverse_key()]);
    keys.flatten()
        .find(|known| *known == key)
        .ok_or_else(|| serde::de::Error::custom("not a key of a relation"))
}

/// Finds the rulings that a text changes, each once for each key, in the text's order. `own` is the number of the ruling
/// whose text it is. A blank line ends a block; a block that is a heading of a few words begins a part of the letter.
#[must_use]
pub fn find(text: &str, own: Option<&RulingNumber>) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    // Nearly every letter ends here: its words of change, if any, are beside no ruling.
    if !text.split("\n\n").any(may_change) {
        return effects;
    }
    let quoted = quotations(text);
    let mut last = 0..0;
    for (span, in_section) in sentence::sentences(text) {
        let words = &text[span.clone()];
        let before = std::mem::replace(&mut last, span.clone());
        if !VERB.is_match(words) {
            continue;
        }
        let mentions = mentions::find(words);
        let tokens = sentence::tokens(words, &mentions);
        if !tokens.iter().any(|(_, token)| token.is_ruling()) {
            for change in of_the_sentence_before(text, before, &tokens, own) {
                add(&mut effects, text, change);
            }
            continue;
        }
        let is_quoted = |at: usize| {
            let at = at + span.start;
            quoted.iter().any(|quotation| quotation.contains(&at))
        };
        for change in clause::changes(&tokens, own, in_section, &is_quoted) {
            let place = change.place.start + span.start..change.place.end + span.start;
            add(&mut effects, text, clause::FoundChange { place, ..change });
        }
    }
    effects
}

/// Finds the rulings that a letter's subject line says it changes: `Revocation of NY N258826; arm sleeves`. Never certain:
/// a draft has the same line.
#[must_use]
pub fn find_in_title(title: &str, own: Option<&RulingNumber>) -> Vec<Effect> {
    let mentions = mentions::find(title);
    let tokens = sentence::tokens(title, &mentions);
    let mut effects = Vec::new();
    let named = clause::named(&tokens, own);
    for change in named
        .into_iter()
        .chain(clause::changes(&tokens, own, true, &|_| false))
    {
        add(
            &mut effects,
            title,
            clause::FoundChange {
                is_certain: false,
                ..change
            },
        );
    }
    effects
}

/// Whether words have both a verb of change and what may be a ruling's number: four digits and more.
fn may_change(words: &str) -> bool {
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| compiled("[0-9]{4}"));
    DIGITS.is_match(words) && VERB.is_match(words)
}

/// Any form of a verb of change.
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = words::VERBS.iter();
    let forms =
        verbs.flat_map(|verb| [verb.base, verb.third, verb.ing, verb.participle, verb.noun]);
    let forms: Vec<&str> = forms.filter(|form| !form.is_empty()).collect();
    compiled(&format!(r"(?i-u)\b(?:{})\b", forms.join("|")))
});

/// What a sentence without a ruling does to the rulings of the one before, where that names one or two. It is never
/// certain.
fn of_the_sentence_before(
    text: &str,
    before: Range<usize>,
    tokens: &[(usize, sentence::Token)],
    own: Option<&RulingNumber>,
) -> Vec<clause::FoundChange> {
    let Some(verb) = clause::refers_back(tokens) else {
        return Vec::new();
    };
    let mentions = mentions::find(&text[before.clone()]).into_iter();
    let rulings: Vec<clause::FoundChange> = mentions
        .filter_map(|(place, mention)| match mention {
            Mention::Ruling(number) if own != Some(&number) => Some(clause::FoundChange {
                key: verb.change.verb(),
                number,
                place: place.start + before.start..place.end + before.start,
                is_certain: false,
            }),
            _ => None,
        })
        .collect();
    if rulings.len() <= 2 {
        rulings
    } else {
        Vec::new()
    }
}

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that tests compile")
}

fn add(effects: &mut Vec<Effect>, text: &str, change: clause::FoundChange) {
    let clause::FoundChange {
        key,
        number,
        place,
        is_certain,
    } = change;
    let known = effects
        .iter_mut()
        .find(|known| known.key == key && known.number == number);
    match known {
        Some(known) if !known.is_certain && is_certain => {
            known.sentence = mentions::sentence(text, place.clone());
            known.place = place;
            known.is_certain = true;
        }
        Some(_) => {}
        None => effects.push(Effect {
            key,
            number,
            sentence: mentions::sentence(text, place.clone()),
            place,
            is_certain,
        }),
    }
}

/// What is between quotation marks, block by block. A mark that is not closed quotes nothing.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) if text[..at].ends_with('\n') => open = None,
            ('“', None) => open = Some((at, '”')),
            ('"', None) => open = Some((at, '"')),
            (c, Some((start, end))) if c == end => {
                quotations.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    quotations
}
