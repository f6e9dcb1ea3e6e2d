//! From bytes to the lines and columns that an editor shows.

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
        Self { source, starts }
    }

    /// Gives the position of a byte; one past the end is the end.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        self.counted(byte, |text| text.chars().count())
    }

    /// Gives the position of a byte with the column in UTF-16 code units, as formats of JavaScript's family count.
    #[must_use]
    pub fn utf16_position(&self, byte: usize) -> Position {
        self.counted(byte, |text| text.encode_utf16().count())
    }

    fn counted(&self, byte: usize, count: impl Fn(&str) -> usize) -> Position {
        let byte = byte.min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let mut start = self.starts[line - 1];
        if line == 1 && self.source.starts_with(BYTE_ORDER_MARK) {
            start = BYTE_ORDER_MARK.len().min(byte);
        }
        let column = count(&String::from_utf8_lossy(&self.source[start..byte])) + 1;
        Position { line, column }
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
}
