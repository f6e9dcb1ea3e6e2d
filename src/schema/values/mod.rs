//! From the text of a value to its type and back; what is wrong with one that is not of it, and what it must have been meant to be.

pub(super) mod address;
pub(super) mod moment;
pub(super) mod scalar;
pub mod slug;
pub(super) mod web_link;
pub(super) mod words;
pub(super) mod zone;

use crate::diagnostic::Code;
use crate::schema::field::Shape;
use address::Address;
use jiff::civil::Date;
use portolan_customs::country::{self, Country};
use portolan_customs::{Citation, Collection, HtsNumber, InvalidDate, PartialDate, RulingNumber};
use slug::{CenterSlug, Slug};
use std::num::{NonZeroU32, NonZeroUsize};
use std::str::FromStr;
use words::no_word;

/// What is wrong with one value.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: String,
    /// What to put in its place, where only one thing can be meant.
    pub(crate) fix: Option<String>,
}

impl Wrong {
    pub(crate) fn new(code: Code, message: String, help: impl Into<String>) -> Self {
        Self {
            code,
            message,
            help: help.into(),
            fix: None,
        }
    }

    pub(super) fn fix(self, fix: Option<String>) -> Self {
        Self { fix, ..self }
    }
}

/// A type of values that are written as one text.
pub(crate) trait FromText: Sized {
    /// The shape that describes it.
    fn shape() -> Shape;

    /// Reads a value of a key.
    fn from_text(key: &str, text: &str) -> Result<Self, Wrong>;

    /// The one form that all spellings of the value have.
    fn to_text(&self) -> String;
}

impl FromText for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(_: &str, text: &str) -> Result<Self, Wrong> {
        Ok(text.to_owned())
    }

    fn to_text(&self) -> String {
        self.clone()
    }
}

impl FromText for PartialDate {
    fn shape() -> Shape {
        Shape::Date
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map_err(|error: portolan_customs::InvalidDate| {
                let message = format!("`{key}`: {error}, found `{text}`");
                Wrong::new(Code::InvalidDate, message, error.help())
                    .fix(error.certain().map(str::to_owned))
            })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for Date {
    fn shape() -> Shape {
        Shape::Day
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let wrong = |help| {
            let what = format!("`{key}` must be a day, found `{text}`");
            Wrong::new(Code::InvalidDate, what, help)
        };
        let general = || "write it as 2018-11-05".to_owned();
        match text.parse() {
            Ok(PartialDate::Day(day)) => Ok(day),
            Ok(_) | Err(InvalidDate::Form(None)) => Err(wrong(general())),
            Err(error @ InvalidDate::Form(_)) => {
                Err(wrong(error.help()).fix(error.certain().map(str::to_owned)))
            }
            Err(_) => Err(PartialDate::from_text(key, text)
                .err()
                .unwrap_or_else(|| wrong(general()))),
        }
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

/// Reads `true` or `false`; a flag has a type of its own in [`super::record::FieldType`], for one that is absent is false.
pub(super) fn flag(key: &str, text: &str) -> Result<bool, Wrong> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => {
            let fix = match text.to_lowercase().as_str() {
                "yes" | "true" | "on" => Some("true".to_owned()),
                "no" | "false" | "off" => Some("false".to_owned()),
                _ => None,
            };
            Err(Wrong::new(
                Code::WrongType,
                format!("`{key}` is true or false, found `{text}`"),
                format!("write `{key}: true`, or delete the line"),
            )
            .fix(fix))
        }
    }
}

impl FromText for u32 {
    fn shape() -> Shape {
        Shape::Count
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        whole_number(key, text)
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for u8 {
    fn shape() -> Shape {
        Shape::Count
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        whole_number(key, text)
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

fn whole_number<T: FromStr>(key: &str, text: &str) -> Result<T, Wrong> {
    text.trim().parse().map_err(|_| {
        let digits = text.replace([',', ' '], "");
        let is_number = digits.parse::<T>().is_ok();
        Wrong::new(
            Code::WrongType,
            format!("`{key}` is a whole number, found `{text}`"),
            "write digits only, for example 24",
        )
        .fix(is_number.then_some(digits))
    })
}

impl FromText for NonZeroU32 {
    fn shape() -> Shape {
        Shape::Positive
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        Self::new(u32::from_text(key, text)?).ok_or_else(|| {
            Wrong::new(
                Code::WrongType,
                format!("`{key}` is a whole number above 0, found `{text}`"),
                "write digits only, for example 24",
            )
        })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for NonZeroUsize {
    fn shape() -> Shape {
        Shape::Positive
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let number = NonZeroU32::from_text(key, text)?;
        Ok(Self::try_from(number).unwrap_or(Self::MAX))
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for RulingNumber {
    fn shape() -> Shape {
        Shape::Ruling
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map_err(|error: portolan_customs::InvalidRulingNumber| {
                Wrong::new(
                    Code::InvalidRulingNumber,
                    format!("`{key}`: `{text}` is not a ruling number"),
                    error.to_string(),
                )
            })
    }

    fn to_text(&self) -> String {
        self.with_collection()
    }
}

impl FromText for HtsNumber {
    fn shape() -> Shape {
        Shape::Hts
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map_err(|error: portolan_customs::InvalidHtsNumber| {
                // A comma for a point and a capital O for a zero are the slips of the trade.
                let meant = text.replace([',', '-'], ".").replace(['O', 'o'], "0");
                let meant: Option<Self> = meant.parse().ok();
                let meant = meant.map(|meant| format!("\"{meant}\""));
                let help = meant
                    .as_ref()
                    .map_or_else(|| error.to_string(), |meant| format!("write it as {meant}"));
                Wrong::new(
                    Code::InvalidHtsNumber,
                    format!("`{key}`: `{text}` is not an HTS number"),
                    help,
                )
                .fix(meant)
            })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for Country {
    fn shape() -> Shape {
        Shape::Country
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        Self::new(text).ok_or_else(|| {
            Wrong::new(
                Code::InvalidCountry,
                format!("`{key}`: `{text}` is not a country code of ISO 3166-1"),
                country::help(text),
            )
            .fix(country::code(text).map(str::to_owned))
        })
    }

    fn to_text(&self) -> String {
        self.code().to_owned()
    }
}

impl FromText for Citation {
    fn shape() -> Shape {
        Shape::Citation
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map_err(|error: portolan_customs::InvalidCitation| {
                Wrong::new(
                    Code::InvalidCitation,
                    format!("`{key}`: `{text}` is not a citation"),
                    error.to_string(),
                )
            })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for Slug {
    fn shape() -> Shape {
        Shape::Slug
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        Self::new(text).map_err(|what| {
            Wrong::new(
                Code::InvalidSlug,
                format!("`{key}`: `{text}` cannot be part of an address: {what}"),
                format!("write `{}`", slug::proposal(text)),
            )
        })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for CenterSlug {
    fn shape() -> Shape {
        Shape::Center
    }

    fn from_text(_: &str, text: &str) -> Result<Self, Wrong> {
        Slug::new(text).map(CenterSlug::from).map_err(|what| {
            Wrong::new(
                Code::UnknownCenter,
                format!("`{text}` is not the name of a Center's folder: {what}"),
                "write the folder's name, for example `electronics`",
            )
        })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for Address {
    fn shape() -> Shape {
        Shape::Address
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        Self::new(text).map_err(|what| {
            Wrong::new(
                Code::InvalidSlug,
                format!("`{key}`: `{text}` is not an address of this portal: {what}"),
                "write it from the root, for example /rulings/n301234.html",
            )
        })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl FromText for Collection {
    fn shape() -> Shape {
        Shape::choice(Self::ALL.map(Self::prefix))
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let prefixes = Self::ALL.map(Self::prefix).into_iter();
        text.parse().map_err(|_| no_word(prefixes, &[], key, text))
    }

    fn to_text(&self) -> String {
        self.prefix().to_owned()
    }
}
