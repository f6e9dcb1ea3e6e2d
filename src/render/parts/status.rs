//! The status of a ruling in words, never without its day and its basis; what became of a decision; and what the text of a
//! document is.

use crate::document::{Document, Fields, Kind};
use crate::portal::{Basis, DocId, Standing, StatusKind, Treated};
use crate::render::parts::proposals::ProposalView;
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::{names, proposals, relations};
use crate::render::site::Site;
use crate::tables::StatusSource;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use serde::Serialize;
use std::fmt::Display;

/// Whether a ruling stands, as of which day, and on what that rests. A theme shows all three.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StatusView {
    /// `In force`, `Not checked`, …
    pub(crate) label: String,
    /// `in-force`, `not-checked`, `modified`, `superseded` or `revoked`.
    pub(crate) class: &'static str,
    /// What follows the label in its line: `as far as this portal knows, as of June 26, 2026.`; may be empty.
    pub(crate) note: String,
    /// The day up to which changes were looked up: `June 26, 2026`; empty where nobody looked.
    pub(crate) as_of: String,
    /// `2026-06-26`, or empty.
    pub(crate) as_of_datetime: String,
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
    /// What they come to: `Reversed`, …; empty where only the note says something.
    pub(crate) label: String,
    /// `affirmed`, `reversed`, `vacated`, `reversed-in-part`, `vacated-in-part` or empty.
    pub(crate) class: &'static str,
    /// Every later decision on it, oldest first; `url` is empty where the portal does not have it.
    pub(crate) history: Vec<RulingLinkView>,
    /// What else came after it; may be empty.
    pub(crate) note: String,
}

/// The state of a ruling; `None` for what is no ruling.
pub(crate) fn kind(site: Site<'_>, id: DocId) -> Option<StatusKind> {
    let is_ruling = site.portal.document(id).kind == Kind::Ruling;
    is_ruling.then(|| site.portal.status[id.0 as usize].kind)
}

/// The status of a ruling with all that belongs to it.
pub(crate) fn status(site: Site<'_>, id: DocId) -> Option<StatusView> {
    let kind = kind(site, id)?;
    let status = &site.portal.status[id.0 as usize];
    let chain = status.chain.iter();
    let history = site.portal.timeline(id).into_iter();
    let source = site.portal.status_source(id);
    let as_of = source.map(|source| site.date(PartialDate::Day(source.through)));
    Some(StatusView {
        label: names::status(site, kind),
        class: kind.name(),
        note: match &as_of {
            Some(date) if kind == StatusKind::InForce => site
                .words
                .fill("status_basis.as_far_as_known", &[("date", date)]),
            _ => String::new(),
        },
        as_of: as_of.unwrap_or_default(),
        as_of_datetime: source
            .map(|source| source.through.to_string())
            .unwrap_or_default(),
        basis: basis(site, status.basis, source),
        cause: status
            .cause
            .as_ref()
            .map(|cause| relations::incoming(site, cause)),
        chain: chain
            .map(|incoming| relations::incoming(site, incoming))
            .collect(),
        withdrawn: status.withdrawn,
        proposals: proposals::pending(site, id),
        history: history.map(|step| proposals::step(site, step)).collect(),
    })
}

/// What belongs to a status beside its label, in a few words for lists; empty where the label says all.
pub(crate) fn note(site: Site<'_>, id: DocId) -> String {
    let Some(kind) = kind(site, id) else {
        return site.known_date(site.portal.status_since(id));
    };
    let source = site.portal.status_source(id);
    let as_of = source.map(|source| site.date(PartialDate::Day(source.through)));
    let fill = |name: &str| {
        let values = as_of.iter().map(|date| ("date", date as &dyn Display));
        site.words.fill(name, &values.collect::<Vec<_>>())
    };
    match (kind, &as_of) {
        (StatusKind::InForce, Some(_)) => fill("status_basis.short"),
        (StatusKind::InForce | StatusKind::NotChecked, _) => String::new(),
        (_, None) => site.known_date(site.portal.status_since(id)),
        (_, Some(_)) => {
            let since = site.known_date(site.portal.status_since(id));
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
pub(crate) fn sentences(site: Site<'_>, id: DocId) -> String {
    let Some(view) = status(site, id) else {
        return label(site, id).0;
    };
    let first = match view.note.as_str() {
        "" => format!("{}.", view.label),
        note => format!("{} {note}", view.label),
    };
    format!("{first} {}", view.basis)
}

/// On what a status rests, in sentences.
pub(crate) fn basis(site: Site<'_>, basis: Basis, source: Option<&StatusSource>) -> String {
    let Some(source) = source else {
        return site
            .words
            .get(&format!("status_basis.{}", basis.name()))
            .to_owned();
    };
    let date = site.date(PartialDate::Day(source.through));
    match basis {
        Basis::Change => site.words.fill("status_basis.changed", &[("date", &date)]),
        _ => holds(site, source),
    }
}

/// `It holds a selection of the New York rulings of 2015–2025 on CROSS.`
pub(crate) fn holds(site: Site<'_>, source: &StatusSource) -> String {
    let collections = source.collections.iter();
    let collections: Vec<&str> = collections
        .map(|name| {
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
    let name = format!("text_{of}.{}", kind.name());
    Some(DocumentTextView {
        kind: kind.name(),
        notice: site.words.get(&name).to_owned(),
    })
}

/// What later decisions come to, of a decision.
pub(crate) fn outcome(site: Site<'_>, id: DocId) -> Option<Standing> {
    site.portal.subsequent[id.0 as usize].standing
}

/// Whether a ruling stands, or what became of a decision: as a reader sees it, and as data has it. Both are empty
/// for what has no such thing.
pub(crate) fn label(site: Site<'_>, id: DocId) -> (String, &'static str) {
    match (kind(site, id), outcome(site, id)) {
        (Some(kind), _) => (names::status(site, kind), kind.name()),
        (None, Some(standing)) => {
            let name = format!("subsequent.{}", standing.name());
            (site.words.get(&name).to_owned(), standing.name())
        }
        (None, None) => (String::new(), ""),
    }
}

/// What a reader must know before the decision itself; `None` where nothing is known to have come after it.
pub(crate) fn subsequent(site: Site<'_>, id: DocId) -> Option<SubsequentView> {
    let subsequent = &site.portal.subsequent[id.0 as usize];
    let note = match &site.portal.document(id).fields {
        Fields::Decision(decision) => decision.status_note.clone().unwrap_or_default(),
        _ => String::new(),
    };
    if subsequent.steps.is_empty() && note.is_empty() {
        return None;
    }
    let (label, class) = label(site, id);
    let steps = subsequent.steps.iter();
    Some(SubsequentView {
        label,
        class,
        history: steps.map(|step| treated(site, step)).collect(),
        note,
    })
}

pub(crate) fn treated(site: Site<'_>, step: &Treated) -> RulingLinkView {
    let name = step.treatment.relation().replace(' ', "-");
    let name = format!("subsequent.{name}");
    let verb = site.words.get(&name);
    match step.document {
        Some(id) => relations::document(site, verb, id, site.portal.document(id).fields.date()),
        None => RulingLinkView {
            verb: verb.to_owned(),
            number: step.name.clone(),
            title: String::new(),
            url: String::new(),
            external: false,
            date: String::new(),
            status: String::new(),
            status_class: "",
            status_note: String::new(),
            note: String::new(),
            proposed: String::new(),
            sentence: String::new(),
        },
    }
}

/// The day of the last change of a document's status, proposed or made, or of the last note on its page.
pub(crate) fn changed_on(site: Site<'_>, id: DocId) -> Option<Date> {
    let status = site.portal.status_since(id).and_then(PartialDate::earliest);
    let proposals = site.portal.proposals.of(id).iter();
    let proposals = proposals
        .flat_map(|proposed| [Some(proposed.date), proposed.withdrawn])
        .filter_map(|date| date.and_then(PartialDate::earliest));
    let notes = site.portal.document(id).common.changes.iter();
    let notes = notes.map(|note| note.date);
    notes.chain(proposals).chain(status).max()
}
