//! How long rulings were in force until they were revoked.

use super::{Finding, Scope, number, source};
use crate::portal::Ages;
use crate::render::charts::{self, Bar, MIN_VALUES, Part};
use crate::render::data::data_set::{Cell, Column, DataSet};
use serde_json::Value;

pub(crate) fn ages(scope: Scope<'_>) -> Finding {
    let words = scope.site.words;
    let ages = &scope.trend.ages;
    let median = age(scope, ages.median().unwrap_or(0));
    let takeaway = words.fill(
        "trends-ages.median",
        &[("count", &words.number(ages.known())), ("age", &median)],
    );
    let counts = ages.groups();
    let groups: Vec<(u32, Option<u32>, String, usize)> = counts
        .into_iter()
        .enumerate()
        .map(|(at, count)| {
            let (from, to) = (Ages::FROM[at], Ages::FROM.get(at + 1).copied());
            (from, to, group(scope, from, to), count)
        })
        .collect();
    let bars = groups.iter().map(|(_, _, name, count)| Bar {
        name: name.clone(),
        url: None,
        part: Part {
            value: *count,
            of: ages.known(),
            shown: words.number(*count),
        },
        all: None,
    });
    let bars = if ages.known() < MIN_VALUES {
        Vec::new()
    } else {
        charts::bars(bars.collect())
    };
    let mut notes = vec![words.get("trends-ages.middle").to_owned()];
    if ages.unknown > 0 {
        let count = words.number(ages.unknown);
        notes.push(words.fill("trends-ages.unknown", &[("count", &count)]));
    }
    let count = groups.len();
    let rows = groups.into_iter().map(|(from, to, name, count)| {
        let bound = |years: u32| Cell::new(years, String::new());
        let to = to.map_or_else(|| Cell::new(Value::Null, String::new()), bound);
        vec![Cell::text(name), bound(from), to, number(scope, count)]
    });
    Finding {
        title: words.get("trends-ages.title").to_owned(),
        drawing: None,
        bars,
        takeaway,
        notes,
        source: source(scope),
        data: DataSet {
            columns: vec![
                Column::new("age", words.get("trends-ages.age")),
                Column::new("from_years", ""),
                Column::new("below_years", ""),
                Column::new("rulings", words.get("trends-ages.rulings")),
            ],
            rows: rows.collect(),
        },
        rows: count,
    }
}

fn group(scope: Scope<'_>, from: u32, to: Option<u32>) -> String {
    let words = scope.site.words;
    match to {
        Some(to) if from == 0 => words.fill("trends-ages.below", &[("to", &to)]),
        Some(to) => words.fill("trends-ages.between", &[("from", &from), ("to", &to)]),
        None => words.fill("trends-ages.from", &[("from", &from)]),
    }
}

/// An age in words: months below two years, then years and months.
fn age(scope: Scope<'_>, months: u32) -> String {
    let words = scope.site.words;
    let in_months = |months: u32| words.fill("trends-ages.months", &[("count", &months)]);
    if months < 24 {
        return in_months(months);
    }
    let years = words.fill("trends-ages.years", &[("count", &(months / 12))]);
    match months % 12 {
        0 => years,
        rest => words.fill(
            "trends.and",
            &[("before", &years), ("last", &in_months(rest))],
        ),
    }
}
