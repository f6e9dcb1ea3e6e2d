//! Runs a query over every segment, and weighs what it finds.

use super::error::{Part, missing_in};
use super::{Engine, EngineError};
use crate::columns::{NO_DAY, name, year};
use crate::plan::Plan;
use crate::select::Found;
use portolan_customs::{Collection, StatusKind};
use std::sync::atomic::Ordering;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

impl Engine {
    /// Gives every document that fits, in no order; all documents where the plan has no query.
    pub(super) fn run(&self, plan: &Plan) -> Part<Vec<Found>> {
        let Some(query) = plan.query() else {
            let all = (0..self.columns.documents()).map(|document| Found {
                document,
                score: 1.0,
            });
            return self.ranked(all.collect()).map(Some);
        };
        match self.searcher.search(&query, &Every) {
            Ok(found) => self.ranked(found).map(Some),
            Err(error) => {
                missing_in(&error)?;
                self.unplanned.fetch_add(1, Ordering::Relaxed);
                Ok(None)
            }
        }
    }

    /// Weighs what was found: by status and collection, the often cited and the newer a little. What is out of
    /// force stays.
    fn ranked(&self, mut found: Vec<Found>) -> Result<Vec<Found>, EngineError> {
        let column = |name| self.columns.get(name, &self.hot, &self.chunks);
        let (status, office) = (column(name::STATUS)?, column(name::OFFICE)?);
        let kind = column(name::KIND)?;
        for hit in &mut found {
            let at = hit.document as usize;
            let status = status
                .as_deref()
                .and_then(|status| status.value_of(hit.document));
            let status = status.and_then(|name| name.parse().ok());
            let status = status.map_or(1.0, StatusKind::search_weight);
            let office = office
                .as_deref()
                .and_then(|office| office.value_of(hit.document));
            let collection = office.is_some().then_some(Collection::Hq);
            let office = collection.map_or(1.0, Collection::search_weight);
            let cited = 1.0 + f64::from(self.hot.cited[at].min(20)) * 0.01;
            // From 0.85 in 1990 to 1 in 2025, by steps of a year.
            let day = self.columns.day[at];
            let year = if day == NO_DAY { 0 } else { year(day) };
            let recency = 0.85 + 0.15 * (f64::from(year.clamp(1990, 2025)) - 1990.0) / 35.0;
            let kind = kind.as_deref().and_then(|kind| kind.value_of(hit.document));
            let kind = if hit.document < self.hot.pages {
                kind
            } else {
                None
            };
            // A page has no date, so it is as good as a recent document.
            let recency = kind.map_or(recency, page_weight);
            let score = hit.score * status * office * cited * recency;
            // Logarithms differ by a bit between machines; what is rounded does not.
            hit.score = (score * 1000.0).round() / 1000.0;
        }
        Ok(found)
    }
}

/// How much a page of a kind counts beside documents. Those that answer a task come first for its words; parts of the
/// tariff share their words with every document on such goods and are found by their numbers.
fn page_weight(kind: &str) -> f64 {
    match kind {
        "problem" | "contact" | "program" | "agency" | "center" | "office" => 1.5,
        "port" | "help" => 1.0,
        "heading" => 0.3,
        "chapter" => 0.2,
        _ => 0.7,
    }
}

/// Collects every document with its score.
struct Every;

struct EveryInSegment {
    found: Vec<Found>,
}

impl Collector for Every {
    type Fruit = Vec<Found>;
    type Child = EveryInSegment;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<EveryInSegment> {
        Ok(EveryInSegment { found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for EveryInSegment {
    type Fruit = Vec<Found>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.found.push(Found {
            document,
            score: f64::from(score),
        });
    }

    fn harvest(self) -> Vec<Found> {
        self.found
    }
}
