//! One document at a time: front matter parsed and checked, facts of the body gathered.
//!
//! In: a file's bytes. Out: a [`Document`] without its body, or diagnostics. Knows no other document, so it runs in
//! parallel and depends on the bytes alone.

pub mod body;
mod body_ref;
pub mod facts;
mod front_matter;
mod kind;
mod places;
mod read;

pub use body_ref::{BodyError, BodyRef};
pub use facts::in_text::{FoundEffects, HtsMention, InText};
pub use facts::{Cite, Facts, Link};
pub(crate) use front_matter::fences;
pub(crate) use front_matter::is_decision_type;
pub use front_matter::schema::{self, Schema};
pub use front_matter::{
    Agreement, Category, Center, CenterKind, Centers, Change, Common, Decision, DecisionType,
    Declared, Fields, Proposal, Publication, PublicationType, Ruling, TextKind, UnknownRelations,
};
pub use kind::{Declaration, DeclaredKind, Kind, Kinds, Order, Vocabulary};
pub use places::Places;
pub(crate) use read::kind_of;
pub use read::read;

use crate::diagnostic::Diagnostic;
use crate::schema::Scalar;
use crate::source;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A document without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its file, relative to the portal's root.
    pub path: Utf8PathBuf,
    /// What it is.
    pub kind: Kind,
    /// The last part of its address.
    pub slug: String,
    /// The hash of the file.
    #[serde(with = "crate::files::hash")]
    pub hash: blake3::Hash,
    /// The hash of its words: what a reader would see differently when it changes.
    #[serde(with = "crate::files::hash")]
    pub revision: blake3::Hash,
    /// Keys of every kind. A Center's name is its title.
    pub common: Common,
    /// Keys of its kind.
    pub fields: Fields,
    /// What it proposes to do to rulings; `None` for what is no notice of a proposal.
    pub proposal: Option<Proposal>,
    /// Keys of site.toml that it has.
    pub added: Vec<AddedKey>,
    /// The markdown, as bytes of the file.
    pub body: Range<usize>,
    /// Where the keys of the front matter are.
    pub places: Places,
    /// Links and anchors of the body.
    pub facts: Facts,
    /// What its words say that the front matter does not.
    pub in_text: InText,
    /// What should be looked at, although the page can be made.
    pub problems: Vec<Diagnostic>,
}

impl Document {
    /// The folder whose files are published with it.
    #[must_use]
    pub fn asset_folder(&self) -> &Utf8Path {
        source::asset_folder(&self.path)
    }

    /// The Center by folder.
    #[must_use]
    pub fn folder_center(&self) -> Option<&str> {
        source::center(&self.path)
    }

    /// Where a key's value stands; the first bytes of the file where the key is absent.
    #[must_use]
    pub fn span(&self, name: &str) -> Range<usize> {
        self.places.value(name).unwrap_or(0..0)
    }

    /// Where an entry of a key's list stands, from 0; the value where it is no list.
    #[must_use]
    pub fn entry_span(&self, name: &str, at: usize) -> Range<usize> {
        self.places.entry(name, at).unwrap_or(0..0)
    }
}

/// A key that site.toml adds, and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedKey {
    /// The key.
    pub name: String,
    /// One, or those of a list.
    pub values: Vec<Scalar>,
}

/// A document that cannot be published, with what others need of it: a link to it leads somewhere, and its own links are
/// checked in the same run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Its file, relative to the portal's root.
    pub path: Utf8PathBuf,
    /// The hash of the file.
    #[serde(with = "crate::files::hash")]
    pub hash: blake3::Hash,
    /// What it is.
    pub kind: Kind,
    /// The last part of the address that it would probably have.
    pub slug: String,
    /// Links and anchors of the body, as far as it could be found.
    pub facts: Facts,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

impl Unreadable {
    /// The folder whose files would be published with it.
    #[must_use]
    pub fn asset_folder(&self) -> &Utf8Path {
        source::asset_folder(&self.path)
    }
}
