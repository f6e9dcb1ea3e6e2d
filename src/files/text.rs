//! A file's bytes as text that a person can see.

use crate::diagnostic::{Code, Diagnostic, is_unseen};
use camino::Utf8Path;

/// A binary file where text belongs should not fill the screen.
const MAX_REPORTS: usize = 10;

/// Reads bytes as UTF-8 without characters that cannot be seen. A byte-order mark at the beginning stays.
///
/// # Errors
/// Where the bytes are no UTF-8, or each of the first unseen characters.
pub fn text<'a>(bytes: &'a [u8], file: &Utf8Path) -> Result<&'a str, Vec<Diagnostic>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |length| at + length);
        vec![
            Diagnostic::error(Code::InvalidUtf8, file, format!("the file is not UTF-8: byte 0x{:02X}", bytes[at]))
                .at(at..end)
                .help("save the file with the encoding UTF-8; older Windows programs call theirs \"ANSI\""),
        ]
    })?;
    // Nearly every file ends here.
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    if bytes.iter().all(is_plain) {
        return Ok(text);
    }
    let problems: Vec<_> = text
        .char_indices()
        .filter(|(at, c)| is_unseen(*c) && !(*at == 0 && *c == '\u{feff}'))
        .map(|(at, c)| {
            Diagnostic::error(
                Code::ControlCharacter,
                file,
                format!(
                    "the character U+{:04X} cannot be seen and does not belong in text",
                    c as u32
                ),
            )
            .at(at..at + c.len_utf8())
            .help("delete it; it often comes with text pasted from a PDF or a word processor")
        })
        .take(MAX_REPORTS)
        .collect();
    if problems.is_empty() {
        Ok(text)
    } else {
        Err(problems)
    }
}
