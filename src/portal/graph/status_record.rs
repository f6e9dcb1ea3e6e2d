//! The status of a ruling or a decision as other programs read it, in the file of a document and in `portolan list`.

use crate::document::Kind;
use crate::portal::{Basis, DocId, Portal};
use crate::tables::Years;
use serde::Serialize;

/// A status with its three parts. What is not known is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusRecord {
    /// `in-force`, `not-checked`, `modified`, `superseded` or `revoked`; of a decision `affirmed`, `reversed`,
    /// `vacated`, `reversed-in-part` or `vacated-in-part`.
    pub value: &'static str,
    /// The day up to which changes were looked up: `2026-06-26`; absent where nobody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// When the change took effect; absent where nothing changed or that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// On what it rests.
    pub basis: StatusBasis,
}

/// On what a status rests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StatusBasis {
    /// `change`, `no-change-known`, `record-only`, `relations-unknown` or `not-covered`; of a decision `later-decision`.
    pub reason: &'static str,
    /// What was read for changes: `CROSS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The collections that the portal has rulings of from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<&'static str>,
    /// Their years, `2015-2025`; absent for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<String>,
    /// Whether it has all of them; absent where nobody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
}

impl Portal {
    /// The status of a ruling, or what became of a decision; `None` where there is no such thing.
    #[must_use]
    pub fn status_record(&self, id: DocId) -> Option<StatusRecord> {
        if self.document(id).kind != Kind::Ruling {
            let standing = self.graph.subsequent[id].standing?;
            return Some(StatusRecord {
                value: standing.name(),
                as_of: None,
                since: self.status_since(id).map(|date| date.to_string()),
                basis: StatusBasis {
                    reason: "later-decision",
                    ..StatusBasis::default()
                },
            });
        }
        let status = &self.graph.status[id];
        let source = self.status_source(id);
        let since = self.status_since(id);
        Some(StatusRecord {
            value: status.kind.name(),
            as_of: source.map(|source| source.through.to_string()),
            since: since.map(|date| date.to_string()),
            basis: StatusBasis {
                reason: Basis::name(status.basis),
                source: source.map(|source| source.name.clone()),
                url: source.and_then(|source| source.url.clone()),
                collections: source.map_or_else(Vec::new, |source| {
                    source.collections.iter().map(|it| it.name()).collect()
                }),
                years: source.map_or_else(Vec::new, |source| {
                    source.years.iter().map(Years::to_string).collect()
                }),
                complete: source.map(|source| source.complete),
            },
        })
    }
}
