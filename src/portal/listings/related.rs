//! Rulings on the same goods: those that share a subheading of the tariff.

use crate::document::Kind;
use crate::portal::assemble::Corpus;
use crate::portal::{DocId, Document, Portal};
use std::collections::HashMap;

/// The digits of a subheading, the last level that all countries share.
const SUBHEADING: usize = 6;

/// The rulings of each subheading, newest first.
#[derive(Debug, Default)]
pub(in crate::portal) struct Related(HashMap<String, Vec<DocId>>);

impl Related {
    pub(in crate::portal) fn new(corpus: Corpus<'_>) -> Self {
        let mut rulings: HashMap<String, Vec<DocId>> = HashMap::new();
        for id in corpus.newest {
            let document = &corpus.documents[*id];
            if document.kind == Kind::Ruling {
                for digits in subheadings(document) {
                    rulings.entry(digits.to_owned()).or_default().push(*id);
                }
            }
        }
        Self(rulings)
    }

    /// The newest rulings that nothing is known to have changed and that share a subheading with a document, but for itself.
    pub(in crate::portal) fn of(&self, id: DocId, portal: &Portal, most: usize) -> Vec<DocId> {
        let mut related: Vec<DocId> = Vec::new();
        for digits in subheadings(portal.document(id)) {
            let others = self.0.get(digits).into_iter().flatten().copied();
            let standing = others
                .filter(|other| *other != id)
                .filter(|other| !portal.graph.status[*other].kind.is_changed());
            for other in standing.take(most) {
                if !related.contains(&other) {
                    related.push(other);
                }
            }
        }
        related.truncate(most);
        related
    }
}

/// The subheadings of a document's goods, each once.
fn subheadings(document: &Document) -> Vec<&str> {
    let numbers = document.fields.hts().iter();
    let goods = numbers.filter(|number| !number.is_special());
    let mut digits: Vec<&str> = goods
        .filter_map(|number| number.digits().get(..SUBHEADING))
        .collect();
    digits.sort_unstable();
    digits.dedup();
    digits
}
