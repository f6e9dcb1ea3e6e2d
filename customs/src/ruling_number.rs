//! Numbers of customs rulings, of every era (shared/domain/DOMAIN.md, section 3).

use crate::Collection;
use crate::short_text::ShortText;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A ruling's number. The bare number is its identity, whatever collection a citation names.
///
/// ```
/// use portolan_customs::RulingNumber;
/// let cited: RulingNumber = "New York Ruling Letter N48019".parse()?;
/// assert_eq!(cited, "NY N048019".parse()?);
/// assert_eq!(cited.to_string(), "N048019");
/// # Ok::<(), portolan_customs::InvalidRulingNumber>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "rules", derive(serde::Serialize, serde::Deserialize))]
pub struct RulingNumber {
    bare: ShortText<7>,
    collection: Option<Collection>,
}

/// Why a text is not a ruling number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write it as \"NY N301234\", \"HQ H289712\", \"NY I84264\" or \"HQ 087415\"")]
pub struct InvalidRulingNumber;

impl RulingNumber {
    /// The number with the collection where one was written: `NY N301234`.
    #[must_use]
    pub fn with_collection(&self) -> String {
        match self.collection {
            Some(collection) => format!("{} {self}", collection.prefix()),
            None => self.bare.to_string(),
        }
    }

    /// The collection that was written before it.
    #[must_use]
    pub fn collection(&self) -> Option<Collection> {
        self.collection
    }

    /// The number with the collection where one was written, else with that of its series where that is certain.
    #[must_use]
    pub fn cited(&self) -> String {
        match Collection::by_series(self) {
            Some(collection) => format!("{} {self}", collection.prefix()),
            None => self.bare.to_string(),
        }
    }

    /// The number as a part of an address: `n301234`.
    #[must_use]
    pub fn slug(&self) -> String {
        self.bare.to_ascii_lowercase()
    }
}

/// Words that stand before a number in citations, longest first.
const PREFIXES: &[(&str, Option<Collection>)] = &[
    ("NEW YORK RULING LETTER", Some(Collection::Ny)),
    ("HEADQUARTERS RULING LETTER", Some(Collection::Hq)),
    ("NEW YORK RULING", Some(Collection::Ny)),
    ("HEADQUARTERS RULING", Some(Collection::Hq)),
    ("HQ RULING", Some(Collection::Hq)),
    ("NY RULING", Some(Collection::Ny)),
    ("HRL", Some(Collection::Hq)),
    ("NYRL", Some(Collection::Ny)),
    ("NY", Some(Collection::Ny)),
    ("HQ", Some(Collection::Hq)),
    ("DD", Some(Collection::Dd)),
    ("PD", Some(Collection::Pd)),
    ("PC", Some(Collection::Pd)),
];

impl FromStr for RulingNumber {
    type Err = InvalidRulingNumber;

    fn from_str(text: &str) -> Result<Self, InvalidRulingNumber> {
        let upper = text.trim().to_ascii_uppercase();
        let prefix = PREFIXES.iter().find_map(|(words, collection)| {
            let rest = upper.strip_prefix(words)?;
            // `NYN301234` is no citation that anybody writes; `NY301234` might be.
            let apart = rest.starts_with([' ', '\t', '-'])
                || rest.starts_with(|c: char| c.is_ascii_digit());
            apart.then_some((rest, *collection))
        });
        let (rest, collection) = prefix.unwrap_or((&upper, None));
        let rest = rest.trim_start_matches([' ', '\t', '-']).trim_end();
        let bare = bare(rest).and_then(|bare| ShortText::new(&bare));
        let bare = bare.ok_or(InvalidRulingNumber)?;
        Ok(Self { bare, collection })
    }
}

/// Six digits; a letter and five digits; or `H`, `N`, `W` and six digits, of which citations lose leading zeros.
fn bare(text: &str) -> Option<String> {
    let letter = text.chars().next().filter(char::is_ascii_uppercase);
    let digits = letter.map_or(text, |_| &text[1..]);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (letter, digits.len()) {
        (None, 6) | (Some('A'..='M' | 'R'), 5) | (Some('H' | 'N' | 'W'), 6) => {
            Some(text.to_owned())
        }
        (None, 5) => Some(format!("0{digits}")),
        (Some(letter @ ('N' | 'W')), 4..=5) => Some(format!("{letter}{digits:0>6}")),
        _ => None,
    }
}

impl fmt::Display for RulingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.bare)
    }
}

impl PartialEq for RulingNumber {
    fn eq(&self, other: &Self) -> bool {
        self.bare == other.bare
    }
}

impl Eq for RulingNumber {}

impl Hash for RulingNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bare.hash(state);
    }
}

impl PartialOrd for RulingNumber {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RulingNumber {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bare.cmp(&other.bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_usual_spelling_is_the_same_ruling() {
        for (text, bare, cited) in [
            ("NY N301234", "N301234", "NY N301234"),
            ("ny n301234", "N301234", "NY N301234"),
            ("N301234", "N301234", "N301234"),
            ("NY N48019", "N048019", "NY N048019"),
            ("HQ 087415", "087415", "HQ 087415"),
            ("HRL 230119", "230119", "HQ 230119"),
            ("HQ 87415", "087415", "HQ 087415"),
            ("H88676", "H88676", "H88676"),
            ("HQ H017862", "H017862", "HQ H017862"),
            ("DD 857257", "857257", "DD 857257"),
            ("NY R03515", "R03515", "NY R03515"),
        ] {
            let number: RulingNumber = text.parse().expect(text);
            assert_eq!(
                (
                    number.to_string().as_str(),
                    number.with_collection().as_str()
                ),
                (bare, cited)
            );
        }
    }

    #[test]
    fn protest_numbers_and_words_are_no_rulings() {
        for text in [
            "3901-2018-100274",
            "NY",
            "",
            "N30123456",
            "HQ X123456",
            "6109.10",
            "é12345",
        ] {
            assert_eq!(
                text.parse::<RulingNumber>(),
                Err(InvalidRulingNumber),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_is_a_fixed_point_and_nothing_panics(text in "((NY|HQ|DD) ?)?[A-Z]?[0-9]{4,7}|\\PC{0,12}") {
            if let Ok(number) = text.parse::<RulingNumber>() {
                let again: RulingNumber = number.with_collection().parse().expect("the normal form is valid");
                prop_assert_eq!(again.with_collection(), number.with_collection());
            }
        }
    }
}
