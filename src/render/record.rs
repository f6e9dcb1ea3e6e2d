//! The JSON file beside a document.

use super::view::{Viewer, datetime};
use super::views::{ProposalView, RecordLink, RecordProposal, RecordStatus, RecordView};
use crate::document::{Fields, TextKind};
use crate::plan::has_text;
use crate::portal::{DocId, Incoming, Proposed, Target, Treated, beside};
use portolan_customs::PartialDate;
use portolan_customs::RulingNumber;

impl Viewer<'_> {
    pub(super) fn record(&self, id: DocId) -> RecordView {
        let portal = self.portal;
        let document = portal.document(id);
        let relations = &portal.graph.relations;
        let page = portal.addresses.of(id);
        let proposal = document.proposal.as_ref();
        let target = |relation, target: &Target| self.record_target(relation, target);
        let incoming = |incoming: &Incoming| self.record_incoming(incoming);
        RecordView {
            version: 2,
            kind: portal.schema.kinds.name(document.kind).to_owned(),
            number: document.fields.number().unwrap_or_default(),
            title: document.common.title.clone(),
            date: document.fields.date().map(datetime).unwrap_or_default(),
            status: self.record_status(id),
            status_note: match &document.fields {
                Fields::Decision(decision) => decision.status_note.clone().unwrap_or_default(),
                _ => String::new(),
            },
            text: document.text_kind().map(TextKind::name),
            summary: document.common.summary.clone().unwrap_or_default(),
            categories: document
                .fields
                .forms()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            hts: texts(document.fields.hts()),
            hts_not_in_edition: document
                .fields
                .hts()
                .iter()
                .filter(|number| !self.number_note(number).is_empty())
                .map(ToString::to_string)
                .collect(),
            origin: document
                .fields
                .origin()
                .iter()
                .map(|country| country.code().to_owned())
                .collect(),
            centers: portal
                .slugs(portal.membership.centers_of(id))
                .map(str::to_owned)
                .collect(),
            issued_by: portal.issuer_slug(id).unwrap_or_default().to_owned(),
            changes: relations.changes[id]
                .iter()
                .map(|relation| RecordLink {
                    unconfirmed: relation.unconfirmed,
                    ..target(relation.change.verb(), &relation.target)
                })
                .collect(),
            history: portal.graph.status[id]
                .history
                .iter()
                .map(incoming)
                .chain(
                    portal.graph.subsequent[id]
                        .steps
                        .iter()
                        .map(|step| self.record_treated(step)),
                )
                .collect(),
            proposals: portal
                .graph
                .proposals
                .of(id)
                .iter()
                .map(|proposed| self.record_proposal(proposed))
                .collect(),
            proposes: portal
                .graph
                .proposals
                .made(id)
                .iter()
                .map(|proposing| target(proposing.intent.verb(), &proposing.target))
                .collect(),
            comments_until: proposal.map_or_else(String::new, |it| known(it.comments_until)),
            withdrawn: proposal.map_or_else(String::new, |it| written(it.withdrawn)),
            cites: relations.cites[id]
                .iter()
                .map(|citing| target("", &citing.target))
                .collect(),
            cited_by: relations.cited_by[id]
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

    fn record_status(&self, id: DocId) -> Option<RecordStatus> {
        let cause = self.portal.graph.status[id].cause.as_ref();
        let cause = cause.map(|cause| self.record_incoming(cause));
        let subsequent = &self.portal.graph.subsequent[id];
        let later = subsequent
            .standing
            .map(|standing| &subsequent.steps[standing.step]);
        Some(RecordStatus {
            status: self.portal.status_record(id)?,
            words: self.status_words(id),
            by: cause.or_else(|| later.map(|step| self.record_treated(step))),
        })
    }

    fn record_target(&self, relation: &'static str, target: &Target) -> RecordLink {
        RecordLink {
            relation,
            number: target.number.with_collection(),
            url: match target.document {
                Some(id) => self.absolute(self.portal.addresses.of(id)),
                None => target.number.cross_url(),
            },
            unconfirmed: false,
        }
    }

    fn record_incoming(&self, incoming: &Incoming) -> RecordLink {
        RecordLink {
            unconfirmed: incoming.unconfirmed,
            ..self.record_target(incoming.change.passive(), &incoming.by)
        }
    }

    fn record_treated(&self, step: &Treated) -> RecordLink {
        let relation = step.treatment.relation();
        match step.document {
            Some(id) => RecordLink {
                relation,
                ..self.record_link(id)
            },
            None => RecordLink {
                relation,
                number: step.name.clone(),
                url: String::new(),
                unconfirmed: false,
            },
        }
    }

    fn record_proposal(&self, proposed: &Proposed) -> RecordProposal {
        RecordProposal {
            notice: RecordLink {
                relation: proposed.intent.passive(),
                ..self.record_link(proposed.by)
            },
            date: known(Some(proposed.date)),
            comments_until: known(proposed.comments_until),
            withdrawn: written(proposed.withdrawn),
            pending: proposed.is_pending,
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
            unconfirmed: false,
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
            if !status.note.is_empty() {
                line = format!("{line} {}", status.note);
            }
            if let Some(cause) = &status.cause {
                line = format!("{line} ({} {}", cause.verb, cause.number);
                if !cause.date.is_empty() {
                    line = format!("{line}, {}", cause.date);
                }
                line.push(')');
            }
            lines.push(line);
            lines.push(status.basis);
            lines.extend(
                status
                    .proposals
                    .iter()
                    .map(|proposal| self.proposal_line(proposal)),
            );
        }
        if let Some(subsequent) = self.subsequent(id) {
            lines.push(subsequent.label.to_uppercase());
            let history = subsequent.history.into_iter();
            lines.extend(history.map(|link| {
                let name = [link.number, link.title]
                    .into_iter()
                    .filter(|part| !part.is_empty());
                let name = name.collect::<Vec<_>>().join(": ");
                let date = if link.date.is_empty() {
                    String::new()
                } else {
                    format!(", {}", link.date)
                };
                format!("{} {name}{date}", link.verb)
            }));
            lines.push(subsequent.note);
        }
        lines.extend(self.document_text(document).map(|text| text.notice));
        lines.extend(fields.ruling_number().map(RulingNumber::cross_url));
        if !self.config.official {
            lines.push(self.words.get("site.unofficial").to_owned());
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n") + "\n\n"
    }

    /// `REVOCATION PROPOSED (Customs Bulletin, Vol. 48, No. 29, July 23, 2014; comments until August 22, 2014)`.
    fn proposal_line(&self, proposal: &ProposalView) -> String {
        let notice = &proposal.notice;
        let name = if notice.number.is_empty() {
            &notice.title
        } else {
            &notice.number
        };
        let mut line = format!("{} ({name}", proposal.label.to_uppercase());
        if !notice.date.is_empty() {
            line = format!("{line}, {}", notice.date);
        }
        if !proposal.comments_until.is_empty() {
            let date: &dyn std::fmt::Display = &proposal.comments_until;
            line = format!(
                "{line}; {}",
                self.words
                    .fill("proposal.comments_until", &[("date", date)])
            );
        }
        line + ")"
    }
}

/// A date that is known; else empty.
fn known(date: Option<PartialDate>) -> String {
    date.map(datetime).unwrap_or_default()
}

/// A date or `unknown`; empty where there is none.
fn written(date: Option<PartialDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
