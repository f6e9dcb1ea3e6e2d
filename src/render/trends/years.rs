//! What there was each year: documents by kind, revocations and modifications.

use super::data_set::{Cell, Column, DataSet};
use super::{Told, Trends, takeaway};
use crate::portal::{ByYear, Change};
use crate::render::chart::{self, Row};
use serde_json::Value;

/// Something counted by year, with its names in data and for readers.
struct Thing<K> {
    key: K,
    name: String,
    label: String,
}

/// Every year from the first to the last with how many of anything it has.
pub(super) fn totals<K: Ord + Copy>(counts: &ByYear<K>) -> Vec<(i16, usize)> {
    let Some((first, last)) = counts.span() else {
        return Vec::new();
    };
    (first..=last)
        .map(|year| (year, counts.of_year(year)))
        .collect()
}

impl Trends<'_> {
    pub(super) fn documents(&self) -> Told {
        let kinds = &self.viewer.portal.schema.kinds;
        let counts = &self.trend.documents;
        let things = kinds
            .listed()
            .filter(|kind| counts.dated(*kind) + counts.undated(*kind) > 0)
            .map(|kind| Thing {
                key: kind,
                name: kinds.folder(kind).to_owned(),
                label: self.viewer.kind_heading(kind),
            })
            .collect::<Vec<_>>();
        self.by_year("trends-documents", counts, &things)
    }

    pub(super) fn changes(&self) -> Told {
        let counts = &self.trend.changes;
        let things = [
            (Change::Revokes, "revocations"),
            (Change::Modifies, "modifications"),
        ];
        let things = things.map(|(key, name)| Thing {
            key,
            name: name.to_owned(),
            label: self.words.get(&format!("trends-changes.{name}")).to_owned(),
        });
        let mut told = self.by_year("trends-changes", counts, &things);
        if self.trend.reinstated > 0 {
            told.notes.push(self.words.fill(
                "trends-changes.reinstated",
                &[("count", &self.words.number(self.trend.reinstated))],
            ));
        }
        told
    }

    fn by_year<K: Ord + Copy>(&self, group: &str, counts: &ByYear<K>, things: &[Thing<K>]) -> Told {
        let words = self.words;
        let phrase = |name: &str| format!("{group}.{name}");
        let totals = totals(counts);
        let undated: usize = things.iter().map(|thing| counts.undated(thing.key)).sum();
        let years: Vec<i16> = totals.iter().map(|(year, _)| *year).collect();

        let mut takeaway = takeaway::peak(words, group, &totals);
        if let Some(change) = takeaway::change(words, &totals, self.closing) {
            takeaway = format!("{takeaway} {change}");
        }
        let drawn = &years[years.len().saturating_sub(chart::MAX_COLUMNS)..];
        let rows = self.rows(group, counts, things, drawn);
        let mut notes = Vec::new();
        if rows.len() > 1 {
            notes.push(words.get("trends.scales").to_owned());
        }
        if let Some(note) = self.partial(&totals) {
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
        let drawing = (years.len() > 1).then(|| {
            chart::columns(takeaway.clone(), &rows, drawn, |year| {
                self.closing.is_partial(year)
            })
        });
        let data = self.year_table(counts, things, &totals, undated);
        Told {
            title: words.get(&phrase("title")).to_owned(),
            takeaway,
            notes,
            source: self.source(),
            drawing,
            rows: data.rows.len(),
            data,
        }
    }

    /// A row of columns for each thing, below one for all of them where there are several.
    fn rows<K: Ord + Copy>(
        &self,
        group: &str,
        counts: &ByYear<K>,
        things: &[Thing<K>],
        years: &[i16],
    ) -> Vec<Row> {
        let row = |label: &str, count: &dyn Fn(i16) -> usize| {
            let values: Vec<usize> = years.iter().map(|year| count(*year)).collect();
            let sum = self.words.number(values.iter().sum());
            Row {
                name: self
                    .words
                    .fill("trends.row", &[("name", &label), ("sum", &sum)]),
                values: values
                    .into_iter()
                    .map(|value| Some((value as u64, self.words.number(value))))
                    .collect(),
            }
        };
        let things: Vec<&Thing<K>> = things
            .iter()
            .filter(|thing| counts.dated(thing.key) > 0)
            .collect();
        let all = (things.len() > 1).then(|| {
            let label = self.words.get(&format!("{group}.all")).to_owned();
            row(&label, &|year| counts.of_year(year))
        });
        let each = things
            .iter()
            .map(|thing| row(&thing.label, &|year| counts.count(thing.key, year)));
        all.into_iter().chain(each).collect()
    }

    /// Which of the years that have something may go on.
    fn partial(&self, totals: &[(i16, usize)]) -> Option<String> {
        let years = totals
            .iter()
            .filter(|(year, count)| *count > 0 && self.closing.is_partial(*year));
        let years: Vec<String> = years.map(|(year, _)| year.to_string()).collect();
        if years.is_empty() {
            return None;
        }
        let date = self.viewer.date(self.closing.newest);
        let years = takeaway::listed(self.words, &years);
        Some(
            self.words
                .fill("trends.partial", &[("years", &years), ("date", &date)]),
        )
    }

    fn year_table<K: Ord + Copy>(
        &self,
        counts: &ByYear<K>,
        things: &[Thing<K>],
        totals: &[(i16, usize)],
        undated: usize,
    ) -> DataSet {
        let words = self.words;
        let mut columns = vec![Column::new("year", words.get("trends.year"))];
        let names = things
            .iter()
            .map(|thing| Column::new(&thing.name, &thing.label));
        columns.extend(names);
        // For readers one column needs no sum beside it.
        let total = if things.len() > 1 {
            words.get("trends.total")
        } else {
            ""
        };
        columns.push(Column::new("total", total));
        let row = |head: Cell, count: &dyn Fn(K) -> usize, total: usize| {
            let cells = things.iter().map(|thing| self.number(count(thing.key)));
            [head]
                .into_iter()
                .chain(cells)
                .chain([self.number(total)])
                .collect::<Vec<_>>()
        };
        let mut rows: Vec<Vec<Cell>> = totals
            .iter()
            .map(|(year, total)| {
                let head = Cell::new(*year, year.to_string());
                row(head, &|key| counts.count(key, *year), *total)
            })
            .collect();
        if undated > 0 {
            let head = Cell::new(Value::Null, words.get("list.undated").to_owned());
            rows.push(row(head, &|key| counts.undated(key), undated));
        }
        DataSet { columns, rows }
    }
}
