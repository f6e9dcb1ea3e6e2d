//! Decisions of CBP and publications: in the Federal Register or under the number of their series.

use super::{Reference, compiled, letter, short_date, year_of};
use crate::config::Issuer;
use crate::document::{Decision, Publication};
use portolan_customs::{Citation, PartialDate, RulingNumber};
use regex::Regex;
use std::sync::LazyLock;

/// Publications that CBP itself issues and that have no series of citations.
const OF_ISSUER: &[&str] = &[
    "informed-compliance",
    "handbook",
    "process-document",
    "guide",
    "faq",
    "form",
];

/// A decision of CBP: in the Federal Register where it is published there, else under its own number.
pub(crate) fn decided(title: &str, decision: &Decision) -> Reference {
    let numbers = [&decision.citation, &decision.number];
    let numbers: Vec<&str> = numbers.into_iter().flatten().map(String::as_str).collect();
    let number = numbers.join("; ");
    let places = Places::read(&number);
    if places.register.is_some() {
        let date = decision.published.unwrap_or(decision.date);
        return series(title, &number, date);
    }
    let first = number.split([';', ',']).next().unwrap_or_default();
    match first.trim().parse::<RulingNumber>() {
        Ok(letter_number) if letter_number.collection().is_some() => {
            letter(&letter_number, decision.date)
        }
        _ => series(title, &number, decision.date),
    }
}

pub(crate) fn published(title: &str, publication: &Publication, issuer: &Issuer) -> Reference {
    let number = publication.number.as_deref().unwrap_or_default();
    let mut reference = series(title, number, publication.date);
    if publication.form == "statute" {
        reference.date = year_of(reference.date);
    } else if publication.form == "news-release" {
        reference.lead = Some(format!("Press Release, {}", issuer.citation));
    } else if OF_ISSUER.contains(&publication.form.name()) {
        reference.lead = Some(issuer.citation.clone());
    }
    if let Some(revised) = publication
        .revised
        .filter(|date| *date != PartialDate::Unknown)
    {
        reference.court = Some("rev.".to_owned());
        reference.date = revised;
    }
    reference
}

/// What has a title and a place in a series: `Prior Disclosure, T.D. 98-49, 63 Fed. Reg. 29,126 (May 28, 1998)`.
pub(crate) fn series(title: &str, number: &str, date: PartialDate) -> Reference {
    let places = Places::read(number);
    let mut shown: Vec<String> = places.numbers;
    let register = places.register;
    // A title that has the number needs it no second time, nor a number the title: `CBP Delegation Order 14-004`.
    let is_in = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
    shown.retain(|number| {
        let bare = number.rsplit(' ').next().unwrap_or(number);
        !(bare.len() >= 4
            && bare.contains(|c: char| c.is_ascii_digit())
            && is_in(title, bare)
            && !is_in(number, title))
    });
    let has_title = !shown.iter().any(|number| is_in(number, title));
    shown.extend(register);
    // A number that names the day needs it no second time.
    if let Some(day) = short_date(date) {
        for number in &mut shown {
            *number = number
                .replace(&format!(" of {day}"), "")
                .replace(&format!(", {day}"), "")
                .replace(&format!(" ({day})"), "");
        }
    }
    let place = (!shown.is_empty()).then(|| shown.join(", "));
    Reference {
        code: places.code,
        ..Reference::new(has_title.then(|| title.to_owned()), place, date)
    }
}

/// What a number of several parts consists of: `CBP Dec. 16-26; 81 FR 92978; FR Doc. 2016-29719`.
#[derive(Default)]
struct Places {
    /// `CBP Dec. 16-26`, `CSMS No. 49358330`.
    numbers: Vec<String>,
    /// `81 Fed. Reg. 92,978`.
    register: Option<String>,
    /// `19 U.S.C. § 4317`.
    code: Option<String>,
}

/// Numbers of files and dockets, which citations leave out.
const FILES: &[&str] = &["FR Doc.", "RIN ", "USCBP-", "CPSC-"];

/// `Customs Bulletin, Vol. 53, No. 29`.
static BULLETIN: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^Customs Bulletin(?: and Decisions)?,?\s+[Vv]ol(?:\.|ume)\s*(\d+),\s*[Nn]o\.\s*(\d+)$",
    )
});

impl Places {
    fn read(number: &str) -> Self {
        let mut places = Self::default();
        for part in number.split(';').map(str::trim) {
            if part.is_empty() || FILES.iter().any(|file| part.starts_with(file)) {
                continue;
            }
            match part.parse::<Citation>() {
                Ok(Citation::FederalRegister { volume, page }) => {
                    places.register = Some(format!("{volume} Fed. Reg. {}", grouped(page)));
                }
                Ok(Citation::Usc { title, section }) => {
                    places.code = Some(format!("{title} U.S.C. § {section}"));
                }
                Ok(Citation::Cfr { title, section }) => {
                    places.numbers.push(format!("{title} C.F.R. § {section}"));
                }
                Err(_) => places.numbers.push(numbered(part)),
            }
        }
        places
    }
}

/// A number as its series is cited.
fn numbered(part: &str) -> String {
    if let Some(parts) = BULLETIN.captures(part) {
        return format!("{} Cust. B. & Dec. No. {}", &parts[1], &parts[2]);
    }
    for (series, form) in [("CSMS", "CSMS No."), ("Pub. L.", "Pub. L. No.")] {
        if let Some(number) = part.strip_prefix(series) {
            let number = number
                .trim_start_matches([' ', '#'])
                .trim_start_matches("No. ");
            return format!("{form} {number}");
        }
    }
    part.to_owned()
}

/// Numbers of five digits and more have commas (rule 6.2(a)(vii)).
fn grouped(page: u32) -> String {
    if page < 10_000 {
        return page.to_string();
    }
    let digits = page.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
