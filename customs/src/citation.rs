//! Citations of regulations, statutes and the Federal Register, and where they stand in running text.

use std::fmt;
use std::str::FromStr;

/// A citation in its one normal form.
///
/// ```
/// use portolan_customs::Citation;
/// let cited: Citation = "19 U.S.C. § 1625(c)".parse()?;
/// assert_eq!(cited.to_string(), "19 U.S.C. 1625(c)");
/// # Ok::<(), portolan_customs::InvalidCitation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "rules", derive(serde::Serialize, serde::Deserialize))]
pub enum Citation {
    /// Code of Federal Regulations: title, part and section with paragraphs, `177.12(b)`.
    Cfr {
        /// 1 to 50.
        title: u16,
        /// As written, without blanks.
        section: String,
    },
    /// United States Code: title, section with paragraphs, `1625(c)`.
    Usc {
        /// 1 to 54.
        title: u16,
        /// As written, without blanks.
        section: String,
    },
    /// Federal Register: volume and first page.
    FederalRegister {
        /// One a year since 1936.
        volume: u16,
        /// In that volume.
        page: u32,
    },
}

/// Why a text is not a citation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write it as \"19 CFR 177.12(b)\", \"19 U.S.C. 1625(c)\" or \"79 FR 13322\"")]
pub struct InvalidCitation;

/// Names of the three series, upper case, without dots and blanks.
fn series(name: &str) -> Option<Series> {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    match letters.to_ascii_uppercase().as_str() {
        "CFR" => Some(Series::Cfr),
        "USC" | "USCA" => Some(Series::Usc),
        "FR" | "FEDREG" | "FEDERALREGISTER" => Some(Series::FederalRegister),
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Series {
    Cfr,
    Usc,
    FederalRegister,
}

impl FromStr for Citation {
    type Err = InvalidCitation;

    fn from_str(text: &str) -> Result<Self, InvalidCitation> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = text.split_at(digits);
        let number: u16 = number.parse().map_err(|_| InvalidCitation)?;
        let rest = rest.trim_start();
        let end = rest
            .find(|c: char| c.is_ascii_digit() || c == '§')
            .ok_or(InvalidCitation)?;
        let name = rest[..end].trim_end();
        let name = name.strip_suffix("part").unwrap_or(name);
        let series = series(name).ok_or(InvalidCitation)?;
        let place = rest[end..].trim_start_matches(['§', ' ', '\u{a0}']);
        match series {
            Series::Cfr if (1..=50).contains(&number) => Ok(Self::Cfr {
                title: number,
                section: section(place)?,
            }),
            Series::Usc if (1..=54).contains(&number) => Ok(Self::Usc {
                title: number,
                section: section(place)?,
            }),
            Series::FederalRegister => {
                let page = place
                    .replace(',', "")
                    .parse()
                    .map_err(|_| InvalidCitation)?;
                Ok(Self::FederalRegister {
                    volume: number,
                    page,
                })
            }
            _ => Err(InvalidCitation),
        }
    }
}

/// A section number with its paragraphs: digits first, then letters, digits, dots, hyphens and pairs of parentheses.
fn section(text: &str) -> Result<String, InvalidCitation> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let depth = compact.chars().try_fold(0_i32, |depth, c| match c {
        '(' => Some(depth + 1),
        ')' if depth > 0 => Some(depth - 1),
        c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') => Some(depth),
        _ => None,
    });
    let starts_well = compact.starts_with(|c: char| c.is_ascii_digit());
    if depth == Some(0) && starts_well && !compact.ends_with(['.', '-']) {
        Ok(compact)
    } else {
        Err(InvalidCitation)
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cfr { title, section } => write!(f, "{title} CFR {section}"),
            Self::Usc { title, section } => write!(f, "{title} U.S.C. {section}"),
            Self::FederalRegister { volume, page } => write!(f, "{volume} FR {page}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_usual_spelling_has_one_normal_form() {
        for (text, normal) in [
            ("19 CFR 177.12(b)", "19 CFR 177.12(b)"),
            ("19 C.F.R. § 177.12 (b)", "19 CFR 177.12(b)"),
            ("19 CFR part 177", "19 CFR 177"),
            ("19 USC 1625(c)", "19 U.S.C. 1625(c)"),
            ("19 U.S.C. §1592(c)(4)", "19 U.S.C. 1592(c)(4)"),
            ("79 Fed. Reg. 13,322", "79 FR 13322"),
        ] {
            assert_eq!(
                text.parse::<Citation>()
                    .map(|found| found.to_string())
                    .as_deref(),
                Ok(normal)
            );
        }
    }

    #[test]
    fn what_is_cut_off_or_of_another_series_is_refused() {
        for text in [
            "19 CFR",
            "CFR 177",
            "19 CFR 177.",
            "19 CFR 177.12(b",
            "99 CFR 1",
            "19 F.3d 12",
            "",
        ] {
            assert_eq!(text.parse::<Citation>(), Err(InvalidCitation), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_is_a_fixed_point_and_nothing_panics(text in "[0-9]{1,3} (CFR|U\\.S\\.C\\.|FR) §?[0-9.()a-z-]{0,10}|\\PC{0,14}") {
            if let Ok(citation) = text.parse::<Citation>() {
                prop_assert_eq!(citation.to_string().parse::<Citation>(), Ok(citation));
            }
        }
    }
}
