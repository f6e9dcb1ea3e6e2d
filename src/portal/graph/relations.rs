//! Who revokes, modifies, supersedes, reinstates and cites whom, from both sides.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Fields, Kind, Ruling};
use crate::portal::{DocId, Document, doc_id, rulings_by_number};
use portolan_customs::RulingNumber;

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
    pub sentence: String,
}

/// A document that cites this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Which document.
    pub by: DocId,
    /// The sentence that does so; empty where only the front matter says it.
    pub sentence: String,
}

/// Both sides of every relation, by the place of the document.
#[derive(Debug, Default)]
pub struct Relations {
    /// What each document does to rulings.
    pub changes: Vec<Vec<Relation>>,
    /// What is done to each document.
    pub changed_by: Vec<Vec<Incoming>>,
    /// Which rulings each document cites.
    pub cites: Vec<Vec<Citing>>,
    /// Which documents cite each.
    pub cited_by: Vec<Vec<Cited>>,
}

/// The keys of a ruling that say what it does to others.
pub(in crate::portal) fn outgoing(ruling: &Ruling) -> [(Change, &'static str, &[RulingNumber]); 4] {
    [
        (Change::Revokes, "revokes", &ruling.revokes),
        (Change::Modifies, "modifies", &ruling.modifies),
        (Change::Supersedes, "supersedes", &ruling.supersedes),
        (Change::Reinstates, "reinstates", &ruling.reinstates),
    ]
}

/// The keys of a ruling that say what others do to it.
pub(in crate::portal) fn incoming(ruling: &Ruling) -> [(Change, &'static str, &[RulingNumber]); 3] {
    [
        (Change::Revokes, "revoked_by", &ruling.revoked_by),
        (Change::Modifies, "modified_by", &ruling.modified_by),
        (Change::Supersedes, "superseded_by", &ruling.superseded_by),
    ]
}

pub(in crate::portal) fn relate(documents: &[Document]) -> Relations {
    let by_number = rulings_by_number(documents);
    let target = |number: &RulingNumber| Target {
        number: number.clone(),
        document: by_number.get(number).copied(),
    };
    let mut relations = Relations {
        changes: vec![Vec::new(); documents.len()],
        changed_by: vec![Vec::new(); documents.len()],
        cites: vec![Vec::new(); documents.len()],
        cited_by: vec![Vec::new(); documents.len()],
    };
    for (at, document) in documents.iter().enumerate() {
        let id = doc_id(at);
        if let Fields::Ruling(ruling) = &document.fields {
            let own = Target {
                number: ruling.number.clone(),
                document: Some(id),
            };
            // What a ruling does to itself is a problem of its own, not a relation.
            let others = |numbers: &[RulingNumber]| {
                let others = numbers.iter().filter(|number| **number != ruling.number);
                others.map(target).collect::<Vec<_>>()
            };
            let unconfirmed = |other: &Target| ruling.unconfirmed.contains(&other.number);
            for (change, _, numbers) in outgoing(ruling) {
                for other in others(numbers) {
                    relations.change(&own, change, &other, unconfirmed(&other));
                }
            }
            for (change, _, numbers) in incoming(ruling) {
                for other in others(numbers) {
                    relations.change(&other, change, &own, unconfirmed(&other));
                }
            }
        }
        let named: &[String] = match &document.fields {
            Fields::Decision(decision) => &decision.concerns,
            Fields::Update(update) => &update.about,
            _ => &[],
        };
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
                relations.cite(id, target(&cite.number), &cite.sentence);
            }
        }
        for number in listed {
            if own_number != Some(number) {
                relations.cite(id, target(number), "");
            }
        }
        for number in named.iter().filter_map(|text| text.parse().ok()) {
            relations.cite(id, target(&number), "");
        }
    }
    relations
}

impl Relations {
    /// Notes a change on both sides, once, whoever says it. It is confirmed when one of them says it without a mark.
    fn change(&mut self, by: &Target, change: Change, target: &Target, unconfirmed: bool) {
        if let Some(id) = by.document {
            let changes = &mut self.changes[id.0 as usize];
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
            let changed_by = &mut self.changed_by[id.0 as usize];
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

    fn cite(&mut self, by: DocId, target: Target, sentence: &str) {
        let cites = &mut self.cites[by.0 as usize];
        if cites
            .iter()
            .any(|citing| citing.target.number == target.number)
        {
            return;
        }
        if let Some(other) = target.document {
            self.cited_by[other.0 as usize].push(Cited {
                by,
                sentence: sentence.to_owned(),
            });
        }
        cites.push(Citing {
            target,
            sentence: sentence.to_owned(),
        });
    }
}

/// Rulings that revoke or supersede one another in a circle: one of them must be wrong, for each is older than the next.
pub(in crate::portal) fn cycles(documents: &[Document], relations: &Relations) -> Vec<Diagnostic> {
    let next = |id: DocId| {
        relations.changes[id.0 as usize]
            .iter()
            .filter(|relation| matches!(relation.change, Change::Revokes | Change::Supersedes))
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
                        Diagnostic::error(
                            Code::RelationCycle,
                            document.path.clone(),
                            "these rulings revoke one another in a circle",
                        )
                        .at(relation_span(document))
                        .note(circle.join(" revokes ") + " revokes the first")
                        .help("a ruling revokes an older one only: delete the line that is wrong"),
                    );
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
