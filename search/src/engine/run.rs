//! Runs a query over every segment, and weighs what it finds.

use super::Engine;
use super::error::{Part, missing_in};
use crate::columns::Columns;
use crate::plan::Plan;
use crate::select::Found;
use portolan_customs::{Collection, StatusKind};
use std::sync::atomic::Ordering;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

impl Engine {
    /// Gives every document that fits, in no order; all documents where the plan has no query.
    pub(super) fn run(&self, plan: &Plan, columns: &[Columns]) -> Part<Vec<Found>> {
        let Some(query) = plan.query() else {
            let all = columns.iter().zip(0_u32..).flat_map(|(columns, segment)| {
                let documents = u32::try_from(columns.kind.len()).unwrap_or(0);
                (0..documents).map(move |document| Found {
                    segment,
                    document,
                    score: 1.0,
                })
            });
            return Ok(Some(self.ranked(all.collect(), columns)));
        };
        match self.searcher.search(&query, &Every { blobs: &self.blobs }) {
            Ok(found) => Ok(Some(self.ranked(found, columns))),
            Err(error) => {
                missing_in(&error)?;
                self.unplanned.fetch_add(1, Ordering::Relaxed);
                Ok(None)
            }
        }
    }

    /// Weighs what was found: by status and collection, the often cited and the newer a little. What is out of
    /// force stays.
    fn ranked(&self, mut found: Vec<Found>, columns: &[Columns]) -> Vec<Found> {
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

/// Collects every document with its score.
struct Every<'a> {
    blobs: &'a [u32],
}

struct EveryInSegment {
    blob: u32,
    found: Vec<Found>,
}

impl Collector for Every<'_> {
    type Fruit = Vec<Found>;
    type Child = EveryInSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<EveryInSegment> {
        Ok(EveryInSegment {
            blob: self.blobs[segment as usize],
            found: Vec::new(),
        })
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
            segment: self.blob,
            document,
            score: f64::from(score),
        });
    }

    fn harvest(self) -> Vec<Found> {
        self.found
    }
}
