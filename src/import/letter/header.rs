//! Recognizes what is in a letter's head and may be published: number, date, file code, category, tariff numbers
//! and letterhead. Each is read from the start of a text, because a text taken from PDF has no line ends.
//!
//! Values are held against what such a field can hold. What else is on the line is not part of it: it may be a name.

use super::{Field, HeaderLine};
use crate::import::clean;
use portolan_customs::MONTHS;
use portolan_customs::RulingNumber;
use regex::Regex;
use std::sync::LazyLock;

/// Labels of values that may be on the next line.
static CATEGORY: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^categor(?:y|ies)\s*:\s*"));
static TARIFF: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^tariff\s+(?:no|nos|number|numbers)\b(?:\.\s*:|\s*:|\.|\s*\(s\)\s*:)\s*")
});
/// The words that CROSS uses for categories, and the headings of older letters of Headquarters.
static CATEGORIES: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"(?:(?:tariff\s+)?classification|country\s+of\s+origin(?:\s+marking)?|country|origin|marking|(?:customs\s+)?valu(?:ation|e)|trade\s+(?:program(?:me)?s?|agreements?)|free\s+trade\s+agreements?|trade|preferences?|drawback|entr(?:y|ies)|liquidation|carriers?|quotas?|(?:government\s+)?procurement|other|nafta|usmca|gsp|agoa|cbi|cbera|cbtpa|(?:[a-z]{1,4}-)?[a-z]{0,5}fta|vessels?(?:\s+repairs?)?|coastwise(?:\s+trade)?|protests?|bonds?|brokers?|penalt(?:y|ies)|seizures?|(?:restricted|prohibited)\s+merchandise|admissibility|trademarks?|copyrights?|intellectual\s+property(?:\s+rights)?|foreign[-\s]trade\s+zones?|warehous(?:es?|ing)|textiles?|special\s+programs?|dut(?:y|ies)|user\s+fees?|merchandise\s+processing\s+fees?|internal\s+advice|containers?|eligibility|country)";
    regex(&format!(
        r"(?i)^{word}\b(?:\s*(?:[;,/&]|\band\b)\s*(?:{word}\b)?)*"
    ))
});
/// Tariff numbers: where only blanks part them, a number without points may be that of a house.
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    let any = r"\d{4}(?:\.?\d{2}(?:\.?\d{2,4}(?:\.\d{2})?)?)?\b";
    let pointed = r"\d{4}\.\d{2}(?:\.?\d{2,4}(?:\.\d{2})?)?\b";
    regex(&format!(
        r"(?i)^(?:HTSUS?:?\s+)?{any}(?:\s*[,;]\s*{any}|\s*(?:;|,|\band\b|&)\s*{any}|\s+{pointed})*\s*[;,]?|^(?:various|none|n/a)\b"
    ))
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\s*,?\s+\d{4}\b\.?",
    )
});
static FILE_CODE: LazyLock<Regex> = LazyLock::new(|| {
    let class = r"[A-Z]{3}-\d+(?:-\d+)*(?::[A-Z0-9:.-]+)?";
    let office = r"(?:OT:RR|RR:CR|RR:NC|RR:IT|CO:R|RR:TC)[A-Z0-9:.-]*";
    let office_after = r"[A-Z0-9]+(?::[A-Z0-9]+)+";
    regex(&format!(
        r"^(?:{class}|{office})(?:\s+(?:{office_after}|[A-Z]?\d{{3,6}}))*(?:\s+[A-Z]{{2,4}}$)?"
    ))
});
/// The offices' own names and addresses.
static LETTERHEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix)^(?:
        (?:U\.?\s?S\.?|United\s+States|Bureau\s+of)\s+Customs(?:\s+(?:and|&))?(?:\s+(?:Border|Service)(?:\s+Protection)?)?
        |(?:Customs\s+and\s+)?Border\s+Protection
        |(?:U\.?\s?S\.?\s+)?Department\s+of\s+(?:Homeland\s+Security|the\s+Treasury)
        |National\s+Commodity\s+Specialist\s+Division
        |(?:Headquarters|Office\s+of\s+(?:International\s+)?Trade|Regulations\s+(?:and|&)\s+Rulings|Office\s+of\s+Regulations\s+(?:and|&)\s+Rulings)
        |One\s+World\s+Trade\s+Center(?:,\s*Suite\s+51\.201)?|(?:6|Six)\s+World\s+Trade\s+Center|201\s+Varick\s+Street(?:,\s*Suite\s+501)?
        |New\s+York,\s+(?:NY|N\.Y\.|New\s+York)\s+(?:10007|10014|10048)(?:-\d{4})?
        |Washington,?\s+D\.?C\.?\s+(?:20229|20226)(?:-\d{4})?|90\s+K\s+Street,?\s+N\.?E\.?,?
        )$",
    )
});
static SUBJECT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:RE|Re|SUBJECT|Subject|SUBJ)\s*:\s*"));

/// Compiles a pattern of the import.
pub(in crate::import) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a literal that the tests compile")
}

/// What is known of the ruling besides its letter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Its number. Another number in the head is none of the letter's own.
    pub number: Option<&'a RulingNumber>,
    /// Its subject, which tells where the letter's `RE:` ends.
    pub subject: Option<&'a str>,
}

/// Reads a header field from the start of a text, and says how many bytes it took.
pub(super) fn field(text: &str, known: Known<'_>) -> Option<(HeaderLine, usize)> {
    let line = |field, label: usize, end: usize| {
        let found = HeaderLine {
            field,
            value: clean::one_line(&text[label..end]),
            text: clean::one_line(&text[..end]),
        };
        (found, end)
    };
    for (label, values, field) in [
        (&*CATEGORY, &*CATEGORIES, Field::Category),
        (&*TARIFF, &*NUMBERS, Field::Tariff),
    ] {
        if let Some(label) = label.find(text).map(|found| found.end()) {
            let value = value_end(values, &text[label..]).unwrap_or_default();
            return Some(line(field, label, label + value));
        }
    }
    if let Some(end) = number(text, known) {
        return Some(line(Field::Number, 0, end));
    }
    if let Some(found) = DATE.find(text)
        && date(found.as_str()).is_some()
        && !text[found.end()..].starts_with(|c: char| c.is_alphanumeric())
    {
        return Some(line(Field::Date, 0, found.end()));
    }
    let code = FILE_CODE.find(text)?.end();
    let is_apart = text[code..].is_empty() || text[code..].starts_with(char::is_whitespace);
    is_apart.then(|| line(Field::FileCode, 0, code))
}

/// How much of a text is the value of a label on an earlier line.
pub(super) fn value_after(field: Field, text: &str) -> Option<usize> {
    let values = match field {
        Field::Category => &*CATEGORIES,
        Field::Tariff => &*NUMBERS,
        _ => return None,
    };
    value_end(values, text)
}

fn value_end(values: &Regex, text: &str) -> Option<usize> {
    let end = values.find(text)?.end();
    // A number without points before other words may be that of a house.
    let (value, rest) = text.split_at(end);
    let is_house = value.starts_with(|c: char| c.is_ascii_digit()) && !value.contains('.');
    (!is_house || rest.trim().is_empty()).then_some(end)
}

/// Where the ruling's own number ends.
fn number(text: &str, known: Known<'_>) -> Option<usize> {
    let mut ends = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, _)| at)
        .chain([text.len()]);
    let first = ends.next()?;
    let second = ends.next();
    [second, Some(first)].into_iter().flatten().find(|end| {
        let Ok(number) = text[..*end].parse::<RulingNumber>() else {
            return false;
        };
        match known.number {
            Some(own) => number == *own,
            // Postal codes of six digits look like the numbers of older rulings.
            None => text[..*end].starts_with(|c: char| c.is_ascii_alphabetic()),
        }
    })
}

/// Whether a line is part of an office's own letterhead.
pub(super) fn is_letterhead(line: &str) -> bool {
    LETTERHEAD.is_match(line)
}

/// Where the value of `RE:` begins.
pub(super) fn subject(text: &str) -> Option<usize> {
    SUBJECT.find(text).map(|found| found.end())
}

/// Whether a line is the month of a date that goes on on the next line, as in printed letters of 2023.
pub(super) fn is_month(line: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(line))
}

/// Reads `December 5, 2018` and `Dec. 5, 2018`.
pub(in crate::import) fn date(text: &str) -> Option<jiff::civil::Date> {
    let text = text.replace(" ,", ",");
    let mut words = text.split_whitespace();
    let month = words.next()?.trim_end_matches('.');
    let month = MONTHS.iter().position(|name| {
        name.eq_ignore_ascii_case(month)
            || month.len() >= 3
                && month.len() <= 4
                && name.len() > month.len()
                && name
                    .get(..month.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(month))
    })?;
    let day: i8 = words.next()?.trim_end_matches(',').parse().ok()?;
    let year: i16 = words.next()?.trim_end_matches('.').parse().ok()?;
    let month = i8::try_from(month + 1).ok()?;
    let is_year = (1789..=2200).contains(&year) && words.next().is_none();
    jiff::civil::Date::new(year, month, day)
        .ok()
        .filter(|_| is_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_takes_what_it_can_hold_and_leaves_the_name_that_follows() {
        for (text, value, rest) in [
            ("N360101 April 2, 2026", "N360101", "April 2, 2026"),
            ("April 2, 2026 Zelda", "April 2, 2026", "Zelda"),
            (
                "CATEGORY: Classification; Origin Zelda",
                "Classification; Origin",
                "Zelda",
            ),
            ("CATEGORY:\tZelda Corp", "", "Zelda Corp"),
            (
                "TARIFF NO.: 9405.21.8010; 9903.88.03 Zelda",
                "9405.21.8010; 9903.88.03",
                "Zelda",
            ),
            (
                "TARIFF NO.: 9405.21.8010 1234 Main",
                "9405.21.8010",
                "1234 Main",
            ),
            ("TARIFF NO.: 7326.19,0080", "7326.19,0080", ""),
            (
                "CLA-2-94:OT:RR:NC:N4:110 ANN LEE",
                "CLA-2-94:OT:RR:NC:N4:110",
                "ANN LEE",
            ),
            (
                "CLA-2-94:OT:RR:NC:N4:110 CATEGORY: x",
                "CLA-2-94:OT:RR:NC:N4:110",
                "CATEGORY: x",
            ),
            (
                "CLA-2 OT:RR:CTF:VS H019713 KSG",
                "CLA-2 OT:RR:CTF:VS H019713 KSG",
                "",
            ),
            ("CLA-2-39:OT:RR:NC:N:5 137", "CLA-2-39:OT:RR:NC:N:5 137", ""),
        ] {
            let (found, used) = field(text, Known::default()).expect("it is a field");
            assert_eq!(
                (found.value.as_str(), text[used..].trim()),
                (value, rest),
                "{text}"
            );
        }
        for text in [
            "315100",
            "Mayor Road 1, 2020",
            "May Quill",
            "ABC Corp",
            "OTHER LANE",
        ] {
            assert!(field(text, Known::default()).is_none(), "{text}");
        }
    }

    #[test]
    fn the_letterhead_is_the_offices_own_and_no_other_address() {
        for line in [
            "U.S. Customs and",
            "Border Protection",
            "U.S. Department of Homeland Security",
            "One World Trade Center, Suite 51.201",
            "New York, NY 10007",
        ] {
            assert!(is_letterhead(line), "{line}");
        }
        for line in [
            "New York, NY 10022",
            "Border Protection Lamps Inc.",
            "U.S. Customs Brokers",
        ] {
            assert!(!is_letterhead(line), "{line}");
        }
    }
}
