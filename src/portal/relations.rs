//! Who revokes, modifies, supersedes, reinstates and cites whom, from both sides.

use super::{DocId, Document, doc_id, rulings_by_number};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Fields;
use portolan_search::RulingNumber;

/// What one ruling does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Takes it out of force.
    Revokes,
    /// Changes a part of it.
    Modifies,
    /// Takes its place.
    Supersedes,
    /// Puts it back in force.
    Reinstates,
}

impl Change {
    /// The key in front matter, which is also the verb of a sentence.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Revokes => "revokes",
            Self::Modifies => "modifies",
            Self::Supersedes => "supersedes",
            Self::Reinstates => "reinstates",
        }
    }

    /// The same seen from the other side.
    #[must_use]
    pub fn passive(self) -> &'static str {
        match self {
            Self::Revokes => "revoked by",
            Self::Modifies => "modified by",
            Self::Supersedes => "superseded by",
            Self::Reinstates => "reinstated by",
        }
    }
}

/// A ruling that is spoken of, in the portal or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its number as the speaking document writes it.
    pub number: RulingNumber,
    /// Its document, where the portal has it.
    pub document: Option<DocId>,
}

/// What a document says it does to a ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What it does.
    pub change: Change,
    /// To which ruling.
    pub target: Target,
}

/// What another document does to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// What it does.
    pub change: Change,
    /// Which document.
    pub by: DocId,
}

/// Both sides of every relation, by the place of the document.
#[derive(Debug, Default)]
pub struct Relations {
    /// What each document does to rulings.
    pub changes: Vec<Vec<Relation>>,
    /// What is done to each document.
    pub changed_by: Vec<Vec<Incoming>>,
    /// Which rulings each document cites.
    pub cites: Vec<Vec<Target>>,
    /// Which documents cite each.
    pub cited_by: Vec<Vec<DocId>>,
}

pub(super) fn relate(documents: &[Document]) -> Relations {
    let by_number = rulings_by_number(documents);
    let mut relations = Relations {
        changes: vec![Vec::new(); documents.len()],
        changed_by: vec![Vec::new(); documents.len()],
        cites: vec![Vec::new(); documents.len()],
        cited_by: vec![Vec::new(); documents.len()],
    };
    for (at, document) in documents.iter().enumerate() {
        let id = doc_id(at);
        let target = |number: &RulingNumber| Target {
            number: number.clone(),
            document: by_number
                .get(number)
                .copied()
                .filter(|target| *target != id),
        };
        match &document.fields {
            Fields::Ruling(ruling) => {
                for (change, numbers) in [
                    (Change::Revokes, &ruling.revokes),
                    (Change::Modifies, &ruling.modifies),
                    (Change::Supersedes, &ruling.supersedes),
                    (Change::Reinstates, &ruling.reinstates),
                ] {
                    for number in numbers {
                        let target = target(number);
                        if let Some(other) = target.document {
                            relations.changed_by[other.0 as usize]
                                .push(Incoming { change, by: id });
                        }
                        relations.changes[at].push(Relation { change, target });
                    }
                }
                for number in &ruling.cites {
                    cite(&mut relations, id, target(number));
                }
            }
            Fields::Decision(decision) => {
                for text in &decision.concerns {
                    if let Ok(number) = text.parse::<RulingNumber>() {
                        cite(&mut relations, id, target(&number));
                    }
                }
            }
            Fields::Update(update) => {
                for text in &update.about {
                    if let Ok(number) = text.parse::<RulingNumber>() {
                        cite(&mut relations, id, target(&number));
                    }
                }
            }
            Fields::Publication(_) | Fields::Page | Fields::Center(_) => {}
        }
    }
    relations
}

fn cite(relations: &mut Relations, by: DocId, target: Target) {
    if let Some(other) = target.document {
        let citing = &mut relations.cited_by[other.0 as usize];
        if !citing.contains(&by) {
            citing.push(by);
        }
    }
    let cites = &mut relations.cites[by.0 as usize];
    if !cites.contains(&target) {
        cites.push(target);
    }
}

/// Rulings that revoke one another in a circle: one of them must be wrong, for each is older than the next.
pub(super) fn cycles(documents: &[Document], relations: &Relations) -> Vec<Diagnostic> {
    let next = |id: DocId| {
        relations.changes[id.0 as usize]
            .iter()
            .filter(|relation| relation.change == Change::Revokes)
            .filter_map(|relation| relation.target.document)
    };
    // 0: not visited, 1: on the path, 2: done.
    let mut state = vec![0_u8; documents.len()];
    let mut problems = Vec::new();
    for start in 0..documents.len() {
        let mut path: Vec<(DocId, Vec<DocId>)> = Vec::new();
        if state[start] == 0 {
            state[start] = 1;
            path.push((doc_id(start), next(doc_id(start)).collect()));
        }
        while let Some((id, pending)) = path.last_mut() {
            let id = *id;
            let Some(target) = pending.pop() else {
                state[id.0 as usize] = 2;
                path.pop();
                continue;
            };
            match state[target.0 as usize] {
                0 => {
                    state[target.0 as usize] = 1;
                    path.push((target, next(target).collect()));
                }
                1 => {
                    let from = path
                        .iter()
                        .position(|(on_path, _)| *on_path == target)
                        .unwrap_or(0);
                    let circle: Vec<&str> = path[from..]
                        .iter()
                        .map(|(id, _)| documents[id.0 as usize].path.as_str())
                        .collect();
                    let document = &documents[id.0 as usize];
                    problems.push(
                        Diagnostic::error(Code::RelationCycle, document.path.clone(), "these rulings revoke one another in a circle")
                            .at(document.span("revokes"))
                            .note(circle.join(" revokes ") + " revokes the first")
                            .help("a ruling revokes an older one only: delete the `revokes` that is wrong"),
                    );
                }
                _ => {}
            }
        }
    }
    problems
}
