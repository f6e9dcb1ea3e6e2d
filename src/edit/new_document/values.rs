//! The values of keys, as an editor gives them and as front matter has them.

use super::Unusable;
use crate::diagnostic::suggestion;
use crate::document::{Kind, Schema};
use crate::schema::yaml::write::Value;
use crate::schema::{Field, Number, Scalar, Shape};
use portolan_customs::HtsNumber;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The values of keys, as an editor gave them.
pub type Values = BTreeMap<String, Vec<String>>;

/// Finds a key of a kind.
///
/// # Errors
/// When the kind has no such key.
pub fn field<'s>(schema: &'s Schema, kind: Kind, key: &str) -> Result<&'s Field, Unusable> {
    let fields = schema.fields(kind);
    let found = fields
        .iter()
        .find(|field| field.key == key || field.alias == Some(key));
    found.ok_or_else(|| {
        let keys = fields.iter().map(|field| field.key.as_ref());
        let all = || format!("its keys are {}", schema.order(kind).join(", "));
        let help = suggestion(key, keys, all);
        Unusable::UnknownKey {
            name: schema.one(kind).to_owned(),
            key: key.to_owned(),
            help,
        }
    })
}

/// The values in one text: commas part those that have none themselves.
#[must_use]
pub fn parted(field: &Field, text: &str) -> Vec<String> {
    let is_list = field.number != Number::One;
    let has_commas = matches!(
        field.shape,
        Shape::Text | Shape::Citation | Shape::Section(_) | Shape::Named(_)
    );
    if !is_list || has_commas {
        return vec![text.trim().to_owned()];
    }
    let parts = text.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads a value of a key in its normal form.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn read_value(field: &Field, text: &str) -> Result<String, Unusable> {
    let text = text.trim();
    let key = field.key.as_ref();
    if text.is_empty() {
        let example = field.value_example();
        return Err(Unusable::value(
            format!("`{key}` is empty"),
            format!("write it as {example}"),
        ));
    }
    if field.number == Number::ManyOrAll && text == "all" {
        return Ok(text.to_owned());
    }
    if let Some((what, help)) = field.rule.and_then(|rule| rule(text)) {
        return Err(Unusable::value(what, help));
    }
    match Scalar::read(&field.shape, key, text) {
        Ok(Scalar::Ruling(number)) => Ok(number.cited()),
        Ok(value) => Ok(value.to_string()),
        Err(wrong) => Err(Unusable::value(wrong.message, wrong.help)),
    }
}

/// How a value of a key is given on the command line.
#[must_use]
pub fn flag(field: &Field) -> String {
    let example = match field.shape {
        Shape::Text => Cow::Borrowed("…"),
        _ => field.shape.example(),
    };
    let assignment = format!("{}={}", field.key, example.trim_matches('"'));
    if assignment.contains([' ', '…', '{', '[', '(']) {
        format!("--set \"{assignment}\"")
    } else {
        format!("--set {assignment}")
    }
}

/// The values of a key as YAML writes them.
pub(super) fn value(field: &Field, texts: &[String]) -> Result<Value, Unusable> {
    let is_raw = matches!(field.shape, Shape::Section(_) | Shape::Named(_));
    let is_bare = field.shape.is_bare() || is_raw;
    Ok(match (field.number, texts) {
        (Number::One, [text]) if is_bare => Value::Word(text.clone()),
        (Number::One, [text]) if text.contains('\n') => Value::Lines(text.clone()),
        (Number::One, [text]) => Value::Text(text.clone()),
        (Number::One, _) => {
            let what = format!("`{}` takes one value", field.key);
            return Err(Unusable::value(what, "give it once"));
        }
        (Number::ManyOrAll, [all]) if all == "all" => Value::Word(all.clone()),
        (_, texts) if is_bare => Value::Word(format!("[{}]", texts.join(", "))),
        (_, texts) => Value::List(texts.to_vec()),
    })
}

/// The tariff numbers among values.
#[must_use]
pub fn hts(values: &Values) -> Vec<HtsNumber> {
    let texts = values.get("hts").into_iter().flatten();
    texts.filter_map(|text| text.parse().ok()).collect()
}
