//! Types of the keys of a mapping: one declaration gives the type, its description and how it is read.

use super::field::{Field, Number, Section, Shape};
use super::node::{Node, Value};
use super::reader::Reader;
use super::value::{FromText, Wrong, flag};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};

/// The keys of a mapping that are known, each once, with their places.
#[derive(Debug)]
pub(crate) struct Record<'n> {
    /// The whole mapping.
    pub(crate) span: Range<usize>,
    entries: Vec<(&'n Field, &'n Node, &'n Node)>,
}

impl<'n> Record<'n> {
    pub(super) fn new(span: Range<usize>) -> Self {
        Self {
            span,
            entries: Vec::new(),
        }
    }

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

    /// Where a key's value is; where the mapping begins, for a key that is absent.
    pub(crate) fn span_of(&self, key: &str) -> Range<usize> {
        let entry = self.entries.iter().find(|(field, ..)| field.key == key);
        let start = self.span.start;
        entry.map_or(start..start, |(_, _, value)| value.span.clone())
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its bytes of the file.
    #[serde(skip)]
    pub span: Range<usize>,
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

/// The description of a key of a type.
pub(crate) fn field<T: FieldType>(key: &'static str) -> Field {
    Field {
        key: Cow::Borrowed(key),
        alias: None,
        shape: <T as FieldType>::shape(),
        number: T::NUMBER,
        required: T::REQUIRED,
        label: None,
        example: None,
        rule: None,
    }
}

/// Declares a type whose fields are the keys of a mapping.
///
/// The type of a field says what its values are, how many there are, and whether every mapping has it: `Option`, `Vec`
/// and `bool` may be absent. `= value` is what a key is that is absent, `as "type"` a key that is not the field's name, and
/// `=> [example("…")]` calls methods of [`Field`] on its description.
///
/// ```ignore
/// keys! {
///     /// A level of a program.
///     pub struct Level, "a level" {
///         /// As a reader sees it.
///         pub name: String,
///         /// What it brings.
///         pub benefits: Vec<String>,
///     }
/// }
/// ```
macro_rules! keys {
    (@key $name:ident) => { stringify!($name) };
    (@key $name:ident $key:literal) => { $key };
    (@absent $value:ty) => { <$value as $crate::schema::FieldType>::absent };
    (@absent $value:ty, $default:expr) => { || Some($default) };
    (@optional $field:ident) => { $field };
    (@optional $field:ident $default:expr) => { $field.optional() };
    (
        $(#[$meta:meta])*
        $visibility:vis struct $type:ident, $section:literal {
            $(
                $(#[$field_meta:meta])*
                $field_visibility:vis $name:ident $(as $key:literal)? : $value:ty
                    $(= $default:expr)?
                    $(=> [$($about:ident($said:expr)),+ $(,)?])?
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        $visibility struct $type {
            $($(#[$field_meta])* $field_visibility $name: $value,)*
        }

        impl $crate::schema::Keys for $type {
            fn section() -> $crate::schema::Section {
                $crate::schema::Section {
                    name: ::std::borrow::Cow::Borrowed($section),
                    fields: vec![$({
                        let key = $crate::schema::keys!(@key $name $($key)?);
                        let field = $crate::schema::field::<$value>(key);
                        let field = $crate::schema::keys!(@optional field $($default)?);
                        field$($(.$about($said))+)?
                    }),*],
                }
            }

            fn canonical(&self) -> $crate::schema::Canonical {
                let mut keys = $crate::schema::Canonical::new();
                $(
                    let key = $crate::schema::keys!(@key $name $($key)?);
                    let value = $crate::schema::FieldType::canonical_values(&self.$name);
                    keys.extend(value.map(|value| (key, value)));
                )*
                keys
            }

            fn from_record(
                reader: &mut $crate::schema::Reader<'_>,
                record: &$crate::schema::Record<'_>,
            ) -> Option<Self> {
                // Every key is read before the first wrong one ends it: each has a problem of its own.
                $(
                    let key = $crate::schema::keys!(@key $name $($key)?);
                    let absent = $crate::schema::keys!(@absent $value $(, $default)?);
                    let $name: Option<$value> = record.read(reader, key, absent);
                )*
                Some(Self { $($name: $name?),* })
            }
        }

        impl $crate::schema::Item for $type {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::Section(<Self as $crate::schema::Keys>::section())
            }

            fn from_node(
                reader: &mut $crate::schema::Reader<'_>,
                field: &$crate::schema::Field,
                node: &$crate::schema::Node,
            ) -> Option<Self> {
                $crate::schema::section(reader, field, node)
            }

            fn canonical_item(&self) -> serde_yaml::Value {
                let keys = $crate::schema::Keys::canonical(self).into_iter();
                let keys = keys.map(|(key, value)| (key.into(), value));
                serde_yaml::Value::Mapping(keys.collect())
            }
        }
    };
}
pub(crate) use keys;
