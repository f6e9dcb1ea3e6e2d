//! From bytes to the lines and columns that an editor shows.

use std::ops::Range;

/// A place as a person reads it: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1. A byte-order mark takes no column.
    pub column: usize,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub struct LineIndex<'a> {
    pub(super) source: &'a [u8],
    starts: Vec<usize>,
    /// How many characters and UTF-16 code units begin before each [`STEP`] of the source: a line can be as long as the
    /// file, and have a problem at each word.
    marks: Vec<Units>,
}

/// The bytes between two marks.
const STEP: usize = 512;

/// What columns count. Every character has one byte that begins it, and those of four bytes have two UTF-16 code units.
#[derive(Debug, Clone, Copy, Default)]
struct Units {
    characters: usize,
    utf16: usize,
}

impl Units {
    fn add(self, bytes: &[u8]) -> Self {
        let begins = |byte: &u8| byte & 0b1100_0000 != 0b1000_0000;
        let characters = bytes.iter().filter(|byte| begins(byte)).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xf0).count();
        Self {
            characters: self.characters + characters,
            utf16: self.utf16 + characters + pairs,
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl<'a> LineIndex<'a> {
    /// Reads the line ends of a file; it need not be valid UTF-8.
    #[must_use]
    pub fn new(source: &'a [u8]) -> Self {
        let mut starts = vec![0];
        for (at, byte) in source.iter().enumerate() {
            // A carriage return ends a line by itself only where no line feed follows.
            if *byte == b'\n' || (*byte == b'\r' && source.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        let mut marks = vec![Units::default()];
        for step in source.chunks(STEP) {
            let last = marks.last().copied().unwrap_or_default();
            marks.push(last.add(step));
        }
        Self {
            source,
            starts,
            marks,
        }
    }

    /// Counts what begins before a byte.
    fn units(&self, byte: usize) -> Units {
        let mark = byte / STEP;
        self.marks[mark].add(&self.source[mark * STEP..byte])
    }

    /// Gives the position of a byte; one past the end is the end.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        self.counted(byte, |units| units.characters)
    }

    /// Gives the position of a byte with the column in UTF-16 code units, as formats of JavaScript's family count.
    #[must_use]
    pub fn utf16_position(&self, byte: usize) -> Position {
        self.counted(byte, |units| units.utf16)
    }

    fn counted(&self, byte: usize, count: impl Fn(Units) -> usize) -> Position {
        let byte = byte.min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let mut start = self.starts[line - 1];
        if line == 1 && self.source.starts_with(BYTE_ORDER_MARK) {
            start = BYTE_ORDER_MARK.len().min(byte);
        }
        let column = count(self.units(byte)) - count(self.units(start)) + 1;
        Position { line, column }
    }

    /// The line (from 1) that a byte is on.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The place of a line (from 1) in the file, without its end and without a byte-order mark.
    #[must_use]
    pub fn line_span(&self, line: usize) -> Range<usize> {
        let mut start = self.starts[line - 1];
        let end = start + self.line(line).len();
        if line == 1 && self.source.starts_with(BYTE_ORDER_MARK) {
            start = BYTE_ORDER_MARK.len().min(end);
        }
        start..end
    }

    /// Gives the bytes of a line (from 1) without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> &'a [u8] {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(self.source.len());
        let mut text = &self.source[start..end];
        while let [rest @ .., b'\n' | b'\r'] = text {
            text = rest;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn columns_are_those_that_counting_from_the_start_of_the_line_gives(
            text in "(é|字|😀|a|\n|\r\n|[ -~]{100,300}){0,30}",
        ) {
            let index = LineIndex::new(text.as_bytes());
            for (at, _) in text.char_indices() {
                let position = index.position(at);
                let start = index.starts[position.line - 1];
                prop_assert_eq!(position.column, text[start..at].chars().count() + 1);
                let units = text[start..at].encode_utf16().count();
                prop_assert_eq!(index.utf16_position(at).column, units + 1);
            }
        }
    }

    #[test]
    fn columns_count_characters_and_not_the_byte_order_mark() {
        let index = LineIndex::new("\u{feff}é: ü\r\nb".as_bytes());
        assert_eq!(index.position(3), Position { line: 1, column: 1 });
        assert_eq!(index.position(7), Position { line: 1, column: 4 });
        assert_eq!(index.position(11), Position { line: 2, column: 1 });
    }

    #[test]
    fn utf_16_counts_two_units_for_what_lies_beyond_its_first_plane() {
        let index = LineIndex::new("a😀b".as_bytes());
        assert_eq!(index.position(5), Position { line: 1, column: 3 });
        assert_eq!(index.utf16_position(5), Position { line: 1, column: 4 });
    }

    #[test]
    fn a_place_late_on_a_long_line_costs_no_more_than_one_at_its_beginning() {
        let text = "é".repeat(2_000_000);
        let index = LineIndex::new(text.as_bytes());
        // Counting each from the start of the line would take hours.
        for at in (0..100_000).map(|at| text.len() - 2 * at) {
            assert_eq!(index.position(at).column, at / 2 + 1);
        }
    }
}
