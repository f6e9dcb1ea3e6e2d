//! The schema language: which keys a mapping has, what their values are and how many there are.
//!
//! Front matter, the tables of `content/data/`, `site.toml` and `theme.toml` are all described by it. Checks, "did you
//! mean", the JSON Schema and the documentation follow from one description.

use std::borrow::Cow;

/// What a value is.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Any text.
    Text,
    /// A day, a month, a year or `unknown`.
    Date,
    /// A date that must be a day, because something happens on it.
    Day,
    /// A day, or a time of a day.
    Moment,
    /// A time zone.
    Zone,
    /// A link to the web, to a mailbox or to a page of the portal.
    Link,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// A whole number above zero.
    Positive,
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
    /// A Center's slug.
    Center,
    /// A root-relative address of the portal.
    Address,
    /// One of a few words.
    Choice(Choice),
    /// Keys of its own.
    Section(Section),
    /// Values of one shape under names that the file gives.
    Named(Box<Shape>),
}

/// The words that a key takes.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Each word.
    pub words: Vec<Cow<'static, str>>,
    /// Words that were split into two because they meant two things.
    pub split: &'static [SplitWord],
}

/// A word that a key no longer takes, because it meant two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitWord {
    /// The word.
    pub old: &'static str,
    /// The words that took its place.
    pub new: [&'static str; 2],
    /// Which of the two is meant when.
    pub help: &'static str,
}

/// How many values a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// A single value.
    One,
    /// A list.
    Many,
    /// A list, or a single value without brackets.
    OneOrMany,
    /// A list, or the word `all`.
    ManyOrAll,
}

/// What is wrong with a text, and what to do; `None` where nothing is.
pub type Rule = fn(&str) -> Option<(String, String)>;

/// A key.
#[derive(Debug, Clone)]
pub struct Field {
    /// As it is written.
    pub key: Cow<'static, str>,
    /// What it was called before, and is read as, too.
    pub alias: Option<&'static str>,
    /// What it is for, in a sentence; empty for keys of site.toml, which have a label.
    pub doc: &'static str,
    /// What its values are.
    pub shape: Shape,
    /// How many there are.
    pub number: Number,
    /// Whether every mapping of the kind has it.
    pub required: bool,
    /// As a reader sees it, for keys of site.toml; the others are shown by the pages that know them.
    pub label: Option<String>,
    /// A value, as it is written; one of the shape where it says nothing.
    pub example: Option<&'static str>,
    /// What to say of its values beside the example, where one is wrong and in the JSON Schema.
    pub help: Option<&'static str>,
    /// A rule on texts of this key alone.
    pub rule: Option<Rule>,
}

/// A mapping: its keys, and what it is.
#[derive(Debug, Clone)]
pub struct Section {
    /// In messages: `a ruling`, `the table`, `[agency]`.
    pub name: Cow<'static, str>,
    /// Its keys.
    pub fields: Vec<Field>,
}

impl Section {
    /// The key of a name.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.key == key || field.alias == Some(key))
    }

    /// The names of its keys.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.fields.iter().map(|field| field.key.as_ref())
    }
}

impl Shape {
    /// The shape of a key that takes one of a few words.
    pub(crate) fn choice(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self::Choice(Choice {
            words: words.into_iter().map(Cow::Borrowed).collect(),
            split: &[],
        })
    }

    /// A value, as YAML writes it.
    pub(crate) fn example(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Text => "\"…\"",
            Self::Date | Self::Day => "2018-11-05",
            Self::Moment => "2026-04-09T10:00",
            Self::Zone => "Eastern",
            Self::Link => "https://www.example.gov/",
            Self::Flag => "true",
            Self::Count | Self::Positive => "24",
            Self::Ruling => "\"NY N301234\"",
            Self::Hts => "\"6109.10.0012\"",
            Self::Country => "VN",
            Self::Slug => "knit-garments",
            Self::Center => "electronics",
            Self::Address => "/rulings/n301234.html",
            Self::Citation => "\"19 CFR 177.12(b)\"",
            Self::Choice(choice) => choice.words.first().map_or("", Cow::as_ref),
            Self::Named(_) => "{…}",
            Self::Section(section) => {
                let fields = section.fields.iter().filter(|field| field.required);
                let keys: Vec<String> = fields
                    .map(|field| format!("{}: {}", field.key, field.value_example()))
                    .collect();
                return Cow::Owned(format!("{{{}}}", keys.join(", ")));
            }
        })
    }

    /// Whether YAML and TOML write its values without quotation marks.
    pub(crate) fn is_bare(&self) -> bool {
        matches!(
            self,
            Self::Flag | Self::Count | Self::Positive | Self::Date | Self::Day | Self::Moment
        )
    }
}

impl Field {
    /// The same key where a mapping need not have it.
    pub(crate) fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    pub(crate) fn doc(self, doc: &'static str) -> Self {
        let doc = doc.trim_start();
        Self { doc, ..self }
    }

    pub(crate) fn alias(self, alias: &'static str) -> Self {
        Self {
            alias: Some(alias),
            ..self
        }
    }

    pub(crate) fn example(self, example: &'static str) -> Self {
        Self {
            example: Some(example),
            ..self
        }
    }

    pub(crate) fn help(self, help: &'static str) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }

    pub(crate) fn rule(self, rule: Rule) -> Self {
        Self {
            rule: Some(rule),
            ..self
        }
    }

    pub(crate) fn number(self, number: Number) -> Self {
        Self { number, ..self }
    }

    /// The value of the key, as YAML writes it.
    pub(crate) fn value_example(&self) -> String {
        let value = match self.example {
            Some(example) => Cow::Borrowed(example),
            None => self.shape.example(),
        };
        match self.number {
            Number::Many | Number::ManyOrAll if self.example.is_none() => format!("[{value}]"),
            _ => value.into_owned(),
        }
    }
}
