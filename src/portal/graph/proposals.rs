//! What notices propose to do to rulings, and what came of it (19 U.S.C. 1625(c), 19 CFR 177.12).
//!
//! A proposal changes no status. It is pending as long as the ruling stands, nobody withdrew it and no later ruling
//! carried it out.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Fields;
use crate::ids::IndexVec;
use crate::portal::graph::relations::{Incoming, Relations, Target};
use crate::portal::graph::status::{Status, effective, effective_of};
use crate::portal::{DocId, Document, Documents, Portal};
use portolan_customs::{Change, PartialDate, RulingNumber};
use std::collections::BTreeMap;

/// What a notice proposes to do to a ruling. The graver comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Intent {
    /// Take it out of force.
    Revoke,
    /// Change a part of it.
    Modify,
}

impl Intent {
    /// The verb of a sentence about the notice.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Revoke => "proposes to revoke",
            Self::Modify => "proposes to modify",
        }
    }

    /// The same seen from the ruling.
    #[must_use]
    pub fn passive(self) -> &'static str {
        match self {
            Self::Revoke => "revocation proposed by",
            Self::Modify => "modification proposed by",
        }
    }

    /// The event that a ruling has from it.
    #[must_use]
    pub fn event(self) -> &'static str {
        match self {
            Self::Revoke => "revocation-proposed",
            Self::Modify => "modification-proposed",
        }
    }
}

/// What a notice proposes, and to which ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposing {
    /// What it would do.
    pub intent: Intent,
    /// To which ruling.
    pub target: Target,
}

/// A change of a ruling that a notice proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposed {
    /// What it would do.
    pub intent: Intent,
    /// The notice.
    pub by: DocId,
    /// When the notice was published.
    pub date: PartialDate,
    /// The last day for comments.
    pub comments_until: Option<PartialDate>,
    /// When the notice was withdrawn.
    pub withdrawn: Option<PartialDate>,
    /// Whether it was neither withdrawn nor carried out, and the ruling stands.
    pub is_pending: bool,
}

/// What is proposed, from both sides. Few documents have any of it.
#[derive(Debug, Default)]
pub struct Proposals {
    made: BTreeMap<DocId, Vec<Proposing>>,
    received: BTreeMap<DocId, Vec<Proposed>>,
}

impl Proposals {
    /// What a notice proposes to do, and to which rulings.
    #[must_use]
    pub fn made(&self, by: DocId) -> &[Proposing] {
        self.made.get(&by).map_or(&[], Vec::as_slice)
    }

    /// What was ever proposed for a ruling, oldest first.
    #[must_use]
    pub fn of(&self, ruling: DocId) -> &[Proposed] {
        self.received.get(&ruling).map_or(&[], Vec::as_slice)
    }

    /// What is still proposed for a ruling, oldest first.
    pub fn pending(&self, ruling: DocId) -> impl Iterator<Item = &Proposed> {
        self.of(ruling)
            .iter()
            .filter(|proposed| proposed.is_pending)
    }
}

/// A step in the history of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Another ruling changed it.
    Changed(&'a Incoming),
    /// A change was proposed.
    Proposed(&'a Proposed),
    /// The proposal was withdrawn.
    Withdrawn(&'a Proposed),
}

impl Portal {
    /// What happened to a ruling and what was proposed for it, oldest first.
    #[must_use]
    pub fn timeline(&self, id: DocId) -> Vec<Step<'_>> {
        let mut notices: Vec<(PartialDate, Step<'_>)> = Vec::new();
        for proposed in self.graph.proposals.of(id) {
            notices.push((proposed.date, Step::Proposed(proposed)));
            if let Some(date) = proposed.withdrawn {
                // A withdrawal of unknown date stays behind its proposal.
                let date = if date == PartialDate::Unknown {
                    proposed.date
                } else {
                    date
                };
                notices.push((date, Step::Withdrawn(proposed)));
            }
        }
        notices.sort_by_key(|(date, _)| date.sort_key());
        let mut notices = notices.into_iter().peekable();
        let mut steps = Vec::new();
        for incoming in &self.graph.status[id].history {
            // A change of unknown date may well be the one that was proposed.
            let day = effective(&incoming.by, &self.documents);
            while let Some((_, notice)) = notices.next_if(|(date, _)| !day.is_before(*date)) {
                steps.push(notice);
            }
            steps.push(Step::Changed(incoming));
        }
        steps.extend(notices.map(|(_, notice)| notice));
        steps
    }
}

/// The keys of a document that propose changes.
fn keys(document: &Document) -> impl Iterator<Item = (Intent, &'static str, &[RulingNumber])> {
    document.proposal.iter().flat_map(|proposal| {
        [
            (
                Intent::Revoke,
                "proposes_to_revoke",
                proposal.proposes_to_revoke.as_slice(),
            ),
            (
                Intent::Modify,
                "proposes_to_modify",
                proposal.proposes_to_modify.as_slice(),
            ),
        ]
    })
}

pub(in crate::portal) fn of_all(
    documents: &Documents,
    relations: &Relations,
    status: &IndexVec<DocId, Status>,
) -> Proposals {
    let mut proposals = Proposals::default();
    for (by, document) in documents.iter_enumerated() {
        let Some(proposal) = &document.proposal else {
            continue;
        };
        for (intent, _, numbers) in keys(document) {
            for number in numbers {
                let target = relations.target(number);
                let made = proposals.made.entry(by).or_default();
                if made.iter().any(|known| known.target == target) {
                    continue;
                }
                if let Some(id) = target.document {
                    let mut proposed = Proposed {
                        intent,
                        by,
                        date: effective_of(document),
                        comments_until: proposal.comments_until,
                        withdrawn: proposal.withdrawn,
                        is_pending: false,
                    };
                    proposed.is_pending = is_pending(&proposed, &status[id], documents);
                    proposals.received.entry(id).or_default().push(proposed);
                }
                made.push(Proposing { intent, target });
            }
        }
    }
    for received in proposals.received.values_mut() {
        received.sort_by_key(|proposed| (proposed.date.sort_key(), proposed.by));
    }
    proposals
}

/// A change on the day of the proposal or after it carried it out. What has no known date does not: a reader rather sees
/// an old proposal than misses one.
fn is_pending(proposed: &Proposed, status: &Status, documents: &Documents) -> bool {
    let is_carried_out = status.history.iter().any(|incoming| {
        let day = effective(&incoming.by, documents);
        let is_known = [day, proposed.date]
            .iter()
            .all(|date| *date != PartialDate::Unknown);
        incoming.change != Change::Reinstates && is_known && !day.is_before(proposed.date)
    });
    !status.kind.is_out_of_force() && proposed.withdrawn.is_none() && !is_carried_out
}

/// What cannot be right about notices of proposals.
pub(in crate::portal) fn problems(documents: &Documents, relations: &Relations) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for document in documents
        .iter()
        .filter(|document| document.proposal.is_some())
    {
        problems.extend(too_early(document));
        problems.extend(twice(document));
        for (_, key, numbers) in keys(document) {
            for (at, number) in numbers.iter().enumerate() {
                let other = relations.ruling(number).map(|id| &documents[id]);
                problems.extend(other.and_then(|other| later(document, key, at, other)));
            }
        }
    }
    problems
}

fn warning(document: &Document, key: &str, entry: usize, message: String) -> Diagnostic {
    Diagnostic::warning(Code::Contradiction, document.path.clone(), message)
        .at(document.entry_span(key, entry))
}

/// Comments follow the notice, and only what was proposed can be withdrawn.
fn too_early(document: &Document) -> Vec<Diagnostic> {
    let own = effective_of(document);
    let proposal = document.proposal.iter();
    let dates = proposal.flat_map(|proposal| {
        [
            ("comments_until", "comments end", proposal.comments_until),
            ("withdrawn", "the proposal is withdrawn", proposal.withdrawn),
        ]
    });
    let early = dates.filter_map(|(key, what, date)| Some((key, what, date?)));
    early
        .filter(|(_, _, date)| date.is_before(own))
        .map(|(key, what, date)| {
            let (date, own) = (date.display(), own.display());
            let message = format!("{what} ({date}) before the notice is published ({own})");
            warning(document, key, 0, message).help("check both dates")
        })
        .collect()
}

/// A ruling that shall be revoked is not modified as well.
fn twice(document: &Document) -> Vec<Diagnostic> {
    let proposal = document.proposal.iter();
    let doubles = proposal.flat_map(|proposal| {
        let numbers = proposal.proposes_to_modify.iter().enumerate();
        numbers.filter(|(_, number)| proposal.proposes_to_revoke.contains(number))
    });
    doubles
        .map(|(at, number)| {
            let number = number.with_collection();
            let message =
                format!("{number} stands in `proposes_to_revoke` and in `proposes_to_modify`");
            warning(document, "proposes_to_modify", at, message)
                .help("keep the one that the notice says")
        })
        .collect()
}

/// A proposal is about earlier rulings.
fn later(document: &Document, key: &str, at: usize, other: &Document) -> Option<Diagnostic> {
    let Fields::Ruling(ruling) = &other.fields else {
        return None;
    };
    let own = effective_of(document);
    own.is_before(ruling.date).then(|| {
        let number = ruling.number.with_collection();
        let (own, date) = (own.display(), ruling.date.display());
        let message = format!("`{key}` of {own} names {number}, which is later ({date})");
        warning(document, key, at, message)
            .related(other.path.clone(), other.span("date"), "the other ruling")
            .help("check both dates, and which ruling the notice speaks of")
    })
}
