//! The status of a ruling in words, never without its day and what it rests on; and what the text of a document is.

use super::Viewer;
use crate::document::{Document, Kind};
use crate::portal::{Basis, DocId};
use crate::render::views::{DocumentTextView, StatusView};
use crate::tables::{StatusSource, StatusSources};
use portolan_customs::{PartialDate, StatusKind};
use std::fmt::Display;

impl Viewer<'_> {
    /// The state of a ruling; `None` for what is no ruling.
    pub(in crate::render) fn status_kind(&self, id: DocId) -> Option<StatusKind> {
        let is_ruling = self.portal.document(id).kind == Kind::Ruling;
        is_ruling.then(|| self.portal.graph.status[id].kind)
    }

    pub(in crate::render) fn status_label(&self, kind: StatusKind) -> String {
        let name = format!("status.{}", kind.name());
        self.words.get(&name).to_owned()
    }

    /// The status of a ruling with all that belongs to it.
    pub(in crate::render) fn status(&self, id: DocId) -> Option<StatusView> {
        let kind = self.status_kind(id)?;
        let status = &self.portal.graph.status[id];
        let chain = status.chain.iter();
        let history = self.portal.timeline(id).into_iter();
        let source = self.portal.status_source(id);
        let as_of = source.map(|source| self.date(PartialDate::Day(*source.through)));
        Some(StatusView {
            label: self.status_label(kind),
            class: kind.name(),
            note: match &as_of {
                Some(date) if kind == StatusKind::InForce => self
                    .words
                    .fill("status_basis.as_far_as_known", &[("date", date)]),
                _ => String::new(),
            },
            as_of: as_of.unwrap_or_default(),
            as_of_datetime: source
                .map(|source| source.through.to_string())
                .unwrap_or_default(),
            basis: self.basis(status.basis, source),
            cause: status.cause.as_ref().map(|cause| self.incoming(cause)),
            chain: chain.map(|incoming| self.incoming(incoming)).collect(),
            withdrawn: status.withdrawn,
            proposals: self.pending(id),
            history: history.map(|step| self.step(step)).collect(),
        })
    }

    /// What belongs to a status beside its label, in a few words for lists; empty where the label says all.
    pub(in crate::render) fn status_note(&self, id: DocId) -> String {
        let Some(kind) = self.status_kind(id) else {
            return self.known_date(self.portal.status_since(id));
        };
        let source = self.portal.status_source(id);
        let as_of = source.map(|source| self.date(PartialDate::Day(*source.through)));
        let fill = |name: &str| {
            let values = as_of.iter().map(|date| ("date", date as &dyn Display));
            self.words.fill(name, &values.collect::<Vec<_>>())
        };
        match (kind, &as_of) {
            (StatusKind::InForce, Some(_)) => fill("status_basis.short"),
            (StatusKind::InForce | StatusKind::NotChecked, _) => String::new(),
            (_, None) => self.known_date(self.portal.status_since(id)),
            (_, Some(_)) => {
                let since = self.known_date(self.portal.status_since(id));
                let as_of = fill("status_basis.changed_short");
                if since.is_empty() {
                    as_of
                } else {
                    format!("{since}; {as_of}")
                }
            }
        }
    }

    /// The three parts of a status in sentences; of a decision, what became of it.
    pub(in crate::render) fn status_words(&self, id: DocId) -> String {
        let Some(view) = self.status(id) else {
            return self.standing(id).0;
        };
        let first = match view.note.as_str() {
            "" => format!("{}.", view.label),
            note => format!("{} {note}", view.label),
        };
        format!("{first} {}", view.basis)
    }

    /// The words of the search page as JSON. Its results cannot say as of which day each ruling is in force, so they say
    /// the day as of which all of them are.
    pub(in crate::render) fn search_words(&self) -> String {
        let said = self.words.of_groups(&["search", "kind", "status"]);
        let Some(day) = self
            .portal
            .tables
            .status_sources
            .as_ref()
            .and_then(StatusSources::earliest)
        else {
            return said;
        };
        let mut said: serde_json::Value =
            serde_json::from_str(&said).expect("words are written as JSON");
        let date = self.date(PartialDate::Day(day));
        let as_of = self.words.fill("status_basis.short", &[("date", &date)]);
        let name = StatusKind::InForce.name();
        let label = self.status_label(StatusKind::InForce);
        said["status"][name] = format!("{label} {as_of}").into();
        said.to_string()
    }

    /// On what a status rests, in sentences.
    pub(in crate::render) fn basis(&self, basis: Basis, source: Option<&StatusSource>) -> String {
        let Some(source) = source else {
            return self
                .words
                .get(&format!("status_basis.{}", basis.name()))
                .to_owned();
        };
        let date = self.date(PartialDate::Day(*source.through));
        match basis {
            Basis::Change => self.words.fill("status_basis.changed", &[("date", &date)]),
            _ => self.holds(source),
        }
    }

    /// `It holds a selection of the New York rulings of 2015–2025 on CROSS.`
    fn holds(&self, source: &StatusSource) -> String {
        let collections = source.collections.iter();
        let collections: Vec<&str> = collections
            .map(|collection| {
                let name = collection.name();
                let word = format!("collection.{}", name.to_lowercase());
                self.words.find(&word).unwrap_or(name)
            })
            .collect();
        let years: Vec<String> = source
            .years
            .iter()
            .map(|years| years.to_string().replace('-', "–"))
            .collect();
        let collections = match collections.as_slice() {
            [first, last] => self
                .words
                .fill("trends.and", &[("before", first), ("last", last)]),
            names => names.join(", "),
        };
        let name = match (source.complete, years.is_empty()) {
            (true, true) => "status_basis.holds_all",
            (true, false) => "status_basis.holds_years",
            (false, true) => "status_basis.holds_some",
            (false, false) => "status_basis.holds_some_years",
        };
        let values: [(&str, &dyn Display); 3] = [
            ("collections", &collections),
            ("years", &years.join(", ")),
            ("source", &source.name),
        ];
        self.words.fill(name, &values)
    }

    /// What the text of a document is, in a sentence.
    pub(in crate::render) fn document_text(&self, document: &Document) -> Option<DocumentTextView> {
        let kind = document.text_kind()?;
        let of = match document.kind {
            Kind::Ruling => "ruling",
            Kind::Decision => "decision",
            Kind::Publication => "publication",
            _ => "document",
        };
        let name = format!("text_{of}.{}", kind.name());
        Some(DocumentTextView {
            kind: kind.name(),
            notice: self.words.get(&name).to_owned(),
        })
    }
}
