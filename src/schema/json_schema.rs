//! A description as a JSON Schema (draft-07), which editors such as VS Code complete and check by.
//!
//! It says what the checks say as far as the form goes: what YAML reads as a number (`2018`, `6109.10`) is let through
//! where the checks read it as text.

use super::field::{Field, Number, Section, Shape};
use super::reader::Dialect;
use super::values::zone::US_ZONES;
use portolan_customs::country;
use serde_json::{Map, Value, json};

/// Makes the JSON Schema of a file that is one mapping.
pub(crate) fn json_schema(title: &str, section: &Section, dialect: Dialect) -> Value {
    let mut schema = object(section, dialect);
    if let Some(object) = schema.as_object_mut() {
        let draft = "http://json-schema.org/draft-07/schema#";
        object.insert("$schema".to_owned(), json!(draft));
        object.insert("title".to_owned(), json!(title));
    }
    schema
}

fn object(section: &Section, dialect: Dialect) -> Value {
    let fields = section.fields.iter();
    let properties = fields.flat_map(|field| {
        let alias = field.alias.map(str::to_owned);
        let names = [field.key.to_string()].into_iter().chain(alias);
        names.map(|name| (name, property(field, dialect)))
    });
    let properties: Map<String, Value> = properties.collect();
    let required = section.fields.iter().filter(|field| field.required);
    let required: Vec<&str> = required.map(|field| field.key.as_ref()).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(field: &Field, dialect: Dialect) -> Value {
    let item = item(&field.shape, dialect);
    let mut list = json!({ "type": "array", "items": item });
    if dialect.refuses_empty_lists() {
        list["minItems"] = json!(1);
    }
    let mut value = match field.number {
        Number::One => item,
        Number::Many => list,
        Number::OneOrMany => json!({ "anyOf": [item, list] }),
        Number::ManyOrAll => json!({ "anyOf": [{ "const": "all" }, list] }),
    };
    if let Some(object) = value.as_object_mut() {
        object.extend(
            field
                .label
                .iter()
                .map(|label| ("title".to_owned(), json!(label))),
        );
        let about = [Some(field.doc.trim_end_matches('.')), field.help];
        let about = about.into_iter().flatten().filter(|text| !text.is_empty());
        let about = about.collect::<Vec<_>>().join("; ");
        if !about.is_empty() {
            object.insert("description".to_owned(), json!(format!("{about}.")));
        }
    }
    value
}

fn item(shape: &Shape, dialect: Dialect) -> Value {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match shape {
        // A cell is text.
        Shape::Count if dialect == Dialect::Csv => pattern("^[0-9]+$"),
        Shape::Text => json!({ "type": ["string", "number", "boolean"], "minLength": 1 }),
        Shape::Date => json!({ "anyOf": [
            pattern("^(unknown|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$"),
            { "type": "integer", "minimum": 1789, "maximum": 2200 },
        ] }),
        Shape::Day => pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        Shape::Moment => {
            pattern("^[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:00)?)?)?)?$")
        }
        Shape::Zone => {
            json!({ "type": "string", "minLength": 3, "examples": US_ZONES.map(|(name, _)| name) })
        }
        Shape::Link => {
            pattern("^(https?://[^\\s<>\"\\\\]+|mailto:[^\\s@]+@[^\\s@]+|/[^\\s\\\\<>\"']+)$")
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Positive => json!({ "type": "integer", "minimum": 1 }),
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
        Shape::Choice(choice) => json!({ "enum": choice.words }),
        Shape::Address => pattern("^/[^\\s\\\\<>\"'?#%]+$"),
        Shape::Section(section) => object(section, dialect),
        Shape::Named(shape) => {
            json!({ "type": "object", "additionalProperties": item(shape, dialect) })
        }
    }
}
