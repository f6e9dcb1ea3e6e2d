//! Text of word processors and PDF without the characters that no page can show.

use crate::diagnostic::is_unseen;

/// The signs that Windows-1252 has where Unicode has control characters, from 0x80 on; blanks are unassigned.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Cleans text of several lines: one `\n` ends a line, an empty line is a page's or a paragraph's end.
///
/// Marks of cells in tables (U+0007) become tabs, two of them the end of a row.
#[must_use]
pub(super) fn text(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n").replace("\u{7}\u{7}", "\n");
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{c}' | '\u{2029}' => out.push_str("\n\n"),
            '\t' | '\u{7}' => out.push('\t'),
            // The word processor's own hyphens: one that never breaks, and one that shows only where it does.
            '\u{1e}' => out.push('-'),
            '\u{1f}' | '\u{ad}' => {}
            '\u{80}'..='\u{9f}' => out.push(windows_1252(c)),
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Cleans text of one line, each run of blanks one blank.
#[must_use]
pub(super) fn line(raw: &str) -> String {
    one_line(&text(raw))
}

/// Joins words with one blank.
#[must_use]
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads bytes as text: UTF-8, else Windows-1252, in which some old answers are. Says which it was.
#[must_use]
pub(super) fn decode(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, bool) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), true),
        Err(_) => {
            let text: String = bytes
                .iter()
                .map(|byte| match byte {
                    0x80..=0x9f => windows_1252(char::from(*byte)),
                    byte => char::from(*byte),
                })
                .collect();
            (text.into(), false)
        }
    }
}

fn windows_1252(c: char) -> char {
    let at = (c as usize).saturating_sub(0x80);
    WINDOWS_1252.chars().nth(at).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_signs_of_windows_1252_are_at_their_codes() {
        assert_eq!(WINDOWS_1252.chars().count(), 32);
        assert_eq!(
            line("importer\u{92}s \u{93}tray\u{94}"),
            "importer’s “tray”"
        );
        assert_eq!(decode(b"caf\xe9 \x96 x"), ("café – x".into(), false));
    }

    #[test]
    fn cells_become_columns_and_pages_paragraphs() {
        assert_eq!(text("a\u{7}b\u{7}\u{7}c\u{7}d"), "a\tb\nc\td");
        assert_eq!(text("a\u{c}b\r\nc\rd"), "a\n\nb\nc\nd");
    }

    proptest! {
        #[test]
        fn what_is_clean_stays_as_it_is_and_can_be_seen(raw in "[\\PC\\x00-\\x1f\\x80-\\x9f\u{202e}\u{fdd0}\u{ffff}]{0,60}") {
            let clean = text(&raw);
            prop_assert!(!clean.contains(|c| is_unseen(c) || c == '\r'));
            prop_assert_eq!(text(&clean), clean.clone());
        }
    }
}
