//! The JSON file beside a document.

use super::view::{Viewer, datetime};
use super::views::{RecordLink, RecordStatus, RecordView};
use crate::plan::has_text;
use crate::portal::{DocId, Target, beside};
use portolan_search::RulingNumber;

impl Viewer<'_> {
    pub(super) fn record(&self, id: DocId) -> RecordView {
        let portal = self.portal;
        let document = portal.document(id);
        let relations = &portal.relations;
        let at = id.0 as usize;
        let page = portal.addresses.of(id);
        let target = |relation, target: &Target| RecordLink {
            relation,
            number: target.number.with_collection(),
            url: match target.document {
                Some(id) => self.absolute(portal.addresses.of(id)),
                None => target.number.cross_url(),
            },
        };
        RecordView {
            version: 1,
            kind: portal.schema.kinds.name(document.kind).to_owned(),
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            date: document.fields.date().map(datetime).unwrap_or_default(),
            status: self.status_kind(id).map(|kind| {
                let cause = portal.status[at].cause.as_ref();
                RecordStatus {
                    name: kind.name(),
                    since: portal.status_since(id).map(datetime).unwrap_or_default(),
                    by: cause.map(|cause| target(cause.change.passive(), &cause.by)),
                }
            }),
            summary: document.common.summary.clone().unwrap_or_default(),
            categories: document.fields.forms(),
            hts: texts(document.fields.hts()),
            origin: document.fields.origin().to_vec(),
            centers: portal
                .slugs(portal.membership.centers_of(id))
                .map(str::to_owned)
                .collect(),
            issued_by: portal
                .membership
                .issuer(id)
                .map_or_else(String::new, |office| {
                    portal.center(office).slug().to_owned()
                }),
            changes: relations.changes[at]
                .iter()
                .map(|relation| target(relation.change.verb(), &relation.target))
                .collect(),
            history: portal.status[at]
                .history
                .iter()
                .map(|incoming| target(incoming.change.passive(), &incoming.by))
                .collect(),
            cites: relations.cites[at]
                .iter()
                .map(|citing| target("", &citing.target))
                .collect(),
            cited_by: relations.cited_by[at]
                .iter()
                .map(|cited| self.record_link(cited.by))
                .collect(),
            sources: document.common.source.clone(),
            url: self.absolute(page),
            text_url: if has_text(portal, self.config, id) {
                self.absolute(&beside(page, "txt"))
            } else {
                String::new()
            },
            official_url: document
                .fields
                .ruling_number()
                .map(RulingNumber::cross_url)
                .unwrap_or_default(),
            official: self.config.official,
        }
    }

    fn record_link(&self, id: DocId) -> RecordLink {
        let document = self.portal.document(id);
        RecordLink {
            relation: "",
            number: document
                .fields
                .number()
                .unwrap_or_else(|| document.common.title.clone()),
            url: self.absolute(self.portal.addresses.of(id)),
        }
    }

    /// What stands above the text of a document in its plain form: what it is, and whether it still stands.
    pub(super) fn text_head(&self, id: DocId) -> String {
        let document = self.portal.document(id);
        let fields = &document.fields;
        let mut lines = vec![match fields.number() {
            Some(number) => format!("{number}: {}", document.common.title),
            None => document.common.title.clone(),
        }];
        lines.extend(fields.date().map(|date| self.date(date)));
        if let Some(status) = self.status(id) {
            let mut line = status.label.to_uppercase();
            if let Some(cause) = &status.cause {
                line = format!("{line} ({} {}", cause.verb, cause.number);
                if !cause.date.is_empty() {
                    line = format!("{line}, {}", cause.date);
                }
                line.push(')');
            }
            lines.push(line);
        }
        lines.extend(fields.ruling_number().map(RulingNumber::cross_url));
        if !self.config.official {
            lines.push(self.words.get("site.unofficial").to_owned());
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n") + "\n\n"
    }
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
