//! All documents of a list as a table for spreadsheets and programs (RFC 4180).

use super::view::{Viewer, datetime};
use crate::document::TextKind;
use crate::portal::{DocId, Listing};
use crate::tables::csv;
use ::csv::Terminator;

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

impl Viewer<'_> {
    /// The table of a list, in its order.
    pub(super) fn list_table(&self, listing: &Listing) -> Vec<u8> {
        let rows = listing.documents.iter().map(|id| self.row(*id));
        let header = COLUMNS.map(str::to_owned);
        csv::write(Terminator::CRLF, std::iter::once(header).chain(rows))
    }

    fn row(&self, id: DocId) -> [String; COLUMNS.len()] {
        let portal = self.portal;
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
            fields
                .origin()
                .iter()
                .map(|country| country.code())
                .collect::<Vec<_>>()
                .join("; "),
            document.common.summary.clone().unwrap_or_default(),
            self.absolute(portal.addresses.of(id)),
            as_of.unwrap_or_default(),
            document.text_kind().map_or("", TextKind::name).to_owned(),
        ]
    }
}
