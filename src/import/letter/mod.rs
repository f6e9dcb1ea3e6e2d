//! A ruling's letter taken apart: header, address block, text.
//!
//! In: the text of the word-processor file or PDF as CROSS gives it. Out: every word of it, in one of four places.
//! What is not recognized as belonging to the head, the text or the signature is withheld from the pages.

mod begin;
mod closing;
mod head;
mod header;
mod lines;
mod pages;
mod private;
mod prose;
mod subject;

pub(super) use begin::{after_salutation, subject_and_text};
pub use header::Known;
pub(super) use header::{date, regex};
pub(super) use private::{public_subject, redact};

use crate::import::clean;

/// A letter in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// What is above and below the address, in its order.
    pub header: Vec<HeaderLine>,
    /// Whom it was sent to, with the salutation, copies, and all else that was not recognized: it may name private
    /// people, and stays off the pages.
    pub addressee: String,
    /// The text as markdown.
    pub body: String,
    /// Page numbers and running heads.
    pub page_marks: Vec<String>,
    /// What to look at before it is published.
    pub remarks: Vec<Remark>,
}

/// A line of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderLine {
    /// What it says.
    pub field: Field,
    /// As it is in the letter, on one line.
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

    /// The text with those lines of the header before it that are nowhere else.
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

/// Something in a letter that an editor should look at before it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// So many lines above the number.
    BeforeNumber(usize),
    /// So many lines between `RE:` and the salutation or the text.
    AfterSubject(usize),
    /// So many lines between the salutation and the text.
    AfterSalutation(usize),
    /// Lines were withheld, and no salutation says where they end.
    NoSalutation,
    /// So many lines after the signature.
    AfterSignature(usize),
    /// No text was found, so nothing is published.
    NoText,
}

impl Remark {
    /// What was withheld and where, in words.
    #[must_use]
    pub fn message(self) -> String {
        let lines = |count: usize| {
            if count == 1 {
                "1 line".to_owned()
            } else {
                format!("{count} lines")
            }
        };
        match self {
            Self::BeforeNumber(count) => format!("{} above the ruling's number", lines(count)),
            Self::AfterSubject(count) => format!("{} between `RE:` and the text", lines(count)),
            Self::AfterSalutation(count) => {
                format!("{} between the salutation and the text", lines(count))
            }
            Self::NoSalutation => {
                "what is between the head and the first sentence; no salutation was found"
                    .to_owned()
            }
            Self::AfterSignature(count) => format!("{} after the signature", lines(count)),
            Self::NoText => {
                "the whole letter, because the beginning of its text was not found".to_owned()
            }
        }
    }
}

/// Takes a letter apart of which nothing else is known.
#[must_use]
pub fn read(raw: &str) -> Letter {
    read_known(raw, Known::default())
}

/// Takes a letter apart. What is known from its record tells more surely where its parts end.
#[must_use]
pub fn read_known(raw: &str, known: Known<'_>) -> Letter {
    let printed = pages::read(&clean::text(raw), raw.contains('\u{c}'), known);
    let head = head::read(&printed.lines, known);
    let mut letter = Letter {
        header: head.header,
        page_marks: printed.marks,
        remarks: head.remarks,
        ..Letter::default()
    };
    let mut withheld = head.withheld;
    if let Some((first, next)) = head.body {
        let mut lines = vec![first];
        lines.extend(printed.lines.into_iter().skip(next));
        let closing = closing::split(lines);
        if !closing.withheld.is_empty() {
            letter
                .remarks
                .push(Remark::AfterSignature(closing.withheld.len()));
            withheld.push(String::new());
            withheld.extend(closing.withheld.iter().map(|line| clean::one_line(line)));
        }
        let text: Vec<&str> = closing.text.iter().map(String::as_str).collect();
        let signature: Vec<&str> = closing.signature.iter().map(String::as_str).collect();
        letter.body = prose::letter(&text, &signature, printed.ran_together);
    }
    letter.addressee = withheld.join("\n").trim().to_owned();
    letter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::body::plain_text;
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
    fn a_date_that_is_broken_over_two_lines_and_a_repeated_number_belong_to_the_header() {
        let letter = read(
            "N100000\nN100000\nDecember\n12, 2023\nOT:RR:NC:N1:118\nCATEGORY: Origin\nAnn Example\nRE: \u{a0}Origin\nDear Ms. Example:\nText.",
        );
        assert_eq!(letter.value(Field::Date), Some("December 12, 2023"));
        assert_eq!(letter.addressee, "Ann Example\n\nDear Ms. Example:");
        assert_eq!(letter.body, "Text.");
    }

    proptest! {
        // No part is a number alone: before the end of a page that is its number, which is not a word of the letter.
        #[test]
        fn no_word_of_a_letter_is_lost_or_added(
            parts in proptest::collection::vec(
                "N123456|May 1, 2020|CLA-2-85:OT:RR:NC|CATEGORY: ?|TARIFF NO.: 6109.10|RE: |Dear Ann:|FACTS:|[a-z#*_|.:)\\[\\]<>&+~`=-]{1,8}|[A-Z][a-z]{1,70}|Dear [a-z]{1,9}|  | |\t|\t",
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
