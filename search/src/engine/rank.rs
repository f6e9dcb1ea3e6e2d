//! Weighs what was found by what a document is.

use super::Engine;
use crate::columns::Columns;
use crate::select::Found;
use portolan_customs::{Collection, StatusKind};

impl Engine {
    /// By status and collection, the often cited and the newer a little. What is out of force stays.
    pub(super) fn ranked(&self, mut found: Vec<Found>, columns: &[Columns]) -> Vec<Found> {
        for hit in &mut found {
            let columns = &columns[hit.segment as usize];
            let at = hit.document as usize;
            let segment = &self.hot.segments[hit.segment as usize];
            let name = self.hot.statuses.get(usize::from(segment.status[at]));
            let status = name.and_then(|name| name.parse().ok());
            let status = status.map_or(1.0, StatusKind::search_weight);
            let collection = (columns.headquarters[at] == 1).then_some(Collection::Hq);
            let office = collection.map_or(1.0, Collection::search_weight);
            let cited = 1.0 + f64::from(segment.cited[at].min(20)) * 0.01;
            // From 0.85 in 1990 to 1 in 2025, by steps of a year.
            let recency =
                0.85 + 0.15 * (f64::from(columns.year[at].clamp(1990, 2025)) - 1990.0) / 35.0;
            let score = hit.score * status * office * cited * recency;
            // Logarithms differ by a bit between machines; what is rounded does not.
            hit.score = (score * 1000.0).round() / 1000.0;
        }
        found
    }
}
