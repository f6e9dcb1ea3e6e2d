//! What there was each year: documents by kind, revocations and modifications.

use super::{Finding, Scope, number, source, takeaway};
use crate::document::Kind;
use crate::portal::{ByYear, Subject, Year};
use crate::render::charts::{self, MIN_VALUES, Row};
use crate::render::data::data_set::{Cell, Column, DataSet};
use crate::render::parts::{links, names};
use portolan_customs::Change;
use serde_json::Value;
use std::cmp::Reverse;

/// Something counted by year, with its names in data and for readers.
struct Thing<K> {
    key: K,
    name: String,
    label: String,
    /// The list of it, relative to the root, and that of one year.
    url: Option<String>,
    year_url: Option<YearUrl<K>>,
}

/// The list of a thing in a year, relative to the root.
type YearUrl<K> = fn(Scope<'_>, K, Year) -> Option<String>;

/// The list of a kind, of one year or of all.
fn kind_url(scope: Scope<'_>, kind: Kind, year: Option<Year>) -> Option<String> {
    let portal = scope.site.portal;
    let subject = Subject::Kind(kind, year.map(Reverse));
    let listing = portal.listing(scope.center, &subject)?;
    Some(links::of_listing(scope.site, "", &portal.listings[listing]).url)
}

/// Every year from the first to the last with how many of anything it has.
pub(crate) fn totals<K: Ord + Copy>(counts: &ByYear<K>) -> Vec<(i16, usize)> {
    let Some((first, last)) = counts.span() else {
        return Vec::new();
    };
    (first..=last)
        .map(|year| (year, counts.of_year(year)))
        .collect()
}

pub(crate) fn documents(scope: Scope<'_>) -> Finding {
    let kinds = &scope.site.portal.schema.kinds;
    let counts = &scope.trend.documents;
    let things = kinds
        .listed()
        .filter(|kind| counts.dated(*kind) + counts.undated(*kind) > 0)
        .map(|kind| Thing {
            key: kind,
            name: kinds.folder(kind).to_owned(),
            label: names::kind_heading(scope.site, kind),
            url: kind_url(scope, kind, None),
            year_url: Some(|scope, kind, year| kind_url(scope, kind, Some(year))),
        })
        .collect::<Vec<_>>();
    by_year(scope, "trends-documents", counts, &things)
}

pub(crate) fn changes(scope: Scope<'_>) -> Finding {
    let counts = &scope.trend.changes;
    let things = [
        (Change::Revokes, "revocations"),
        (Change::Modifies, "modifications"),
    ];
    let things = things.map(|(key, name)| Thing {
        key,
        name: name.to_owned(),
        label: scope
            .site
            .words
            .get(&format!("trends-changes.{name}"))
            .to_owned(),
        url: None,
        year_url: None,
    });
    let mut finding = by_year(scope, "trends-changes", counts, &things);
    if scope.trend.reinstated > 0 {
        finding.notes.push(scope.site.words.fill(
            "trends-changes.reinstated",
            &[("count", &scope.site.words.number(scope.trend.reinstated))],
        ));
    }
    finding
}

fn by_year<K: Ord + Copy>(
    scope: Scope<'_>,
    group: &str,
    counts: &ByYear<K>,
    things: &[Thing<K>],
) -> Finding {
    let words = scope.site.words;
    let phrase = |name: &str| format!("{group}.{name}");
    let totals = totals(counts);
    let undated: usize = things.iter().map(|thing| counts.undated(thing.key)).sum();
    let years: Vec<i16> = totals.iter().map(|(year, _)| *year).collect();

    let mut takeaway = takeaway::peak(words, group, &totals);
    if let Some(change) = takeaway::change(words, &totals, scope.through) {
        takeaway = format!("{takeaway} {change}");
    }
    let drawn = &years[years.len().saturating_sub(charts::MAX_COLUMNS)..];
    let rows = rows(scope, group, counts, things, drawn);
    let mut notes = Vec::new();
    if rows.len() > 1 {
        notes.push(words.get("trends.scales").to_owned());
    }
    if let Some(note) = partial(scope, &totals) {
        notes.push(note);
    }
    if drawn.len() < years.len() {
        notes.push(words.fill("trends.begins", &[("year", &drawn[0])]));
    }
    if undated > 0 && !totals.is_empty() {
        notes.push(words.fill(
            &phrase("undated-more"),
            &[("count", &words.number(undated))],
        ));
    }
    let dated: usize = totals.iter().map(|(_, count)| count).sum();
    let is_drawn = years.len() > 1 && dated >= MIN_VALUES;
    let drawing =
        is_drawn.then(|| charts::columns(&rows, drawn, |year| scope.through.is_partial(year)));
    let data = year_table(scope, counts, things, &totals, undated);
    Finding {
        title: words.get(&phrase("title")).to_owned(),
        takeaway,
        notes,
        source: source(scope),
        drawing,
        bars: Vec::new(),
        rows: data.rows.len(),
        data,
    }
}

/// A row of columns for each thing, below one for all of them where there are several.
fn rows<K: Ord + Copy>(
    scope: Scope<'_>,
    group: &str,
    counts: &ByYear<K>,
    things: &[Thing<K>],
    years: &[i16],
) -> Vec<Row> {
    let words = scope.site.words;
    let row = |label: &str, thing: Option<&Thing<K>>, count: &dyn Fn(i16) -> usize| {
        let sum = words.number(years.iter().map(|year| count(*year)).sum());
        let columns = years.iter().map(|year| {
            let url = thing.and_then(|thing| (thing.year_url?)(scope, thing.key, Year::Of(*year)));
            Some(charts::Column {
                value: count(*year) as u64,
                shown: words.number(count(*year)),
                url,
            })
        });
        Row {
            name: words.fill("trends.row", &[("name", &label), ("sum", &sum)]),
            url: thing.and_then(|thing| thing.url.clone()),
            columns: columns.collect(),
        }
    };
    let dated = |least: usize| {
        let things = things.iter();
        things.filter(move |thing| counts.dated(thing.key) >= least)
    };
    let all = (dated(1).count() > 1).then(|| {
        let label = words.get(&format!("{group}.all")).to_owned();
        row(&label, None, &|year| counts.of_year(year))
    });
    // What there is less of is in the table.
    let each = dated(MIN_VALUES).map(|thing| {
        row(&thing.label, Some(thing), &|year| {
            counts.count(thing.key, year)
        })
    });
    all.into_iter().chain(each).collect()
}

/// Which of the years that have something may go on.
fn partial(scope: Scope<'_>, totals: &[(i16, usize)]) -> Option<String> {
    let years = totals
        .iter()
        .filter(|(year, count)| *count > 0 && scope.through.is_partial(*year));
    let years: Vec<String> = years.map(|(year, _)| year.to_string()).collect();
    if years.is_empty() {
        return None;
    }
    let date = scope.site.date(scope.through.newest);
    let years = takeaway::listed(scope.site.words, &years);
    Some(
        scope
            .site
            .words
            .fill("trends.partial", &[("years", &years), ("date", &date)]),
    )
}

fn year_table<K: Ord + Copy>(
    scope: Scope<'_>,
    counts: &ByYear<K>,
    things: &[Thing<K>],
    totals: &[(i16, usize)],
    undated: usize,
) -> DataSet {
    let words = scope.site.words;
    let mut columns = vec![Column::new("year", words.get("trends.year"))];
    let names = things
        .iter()
        .map(|thing| Column::new(&thing.name, &thing.label));
    columns.extend(names);
    // For readers one column needs no sum.
    let total = if things.len() > 1 {
        words.get("trends.total")
    } else {
        ""
    };
    columns.push(Column::new("total", total));
    let row = |head: Cell, year: Year, count: &dyn Fn(K) -> usize, total: usize| {
        let cells = things.iter().map(|thing| {
            let url = thing.year_url.filter(|_| count(thing.key) > 0);
            let url = url.and_then(|url| url(scope, thing.key, year));
            number(scope, count(thing.key)).linked(url)
        });
        [head]
            .into_iter()
            .chain(cells)
            .chain([number(scope, total)])
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<Cell>> = totals
        .iter()
        .map(|(year, total)| {
            let head = Cell::new(*year, year.to_string());
            row(
                head,
                Year::Of(*year),
                &|key| counts.count(key, *year),
                *total,
            )
        })
        .collect();
    if undated > 0 {
        let head = Cell::new(Value::Null, words.get("list.undated").to_owned());
        rows.push(row(
            head,
            Year::Undated,
            &|key| counts.undated(key),
            undated,
        ));
    }
    DataSet { columns, rows }
}
