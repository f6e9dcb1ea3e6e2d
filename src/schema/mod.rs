//! The schema language: what the keys of a file are, and how its text is read into values with their places.
//!
//! One description serves front matter, the tables of `content/data/`, `site.toml` and `theme.toml`: [`keys!`] declares a
//! type with the keys of a mapping, [`words!`] one with the words that a key takes, and [`FromText`] is a type of values
//! that are written as one text. In: bytes of a file. Out: a value that can only hold what is valid, or diagnostics. Knows
//! no kind of file.

mod address;
pub(crate) mod earlier;
mod field;
mod json_schema;
mod node;
mod reader;
mod record;
pub mod slug;
pub(crate) mod toml;
mod toml_problem;
mod value;
pub(crate) mod yaml;
mod yaml_fix;
mod yaml_problem;

pub use address::Address;
pub use field::{Choice, Field, Number, Rule, Section, Shape, SplitWord};
pub(crate) use json_schema::json_schema;
pub(crate) use node::{Node, Value};
pub(crate) use reader::{Dialect, Reader};
pub(crate) use record::{Canonical, FieldType, Item, Keys, Record, field, keys, section};
pub use record::{Located, Named};
pub use slug::{CenterSlug, Slug};
pub use value::Scalar;
pub(crate) use value::{FromText, Wrong, no_word, words};
