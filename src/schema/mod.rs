//! The schema language: what the keys of a file are, and how its text is read into values with their places.
//!
//! One description serves front matter, the tables of `content/data/`, `site.toml` and `theme.toml`: [`keys!`] declares a
//! type with the keys of a mapping, [`words!`] one with the words that a key takes, and [`FromText`] is a type of values
//! that are written as one text. In: bytes of a file. Out: a value that can only hold what is valid, or diagnostics. Knows
//! no kind of file.

pub(crate) mod csv;
mod field;
mod json_schema;
mod keys;
mod node;
mod reader;
mod reader_values;
mod record;
#[cfg(test)]
mod tests;
pub(crate) mod toml;
mod types;
mod values;
pub(crate) mod yaml;

pub use field::{Choice, Field, Number, Rule, Section, Shape, SplitWord};
pub(crate) use json_schema::json_schema;
pub(crate) use keys::keys;
pub(crate) use node::{Node, Value};
pub(crate) use reader::{Dialect, Reader};
pub(crate) use record::{Canonical, FieldType, Item, Keys, Record, field, section};
pub use types::{Located, Named};
pub use values::address::Address;
pub use values::moment::Moment;
pub use values::scalar::Scalar;
pub use values::slug::{self, CenterSlug, Slug};
pub use values::web_link::WebLink;
pub(crate) use values::words::{no_word, words};
pub(crate) use values::zone::US_ZONES;
pub use values::zone::ZoneName;
pub(crate) use values::{FromText, Wrong};
