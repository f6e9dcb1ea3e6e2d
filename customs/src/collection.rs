//! The collections that rulings are cited under, and which one a number belongs to.

use crate::{Collection, RulingNumber};

/// Every collection, as it is written before a number.
pub const COLLECTIONS: [(&str, Collection); 4] = [
    ("NY", Collection::Ny),
    ("HQ", Collection::Hq),
    ("DD", Collection::Dd),
    ("PD", Collection::Pd),
];

/// How a collection is written before a number.
#[must_use]
pub fn prefix(collection: Collection) -> &'static str {
    let found = COLLECTIONS.iter().find(|(_, known)| *known == collection);
    found.map_or("", |(prefix, _)| prefix)
}

/// The collection that is written before a number, else the one that its letter tells: `H` and `W` with six digits are
/// Headquarters', all other letters New York's (shared/domain/DOMAIN.md, section 3).
#[must_use]
pub fn by_letter(number: &RulingNumber) -> Option<Collection> {
    number.collection().or_else(|| {
        let bare = number.to_string();
        match (bare.as_bytes().first(), bare.len()) {
            (Some(b'H' | b'W'), 7) => Some(Collection::Hq),
            (Some(letter), _) if letter.is_ascii_alphabetic() => Some(Collection::Ny),
            _ => None,
        }
    })
}

/// The same of a number that is known to be a ruling's: then six digits without a letter tell it by the first of them,
/// where that is certain.
#[must_use]
pub fn by_series(number: &RulingNumber) -> Option<Collection> {
    by_letter(number).or_else(|| match number.to_string().as_bytes().first() {
        Some(b'8') => Some(Collection::Ny),
        Some(b'0' | b'1' | b'2' | b'5' | b'9') => Some(Collection::Hq),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_is_written_as_numbers_have_it() {
        for (prefix, collection) in COLLECTIONS {
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
            assert_eq!(by_letter(&number).map(prefix), letter, "{number}");
            assert_eq!(by_series(&number).map(prefix), series, "{number}");
        }
    }
}
