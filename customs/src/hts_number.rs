//! Numbers of the Harmonized Tariff Schedule of the United States.

use crate::short_text::ShortText;
use std::fmt;
use std::str::FromStr;

/// A number of 2 (chapter), 4 (heading), 6 (subheading), 8 (rate line) or 10 digits (statistical number).
///
/// ```
/// use portolan_customs::HtsNumber;
/// let number: HtsNumber = "6109.10.00.12".parse()?;
/// assert_eq!(number.to_string(), "6109.10.0012");
/// assert_eq!(number.heading(), Some("6109"));
/// # Ok::<(), portolan_customs::InvalidHtsNumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "rules", derive(serde::Serialize, serde::Deserialize))]
pub struct HtsNumber {
    digits: ShortText<10>,
}

/// Why a text is not an HTS number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidHtsNumber {
    /// Something else than digits, dots and spaces.
    #[error("`{0}` is no digit: write it as \"6109.10.0012\"")]
    Character(char),
    /// Another count of digits.
    #[error("it has {0} digits; an HTS number has 2, 4, 6, 8 or 10: write it as \"6109.10.0012\"")]
    Length(usize),
    /// A chapter that the schedule does not have.
    #[error("there is no chapter {0}: chapters run from 01 to 99")]
    Chapter(String),
}

impl HtsNumber {
    /// The digits alone.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The first two digits.
    #[must_use]
    pub fn chapter(&self) -> &str {
        &self.digits[..2]
    }

    /// The first four digits, where there are so many.
    #[must_use]
    pub fn heading(&self) -> Option<&str> {
        self.digits.get(..4)
    }

    /// Whether it is of chapter 98 or 99: an extra duty or special provision, not a classification.
    #[must_use]
    pub fn is_special(&self) -> bool {
        matches!(self.chapter(), "98" | "99")
    }

    /// Whether the other number lies at or below this one.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.digits.starts_with(&*self.digits)
    }
}

impl FromStr for HtsNumber {
    type Err = InvalidHtsNumber;

    fn from_str(text: &str) -> Result<Self, InvalidHtsNumber> {
        let mut digits = String::with_capacity(10);
        for c in text.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                '.' | ' ' => {}
                c => return Err(InvalidHtsNumber::Character(c)),
            }
        }
        if !matches!(digits.len(), 2 | 4 | 6 | 8 | 10) {
            return Err(InvalidHtsNumber::Length(digits.len()));
        }
        if digits.starts_with("00") {
            return Err(InvalidHtsNumber::Chapter("00".to_owned()));
        }
        let digits = ShortText::new(&digits).ok_or(InvalidHtsNumber::Length(digits.len()))?;
        Ok(Self { digits })
    }
}

impl fmt::Display for HtsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = &self.digits;
        match digits.len() {
            6 => write!(f, "{}.{}", &digits[..4], &digits[4..]),
            8 => write!(f, "{}.{}.{}", &digits[..4], &digits[4..6], &digits[6..]),
            10 => write!(f, "{}.{}.{}", &digits[..4], &digits[4..6], &digits[6..]),
            _ => f.write_str(digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_of_seven_digits_is_refused_with_the_count() {
        assert_eq!(
            "6109.100".parse::<HtsNumber>(),
            Err(InvalidHtsNumber::Length(7))
        );
        assert_eq!(
            "6109.1O".parse::<HtsNumber>(),
            Err(InvalidHtsNumber::Character('O'))
        );
    }

    proptest! {
        #[test]
        fn the_normal_form_is_a_fixed_point_and_nothing_panics(text in "[0-9. ]{0,14}|\\PC{0,12}") {
            if let Ok(number) = text.parse::<HtsNumber>() {
                prop_assert_eq!(number.to_string().parse::<HtsNumber>(), Ok(number));
            }
        }
    }
}
