//! Filters, counts and order of what was found.

use crate::columns::Columns;
use crate::hot::Hot;
use crate::query::{Column, Filter};
use crate::results::{Facet, FacetValue, Request, Sort};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A document that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// The segment's blob.
    pub(crate) segment: u32,
    pub(crate) document: u32,
    pub(crate) score: f64,
    /// Whether it has all that was asked.
    pub(crate) is_complete: bool,
}

/// Whether a document of a segment holds what a query's filter asks for.
pub(crate) fn holds<'a>(
    filter: &Filter,
    hot: &'a Hot,
) -> impl Fn(&[Columns], u32, u32) -> bool + use<'a> {
    let column = filter.column;
    let bits = typed(filter, hot);
    let years: Vec<u16> = filter
        .values
        .iter()
        .filter_map(|value| year(value))
        .collect();
    move |columns, segment, document| {
        let (segment, at) = (segment as usize, document as usize);
        let columns = &columns[segment];
        match column {
            Column::Center => columns.centers[at] & bits != 0,
            Column::Kind => bit(columns.kind[at]) & bits != 0,
            Column::Status => bit(hot.segments[segment].status[at]) & bits != 0,
            Column::Year => years.contains(&columns.year[at]),
        }
    }
}

/// Whether any value of the column is meant by what was typed.
pub(crate) fn is_known(filter: &Filter, hot: &Hot) -> bool {
    filter.column == Column::Year || typed(filter, hot) != 0
}

/// The values of a column that what was typed means: of a Center a part of its slug or name, of another one its beginning.
fn typed(filter: &Filter, hot: &Hot) -> u64 {
    let any = |fits: &dyn Fn(&str, &str) -> bool| {
        let mut values = filter.values.iter();
        values.any(|typed| fits(typed, &typed.replace(' ', "-")))
    };
    let named = |values: &[String], fits: &dyn Fn(&str, &str, &str) -> bool| {
        let values = values.iter();
        mask(
            values
                .map(|value| !value.is_empty() && any(&|typed, dashed| fits(value, typed, dashed))),
        )
    };
    match filter.column {
        Column::Center => mask(hot.centers.iter().map(|center| {
            let name = center.name.to_lowercase();
            any(&|typed, dashed| center.slug.contains(dashed) || name.contains(typed))
        })),
        Column::Kind => named(&hot.kinds, &|kind, typed, _| {
            kind.starts_with(typed.trim_end_matches('s'))
        }),
        Column::Status => named(&hot.statuses, &|status, _, dashed| {
            status.starts_with(dashed)
        }),
        Column::Year => 0,
    }
}

/// The most hits of one page.
const MAX_LIMIT: usize = 100;

/// Hits of a page where the request does not say.
const LIMIT: usize = 10;

/// Which values of each column are let through. Values are bits: a document has one kind and one status, and the bits of
/// its Centers; years are too many for that.
pub(crate) struct Selection<'a> {
    hot: &'a Hot,
    center: Bits,
    kind: Bits,
    status: Bits,
    year: Years,
}

/// Sets of values: a document must meet every one.
#[derive(Default)]
struct Bits {
    wanted: Vec<u64>,
}

impl Bits {
    fn pass(&self, bits: u64) -> bool {
        self.wanted.iter().all(|wanted| wanted & bits != 0)
    }
}

#[derive(Default)]
struct Years {
    wanted: Vec<Vec<u16>>,
}

impl Years {
    fn pass(&self, year: u16) -> bool {
        self.wanted.iter().all(|wanted| wanted.contains(&year))
    }
}

/// Counts by value.
struct Counts {
    center: [usize; 64],
    kind: [usize; 64],
    status: [usize; 64],
    year: BTreeMap<u16, usize>,
}

impl<'a> Selection<'a> {
    pub(crate) fn new(request: &Request, hot: &'a Hot) -> Self {
        let mut selection = Self {
            hot,
            center: Bits::default(),
            kind: Bits::default(),
            status: Bits::default(),
            year: Years::default(),
        };
        let chosen = [
            (Column::Center, &request.center),
            (Column::Kind, &request.kind),
            (Column::Status, &request.status),
            (Column::Year, &request.year),
        ];
        for (column, values) in chosen {
            if !values.is_empty() {
                let exact = |known: &str, _: &str| values.iter().any(|value| value == known);
                let years = values.iter().filter_map(|value| year(value)).collect();
                selection.add(column, &exact, years);
            }
        }
        selection
    }

    fn add(&mut self, column: Column, fits: &dyn Fn(&str, &str) -> bool, years: Vec<u16>) {
        let bits = |values: &[String]| {
            mask(
                values
                    .iter()
                    .map(|value| !value.is_empty() && fits(value, value)),
            )
        };
        let (set, bits) = match column {
            Column::Center => {
                let centers = self.hot.centers.iter();
                (
                    &mut self.center,
                    mask(centers.map(|center| fits(&center.slug, &center.name))),
                )
            }
            Column::Kind => (&mut self.kind, bits(&self.hot.kinds)),
            Column::Status => (&mut self.status, bits(&self.hot.statuses)),
            Column::Year => {
                self.year.wanted.push(years);
                return;
            }
        };
        set.wanted.push(bits);
    }

    /// Gives the hits of the page, how many there are in all, how many of them are complete, and the counts.
    pub(crate) fn apply(
        &self,
        found: Vec<Found>,
        columns: &[Columns],
        request: &Request,
    ) -> (Vec<Found>, usize, usize, Vec<Facet>) {
        let mut counts = Counts {
            center: [0; 64],
            kind: [0; 64],
            status: [0; 64],
            year: BTreeMap::new(),
        };
        let mut through = Vec::new();
        for hit in found {
            let (at, columns) = (hit.document as usize, &columns[hit.segment as usize]);
            let center = columns.centers[at];
            let kind = bit(columns.kind[at]);
            let status = bit(self.hot.segments[hit.segment as usize].status[at]);
            let year = columns.year[at];
            let passes = [
                self.center.pass(center),
                self.kind.pass(kind),
                self.status.pass(status),
                self.year.pass(year),
            ];
            let others_pass = |column: usize| {
                passes
                    .iter()
                    .enumerate()
                    .all(|(other, passes)| *passes || other == column)
            };
            if others_pass(0) {
                count(&mut counts.center, center);
            }
            if others_pass(1) {
                count(&mut counts.kind, kind);
            }
            if others_pass(2) {
                count(&mut counts.status, status);
            }
            if others_pass(3) {
                *counts.year.entry(year).or_default() += 1;
            }
            if passes == [true; 4] {
                through.push(hit);
            }
        }
        let total = through.len();
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
        (page, total, complete, self.facets(&counts))
    }

    fn facets(&self, counts: &Counts) -> Vec<Facet> {
        let centers = self.hot.centers.iter();
        let centers = centers.map(|center| (&center.slug, Some(&center.name)));
        let kinds = self.hot.kinds.iter().map(|kind| (kind, None));
        let statuses = self.hot.statuses.iter().map(|status| (status, None));
        // Newest first, undated last.
        let dated = counts.year.iter().rev().filter(|(year, _)| **year != 0);
        let undated = counts.year.get_key_value(&0);
        let years = dated.chain(undated).map(|(year, count)| FacetValue {
            value: year_name(*year),
            name: None,
            count: *count,
        });
        vec![
            facet(Column::Center, centers, &counts.center),
            facet(Column::Kind, kinds, &counts.kind),
            facet(Column::Status, statuses, &counts.status),
            Facet {
                column: Column::Year,
                values: years.collect(),
            },
        ]
    }
}

/// The values of a column of bits that documents have.
fn facet<'a>(
    column: Column,
    values: impl Iterator<Item = (&'a String, Option<&'a String>)>,
    counts: &[usize; 64],
) -> Facet {
    let values = values
        .zip(counts)
        .filter(|((value, _), count)| **count > 0 && !value.is_empty());
    Facet {
        column,
        values: values
            .map(|((value, name), count)| FacetValue {
                value: value.clone(),
                name: name.cloned(),
                count: *count,
            })
            .collect(),
    }
}

fn sort(hits: &mut [Found], columns: &[Columns], order: Sort) {
    let day = |hit: &Found| columns[hit.segment as usize].day[hit.document as usize];
    hits.sort_by(|a, b| {
        let newest = || day(b).cmp(&day(a));
        let by_order = match order {
            Sort::Relevance => b
                .score
                .partial_cmp(&a.score)
                .unwrap_or(Ordering::Equal)
                .then_with(newest),
            Sort::Newest => newest(),
            Sort::Oldest => (day(a) == i32::MIN)
                .cmp(&(day(b) == i32::MIN))
                .then_with(|| day(a).cmp(&day(b))),
        };
        // What has all that was asked comes first in every order.
        let by_order = b.is_complete.cmp(&a.is_complete).then(by_order);
        by_order.then_with(|| (a.segment, a.document).cmp(&(b.segment, b.document)))
    });
}

fn bit(at: u8) -> u64 {
    1_u64.checked_shl(u32::from(at)).unwrap_or(0)
}

fn mask(fits: impl Iterator<Item = bool>) -> u64 {
    fits.take(64)
        .enumerate()
        .fold(0, |mask, (at, fits)| mask | (u64::from(fits) << at))
}

fn count(counts: &mut [usize; 64], mut bits: u64) {
    while bits != 0 {
        counts[bits.trailing_zeros() as usize] += 1;
        bits &= bits - 1;
    }
}

/// The year of documents that have none.
const UNDATED: &str = "undated";

/// The number of a year in its column; 0 where undated.
fn year(text: &str) -> Option<u16> {
    if text == UNDATED {
        Some(0)
    } else {
        text.parse().ok().filter(|year| *year != 0)
    }
}

/// The same the other way round.
fn year_name(year: u16) -> String {
    if year == 0 {
        UNDATED.to_owned()
    } else {
        year.to_string()
    }
}
