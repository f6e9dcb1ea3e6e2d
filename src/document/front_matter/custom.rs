//! Kinds and keys that site.toml adds.

use super::schema::Schema;
use crate::addresses;
use crate::config::{CONFIG_FILE, Config, FieldSettings, FieldType, capitalized};
use crate::diagnostic::{Code, Diagnostic, suggestion};
use crate::document::kind::{Kinds, MAX_CUSTOM, model, models};
use crate::schema::{Choice, Field, Number, Shape, slug};
use crate::source;
use std::borrow::Cow;
use std::ops::Range;

fn problem(span: Range<usize>, message: String, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidConfig, CONFIG_FILE, message)
        .at(span)
        .help(help)
}

/// What is wrong with the kinds of the settings.
pub(super) fn kind_problems(config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let built_in = Kinds::default();
    let mut names: Vec<&str> = built_in.all().map(|kind| built_in.name(kind)).collect();
    for (at, (folder, settings)) in config.kinds.iter().enumerate() {
        let span = folder.span.clone();
        let folder = &folder.value;
        let name = settings.name.as_str();
        let is_taken = built_in.of_folder(folder).is_some()
            || source::RESERVED.contains(&folder.as_str())
            || addresses::RESERVED.contains(&folder.as_str());
        if let Some(what) = slug::problem(folder) {
            problems.push(problem(
                span.clone(),
                format!("`{folder}` cannot be the folder of a kind: {what}"),
                format!("write `[kinds.{}]`", slug::proposal(folder)),
            ));
        } else if is_taken {
            problems.push(problem(
                span.clone(),
                format!("the portal has a folder `{folder}` of its own"),
                "give the kind another folder",
            ));
        }
        if slug::problem(name).is_some() {
            problems.push(problem(
                span.clone(),
                format!("`{name}` cannot be the name of a kind: search filters by it"),
                "write one document's name in lower case, for example `name = \"bulletin\"`",
            ));
        } else if names.contains(&name) {
            problems.push(problem(
                span.clone(),
                format!("there is a kind `{name}` already"),
                "give it another name",
            ));
        }
        names.push(name);
        if let Some(like) = &settings.like
            && model(&like.value).is_none()
        {
            problems.push(problem(
                like.span.clone(),
                format!("no kind can be like `{}`", like.value),
                suggestion(&like.value, models(), || {
                    format!("it is one of: {}", models().collect::<Vec<_>>().join(", "))
                }),
            ));
        }
        if at == MAX_CUSTOM {
            problems.push(problem(
                span,
                format!("more than {MAX_CUSTOM} kinds are added"),
                "use a key of the type `choice` for finer differences",
            ));
        }
    }
    problems
}

/// Adds the keys of the settings to a schema, and says what is wrong with them.
pub(super) fn extend(schema: &mut Schema, config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (kind_name, fields) in &config.fields {
        let Some(kind) = schema.kinds.of_name(kind_name) else {
            let span = kind_name.span.clone();
            let names: Vec<String> = schema
                .kinds
                .all()
                .map(|kind| schema.kinds.name(kind).to_owned())
                .collect();
            let known = names.iter().map(String::as_str);
            problems.push(problem(
                span,
                format!("there is no kind `{}`", kind_name.value),
                suggestion(&kind_name.value, known, || {
                    format!("the kinds are: {}", names.join(", "))
                }),
            ));
            continue;
        };
        for (key, settings) in fields {
            let span = key.span.clone();
            let key = &key.value;
            let own = schema.fields_mut(kind).map(Vec::as_mut_slice);
            let known = own
                .into_iter()
                .flatten()
                .find(|field| field.key == key.as_str() || field.alias == Some(key));
            match (known, settings.form) {
                (Some(field), None) => field.required |= settings.required,
                (Some(_), Some(_)) => problems.push(problem(
                    span,
                    format!("a {} has a key `{key}` already", kind_name.value),
                    "leave out `type` to make it required, or give the key another name",
                )),
                (None, None) => problems.push(problem(
                    span,
                    format!(
                        "`type` is missing: a {} has no key `{key}` yet",
                        kind_name.value
                    ),
                    "say what its values are, for example `type = \"text\"`",
                )),
                (None, Some(form)) => match field(key, form, settings) {
                    Ok(field) => schema
                        .fields_mut(kind)
                        .into_iter()
                        .for_each(|fields| fields.push(field.clone())),
                    Err((message, help)) => problems.push(problem(span, message, help)),
                },
            }
        }
    }
    problems
}

fn field(
    key: &str,
    form: FieldType,
    settings: &FieldSettings,
) -> Result<Field, (String, &'static str)> {
    let is_word = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_word {
        return Err((
            format!("`{key}` cannot be a key"),
            "write it with lower-case letters, digits and `_`",
        ));
    }
    if settings.values.is_empty() == (form == FieldType::Choice) {
        return Err(if form == FieldType::Choice {
            (
                format!("`{key}` is a choice without `values`"),
                "list the words that it allows: `values = [\"air\", \"sea\"]`",
            )
        } else {
            (
                format!("`{key}` has `values` but is no choice"),
                "write `type = \"choice\"`, or delete `values`",
            )
        });
    }
    let shape = match form {
        FieldType::Text => Shape::Text,
        FieldType::Date => Shape::Date,
        FieldType::Day => Shape::Day,
        FieldType::Flag => Shape::Flag,
        FieldType::Number => Shape::Count,
        FieldType::Ruling => Shape::Ruling,
        FieldType::Hts => Shape::Hts,
        FieldType::Country => Shape::Country,
        FieldType::Citation => Shape::Citation,
        FieldType::Choice => {
            let words = settings.values.iter().cloned().map(Cow::Owned);
            Shape::Choice(Choice {
                words: words.collect(),
                split: &[],
            })
        }
    };
    let label = settings.label.clone();
    let label = label.unwrap_or_else(|| capitalized(&key.replace('_', " ")));
    Ok(Field {
        key: Cow::Owned(key.to_owned()),
        alias: None,
        doc: "",
        shape,
        number: if settings.list {
            Number::Many
        } else {
            Number::One
        },
        required: settings.required,
        label: Some(label),
        example: None,
        help: None,
        rule: None,
    })
}
