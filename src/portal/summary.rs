//! One summary of a document: lists, cards, feeds, JSON, CSV, structured data and search results derive from it.

use super::{CenterId, DocId, Portal, Unpublished};
use crate::document::{Kind, TextKind};
use jiff::civil::Date;
use portolan_customs::country::Country;
use portolan_customs::{HtsNumber, PartialDate, StatusKind};

/// What the site says of a document wherever it lists one. It has no body.
#[derive(Debug, Clone)]
pub struct DocumentSummary<'p> {
    /// Number or citation.
    pub number: Option<String>,
    /// Title.
    pub title: &'p str,
    /// What it is.
    pub kind: Kind,
    /// Categories or types.
    pub categories: Vec<&'static str>,
    /// When it was issued; `None` for kinds without a date.
    pub date: Option<PartialDate>,
    /// The status of a ruling, or what became of a decision.
    pub status: Option<StatusSummary>,
    /// Tariff numbers.
    pub hts: &'p [HtsNumber],
    /// Countries of origin, ISO 3166-1 alpha-2.
    pub origin: &'p [Country],
    /// Its Centers.
    pub centers: &'p [CenterId],
    /// The slug of the office that issued it.
    pub issued_by: Option<&'p str>,
    /// One or two sentences.
    pub summary: Option<&'p str>,
    /// What its text is; `None` where it reproduces nothing.
    pub text: Option<TextKind>,
    /// Why readers do not see it: only the preview lists such documents.
    pub unpublished: Option<Unpublished>,
    /// Its page.
    pub address: &'p str,
}

/// A status with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusSummary {
    /// `in-force`, `not-checked`, `modified`, `superseded` or `revoked`; of a decision `affirmed`, `reversed`, `vacated`,
    /// `reversed-in-part` or `vacated-in-part`.
    pub name: &'static str,
    /// The status of a ruling; `None` for a decision.
    pub kind: Option<StatusKind>,
    /// When the change took effect; `None` where nothing changed or that is not known.
    pub since: Option<PartialDate>,
    /// The day up to which changes were looked up; `None` where nobody looked.
    pub as_of: Option<Date>,
}

impl DocumentSummary<'_> {
    /// Its number, else its title.
    #[must_use]
    pub fn name(&self) -> String {
        self.number.clone().unwrap_or_else(|| self.title.to_owned())
    }
}

impl Portal {
    /// The summary of a document.
    #[must_use]
    pub fn summary(&self, id: DocId) -> DocumentSummary<'_> {
        let document = self.document(id);
        let fields = &document.fields;
        DocumentSummary {
            number: fields.number(),
            title: &document.common.title,
            kind: document.kind,
            categories: fields.forms(),
            date: fields.date(),
            status: self.status_summary(id),
            hts: fields.hts(),
            origin: fields.origin(),
            centers: self.membership.centers_of(id),
            issued_by: self.issuer_slug(id),
            summary: document.common.summary.as_deref(),
            text: document.text_kind(),
            unpublished: self.unpublished.get(&id).copied(),
            address: self.addresses.of(id),
        }
    }

    /// The status of a ruling, or what became of a decision; `None` where there is no such thing.
    #[must_use]
    pub fn status_summary(&self, id: DocId) -> Option<StatusSummary> {
        let is_ruling = self.document(id).kind == Kind::Ruling;
        let kind = is_ruling.then(|| self.graph.status[id].kind);
        let name = match kind {
            Some(kind) => kind.name(),
            None => self.graph.subsequent[id].standing?.name(),
        };
        Some(StatusSummary {
            name,
            kind,
            since: self.status_since(id),
            as_of: self
                .status_source(id)
                .filter(|_| is_ruling)
                .map(|source| *source.through),
        })
    }
}
