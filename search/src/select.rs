//! Filters, counts and order of what was found.

use crate::chunk::{ChunkError, Chunks};
use crate::columns::{self, Columns, NO_DAY, UNDATED};
use crate::hot::Hot;
use crate::query::{Column, Filter};
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
    /// Whether it has all that was asked.
    pub(crate) is_complete: bool,
}

/// The most hits of one page.
const MAX_LIMIT: usize = 100;

/// Hits of a page where the request does not say.
const LIMIT: usize = 10;

/// Whether a document holds what a query's filter asks for; `column` is that of the filter.
pub(crate) fn holds(
    filter: &Filter,
    column: Option<Arc<columns::Column>>,
    hot: &Hot,
) -> impl Fn(u32) -> bool + use<> {
    let chosen = column.map(|column| Chosen::new(column, meant(filter, hot)));
    move |document| chosen.as_ref().is_some_and(|chosen| chosen.has(document))
}

/// Whether any value of the column is meant by what was typed.
pub(crate) fn is_known(filter: &Filter, hot: &Hot) -> bool {
    meant(filter, hot).contains(&true)
}

/// Of each value of a column, whether it is meant by what was typed.
fn meant(filter: &Filter, hot: &Hot) -> Vec<bool> {
    let Some(column) = hot.column(filter.column.name()) else {
        return Vec::new();
    };
    let mut meant = vec![false; column.values.len()];
    for typed in &filter.values {
        let named = |fits: &dyn Fn(&str, &[String]) -> bool| -> Vec<bool> {
            let names = |at: usize| column.names.get(at).map_or(&[][..], Vec::as_slice);
            let values = column.values.iter().enumerate();
            values.map(|(at, value)| fits(value, names(at))).collect()
        };
        let dashed = typed.replace(' ', "-");
        // A full name means that value alone, a beginning of one all that begin so.
        let mut found = named(&|value, names| {
            value == dashed || names.iter().any(|name| name.to_lowercase() == *typed)
        });
        if !found.contains(&true) {
            found = named(&|value, names| match filter.column {
                Column::Center => {
                    value.contains(&dashed)
                        || names.iter().any(|name| name.to_lowercase().contains(typed))
                }
                Column::Kind => value.starts_with(typed.trim_end_matches('s')),
                _ => value.starts_with(&dashed) || names.iter().any(|name| begins(name, typed)),
            });
        }
        for (meant, found) in meant.iter_mut().zip(found) {
            *meant |= found;
        }
    }
    meant
}

/// Whether a word of a name begins with what was typed, and what follows is the same.
fn begins(name: &str, typed: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.match_indices(typed).map(|(at, _)| at);
    words.any(|at| !name[..at].ends_with(char::is_alphanumeric))
}

/// Values of a column of which one is asked for.
struct Chosen {
    column: Arc<columns::Column>,
    /// By place in the column's dictionary.
    is_asked: Vec<bool>,
}

impl Chosen {
    /// `is_asked` has each value of the column.
    fn new(column: Arc<columns::Column>, is_asked: Vec<bool>) -> Self {
        Self { column, is_asked }
    }

    fn has(&self, document: u32) -> bool {
        let mut places = self.column.of(document).iter();
        places.any(|place| self.is_asked.get(*place as usize) == Some(&true))
    }
}

/// What of the documents found is shown.
pub(crate) struct Selected {
    /// The hits of the page.
    pub(crate) page: Vec<Found>,
    /// How many there are on all pages.
    pub(crate) total: usize,
    /// How many of them come first because they have all that was asked.
    pub(crate) complete: usize,
    /// Whether there are some and none has all that was asked.
    pub(crate) loosened: bool,
    pub(crate) facets: Vec<Facet>,
}

/// Keeps first only those complete documents that are not below the best of the others: a document may have all words of a
/// long question by accident (chosen with `cargo xtask search-bench`).
fn keep_first(hits: &mut [Found]) {
    let others = hits.iter().filter(|hit| !hit.is_complete);
    let best = others.map(|hit| hit.score).fold(0.0, f64::max);
    for hit in hits {
        hit.is_complete &= hit.score >= best;
    }
}

/// Which documents are let through, and what is counted of them.
pub(crate) struct Selection {
    /// What each column must have; no document has it where there is no such column.
    filters: Vec<(Column, Option<Chosen>)>,
    days: Option<RangeInclusive<i32>>,
    counted: Vec<(Column, Arc<columns::Column>)>,
}

impl Selection {
    /// Reads every column that is filtered or counted by; what has not been fetched of any of them is noted.
    pub(crate) fn new(
        request: &Request,
        hot: &Hot,
        columns: &Columns,
        chunks: &Chunks,
    ) -> Result<Self, ChunkError> {
        let read = |column: Column| columns.get(column.name(), hot, chunks);
        let counted: BTreeSet<Column> = request.facets.iter().copied().collect();
        let counted = counted.into_iter().map(|column| (column, read(column)));
        // Each is read before the first failure is given, so that all are fetched together.
        let counted: Vec<_> = counted.collect();
        let chosen = request
            .filters
            .iter()
            .filter(|(_, values)| !values.is_empty());
        let filters = chosen.map(|(column, values)| {
            let chosen = read(*column).map(|read| {
                let column = read?;
                let known = column.values().iter();
                let is_asked = known.map(|known| values.contains(known)).collect();
                Some(Chosen::new(column, is_asked))
            });
            (*column, chosen)
        });
        let filters: Vec<_> = filters.collect();
        let filters = filters
            .into_iter()
            .map(|(column, chosen)| Ok((column, chosen?)));
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

    /// Whether a document passes every filter.
    pub(crate) fn lets(&self, document: u32, columns: &Columns) -> bool {
        self.refused(document, columns).is_empty()
    }

    /// The columns by which a document is left out.
    fn refused(&self, document: u32, columns: &Columns) -> Vec<Column> {
        let has = |chosen: &Option<Chosen>| {
            let chosen = chosen.as_ref();
            chosen.is_some_and(|chosen| chosen.has(document))
        };
        let refused = self.filters.iter().filter(|(_, chosen)| !has(chosen));
        let mut refused: Vec<Column> = refused.map(|(column, _)| *column).collect();
        let day = columns.day[document as usize];
        // A range of days chooses among the years.
        if self.days.as_ref().is_some_and(|days| !days.contains(&day)) {
            refused.push(Column::Year);
        }
        refused
    }

    /// Chooses, counts and sorts what was found.
    pub(crate) fn apply(
        &self,
        found: Vec<Found>,
        columns: &Columns,
        request: &Request,
    ) -> Selected {
        let counted = self.counted.iter();
        let mut counts: Vec<Vec<usize>> = counted
            .map(|(_, values)| vec![0; values.values().len()])
            .collect();
        let mut through = Vec::new();
        for hit in found {
            let refused = self.refused(hit.document, columns);
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
        let loosened = total > 0 && !through.iter().any(|hit| hit.is_complete);
        if request.sort == Sort::Relevance {
            keep_first(&mut through);
        }
        let complete = through.iter().filter(|hit| hit.is_complete).count();
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
        Selected {
            page,
            total,
            complete,
            loosened,
            facets: self.facets(&counts),
        }
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
        // What has all that was asked comes first in every order.
        let by_order = b.is_complete.cmp(&a.is_complete).then(by_order);
        by_order.then_with(|| a.document.cmp(&b.document))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_has_all_words_by_accident_does_not_come_first() {
        let first = |hits: &[(f64, bool)]| {
            let hits = hits.iter().map(|(score, is_complete)| Found {
                document: 0,
                score: *score,
                is_complete: *is_complete,
            });
            let mut hits: Vec<Found> = hits.collect();
            keep_first(&mut hits);
            hits.iter().map(|hit| hit.is_complete).collect::<Vec<_>>()
        };
        assert_eq!(
            first(&[(10.0, true), (2.0, true), (9.0, false)]),
            [true, false, false]
        );
        assert_eq!(first(&[(8.0, true), (9.0, false)]), [false, false]);
        // Without others there is nothing to come after.
        assert_eq!(first(&[(10.0, true), (2.0, true)]), [true, true]);
        assert_eq!(first(&[(0.0, true)]), [true]);
    }
}
