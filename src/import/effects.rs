//! What a letter's words do to other rulings, as relations of its document: marked, until an editor confirms them.

use super::draft::Draft;
use super::note::{Note, NoteKind};
use super::record::Record;
use super::yaml::Value;
use crate::document::plain::Plain;
use portolan_customs::effects;

/// The keys that are written from the words of a letter. Only a new file gets them: in one that is there an editor may
/// have removed them.
pub(super) const KEYS: &[&str] = &[
    "revokes",
    "modifies",
    "supersedes",
    "reinstates",
    "unconfirmed",
];

/// Adds the rulings that a letter's text changes in words that cannot be read otherwise, where the record is silent.
/// `check` reports the other ones.
pub(super) fn say(draft: &mut Draft, record: &Record, title: Option<&str>, notes: &mut Vec<Note>) {
    let Some(body) = &draft.body else {
        return;
    };
    if title.is_some_and(|title| title.to_lowercase().contains("propos")) {
        return;
    }
    let mut found = effects::find(&Plain::of(body).text, Some(&record.number));
    found.retain(|effect| effect.is_certain && !record.relations.contains_key(effect.key));
    let mut unconfirmed: Vec<String> = Vec::new();
    for key in KEYS {
        let numbers: Vec<String> = found
            .iter()
            .filter(|effect| effect.key == *key)
            .map(|effect| effect.number.cited())
            .collect();
        if numbers.is_empty() {
            continue;
        }
        let message = format!("`{key}: {}`, not confirmed", numbers.join(", "));
        notes.push(Note::new(NoteKind::ReadFromLetter, &draft.key, message));
        draft.or_else(key, &Value::List(numbers.clone()));
        unconfirmed.extend(numbers);
    }
    unconfirmed.dedup();
    if !unconfirmed.is_empty() {
        draft.or_else("unconfirmed", &Value::List(unconfirmed));
    }
}
