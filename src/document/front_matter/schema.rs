//! Which keys the front matter of each kind has: those of the typed structs of [`super::fields`], joined with the kinds and
//! keys of site.toml.

use super::custom;
use super::declared;
use super::fields::{Center, Common, Decision, Publication, Ruling};
use super::proposal::Proposal;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::kind::{Kind, Kinds};
use crate::schema::{self, Dialect, Field, Keys, Section};
use std::borrow::Cow;

/// The kinds of a portal and the keys of each.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The kinds' names and folders.
    pub kinds: Kinds,
    /// The hash of what the settings add.
    pub(crate) hash: blake3::Hash,
    sections: Vec<(Kind, Section)>,
}

impl Default for Schema {
    fn default() -> Self {
        Self::built_in(Kinds::default())
    }
}

impl Schema {
    /// Joins the built-in kinds and keys with those of the settings.
    ///
    /// # Errors
    /// What is wrong with the settings' kinds and keys.
    pub fn new(config: &Config) -> Result<Self, Vec<Diagnostic>> {
        let problems = custom::kind_problems(config);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut schema = Self::built_in(Kinds::new(config));
        let added = serde_json::to_vec(&(&config.kinds, &config.fields));
        schema.hash = blake3::hash(&added.expect("settings are maps with text keys"));
        let problems = custom::extend(&mut schema, config);
        if problems.is_empty() {
            Ok(schema)
        } else {
            Err(problems)
        }
    }

    fn built_in(kinds: Kinds) -> Self {
        let sections = kinds.all().map(|kind| (kind, section_of(kind, &kinds)));
        Self {
            sections: sections.collect(),
            hash: blake3::hash(&[]),
            kinds,
        }
    }

    pub(in crate::document) fn section(&self, kind: Kind) -> &Section {
        let found = self.sections.iter().find(|(known, _)| *known == kind);
        &found
            .expect("a schema has a section for each of its kinds")
            .1
    }

    /// The keys of a kind: its own and, but for Centers, the common ones.
    #[must_use]
    pub fn fields(&self, kind: Kind) -> &[Field] {
        &self.section(kind).fields
    }

    /// One document of a kind, in a sentence: `a ruling`, `an update`.
    #[must_use]
    pub fn one(&self, kind: Kind) -> &str {
        &self.section(kind).name
    }

    /// The keys of a kind in the order in which documents write them.
    #[must_use]
    pub fn order(&self, kind: Kind) -> Vec<&str> {
        let fields = self.fields(kind).iter();
        let all: Vec<&str> = fields.map(|field| field.key.as_ref()).collect();
        let first = ["type", "number", "numbers", "title", "date"].into_iter();
        let mut keys: Vec<&str> = first.filter(|key| all.contains(key)).collect();
        let rest = all.into_iter().filter(|key| !keys.contains(key));
        keys.extend(rest.collect::<Vec<_>>());
        keys
    }

    /// The keys of a kind that site.toml adds.
    pub fn added(&self, kind: Kind) -> impl Iterator<Item = &Field> {
        self.fields(kind)
            .iter()
            .filter(|field| field.label.is_some())
    }

    /// Makes the JSON Schema of a kind.
    #[must_use]
    pub fn json_schema(&self, kind: Kind) -> serde_json::Value {
        let title = format!("Front matter of {}", with_article(self.kinds.name(kind)));
        schema::json_schema(&title, self.section(kind), Dialect::FrontMatter)
    }

    pub(super) fn fields_mut(&mut self, kind: Kind) -> Option<&mut Vec<Field>> {
        let mut sections = self.sections.iter_mut();
        let found = sections.find(|(known, _)| *known == kind);
        found.map(|(_, section)| &mut section.fields)
    }
}

fn section_of(kind: Kind, kinds: &Kinds) -> Section {
    let mut fields = match kind {
        Kind::Ruling => Ruling::section().fields,
        Kind::Decision => Decision::section().fields,
        Kind::Publication => Publication::section().fields,
        Kind::Declared(_) => declared::fields(kinds.of(kind)),
        Kind::Page => Vec::new(),
        Kind::Center => Center::section().fields,
    };
    if kinds.of(kind).proposes {
        fields.extend(Proposal::section().fields);
    }
    if kind != Kind::Center {
        fields.extend(Common::section().fields);
    }
    Section {
        name: Cow::Owned(with_article(kinds.name(kind))),
        fields,
    }
}

/// One of what a word names: `a ruling`, `an update`.
fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}
