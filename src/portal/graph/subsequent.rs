//! What later decisions did to a decision: affirmed, reversed, vacated.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Decision, Fields};
use crate::ids::IndexVec;
use crate::portal::graph::{DecisionNames, Found, Naming};
use crate::portal::{DocId, Documents};
use portolan_customs::{Later, PartialDate, Standing, Treatment};
use std::collections::HashSet;

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
    pub fn since(&self, documents: &Documents) -> Option<PartialDate> {
        known_date(self.steps[self.standing?.step].document, documents)
    }
}

fn known_date(id: Option<DocId>, documents: &Documents) -> Option<PartialDate> {
    let date = documents[id?].fields.date()?;
    (date != PartialDate::Unknown).then_some(date)
}

fn outgoing(decision: &Decision) -> [(Treatment, &'static str, &[String]); 3] {
    Treatment::ALL.map(|treatment| {
        let names = match treatment {
            Treatment::Affirms => &decision.affirms,
            Treatment::Reverses => &decision.reverses,
            Treatment::Vacates => &decision.vacates,
        };
        (treatment, treatment.verb(), names.as_slice())
    })
}

fn incoming(decision: &Decision) -> [(Treatment, &'static str, &[String]); 3] {
    Treatment::ALL.map(|treatment| {
        let names = match treatment {
            Treatment::Affirms => &decision.affirmed_by,
            Treatment::Reverses => &decision.reversed_by,
            Treatment::Vacates => &decision.vacated_by,
        };
        (treatment, treatment.inverse_key(), names.as_slice())
    })
}

/// What became of each document, told by either of two decisions.
pub(in crate::portal) fn of_all(
    documents: &Documents,
    names: &DecisionNames<'_>,
) -> (IndexVec<DocId, Subsequent>, Vec<Diagnostic>) {
    let mut all: IndexVec<DocId, Subsequent> = vec![Subsequent::default(); documents.len()].into();
    let mut problems = Vec::new();
    let mut told: HashSet<(DocId, Treatment, String)> = HashSet::new();
    for (own, document) in documents.iter_enumerated() {
        let Fields::Decision(decision) = &document.fields else {
            continue;
        };
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
            let dates = [target, by].map(|id| documents[id?].fields.date());
            if let [Some(earlier), Some(later)] = dates
                && later.is_before(earlier)
            {
                let what = format!(
                    "`{key}`: a decision of {} cannot change one of {}",
                    later.display(),
                    earlier.display()
                );
                // A decision speaks of earlier ones only.
                let problem = Diagnostic::warning(Code::Contradiction, document.path.clone(), what)
                    .at(span.clone())
                    .help("check both dates, and which of the two speaks of the other");
                let other = other.map(|id| &documents[id]);
                problems.push(other.into_iter().fold(problem, |problem, other| {
                    problem.related(other.path.clone(), other.span("date"), "the other decision")
                }));
            }
            let treated = |document| Treated {
                treatment,
                name: name.clone(),
                document,
            };
            if !is_later {
                all[own].made.push(treated(other));
            }
            if let Some(target) = target {
                let path = by.map(|by| documents[by].path.to_string());
                if told.insert((target, treatment, path.unwrap_or_else(|| name.clone()))) {
                    all[target].steps.push(treated(by));
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
                let naming = Naming {
                    name,
                    key,
                    must_be_here: false,
                    file: &document.path,
                    span,
                };
                problems.extend(names.problem(&found, naming));
            }
        }
    }
    for history in all.iter_mut() {
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
        known: vec![None; all.len()].into(),
    };
    let standings: Vec<_> = all.ids().map(|id| outcomes.of(id)).collect();
    for (history, standing) in all.iter_mut().zip(standings) {
        history.standing = standing;
    }
    (all, problems)
}

/// Finds what the steps of each decision come to.
struct Outcomes<'a> {
    all: &'a IndexVec<DocId, Subsequent>,
    /// `None`: not asked yet; `Some(None)`: nothing counts, or the answer is being looked for, in a circle of dates that
    /// are wrong.
    known: IndexVec<DocId, Option<Option<Standing>>>,
}

impl Outcomes<'_> {
    fn of(&mut self, id: DocId) -> Option<Standing> {
        // Content is untrusted and a chain may be long: no recursion over it.
        let mut path = vec![(id, false)];
        while let Some((id, later_known)) = path.pop() {
            if later_known {
                self.known[id] = Some(self.outcome(id));
            } else if self.known[id].is_none() {
                self.known[id] = Some(None);
                path.push((id, true));
                let later = self.all[id].steps.iter().filter_map(|step| step.document);
                path.extend(later.map(|by| (by, false)));
            }
        }
        self.known[id].flatten()
    }

    fn outcome(&self, id: DocId) -> Option<Standing> {
        let steps = self.all[id].steps.iter();
        let steps: Vec<_> = steps
            .map(|step| Later {
                // One that the portal does not have is known by its name alone.
                by: step.document.ok_or(step.name.as_str()),
                treatment: step.treatment,
                standing: step.document.and_then(|by| self.known[by].flatten()),
            })
            .collect();
        portolan_customs::standing_after(&steps)
    }
}
