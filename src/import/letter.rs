//! A ruling's letter taken apart: header, address block, text.
//!
//! In: the text of the word-processor file or PDF as CROSS gives it. Out: every word of it, in one of three places.

use super::clean;
use super::{prose, run_together};
use crate::document::MONTHS;
use portolan_search::RulingNumber;

/// A letter in its three parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// What stands above and below the address, in its order.
    pub header: Vec<HeaderLine>,
    /// Whom it was sent to, with the salutation: names private people. Empty where it could not be found.
    pub addressee: String,
    /// The text as markdown.
    pub body: String,
}

/// A line of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderLine {
    /// What it says.
    pub field: Field,
    /// As it stands in the letter, on one line.
    pub text: String,
    /// Without the label.
    pub value: String,
}

/// What a line of the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The office's name and address.
    Letterhead,
    /// The ruling's number.
    Number,
    /// When it was issued.
    Date,
    /// The office's file, `CLA-2-85:OT:RR:NC:N2:212`.
    FileCode,
    /// `CATEGORY:`.
    Category,
    /// `TARIFF NO.:`.
    Tariff,
    /// `RE:`.
    Subject,
}

impl Letter {
    /// The first line of a field.
    #[must_use]
    pub fn value(&self, field: Field) -> Option<&str> {
        let line = self.header.iter().find(|line| line.field == field)?;
        Some(line.value.as_str()).filter(|value| !value.is_empty())
    }

    /// The text with those lines of the header before it that stand nowhere else.
    #[must_use]
    pub fn body_with(&self, keep: impl Fn(&HeaderLine) -> bool) -> String {
        let kept = self.header.iter().filter(|line| keep(line));
        let lines: Vec<String> = kept
            .map(|line| super::escape::line(&line.text).into_owned())
            .collect();
        match (lines.is_empty(), self.body.is_empty()) {
            (true, _) => self.body.clone(),
            (false, true) => lines.join("\\\n"),
            (false, false) => format!("{}\n\n{}", lines.join("\\\n"), self.body),
        }
    }
}

/// Header and address stand within so many lines.
pub(super) const HEAD_LINES: usize = 80;
/// A line of an address is never longer.
const ADDRESS_LINE: usize = 200;

/// Takes a letter apart.
#[must_use]
pub fn read(raw: &str) -> Letter {
    let text = run_together::apart(&clean::text(raw));
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let head = Head::find(&lines);
    let mut letter = Letter::default();
    let mut address: Vec<String> = Vec::new();
    read_head(&lines[..head.end], head.is_open, &mut letter, &mut address);
    if let Some(subject) = head.subject {
        let text = clean::one_line(&lines[subject.clone()].join(" "));
        letter.header.push(HeaderLine {
            field: Field::Subject,
            value: subject_value(&text).to_owned(),
            text,
        });
    }
    if let Some(salutation) = head.salutation {
        address.push(String::new());
        address.push(clean::one_line(lines[salutation]));
    }
    letter.addressee = address.join("\n").trim().to_owned();
    letter.body = prose::markdown(&lines[head.body..]);
    letter
}

/// Where the parts of the head are.
struct Head {
    /// Header and address end before this line.
    end: usize,
    subject: Option<std::ops::Range<usize>>,
    salutation: Option<usize>,
    /// The text begins here.
    body: usize,
    /// Whether what is no line of the header belongs to the address. Else there is no address.
    is_open: bool,
}

impl Head {
    fn find(lines: &[&str]) -> Self {
        let mut seen = 0;
        let (mut subject, mut salutation) = (None, None);
        for (at, line) in lines.iter().enumerate() {
            seen += usize::from(!line.is_empty());
            if seen > HEAD_LINES || prose::is_heading(line) && header_line(line).is_none() {
                break;
            }
            if subject.is_none() && is_subject(line) {
                subject = Some(at);
            }
            if is_salutation(line) {
                salutation = Some(at);
                break;
            }
            if subject.is_some() && seen > HEAD_LINES / 2 {
                break;
            }
        }
        let paragraph_end = |from: usize| {
            let length = lines[from..]
                .iter()
                .skip(1)
                .take_while(|line| !line.is_empty() && !prose::is_heading(line))
                .count();
            from + 1 + length
        };
        let too_long = |end: usize| {
            lines[..end]
                .iter()
                .any(|line| line.chars().count() > ADDRESS_LINE)
        };
        match (subject, salutation) {
            (Some(subject), Some(salutation)) if !too_long(subject) => Self {
                end: subject,
                subject: Some(subject..salutation),
                salutation: Some(salutation),
                body: salutation + 1,
                is_open: true,
            },
            (None, Some(salutation)) if !too_long(salutation) => {
                // Some letters greet first and name their subject then.
                let next = (salutation + 1..lines.len()).find(|at| !lines[*at].is_empty());
                let subject = next
                    .filter(|at| is_subject(lines[*at]))
                    .map(|at| at..paragraph_end(at));
                Self {
                    end: salutation,
                    body: subject
                        .as_ref()
                        .map_or(salutation + 1, |subject| subject.end),
                    subject,
                    salutation: Some(salutation),
                    is_open: true,
                }
            }
            (Some(subject), None) if !too_long(subject) => {
                let end = paragraph_end(subject);
                Self {
                    end: subject,
                    subject: Some(subject..end),
                    salutation: None,
                    body: end,
                    is_open: true,
                }
            }
            _ => {
                let end = closed_end(lines);
                Self {
                    end,
                    subject: None,
                    salutation: None,
                    body: end,
                    is_open: false,
                }
            }
        }
    }
}

/// Where the lines of a header end that nothing closes.
fn closed_end(lines: &[&str]) -> usize {
    let mut end = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() {
            continue;
        }
        if header_line(line).is_none() {
            break;
        }
        end = at + 1;
    }
    end
}

fn read_head(lines: &[&str], is_open: bool, letter: &mut Letter, address: &mut Vec<String>) {
    let number_at = lines
        .iter()
        .position(|line| header_line(line).is_some_and(|line| line.field == Field::Number));
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if line.is_empty() {
            continue;
        }
        // Printed letters of 2023 break the line within the date.
        let joined = lines.get(at).map(|next| format!("{line} {next}"));
        if let Some(joined) = joined.filter(|joined| is_month(line) && date(joined).is_some()) {
            at += 1;
            letter.header.push(HeaderLine {
                field: Field::Date,
                value: joined.clone(),
                text: joined,
            });
            continue;
        }
        if let Some(mut found) = header_line(line) {
            let is_labelled = matches!(found.field, Field::Category | Field::Tariff);
            while is_labelled && at < lines.len() {
                let next = lines[at];
                let is_value =
                    found.value.is_empty() && !next.is_empty() && header_line(next).is_none()
                        || found.field == Field::Tariff && is_tariffs(next);
                if !is_value {
                    break;
                }
                let next = clean::one_line(next);
                found.text = format!("{} {next}", found.text);
                found.value = format!("{} {next}", found.value).trim().to_owned();
                at += 1;
            }
            letter.header.push(found);
        } else if !is_open {
            // Only a header that is closed by nothing comes here, and all of its lines are known.
        } else if number_at.is_some_and(|number| at <= number) && address.is_empty() {
            let text = clean::one_line(line);
            letter.header.push(HeaderLine {
                field: Field::Letterhead,
                value: text.clone(),
                text,
            });
        } else {
            address.push(clean::one_line(line));
        }
    }
}

/// Reads one line of a header.
fn header_line(line: &str) -> Option<HeaderLine> {
    let text = clean::one_line(line);
    let labelled = |field, value: &str| HeaderLine {
        field,
        value: value.trim().to_owned(),
        text: text.clone(),
    };
    let upper = text.to_ascii_uppercase();
    for (label, field) in [
        ("CATEGORY:", Field::Category),
        ("TARIFF NO.:", Field::Tariff),
        ("TARIFF NO:", Field::Tariff),
        ("TARIFF NOS.:", Field::Tariff),
        ("TARIFF NUMBER:", Field::Tariff),
        ("TARIFF NUMBERS:", Field::Tariff),
        ("TARIFF NO.", Field::Tariff),
    ] {
        if upper.starts_with(label) {
            return Some(labelled(field, &text[label.len()..]));
        }
    }
    if text.parse::<RulingNumber>().is_ok() {
        return Some(labelled(Field::Number, &text));
    }
    if date(&text).is_some() {
        return Some(labelled(Field::Date, &text));
    }
    is_file_code(&text).then(|| labelled(Field::FileCode, &text))
}

/// Codes of files: `CLA-2-85:OT:RR:NC:N2:212`, `MAR-2 OT:RR:NC:N1:113`, `CLA-2 CO:R:C:G 087412 SER`.
fn is_file_code(text: &str) -> bool {
    let is_capitals = !text.contains(char::is_lowercase) && text.len() <= 60;
    let first = text.split([' ', ':']).next().unwrap_or_default();
    let is_class = first.len() >= 5
        && first.as_bytes()[..3].iter().all(u8::is_ascii_uppercase)
        && first.as_bytes()[3] == b'-'
        && first.as_bytes()[4].is_ascii_digit();
    let is_office = ["OT:RR", "RR:CR", "RR:NC", "RR:IT", "CO:R", "RR:TC"]
        .iter()
        .any(|office| text.starts_with(office));
    is_capitals && (is_class || is_office)
}

fn is_subject(line: &str) -> bool {
    ["RE:", "Re:"].iter().any(|label| line.starts_with(label))
}

fn subject_value(text: &str) -> &str {
    text.get(3..).unwrap_or_default().trim()
}

fn is_salutation(line: &str) -> bool {
    const FORMS: &[&str] = &[
        "Gentlemen",
        "Ladies and Gentlemen",
        "Sir or Madam",
        "To Whom It May Concern",
        "Sirs",
    ];
    let (Some(name), true) = (line.strip_suffix([':', ',']), line.len() <= 120) else {
        return false;
    };
    name.starts_with("Dear ") || FORMS.iter().any(|form| name.eq_ignore_ascii_case(form))
}

fn is_tariffs(line: &str) -> bool {
    line.bytes().filter(u8::is_ascii_digit).count() >= 4
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ';' | ' ' | '\t'))
}

fn is_month(line: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(line))
}

/// Reads `December 5, 2018`.
pub(super) fn date(text: &str) -> Option<jiff::civil::Date> {
    let mut words = text.split_whitespace();
    let month = words.next()?;
    let month = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month))?;
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
    use crate::document::markdown::plain_text;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.sort();
        words
    }

    fn all_words(letter: &Letter) -> Vec<String> {
        let header: Vec<&str> = letter
            .header
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        words(&format!(
            "{} {} {}",
            header.join(" "),
            letter.addressee,
            plain_text(&letter.body)
        ))
    }

    #[test]
    fn a_letter_of_new_york_falls_into_its_parts() {
        let letter = read(
            "\u{c}N100000\r\rDecember 5, 2018\r\rCLA-2-85:OT:RR:NC:N2:212\r\rCATEGORY:\tClassification\r\rTARIFF NO.: 8544.42.9090;\r9903.88.03\r\rMs. Ann Example\rExample Inc.\r1 Main St.\r\rRE:\tThe tariff classification of\rcables\r\rDear Ms. Example:\r\rIn your letter you asked.\r\rSincerely,\r\rBob Sample\rDirector",
        );
        let fields: Vec<_> = letter
            .header
            .iter()
            .map(|line| (line.field, line.value.as_str()))
            .collect();
        assert_eq!(
            fields,
            [
                (Field::Number, "N100000"),
                (Field::Date, "December 5, 2018"),
                (Field::FileCode, "CLA-2-85:OT:RR:NC:N2:212"),
                (Field::Category, "Classification"),
                (Field::Tariff, "8544.42.9090; 9903.88.03"),
                (Field::Subject, "The tariff classification of cables"),
            ]
        );
        assert_eq!(
            letter.addressee,
            "Ms. Ann Example\nExample Inc.\n1 Main St.\n\nDear Ms. Example:"
        );
        assert_eq!(
            letter.body,
            "In your letter you asked.\n\nSincerely,\n\nBob Sample\\\nDirector"
        );
    }

    #[test]
    fn a_letter_from_pdf_whose_lines_ran_together_gives_its_address_up_too() {
        let letter = read(
            "N100000  \r\nJanuary 5, 2026\r\n  CLA-2:OT:RR:NC:N2:212  \r\nCATEGORY: Classification  \r\nTARIFF NO.: 8544.49.3080\r\n  Ann Example  Example Customs Service Inc.  11 Some Street  Seoul 05836  South Korea  RE:  The tariff classification of LAN cables  Dear Ms. Example:  In your letter dated December 10, 2025, you requested a ruling on cables that are long.  \r\nSincerely,\r\n  Bob Sample  Director",
        );
        assert_eq!(
            letter.addressee,
            "Ann Example\nExample Customs Service Inc.\n11 Some Street\nSeoul 05836\nSouth Korea\n\nDear Ms. Example:"
        );
        assert_eq!(
            letter.value(Field::Subject),
            Some("The tariff classification of LAN cables")
        );
        assert!(letter.body.starts_with("In your letter dated"));
    }

    #[test]
    fn a_letter_that_names_nobody_has_no_address_and_loses_no_line() {
        let letter = read("HQ 900000\n\nThe decision of May 1 stands.\n\nHOLDING:\n\nIt stands.");
        assert_eq!(letter.addressee, "");
        assert_eq!(
            letter.body,
            "The decision of May 1 stands.\n\n## Holding\n\nIt stands."
        );
    }

    #[test]
    fn a_date_that_is_broken_over_two_lines_and_a_number_that_stands_twice_belong_to_the_header() {
        let letter = read(
            "N100000\nN100000\nDecember\n12, 2023\nOT:RR:NC:N1:118\nCATEGORY: Origin\nAnn Example\nRE: \u{a0}Origin\nDear Ms. Example:\nText.",
        );
        assert_eq!(letter.value(Field::Date), Some("December 12, 2023"));
        assert_eq!(letter.addressee, "Ann Example\n\nDear Ms. Example:");
        assert_eq!(letter.body, "Text.");
    }

    proptest! {
        #[test]
        fn no_word_of_a_letter_is_lost_or_added(
            parts in proptest::collection::vec(
                "N123456|May 1, 2020|CLA-2-85:OT:RR:NC|CATEGORY: ?|TARIFF NO.: 6109.10|RE: |Dear Ann:|FACTS:|[a-z#*_|.:)0-9\\[\\]<>&+~`=-]{1,8}|[A-Z][a-z]{1,70}|Dear [a-z]{1,9}|  | |\t|\t",
                0..40,
            ),
            ends in proptest::collection::vec("\r|\r\n|\n|\n\n| |  |\t|\u{c}|", 40),
        ) {
            let text: String = parts.iter().zip(&ends).flat_map(|(part, end)| [part.as_str(), end.as_str()]).collect();
            let letter = read(&text);
            prop_assert_eq!(all_words(&letter), words(&clean::text(&text)));
            let whole = letter.body_with(|_| true);
            prop_assert_eq!(words(&format!("{} {}", plain_text(&whole), letter.addressee)), words(&clean::text(&text)));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,200}|[\\x00-\\x1fA-Za-z :.]{0,120}") {
            let _ = read(&text);
        }
    }
}
