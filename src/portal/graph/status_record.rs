//! The status of a ruling or a decision as other programs read it, in the file of a document and in `portolan list`.

use crate::portal::{DocId, Portal};
use crate::tables::Years;
use portolan_customs::Basis;
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
        let summary = self.status_summary(id)?;
        let basis = match summary.kind {
            None => StatusBasis {
                reason: "later-decision",
                ..StatusBasis::default()
            },
            Some(_) => {
                let source = self.status_source(id);
                StatusBasis {
                    reason: Basis::name(self.graph.status[id].basis),
                    source: source.map(|source| source.name.clone()),
                    url: source.and_then(|source| source.url.clone()),
                    collections: source.map_or_else(Vec::new, |source| {
                        source.collections.iter().map(|it| it.name()).collect()
                    }),
                    years: source.map_or_else(Vec::new, |source| {
                        source.years.iter().map(Years::to_string).collect()
                    }),
                    complete: source.map(|source| source.complete),
                }
            }
        };
        Some(StatusRecord {
            value: summary.name,
            as_of: summary.as_of.map(|day| day.to_string()),
            since: summary.since.map(|date| date.to_string()),
            basis,
        })
    }
}
