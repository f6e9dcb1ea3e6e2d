//! Types of the values of a key: one, one or none, several, a flag, with their places, and under names.

use super::field::{Field, Number, Shape};
use super::node::{Node, Value};
use super::reader::Reader;
use super::record::{FieldType, Item};
use super::values::{FromText, Wrong, flag};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::ops::{Deref, Range};

impl<T: FromText> Item for T {
    fn shape() -> Shape {
        <T as FromText>::shape()
    }

    fn is_text() -> bool {
        true
    }

    fn wrong(key: &str, text: &str) -> Option<Wrong> {
        T::from_text(key, text).err()
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self> {
        reader.scalar(field, node)
    }

    fn canonical_item(&self) -> serde_yaml::Value {
        self.to_text().into()
    }
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its bytes of the file.
    pub span: Range<usize>,
}

/// Data has the value alone, and the cache the place, too.
impl<T: Serialize> Serialize for Located<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            self.value.serialize(to)
        } else {
            (&self.value, &self.span).serialize(to)
        }
    }
}

/// Reads it from the cache.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (value, span) = Deserialize::deserialize(from)?;
        Ok(Self { value, span })
    }
}

impl<T> Located<T> {
    /// A value that the file does not say: it has no place.
    pub(crate) fn absent(value: T) -> Self {
        Self { value, span: 0..0 }
    }
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Item> Item for Located<T> {
    fn shape() -> Shape {
        <T as Item>::shape()
    }

    fn is_text() -> bool {
        T::is_text()
    }

    fn wrong(key: &str, text: &str) -> Option<Wrong> {
        T::wrong(key, text)
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self> {
        Some(Self {
            value: T::from_node(reader, field, node)?,
            span: node.span.clone(),
        })
    }

    fn canonical_item(&self) -> serde_yaml::Value {
        Item::canonical_item(&self.value)
    }
}

/// Values under names that the file gives, sorted by them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T>(Vec<(Located<String>, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Named<T> {
    /// Each name with its value.
    pub fn iter(&self) -> std::slice::Iter<'_, (Located<String>, T)> {
        self.0.iter()
    }
}

impl<'a, T> IntoIterator for &'a Named<T> {
    type Item = &'a (Located<String>, T);
    type IntoIter = std::slice::Iter<'a, (Located<String>, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (&name.value, value)))
    }
}

impl<T: Item> Item for Named<T> {
    fn shape() -> Shape {
        Shape::Named(Box::new(<T as Item>::shape()))
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self> {
        let (Value::Mapping(entries), Shape::Named(shape)) = (&node.value, &field.shape) else {
            reader.wrong_form(field, node, "a mapping");
            return None;
        };
        let mut below = Field {
            shape: (**shape).clone(),
            ..field.clone()
        };
        let read = entries.iter().map(|(key, value)| {
            let name = key.text().unwrap_or_default();
            below.key = Cow::Owned(name.to_owned());
            let name = Located {
                value: name.to_owned(),
                span: key.span.clone(),
            };
            Some((name, T::from_node(reader, &below, value)?))
        });
        let read: Vec<Option<(Located<String>, T)>> = read.collect();
        let mut read: Vec<(Located<String>, T)> = read.into_iter().collect::<Option<_>>()?;
        read.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
        Some(Self(read))
    }

    fn canonical_item(&self) -> serde_yaml::Value {
        let entries = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str().into(), Item::canonical_item(value)));
        serde_yaml::Value::Mapping(entries.collect())
    }
}

impl<T: Item> FieldType for T {
    const NUMBER: Number = Number::One;
    const REQUIRED: bool = true;

    fn shape() -> Shape {
        <T as Item>::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        T::from_node(reader, field, value)
    }

    fn absent() -> Option<Self> {
        None
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        Some(Item::canonical_item(self))
    }
}

impl<T: Item> FieldType for Option<T> {
    const NUMBER: Number = Number::One;
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        <T as Item>::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        T::from_node(reader, field, value).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        self.as_ref().map(Item::canonical_item)
    }
}

impl<T: Item> FieldType for Vec<T> {
    const NUMBER: Number = Number::Many;
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        <T as Item>::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        reader.items(field, value)
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        let values = self.iter().map(Item::canonical_item);
        (!self.is_empty()).then(|| serde_yaml::Value::Sequence(values.collect()))
    }
}

/// A flag that is not there is false.
impl FieldType for bool {
    const NUMBER: Number = Number::One;
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        Shape::Flag
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        let text = reader.scalar_text(field, value)?;
        match flag(&field.key, text) {
            Ok(flag) => Some(flag),
            Err(wrong) => {
                reader.wrong(field, value, wrong, &|text| flag(&field.key, text).err());
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        self.then_some(true.into())
    }
}
