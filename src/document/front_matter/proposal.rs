//! What a notice proposes to do to rulings (19 U.S.C. 1625(c), 19 CFR 177.12).

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Record, keys};
use camino::Utf8Path;
use portolan_customs::{PartialDate, RulingNumber};
use serde::{Deserialize, Serialize};

keys! {
    /// The change of rulings that a notice proposes. It changes nothing yet.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Proposal, "a proposal" {
        /// Rulings that shall be taken out of force.
        pub proposes_to_revoke: Vec<RulingNumber>,
        /// Rulings that shall be changed in part.
        pub proposes_to_modify: Vec<RulingNumber>,
        /// The last day for comments.
        pub comments_until: Option<PartialDate>,
        /// When the proposal was given up.
        pub withdrawn: Option<PartialDate>,
    }
}

impl Proposal {
    /// Whether it names no ruling, so that nothing is proposed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.proposes_to_revoke.is_empty() && self.proposes_to_modify.is_empty()
    }
}

/// Reports what is said of a proposal where nothing is proposed.
pub(super) fn problems(record: &Record<'_>, can_propose: bool, file: &Utf8Path) -> Vec<Diagnostic> {
    let key = |name: &str| record.entries().find(|(field, ..)| field.key == name);
    let proposes = ["proposes_to_revoke", "proposes_to_modify"];
    if !can_propose || proposes.iter().any(|name| key(name).is_some()) {
        return Vec::new();
    }
    let alone = ["comments_until", "withdrawn"].into_iter();
    alone
        .filter_map(|name| {
            let (_, key, _) = key(name)?;
            Some(
                Diagnostic::error(
                    Code::MissingKey,
                    file,
                    format!("`{name}` is said of a proposal, but this document proposes nothing"),
                )
                .at(key.span.clone())
                .help("say which rulings it is about, for example `proposes_to_revoke: [NY N301234]`, or delete the line"),
            )
        })
        .collect()
}
