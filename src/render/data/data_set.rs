//! Numbers as a table on a page, as CSV and as JSON.

use crate::schema::csv;
use ::csv::Terminator;
use serde_json::Map;
use serde_json::Value;

/// A table of numbers.
#[derive(Debug, Clone)]
pub(crate) struct DataSet {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its name in data.
    pub(crate) key: String,
    /// Its name for readers; absent where only data have it.
    pub(crate) label: Option<String>,
}

impl Column {
    pub(crate) fn new(key: impl Into<String>, label: &str) -> Self {
        Self {
            key: key.into(),
            label: (!label.is_empty()).then(|| label.to_owned()),
        }
    }
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// In data: a text, a number, or nothing.
    pub(crate) data: Value,
    /// For readers.
    pub(crate) shown: String,
    /// The list of what is named, relative to the root.
    pub(crate) url: Option<String>,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let shown = text.into();
        Self::new(shown.clone(), shown)
    }

    pub(crate) fn new(data: impl Into<Value>, shown: String) -> Self {
        Self {
            data: data.into(),
            shown,
            url: None,
        }
    }

    pub(crate) fn linked(self, url: Option<String>) -> Self {
        Self { url, ..self }
    }
}

impl DataSet {
    /// Comma-separated values with a line of names (RFC 4180).
    pub(crate) fn csv(&self) -> Vec<u8> {
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
    pub(crate) fn json(&self) -> Vec<Value> {
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
