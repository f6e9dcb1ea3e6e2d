//! Whether a ruling still stands, computed from what others do to it.

use super::relations::{Change, Incoming, Relations};
use super::{DocId, Document, doc_id};
use crate::document::{Fields, PartialDate};

/// The states of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusKind {
    /// It stands.
    InForce,
    /// A part of it was changed.
    Modified,
    /// Another one took its place.
    Superseded,
    /// It was taken out of force.
    Revoked,
}

impl StatusKind {
    /// As a reader sees it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::InForce => "In force",
            Self::Modified => "Modified",
            Self::Superseded => "Superseded",
            Self::Revoked => "Revoked",
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
    /// The change that the state follows from; `None` where nothing was ever changed.
    pub cause: Option<Incoming>,
    /// Who revoked the ruling that revoked or superseded this one. That alone puts nothing back in force
    /// (DOMAIN.md section 5, rule 4), but a reader must know.
    pub cause_revoked_by: Option<DocId>,
}

/// When a change took effect: the notice's date where given (19 U.S.C. 1625(c)), else the ruling's own.
#[must_use]
pub fn effective(document: &Document) -> PartialDate {
    match &document.fields {
        Fields::Ruling(ruling) => ruling.effective.unwrap_or(ruling.date),
        fields => fields.date().unwrap_or(PartialDate::Unknown),
    }
}

pub(super) fn of_all(documents: &[Document], relations: &Relations) -> Vec<Status> {
    let mut all: Vec<Status> = (0..documents.len())
        .map(|at| of_one(doc_id(at), documents, relations))
        .collect();
    for at in 0..all.len() {
        if matches!(all[at].kind, StatusKind::Revoked | StatusKind::Superseded)
            && let Some(cause) = all[at].cause
        {
            let other = &all[cause.by.0 as usize];
            if other.kind == StatusKind::Revoked {
                all[at].cause_revoked_by = other.cause.map(|cause| cause.by);
            }
        }
    }
    all
}

fn of_one(id: DocId, documents: &[Document], relations: &Relations) -> Status {
    let mut history = relations.changed_by[id.0 as usize].clone();
    history.sort_by_key(|incoming| {
        let by = &documents[incoming.by.0 as usize];
        // Where days are equal or unknown, a reinstatement answers what went before it.
        (effective(by).sort_key(), incoming.change, by.slug.clone())
    });
    // An unknown date sorts first, yet a reinstatement of unknown date cannot precede the revocation that it undoes.
    let (undated, dated): (Vec<_>, Vec<_>) = history.into_iter().partition(|incoming| {
        incoming.change == Change::Reinstates
            && effective(&documents[incoming.by.0 as usize]) == PartialDate::Unknown
    });
    let history = [dated, undated].concat();

    let mut kind = StatusKind::InForce;
    let mut cause = None;
    for incoming in &history {
        let next = match incoming.change {
            Change::Revokes => StatusKind::Revoked,
            Change::Supersedes => StatusKind::Superseded,
            Change::Reinstates => StatusKind::InForce,
            Change::Modifies if matches!(kind, StatusKind::InForce | StatusKind::Modified) => {
                StatusKind::Modified
            }
            Change::Modifies => continue,
        };
        // What is revoked stays revoked when something supersedes it later.
        if kind == StatusKind::Revoked && next == StatusKind::Superseded {
            continue;
        }
        kind = next;
        cause = Some(*incoming);
    }
    Status {
        kind,
        history,
        cause,
        cause_revoked_by: None,
    }
}
