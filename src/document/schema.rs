//! Which keys the front matter of each kind has, and what their values are.
//!
//! One table per kind is the only list of keys: it drives the checks, "did you mean", the JSON Schema and the
//! documentation. The settings add kinds and keys to it. A test holds it equal to the typed structs of [`super::fields`].

use super::custom;
use super::kind::{Kind, Kinds};
use super::text_kind::TextKind;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use portolan_customs::PartialDate;
use portolan_customs::{AGREEMENTS, CATEGORIES, DECISION_TYPES, PUBLICATION_TYPES};
use portolan_customs::{Citation, Collection, HtsNumber, RulingNumber};
use std::borrow::Cow;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// A day, a month, a year or `unknown`.
    Date,
    /// A date that must be a day, because something happens on it.
    Day,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// A ruling's number.
    Ruling,
    /// A tariff number.
    Hts,
    /// A country code of ISO 3166-1.
    Country,
    /// A citation of the CFR, the U.S. Code or the Federal Register.
    Citation,
    /// The last part of an address.
    Slug,
    /// One of a few words.
    Choice(Vec<Cow<'static, str>>),
    /// A Center's slug.
    Center,
    /// A root-relative address of the portal.
    Address,
    /// A date and a note.
    Change,
}

impl Shape {
    /// The one form that all spellings of a checked value have.
    #[must_use]
    pub fn normal(&self, text: &str) -> String {
        fn parsed<T: std::str::FromStr + ToString>(text: &str) -> Option<String> {
            text.parse::<T>().ok().map(|value| value.to_string())
        }
        let text = text.trim();
        let normal = match self {
            Self::Ruling => parsed::<RulingNumber>(text),
            Self::Hts => parsed::<HtsNumber>(text),
            Self::Citation => parsed::<Citation>(text),
            Self::Date | Self::Day => parsed::<PartialDate>(text),
            _ => None,
        };
        normal.unwrap_or_else(|| text.to_owned())
    }
}

/// How many values a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// A single value.
    One,
    /// A list.
    Many,
    /// A single value may stand without brackets.
    OneOrMany,
    /// A list, or the word `all`.
    ManyOrAll,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As it is written.
    pub key: Cow<'static, str>,
    /// What its values are.
    pub shape: Shape,
    /// How many there are.
    pub number: Number,
    /// Whether every document of the kind has it.
    pub required: bool,
    /// As a reader sees it, for keys of site.toml; the others are shown by the pages that know them.
    pub label: Option<String>,
}

/// The kinds of a portal and the keys of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// The kinds' names and folders.
    pub kinds: Kinds,
    fields: Vec<(Kind, Vec<Field>)>,
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
        let problems = custom::extend(&mut schema, config);
        if problems.is_empty() {
            Ok(schema)
        } else {
            Err(problems)
        }
    }

    fn built_in(kinds: Kinds) -> Self {
        let fields = kinds.all().map(|kind| (kind, fields_of(kind))).collect();
        Self { kinds, fields }
    }

    /// The keys of a kind: its own and, but for Centers, the common ones.
    #[must_use]
    pub fn fields(&self, kind: Kind) -> &[Field] {
        let found = self.fields.iter().find(|(known, _)| *known == kind);
        found.map_or(&[], |(_, fields)| fields)
    }

    /// The keys of a kind that site.toml adds.
    pub fn added(&self, kind: Kind) -> impl Iterator<Item = &Field> {
        self.fields(kind)
            .iter()
            .filter(|field| field.label.is_some())
    }

    pub(super) fn fields_mut(&mut self, kind: Kind) -> Option<&mut Vec<Field>> {
        let found = self.fields.iter_mut().find(|(known, _)| *known == kind);
        found.map(|(_, fields)| fields)
    }
}

fn one(key: &'static str, shape: Shape) -> Field {
    Field {
        key: Cow::Borrowed(key),
        shape,
        number: Number::One,
        required: false,
        label: None,
    }
}

fn many(key: &'static str, shape: Shape) -> Field {
    Field {
        number: Number::Many,
        ..one(key, shape)
    }
}

fn required(field: Field) -> Field {
    Field {
        required: true,
        ..field
    }
}

fn choice(words: &[&'static str]) -> Shape {
    Shape::Choice(words.iter().map(|word| Cow::Borrowed(*word)).collect())
}

fn source() -> Field {
    Field {
        number: Number::OneOrMany,
        ..one("source", Shape::Text)
    }
}

/// The keys that every kind has.
fn common() -> Vec<Field> {
    vec![
        required(one("title", Shape::Text)),
        one("summary", Shape::Text),
        one("text", choice(&TextKind::WORDS)),
        one("slug", Shape::Slug),
        many("aliases", Shape::Address),
        Field {
            number: Number::ManyOrAll,
            ..one("centers", Shape::Center)
        },
        one("draft", Shape::Flag),
        one("publish", Shape::Day),
        one("expires", Shape::Day),
        one("review_by", Shape::Day),
        one("alert_until", Shape::Day),
        many("changes", Shape::Change),
        many("programs", Shape::Text),
        many("agencies", Shape::Text),
        source(),
    ]
}

fn ruling() -> Vec<Field> {
    vec![
        required(one("number", Shape::Ruling)),
        required(one("date", Shape::Date)),
        many("category", choice(&CATEGORIES)),
        many("hts", Shape::Hts),
        many("origin", Shape::Country),
        many("cites", Shape::Ruling),
        many("revokes", Shape::Ruling),
        many("modifies", Shape::Ruling),
        many("supersedes", Shape::Ruling),
        many("reinstates", Shape::Ruling),
        many("revoked_by", Shape::Ruling),
        many("modified_by", Shape::Ruling),
        many("superseded_by", Shape::Ruling),
        many("unconfirmed", Shape::Ruling),
        many("not_relations", Shape::Ruling),
        one("withdrawn", Shape::Flag),
        one("relations", choice(&["unknown"])),
        one("published", Shape::Date),
        one("effective", Shape::Date),
        many("agreements", choice(&AGREEMENTS)),
        many("keywords", Shape::Text),
        one("addressee", Shape::Text),
    ]
}

fn decision() -> Vec<Field> {
    vec![
        required(one("type", choice(&DECISION_TYPES))),
        required(one("date", Shape::Date)),
        one("citation", Shape::Text),
        one("number", Shape::Text),
        one("body", Shape::Text),
        many("hts", Shape::Hts),
        many("origin", Shape::Country),
        many("concerns", Shape::Text),
        many("affirms", Shape::Text),
        many("reverses", Shape::Text),
        many("vacates", Shape::Text),
        many("affirmed_by", Shape::Text),
        many("reversed_by", Shape::Text),
        many("vacated_by", Shape::Text),
        one("status_note", Shape::Text),
        many("not_relations", Shape::Ruling),
        one("published", Shape::Date),
    ]
}

/// A value that a key no longer takes, because it meant two things.
pub(super) struct SplitValue {
    pub(super) key: &'static str,
    pub(super) old: &'static str,
    /// The values that took its place.
    pub(super) new: [&'static str; 2],
    /// Which of the two is meant when.
    pub(super) help: &'static str,
}

pub(super) const SPLIT_VALUES: &[SplitValue] = &[SplitValue {
    key: "type",
    old: "petition",
    new: ["petition-for-relief", "domestic-party-petition"],
    help: "write `petition-for-relief` for a request to remit or mitigate a seizure, a penalty or liquidated damages (19 \
           U.S.C. 1618), `domestic-party-petition` where a domestic interested party contests the treatment of imports \
           (19 U.S.C. 1516)",
}];

/// Whether a word is a type of decisions, or was one.
pub(crate) fn is_decision_type(word: &str) -> bool {
    let mut split = SPLIT_VALUES.iter();
    DECISION_TYPES.contains(&word) || split.any(|split| split.key == "type" && split.old == word)
}

fn publication() -> Vec<Field> {
    vec![
        required(one("type", choice(&PUBLICATION_TYPES))),
        required(one("date", Shape::Date)),
        one("number", Shape::Text),
        one("revised", Shape::Date),
        many("audience", Shape::Text),
        one("pages", Shape::Count),
        many("hts", Shape::Hts),
    ]
}

fn update() -> Vec<Field> {
    vec![
        required(one("date", Shape::Date)),
        many("about", Shape::Text),
        one("action", Shape::Text),
    ]
}

/// What a notice proposes to do to rulings; the common keys come after it.
fn proposal() -> Vec<Field> {
    vec![
        many("proposes_to_revoke", Shape::Ruling),
        many("proposes_to_modify", Shape::Ruling),
        one("comments_until", Shape::Date),
        one("withdrawn", Shape::Date),
    ]
}

/// What a kind of site.toml has before keys are added to it.
fn added_kind() -> Vec<Field> {
    vec![
        required(one("date", Shape::Date)),
        one("number", Shape::Text),
        many("hts", Shape::Hts),
    ]
}

fn center() -> Vec<Field> {
    vec![
        required(one("name", Shape::Text)),
        required(one("kind", choice(&["industry", "office"]))),
        one("number", Shape::Text),
        one("abbreviation", Shape::Text),
        one("city", Shape::Text),
        one("field_office", Shape::Text),
        one("opened", Shape::Text),
        many("industries", Shape::Text),
        many("hts", Shape::Hts),
        many("contacts", Shape::Text),
        many("issues", choice(&Collection::ALL.map(Collection::prefix))),
        one("summary", Shape::Text),
        one("review_by", Shape::Day),
        source(),
    ]
}

fn fields_of(kind: Kind) -> Vec<Field> {
    let (own, common) = match kind {
        Kind::Ruling => (ruling(), common()),
        Kind::Decision => (decision(), common()),
        Kind::Publication => (publication(), common()),
        Kind::Update => (update(), common()),
        Kind::Custom(_) => (added_kind(), common()),
        Kind::Page => (Vec::new(), common()),
        Kind::Center => (center(), Vec::new()),
    };
    let proposal = if kind.can_propose() {
        proposal()
    } else {
        Vec::new()
    };
    own.into_iter().chain(proposal).chain(common).collect()
}
