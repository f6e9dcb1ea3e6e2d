//! The collections that rulings are cited under, and which one a number belongs to.

use crate::RulingNumber;
use std::str::FromStr;

/// The office that a ruling is cited under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "rules", derive(serde::Serialize, serde::Deserialize))]
pub enum Collection {
    /// New York, the National Commodity Specialist Division.
    Ny,
    /// Headquarters, Regulations and Rulings.
    Hq,
    /// A district of the 1990s.
    Dd,
    /// A port of the 1990s.
    Pd,
}

/// A text that names no collection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown collection: expected \"NY\", \"HQ\", \"DD\" or \"PD\"")]
pub struct UnknownCollection;

impl Collection {
    /// Every collection.
    pub const ALL: [Self; 4] = [Self::Ny, Self::Hq, Self::Dd, Self::Pd];

    /// How it is written before a number.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Ny => "NY",
            Self::Hq => "HQ",
            Self::Dd => "DD",
            Self::Pd => "PD",
        }
    }

    /// The one that is written before a number, else the one that its letter tells: `H` and `W` with six digits are
    /// Headquarters', all other letters New York's (shared/domain/DOMAIN.md, section 3).
    #[must_use]
    pub fn by_letter(number: &RulingNumber) -> Option<Self> {
        number.collection().or_else(|| {
            let bare = number.to_string();
            match (bare.as_bytes().first(), bare.len()) {
                (Some(b'H' | b'W'), 7) => Some(Self::Hq),
                (Some(letter), _) if letter.is_ascii_alphabetic() => Some(Self::Ny),
                _ => None,
            }
        })
    }

    /// The same of a number that is known to be a ruling's: then six digits without a letter tell it by the first of
    /// them, where that is certain.
    #[must_use]
    pub fn by_series(number: &RulingNumber) -> Option<Self> {
        Self::by_letter(number).or_else(|| match number.to_string().as_bytes().first() {
            Some(b'8') => Some(Self::Ny),
            Some(b'0' | b'1' | b'2' | b'5' | b'9') => Some(Self::Hq),
            _ => None,
        })
    }

    /// What a score of search is multiplied by: Headquarters decides for all offices.
    #[must_use]
    pub fn search_weight(self) -> f64 {
        match self {
            Self::Hq => 1.15,
            Self::Ny | Self::Dd | Self::Pd => 1.0,
        }
    }
}

impl FromStr for Collection {
    type Err = UnknownCollection;

    fn from_str(text: &str) -> Result<Self, UnknownCollection> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|collection| collection.prefix() == text.trim());
        found.ok_or(UnknownCollection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_is_written_as_numbers_have_it() {
        for collection in Collection::ALL {
            let prefix = collection.prefix();
            assert_eq!(prefix.parse(), Ok(collection));
            let number: RulingNumber = format!("{prefix} 812345").parse().expect("it is a number");
            assert_eq!(number.collection(), Some(collection));
            assert_eq!(number.with_collection(), format!("{prefix} 812345"));
        }
    }

    #[test]
    fn what_is_written_counts_before_the_letter_and_the_letter_before_the_first_digit() {
        for (number, letter, series) in [
            ("DD 812345", Some("DD"), Some("DD")),
            ("HQ 812345", Some("HQ"), Some("HQ")),
            ("N301234", Some("NY"), Some("NY")),
            ("H289712", Some("HQ"), Some("HQ")),
            ("W968396", Some("HQ"), Some("HQ")),
            ("H88676", Some("NY"), Some("NY")),
            ("812345", None, Some("NY")),
            ("087415", None, Some("HQ")),
            ("961234", None, Some("HQ")),
            ("712345", None, None),
        ] {
            let number: RulingNumber = number.parse().expect("it is a number");
            let prefix = |collection: Option<Collection>| collection.map(Collection::prefix);
            assert_eq!(prefix(Collection::by_letter(&number)), letter, "{number}");
            assert_eq!(prefix(Collection::by_series(&number)), series, "{number}");
        }
    }
}
