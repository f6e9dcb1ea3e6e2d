//! Filters, counts and order of what was found.

use crate::chunk::{ChunkError, Chunks};
use crate::columns::{self, Columns, NO_DAY, UNDATED};
use crate::hot::Hot;
use crate::query::{Column, Query};
use crate::results::{Facet, FacetValue, Request, Sort};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A document that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) document: u32,
    pub(crate) score: f64,
}

/// The most hits of one page.
const MAX_LIMIT: usize = 100;

/// Hits of a page where the request does not say.
const LIMIT: usize = 10;

/// Which documents are let through, and what is counted of them.
pub(crate) struct Selection {
    filters: Vec<Filter>,
    days: Option<RangeInclusive<i32>>,
    counted: Vec<(Column, Arc<columns::Column>)>,
}

/// What a column must have.
struct Filter {
    column: Column,
    /// Of the column's dictionary, the values of which one is asked for; no document has one where there is no column.
    values: Option<(Arc<columns::Column>, Vec<bool>)>,
    not: bool,
}

impl Filter {
    fn passes(&self, document: u32) -> bool {
        let has_one = self.values.as_ref().is_some_and(|(column, is_asked)| {
            let mut places = column.of(document).iter();
            places.any(|place| is_asked[*place as usize])
        });
        has_one != self.not
    }
}

impl Selection {
    /// Reads every column that is filtered or counted by; what has not been fetched of any of them is noted.
    pub(crate) fn new(
        request: &Request,
        query: &Query,
        hot: &Hot,
        columns: &Columns,
        chunks: &Chunks,
    ) -> Result<Self, ChunkError> {
        let read = |column: Column| columns.get(column.name(), hot, chunks);
        let counted: BTreeSet<Column> = request.facets.iter().copied().collect();
        let counted = counted.into_iter().map(|column| (column, read(column)));
        // Each is read before the first failure is given, so that all are fetched together.
        let counted: Vec<_> = counted.collect();
        let mut filters = Vec::new();
        for (column, values) in &request.filters {
            if !values.is_empty() {
                let exact = |known: &str| values.iter().any(|value| value == known);
                filters.push((*column, read(*column).map(|read| asked(read, exact)), false));
            }
        }
        for filter in &query.filters {
            let typed = filter.value.as_str();
            let dashed = typed.replace(' ', "-");
            let name = |slug: &str| center_name(hot, slug).unwrap_or_default().to_lowercase();
            // A Center is meant by a part of its slug or name, another value by its beginning.
            let fits = |known: &str| match filter.column {
                Column::Center => known.contains(&dashed) || name(known).contains(typed),
                Column::Kind => known.starts_with(typed.trim_end_matches('s')),
                _ => known.starts_with(&dashed),
            };
            let values = read(filter.column).map(|read| asked(read, fits));
            filters.push((filter.column, values, filter.not));
        }
        let filters = filters.into_iter().map(|(column, values, not)| {
            let values = values?;
            Ok(Filter {
                column,
                values,
                not,
            })
        });
        let counted = counted.into_iter().filter_map(|(column, read)| {
            let read = read.transpose()?;
            Some(read.map(|values| (column, values)))
        });
        Ok(Self {
            filters: filters.collect::<Result<_, ChunkError>>()?,
            days: days(request),
            counted: counted.collect::<Result<_, ChunkError>>()?,
        })
    }

    /// Gives the hits of the page, how many there are in all, and the counts.
    pub(crate) fn apply(
        &self,
        found: Vec<Found>,
        columns: &Columns,
        request: &Request,
    ) -> (Vec<Found>, usize, Vec<Facet>) {
        let counted = self.counted.iter();
        let mut counts: Vec<Vec<usize>> = counted
            .map(|(_, values)| vec![0; values.values().len()])
            .collect();
        let mut through = Vec::new();
        for hit in found {
            let refused = self
                .filters
                .iter()
                .filter(|filter| !filter.passes(hit.document));
            let mut refused: Vec<Column> = refused.map(|filter| filter.column).collect();
            let day = columns.day[hit.document as usize];
            // A range of days chooses among the years.
            if self.days.as_ref().is_some_and(|days| !days.contains(&day)) {
                refused.push(Column::Year);
            }
            for ((column, values), counts) in self.counted.iter().zip(&mut counts) {
                if refused.iter().all(|refused| refused == column) {
                    for place in values.of(hit.document) {
                        counts[*place as usize] += 1;
                    }
                }
            }
            if refused.is_empty() {
                through.push(hit);
            }
        }
        let total = through.len();
        sort(&mut through, columns, request.sort);
        let limit = if request.limit == 0 {
            LIMIT
        } else {
            request.limit.min(MAX_LIMIT)
        };
        let page = through
            .into_iter()
            .skip(request.offset)
            .take(limit)
            .collect();
        (page, total, self.facets(&counts))
    }

    fn facets(&self, counts: &[Vec<usize>]) -> Vec<Facet> {
        let facets = self.counted.iter().zip(counts);
        let facets = facets.map(|((column, values), counts)| {
            let values = values
                .values()
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0);
            let mut values: Vec<FacetValue> = values
                .map(|(value, count)| FacetValue {
                    value: value.clone(),
                    count: *count,
                })
                .collect();
            match column {
                // Newest first, undated last.
                Column::Year => values.sort_by(|a, b| {
                    let is_undated = |year: &FacetValue| year.value == UNDATED;
                    let newest = || b.value.cmp(&a.value);
                    is_undated(a).cmp(&is_undated(b)).then_with(newest)
                }),
                // In the order of the site, as readers know them.
                Column::Center | Column::Kind | Column::Status => {}
                // The most frequent first.
                _ => values.sort_by(|a, b| {
                    let first = || a.value.cmp(&b.value);
                    b.count.cmp(&a.count).then_with(first)
                }),
            }
            Facet {
                column: *column,
                values,
            }
        });
        facets.collect()
    }
}

/// The days of a request. Where only one end is given, the undated are no part of it, either.
fn days(request: &Request) -> Option<RangeInclusive<i32>> {
    let day = |text: &Option<String>| columns::day(text.as_deref()?);
    let (from, to) = (day(&request.from), day(&request.to));
    let is_range = from.is_some() || to.is_some();
    is_range.then(|| from.unwrap_or(NO_DAY + 1)..=to.unwrap_or(i32::MAX))
}

/// The values of a column that are asked for.
fn asked(
    column: Option<Arc<columns::Column>>,
    fits: impl Fn(&str) -> bool,
) -> Option<(Arc<columns::Column>, Vec<bool>)> {
    let column = column?;
    let is_asked = column.values().iter().map(|value| fits(value)).collect();
    Some((column, is_asked))
}

fn center_name<'a>(hot: &'a Hot, slug: &str) -> Option<&'a str> {
    let center = hot.centers.iter().find(|center| center.slug == slug);
    center.map(|center| center.name.as_str())
}

fn sort(hits: &mut [Found], columns: &Columns, order: Sort) {
    let day = |hit: &Found| columns.day[hit.document as usize];
    hits.sort_by(|a, b| {
        let newest = || day(b).cmp(&day(a));
        let by_order = match order {
            Sort::Relevance => b
                .score
                .partial_cmp(&a.score)
                .unwrap_or(Ordering::Equal)
                .then_with(newest),
            Sort::Newest => newest(),
            Sort::Oldest => (day(a) == NO_DAY)
                .cmp(&(day(b) == NO_DAY))
                .then_with(|| day(a).cmp(&day(b))),
        };
        by_order.then_with(|| a.document.cmp(&b.document))
    });
}
