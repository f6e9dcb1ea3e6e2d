//! Cases of courts, in a reporter or by docket (rule 10).

use super::{BODIES, OFFICES, Reference, compiled, year_of};
use crate::document::Decision;
use regex::Regex;
use std::sync::LazyLock;

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

/// `Acetris Health, LLC v. United States, 949 F.3d 719 (Fed. Cir. 2020)`.
pub(crate) fn case(title: &str, decision: &Decision) -> Reference {
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
    let court = Some(court).filter(|court| !court.is_empty());
    let title = Some(case_name(title));
    match in_reporter {
        Some((place, reporter)) => Reference {
            // The United States Reports are the Supreme Court's own.
            court: court.filter(|_| !matches!(reporter.as_str(), "U.S." | "S. Ct.")),
            ..Reference::new(title, Some(place), year_of(decision.date))
        },
        None => {
            // A slip opinion and a database are cited with the docket (rule 10.8.1).
            let docket = docket(decision).filter(|_| !place.starts_with("No."));
            let place = Some(place).filter(|place| !place.is_empty());
            let parts: Vec<String> = docket.into_iter().chain(place).collect();
            Reference {
                court,
                ..Reference::new(
                    title,
                    (!parts.is_empty()).then(|| parts.join(", ")),
                    decision.date,
                )
            }
        }
    }
}

/// `No. 13-00343`; `None` where the number is unknown.
fn docket(decision: &Decision) -> Option<String> {
    let number = decision.number.as_deref()?;
    let number = number.split('(').next().unwrap_or_default().trim();
    let number = number
        .trim_start_matches("Court No. ")
        .trim_start_matches("No. ");
    let form = if number.contains(',') { "Nos." } else { "No." };
    (!number.is_empty()).then(|| format!("{form} {number}"))
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
