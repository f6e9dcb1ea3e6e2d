//! All documents of a list as a table for spreadsheets and programs (RFC 4180).

use crate::document::TextKind;
use crate::portal::{DocId, Listing};
use crate::render::site::{Site, datetime};
use crate::schema::csv;
use ::csv::Terminator;

/// The columns, with the names that the JSON file of a document has for them. Several values are separated by `; `.
const COLUMNS: [&str; 15] = [
    "number",
    "title",
    "kind",
    "categories",
    "date",
    "status",
    "status_since",
    "centers",
    "issued_by",
    "hts",
    "origin",
    "summary",
    "url",
    "status_as_of",
    "text",
];

/// The table of a list, in its order.
pub(crate) fn of_listing(site: Site<'_>, listing: &Listing) -> Vec<u8> {
    let rows = listing.documents.iter().map(|id| row(site, *id));
    let header = COLUMNS.map(str::to_owned);
    csv::write(Terminator::CRLF, std::iter::once(header).chain(rows))
}

fn row(site: Site<'_>, id: DocId) -> [String; COLUMNS.len()] {
    let portal = site.portal;
    let summary = portal.summary(id);
    let status = summary.status;
    let centers: Vec<&str> = portal.slugs(summary.centers).collect();
    let numbers: Vec<String> = summary.hts.iter().map(ToString::to_string).collect();
    let origin: Vec<&str> = summary
        .origin
        .iter()
        .map(|country| country.code())
        .collect();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    [
        summary.number.unwrap_or_default(),
        summary.title.to_owned(),
        site.kinds().name(summary.kind).to_owned(),
        summary.categories.join("; "),
        datetime(summary.date).unwrap_or_default(),
        text(status.map(|status| status.name)),
        datetime(status.and_then(|status| status.since)).unwrap_or_default(),
        centers.join("; "),
        text(summary.issued_by),
        numbers.join("; "),
        origin.join("; "),
        text(summary.summary),
        site.absolute(summary.address),
        status
            .and_then(|status| status.as_of)
            .map_or_else(String::new, |day| day.to_string()),
        text(summary.text.map(TextKind::name)),
    ]
}
