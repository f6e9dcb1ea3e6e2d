//! Reads the rows of a table of `content/data/`: CSV with a first line that names the columns.

use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use std::ops::Range;

/// The mark that some programs write before the first column's name.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A table that is read.
pub(super) struct CsvTable<'a> {
    /// Its file, relative to the portal's root.
    pub(super) file: &'a str,
    /// The columns that are wanted, in any order in the file.
    pub(super) columns: &'a [&'a str],
    /// What to do where it cannot be read.
    pub(super) help: &'a str,
}

impl CsvTable<'_> {
    /// Hands on each row: the byte of the file at which it begins, and the values of the wanted columns in their order,
    /// without blanks around them.
    ///
    /// Gives everything that is wrong, including what `row` says of its values.
    pub(super) fn rows(
        &self,
        bytes: &[u8],
        row: &mut dyn FnMut(usize, &[&str]) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let bom = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[bom..]);
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => return vec![self.unreadable(&error, bytes, bom)],
        };
        let mut places = Vec::with_capacity(self.columns.len());
        let mut problems = Vec::new();
        for name in self.columns {
            match header.iter().position(|column| column.trim() == *name) {
                Some(place) => places.push(place),
                None => problems.push(
                    self.problem(bom, format!("the table has no column `{name}`"))
                        .help(format!("its columns are: {}", self.columns.join(","))),
                ),
            }
        }
        if !problems.is_empty() {
            return problems;
        }
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Err(error) => {
                    problems.push(self.unreadable(&error, bytes, bom));
                    break;
                }
                Ok(true) => {}
            }
            let start = row_start(bytes, record.position(), bom);
            let values = places.iter();
            let values: Vec<&str> = values
                .map(|place| record.get(*place).unwrap_or_default().trim())
                .collect();
            problems.extend(row(start, &values));
        }
        problems
    }

    /// A problem at a byte of the file.
    pub(super) fn problem(&self, at: usize, what: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Code::InvalidData, Utf8Path::new(self.file), what).at(at..at)
    }

    /// The bytes of a cell of the row that begins at a byte, without blanks and quotes around them.
    pub(super) fn span(&self, bytes: &[u8], row: usize, column: &str) -> Range<usize> {
        let bom = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[bom..]);
        let header = reader.headers().ok();
        let wanted = header.and_then(|header| header.iter().position(|name| name.trim() == column));
        // The lines before a row that have nothing in them count as a part of it.
        let blank = bytes[row..].iter();
        let blank = blank.take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let mut at = row + blank.count();
        let (mut start, mut cell) = (at, 0);
        let mut is_quoted = false;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' if is_quoted || at == start => is_quoted = !is_quoted,
                b',' if !is_quoted && Some(cell) == wanted => break,
                b',' if !is_quoted => {
                    cell += 1;
                    start = at + 1;
                }
                b'\r' | b'\n' if !is_quoted => break,
                _ => {}
            }
            at += 1;
        }
        let text = &bytes[start..at];
        let is_edge = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b'"';
        let before = text.iter().take_while(is_edge).count();
        if before == text.len() {
            return start..at;
        }
        let after = text.iter().rev().take_while(is_edge).count();
        start + before..at - after
    }

    fn unreadable(&self, error: &csv::Error, bytes: &[u8], bom: usize) -> Diagnostic {
        let at = row_start(bytes, error.position(), bom);
        let (what, help) = match error.kind() {
            csv::ErrorKind::Utf8 { .. } => (
                "a line of the table is not UTF-8",
                "save the file with the encoding UTF-8",
            ),
            csv::ErrorKind::UnequalLengths { .. } => (
                "this line of the table has more or fewer columns than the first one",
                "put a text that has commas into double quotes",
            ),
            _ => ("the table cannot be read", self.help),
        };
        self.problem(at, what).help(help)
    }
}

/// The byte at which a row begins. The reader counts empty lines, and the second half of a line end of Windows, to the row
/// behind them.
fn row_start(bytes: &[u8], place: Option<&csv::Position>, bom: usize) -> usize {
    let at = place.map_or(0, csv::Position::byte);
    let at = (usize::try_from(at).unwrap_or(0) + bom).min(bytes.len());
    let ends = bytes[at..].iter().take_while(|b| b"\r\n".contains(b));
    at + ends.count()
}
