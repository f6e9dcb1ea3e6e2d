//! Which Center handles goods, by their tariff numbers.

use crate::diagnostic::{Code, Diagnostic};
use crate::portal::{CenterId, CenterRecords};
use portolan_customs::HtsNumber;
use std::collections::{BTreeSet, HashMap};

/// The chapters and headings of every Center. It speaks of goods, not of importers: those have one Center each, by the
/// predominant number of their goods (19 CFR 101.10).
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// By digits; where two Centers claim the same, both.
    by_prefix: HashMap<String, Vec<CenterId>>,
}

impl Coverage {
    /// Gathers what the Centers say in their `hts`.
    #[must_use]
    pub fn new(centers: &CenterRecords) -> Self {
        let mut by_prefix: HashMap<String, Vec<CenterId>> = HashMap::new();
        for (id, center) in centers.iter_enumerated() {
            for prefix in &center.record.hts {
                let claims = by_prefix.entry(prefix.digits().to_owned()).or_default();
                if !claims.contains(&id) {
                    claims.push(id);
                }
            }
        }
        Self { by_prefix }
    }

    /// Whether any Center says what it covers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_prefix.is_empty()
    }

    /// The Centers of the longest prefix: one, unless the Centers' records contradict each other; none where nothing
    /// covers the number. Chapters 98 and 99 are provisions on top of a classification and belong to no Center.
    #[must_use]
    pub fn of(&self, number: &HtsNumber) -> &[CenterId] {
        if number.is_special() {
            return &[];
        }
        let digits = number.digits();
        let longest = (2..=digits.len()).rev();
        longest
            .filter_map(|length| self.by_prefix.get(&digits[..length]))
            .map(Vec::as_slice)
            .next()
            .unwrap_or_default()
    }

    /// The Centers of a chapter or heading: the one that handles it, and those that handle a part of it, sorted.
    #[must_use]
    pub fn within(&self, number: &HtsNumber) -> Vec<CenterId> {
        let parts = self.by_prefix.iter();
        let parts = parts.filter(|(prefix, _)| prefix.starts_with(number.digits()));
        let centers: BTreeSet<CenterId> = parts
            .flat_map(|(_, centers)| centers)
            .chain(self.of(number))
            .copied()
            .collect();
        centers.into_iter().collect()
    }

    /// The Centers of several numbers, sorted.
    pub fn centers_of<'a>(
        &self,
        numbers: impl IntoIterator<Item = &'a HtsNumber>,
    ) -> Vec<CenterId> {
        let centers: BTreeSet<CenterId> = numbers
            .into_iter()
            .flat_map(|number| self.of(number))
            .copied()
            .collect();
        centers.into_iter().collect()
    }

    /// Prefixes that two Centers claim.
    pub(in crate::portal) fn contradictions(&self, centers: &CenterRecords) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (id, center) in centers.iter_enumerated() {
            for (entry, prefix) in center.record.hts.iter().enumerate() {
                let claims = self.by_prefix.get(prefix.digits());
                let first = claims.and_then(|claims| claims.first());
                let Some(first) = first.filter(|first| **first != id) else {
                    continue;
                };
                let other = &centers[*first].document;
                problems.push(
                    Diagnostic::warning(
                        Code::AmbiguousCoverage,
                        center.document.path.clone(),
                        format!("`{}` covers {prefix} already", other.slug),
                    )
                    .at(center.document.entry_span("hts", entry))
                    .related(other.path.clone(), other.span("hts"), "the other record")
                    .help("let one Center cover it; a longer number, such as a heading, takes goods out of a chapter"),
                );
            }
        }
        problems
    }
}
