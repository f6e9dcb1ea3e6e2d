//! From YAML scalars to parsed types.

use super::Centers;
use jiff::civil::Date;
use portolan_customs::Collection;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt::Display;
use std::str::FromStr;

pub(super) fn text<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<T, D::Error> {
    String::deserialize(from)?.parse().map_err(Error::custom)
}

pub(super) fn texts<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    texts
        .iter()
        .map(|text| text.parse().map_err(Error::custom))
        .collect()
}

pub(super) fn collections<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Collection>, D::Error> {
    texts(from)
}

/// A day; the checks let no less precise date through.
pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    certain_day(from).map(Some)
}

pub(super) fn certain_day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    String::deserialize(from)?
        .trim()
        .parse()
        .map_err(Error::custom)
}

pub(super) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    String::deserialize(from)?
        .trim()
        .parse()
        .map(Some)
        .map_err(Error::custom)
}

/// Text, also where YAML would see a number.
struct Plain(String);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self)
    }
}

/// One text or several. An untagged enumeration would read numbers first and lose how they were written.
struct OneOrMany(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<OneOrMany, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<OneOrMany, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<OneOrMany, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_bool<E: Error>(self, word: bool) -> Result<OneOrMany, E> {
                self.visit_str(if word { "true" } else { "false" })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(Plain(text)) = items.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMany(texts))
            }
        }
        from.deserialize_any(Texts)
    }
}

pub(super) fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    OneOrMany::deserialize(from).map(|OneOrMany(texts)| texts)
}

pub(super) fn centers<'de, D: Deserializer<'de>>(from: D) -> Result<Centers, D::Error> {
    let OneOrMany(words) = OneOrMany::deserialize(from)?;
    let is_all = words.len() == 1 && words[0] == "all";
    Ok(if is_all {
        Centers::All
    } else {
        Centers::Named(words)
    })
}
