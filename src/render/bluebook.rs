//! The form in which a brief cites a document: The Bluebook (21st edition), rules 10, 12, 14 and 17 and table T1.2.
//!
//! What a reader relies on stands in front matter as sources have it: `757 F.3d 1349`, `CBP Dec. 16-26; 81 FR 92978`. Here
//! it gets one form. Party names stay whole; rule 10.2.2 would shorten them.

use crate::config::Issuer;
use crate::document::{Decision, Document, Fields, Publication};
use portolan_customs::PartialDate;
use portolan_customs::{Citation, RulingNumber};
use regex::Regex;
use std::sync::LazyLock;

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

/// Offices of the issuer: as front matter names them, and their names after its own.
const OFFICES: &[(&str, &str)] = &[
    ("HQ", ""),
    ("CBP", ""),
    ("TRLED", ", Trade Remedy Law Enforcement Directorate"),
];

/// Publications that CBP itself issues and that have no series of citations.
const OF_CUSTOMS: &[&str] = &[
    "informed-compliance",
    "handbook",
    "process-document",
    "guide",
    "faq",
    "form",
];

/// Months as legal citations shorten them (table T12).
const MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// Stands where a date is not known.
pub(super) const NO_DATE: &str = "n.d.";

/// The parts of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// What stands before the title: `Press Release, U.S. Customs & Border Prot.`; may be empty.
    pub(super) lead: String,
    /// Its title; empty where the number alone is cited, as for letters.
    pub(super) title: String,
    /// Where it is found, without dates: `949 F.3d 719`; may be empty.
    pub(super) place: String,
    /// What stands before the date in its parentheses: `Fed. Cir.`; may be empty.
    pub(super) court: String,
    /// When it was issued, as the citation gives it.
    pub(super) date: PartialDate,
    /// What follows: ` (codified at 19 U.S.C. § 4317)`; may be empty.
    pub(super) tail: String,
}

impl Reference {
    /// The whole citation.
    pub(super) fn text(&self) -> String {
        let parts = [&self.lead, &self.title, &self.place];
        let parts = parts.map(String::as_str).into_iter();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let date = short_date(self.date).unwrap_or_else(|| NO_DATE.to_owned());
        let when = if self.court.is_empty() {
            date
        } else {
            format!("{} {date}", self.court)
        };
        format!("{} ({when}){}", parts.join(", "), self.tail)
    }
}

/// The parts of a document's citation.
pub(super) fn of(document: &Document, issuer: &Issuer) -> Reference {
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
pub(super) fn body(name: &str, issuer: &Issuer) -> String {
    if let Some((_, office)) = OFFICES.iter().find(|(short, _)| *short == name) {
        return format!("{}{office}", issuer.name);
    }
    let known = BODIES.iter().find(|(short, _, _)| *short == name);
    known.map_or(name, |(_, _, full)| full).to_owned()
}

/// `NY N301862 (Dec. 11, 2018)`.
fn letter(number: &RulingNumber, date: PartialDate) -> Reference {
    Reference {
        lead: String::new(),
        title: String::new(),
        place: number.cited(),
        court: String::new(),
        date,
        tail: String::new(),
    }
}

/// A case in a reporter, by its volume and first page: only the year is cited then (rule 10.5).
static REPORTER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(\d+)\s+(U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:2d|3d|4th)|F\.|F\.\s?Supp\.(?:\s?[23]d)?|C\.?C\.?P\.?A\.?|Cust\.\s?Ct\.|CIT|Ct\.\s?Int'?l\.?\s?Trade)\s+(\d+|_+)$",
    )
});

/// The court and day behind a citation: ` (CIT Dec. 22, 2020)`.
static IN_PARENTHESES: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"^(.*?),?\s*\(([^()]*?)\s*([A-Z][a-z]+\.?\s+\d{1,2},\s*\d{4}|\d{4})?\)$")
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that tests compile")
}

/// `Acetris Health, LLC v. United States, 949 F.3d 719 (Fed. Cir. 2020)`.
fn case(title: &str, decision: &Decision) -> Reference {
    let written = decision.citation.as_deref().unwrap_or_default().trim();
    // Of several places the first one is cited.
    let written = written.split(';').next().unwrap_or_default().trim();
    let (place, said_court) = match IN_PARENTHESES.captures(written) {
        Some(parts) => (parts[1].trim().to_owned(), parts[2].trim().to_owned()),
        None => (written.to_owned(), String::new()),
    };
    let court = decision.body.as_deref().unwrap_or(&said_court);
    let court = BODIES
        .iter()
        .map(|(name, short, _)| (*name, *short))
        .chain(OFFICES.iter().map(|(name, _)| (*name, "")))
        .find(|(name, _)| *name == court)
        .map_or(court, |(_, short)| short)
        .replace('’', "'");
    let docket = docket(decision);
    let in_reporter = REPORTER.captures(&place).map(|parts| {
        let reporter = parts[2].replace(' ', "");
        let reporter = reporter
            .replace("Supp.", " Supp.")
            .replace("Supp.2d", "Supp. 2d");
        let reporter = reporter
            .replace("Supp.3d", "Supp. 3d")
            .replace("S.Ct.", "S. Ct.");
        let reporter = reporter.replace("Cust.Ct.", "Cust. Ct.");
        (format!("{} {reporter} {}", &parts[1], &parts[3]), reporter)
    });
    match in_reporter {
        Some((place, reporter)) => Reference {
            lead: String::new(),
            title: case_name(title),
            place,
            // The United States Reports are the Supreme Court's own.
            court: if matches!(reporter.as_str(), "U.S." | "S. Ct.") {
                String::new()
            } else {
                court
            },
            date: decision
                .date
                .year()
                .map_or(PartialDate::Unknown, PartialDate::Year),
            tail: String::new(),
        },
        None => Reference {
            lead: String::new(),
            title: case_name(title),
            // A slip opinion and a database are cited with the docket (rule 10.8.1).
            place: if place.is_empty() {
                docket
            } else if place.starts_with("No.") || docket.is_empty() {
                place
            } else {
                format!("{docket}, {place}")
            },
            court,
            date: decision.date,
            tail: String::new(),
        },
    }
}

/// `No. 13-00343`; empty where the number is unknown.
fn docket(decision: &Decision) -> String {
    let number = decision.number.as_deref().unwrap_or_default();
    let number = number.split('(').next().unwrap_or_default().trim();
    let number = number
        .trim_start_matches("Court No. ")
        .trim_start_matches("No. ");
    match number {
        "" => String::new(),
        number if number.contains(',') => format!("Nos. {number}"),
        number => format!("No. {number}"),
    }
}

/// The first of several actions (rule 10.2.1(a)), without the short name that a portal gives a case: `(Deckers II)`.
fn case_name(title: &str) -> String {
    let first = title.split("; ").next().unwrap_or(title).trim();
    let name = match first.rfind(" (") {
        Some(at) if first.ends_with(')') && at > 0 => &first[..at],
        _ => first,
    };
    name.to_owned()
}

/// A decision of CBP: in the Federal Register where it is published there, else under its own number.
fn decided(title: &str, decision: &Decision) -> Reference {
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

fn published(title: &str, publication: &Publication, issuer: &Issuer) -> Reference {
    let number = publication.number.as_deref().unwrap_or_default();
    let mut reference = series(title, number, publication.date);
    if publication.form == "statute" {
        reference.date = reference
            .date
            .year()
            .map_or(PartialDate::Unknown, PartialDate::Year);
    } else if publication.form == "news-release" {
        reference.lead = format!("Press Release, {}", issuer.citation);
    } else if OF_CUSTOMS.contains(&publication.form.name()) {
        reference.lead.clone_from(&issuer.citation);
    }
    if let Some(revised) = publication
        .revised
        .filter(|date| *date != PartialDate::Unknown)
    {
        reference.court = "rev.".to_owned();
        reference.date = revised;
    }
    reference
}

/// What has a title and a place in a series: `Prior Disclosure, T.D. 98-49, 63 Fed. Reg. 29,126 (May 28, 1998)`.
fn series(title: &str, number: &str, date: PartialDate) -> Reference {
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
    let title = if shown.iter().any(|number| is_in(number, title)) {
        String::new()
    } else {
        title.to_owned()
    };
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
    Reference {
        lead: String::new(),
        title,
        place: shown.join(", "),
        court: String::new(),
        date,
        tail: places
            .code
            .map_or_else(String::new, |code| format!(" (codified at {code})")),
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

/// `Nov. 5, 2018`; `None` where no date is known.
pub(super) fn short_date(date: PartialDate) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Schema, read};
    use crate::source::DocumentFile;

    fn cite(folder: &str, keys: &str) -> String {
        let file = DocumentFile {
            path: format!("content/electronics/{folder}/a.md").into(),
            folder: folder.to_owned(),
            center: Some("electronics".to_owned()),
        };
        let text = format!("---\n{keys}\n---\nText.\n");
        let document = read(&file, text.as_bytes(), &Schema::default()).expect("it is a document");
        of(&document, &Issuer::default()).text()
    }

    #[test]
    fn every_kind_of_document_is_cited_as_the_bluebook_has_it() {
        let cases = [
            (
                "rulings",
                "number: NY N301862\ntitle: T\ndate: 2018-12-11",
                "NY N301862 (Dec. 11, 2018)",
            ),
            (
                "rulings",
                "number: \"087415\"\ntitle: T\ndate: 1990-08",
                "HQ 087415 (Aug. 1990)",
            ),
            (
                "rulings",
                "number: HQ H298167\ntitle: T\ndate: unknown",
                "HQ H298167 (n.d.)",
            ),
            (
                "decisions",
                "type: court\ntitle: \"Acetris Health, LLC v. United States\"\ndate: 2020-02-10\ncitation: 949 F.3d 719\nnumber: \"2018-2399\"\nbody: CAFC",
                "Acetris Health, LLC v. United States, 949 F.3d 719 (Fed. Cir. 2020)",
            ),
            (
                "decisions",
                "type: court\ntitle: \"Acetris Health, LLC v. United States\"\ndate: 2020-02-10\ncitation: \"2020 WL 610487 (Fed. Cir. Feb. 10, 2020)\"\nbody: CAFC",
                "Acetris Health, LLC v. United States, 2020 WL 610487 (Fed. Cir. Feb. 10, 2020)",
            ),
            (
                "decisions",
                "type: court\ntitle: StarKist Co. v. United States\ndate: 2022-03-30\ncitation: \"No. 2021-1548 (Fed. Cir. Mar. 30, 2022)\"\nnumber: 2021-1548\nbody: CAFC",
                "StarKist Co. v. United States, No. 2021-1548 (Fed. Cir. Mar. 30, 2022)",
            ),
            (
                "decisions",
                "type: court\ntitle: Deckers Corp. v. United States (Deckers II)\ndate: 2014\ncitation: 752 F.3d 949\nbody: CAFC",
                "Deckers Corp. v. United States, 752 F.3d 949 (Fed. Cir. 2014)",
            ),
            (
                "decisions",
                "type: court\ntitle: \"Victoria's Secret Direct, LLC v. United States; Lerner New York, Inc. v. United States\"\ndate: 2014-10-16\ncitation: 769 F.3d 1102\nbody: CAFC",
                "Victoria's Secret Direct, LLC v. United States, 769 F.3d 1102 (Fed. Cir. 2014)",
            ),
            (
                "decisions",
                "type: court\ntitle: \"Energizer Battery, Inc. v. United States\"\ndate: 2016-12-07\ncitation: 190 F.Supp.3d 1308\nnumber: 13-00215 (Slip Op. 16-116)\nbody: CIT",
                "Energizer Battery, Inc. v. United States, 190 F. Supp. 3d 1308 (Ct. Int'l Trade 2016)",
            ),
            (
                "decisions",
                "type: court\ntitle: Plexus Corp. v. United States\ndate: 2020-12-22\ncitation: \"Slip Op. 20-188 (CIT Dec. 22, 2020)\"\nnumber: 13-00343\nbody: CIT",
                "Plexus Corp. v. United States, No. 13-00343, Slip Op. 20-188 (Ct. Int'l Trade Dec. 22, 2020)",
            ),
            (
                "decisions",
                "type: court\ntitle: Example Co. v. United States\ndate: 2024-01-05\ncitation: Slip Op. 24-12\nbody: CIT",
                "Example Co. v. United States, Slip Op. 24-12 (Ct. Int'l Trade Jan. 5, 2024)",
            ),
            (
                "decisions",
                "type: court\ntitle: Belimo Automation A.G. v. United States\ndate: 2014-12-19\nnumber: 2014-1165\nbody: CAFC",
                "Belimo Automation A.G. v. United States, No. 2014-1165 (Fed. Cir. Dec. 19, 2014)",
            ),
            (
                "decisions",
                "type: court\ntitle: United States v. Mead Corp.\ndate: 2001-06-18\ncitation: 533 U.S. 218\nbody: Supreme Court",
                "United States v. Mead Corp., 533 U.S. 218 (2001)",
            ),
            (
                "decisions",
                "type: court\ntitle: Example Co. v. United States\ndate: unknown\ncitation: 1 F.4th 2\nbody: CAFC",
                "Example Co. v. United States, 1 F.4th 2 (Fed. Cir. n.d.)",
            ),
            (
                "decisions",
                "type: protest-review\ntitle: AFR of a protest\ndate: 2014-10-23\nnumber: HQ H249657\nbody: HQ",
                "HQ H249657 (Oct. 23, 2014)",
            ),
            (
                "decisions",
                "type: internal-advice\ntitle: Internal advice\ndate: unknown\nnumber: HQ H213704\nbody: HQ",
                "HQ H213704 (n.d.)",
            ),
            (
                "decisions",
                "type: final-determination\ntitle: Notice of Issuance of Final Determination Concerning Electric Mini-Trucks\ndate: 2008-05-02\ncitation: 73 FR 26132\nnumber: \"HQ H022169; FR Doc. E8-10119\"\npublished: 2008-05-08\nbody: HQ",
                "Notice of Issuance of Final Determination Concerning Electric Mini-Trucks, HQ H022169, 73 Fed. Reg. 26,132 (May 8, 2008)",
            ),
            (
                "decisions",
                "type: final-determination\ntitle: A determination\ndate: 2018-01-30\ncitation: 83 FR 5118\nnumber: FR Doc. 2018-02245\npublished: 2018-02-05",
                "A determination, 83 Fed. Reg. 5118 (Feb. 5, 2018)",
            ),
            (
                "decisions",
                "type: final-determination\ntitle: A determination\ndate: 2024-06-10\nnumber: \"HQ H328859; FR Doc. 2024-13115\"",
                "HQ H328859 (June 10, 2024)",
            ),
            (
                "decisions",
                "type: evasion\ntitle: \"Notice of Determination as to Evasion, EAPA Case 7657 - Quartz Surface Products\"\ndate: 2022-11-07\nnumber: EAPA 7657\nbody: TRLED",
                "Notice of Determination as to Evasion, EAPA Case 7657 - Quartz Surface Products (Nov. 7, 2022)",
            ),
            (
                "decisions",
                "type: evasion\ntitle: Final determination of evasion\ndate: 2017-08-14\ncitation: EAPA determination of Aug. 14, 2017 (order A-570-918)",
                "Final determination of evasion, EAPA determination (order A-570-918) (Aug. 14, 2017)",
            ),
            (
                "decisions",
                "type: cbp-decision\ntitle: Tuna Tariff-Rate Quota\ndate: 2020\nnumber: CBP Dec. 20-08\nbody: CBP",
                "Tuna Tariff-Rate Quota, CBP Dec. 20-08 (2020)",
            ),
            (
                "publications",
                "type: federal-register-notice\ntitle: Centers of Excellence and Expertise Test; Modifications\ndate: 2014-03-10\nnumber: \"79 FR 13322; FR Doc. 2014-05115\"",
                "Centers of Excellence and Expertise Test; Modifications, 79 Fed. Reg. 13,322 (Mar. 10, 2014)",
            ),
            (
                "publications",
                "type: federal-register-rule\ntitle: Prior Disclosure\ndate: 1998-05-28\nnumber: \"T.D. 98-49; 63 FR 29126\"",
                "Prior Disclosure, T.D. 98-49, 63 Fed. Reg. 29,126 (May 28, 1998)",
            ),
            (
                "publications",
                "type: cbp-decision\ntitle: Technical Correction\ndate: 2019-09-05\nnumber: \"CBP Dec. 19-11; 84 FR 46676; FR Doc. 2019-19129; RIN 1651-AB02; USCBP-2016-0075\"",
                "Technical Correction, CBP Dec. 19-11, 84 Fed. Reg. 46,676 (Sept. 5, 2019)",
            ),
            (
                "publications",
                "type: bulletin\ntitle: Proposed revocation of NY N258826\ndate: 2019-08-21\nnumber: \"Customs Bulletin, Vol. 53, No. 29\"",
                "Proposed revocation of NY N258826, 53 Cust. B. & Dec. No. 29 (Aug. 21, 2019)",
            ),
            (
                "publications",
                "type: csms\ntitle: Updated Team Codes\ndate: 2020-06-18\nnumber: CSMS 43089259",
                "Updated Team Codes, CSMS No. 43089259 (June 18, 2020)",
            ),
            (
                "publications",
                "type: statute\ntitle: Centers of Excellence and Expertise\ndate: 2016-02-24\nnumber: \"Pub. L. 114-125; 19 U.S.C. 4317\"",
                "Centers of Excellence and Expertise, Pub. L. No. 114-125 (2016) (codified at 19 U.S.C. § 4317)",
            ),
            (
                "publications",
                "type: informed-compliance\ntitle: Caviar\ndate: unknown",
                "U.S. Customs & Border Prot., Caviar (n.d.)",
            ),
            (
                "publications",
                "type: informed-compliance\ntitle: Reasonable Care\ndate: 1998-01\nrevised: 2017-09",
                "U.S. Customs & Border Prot., Reasonable Care (rev. Sept. 2017)",
            ),
            (
                "publications",
                "type: news-release\ntitle: Three Centers open\ndate: 2013-06-03",
                "Press Release, U.S. Customs & Border Prot., Three Centers open (June 3, 2013)",
            ),
            (
                "publications",
                "type: delegation-order\ntitle: Delegation Order 14-004\ndate: 2014-09-11\nnumber: CBP Delegation Order 14-004",
                "CBP Delegation Order 14-004 (Sept. 11, 2014)",
            ),
            (
                "publications",
                "type: recommendation\ntitle: \"COAC recommendation 010001: Center notifications\"\ndate: 2016-04-27\nnumber: \"010001\"",
                "COAC recommendation 010001: Center notifications (Apr. 27, 2016)",
            ),
            (
                "publications",
                "type: handbook\ntitle: CTPAT Trade Compliance Handbook\ndate: 2022",
                "U.S. Customs & Border Prot., CTPAT Trade Compliance Handbook (2022)",
            ),
            (
                "updates",
                "title: ACE shows the Center of your account\ndate: 2019-03-16",
                "ACE shows the Center of your account (Mar. 16, 2019)",
            ),
        ];
        let differing = cases.iter().filter_map(|(folder, keys, expected)| {
            let found = cite(folder, keys);
            (found != *expected).then_some((found, *expected))
        });
        assert_eq!(differing.collect::<Vec<_>>(), []);
    }

    #[test]
    fn dates_are_shortened_as_far_as_they_are_known() {
        for (date, text) in [
            ("2018-11-05", Some("Nov. 5, 2018")),
            ("2015-05", Some("May 2015")),
            ("1999", Some("1999")),
            ("unknown", None),
        ] {
            let date: PartialDate = date.parse().expect("it is a date");
            assert_eq!(short_date(date).as_deref(), text);
        }
    }
}
