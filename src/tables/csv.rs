//! Comma-separated values (RFC 4180): the one reader and the one writer of the program.
//!
//! What is written holds no formula of a spreadsheet: [`write`] guards each cell, and [`records`] takes the guard off.

use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use std::borrow::Cow;
use std::ops::Range;

/// The mark that some programs write before the first column's name.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What separates cells, unless a spreadsheet in another language saved the table.
pub(crate) const COMMA: u8 = b',';

/// Writes rows, the first of which names the columns.
pub(crate) fn write<Row, Cell>(
    line_end: csv::Terminator,
    rows: impl IntoIterator<Item = Row>,
) -> Vec<u8>
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(line_end)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        let mut cells = row.into_iter();
        cells
            .try_for_each(|cell| writer.write_field(escape_formula(cell.as_ref()).as_bytes()))
            .and_then(|()| writer.write_record(None::<&[u8]>))
            .expect("memory takes every byte");
    }
    writer.into_inner().expect("memory takes every byte")
}

/// Whether a spreadsheet would take a cell for a formula, which could send data elsewhere when the file is opened
/// (CWE-1236).
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

fn escape_formula(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn unescape_formula(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|rest| is_formula(rest))
        .unwrap_or(cell)
}

/// The cells of a row and the byte at which it begins.
pub(crate) struct Record {
    pub(crate) start: usize,
    cells: csv::StringRecord,
}

impl Record {
    /// The cells; `None` behind the last one.
    pub(crate) fn get(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(unescape_formula)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(unescape_formula)
    }

    fn len(&self) -> usize {
        self.cells.len()
    }
}

/// Reads rows, the one with the names of the columns included; they may differ in length.
pub(crate) fn records(
    bytes: &[u8],
    delimiter: u8,
) -> impl Iterator<Item = Result<Record, csv::Error>> {
    let bom = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(&bytes[bom..]);
    reader.into_records().map(move |record| {
        record.map(|cells| Record {
            start: row_start(bytes, cells.position()),
            cells,
        })
    })
}

/// The byte at which a row begins. The reader counts empty lines, and the second half of a line end of Windows, to the row
/// behind them.
fn row_start(bytes: &[u8], place: Option<&csv::Position>) -> usize {
    let bom = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let at = place.map_or(0, csv::Position::byte);
    let at = (usize::try_from(at).unwrap_or(0) + bom).min(bytes.len());
    let ends = bytes[at..].iter().take_while(|b| b"\r\n".contains(b));
    at + ends.count()
}

/// The bytes of a cell of the row that begins at a byte, with its quotes.
pub(crate) fn cell(bytes: &[u8], row: usize, column: usize, delimiter: u8) -> Range<usize> {
    let (mut at, mut start, mut cell) = (row, row, 0);
    let mut is_quoted = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' if is_quoted && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if is_quoted || at == start => is_quoted = !is_quoted,
            _ if is_quoted => {}
            byte if byte == delimiter => {
                if cell == column {
                    break;
                }
                cell += 1;
                start = at + 1;
            }
            b'\r' | b'\n' => break,
            _ => {}
        }
        at += 1;
    }
    start..at
}

/// A data table that is read.
pub(super) struct CsvTable<'a> {
    /// Its file, relative to the portal's root.
    pub(super) file: &'a str,
    /// The columns that are wanted, in any order in the file.
    pub(super) columns: &'a [&'a str],
    /// What to do where it cannot be read.
    pub(super) help: &'a str,
}

/// A row of a data table.
pub(super) struct Row<'a> {
    bytes: &'a [u8],
    places: &'a [usize],
    /// The byte of the file at which it begins.
    pub(super) start: usize,
    /// The values of the wanted columns in their order, without blanks around them.
    pub(super) values: Vec<&'a str>,
}

impl Row<'_> {
    /// The bytes of a value, by its place among the wanted columns, without blanks and quotes around it.
    pub(super) fn span(&self, column: usize) -> Range<usize> {
        let Range { start, end } = cell(self.bytes, self.start, self.places[column], COMMA);
        let text = &self.bytes[start..end];
        let is_edge = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b'"';
        let before = text.iter().take_while(is_edge).count();
        if before == text.len() {
            return start..end;
        }
        let after = text.iter().rev().take_while(is_edge).count();
        start + before..end - after
    }
}

impl CsvTable<'_> {
    /// Hands on each row, and gives everything that is wrong, including what `row` says of its values.
    pub(super) fn rows(
        &self,
        bytes: &[u8],
        row: &mut dyn FnMut(&Row<'_>) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut records = records(bytes, COMMA);
        let header = match records.next().transpose() {
            Ok(header) => header,
            Err(error) => return vec![self.unreadable(&error, bytes)],
        };
        let names: Vec<&str> = header
            .iter()
            .flat_map(Record::iter)
            .map(str::trim)
            .collect();
        let mut places = Vec::with_capacity(self.columns.len());
        let mut problems = Vec::new();
        for name in self.columns {
            match names.iter().position(|column| column == name) {
                Some(place) => places.push(place),
                None => problems.push(
                    self.problem(
                        row_start(bytes, None),
                        format!("the table has no column `{name}`"),
                    )
                    .help(format!("its columns are: {}", self.columns.join(","))),
                ),
            }
        }
        if !problems.is_empty() {
            return problems;
        }
        for record in records {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    problems.push(self.unreadable(&error, bytes));
                    break;
                }
            };
            if record.len() != names.len() {
                let what = "this line of the table has more or fewer columns than the first one";
                let help = "put a text that has commas into double quotes";
                problems.push(self.problem(record.start, what).help(help));
                break;
            }
            let values = places.iter();
            let values = values.map(|place| record.get(*place).unwrap_or_default().trim());
            problems.extend(row(&Row {
                bytes,
                places: &places,
                start: record.start,
                values: values.collect(),
            }));
        }
        problems
    }

    /// A problem at a byte of the file.
    pub(super) fn problem(&self, at: usize, what: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Code::InvalidData, Utf8Path::new(self.file), what).at(at..at)
    }

    fn unreadable(&self, error: &csv::Error, bytes: &[u8]) -> Diagnostic {
        let (what, help) = match error.kind() {
            csv::ErrorKind::Utf8 { .. } => (
                "a line of the table is not UTF-8",
                "save the file with the encoding UTF-8",
            ),
            _ => ("the table cannot be read", self.help),
        };
        let at = row_start(bytes, error.position());
        self.problem(at, what).help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_that_is_written_begins_like_a_formula() {
        for start in ['=', '+', '-', '@', '\t', '\r', '\n'] {
            let cell = format!("{start}1+1");
            let bytes = write(csv::Terminator::CRLF, [[cell.as_str(), "a"]]);
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(bytes.as_slice());
            let row = reader
                .records()
                .next()
                .expect("a row")
                .expect("it is UTF-8");
            assert_eq!(&row[0], format!("'{cell}"), "{start:?}");
        }
        assert_eq!(
            write(csv::Terminator::CRLF, [["a", "b, \"c\""], ["1-2", "it's"]]),
            b"a,\"b, \"\"c\"\"\"\r\n1-2,it's\r\n"
        );
    }

    #[test]
    fn a_cell_with_doubled_quotes_and_a_delimiter_has_all_its_bytes() {
        let text = "1,\"two, \"\"2\"\", three\",4\n";
        assert_eq!(
            &text[cell(text.as_bytes(), 0, 1, COMMA)],
            "\"two, \"\"2\"\", three\""
        );
        assert_eq!(&text[cell(text.as_bytes(), 0, 2, COMMA)], "4");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in prop::collection::vec(prop::collection::vec("[a=+@\t\r\n ,;\"é-]{0,5}|'", 2..3), 1..4)) {
            let bytes = write(csv::Terminator::Any(b'\n'), &rows);
            let read: Vec<Vec<String>> = records(&bytes, COMMA)
                .map(|record| record.expect("it is UTF-8").iter().map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(read, rows);
        }
    }
}
