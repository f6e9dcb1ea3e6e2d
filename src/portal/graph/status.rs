//! Whether a ruling is in force: the rule of status ([`portolan_customs::status_after`]) applied to documents.
//!
//! A status has three parts: what it is, as of which day, and on what it rests. That nothing is known to have changed a
//! ruling says something only where somebody looked: where no source of `content/data/coverage.yaml` was read for its
//! changes, or only its record is known, it is not checked.

use crate::document::{Fields, Ruling, TextKind};
use crate::ids::IndexVec;
use crate::portal::graph::relations::{Incoming, Relations, Target};
use crate::portal::{DocId, Document, Documents};
use crate::tables::{SourceId, StatusSources};
use portolan_customs::{Basis, Dated, PartialDate, StatusKind};

/// The status of a document and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The state.
    pub kind: StatusKind,
    /// Every change, oldest first.
    pub history: Vec<Incoming>,
    /// The change that the state follows from; `None` where nothing was ever changed, or no letter did it.
    pub cause: Option<Incoming>,
    /// Who in turn took the ruling out of force that did so to this one, and so on. That alone puts nothing back in
    /// force (DOMAIN.md section 5, rule 4), but a reader must know.
    pub chain: Vec<Incoming>,
    /// Whether it is out of force without a letter that says so.
    pub withdrawn: bool,
    /// On what it rests.
    pub basis: Basis,
    /// The source that was read for its changes; the status is as of its day. `None` where none was.
    pub source: Option<SourceId>,
}

/// When a change took effect: the notice's date where given (19 U.S.C. 1625(c)), else the ruling's own; unknown where
/// the portal does not have the ruling.
#[must_use]
pub fn effective(by: &Target, documents: &Documents) -> PartialDate {
    let Some(id) = by.document else {
        return PartialDate::Unknown;
    };
    effective_of(&documents[id])
}

/// When what a document changes took effect.
pub(in crate::portal) fn effective_of(document: &Document) -> PartialDate {
    match &document.fields {
        Fields::Ruling(ruling) => ruling.effective.unwrap_or(ruling.date),
        fields => fields.date().unwrap_or(PartialDate::Unknown),
    }
}

pub(in crate::portal) fn of_all(
    documents: &Documents,
    relations: &Relations,
    sources: Option<&StatusSources>,
) -> IndexVec<DocId, Status> {
    let mut all: IndexVec<DocId, Status> = documents
        .iter_enumerated()
        .map(|(id, document)| {
            let status = of_one(id, documents, relations);
            resting(status, document, sources)
        })
        .collect();
    let chains: Vec<Vec<Incoming>> = all.iter().map(|status| chain(status, &all)).collect();
    for (status, chain) in all.iter_mut().zip(chains) {
        status.chain = chain;
    }
    all
}

/// Follows from cause to cause as long as each is itself out of force.
fn chain(status: &Status, all: &IndexVec<DocId, Status>) -> Vec<Incoming> {
    let mut chain: Vec<Incoming> = Vec::new();
    let mut next = status.out_of_force();
    while let Some(by) = next.and_then(|cause| cause.by.document) {
        next = all[by].out_of_force();
        // Circles are reported elsewhere; here they only must end.
        match next {
            Some(cause) if !chain.contains(cause) => chain.push(cause.clone()),
            _ => break,
        }
    }
    chain
}

impl Status {
    fn out_of_force(&self) -> Option<&Incoming> {
        self.cause.as_ref().filter(|_| self.kind.is_out_of_force())
    }
}

fn of_one(id: DocId, documents: &Documents, relations: &Relations) -> Status {
    let mut history = relations.changed_by[id].clone();
    portolan_customs::sort_history(&mut history, |incoming| Dated {
        change: incoming.change,
        effective: effective(&incoming.by, documents),
        by: &incoming.by.number,
    });
    let is_withdrawn = matches!(&documents[id].fields, Fields::Ruling(ruling) if ruling.withdrawn);
    let changes = history.iter().map(|incoming| incoming.change);
    let (kind, cause) = portolan_customs::status_after(changes, is_withdrawn);
    Status {
        kind,
        cause: cause.map(|at| history[at].clone()),
        withdrawn: kind == StatusKind::Revoked && cause.is_none(),
        history,
        chain: Vec::new(),
        basis: Basis::Change,
        source: None,
    }
}

/// Adds on what the status of a ruling rests.
fn resting(mut status: Status, document: &Document, sources: Option<&StatusSources>) -> Status {
    if let Fields::Ruling(ruling) = &document.fields {
        let looked_up = looked_up(document, ruling, sources);
        (status.kind, status.basis) = portolan_customs::resting(status.kind, looked_up.map(|_| ()));
        status.source = looked_up.ok();
    }
    status
}

/// The source in which somebody looked for changes of a ruling, or why there is none.
fn looked_up(
    document: &Document,
    ruling: &Ruling,
    sources: Option<&StatusSources>,
) -> Result<SourceId, Basis> {
    if document.text_kind() == Some(TextKind::Record) {
        return Err(Basis::RecordOnly);
    }
    if ruling.relations.is_some() {
        return Err(Basis::RelationsUnknown);
    }
    let source = sources.and_then(|sources| sources.of(&ruling.number, ruling.date));
    source.ok_or(Basis::NotCovered)
}
