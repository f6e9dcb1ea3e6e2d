//! The status of a ruling in words, never without its day and its basis; what later decisions did to a decision; and what the text of a
//! document is.

use crate::document::{Document, Fields, Kind};
use crate::portal::{DocId, StatusSummary, Treated};
use crate::render::parts::proposals::ProposalView;
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::{names, proposals, relations};
use crate::render::site::Site;
use crate::tables::StatusSource;
use jiff::civil::Date;
use portolan_customs::Basis;
use portolan_customs::PartialDate;
use portolan_customs::StatusKind;
use serde::Serialize;
use std::fmt::Display;

/// Whether a ruling is in force, as of which day, and on what basis. A theme shows all three.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StatusView {
    /// `In force`, `Not checked`, …
    pub(crate) label: String,
    /// `in-force`, `not-checked`, `modified`, `superseded` or `revoked`.
    pub(crate) class: &'static str,
    /// What follows the label in its line: `as far as this portal knows, as of June 26, 2026.`.
    pub(crate) note: Option<String>,
    /// The day up to which changes were looked up: `June 26, 2026`; absent where nobody looked.
    pub(crate) as_of: Option<String>,
    /// `2026-06-26`.
    pub(crate) as_of_datetime: Option<String>,
    /// On what it rests, in sentences.
    pub(crate) basis: String,
    /// The change that it follows from.
    pub(crate) cause: Option<RulingLinkView>,
    /// Who took the ruling out of force that did so to this one, and so on.
    pub(crate) chain: Vec<RulingLinkView>,
    /// Whether it is out of force without a letter that says so.
    pub(crate) withdrawn: bool,
    /// Changes that are proposed: not withdrawn, and not carried out yet.
    pub(crate) proposals: Vec<ProposalView>,
    /// Every change and every proposal of one, oldest first.
    pub(crate) history: Vec<RulingLinkView>,
}

/// What the text of a document is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentTextView {
    /// `letter`, `summary`, `record` or `unstated`.
    pub(crate) kind: &'static str,
    /// In a sentence: `This is our summary, not the letter.`
    pub(crate) notice: String,
}

/// What later decisions did to a decision.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SubsequentView {
    /// What they come to: `Reversed`, …; absent where only the note says something.
    pub(crate) label: Option<String>,
    /// `affirmed`, `reversed`, `vacated`, `reversed-in-part`, `vacated-in-part`.
    pub(crate) class: Option<&'static str>,
    /// Every later decision on it, oldest first; `url` is empty where the portal does not have it.
    pub(crate) history: Vec<RulingLinkView>,
    /// What else came after it.
    pub(crate) note: Option<String>,
}

/// The status of a ruling with all that belongs to it; `None` for what is no ruling.
pub(crate) fn status(site: Site<'_>, id: DocId) -> Option<StatusView> {
    let summary = site.portal.status_summary(id)?;
    let kind = summary.kind?;
    let status = &site.portal.graph.status[id];
    let incoming = |incoming| relations::incoming(site, incoming);
    let history = site.portal.timeline(id).into_iter();
    let as_of = summary.as_of.map(|day| site.date(PartialDate::Day(day)));
    let in_force = as_of.as_ref().filter(|_| kind == StatusKind::InForce);
    Some(StatusView {
        label: names::status(site, summary),
        class: summary.name,
        note: in_force.map(|date| {
            let values: [(&str, &dyn Display); 1] = [("date", date)];
            site.words.fill("status_basis.as_far_as_known", &values)
        }),
        as_of,
        as_of_datetime: summary.as_of.map(|day| day.to_string()),
        basis: basis(site, status.basis, site.portal.status_source(id)),
        cause: status.cause.as_ref().map(incoming),
        chain: status.chain.iter().map(incoming).collect(),
        withdrawn: status.withdrawn,
        proposals: proposals::pending(site, id),
        history: history.map(|step| proposals::step(site, step)).collect(),
    })
}

/// What belongs to a status besides its label, in a few words for lists; `None` where the label says all.
pub(crate) fn note(site: Site<'_>, status: StatusSummary) -> Option<String> {
    let since = site.known_date(status.since);
    let as_of = |phrase: &str| {
        let date = site.date(PartialDate::Day(status.as_of?));
        Some(site.words.fill(phrase, &[("date", &date)]))
    };
    match status.kind {
        Some(StatusKind::InForce) => as_of("status_basis.short"),
        Some(StatusKind::NotChecked) => None,
        _ => {
            let parts = since.into_iter().chain(as_of("status_basis.changed_short"));
            let parts: Vec<String> = parts.collect();
            (!parts.is_empty()).then(|| parts.join("; "))
        }
    }
}

/// The three parts of a status in sentences; of a decision, what became of it.
pub(crate) fn sentences(site: Site<'_>, id: DocId) -> Option<String> {
    let Some(view) = status(site, id) else {
        let summary = site.portal.status_summary(id)?;
        return Some(names::status(site, summary));
    };
    Some(match view.note {
        None => format!("{}. {}", view.label, view.basis),
        Some(note) => format!("{} {note} {}", view.label, view.basis),
    })
}

/// On what a status rests, in sentences.
fn basis(site: Site<'_>, basis: Basis, source: Option<&StatusSource>) -> String {
    let Some(source) = source else {
        return site.word(&format!("status_basis.{}", basis.name()));
    };
    let date = site.date(PartialDate::Day(*source.through));
    match basis {
        Basis::Change => site.words.fill("status_basis.changed", &[("date", &date)]),
        _ => holds(site, source),
    }
}

/// `It holds a selection of the New York rulings of 2015–2025 on CROSS.`
fn holds(site: Site<'_>, source: &StatusSource) -> String {
    let collections = source.collections.iter();
    let collections: Vec<&str> = collections
        .map(|collection| {
            let name = collection.name();
            let word = format!("collection.{}", name.to_lowercase());
            site.words.find(&word).unwrap_or(name)
        })
        .collect();
    let years: Vec<String> = source
        .years
        .iter()
        .map(|years| years.to_string().replace('-', "–"))
        .collect();
    let collections = match collections.as_slice() {
        [first, last] => site
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
    site.words.fill(name, &values)
}

/// What the text of a document is, in a sentence.
pub(crate) fn document_text(site: Site<'_>, document: &Document) -> Option<DocumentTextView> {
    let kind = document.text_kind()?;
    let of = match document.kind {
        Kind::Ruling => "ruling",
        Kind::Decision => "decision",
        Kind::Publication => "publication",
        _ => "document",
    };
    Some(DocumentTextView {
        kind: kind.name(),
        notice: site.word(&format!("text_{of}.{}", kind.name())),
    })
}

/// What a reader must know before the decision itself; `None` where nothing is known to have come after it.
pub(crate) fn subsequent(site: Site<'_>, id: DocId) -> Option<SubsequentView> {
    let subsequent = &site.portal.graph.subsequent[id];
    let note = match &site.portal.document(id).fields {
        Fields::Decision(decision) => decision.status_note.clone(),
        _ => None,
    };
    if subsequent.steps.is_empty() && note.is_none() {
        return None;
    }
    let summary = site.portal.status_summary(id);
    let steps = subsequent.steps.iter();
    Some(SubsequentView {
        label: summary.map(|status| names::status(site, status)),
        class: summary.map(|status| status.name),
        history: steps.map(|step| treated(site, step)).collect(),
        note,
    })
}

fn treated(site: Site<'_>, step: &Treated) -> RulingLinkView {
    let name = step.treatment.relation().replace(' ', "-");
    let verb = Some(site.word(&format!("subsequent.{name}")));
    match step.document {
        Some(id) => relations::document(site, verb, id, site.portal.document(id).fields.date()),
        None => RulingLinkView {
            verb,
            number: Some(step.name.clone()),
            ..RulingLinkView::default()
        },
    }
}

/// The day of the last change of a document's status, proposed or made, or of the last note on its page.
pub(crate) fn changed_on(site: Site<'_>, id: DocId) -> Option<Date> {
    let status = site.portal.status_since(id).and_then(PartialDate::earliest);
    let proposals = site.portal.graph.proposals.of(id).iter();
    let proposals = proposals
        .flat_map(|proposed| [Some(proposed.date), proposed.withdrawn])
        .filter_map(|date| date.and_then(PartialDate::earliest));
    let notes = site.portal.document(id).common.changes.iter();
    let notes = notes.map(|note| note.date);
    notes.chain(proposals).chain(status).max()
}
