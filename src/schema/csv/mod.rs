//! Comma-separated values (RFC 4180): the one reader and the one writer of the program.
//!
//! What is written holds no formula of a spreadsheet: [`write`] guards each cell, and [`records`] takes the guard off.

mod rows;

pub(crate) use rows::read;

use std::borrow::Cow;
use std::iter;
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
    let cells = cells(bytes, row, delimiter).take(column + 1);
    cells.last().unwrap_or(row..row)
}

/// The bytes of each cell of the row that begins at a byte, with their quotes.
fn cells(bytes: &[u8], row: usize, delimiter: u8) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(row);
    iter::from_fn(move || {
        let start = next?;
        let end = cell_end(bytes, start, delimiter);
        next = (bytes.get(end) == Some(&delimiter)).then_some(end + 1);
        Some(start..end)
    })
}

fn cell_end(bytes: &[u8], start: usize, delimiter: u8) -> usize {
    let (mut at, mut is_quoted) = (start, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' if is_quoted && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if is_quoted || at == start => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'\r' | b'\n' => break,
            byte if byte == delimiter => break,
            _ => {}
        }
        at += 1;
    }
    at
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
