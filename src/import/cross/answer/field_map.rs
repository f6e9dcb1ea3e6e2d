//! Which keys of a record hold which fields, for JSON that was not written by CROSS.

use crate::diagnostic::suggestion;
use crate::import::ImportError;
use crate::import::cross::record::RELATIONS;
use crate::import::mapping::Mapping;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The fields that a record may have beside [`RELATIONS`], and the key of front matter that each becomes.
const FIELDS: &[(&str, &str)] = &[
    ("rulingNumber", "number"),
    ("subject", "title"),
    ("rulingDate", "date"),
    ("collection", "collection"),
    ("categories", "category"),
    ("tariffs", "hts"),
    ("operationallyRevoked", "withdrawn"),
    ("noticePublished", "published"),
    ("noticeEffective", "effective"),
    ("origin", "origin"),
    ("summary", "summary"),
    ("product", "product"),
    ("productDescription", "passage"),
    ("source", "source"),
    ("text", "body"),
];

/// Keys of records by the field that they hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    keys: BTreeMap<&'static str, String>,
    constants: BTreeMap<&'static str, String>,
}

impl FieldMap {
    /// Reads a mapping as it is written for tables: a field goes by its name in CROSS or by its key of front matter.
    ///
    /// # Errors
    /// When a field is not known, or the mapping says more than records can take.
    pub fn new(mapping: &Mapping) -> Result<Self, ImportError> {
        if mapping.folder.is_some() || mapping.kind.as_deref().is_some_and(|kind| kind != "ruling")
        {
            let message = "records of CROSS are rulings, and their Center follows from the goods: remove `kind` and `folder` from the mapping";
            return Err(ImportError::Mapping(message.to_owned()));
        }
        let keys = mapping
            .columns
            .iter()
            .map(|(name, key)| Ok((field(name)?, key.clone())));
        let constants = mapping
            .constants
            .iter()
            .map(|(name, value)| Ok((field(name)?, value.clone())));
        Ok(Self {
            keys: keys.collect::<Result<_, ImportError>>()?,
            constants: constants.collect::<Result<_, ImportError>>()?,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.constants.is_empty()
    }

    /// Gives a record's values the names of their fields. A key with points leads into inner objects.
    pub(super) fn apply(&self, object: &mut Map<String, Value>) {
        let mut found = Vec::new();
        for (field, key) in &self.keys {
            if let Some(value) = value_at(object, key).filter(|value| !value.is_null()) {
                found.push((*field, value.clone()));
            }
        }
        for key in self.keys.values() {
            object.remove(key);
        }
        for (field, value) in found {
            object.insert(field.to_owned(), value);
        }
        for (field, value) in &self.constants {
            if object.get(*field).is_none_or(Value::is_null) {
                object.insert((*field).to_owned(), Value::String(value.clone()));
            }
        }
    }

    /// Says which mapped key no record has.
    ///
    /// # Errors
    /// With the keys that there are.
    pub(in crate::import::cross) fn check(
        &self,
        seen: &BTreeSet<String>,
    ) -> Result<(), ImportError> {
        let is_seen = |key: &str| {
            seen.contains(key)
                || key
                    .split_once('.')
                    .is_some_and(|(outer, _)| seen.contains(outer))
        };
        let Some(missing) = self
            .keys
            .values()
            .find(|key| !is_seen(key))
            .filter(|_| !seen.is_empty())
        else {
            return Ok(());
        };
        let names = seen.iter().map(String::as_str);
        let help = suggestion(missing, names.clone(), || {
            format!("the keys are: {}", names.collect::<Vec<_>>().join(", "))
        });
        Err(ImportError::Mapping(format!(
            "no record has the key `{missing}`: {help}"
        )))
    }
}

fn field(name: &str) -> Result<&'static str, ImportError> {
    let known = fields().find(|(field, key)| *field == name || *key == name);
    known.map(|(field, _)| *field).ok_or_else(|| {
        let names = fields().flat_map(|(field, key)| [*field, *key]);
        let help = suggestion(name, names, || {
            format!(
                "it has: {}",
                fields().map(|(_, key)| *key).collect::<Vec<_>>().join(", ")
            )
        });
        ImportError::Mapping(format!("a record has no field `{name}`: {help}"))
    })
}

fn value_at<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    if let Some(value) = object.get(key) {
        return Some(value);
    }
    let (outer, inner) = key.split_once('.')?;
    value_at(object.get(outer)?.as_object()?, inner)
}

/// Every field with its key of front matter.
fn fields() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    FIELDS.iter().chain(RELATIONS)
}
