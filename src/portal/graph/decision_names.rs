//! Decisions and rulings as documents and tables name them: by citation, by number, by address or its last part.

use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean};
use crate::document::is_decision_type;
use crate::document::{Fields, Kind, Unreadable};
use crate::portal::addresses::Place;
use crate::portal::graph::two_kinds::number_span;
use crate::portal::{Addresses, DocId, Document, Documents};
use camino::Utf8Path;
use portolan_customs::RulingNumber;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The documents that a message names.
const MAX_NAMED: usize = 5;

/// The names after which no more guesses are made: each is compared with those of all documents.
const MAX_GUESSES: usize = 20;

/// What a name leads to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::portal) enum Found {
    /// One document.
    One(DocId),
    /// Several, so that none of them can be taken; the first of them.
    Several(Vec<DocId>),
    /// Nothing in the portal.
    Nothing,
}

/// A name of a document, as a file has it.
pub(in crate::portal) struct Naming<'a> {
    pub(in crate::portal) name: &'a str,
    /// The key that it is a value of.
    pub(in crate::portal) key: &'static str,
    pub(in crate::portal) must_be_here: bool,
    pub(in crate::portal) file: &'a Utf8Path,
    pub(in crate::portal) span: Range<usize>,
}

/// The decisions and rulings of a portal by everything that names them.
pub(in crate::portal) struct DecisionNames<'a> {
    documents: &'a Documents,
    addresses: &'a Addresses,
    unreadable: &'a [Unreadable],
    by_key: HashMap<String, Vec<DocId>>,
    /// How many names were compared with all others so far.
    guesses: Cell<usize>,
}

impl<'a> DecisionNames<'a> {
    pub(in crate::portal) fn new(
        documents: &'a Documents,
        addresses: &'a Addresses,
        unreadable: &'a [Unreadable],
    ) -> Self {
        let mut by_key: HashMap<String, Vec<DocId>> = HashMap::new();
        for (id, document) in documents.iter_enumerated() {
            let names: [Option<&str>; 2] = match &document.fields {
                Fields::Decision(decision) => {
                    [decision.citation.as_deref(), decision.number.as_deref()]
                }
                Fields::Ruling(_) => [None, None],
                _ => continue,
            };
            let mut keys: Vec<String> = names.into_iter().flatten().flat_map(keys).collect();
            keys.push(document.slug.clone());
            keys.extend(document.fields.ruling_number().map(ToString::to_string));
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                by_key.entry(key).or_default().push(id);
            }
        }
        Self {
            documents,
            addresses,
            unreadable,
            by_key,
            guesses: Cell::new(0),
        }
    }

    /// Finds what is named: an address, else the first part of the name that only one document has.
    pub(in crate::portal) fn find(&self, name: &str, allowed: impl Fn(DocId) -> bool) -> Found {
        let address = name.trim_start_matches('/');
        if let Some(Place::Document(id) | Place::Redirect(id)) = self.addresses.at(address)
            && is_named(&self.documents[id])
            && allowed(id)
        {
            return Found::One(id);
        }
        let mut several = Vec::new();
        for key in std::iter::once(name.to_owned()).chain(keys(name)) {
            let found = self.by_key.get(&key).into_iter().flatten().copied();
            let found: Vec<DocId> = found.filter(|id| allowed(*id)).take(MAX_NAMED).collect();
            match found.as_slice() {
                [] => {}
                [id] => return Found::One(*id),
                _ if several.is_empty() => several = found,
                _ => {}
            }
        }
        if several.is_empty() {
            Found::Nothing
        } else {
            Found::Several(several)
        }
    }

    /// A decision that `from` names as affirmed, reversed or vacated; `Nothing` where the portal does not have it.
    pub(in crate::portal) fn other_decision(&self, name: &str, from: DocId) -> Found {
        self.find(name, |id| {
            id != from && self.documents[id].kind == Kind::Decision
        })
    }

    /// The file name that is most like a name, as long as there are few to guess.
    fn guess(&self, name: &str) -> Option<&str> {
        self.guesses.set(self.guesses.get() + 1);
        let named =
            |document: &&Arc<Document>| is_named(document) && self.guesses.get() <= MAX_GUESSES;
        let documents = self.documents.iter().filter(named);
        did_you_mean(name, documents.map(|document| document.slug.as_str()))
    }

    /// What is wrong with a name that leads to no document or to several. A citation may be of a decision that the
    /// portal does not have; what looks like a file's name must be there, and so must everything that `must_be_here`.
    pub(in crate::portal) fn problem(
        &self,
        found: &Found,
        naming: Naming<'_>,
    ) -> Option<Diagnostic> {
        let Naming {
            name,
            key,
            must_be_here,
            file,
            span,
        } = naming;
        let error = |what: String| Diagnostic::error(Code::UnknownDecision, file, what).at(span);
        match found {
            Found::One(_) => None,
            Found::Several(ids) => {
                let slug = &self.documents[ids[0]].slug;
                let problem = error(format!("`{key}`: `{name}` is the name of several documents"))
                    .help(format!("write the file name of the one that is meant: `{slug}`"));
                Some(ids.iter().fold(problem, |problem, id| {
                    let other = &self.documents[*id];
                    problem.related(other.path.clone(), number_span(other), "one of them")
                }))
            }
            Found::Nothing if !must_be_here && !is_file_name(name) => None,
            // A document that cannot be read has problems of its own.
            Found::Nothing if self.unreadable.iter().any(|document| document.slug == name) => None,
            Found::Nothing if is_decision_type(name) => Some(
                error(format!("`{key}` names documents, and `{name}` is a type of decisions")).help(
                    "name the decisions that show how such cases end, for example `[hq-h311149]`; delete the key where \
                     none does",
                ),
            ),
            Found::Nothing => {
                let near = self.guess(name);
                // A draft, or a document that has expired, is not here either: no reason to stop a site.
                let problem = Diagnostic {
                    severity: Severity::Warning,
                    ..error(format!("`{key}`: no decision or ruling of the portal is `{name}`"))
                };
                Some(problem.help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write its number, its citation, or the name of its file without `.md`".to_owned(),
                }))
            }
        }
    }
}

/// Whether a document is one of those that have names here.
fn is_named(document: &Document) -> bool {
    matches!(document.kind, Kind::Decision | Kind::Ruling)
}

/// Whether a name is one of a file or an address of the portal, and no citation or docket number.
fn is_file_name(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-./".contains(c);
    name.contains(['-', '/'])
        && name.contains(|c: char| c.is_ascii_lowercase())
        && name.chars().all(is_word)
}

/// The parts of a citation or of a number that each name a document: `Slip Op. 25-13 (CIT Jan. 30, 2025)` is named by
/// `slip op. 25-13`, `HQ H338116; FR Doc. 2024-12617` by `H338116` and by `fr doc. 2024-12617`.
pub(in crate::portal) fn keys(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    let outside: String = outside.collect();
    let parts = outside
        .split([';', ','])
        .flat_map(|part| part.split(" and "));
    let parts = parts.filter_map(|part| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let part = DOCKETS
            .iter()
            .find_map(|prefix| part.strip_prefix(prefix))
            .unwrap_or(&part);
        match part.parse::<RulingNumber>() {
            Ok(number) => Some(number.to_string()),
            Err(_) => (!part.is_empty()).then(|| part.to_lowercase()),
        }
    });
    parts.collect()
}

/// What stands before the number of a case.
const DOCKETS: &[&str] = &["Consol. Court No. ", "Court No. ", "Nos. ", "No. "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_taken_apart_where_its_parts_name_one_thing() {
        for (text, parts) in [
            (
                "Slip Op. 25-13 (CIT Jan. 30, 2025)",
                &["slip op. 25-13"][..],
            ),
            ("No. 2023-1648 (Fed. Cir. Oct. 23, 2024)", &["2023-1648"]),
            (
                "619 F. Supp. 3d 1337 (CIT 2023), Court No. 20-00074",
                &["619 f. supp. 3d 1337", "20-00074"],
            ),
            (
                "HQ H338116; FR Doc. 2024-12617",
                &["H338116", "fr doc. 2024-12617"],
            ),
            ("83 FR 2168", &["83 fr 2168"]),
            (") ((", &[]),
        ] {
            assert_eq!(keys(text), parts, "{text}");
        }
    }

    #[test]
    fn a_file_name_is_told_from_a_citation_and_a_docket_number() {
        for name in ["honeywell-2025", "/decisions/honeywell-2025.html"] {
            assert!(is_file_name(name), "{name}");
        }
        for name in ["17-00256", "83 FR 2168", "HQ H311149", "Slip Op. 25-13"] {
            assert!(!is_file_name(name), "{name}");
        }
    }
}
