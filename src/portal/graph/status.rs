//! Whether a ruling still stands, computed from what others do to it, and on what that rests.
//!
//! A status has three parts: what it is, as of which day, and on what it rests. That nothing is known to have changed a
//! ruling says something only where somebody looked: where no source of `content/data/coverage.yaml` was read for its
//! changes, or only its record is known, it is not checked.

use crate::document::{Fields, Ruling, TextKind};
use crate::portal::graph::relations::{Change, Incoming, Relations, Target};
use crate::portal::{DocId, Document, doc_id};
use crate::tables::StatusSources;
use portolan_customs::{PartialDate, StatusKind};

/// On what a status rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Another ruling changed it, or CROSS marks it as no longer in force.
    Change,
    /// No change is known, and a source was read for its changes.
    NoChangeKnown,
    /// Only its record is known.
    RecordOnly,
    /// Its source did not say which rulings changed it.
    RelationsUnknown,
    /// No source was read for changes of rulings of its collection and year.
    NotCovered,
}

impl Basis {
    /// As data and the names of words write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::NoChangeKnown => "no-change-known",
            Self::RecordOnly => "record-only",
            Self::RelationsUnknown => "relations-unknown",
            Self::NotCovered => "not-covered",
        }
    }
}

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
    /// The place of the source that was read for its changes, in [`super::Portal::status_sources`]; the status is as of
    /// its day. `None` where none was.
    pub source: Option<usize>,
}

/// When a change took effect: the notice's date where given (19 U.S.C. 1625(c)), else the ruling's own; unknown where
/// the portal does not have the ruling.
#[must_use]
pub fn effective(by: &Target, documents: &[Document]) -> PartialDate {
    let Some(id) = by.document else {
        return PartialDate::Unknown;
    };
    effective_of(&documents[id.0 as usize])
}

/// When what a document changes took effect.
pub(in crate::portal) fn effective_of(document: &Document) -> PartialDate {
    match &document.fields {
        Fields::Ruling(ruling) => ruling.effective.unwrap_or(ruling.date),
        fields => fields.date().unwrap_or(PartialDate::Unknown),
    }
}

pub(in crate::portal) fn of_all(
    documents: &[Document],
    relations: &Relations,
    sources: &StatusSources,
) -> Vec<Status> {
    let mut all: Vec<Status> = (0..documents.len())
        .map(|at| {
            let status = of_one(doc_id(at), documents, relations);
            resting(status, &documents[at], sources)
        })
        .collect();
    let chains: Vec<Vec<Incoming>> = all.iter().map(|status| chain(status, &all)).collect();
    for (status, chain) in all.iter_mut().zip(chains) {
        status.chain = chain;
    }
    all
}

/// Follows from cause to cause as long as each is itself out of force.
fn chain(status: &Status, all: &[Status]) -> Vec<Incoming> {
    let mut chain: Vec<Incoming> = Vec::new();
    let mut next = status.out_of_force();
    while let Some(by) = next.and_then(|cause| cause.by.document) {
        next = all[by.0 as usize].out_of_force();
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

fn of_one(id: DocId, documents: &[Document], relations: &Relations) -> Status {
    let mut history = relations.changed_by[id.0 as usize].clone();
    history.sort_by_cached_key(|incoming| {
        // Where days are equal or unknown, a reinstatement answers what went before it.
        (
            effective(&incoming.by, documents).sort_key(),
            incoming.change,
            incoming.by.number.clone(),
        )
    });
    // An unknown date sorts first, yet a reinstatement of unknown date cannot precede the revocation that it undoes.
    let (undated, dated): (Vec<_>, Vec<_>) = history.into_iter().partition(|incoming| {
        incoming.change == Change::Reinstates
            && effective(&incoming.by, documents) == PartialDate::Unknown
    });
    let history = [dated, undated].concat();

    let mut kind = StatusKind::InForce;
    let mut cause = None;
    for incoming in &history {
        let next = match incoming.change {
            Change::Revokes => StatusKind::Revoked,
            Change::Supersedes => StatusKind::Superseded,
            Change::Reinstates => StatusKind::InForce,
            Change::Modifies if !kind.is_out_of_force() => StatusKind::Modified,
            Change::Modifies => continue,
        };
        // What is revoked stays revoked when something supersedes it later.
        if kind == StatusKind::Revoked && next == StatusKind::Superseded {
            continue;
        }
        kind = next;
        cause = Some(incoming.clone());
    }
    let withdrawn = matches!(&documents[id.0 as usize].fields, Fields::Ruling(ruling) if ruling.withdrawn)
        && kind != StatusKind::Revoked;
    if withdrawn {
        kind = StatusKind::Revoked;
        cause = None;
    }
    Status {
        kind,
        history,
        cause,
        chain: Vec::new(),
        withdrawn,
        basis: Basis::Change,
        source: None,
    }
}

/// Says on what a status rests. What was changed stays changed; what is not known to be changed is in force only where a
/// source was read for its changes.
fn resting(mut status: Status, document: &Document, sources: &StatusSources) -> Status {
    let Fields::Ruling(ruling) = &document.fields else {
        return status;
    };
    let looked_up = looked_up(document, ruling, sources);
    status.basis = match looked_up {
        _ if status.kind.is_changed() => Basis::Change,
        Ok(_) => Basis::NoChangeKnown,
        Err(reason) => {
            status.kind = StatusKind::NotChecked;
            reason
        }
    };
    status.source = looked_up.ok();
    status
}

/// The place of the source in which somebody looked for changes of a ruling, or why there is none.
fn looked_up(
    document: &Document,
    ruling: &Ruling,
    sources: &StatusSources,
) -> Result<usize, Basis> {
    if document.text_kind() == Some(TextKind::Record) {
        return Err(Basis::RecordOnly);
    }
    if ruling.relations.is_some() {
        return Err(Basis::RelationsUnknown);
    }
    sources.of(ruling).ok_or(Basis::NotCovered)
}
