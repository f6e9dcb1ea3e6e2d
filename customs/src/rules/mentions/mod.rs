//! Rulings, tariff numbers and citations of law in running text (shared/domain/DOMAIN.md, sections 3, 6 and 8).
//!
//! A bare number is taken only where what comes before it says what it is: six digits are also amounts, protests and
//! article numbers.

mod law;
mod sentence;

pub(super) use sentence::boundaries;
pub use sentence::sentence;

use crate::{Citation, HtsNumber, RulingNumber};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// What a text speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention {
    /// A ruling.
    Ruling(RulingNumber),
    /// A tariff number.
    Hts(HtsNumber),
    /// A regulation, a statute or a page of the Federal Register.
    Law(Citation),
}

impl Mention {
    /// The official page, outside of the portal.
    #[must_use]
    pub fn official_url(&self) -> String {
        match self {
            Self::Ruling(number) => number.cross_url(),
            Self::Hts(number) => number.official_url(),
            Self::Law(citation) => citation.official_url(),
        }
    }
}

/// One alternative a kind of mention. What comes first wins where two begin at one place.
static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let office = r"(?:New\s+York|Headquarters|HQ|NY|Customs)?\s*\b(?:(?:HQ|NY|Headquarters|New\s+York)\s+(?:[Rr]uling(?:\s+[Ll]etter)?s?|[Dd]ecisions?)|Ruling(?:\s+Letter)?s?|HRL|NYRL|NY|HQ|Headquarters|DD|PD|PC)\b";
    let short_name = r#"(?:\s*\(\s*["“”]?\s*(?:NY|HQ|HRL|NYRL)\s*["“”]?\s*\))?"#;
    let number = r"[A-Z]?\d{4,6}";
    let tariff = r"\d{4}(?:\.\d{2}(?:\.(?:\d{4}|\d{2}(?:\.\d{2})?))?)?";
    let law = law::pattern();
    let pattern = format!(
        r"(?x)
        {law}
      | (?P<register>\b\d{{1,3}}\s+(?:Fed\.?\s?Reg\.?|F\.?R\.?)\s+(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\b)
      | (?P<cited>{office}{short_name}(?:\s*,?\s*[Nn]os?\.|\s*\#|\s+[Nn]umbers?)?\s*(?P<number>{number})\b)
      | (?P<bare>\b[HNW]\d{{6}}\b)
      | (?:\b(?:[Ss]ub)?[Hh]eading(?P<plural>s)?\s+(?P<named>{tariff})\b)
      | (?P<hts>\b\d{{4}}\.\d{{2}}\.(?:\d{{4}}|\d{{2}}(?:\.\d{{2}})?)\b)
        ",
    );
    compiled(&pattern)
});

/// Compiles a constant. Boundaries and digits of ASCII alone: others would keep the fast engine from text with accents.
fn compiled(pattern: &str) -> Regex {
    let pattern = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]");
    Regex::new(&pattern).expect("the pattern is a constant that tests compile")
}

/// What may go on right after a ruling: `, N024029`, ` and 561940`.
static NEXT_RULING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"^(?:\s*[,;]\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)([A-Z]\d{5,6}|\d{6})\b")
});

/// What may go on right after a heading: ` and 6110`, `, 6110.20`, `-5212`.
static NEXT_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?:\s*[,;]\s*(?:and\s+|or\s+)?|\s+(?:and|or|through|to|&)\s+|\s*[–—-]\s*)(\d{4}(?:\.\d{2}(?:\.(?:\d{4}|\d{2}(?:\.\d{2})?))?)?)\b",
    )
});

/// Finds the tariff numbers that a text mentions.
pub fn tariff_numbers(text: &str) -> impl Iterator<Item = (Range<usize>, HtsNumber)> {
    find(text)
        .into_iter()
        .filter_map(|(place, mention)| match mention {
            Mention::Hts(number) => Some((place, number)),
            _ => None,
        })
}

/// Finds what a text mentions, in its order and without overlaps. Of a list and of a range each number is a mention.
#[must_use]
pub fn find(text: &str) -> Vec<(Range<usize>, Mention)> {
    let mut found: Vec<(Range<usize>, Mention)> = Vec::new();
    let mut laws = law::Context::default();
    let mut at = 0;
    while let Some(captures) = PATTERN.captures_at(text, at) {
        let whole = captures.get(0).expect("a match has a whole").range();
        let before = found.len();
        found.extend(laws.read(text, &captures));
        if found.len() == before {
            match classified(&captures, text) {
                Some((span, mention)) => {
                    let end = span.end.max(whole.end);
                    let is_plural = captures.name("plural").is_some();
                    let first = mention.clone();
                    found.push((span, mention));
                    list(text, end, &first, is_plural, &mut found);
                }
                None => {
                    at = next_boundary(text, whole.start + 1);
                    continue;
                }
            }
        }
        at = found.last().map_or(whole.end, |(span, _)| span.end);
    }
    found
}

/// Adds the numbers that go on right after a first one.
fn list(
    text: &str,
    mut at: usize,
    first: &Mention,
    is_plural: bool,
    found: &mut Vec<(Range<usize>, Mention)>,
) {
    let next = match first {
        Mention::Ruling(_) => &*NEXT_RULING,
        Mention::Hts(_) => &*NEXT_HEADING,
        Mention::Law(_) => return,
    };
    let mut is_heading = matches!(first, Mention::Hts(number) if number.digits().len() == 4);
    while let Some(number) = next.captures(&text[at..]).and_then(|found| found.get(1)) {
        let digits = number.as_str();
        let parsed = match first {
            Mention::Ruling(_) => digits.parse().ok().map(Mention::Ruling),
            // Four digits go on after a heading alone; after a single one they may be a year.
            _ if !digits.contains('.') && (!is_heading || !is_plural && is_year(digits)) => None,
            _ => hts(digits),
        };
        let Some(mention) = parsed else { break };
        is_heading &= !digits.contains('.');
        found.push((at + number.start()..at + number.end(), mention));
        at += number.end();
    }
}

/// Whether digits may be a year of this or the last century.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

fn next_boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

fn classified(captures: &Captures<'_>, text: &str) -> Option<(Range<usize>, Mention)> {
    if let Some(register) = captures.name("register") {
        let words = register.as_str().split_whitespace();
        let compact = words.collect::<Vec<_>>().join(" ");
        return Some((register.range(), Mention::Law(compact.parse().ok()?)));
    }
    if let Some(cited) = captures.name("cited") {
        let number = captures.name("number")?;
        let words = cited.as_str().trim_start();
        let collection = if words.starts_with("NY") || words.starts_with("New") {
            "NY "
        } else if words.starts_with('H') {
            "HQ "
        } else {
            ""
        };
        // Four digits are a year or a heading; only after a letter do citations lose their zeros.
        let digits = number.as_str();
        let is_short = digits.len() < 6 && digits.starts_with(|c: char| c.is_ascii_digit());
        let parsed = format!("{collection}{digits}").parse().ok();
        let start = cited.end() - words.len();
        return parsed
            .filter(|_| !is_short)
            .map(|ruling| (start..cited.end(), Mention::Ruling(ruling)));
    }
    if let Some(bare) = captures.name("bare") {
        let before = text[..bare.start()].trim_end();
        let word = before
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let is_article = [
            "style", "styles", "model", "models", "item", "part", "sku", "article",
        ]
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name));
        let ruling = bare.as_str().parse().ok().filter(|_| !is_article);
        return ruling.map(|ruling| (bare.range(), Mention::Ruling(ruling)));
    }
    let number = captures.name("named").or_else(|| captures.name("hts"))?;
    Some((number.range(), hts(number.as_str())?))
}

/// A tariff number of a chapter that there is; 77 is reserved (HTSUS, section XV).
fn hts(text: &str) -> Option<Mention> {
    let number: HtsNumber = text.parse().ok()?;
    (number.chapter() != "77").then_some(Mention::Hts(number))
}

#[cfg(test)]
mod tests {
    use super::sentence::SENTENCE;
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        let mentions = find(text).into_iter();
        mentions
            .map(|(span, mention)| {
                let normal = match mention {
                    Mention::Ruling(number) => number.with_collection(),
                    Mention::Hts(number) => format!("HTS {number}"),
                    Mention::Law(citation) => citation.to_string(),
                };
                format!("{} = {normal}", &text[span])
            })
            .collect()
    }

    #[test]
    fn rulings_are_found_in_the_forms_that_letters_use() {
        for (text, expected) in [
            ("See NY N301234.", vec!["NY N301234 = NY N301234"]),
            (
                "New York Ruling Letter (\"NY\") N249825, dated",
                vec!["New York Ruling Letter (\"NY\") N249825 = NY N249825"],
            ),
            (
                "Headquarters Ruling Letter (“HQ”) 561801",
                vec!["Headquarters Ruling Letter (“HQ”) 561801 = HQ 561801"],
            ),
            ("HRL 230119 held", vec!["HRL 230119 = HQ 230119"]),
            ("HQ Ruling 958954", vec!["HQ Ruling 958954 = HQ 958954"]),
            (
                "HQ decisions 561801 and 561940",
                vec!["HQ decisions 561801 = HQ 561801", "561940 = 561940"],
            ),
            (
                "HQ 561801 and 561940",
                vec!["HQ 561801 = HQ 561801", "561940 = 561940"],
            ),
            (
                "NY N022872 modified and NY N024029 revoked",
                vec!["NY N022872 = NY N022872", "NY N024029 = NY N024029"],
            ),
            (
                "NY I84264, L86713 and R03515",
                vec![
                    "NY I84264 = NY I84264",
                    "L86713 = L86713",
                    "R03515 = R03515",
                ],
            ),
            ("see also H301619", vec!["H301619 = H301619"]),
            ("in Ruling 087412 we", vec!["Ruling 087412 = 087412"]),
            (
                "ruling number N312723, Ruling No. N312724",
                vec!["N312723 = N312723", "Ruling No. N312724 = N312724"],
            ),
            (
                "N301234-N301236",
                vec!["N301234 = N301234", "N301236 = N301236"],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn amounts_protests_articles_and_years_are_no_rulings() {
        for text in [
            "a value of 561801 dollars",
            "protest 3901-2018-100274",
            "style N301234",
            "HQ 2018",
            "$6109.10 each",
            "6109.10 percent",
            "A12345",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn tariff_numbers_and_laws_are_found() {
        for (text, expected) in [
            (
                "subheading 6109.10.0012, HTSUS",
                vec!["6109.10.0012 = HTS 6109.10.0012"],
            ),
            ("in 6109.10.00.12", vec!["6109.10.00.12 = HTS 6109.10.0012"]),
            (
                "headings 6109 and 6110",
                vec!["6109 = HTS 6109", "6110 = HTS 6110"],
            ),
            ("subheading 8504.40,", vec!["8504.40 = HTS 8504.40"]),
            (
                "under 19 U.S.C. § 1625(c)(1)",
                vec!["19 U.S.C. § 1625(c)(1) = 19 U.S.C. 1625(c)(1)"],
            ),
            (
                "19 C.F.R. § 177.12 (b).",
                vec!["19 C.F.R. § 177.12 (b) = 19 CFR 177.12(b)"],
            ),
            ("19 CFR Part 177", vec!["19 CFR Part 177 = 19 CFR 177"]),
            (
                "headings 5208-5212 and 5407–5408",
                vec![
                    "5208 = HTS 5208",
                    "5212 = HTS 5212",
                    "5407 = HTS 5407",
                    "5408 = HTS 5408",
                ],
            ),
            (
                "heading 8701 to 8705",
                vec!["8701 = HTS 8701", "8705 = HTS 8705"],
            ),
            (
                "subheadings 6109.10 and 6109.90",
                vec!["6109.10 = HTS 6109.10", "6109.90 = HTS 6109.90"],
            ),
            ("heading 6109, 2018", vec!["6109 = HTS 6109"]),
            ("subheading 6109.10, 2018", vec!["6109.10 = HTS 6109.10"]),
            (
                "79 Fed. Reg. 13,322",
                vec!["79 Fed. Reg. 13,322 = 79 FR 13322"],
            ),
            ("81 FR 92978;", vec!["81 FR 92978 = 81 FR 92978"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn the_sentence_of_a_citation_is_whole_and_no_more() {
        let text = "First. In NY N301234, citing 19 U.S.C. 1625(c), we said so. Next comes more.";
        let span = find(text)[0].0.clone();
        assert_eq!(
            sentence(text, span),
            "In NY N301234, citing 19 U.S.C. 1625(c), we said so."
        );
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text_in_order_and_sentences_are_parts_of_it(
            text in "((HQ|NY|heading|and|,|\\.|é|19 CFR|[A-Z]?[0-9]{4,6}|6109\\.10\\.0012| |\n){0,30})|\\PC{0,80}",
        ) {
            let mut end = 0;
            for (span, _) in find(&text) {
                prop_assert!(span.start >= end && text.get(span.clone()).is_some());
                end = span.end;
                prop_assert!(sentence(&text, span).chars().count() <= SENTENCE + 4);
            }
        }
    }
}
