//! What later decisions did to a decision: affirmed, reversed, vacated.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Decision, Fields};
use crate::portal::graph::{DecisionNames, Found};
use crate::portal::{DocId, Document, doc_id};
use portolan_customs::PartialDate;
use std::collections::HashSet;

/// What one decision does to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// Upholds it.
    Affirms,
    /// Decides the other way.
    Reverses,
    /// Sets it aside.
    Vacates,
}

impl Treatment {
    /// The same seen from the other side, which is also the status of the earlier decision.
    #[must_use]
    pub fn passive(self) -> &'static str {
        match self {
            Self::Affirms => "affirmed",
            Self::Reverses => "reversed",
            Self::Vacates => "vacated",
        }
    }

    /// Data's words for the relation to the later decision.
    #[must_use]
    pub fn relation(self) -> &'static str {
        match self {
            Self::Affirms => "affirmed by",
            Self::Reverses => "reversed by",
            Self::Vacates => "vacated by",
        }
    }

    /// Whether the earlier decision still counts.
    #[must_use]
    pub fn stands(self) -> bool {
        self == Self::Affirms
    }
}

/// The other decision of a treatment: the later one, or the earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treated {
    /// What the later one did to the earlier.
    pub treatment: Treatment,
    /// As it is named.
    pub name: String,
    /// Its document, where the portal has it.
    pub document: Option<DocId>,
}

impl Treated {
    /// Whether the later decision is the same.
    fn is_by(&self, other: &Self) -> bool {
        match (self.document, other.document) {
            (None, None) => self.name == other.name,
            (own, other) => own == other,
        }
    }
}

/// What later decisions come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What counts.
    pub treatment: Treatment,
    /// The place of the step that it follows from.
    pub step: usize,
    /// Whether the same later decision affirmed the rest.
    pub in_part: bool,
}

impl Standing {
    /// As addresses, classes and data write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match (self.treatment, self.in_part) {
            (Treatment::Reverses, true) => "reversed-in-part",
            (Treatment::Vacates, true) => "vacated-in-part",
            (treatment, _) => treatment.passive(),
        }
    }

    /// Whether the decision still counts, be it in part.
    #[must_use]
    pub fn stands(self) -> bool {
        self.treatment.stands() || self.in_part
    }
}

/// What became of a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subsequent {
    /// Every later decision on it, the oldest first; those whose date is not known come last.
    pub steps: Vec<Treated>,
    /// What they come to.
    pub standing: Option<Standing>,
    /// What it did itself to earlier decisions, as it names them.
    pub made: Vec<Treated>,
}

impl Subsequent {
    /// When it took its standing; `None` where the portal does not have the later decision or its date.
    #[must_use]
    pub fn since(&self, documents: &[Document]) -> Option<PartialDate> {
        known_date(self.steps[self.standing?.step].document, documents)
    }
}

fn known_date(id: Option<DocId>, documents: &[Document]) -> Option<PartialDate> {
    let date = documents[id?.0 as usize].fields.date()?;
    (date != PartialDate::Unknown).then_some(date)
}

fn outgoing(decision: &Decision) -> [(Treatment, &'static str, &[String]); 3] {
    [
        (Treatment::Affirms, "affirms", &decision.affirms),
        (Treatment::Reverses, "reverses", &decision.reverses),
        (Treatment::Vacates, "vacates", &decision.vacates),
    ]
}

fn incoming(decision: &Decision) -> [(Treatment, &'static str, &[String]); 3] {
    [
        (Treatment::Affirms, "affirmed_by", &decision.affirmed_by),
        (Treatment::Reverses, "reversed_by", &decision.reversed_by),
        (Treatment::Vacates, "vacated_by", &decision.vacated_by),
    ]
}

/// What became of each document, by its place, told by either of two decisions.
pub(in crate::portal) fn of_all(
    documents: &[Document],
    names: &DecisionNames<'_>,
) -> (Vec<Subsequent>, Vec<Diagnostic>) {
    let mut all = vec![Subsequent::default(); documents.len()];
    let mut problems = Vec::new();
    let mut told: HashSet<(DocId, Treatment, String)> = HashSet::new();
    for (at, document) in documents.iter().enumerate() {
        let Fields::Decision(decision) = &document.fields else {
            continue;
        };
        let own = doc_id(at);
        let all_names = [(false, outgoing(decision)), (true, incoming(decision))];
        let named = all_names.into_iter().flat_map(|(is_later, keys)| {
            keys.into_iter().flat_map(move |(treatment, key, names)| {
                let names = names.iter().enumerate();
                names.map(move |(entry, name)| (is_later, treatment, key, entry, name))
            })
        });
        for (is_later, treatment, key, entry, name) in named {
            let found = names.other_decision(name, own);
            let span = document.entry_span(key, entry);
            let other = match &found {
                Found::One(id) => Some(*id),
                _ => None,
            };
            let (target, by) = if is_later {
                (Some(own), other)
            } else {
                (other, Some(own))
            };
            if let (Some(target), Some(by)) = (target, by) {
                problems.extend(backwards(documents, document, target, by, key, entry));
            }
            let treated = |document| Treated {
                treatment,
                name: name.clone(),
                document,
            };
            if !is_later {
                all[at].made.push(treated(other));
            }
            if let Some(target) = target {
                let path = by.map(|by| documents[by.0 as usize].path.to_string());
                if told.insert((target, treatment, path.unwrap_or_else(|| name.clone()))) {
                    all[target.0 as usize].steps.push(treated(by));
                }
            }
            if found == Found::Nothing && names.find(name, |id| id == own) == Found::One(own) {
                problems.push(
                    Diagnostic::error(
                        Code::SelfRelation,
                        document.path.clone(),
                        format!("`{key}` names the decision itself"),
                    )
                    .at(span)
                    .help("name the other decision, or delete the entry"),
                );
            } else {
                problems.extend(names.problem(&found, name, key, false, &document.path, span));
            }
        }
    }
    for history in &mut all {
        history.steps.sort_by_cached_key(|step| {
            let date = known_date(step.document, documents);
            (
                date.is_none(),
                date.map(PartialDate::sort_key),
                step.treatment,
            )
        });
    }
    let mut outcomes = Outcomes {
        all: &all,
        known: vec![None; all.len()],
    };
    let standings: Vec<_> = (0..all.len()).map(|at| outcomes.of(doc_id(at))).collect();
    for (history, standing) in all.iter_mut().zip(standings) {
        history.standing = standing;
    }
    (all, problems)
}

/// A decision speaks of earlier ones only.
fn backwards(
    documents: &[Document],
    document: &Document,
    target: DocId,
    by: DocId,
    key: &str,
    entry: usize,
) -> Option<Diagnostic> {
    let date = |id: DocId| documents[id.0 as usize].fields.date();
    let (earlier, later) = (date(target)?, date(by)?);
    later.is_before(earlier).then(|| {
        Diagnostic::warning(
            Code::Contradiction,
            document.path.clone(),
            format!(
                "`{key}`: a decision of {} cannot change one of {}",
                later.display(),
                earlier.display()
            ),
        )
        .at(document.entry_span(key, entry))
        .help("check both dates, and which of the two speaks of the other")
    })
}

/// Finds what the steps come to. What a reversed or vacated decision said no longer counts, but where it had affirmed an
/// earlier one that falls with it.
struct Outcomes<'a> {
    all: &'a [Subsequent],
    /// `None`: not asked yet; `Some(None)`: nothing counts, or the answer is being looked for, in a circle of dates that
    /// are wrong.
    known: Vec<Option<Option<Standing>>>,
}

impl Outcomes<'_> {
    fn of(&mut self, id: DocId) -> Option<Standing> {
        // Content is untrusted and a chain may be long: no recursion over it.
        let mut path = vec![(id, false)];
        while let Some((id, later_known)) = path.pop() {
            let place = id.0 as usize;
            if later_known {
                self.known[place] = Some(self.outcome(place));
            } else if self.known[place].is_none() {
                self.known[place] = Some(None);
                path.push((id, true));
                let later = self.all[place]
                    .steps
                    .iter()
                    .filter_map(|step| step.document);
                path.extend(later.map(|by| (by, false)));
            }
        }
        self.known[id.0 as usize].flatten()
    }

    fn outcome(&self, place: usize) -> Option<Standing> {
        let steps = &self.all[place].steps;
        let mut counted = steps.iter().enumerate().rev().filter_map(|(at, step)| {
            let later = step
                .document
                .and_then(|by| self.known[by.0 as usize].flatten());
            let fallen = later.filter(|standing| !standing.stands());
            let treatment = match (step.treatment, fallen) {
                (treatment, None) => treatment,
                (Treatment::Affirms, Some(standing)) => standing.treatment,
                _ => return None,
            };
            Some((at, treatment))
        });
        let (step, treatment) = counted.next()?;
        let by = &steps[step];
        let mut others = steps[..step]
            .iter()
            .rev()
            .take_while(|other| other.is_by(by));
        Some(Standing {
            treatment,
            step,
            in_part: !treatment.stands()
                && others.any(|other| other.treatment == Treatment::Affirms),
        })
    }
}
