//! What a letter's words do to other rulings: `NY N336482 is hereby REVOKED`.
//!
//! In: plain text. Out: each ruling that the text changes, with its place and whether the sentence can be read otherwise.
//! Reports of what others did, wishes, proposals, conditions, denials and quotations are no changes. Knows no document.

mod clause;
mod sentence;
#[cfg(test)]
mod tests;
mod words;

use super::mentions;
use portolan_search::RulingNumber;
use std::ops::Range;

/// A change of a ruling that a text speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The key of front matter that says the same: `revokes`, or `revoked_by` where the text tells of its own fate.
    pub key: &'static str,
    /// The other ruling.
    pub number: RulingNumber,
    /// Where its number stands.
    pub place: Range<usize>,
    /// The sentence that says so.
    pub sentence: String,
    /// Whether the sentence is of a form that cannot be read otherwise.
    pub is_certain: bool,
}

/// Finds the rulings that a text changes, each once for each key, in the text's order. `own` is the number of the ruling
/// whose text it is. A blank line ends a block; a block that is a heading of a few words begins a part of the letter.
#[must_use]
pub fn find(text: &str, own: Option<&RulingNumber>) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    if !mentions_verb(text) {
        return effects;
    }
    let mentions = mentions::find(text);
    let quoted = quotations(text);
    for (span, in_section) in sentence::sentences(text) {
        let tokens = sentence::tokens(text, span.clone(), &mentions);
        if !tokens.iter().any(|(_, token)| token.is_ruling()) {
            continue;
        }
        let is_quoted = |at: usize| quoted.iter().any(|quotation| quotation.contains(&at));
        for change in clause::changes(&tokens, own, in_section, &is_quoted) {
            add(&mut effects, text, change);
        }
    }
    effects
}

/// Finds the rulings that a letter's subject line says it changes: `Revocation of NY N258826; arm sleeves`. Never certain:
/// a draft has the same line.
#[must_use]
pub fn find_in_title(title: &str, own: Option<&RulingNumber>) -> Vec<Effect> {
    let mentions = mentions::find(title);
    let tokens = sentence::tokens(title, 0..title.len(), &mentions);
    let mut effects = Vec::new();
    let named = clause::named(&tokens, own);
    for change in named
        .into_iter()
        .chain(clause::changes(&tokens, own, true, &|_| false))
    {
        add(
            &mut effects,
            title,
            clause::Change {
                is_certain: false,
                ..change
            },
        );
    }
    effects
}

/// Most texts of a portal change nothing; this tells it without taking them apart.
fn mentions_verb(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() >= 4)
        .any(|word| words::verb_of(&word.to_ascii_lowercase()).is_some())
}

fn add(effects: &mut Vec<Effect>, text: &str, change: clause::Change) {
    let clause::Change {
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

/// What stands between quotation marks, block by block. A mark that is not closed quotes nothing.
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
