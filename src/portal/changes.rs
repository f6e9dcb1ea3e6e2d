//! What changed, by day: documents that came out, rulings whose status changed or is proposed to change, notes on pages.

use super::assemble::Corpus;
use super::{CenterId, ChangeListId, DocId, Intent, Target, effective};
use crate::document::Kind;
use crate::ids::IndexVec;
use portolan_customs::PartialDate;
use portolan_customs::{Change, Treatment};
use std::cmp::Reverse;

/// The newest documents that a list of changes has; earlier ones are in the lists by year. Status changes and
/// proposals are all there.
const RECENT: usize = 500;

/// The changes of one Center, or of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeList {
    /// `None`: of the portal.
    pub center: Option<CenterId>,
    /// Newest first. What has no date cannot be placed and is left out.
    pub events: Vec<Event>,
}

/// Something that happened to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, as precisely as it is known.
    pub date: PartialDate,
    /// To which document.
    pub document: DocId,
    /// What.
    pub kind: EventKind,
}

/// What happened to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// It was issued.
    Issued,
    /// Its status was changed.
    Changed {
        /// How.
        change: Change,
        /// By which ruling.
        by: Target,
    },
    /// A later decision affirmed, reversed or vacated it.
    Treated {
        /// How.
        treatment: Treatment,
        /// The later decision.
        by: DocId,
    },
    /// A notice proposed to change its status.
    Proposed {
        /// How.
        intent: Intent,
        /// The notice.
        by: DocId,
    },
    /// A notice of a proposal was withdrawn.
    Withdrawn {
        /// The notice.
        by: DocId,
    },
    /// Its page got a public note: the place of the note.
    Noted(usize),
}

impl EventKind {
    /// Whether it is about the status of a ruling or a decision: changed, or proposed to be.
    #[must_use]
    pub fn is_of_status(&self) -> bool {
        match self {
            Self::Changed { .. }
            | Self::Treated { .. }
            | Self::Proposed { .. }
            | Self::Withdrawn { .. } => true,
            Self::Issued | Self::Noted(_) => false,
        }
    }
}

/// The place of the changes of a Center, or of the portal: its list is the first.
pub(super) fn at(center: Option<CenterId>) -> ChangeListId {
    center.map_or(0, |id| usize::from(id) + 1).into()
}

/// The changes of the portal, then of each Center.
pub(super) fn all(corpus: Corpus<'_>) -> IndexVec<ChangeListId, ChangeList> {
    let centers = corpus.centers.ids().map(Some);
    let mut lists: IndexVec<ChangeListId, ChangeList> = [None]
        .into_iter()
        .chain(centers)
        .map(|center| ChangeList {
            center,
            events: Vec::new(),
        })
        .collect();
    let places = |id: DocId| {
        let centers = corpus.membership.scopes_of(id).iter();
        centers.map(|center| Some(*center)).chain([None]).map(at)
    };
    let mut issued: IndexVec<ChangeListId, usize> = vec![0; lists.len()].into();
    for id in corpus.newest {
        let document = &corpus.documents[*id];
        let date = document
            .fields
            .date()
            .filter(|date| *date != PartialDate::Unknown);
        for place in places(*id) {
            if let Some(date) = date.filter(|_| issued[place] < RECENT) {
                issued[place] += 1;
                lists[place].events.push(Event {
                    date,
                    document: *id,
                    kind: EventKind::Issued,
                });
            }
            lists[place].events.extend(later(*id, corpus));
        }
    }
    for list in lists.iter_mut() {
        list.events.sort_by_cached_key(|event| {
            // On one day the change of a ruling stands before the letter that made it.
            let is_issue = event.kind == EventKind::Issued;
            // A year is before its last month, and a month before its last day, so that each begins once.
            let (latest, earliest) = event.date.sort_key();
            (Reverse(latest), earliest, is_issue, event.document)
        });
    }
    lists
}

/// What happened to a document after it was issued.
fn later(id: DocId, corpus: Corpus<'_>) -> Vec<Event> {
    let Corpus {
        documents, graph, ..
    } = corpus;
    let document = &documents[id];
    let history = graph.status[id].history.iter().map(|incoming| Event {
        date: effective(&incoming.by, documents),
        document: id,
        kind: EventKind::Changed {
            change: incoming.change,
            by: incoming.by.clone(),
        },
    });
    let treated = graph.subsequent[id].steps.iter().filter_map(|step| {
        let by = step.document?;
        Some(Event {
            date: documents[by].fields.date()?,
            document: id,
            kind: EventKind::Treated {
                treatment: step.treatment,
                by,
            },
        })
    });
    let proposed = graph.proposals.of(id).iter().flat_map(|proposed| {
        let by = proposed.by;
        let intent = proposed.intent;
        let event = |date, kind| Event {
            date,
            document: id,
            kind,
        };
        let made = event(proposed.date, EventKind::Proposed { intent, by });
        let withdrawn = proposed.withdrawn;
        let withdrawn = withdrawn.map(|date| event(date, EventKind::Withdrawn { by }));
        [Some(made), withdrawn].into_iter().flatten()
    });
    let notes = document.common.changes.iter().enumerate();
    let notes = notes
        .filter(|_| document.kind != Kind::Page)
        .map(|(at, note)| Event {
            date: PartialDate::Day(note.date),
            document: id,
            kind: EventKind::Noted(at),
        });
    let known = |event: &Event| event.date != PartialDate::Unknown;
    let all = history.chain(treated).chain(proposed).chain(notes);
    all.filter(known).collect()
}
