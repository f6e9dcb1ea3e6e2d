//! The offices that issue rulings: every ruling of an office's collections is among its documents.

use crate::diagnostic::{Code, Diagnostic};
use crate::portal::{CenterId, CenterRecords, Document};
use portolan_customs::Collection;

/// Which office issues which collection, from the key `issues` of the offices.
#[derive(Debug, Clone, Default)]
pub(super) struct Issuers {
    offices: Vec<(Collection, CenterId)>,
}

impl Issuers {
    /// Gathers what the offices say. Of two that issue one collection, which is an error, the first counts.
    pub(super) fn new(centers: &CenterRecords) -> (Self, Vec<Diagnostic>) {
        let mut issuers = Self::default();
        let mut problems = Vec::new();
        for (id, center) in centers.iter_enumerated() {
            let document = &center.document;
            if !center.is_office() && !center.record.issues.is_empty() {
                problems.push(
                    Diagnostic::error(
                        Code::IssuingOffice,
                        document.path.clone(),
                        "a Center of an industry issues no collection of rulings",
                    )
                    .at(document.span("issues"))
                    .help("delete the line, or write `kind: office` where this is an office beside the Centers"),
                );
                continue;
            }
            for (entry, collection) in center.record.issues.iter().enumerate() {
                match issuers.of_collection(*collection) {
                    None => issuers.offices.push((*collection, id)),
                    Some(other) if other == id => {}
                    Some(other) => {
                        let other = &centers[other].document;
                        let collection = collection.prefix();
                        problems.push(
                            Diagnostic::error(
                                Code::IssuingOffice,
                                document.path.clone(),
                                format!("`{}` issues {collection} rulings already", other.slug),
                            )
                            .at(document.entry_span("issues", entry))
                            .related(other.path.clone(), other.span("issues"), "the other record")
                            .help(format!(
                                "let one office issue them: delete {collection} here or there"
                            )),
                        );
                    }
                }
            }
        }
        (issuers, problems)
    }

    fn of_collection(&self, collection: Collection) -> Option<CenterId> {
        let found = self.offices.iter().find(|(known, _)| *known == collection);
        found.map(|(_, office)| *office)
    }

    /// The office that issued a document.
    pub(super) fn of(&self, document: &Document) -> Option<CenterId> {
        self.of_collection(document.fields.collection()?)
    }
}
