//! What entries of tables have in common: ids, and the names of entries that are in other places.

use crate::diagnostic::{Code, Diagnostic, suggestion};
use crate::ids::IndexVec;
use crate::schema::yaml;
use crate::schema::{
    Field, FieldType, Item, Keys, Node, Number, Reader, Shape, Value, Wrong, slug,
};
use camino::Utf8Path;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashSet;
use std::ops::{Deref, Range};

/// The largest table in bytes; a real one stays below 64 kB.
const MAX_BYTES: usize = 256 * 1024;

/// The problems after which no more guesses are made: each compares a word with all known ones.
const MAX_GUESSES: usize = 100;

/// The words that a message names.
const MAX_NAMED: usize = 20;

/// Reads a table. `also` checks what several of its entries must say together.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(super) fn read<T: Keys>(
    file: &'static str,
    bytes: &[u8],
    also: impl FnOnce(&mut Reader<'_>, &Node),
) -> Result<T, Vec<Diagnostic>> {
    let path = Utf8Path::new(file);
    if bytes.len() > MAX_BYTES {
        let what = format!("the table is larger than {} kB", MAX_BYTES / 1024);
        return Err(vec![
            Diagnostic::error(Code::InvalidData, path, what)
                .help("keep what readers need to find the right office"),
        ]);
    }
    yaml::read(path, bytes, also)
}

/// The name of something in another table or of a Center, with its place: whether it is there shows later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// An id or a slug.
    pub id: String,
    /// Its place.
    pub span: Range<usize>,
}

/// Data has the name alone, and the cache the place, too.
impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&self.id)
        } else {
            (&self.id, &self.span).serialize(serializer)
        }
    }
}

/// Reads it from the cache.
impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (id, span) = Deserialize::deserialize(from)?;
        Ok(Self { id, span })
    }
}

impl Item for Reference {
    fn shape() -> Shape {
        Shape::Text
    }

    fn is_text() -> bool {
        true
    }

    fn wrong(_: &str, _: &str) -> Option<Wrong> {
        None
    }

    fn from_node(reader: &mut Reader<'_>, field: &Field, node: &Node) -> Option<Self> {
        Some(Self {
            id: String::from_node(reader, field, node)?,
            span: node.span.clone(),
        })
    }

    fn canonical_item(&self) -> serde_yaml::Value {
        self.id.clone().into()
    }
}

/// A list that every entry has, though it may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Listed<T>(Vec<T>);

impl<T> Deref for Listed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> From<Vec<T>> for Listed<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T: Item> FieldType for Listed<T> {
    const NUMBER: Number = Number::Many;
    const REQUIRED: bool = true;

    fn shape() -> Shape {
        T::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        reader.items(field, value).map(Self)
    }

    fn absent() -> Option<Self> {
        None
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        self.0.canonical_values()
    }
}

/// The entries of a table, which every table has, though there may be none.
impl<I, T: Item> FieldType for IndexVec<I, T> {
    const NUMBER: Number = Number::Many;
    const REQUIRED: bool = true;

    fn shape() -> Shape {
        T::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        reader.items(field, value).map(Self::from)
    }

    fn absent() -> Option<Self> {
        None
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        let values = self.iter().map(Item::canonical_item);
        Some(serde_yaml::Value::Sequence(values.collect()))
    }
}

/// What is wrong with an id: it names an anchor or a page, so it has no blanks.
pub(super) fn id_problem(id: &str) -> Option<(String, String)> {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(is_word) {
        return Some((
            format!("is not a word: `{id}`"),
            "write it with lower-case letters, digits and hyphens, as `account-manager`".to_owned(),
        ));
    }
    slug::problem(id).map(|reason| {
        (
            format!("cannot name a page: `{id}`"),
            format!("choose another word: {reason}"),
        )
    })
}

/// What is wrong with a web address.
pub(super) fn web_address_problem(text: &str) -> Option<(String, String)> {
    let is_address = (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || "\"'<>\\".contains(c));
    (!is_address).then(|| {
        (
            format!("is not a web address: `{text}`"),
            "write it as \"https://www.example.gov/directory\"".to_owned(),
        )
    })
}

/// The items of a list; none where there is no list.
pub(super) fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    match node.get(key).map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// The ids of the entries of a list, as far as they can be read. Reports those that more than one entry has.
pub(super) fn ids<'n>(reader: &mut Reader<'_>, root: &'n Node, list: &str) -> HashSet<&'n str> {
    let mut ids = HashSet::new();
    for node in items(root, list).iter().filter_map(|entry| entry.get("id")) {
        if let Some(id) = node.text().filter(|id| !ids.insert(*id)) {
            let what = format!("duplicate id: `{id}`");
            let help = "give each entry an id of its own";
            reader.report(Code::InvalidData, node.span.clone(), what, help);
        }
    }
    ids
}

/// The ids of a list that other entries name.
pub(super) struct Names<'a> {
    /// What each is: `role`.
    name: &'static str,
    /// The list: `roles`.
    list: &'static str,
    sorted: Vec<&'a str>,
    guesses: usize,
}

impl<'a> Names<'a> {
    pub(super) fn new(name: &'static str, list: &'static str, ids: HashSet<&'a str>) -> Self {
        let mut sorted = Vec::from_iter(ids);
        sorted.sort_unstable();
        Self {
            name,
            list,
            sorted,
            guesses: 0,
        }
    }

    /// Reports each text of a list that is none of the ids.
    pub(super) fn check(&mut self, reader: &mut Reader<'_>, entry: &Node, key: &str) {
        for node in items(entry, key) {
            let Some(text) = node.text() else { continue };
            if self.sorted.binary_search(&text).is_ok() {
                continue;
            }
            self.guesses += 1;
            let may_guess = self.guesses <= MAX_GUESSES;
            let (name, list, sorted) = (self.name, self.list, &self.sorted);
            let near = sorted.iter().copied().filter(|_| may_guess);
            let help = suggestion(text, near, || {
                if sorted.is_empty() || sorted.len() > MAX_NAMED {
                    format!("write the `id` of an entry of `{list}`")
                } else {
                    format!("`{list}` has: {}", sorted.join(", "))
                }
            });
            let what = format!("there is no {name} `{text}` in `{list}`");
            reader.report(Code::InvalidData, node.span.clone(), what, help);
        }
    }
}
