//! A table of `content/data/` with named columns, read row by row, where each problem has its place.

use crate::diagnostic::{Code, Diagnostic};
use std::ops::Range;

/// A CSV file whose columns were found.
pub(super) struct CsvTable<'a> {
    file: &'static str,
    bytes: &'a [u8],
    /// The bytes before the first column's name: a byte order mark, or nothing.
    bom: usize,
    reader: csv::Reader<&'a [u8]>,
    columns: Vec<usize>,
    /// What to do where the file is no table at all.
    help: &'static str,
}

/// A row: the texts of the wanted columns, in their order.
pub(super) struct Row {
    record: csv::StringRecord,
    columns: Vec<usize>,
    /// Its first byte.
    pub(super) start: usize,
}

impl Row {
    /// The text in a wanted column, without blanks around it.
    pub(super) fn text(&self, column: usize) -> &str {
        let text = self.record.get(self.columns[column]);
        text.unwrap_or_default().trim()
    }
}

impl<'a> CsvTable<'a> {
    /// Opens a table that has at least these columns.
    pub(super) fn open(
        file: &'static str,
        bytes: &'a [u8],
        columns: &[&str],
        help: &'static str,
    ) -> Result<Self, Vec<Diagnostic>> {
        let bom = if bytes.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        let mut table = Self {
            file,
            bytes,
            bom,
            reader: csv::ReaderBuilder::new().from_reader(&bytes[bom..]),
            columns: Vec::with_capacity(columns.len()),
            help,
        };
        let names = match table.reader.headers() {
            Ok(names) => names.clone(),
            Err(error) => return Err(vec![table.unreadable(&error)]),
        };
        for column in columns {
            let Some(place) = names.iter().position(|name| name.trim() == *column) else {
                let what = format!("the table has no column `{column}`");
                let help = format!("the first line is `{}`", columns.join(","));
                return Err(vec![table.problem(bom..bom, what).help(help)]);
            };
            table.columns.push(place);
        }
        Ok(table)
    }

    /// The next row; `None` at the end. After a row that cannot be read there is no other.
    pub(super) fn row(&mut self) -> Option<Result<Row, Diagnostic>> {
        let mut record = csv::StringRecord::new();
        match self.reader.read_record(&mut record) {
            Ok(false) => None,
            Err(error) => Some(Err(self.unreadable(&error))),
            Ok(true) => {
                let start = record.position().map_or(0, csv::Position::byte);
                let start = usize::try_from(start).unwrap_or(0) + self.bom;
                let blank = self.bytes[start..].iter();
                let blank = blank.take_while(|byte| matches!(byte, b'\r' | b'\n'));
                Some(Ok(Row {
                    record,
                    columns: self.columns.clone(),
                    start: start + blank.count(),
                }))
            }
        }
    }

    /// A problem of the table.
    pub(super) fn problem(&self, span: Range<usize>, what: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Code::InvalidData, self.file, what).at(span)
    }

    /// The bytes of a cell, without blanks and quotes around it.
    pub(super) fn span(&self, row: &Row, column: usize) -> Range<usize> {
        let wanted = self.columns[column];
        let (mut at, mut start, mut cell) = (row.start, row.start, 0);
        let mut is_quoted = false;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'"' if is_quoted || at == start => is_quoted = !is_quoted,
                b',' if !is_quoted && cell == wanted => break,
                b',' if !is_quoted => {
                    cell += 1;
                    start = at + 1;
                }
                b'\r' | b'\n' if !is_quoted => break,
                _ => {}
            }
            at += 1;
        }
        let text = &self.bytes[start..at];
        let is_edge = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'"';
        let before = text.iter().take_while(|byte| is_edge(byte)).count();
        let after = text.iter().rev().take_while(|byte| is_edge(byte)).count();
        if before == text.len() {
            return start..at;
        }
        start + before..at - after
    }

    fn unreadable(&self, error: &csv::Error) -> Diagnostic {
        let place = error.position().map_or(0, csv::Position::byte);
        let at = (usize::try_from(place).unwrap_or(0) + self.bom).min(self.bytes.len());
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
        self.problem(at..at, what).help(help)
    }
}
