//! Places as the protocol counts them: lines from 0, columns from 0 in the code units that client and server agreed on.

use crate::diagnostic::LineIndex;
use gen_lsp_types::{ClientCapabilities, Position, PositionEncodingKind, Range as Place};
use std::ops::Range;

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every client can count.
    Utf16,
}

impl Encoding {
    /// Bytes where the client can count them: nothing has to be converted.
    pub(crate) fn agreed(client: &ClientCapabilities) -> Self {
        let general = client.general.as_ref();
        let encodings = general.and_then(|general| general.position_encodings.as_ref());
        let has_utf8 = encodings.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
        if has_utf8 { Self::Utf8 } else { Self::Utf16 }
    }

    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// The place of a byte. One within a line end is the end of the line.
    pub(crate) fn position(self, index: &LineIndex<'_>, byte: usize) -> Position {
        let line = index.line_of(byte);
        let span = index.line_span(line);
        let byte = byte.clamp(span.start, span.end);
        let column = match self {
            Self::Utf8 => byte - span.start,
            Self::Utf16 => index.utf16_position(byte).column - 1,
        };
        Position::new(number(line - 1), number(column))
    }

    pub(crate) fn place(self, index: &LineIndex<'_>, span: &Range<usize>) -> Place {
        let end = span.end.max(span.start);
        Place::new(self.position(index, span.start), self.position(index, end))
    }

    /// The byte of a place. A column beyond the line is its end, a line beyond the text the end of the text, and a column
    /// within a character the beginning of it.
    pub(crate) fn byte(self, index: &LineIndex<'_>, text: &str, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        if line >= index.lines() {
            return text.len();
        }
        let span = index.line_span(line + 1);
        let column = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut units = 0;
        for (at, c) in text[span.clone()].char_indices() {
            units += match self {
                Self::Utf8 => c.len_utf8(),
                Self::Utf16 => c.len_utf16(),
            };
            if units > column {
                return span.start + at;
            }
        }
        span.end
    }
}

/// A line or a column; a file is never so long that it does not fit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A place as the protocol defines it, counted from the beginning of the text.
    fn counted(text: &str, byte: usize, encoding: Encoding) -> Position {
        let (mut line, mut column) = (0, 0);
        let mut rest = text[..byte]
            .trim_start_matches('\u{feff}')
            .chars()
            .peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if rest.peek() == Some(&'\n') => {}
                '\r' | '\n' => (line, column) = (line + 1, 0),
                c if encoding == Encoding::Utf8 => column += u32::try_from(c.len_utf8()).unwrap(),
                c => column += u32::try_from(c.len_utf16()).unwrap(),
            }
        }
        Position::new(line, column)
    }

    proptest! {
        #[test]
        fn every_byte_has_its_place_and_every_place_its_byte(
            text in "\u{feff}?(é|字|😀|a|\t|\n|\r\n|\r|[ -~]{3,9}){0,30}",
        ) {
            let index = LineIndex::new(text.as_bytes());
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                for (at, c) in text.char_indices() {
                    let is_half = c == '\n' && text[..at].ends_with('\r');
                    if c == '\u{feff}' || is_half {
                        continue;
                    }
                    let position = encoding.position(&index, at);
                    prop_assert_eq!(position, counted(&text, at, encoding));
                    prop_assert_eq!(encoding.byte(&index, &text, position), at);
                }
                let end = encoding.position(&index, text.len());
                prop_assert_eq!(encoding.byte(&index, &text, end), text.len());
            }
        }

        #[test]
        fn any_place_is_a_boundary_of_the_text(
            text in "(é|😀|a|\n|\r\n|\r){0,12}",
            line in 0_u32..9,
            character in prop_oneof![0_u32..12, Just(u32::MAX)],
        ) {
            let index = LineIndex::new(text.as_bytes());
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let byte = encoding.byte(&index, &text, Position::new(line, character));
                prop_assert!(text.is_char_boundary(byte));
            }
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_the_nearest_one_before_it() {
        let text = "a😀\r\nb";
        let index = LineIndex::new(text.as_bytes());
        let byte =
            |line, character| Encoding::Utf16.byte(&index, text, Position::new(line, character));
        assert_eq!(byte(0, 2), 1);
        assert_eq!(byte(0, 9), 5);
        assert_eq!(byte(7, 0), 8);
        assert_eq!(Encoding::Utf16.position(&index, 6), Position::new(0, 3));
    }
}
