//! A table of a spreadsheet saved as CSV, whose cells know their places in the file.

use crate::import::ImportError;
use crate::import::clean;
use crate::schema::csv;
use std::ops::Range;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The file as text; places are bytes of it.
    pub(super) text: String,
    /// The names of the columns.
    pub(super) header: Vec<String>,
    /// The rows with text, each with the byte at which it begins.
    pub(super) rows: Vec<(usize, Vec<String>)>,
    /// Whether the file is UTF-8.
    pub(super) is_utf8: bool,
}

impl Table {
    /// Reads a table. Commas separate cells, or the semicolons of spreadsheets in other languages, or tabs.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        let (text, is_utf8) = clean::decode(bytes);
        let text = text.into_owned();
        let delimiter = delimiter(text.lines().next().unwrap_or_default());
        let mut records = Vec::new();
        for record in csv::records(text.as_bytes(), delimiter) {
            let record = record.map_err(|error| {
                ImportError::Mapping(format!("the table cannot be read: {error}"))
            })?;
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            records.push((record.start, cells));
        }
        let mut records = records.into_iter();
        let header = records.next().map(|(_, cells)| cells).unwrap_or_default();
        let header: Vec<String> = header.iter().map(|name| clean::line(name)).collect();
        if header.iter().all(String::is_empty) {
            return Err(ImportError::Mapping(
                "the table is empty: its first row names the columns".to_owned(),
            ));
        }
        let rows = records
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
            .collect();
        Ok(Self {
            text,
            header,
            rows,
            is_utf8,
        })
    }

    /// Where a cell of a row is, quotation marks included.
    pub(super) fn cell(&self, row: usize, column: usize) -> Range<usize> {
        let delimiter = delimiter(self.text.lines().next().unwrap_or_default());
        csv::cell(self.text.as_bytes(), self.rows[row].0, column, delimiter)
    }
}

/// What separates the cells of the first line.
fn delimiter(line: &str) -> u8 {
    let count = |c: char| line.matches(c).count();
    let (commas, semicolons, tabs) = (count(','), count(';'), count('\t'));
    if tabs > commas && tabs > semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cell_knows_its_bytes_over_lines_and_quotation_marks() {
        let table = Table::read("\u{feff}A,B,C\n\n1,\"two\nlines, \"\"2\"\"\",é\n".as_bytes())
            .expect("it is a table");
        assert_eq!(table.header, ["A", "B", "C"]);
        assert_eq!(table.rows[0].1, ["1", "two\nlines, \"2\"", "é"]);
        assert_eq!(&table.text[table.cell(0, 1)], "\"two\nlines, \"\"2\"\"\"");
        assert_eq!(&table.text[table.cell(0, 2)], "é");
        let other = Table::read(b"A;B\n1;2,5\n").expect("it is a table");
        assert_eq!(other.rows[0].1, ["1", "2,5"]);
    }

    proptest! {
        #[test]
        fn no_table_makes_the_reader_panic(text in "[a,;\"\\n\\r é]{0,60}") {
            if let Ok(table) = Table::read(text.as_bytes()) {
                for (row, (_, cells)) in table.rows.iter().enumerate() {
                    for column in 0..cells.len() + 1 {
                        prop_assert!(table.text.get(table.cell(row, column)).is_some());
                    }
                }
            }
        }
    }
}
