//! Keys of front matter, and the values that a key takes.

use super::cursor::ValueCursor;
use super::{MAX_PROPOSALS, Proposal, Proposals, has_words, numbers, words};
use crate::document::Fields;
use crate::lsp::answers::Answers;
use crate::lsp::answers::hover::field_words;
use crate::lsp::answers::mentions::names_decisions;
use crate::portal::Portal;
use crate::schema::{Field, Number, Shape, US_ZONES};
use gen_lsp_types::CompletionItemKind as Icon;
use portolan_customs::country;
use std::ops::Range;

/// The keys that are not there yet, the required ones first.
pub(super) fn keys(
    fields: &[Field],
    present: &[&str],
    typed: Range<usize>,
    has_colon: bool,
) -> Proposals {
    let is_present = |field: &Field| {
        present
            .iter()
            .any(|key| field.key == *key || field.alias == Some(key))
    };
    let (required, optional): (Vec<&Field>, Vec<&Field>) = fields
        .iter()
        .filter(|field| !is_present(field))
        .partition(|field| field.required);
    let list = required.into_iter().chain(optional).map(|field| {
        let what = field.label.as_deref().unwrap_or(field.doc);
        let need = if field.required { "required" } else { "" };
        Proposal {
            text: format!("{}{}", field.key, if has_colon { "" } else { ": " }),
            documentation: Some(field_words(field, ": ")),
            ..Proposal::new(field.key.clone(), Icon::Property)
        }
        .detail(if need.is_empty() {
            what.to_owned()
        } else {
            format!("{need}: {what}")
        })
    });
    Proposals {
        typed,
        list: list.collect(),
        is_filtered: false,
    }
}

/// The values of a key; `None` where any text is one.
pub(super) fn values(
    answers: &Answers<'_>,
    fields: &[Field],
    text: &str,
    cursor: ValueCursor<'_>,
) -> Option<Proposals> {
    let is_meant = |field: &&Field| field.key == cursor.key || field.alias == Some(cursor.key);
    let field = fields.iter().find(is_meant)?;
    let Shape::Section(section) = &field.shape else {
        return of_shape(answers, field, text, &cursor);
    };
    // Entries are mappings: `{date: 2018-11-05, note: …}`.
    let entry = &text[cursor.typed.start..cursor.at];
    let Some((key, value)) = entry.split_once(':') else {
        return Some(keys(&section.fields, &[], cursor.typed, false));
    };
    let value = value.trim_start_matches([' ', '"', '\'']);
    let below = ValueCursor {
        key: key.trim(),
        typed: cursor.at - value.len()..cursor.typed.end,
        ..cursor
    };
    values(answers, &section.fields, text, below)
}

fn of_shape(
    answers: &Answers<'_>,
    field: &Field,
    text: &str,
    cursor: &ValueCursor<'_>,
) -> Option<Proposals> {
    let typed = &text[cursor.typed.start..cursor.at];
    let mut is_filtered = false;
    let mut list = match &field.shape {
        // Its own number: another one's would be a duplicate.
        Shape::Ruling if field.key == "number" => return None,
        Shape::Ruling => {
            is_filtered = true;
            numbers::rulings(answers, typed)
        }
        Shape::Hts => {
            is_filtered = true;
            numbers::tariff(answers.portal()?, typed)
        }
        Shape::Choice(choice) => {
            let words = choice.words.iter();
            words
                .map(|word| Proposal::new(word.clone(), Icon::EnumMember))
                .collect()
        }
        Shape::Flag => ["true", "false"]
            .map(|word| Proposal::new(word, Icon::Keyword))
            .into(),
        Shape::Country => countries(),
        Shape::Center => centers(answers.portal()?, field),
        Shape::Date | Shape::Day | Shape::Moment => today(answers, field)?,
        Shape::Zone => US_ZONES
            .map(|(name, iana)| Proposal::new(name, Icon::EnumMember).detail(iana))
            .into(),
        Shape::Text if names_decisions(&field.key) => {
            is_filtered = true;
            decisions(answers.portal()?, typed)
        }
        Shape::Text => named(answers.portal()?, &field.key)?,
        Shape::Count
        | Shape::Positive
        | Shape::Citation
        | Shape::Slug
        | Shape::Address
        | Shape::Link => {
            return None;
        }
        Shape::Section(_) | Shape::Named(_) => return None,
    };
    if !cursor.is_quoted && needs_quotes(&field.shape) {
        for proposal in &mut list {
            proposal.text = format!("\"{}\"", proposal.text);
        }
    }
    // `key:` without a blank would not be a key.
    if text[..cursor.typed.start].ends_with(':') {
        for proposal in &mut list {
            proposal.text.insert(0, ' ');
        }
    }
    Some(Proposals {
        typed: cursor.typed.clone(),
        list,
        is_filtered,
    })
}

/// Whether YAML reads some values as numbers, or as something else than text, without quotes.
fn needs_quotes(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Ruling | Shape::Hts | Shape::Text | Shape::Country
    )
}

fn countries() -> Vec<Proposal> {
    let codes = country::codes();
    codes
        .map(|code| {
            let name = country::name(code).unwrap_or_default();
            Proposal::new(code, Icon::EnumMember).detail(name)
        })
        .collect()
}

fn centers(portal: &Portal, field: &Field) -> Vec<Proposal> {
    let all = (field.number == Number::ManyOrAll)
        .then(|| Proposal::new("all", Icon::Keyword).detail("Every Center of an industry"));
    let centers = portal.centers.iter().map(|center| {
        let city = center.record.city.iter().map(String::as_str);
        let about: Vec<&str> = [center.record.name.as_str()]
            .into_iter()
            .chain(city)
            .collect();
        Proposal::new(center.slug(), Icon::EnumMember).detail(about.join(", "))
    });
    centers.chain(all).collect()
}

fn today(answers: &Answers<'_>, field: &Field) -> Option<Vec<Proposal>> {
    let day = answers.survey?.day.date.to_string();
    let unknown = matches!(field.shape, Shape::Date)
        .then(|| Proposal::new("unknown", Icon::Keyword).detail("The date is not known"));
    let today = Proposal::new(day, Icon::Value).detail("today");
    Some([today].into_iter().chain(unknown).collect())
}

/// The decisions whose name or title has what is typed, the newest first.
fn decisions(portal: &Portal, typed: &str) -> Vec<Proposal> {
    let wanted = words(typed);
    let newest = portal.newest.iter().map(|id| portal.document(*id));
    let proposals = newest.filter_map(|document| {
        let Fields::Decision(decision) = &document.fields else {
            return None;
        };
        let name = decision.citation.as_ref().or(decision.number.as_ref());
        let name = name.map_or(document.slug.as_str(), String::as_str);
        let title = &document.common.title;
        let is_meant = has_words(&format!("{name} {title}"), &wanted);
        is_meant.then(|| Proposal::new(name, Icon::Reference).detail(title))
    });
    proposals.take(MAX_PROPOSALS).collect()
}

/// The names that a table has for the values of a key; `None` for keys that no table has names for.
fn named(portal: &Portal, key: &str) -> Option<Vec<Proposal>> {
    let tables = &portal.tables;
    let names: Vec<(&str, &str)> = match key {
        "programs" => {
            let programs = tables.programs.iter().flatten();
            programs
                .map(|it| (it.id.as_str(), it.name.as_str()))
                .collect()
        }
        "agencies" => {
            let agencies = tables.agencies.iter().flatten();
            agencies
                .map(|it| (it.id.as_str(), it.name.as_str()))
                .collect()
        }
        "contacts" => {
            let roles = tables.contacts.iter().flat_map(|contacts| &contacts.roles);
            roles.map(|it| (it.id.as_str(), it.name.as_str())).collect()
        }
        _ => return None,
    };
    let names = names.into_iter();
    Some(
        names
            .map(|(id, name)| Proposal::new(id, Icon::EnumMember).detail(name))
            .collect(),
    )
}
