//! Values of keys whose shape is known only when the program runs: those that site.toml adds.

use super::address::Address;
use super::moment::Moment;
use super::slug::{CenterSlug, Slug};
use super::web_link::WebLink;
use super::zone::ZoneName;
use super::{FromText, Wrong, flag};
use crate::schema::field::Shape;
use jiff::civil::Date;
use portolan_customs::country::Country;
use portolan_customs::{Citation, HtsNumber, PartialDate, RulingNumber};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;

/// A value of a key that site.toml adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scalar {
    /// A text, or a word of a choice.
    Text(String),
    /// A date or a day.
    Date(PartialDate),
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Count(u32),
    /// A ruling's number.
    Ruling(RulingNumber),
    /// A tariff number.
    Hts(HtsNumber),
    /// A country.
    Country(Country),
    /// A citation.
    Citation(Citation),
}

impl fmt::Display for Scalar {
    /// The one form that all spellings of a value have.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => date.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Ruling(number) => number.fmt(f),
            Self::Hts(number) => number.fmt(f),
            Self::Country(country) => f.write_str(country.code()),
            Self::Citation(citation) => citation.fmt(f),
        }
    }
}

impl Scalar {
    /// Reads a value of a shape that is known only when the program runs.
    pub(crate) fn read(shape: &Shape, key: &str, text: &str) -> Result<Self, Wrong> {
        fn as_text<T>(_: T, text: &str) -> Scalar {
            Scalar::Text(text.trim().to_owned())
        }
        Ok(match shape {
            Shape::Text | Shape::Section(_) | Shape::Named(_) => as_text((), text),
            Shape::Date => Self::Date(PartialDate::from_text(key, text)?),
            Shape::Day => Self::Date(PartialDate::Day(Date::from_text(key, text)?)),
            Shape::Moment => Self::Text(Moment::from_text(key, text)?.to_string()),
            Shape::Zone => Self::Text(ZoneName::from_text(key, text)?.to_text()),
            Shape::Link => as_text(WebLink::from_text(key, text)?, text),
            Shape::Flag => Self::Flag(flag(key, text)?),
            Shape::Count => Self::Count(u32::from_text(key, text)?),
            Shape::Positive => Self::Count(NonZeroU32::from_text(key, text)?.get()),
            Shape::Ruling => Self::Ruling(RulingNumber::from_text(key, text)?),
            Shape::Hts => Self::Hts(HtsNumber::from_text(key, text)?),
            Shape::Country => Self::Country(Country::from_text(key, text)?),
            Shape::Citation => Self::Citation(Citation::from_text(key, text)?),
            Shape::Slug => as_text(Slug::from_text(key, text)?, text),
            Shape::Center => as_text(CenterSlug::from_text(key, text)?, text),
            Shape::Address => as_text(Address::from_text(key, text)?, text),
            Shape::Choice(choice) => Self::Text(choice.word(key, text)?.to_owned()),
        })
    }
}
