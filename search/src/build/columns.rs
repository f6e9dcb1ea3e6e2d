//! Columns in the making.

use super::BuildOptions;
use crate::columns::{Column, name};
use portolan_customs::StatusKind;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The columns of documents that follow one another.
#[derive(Debug, Default)]
pub(super) struct ColumnsBuilder {
    columns: BTreeMap<String, ColumnBuilder>,
    documents: usize,
}

/// One column. A column begins with the first document that has a value in it.
#[derive(Debug, Default)]
struct ColumnBuilder {
    /// Values in the order in which they came.
    values: Vec<Box<str>>,
    places: FxHashMap<Box<str>, u32>,
    /// Documents with their values, one pair for each value.
    entries: Vec<(usize, u32)>,
}

impl ColumnBuilder {
    fn place(&mut self, value: &str) -> u32 {
        if let Some(place) = self.places.get(value) {
            return *place;
        }
        let place = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(Box::from(value));
        self.places.insert(Box::from(value), place);
        place
    }
}

impl ColumnsBuilder {
    /// Adds a document after those before it.
    pub(super) fn add<'a>(&mut self, columns: impl Iterator<Item = (&'a str, Vec<String>)>) {
        for (name, values) in columns {
            for value in values.iter().filter(|value| !value.is_empty()) {
                let column = self.columns.entry(name.to_owned()).or_default();
                let place = column.place(value);
                column.entries.push((self.documents, place));
            }
        }
        self.documents += 1;
    }

    /// Adds documents that follow these.
    pub(super) fn append(&mut self, after: Self) {
        for (name, from) in after.columns {
            let column = self.columns.entry(name).or_default();
            let places: Vec<u32> = from
                .values
                .iter()
                .map(|value| column.place(value))
                .collect();
            let entries = from.entries.iter();
            let moved = entries
                .map(|(document, place)| (self.documents + document, places[*place as usize]));
            column.entries.extend(moved);
        }
        self.documents += after.documents;
    }

    /// The columns by name. Values that the options list have their order, and others come after them, sorted.
    pub(super) fn finish(self, options: &BuildOptions) -> Vec<(String, Column)> {
        let listed = |column: &str| -> Vec<&str> {
            match column {
                name::CENTER => options
                    .centers
                    .iter()
                    .map(|(slug, _)| slug.as_str())
                    .collect(),
                name::KIND => options.kinds.iter().map(String::as_str).collect(),
                name::STATUS => StatusKind::ALL.map(StatusKind::name).to_vec(),
                _ => Vec::new(),
            }
        };
        let documents = self.documents;
        let columns = self.columns.into_iter();
        columns
            .map(|(name, column)| {
                let listed = listed(&name);
                (name, finish(column, &listed, documents))
            })
            .collect()
    }
}

fn finish(column: ColumnBuilder, listed: &[&str], documents: usize) -> Column {
    let mut order: Vec<usize> = (0..column.values.len()).collect();
    order.sort_by_key(|at| {
        let value = &*column.values[*at];
        let rank = listed.iter().position(|listed| *listed == value);
        (rank.unwrap_or(usize::MAX), value)
    });
    let mut places = vec![0; order.len()];
    for (place, at) in (0..).zip(&order) {
        places[*at] = place;
    }
    let values = order
        .iter()
        .map(|at| column.values[*at].to_string())
        .collect();
    let mut entries = column.entries;
    for (_, place) in &mut entries {
        *place = places[*place as usize];
    }
    entries.sort_unstable();
    entries.dedup();
    let places: Vec<u32> = entries.iter().map(|(_, place)| *place).collect();
    let mut at = 0;
    let of_document = |document: usize| {
        let start = at;
        at += entries[start..]
            .iter()
            .take_while(|(of, _)| *of == document)
            .count();
        &places[start..at]
    };
    Column::new(values, (0..documents).map(of_document))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_joined_are_the_columns_of_all_documents() {
        let options = BuildOptions {
            kinds: ["ruling", "decision"].map(str::to_owned).to_vec(),
            ..BuildOptions::default()
        };
        let documents: Vec<Vec<(&str, Vec<String>)>> = vec![
            vec![
                (name::KIND, vec!["decision".to_owned()]),
                (
                    "country",
                    vec!["vn".to_owned(), "cn".to_owned(), "vn".to_owned()],
                ),
            ],
            vec![(name::KIND, vec!["update".to_owned()])],
            vec![
                (name::KIND, vec!["ruling".to_owned()]),
                ("country", vec!["ae".to_owned(), String::new()]),
            ],
        ];
        type Values = Vec<(&'static str, Vec<String>)>;
        let made = |parts: &[&[Values]]| {
            let parts = parts.iter().map(|part| {
                let mut builder = ColumnsBuilder::default();
                for document in *part {
                    builder.add(document.clone().into_iter());
                }
                builder
            });
            let joined = parts.reduce(|mut before, after| {
                before.append(after);
                before
            });
            joined.unwrap_or_default().finish(&options)
        };
        let together = made(&[&documents]);
        assert_eq!(together, made(&[&documents[..1], &documents[1..]]));
        let [(_, countries), (_, kinds)] = together.as_slice() else {
            panic!("there are two columns");
        };
        assert_eq!(kinds.values(), ["ruling", "decision", "update"]);
        assert_eq!(countries.values(), ["ae", "cn", "vn"]);
        assert_eq!(
            [countries.of(0), countries.of(1), countries.of(2)],
            [&[1_u32, 2][..], &[], &[0]]
        );
    }
}
