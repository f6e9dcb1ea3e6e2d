//! Numbers as a table on a page, as CSV and as JSON.

use crate::tables::csv;
use ::csv::Terminator;
use serde_json::{Map, Value};

/// A table of numbers.
#[derive(Debug, Clone)]
pub(super) struct DataSet {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its name in data.
    pub(super) key: String,
    /// Its name for readers; empty where only data have it.
    pub(super) label: String,
}

impl Column {
    pub(super) fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
        }
    }
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// In data: a text, a number, or nothing.
    pub(super) data: Value,
    /// For readers.
    pub(super) shown: String,
    /// The list of what is named, relative to the root; may be empty.
    pub(super) url: String,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let shown = text.into();
        Self::new(shown.clone(), shown)
    }

    pub(super) fn new(data: impl Into<Value>, shown: String) -> Self {
        Self {
            data: data.into(),
            shown,
            url: String::new(),
        }
    }

    pub(super) fn linked(self, url: String) -> Self {
        Self { url, ..self }
    }
}

impl DataSet {
    /// Comma-separated values with a line of names (RFC 4180).
    pub(super) fn csv(&self) -> Vec<u8> {
        let names = self.columns.iter().map(|column| column.key.clone());
        let rows = self.rows.iter().map(|row| {
            let cells = row.iter().map(|cell| match &cell.data {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                number => number.to_string(),
            });
            cells.collect::<Vec<_>>()
        });
        csv::write(Terminator::CRLF, [names.collect()].into_iter().chain(rows))
    }

    /// The rows as objects, each with the names of the columns.
    pub(super) fn json(&self) -> Vec<Value> {
        let rows = self.rows.iter();
        rows.map(|row| {
            let names = self.columns.iter().map(|column| column.key.clone());
            let values = row.iter().map(|cell| cell.data.clone());
            Value::Object(names.zip(values).collect::<Map<_, _>>())
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_stays_in_its_column() {
        let set = DataSet {
            columns: vec![Column::new("name", "Name"), Column::new("count", "")],
            rows: vec![
                vec![Cell::text("=1+1"), Cell::new(3, "3".to_owned())],
                vec![
                    Cell::text("a, \"b\"\nc"),
                    Cell::new(Value::Null, String::new()),
                ],
            ],
        };
        let text = String::from_utf8(set.csv()).expect("it is text");
        assert_eq!(text, "name,count\r\n'=1+1,3\r\n\"a, \"\"b\"\"\nc\",\r\n");
        assert_eq!(
            Value::Array(set.json()).to_string(),
            r#"[{"count":3,"name":"=1+1"},{"count":null,"name":"a, \"b\"\nc"}]"#
        );
    }
}
