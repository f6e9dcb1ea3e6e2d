//! Who revokes, modifies, supersedes, reinstates and cites whom, from both sides.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Fields, Kind, Ruling};
use crate::ids::IndexVec;
use crate::portal::{DocId, Document, Documents};
use portolan_customs::{Change, RulingNumber};
use std::collections::HashMap;
use std::sync::Arc;

/// A ruling that is spoken of, in the portal or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its number as the speaking document writes it.
    pub number: RulingNumber,
    /// Its document, where the portal has it.
    pub document: Option<DocId>,
}

/// What a document does to a ruling, said by either of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What it does.
    pub change: Change,
    /// To which ruling.
    pub target: Target,
    /// Whether it was found in the text and no editor has confirmed it.
    pub unconfirmed: bool,
}

/// What a ruling does to this document, said by either of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What it does.
    pub change: Change,
    /// Which ruling.
    pub by: Target,
    /// Whether it was found in the text and no editor has confirmed it.
    pub unconfirmed: bool,
}

/// A ruling that a document cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing {
    /// Which.
    pub target: Target,
    /// The sentence that does so; empty where only the front matter says it.
    pub sentence: Arc<str>,
}

/// A document that cites this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Which document.
    pub by: DocId,
    /// The sentence that does so; empty where only the front matter says it.
    pub sentence: Arc<str>,
}

/// Both sides of every relation, by document.
#[derive(Debug)]
pub struct Relations {
    /// The rulings by number.
    rulings: HashMap<RulingNumber, DocId>,
    /// What each document does to rulings.
    pub changes: IndexVec<DocId, Vec<Relation>>,
    /// What is done to each document.
    pub changed_by: IndexVec<DocId, Vec<Incoming>>,
    /// Which rulings each document cites.
    pub cites: IndexVec<DocId, Vec<Citing>>,
    /// Which documents cite each.
    pub cited_by: IndexVec<DocId, Vec<Cited>>,
}

/// The keys of a ruling that say what it does to others.
pub(in crate::portal) fn outgoing(ruling: &Ruling) -> [(Change, &'static str, &[RulingNumber]); 4] {
    Change::ALL.map(|change| {
        let numbers = match change {
            Change::Revokes => &ruling.revokes,
            Change::Modifies => &ruling.modifies,
            Change::Supersedes => &ruling.supersedes,
            Change::Reinstates => &ruling.reinstates,
        };
        (change, change.verb(), numbers.as_slice())
    })
}

/// The keys of a ruling that say what others do to it.
pub(in crate::portal) fn incoming(
    ruling: &Ruling,
) -> impl Iterator<Item = (Change, &'static str, &[RulingNumber])> {
    Change::ALL.into_iter().filter_map(|change| {
        let numbers: &[RulingNumber] = match change {
            Change::Revokes => &ruling.revoked_by,
            Change::Modifies => &ruling.modified_by,
            Change::Supersedes => &ruling.superseded_by,
            Change::Reinstates => &[],
        };
        Some((change, change.inverse_key()?, numbers))
    })
}

pub(in crate::portal) fn relate(documents: &Documents) -> Relations {
    let mut relations = Relations {
        rulings: rulings(documents),
        changes: vec![Vec::new(); documents.len()].into(),
        changed_by: vec![Vec::new(); documents.len()].into(),
        cites: vec![Vec::new(); documents.len()].into(),
        cited_by: vec![Vec::new(); documents.len()].into(),
    };
    let nothing: Arc<str> = Arc::default();
    for (id, document) in documents.iter_enumerated() {
        if let Fields::Ruling(ruling) = &document.fields {
            let own = Target {
                number: ruling.number.clone(),
                document: Some(id),
            };
            // What a ruling does to itself is a problem of its own, not a relation.
            let is_other = |number: &&RulingNumber| **number != ruling.number;
            let unconfirmed = |number: &RulingNumber| ruling.unconfirmed.contains(number);
            for (change, _, numbers) in outgoing(ruling) {
                for number in numbers.iter().filter(is_other) {
                    let other = relations.target(number);
                    relations.change(&own, change, &other, unconfirmed(number));
                }
            }
            for (change, _, numbers) in incoming(ruling) {
                for number in numbers.iter().filter(is_other) {
                    let other = relations.target(number);
                    relations.change(&other, change, &own, unconfirmed(number));
                }
            }
        }
        let named = document.fields.about();
        let listed: &[RulingNumber] = match &document.fields {
            Fields::Ruling(ruling) => &ruling.cites,
            _ => &[],
        };
        let own_number = match &document.fields {
            Fields::Ruling(ruling) => Some(&ruling.number),
            _ => None,
        };
        // A page of the portal that names a ruling is help for readers, not a citation.
        let in_text = document.facts.cites.iter();
        for cite in in_text.filter(|_| document.kind != Kind::Page) {
            if own_number != Some(&cite.number) {
                relations.cite(id, &cite.number, &cite.sentence);
            }
        }
        for number in listed {
            if own_number != Some(number) {
                relations.cite(id, number, &nothing);
            }
        }
        for number in named.iter().filter_map(|text| text.parse().ok()) {
            relations.cite(id, &number, &nothing);
        }
    }
    relations
}

/// The rulings by number. Of two documents with one number, which is an error, the first counts.
fn rulings(documents: &Documents) -> HashMap<RulingNumber, DocId> {
    let mut rulings = HashMap::new();
    for (id, document) in documents.iter_enumerated() {
        if let Some(number) = document.fields.ruling_number() {
            rulings.entry(number.clone()).or_insert(id);
        }
    }
    rulings
}

impl Relations {
    /// The document of a ruling.
    #[must_use]
    pub fn ruling(&self, number: &RulingNumber) -> Option<DocId> {
        self.rulings.get(number).copied()
    }

    /// A ruling with its document, where the portal has it.
    pub(super) fn target(&self, number: &RulingNumber) -> Target {
        Target {
            number: number.clone(),
            document: self.ruling(number),
        }
    }

    /// Notes a change on both sides, once, whoever says it. It is confirmed when one of them says it without a mark.
    fn change(&mut self, by: &Target, change: Change, target: &Target, unconfirmed: bool) {
        if let Some(id) = by.document {
            let changes = &mut self.changes[id];
            let known = changes
                .iter_mut()
                .find(|known| known.change == change && known.target.number == target.number);
            match known {
                Some(known) => known.unconfirmed &= unconfirmed,
                None => changes.push(Relation {
                    change,
                    target: target.clone(),
                    unconfirmed,
                }),
            }
        }
        if let Some(id) = target.document {
            let changed_by = &mut self.changed_by[id];
            let known = changed_by
                .iter_mut()
                .find(|known| known.change == change && known.by.number == by.number);
            match known {
                Some(known) => known.unconfirmed &= unconfirmed,
                None => changed_by.push(Incoming {
                    change,
                    by: by.clone(),
                    unconfirmed,
                }),
            }
        }
    }

    fn cite(&mut self, by: DocId, number: &RulingNumber, sentence: &Arc<str>) {
        let target = self.target(number);
        let cites = &mut self.cites[by];
        if cites.iter().any(|citing| citing.target.number == *number) {
            return;
        }
        if let Some(other) = target.document {
            self.cited_by[other].push(Cited {
                by,
                sentence: Arc::clone(sentence),
            });
        }
        cites.push(Citing {
            target,
            sentence: Arc::clone(sentence),
        });
    }
}

/// The other rulings of a circle that a message names.
const MAX_NAMED: usize = 8;

/// Rulings that revoke or supersede one another in a circle: one of them must be wrong, for each is older than the next.
pub(in crate::portal) fn cycles(documents: &Documents, relations: &Relations) -> Vec<Diagnostic> {
    let next = |id: DocId| {
        relations.changes[id]
            .iter()
            .filter(|relation| relation.change.ends())
            .filter_map(|relation| relation.target.document)
    };
    // 0: not visited, 1: on the path, 2: done.
    let mut state: IndexVec<DocId, u8> = vec![0; documents.len()].into();
    let mut problems = Vec::new();
    for start in documents.ids() {
        let mut path: Vec<(DocId, Vec<DocId>)> = Vec::new();
        if state[start] == 0 {
            state[start] = 1;
            path.push((start, next(start).collect()));
        }
        while let Some((id, pending)) = path.last_mut() {
            let id = *id;
            let Some(target) = pending.pop() else {
                state[id] = 2;
                path.pop();
                continue;
            };
            match state[target] {
                0 => {
                    state[target] = 1;
                    path.push((target, next(target).collect()));
                }
                1 => {
                    let from = path
                        .iter()
                        .position(|(on_path, _)| *on_path == target)
                        .unwrap_or(0);
                    let document = &documents[id];
                    let problem = Diagnostic::error(
                        Code::RelationCycle,
                        document.path.clone(),
                        "these rulings revoke one another in a circle",
                    )
                    .at(relation_span(document))
                    .help("a ruling revokes an older one only: delete the line that is wrong");
                    let others = path[from..].iter().filter(|(other, _)| *other != id);
                    let others = others.take(MAX_NAMED);
                    problems.push(others.fold(problem, |problem, (other, _)| {
                        let other = &documents[*other];
                        problem.related(other.path.clone(), relation_span(other), "in the circle")
                    }));
                }
                _ => {}
            }
        }
    }
    problems
}

/// The first key of a ruling that says who takes whom out of force.
fn relation_span(document: &Document) -> std::ops::Range<usize> {
    ["revokes", "supersedes", "revoked_by", "superseded_by"]
        .iter()
        .map(|key| document.span(key))
        .find(|span| !span.is_empty())
        .unwrap_or(0..0)
}
