//! The form in which a brief cites a document: The Bluebook (21st edition), rules 10, 12, 14 and 17 and table T1.2.
//!
//! Front matter has what a reader relies on as sources write it: `757 F.3d 1349`, `CBP Dec. 16-26; 81 FR 92978`. Here it gets
//! one form. Party names are not shortened; rule 10.2.2 would.

use crate::config::Issuer;
use crate::document::{Document, Fields};
use case::case;
use portolan_customs::{PartialDate, RulingNumber};
use regex::Regex;
use series::{decided, published, series};
use std::fmt::Write as _;

mod case;
mod series;
#[cfg(test)]
mod tests;

/// Who decides: as front matter names them, as table T7 shortens them, in full.
const BODIES: &[(&str, &str, &str)] = &[
    (
        "CAFC",
        "Fed. Cir.",
        "United States Court of Appeals for the Federal Circuit",
    ),
    (
        "CIT",
        "Ct. Int'l Trade",
        "United States Court of International Trade",
    ),
    (
        "CCPA",
        "C.C.P.A.",
        "United States Court of Customs and Patent Appeals",
    ),
    ("SCOTUS", "", "Supreme Court of the United States"),
    ("Supreme Court", "", "Supreme Court of the United States"),
];

/// Offices of the issuer of rulings: as front matter names them, and what follows its own name.
const OFFICES: &[(&str, &str)] = &[
    ("HQ", ""),
    ("CBP", ""),
    ("TRLED", ", Trade Remedy Law Enforcement Directorate"),
];

/// Months as legal citations shorten them (table T12).
const MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// In place of a date that is not known.
pub(crate) const NO_DATE: &str = "n.d.";

/// The parts of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// What precedes the title: `Press Release, U.S. Customs & Border Prot.`.
    pub(crate) lead: Option<String>,
    /// Its title; `None` where the number alone is cited, as for letters.
    pub(crate) title: Option<String>,
    /// Where it is found, without dates: `949 F.3d 719`.
    pub(crate) place: Option<String>,
    /// What precedes the date in its parentheses: `Fed. Cir.`.
    pub(crate) court: Option<String>,
    /// When it was issued, as the citation gives it.
    pub(crate) date: PartialDate,
    /// Where a statute is codified: `19 U.S.C. § 4317`.
    pub(crate) code: Option<String>,
}

impl Reference {
    fn new(title: Option<String>, place: Option<String>, date: PartialDate) -> Self {
        Self {
            lead: None,
            title,
            place,
            court: None,
            date,
            code: None,
        }
    }

    /// The citation with all its parts.
    pub(crate) fn text(&self) -> String {
        let parts = [&self.lead, &self.title, &self.place];
        let parts: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        let date = short_date(self.date).unwrap_or_else(|| NO_DATE.to_owned());
        let when: Vec<&str> = self
            .court
            .as_deref()
            .into_iter()
            .chain([date.as_str()])
            .collect();
        let mut text = format!("{} ({})", parts.join(", "), when.join(" "));
        if let Some(code) = &self.code {
            let _ = write!(text, " (codified at {code})");
        }
        text
    }
}

/// The parts of a document's citation.
pub(crate) fn of(document: &Document, issuer: &Issuer) -> Reference {
    let date = document.fields.date().unwrap_or(PartialDate::Unknown);
    let title = &document.common.title;
    match &document.fields {
        Fields::Ruling(ruling) => letter(&ruling.number, date),
        Fields::Decision(decision) if decision.form == "court" => case(title, decision),
        Fields::Decision(decision) => decided(title, decision),
        Fields::Publication(publication) => published(title, publication, issuer),
        fields => series(title, &fields.number().unwrap_or_default(), date),
    }
}

/// Who decided, in full; what front matter says where it is none of the table.
pub(crate) fn body(name: &str, issuer: &Issuer) -> String {
    if let Some((_, office)) = OFFICES.iter().find(|(short, _)| *short == name) {
        return format!("{}{office}", issuer.name);
    }
    let known = BODIES.iter().find(|(short, _, _)| *short == name);
    known.map_or(name, |(_, _, full)| full).to_owned()
}

/// `NY N301862 (Dec. 11, 2018)`.
fn letter(number: &RulingNumber, date: PartialDate) -> Reference {
    Reference::new(None, Some(number.cited()), date)
}

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that tests compile")
}

fn year_of(date: PartialDate) -> PartialDate {
    date.year().map_or(PartialDate::Unknown, PartialDate::Year)
}

/// `Nov. 5, 2018`; `None` where no date is known.
pub(crate) fn short_date(date: PartialDate) -> Option<String> {
    let month = |month: i8| usize::try_from(month - 1).map_or("", |at| MONTHS[at]);
    match date {
        PartialDate::Day(day) => Some(format!(
            "{} {}, {}",
            month(day.month()),
            day.day(),
            day.year()
        )),
        PartialDate::Month(year, at) => Some(format!("{} {year}", month(at))),
        PartialDate::Year(year) => Some(year.to_string()),
        PartialDate::Unknown => None,
    }
}
