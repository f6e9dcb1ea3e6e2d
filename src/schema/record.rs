//! The keys of a mapping, and the traits of types that are read from them.

use super::field::{Field, Number, Section, Shape};
use super::node::{Node, Value};
use super::reader::Reader;
use super::values::Wrong;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The keys of a mapping that are known, each once, with their places.
#[derive(Debug, Default)]
pub(crate) struct Record<'n> {
    entries: Vec<(&'n Field, &'n Node, &'n Node)>,
}

impl<'n> Record<'n> {
    pub(super) fn push(&mut self, field: &'n Field, key: &'n Node, value: &'n Node) {
        self.entries.push((field, key, value));
    }

    /// The field, the key and the value of each entry.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'n Field, &'n Node, &'n Node)> {
        self.entries.iter().copied()
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(field, ..)| field.key == key)
    }

    /// Reads the value of a key; `None` where it is wrong, or absent and needed, both of which are reported.
    pub(crate) fn read<T: FieldType>(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        absent: fn() -> Option<T>,
    ) -> Option<T> {
        let entry = self.entries.iter().find(|(field, ..)| field.key == key);
        match entry {
            Some((field, key, value)) if !reader.is_absent(field, key, value) => {
                T::from_value(reader, field, value)
            }
            _ => absent(),
        }
    }
}

/// The keys of a mapping in one form for all its spellings, sorted by their names.
pub(crate) type Canonical = BTreeMap<&'static str, serde_yaml::Value>;

/// A type whose values are the keys of a mapping; [`keys!`] makes it one.
pub(crate) trait Keys: Sized {
    /// What the mapping is called in messages, and its keys.
    fn section() -> Section;

    /// Its keys that are there, each value in its normal form.
    fn canonical(&self) -> Canonical;

    /// Reads the keys; `None` where one of them is wrong.
    fn from_record(reader: &mut Reader<'_>, record: &Record<'_>) -> Option<Self>;
}

/// A type of a single value of a key, or of one entry of its list.
pub(crate) trait Item: Sized {
    /// The shape that describes it.
    fn shape() -> Shape;

    /// Whether it is written as one text, so that commas may have been meant to part several.
    fn is_text() -> bool {
        false
    }

    /// What is wrong with a text.
    fn wrong(_key: &str, _text: &str) -> Option<Wrong> {
        None
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self>;

    /// The value in its normal form.
    fn canonical_item(&self) -> serde_yaml::Value;
}

/// Reads the mapping below a key.
pub(crate) fn section<T: Keys>(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<T> {
    let Shape::Section(section) = &field.shape else {
        return reader.read(node);
    };
    if reader.is_toml() && !matches!(node.value, Value::Mapping(_)) {
        reader.wrong_form(field, node, "a mapping");
        return None;
    }
    let start = node.span.start;
    let record = reader.record(node, section, start..start)?;
    T::from_record(reader, &record)
}

/// A type of all values of a key.
pub(crate) trait FieldType: Sized {
    const NUMBER: Number;
    const REQUIRED: bool;

    /// The shape of each value.
    fn shape() -> Shape;

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self>;

    /// What a key is that is not there; `None` where every mapping has it.
    fn absent() -> Option<Self>;

    /// The values in their normal form; `None` for what is the same as an absent key.
    fn canonical_values(&self) -> Option<serde_yaml::Value>;
}

/// The description of a key of a type.
pub(crate) fn field<T: FieldType>(key: &'static str) -> Field {
    Field {
        key: Cow::Borrowed(key),
        alias: None,
        doc: "",
        shape: <T as FieldType>::shape(),
        number: T::NUMBER,
        required: T::REQUIRED,
        label: None,
        example: None,
        help: None,
        rule: None,
    }
}
