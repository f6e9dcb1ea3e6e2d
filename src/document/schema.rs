//! Which keys the front matter of each kind has, and what their values are.
//!
//! One table per kind is the only list of keys: it drives the checks, "did you mean", and the documentation.
//! A test holds it equal to the typed structs of [`super::fields`].

use super::kind::Kind;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Date,
    /// A date that must be a day, because something happens on it.
    Day,
    Flag,
    Count,
    Ruling,
    Hts,
    Country,
    Slug,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A Center's slug.
    Center,
    /// A root-relative address of the portal.
    Address,
    /// A date and a note.
    Change,
}

/// How many values a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Many,
    /// A single value may stand without brackets.
    OneOrMany,
    /// A list, or the word `all`.
    ManyOrAll,
}

/// A key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) number: Number,
    pub(crate) required: bool,
}

const fn one(key: &'static str, shape: Shape) -> Field {
    Field {
        key,
        shape,
        number: Number::One,
        required: false,
    }
}

const fn many(key: &'static str, shape: Shape) -> Field {
    Field {
        key,
        shape,
        number: Number::Many,
        required: false,
    }
}

const fn required(mut field: Field) -> Field {
    field.required = true;
    field
}

const SOURCE: Field = Field {
    key: "source",
    shape: Shape::Text,
    number: Number::OneOrMany,
    required: false,
};

/// The keys that every kind has.
const COMMON: &[Field] = &[
    required(one("title", Shape::Text)),
    one("summary", Shape::Text),
    one("slug", Shape::Slug),
    many("aliases", Shape::Address),
    Field {
        key: "centers",
        shape: Shape::Center,
        number: Number::ManyOrAll,
        required: false,
    },
    one("draft", Shape::Flag),
    one("publish", Shape::Day),
    one("expires", Shape::Day),
    one("review_by", Shape::Day),
    many("changes", Shape::Change),
    many("programmes", Shape::Text),
    many("agencies", Shape::Text),
    SOURCE,
];

const CATEGORIES: &[&str] = &[
    "classification",
    "origin",
    "marking",
    "valuation",
    "drawback",
    "entry",
    "liquidation",
    "carriers",
    "trade-agreement",
    "quota",
    "procurement",
    "other",
];

const RULING: &[Field] = &[
    required(one("number", Shape::Ruling)),
    required(one("date", Shape::Date)),
    many("category", Shape::Choice(CATEGORIES)),
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
    one("withdrawn", Shape::Flag),
    one("published", Shape::Date),
    one("effective", Shape::Date),
    many("agreements", Shape::Choice(AGREEMENTS)),
    many("keywords", Shape::Text),
    one("addressee", Shape::Text),
];

/// Trade agreements that CROSS marks.
const AGREEMENTS: &[&str] = &["NAFTA", "USMCA"];

const DECISION_TYPES: &[&str] = &[
    "court",
    "protest-review",
    "internal-advice",
    "final-determination",
    "petition",
    "evasion",
    "cbp-decision",
];

const DECISION: &[Field] = &[
    required(one("type", Shape::Choice(DECISION_TYPES))),
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
    one("published", Shape::Date),
];

const PUBLICATION_TYPES: &[&str] = &[
    "informed-compliance",
    "federal-register-notice",
    "federal-register-rule",
    "cbp-decision",
    "csms",
    "news-release",
    "process-document",
    "handbook",
    "recommendation",
    "statute",
    "delegation-order",
    "guide",
    "faq",
    "bulletin",
    "form",
];

const PUBLICATION: &[Field] = &[
    required(one("type", Shape::Choice(PUBLICATION_TYPES))),
    required(one("date", Shape::Date)),
    one("number", Shape::Text),
    one("revised", Shape::Date),
    many("audience", Shape::Text),
    one("pages", Shape::Count),
    many("hts", Shape::Hts),
];

const UPDATE: &[Field] = &[
    required(one("date", Shape::Date)),
    many("about", Shape::Text),
    one("action", Shape::Text),
];

const CENTER: &[Field] = &[
    required(one("name", Shape::Text)),
    required(one("kind", Shape::Choice(&["industry", "office"]))),
    one("number", Shape::Text),
    one("abbreviation", Shape::Text),
    one("city", Shape::Text),
    one("field_office", Shape::Text),
    one("opened", Shape::Text),
    many("industries", Shape::Text),
    many("hts", Shape::Hts),
    many("contacts", Shape::Text),
    one("summary", Shape::Text),
    one("review_by", Shape::Day),
    SOURCE,
];

/// The keys of a kind: its own and, but for Centers, the common ones.
pub(crate) fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> + Clone {
    let (own, common): (&[Field], &[Field]) = match kind {
        Kind::Ruling => (RULING, COMMON),
        Kind::Decision => (DECISION, COMMON),
        Kind::Publication => (PUBLICATION, COMMON),
        Kind::Update => (UPDATE, COMMON),
        Kind::Page => (&[], COMMON),
        Kind::Center => (CENTER, &[]),
    };
    own.iter().chain(common)
}
