//! A document's page.

use super::{Viewer, datetime, sources};
use crate::config::Addressee;
use crate::document::{Change, Document, Fields};
use crate::plan::{has_record, has_text};
use crate::portal::{DocId, Taxonomy, beside};
use crate::render::views::{
    CitedView, DocumentView, FormatView, LinkView, NoteView, RulingLinkView,
};
use crate::render::{citation, facts};
use portolan_customs::PartialDate;
use portolan_customs::RulingNumber;

/// Rulings on the same goods that a page shows.
const RELATED: usize = 5;

impl Viewer<'_> {
    pub(in crate::render) fn document(&self, id: DocId) -> DocumentView {
        let document = self.portal.document(id);
        let relations = &self.portal.graph.relations;
        let date = document.fields.date();
        let membership = &self.portal.membership;
        let centers = membership.centers_of(id).iter();
        let issuer = membership.issuer(id);
        DocumentView {
            kind: self.kind_label(document.kind),
            kind_id: self.kinds().name(document.kind).to_owned(),
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            date: date.map_or_else(String::new, |date| self.date(date)),
            datetime: date.map(datetime).unwrap_or_default(),
            summary: document.common.summary.clone().unwrap_or_default(),
            text: self.document_text(document),
            addressee: self.addressee(document),
            official_url: document
                .fields
                .ruling_number()
                .map(RulingNumber::cross_url)
                .unwrap_or_default(),
            draft: document.common.draft,
            status: self.status(id),
            subsequent: self.subsequent(id),
            facts: facts::of(id, *self),
            notes: self.notes(&document.common.changes),
            changes: relations.changes[id]
                .iter()
                .map(|relation| {
                    let verb = format!("change.{}", relation.change.verb());
                    RulingLinkView {
                        note: self.unconfirmed(relation.unconfirmed),
                        ..self.ruling_link(self.words.get(&verb), &relation.target)
                    }
                })
                .collect(),
            proposes: self.proposes(id),
            cites: relations.cites[id]
                .iter()
                .map(|citing| RulingLinkView {
                    sentence: citing.sentence.clone(),
                    ..self.ruling_link("", &citing.target)
                })
                .collect(),
            cited_by: relations.cited_by[id]
                .iter()
                .map(|cited| CitedView {
                    item: self.item(cited.by),
                    sentence: cited.sentence.clone(),
                })
                .collect(),
            related: self.items(self.portal.related(id, RELATED)),
            related_list: self.related_list(document),
            citations: citation::of(id, *self),
            formats: self.formats(id),
            centers: centers.map(|center| self.center_link(*center)).collect(),
            issued_by: issuer.map(|office| self.center_link(office)),
            sources: sources(&document.common.source),
            action: match &document.fields {
                Fields::Update(update) => self.maybe_linked(update.action.as_ref()),
                _ => Vec::new(),
            },
        }
    }

    /// The address block of a letter names private people: it is shown only where the settings say so.
    fn addressee(&self, document: &Document) -> String {
        match &document.fields {
            Fields::Ruling(ruling) if self.config.import.addressee == Addressee::Page => {
                ruling.addressee.clone().unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// The list of the first heading of a document's goods.
    fn related_list(&self, document: &Document) -> Option<LinkView> {
        let mut goods = document.fields.hts().iter();
        let number = goods.find(|number| !number.is_special())?;
        let listing = self.term_listing(Taxonomy::Heading, number.heading()?)?;
        Some(self.listing_link(&self.subject_title(&listing.subject), listing))
    }

    fn formats(&self, id: DocId) -> Vec<FormatView> {
        let page = self.portal.addresses.of(id);
        let mut formats = Vec::new();
        if has_record(self.portal, self.config, id) {
            formats.push(FormatView {
                title: "JSON".to_owned(),
                url: beside(page, "json"),
                media_type: "application/json",
            });
        }
        if has_text(self.portal, self.config, id) {
            formats.push(FormatView {
                title: self.words.get("document.plain-text").to_owned(),
                url: beside(page, "txt"),
                media_type: "text/plain",
            });
        }
        formats
    }

    fn notes(&self, changes: &[Change]) -> Vec<NoteView> {
        let mut changes: Vec<&Change> = changes.iter().collect();
        changes.sort_by_key(|change| std::cmp::Reverse(change.date));
        changes
            .into_iter()
            .map(|change| NoteView {
                date: self.date(PartialDate::Day(change.date)),
                datetime: change.date.to_string(),
                text: change.note.clone(),
            })
            .collect()
    }
}
