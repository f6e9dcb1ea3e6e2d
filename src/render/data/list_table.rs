//! All documents of a list as a table for spreadsheets and programs (RFC 4180).

use crate::document::TextKind;
use crate::portal::{DocId, Listing};
use crate::render::site::{Site, datetime};
use std::borrow::Cow;

/// The columns, with the names that the JSON file of a document has for them. Several values stand with `; ` between.
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
pub(crate) fn csv(site: Site<'_>, listing: &Listing) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let rows = listing.documents.iter().map(|id| row(site, *id));
    let header = COLUMNS.map(str::to_owned);
    for row in std::iter::once(header).chain(rows) {
        let mut cells = row.iter().map(|cell| harmless(cell));
        cells
            .try_for_each(|cell| writer.write_field(cell.as_bytes()))
            .and_then(|()| writer.write_record(None::<&[u8]>))
            .expect("memory takes everything, and every row has the same columns");
    }
    writer.into_inner().expect("memory takes everything")
}

pub(crate) fn row(site: Site<'_>, id: DocId) -> [String; COLUMNS.len()] {
    let portal = site.portal;
    let document = portal.document(id);
    let fields = &document.fields;
    let status = portal.status_record(id);
    let (as_of, since) = match &status {
        Some(status) => (status.as_of.clone(), status.since.clone()),
        None => (None, None),
    };
    let centers: Vec<&str> = portal.slugs(portal.membership.centers_of(id)).collect();
    let numbers: Vec<String> = fields.hts().iter().map(ToString::to_string).collect();
    [
        fields.number().unwrap_or_default(),
        document.common.title.clone(),
        portal.schema.kinds.name(document.kind).to_owned(),
        fields.forms().join("; "),
        fields.date().map(datetime).unwrap_or_default(),
        status.map_or("", |status| status.value).to_owned(),
        since.unwrap_or_default(),
        centers.join("; "),
        portal.issuer_slug(id).unwrap_or_default().to_owned(),
        numbers.join("; "),
        fields.origin().join("; "),
        document.common.summary.clone().unwrap_or_default(),
        site.absolute(portal.addresses.of(id)),
        as_of.unwrap_or_default(),
        document.text_kind().map_or("", TextKind::name).to_owned(),
    ]
}

/// A cell that no spreadsheet takes for a formula: what a title begins with could send data elsewhere when the file is
/// opened (CWE-1236).
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}
