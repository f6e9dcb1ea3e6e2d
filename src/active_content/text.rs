//! The text of a file as a browser would decode it.

use std::borrow::Cow;
use std::ops::Range;

/// A file's text.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether places in the text are places in the file.
    keeps_places: bool,
}

impl Decoded<'_> {
    /// The bytes of the file, where they are those of the text.
    pub(super) fn span(&self, span: &Range<usize>) -> Option<Range<usize>> {
        self.keeps_places.then(|| span.clone())
    }
}

/// Decodes a file. A byte that is no UTF-8 becomes a question mark: the old encodings of the Web share the letters of
/// ASCII, of which tags are made.
///
/// Errors: encodings in which a browser could read tags where ASCII has none.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, &'static str> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        [0x1f, 0x8b, ..] => return Err("it is packed"),
        _ => {}
    }
    if bytes.contains(&0) {
        return Err("it has NUL characters, or is UTF-16 without a byte-order mark");
    }
    if bytes.contains(&0x1b) {
        return Err("it has escape characters, with which ISO-2022 hides tags");
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let ascii = bytes.iter().map(|byte| {
                if byte.is_ascii() {
                    char::from(*byte)
                } else {
                    '?'
                }
            });
            Cow::Owned(ascii.collect())
        }
    };
    Ok(Decoded {
        text,
        keeps_places: true,
    })
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded<'static>, &'static str> {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|two| unit([two[0], two[1]]))
        .collect();
    Ok(Decoded {
        text: Cow::Owned(String::from_utf16_lossy(&units)),
        keeps_places: false,
    })
}
