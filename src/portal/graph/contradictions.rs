//! What cannot be right about documents taken together: one ruling under two numbers, a change that runs backwards in
//! time, two documents that tell one event differently.
//!
//! An error is what makes a page wrong; the rest are warnings, for real records do contradict each other.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Fields, Ruling};
use crate::portal::graph::relations::{Relations, incoming, outgoing};
use crate::portal::{DocId, Document, Documents};
use portolan_customs::{Change, RulingNumber};

pub(in crate::portal) fn find(documents: &Documents, relations: &Relations) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (id, document) in documents.iter_enumerated() {
        if let Fields::Ruling(ruling) = &document.fields {
            let finder = Finder {
                id,
                document,
                ruling,
                documents,
                relations,
            };
            problems.extend(finder.duplicate());
            problems.extend(finder.itself());
            problems.extend(finder.two_changes());
            problems.extend(finder.backwards());
            problems.extend(finder.told_differently());
            problems.extend(finder.reinstated());
            problems.extend(finder.notice());
        }
    }
    problems
}

struct Finder<'a> {
    id: DocId,
    document: &'a Document,
    ruling: &'a Ruling,
    documents: &'a Documents,
    relations: &'a Relations,
}

impl Finder<'_> {
    fn warning(&self, key: &str, entry: usize, message: String) -> Diagnostic {
        let span = self.document.entry_span(key, entry);
        Diagnostic::warning(Code::Contradiction, self.document.path.clone(), message).at(span)
    }

    fn ruling_of(&self, number: &RulingNumber) -> Option<(&Document, &Ruling)> {
        let document = &self.documents[self.relations.ruling(number)?];
        match &document.fields {
            Fields::Ruling(ruling) => Some((document, ruling)),
            _ => None,
        }
    }

    /// One number with two addresses; where the address is one, too, that alone is reported.
    fn duplicate(&self) -> Option<Diagnostic> {
        let first = self.relations.ruling(&self.ruling.number)?;
        let other = &self.documents[first];
        let is_double = first != self.id && other.slug != self.document.slug;
        is_double.then(|| {
            let number = self.ruling.number.with_collection();
            Diagnostic::error(
                Code::DuplicateNumber,
                self.document.path.clone(),
                format!("another ruling has the number {number} already"),
            )
            .at(self.document.span("number"))
            .related(other.path.clone(), other.span("number"), "the other ruling")
            .help("correct the number; if both are the same ruling, delete one of the files")
        })
    }

    fn itself(&self) -> Vec<Diagnostic> {
        let out = outgoing(self.ruling).map(|(_, key, numbers)| (key, numbers));
        let mut problems = Vec::new();
        let into = incoming(self.ruling).map(|(_, key, numbers)| (key, numbers));
        for (key, numbers) in out.into_iter().chain(into) {
            for (at, _) in numbers
                .iter()
                .enumerate()
                .filter(|(_, number)| **number == self.ruling.number)
            {
                problems.push(
                    Diagnostic::error(
                        Code::SelfRelation,
                        self.document.path.clone(),
                        format!("`{key}` names the ruling itself"),
                    )
                    .at(self.document.entry_span(key, at))
                    .help("write the number of the other ruling, or delete the entry"),
                );
            }
        }
        problems
    }

    /// A ruling that is revoked is not modified as well.
    fn two_changes(&self) -> Vec<Diagnostic> {
        let ruling = self.ruling;
        let doubles = ruling
            .modifies
            .iter()
            .enumerate()
            .filter_map(|(at, number)| {
                let key = if ruling.revokes.contains(number) {
                    "revokes"
                } else if ruling.supersedes.contains(number) {
                    "supersedes"
                } else {
                    return None;
                };
                let number = number.with_collection();
                Some(
                    self.warning(
                        "modifies",
                        at,
                        format!("{number} stands in `{key}` and in `modifies`"),
                    )
                    .help("keep the one that the letter says"),
                )
            });
        doubles.collect()
    }

    /// A ruling changes and cites earlier ones, and is changed by later ones.
    fn backwards(&self) -> Vec<Diagnostic> {
        let own = self.ruling.date;
        let out = outgoing(self.ruling).map(|(_, key, numbers)| (key, numbers, true));
        let into = incoming(self.ruling).map(|(_, key, numbers)| (key, numbers, false));
        let cites = [("cites", &*self.ruling.cites, true)];
        let mut problems = Vec::new();
        for (key, numbers, is_ours) in out.into_iter().chain(cites).chain(into) {
            for (at, number) in numbers.iter().enumerate() {
                let Some((document, other)) = self.ruling_of(number) else {
                    continue;
                };
                let (by, target) = if is_ours {
                    (own, other.date)
                } else {
                    (other.date, own)
                };
                if !by.is_before(target) {
                    continue;
                }
                let number = number.with_collection();
                let (own, other) = (own.display(), other.date.display());
                let message = if is_ours {
                    format!("this ruling of {own} {key} {number}, which is later ({other})")
                } else {
                    format!(
                        "`{key}` names {number}, which is earlier ({other}) than this ruling ({own})"
                    )
                };
                problems.push(
                    self.warning(key, at, message)
                        .related(
                            document.path.clone(),
                            document.span("date"),
                            "the other ruling",
                        )
                        .help("check both dates, and which of the two speaks of the other"),
                );
            }
        }
        problems
    }

    /// The other side calls the same event by another name.
    fn told_differently(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (change, key, numbers) in incoming(self.ruling) {
            for (at, number) in numbers.iter().enumerate() {
                let Some((other, by)) = self.ruling_of(number) else {
                    continue;
                };
                let says: Vec<(Change, &str)> = outgoing(by)
                    .into_iter()
                    .filter(|(_, _, numbers)| numbers.contains(&self.ruling.number))
                    .map(|(change, key, _)| (change, key))
                    .collect();
                if says.is_empty() || says.iter().any(|(other, _)| *other == change) {
                    continue;
                }
                problems.push(
                    self.warning(
                        key,
                        at,
                        format!(
                            "this says `{key}: {number}`, but the other ruling says `{}`",
                            says[0].1
                        ),
                    )
                    .related(
                        other.path.clone(),
                        other.span(says[0].1),
                        "the other ruling",
                    )
                    .help("keep the one that the letter says"),
                );
            }
        }
        problems
    }

    /// Only what was taken out of force can be put back.
    fn reinstated(&self) -> Vec<Diagnostic> {
        let numbers = self.ruling.reinstates.iter().enumerate();
        let problems = numbers.filter_map(|(at, number)| {
            let id = self.relations.ruling(number)?;
            let mut changes = self.relations.changed_by[id].iter();
            let was_out = changes.any(|incoming| incoming.change.ends());
            (!was_out).then(|| {
                let number = number.with_collection();
                self.warning(
                    "reinstates",
                    at,
                    format!("{number} is put back in force, but nothing in the portal revokes it"),
                )
                .help("say in its file who revoked it, for example `revoked_by: [HQ 086452]`")
            })
        });
        problems.collect()
    }

    /// A notice takes effect after its publication (19 U.S.C. 1625(c)).
    fn notice(&self) -> Option<Diagnostic> {
        let published = self.ruling.published?;
        let effective = self.ruling.effective?;
        effective.is_before(published).then(|| {
            self.warning(
                "effective",
                0,
                format!(
                    "the notice takes effect ({}) before it is published ({})",
                    effective.display(),
                    published.display()
                ),
            )
            .help("a final notice takes effect 60 days after its publication (19 U.S.C. 1625(c)): check both dates")
        })
    }
}
