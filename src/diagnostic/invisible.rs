//! Characters that look like nothing or like a blank, as text from web pages and word processors brings them.

/// Tells characters that are neither seen nor a blank of the keyboard. In running text they may be meant; in a key they
/// never are.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    name(c).is_some()
        || (c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r'))
        || matches!(c,
            '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Names an invisible character with its code point: "a no-break space (U+00A0)".
#[must_use]
pub fn invisible_name(c: char) -> String {
    let name = name(c).unwrap_or("an invisible character");
    format!("{name} (U+{:04X})", c as u32)
}

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte-order mark",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{3000}' => "an ideographic space",
        _ => return None,
    })
}

/// A text as it was meant: a blank for each invisible blank, none at its ends, and no other invisible character.
#[must_use]
pub fn without_invisible(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter_map(|c| match c {
            c if !is_invisible(c) => Some(c),
            c if c.is_whitespace() => Some(' '),
            _ => None,
        })
        .collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_stays() {
        assert_eq!(without_invisible("\u{a0}da\u{ad}te\u{200b}"), "date");
        assert_eq!(without_invisible("NY\u{a0}N301234"), "NY N301234");
        assert_eq!(without_invisible("é 字-😀"), "é 字-😀");
        assert_eq!(invisible_name('\u{a0}'), "a no-break space (U+00A0)");
        assert_eq!(
            invisible_name('\u{2005}'),
            "an invisible character (U+2005)"
        );
    }
}
