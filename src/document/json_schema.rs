//! The front matter of a kind as a JSON Schema (draft-07), which editors such as VS Code complete and check by.
//!
//! It says what the checks say as far as the form goes: what YAML reads as a number (`2018`, `6109.10`) is let through
//! where the checks read it as text.

use super::kind::Kind;
use super::schema::{Field, Number, Schema, Shape};
use crate::schema::earlier;
use portolan_customs::country;
use serde_json::{Map, Value, json};

impl Schema {
    /// Makes the JSON Schema of a kind.
    #[must_use]
    pub fn json_schema(&self, kind: Kind) -> Value {
        let fields = self.fields(kind);
        let names = |field: &Field| {
            let earlier = earlier::earlier_key(&field.key).map(str::to_owned);
            [Some(field.key.to_string()), earlier].into_iter().flatten()
        };
        let properties: Map<String, Value> = fields
            .iter()
            .flat_map(|field| names(field).map(|name| (name, property(field))))
            .collect();
        let required: Vec<&str> = fields
            .iter()
            .filter(|field| field.required)
            .map(|field| field.key.as_ref())
            .collect();
        json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": format!("Front matter of a {}", self.kinds.name(kind)),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }
}

fn property(field: &Field) -> Value {
    let item = item(&field.shape);
    let list = json!({ "type": "array", "items": item, "minItems": 1 });
    let mut value = match field.number {
        Number::One => item,
        Number::Many => list,
        Number::OneOrMany => json!({ "anyOf": [item, list] }),
        Number::ManyOrAll => json!({ "anyOf": [{ "const": "all" }, list] }),
    };
    if let (Some(label), Some(object)) = (&field.label, value.as_object_mut()) {
        object.insert("title".to_owned(), json!(label));
    }
    value
}

const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

fn item(shape: &Shape) -> Value {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match shape {
        Shape::Text => json!({ "type": ["string", "number", "boolean"], "minLength": 1 }),
        Shape::Date => json!({ "anyOf": [
            pattern("^(unknown|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"),
            { "type": "integer", "minimum": 1789, "maximum": 2200 },
        ] }),
        Shape::Day => pattern(DAY),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Ruling => json!({
            "type": ["string", "integer"],
            "pattern": "^\\s*([A-Za-z ]+[ -]*)?([A-MRa-mr][0-9]{5}|[HNWhnw][0-9]{4,6}|[0-9]{5,6})\\s*$",
            "examples": ["NY N301234", "HQ H289712"],
        }),
        Shape::Hts => json!({
            "type": ["string", "number"],
            "pattern": "^\\s*([0-9][. ]*){2}(([0-9][. ]*){2}){0,4}$",
            "examples": ["6109.10.0012"],
        }),
        Shape::Country => json!({ "enum": country::codes().collect::<Vec<_>>() }),
        Shape::Citation => json!({
            "type": "string",
            "pattern": "^\\s*[0-9]{1,3}\\s*[A-Za-z. ]+[§ ]*[0-9]",
            "examples": ["19 CFR 177.12(b)", "19 U.S.C. 1625(c)", "79 FR 13322"],
        }),
        Shape::Slug | Shape::Center => {
            json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 120 })
        }
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Address => pattern("^/[^\\s\\\\<>\"'?#%]+$"),
        Shape::Change => json!({
            "type": "object",
            "properties": {
                "date": pattern(DAY),
                "note": { "type": "string", "minLength": 1 },
            },
            "required": ["date", "note"],
            "additionalProperties": false,
        }),
    }
}
