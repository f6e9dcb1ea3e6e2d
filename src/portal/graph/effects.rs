//! What the words of letters do to rulings, against what front matter says: no ruling stays in force unsaid.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Fields, FoundEffects, Ruling};
use crate::portal::graph::relations::{Relations, incoming, outgoing};
use crate::portal::{DocId, Document, Documents};
use portolan_customs::effects::Effect;
use portolan_customs::{Change, RulingNumber};

/// Reports words that change a ruling which no front matter names, relations that nobody has confirmed, and marks that fit
/// no relation.
pub(in crate::portal) fn check(documents: &Documents, relations: &Relations) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (id, document) in documents.iter_enumerated() {
        if let Fields::Ruling(ruling) = &document.fields {
            problems.extend(unconfirmed(document, ruling));
            problems.extend(contradicted(document, ruling));
        }
        if let Some(effects) = &document.in_text.effects {
            let open = effects
                .found
                .iter()
                .filter(|effect| !is_said(effect, effects, id, relations));
            problems.extend(reports(document, effects, &open.collect::<Vec<_>>()));
        }
    }
    problems
}

/// Whether the file of the other ruling, or of another document, says the same.
fn is_said(effect: &Effect, effects: &FoundEffects, id: DocId, relations: &Relations) -> bool {
    let (target, by) = if is_own_change(effect) {
        (Some(id), &effect.number)
    } else {
        (relations.ruling(&effect.number), &effects.own)
    };
    target.is_some_and(|target| {
        let mut known = relations.changed_by[target].iter();
        known.any(|incoming| incoming.by.number == *by)
    })
}

fn is_own_change(effect: &Effect) -> bool {
    effect.key.ends_with("_by")
}

fn reports(document: &Document, effects: &FoundEffects, open: &[&Effect]) -> Vec<Diagnostic> {
    let is_ruling = matches!(document.fields, Fields::Ruling(_));
    let mut fixed: Vec<&str> = Vec::new();
    let reports = open.iter().map(|effect| {
        let number = effect.number.cited();
        let key = effect.key;
        let says = if is_own_change(effect) {
            format!("the text says that this ruling is {} {number}", key.replace('_', " "))
        } else if effect.is_certain {
            format!("the text {key} {number}")
        } else {
            format!("the text seems to say that it {key} {number}")
        };
        let help = if is_ruling {
            format!(
                "add `{key}: [\"{number}\"]` to the front matter; if the sentence says something else, add `not_relations: [\"{number}\"]`"
            )
        } else {
            let own = effects.own.cited();
            let change = Change::ALL.into_iter().find(|change| change.verb() == key);
            // No key says that a ruling was put back in force.
            let passive = change.and_then(Change::inverse_key).unwrap_or("revoked_by");
            format!(
                "add `{passive}: [\"{own}\"]` to the front matter of {number}; if the sentence says something else, add `not_relations: [\"{number}\"]` here"
            )
        };
        let problem = Diagnostic::warning(
            Code::EffectInText,
            document.path.clone(),
            format!("{says}, but the front matter does not"),
        )
        .at(effect.place.clone())
        .note(format!("the sentence: {}", effect.sentence))
        .help(help);
        if !is_ruling || !effect.is_certain || fixed.contains(&key) {
            return problem;
        }
        // One change of the file for all rulings of a key: two would be put in at one place.
        fixed.push(key);
        let numbers: Vec<&RulingNumber> = open
            .iter()
            .filter(|other| other.key == key && other.is_certain)
            .map(|other| &other.number)
            .collect();
        match effects.fix(key, &numbers) {
            Some(fix) => problem.fix(fix.span, fix.replacement),
            None => problem,
        }
    });
    reports.collect()
}

/// Relations that were found in the text and wait for an editor.
fn unconfirmed(document: &Document, ruling: &Ruling) -> Vec<Diagnostic> {
    let marks = ruling.unconfirmed.iter().enumerate();
    let problems = marks.map(|(at, number)| {
        let shown = number.cited();
        let span = document.entry_span("unconfirmed", at);
        match key_of(ruling, number) {
            Some(key) => Diagnostic::warning(
                Code::UnconfirmedRelation,
                document.path.clone(),
                format!("`{key}: {shown}` was found in the text and is not confirmed yet"),
            )
            .at(span)
            .help(format!(
                "read the letter: if it {}, remove {shown} from `unconfirmed`; if not, move it from `{key}` and `unconfirmed` to `not_relations`",
                if key.ends_with("_by") { "says so".to_owned() } else { format!("{key} {shown}") },
            )),
            None => Diagnostic::warning(
                Code::RelationMark,
                document.path.clone(),
                format!("`unconfirmed` names {shown}, but no relation does"),
            )
            .at(span)
            .help(format!("delete the entry, or add the relation, for example `revokes: [\"{shown}\"]`")),
        }
    });
    problems.collect()
}

/// Rulings that the front matter both changes and says not to change.
fn contradicted(document: &Document, ruling: &Ruling) -> Vec<Diagnostic> {
    let marks = ruling.not_relations.iter().enumerate();
    let problems = marks.filter_map(|(at, number)| {
        let key = key_of(ruling, number)?;
        let shown = number.cited();
        Some(
            Diagnostic::warning(
                Code::RelationMark,
                document.path.clone(),
                format!("{shown} stands in `{key}` and in `not_relations`"),
            )
            .at(document.entry_span("not_relations", at))
            .help("keep the one that the letter says"),
        )
    });
    problems.collect()
}

/// The key of a ruling that names another one.
fn key_of(ruling: &Ruling, number: &RulingNumber) -> Option<&'static str> {
    let out = outgoing(ruling).map(|(_, key, numbers)| (key, numbers));
    let into = incoming(ruling).map(|(_, key, numbers)| (key, numbers));
    let mut keys = out.into_iter().chain(into);
    keys.find(|(_, numbers)| numbers.contains(number))
        .map(|(key, _)| key)
}
