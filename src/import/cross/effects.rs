//! What a letter's words do to other rulings, as relations of its document: marked, until an editor confirms them.

use super::record::Record;
use crate::document::body::{Body, plain::Plain};
use crate::import::draft::Draft;
use crate::import::note::{Note, NoteKind};
use crate::import::yaml::Value;
use portolan_customs::{Change, effects};

/// Adds the rulings that a letter's text changes in words that cannot be read otherwise, where the record is silent.
/// `check` reports the other ones.
pub(super) fn say(draft: &mut Draft, record: &Record, title: Option<&str>, notes: &mut Vec<Note>) {
    let Some(body) = &draft.body else {
        return;
    };
    if title.is_some_and(|title| title.to_lowercase().contains("propos")) {
        return;
    }
    let mut found = effects::find(&Plain::of(&Body::parse(body, 0)).text, Some(&record.number));
    found.retain(|effect| effect.is_certain && !record.relations.contains_key(effect.key));
    let mut unconfirmed: Vec<String> = Vec::new();
    for key in Change::ALL.map(Change::verb) {
        let numbers: Vec<String> = found
            .iter()
            .filter(|effect| effect.key == key)
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
