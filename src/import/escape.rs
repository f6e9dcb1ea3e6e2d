//! Plain text as markdown that shows the same words.

use std::borrow::Cow;

/// Escapes one line of text, so that markdown shows exactly its characters.
///
/// `line` holds no line end and no blanks around it; it may be at the beginning of a block.
#[must_use]
pub(super) fn line(line: &str) -> Cow<'_, str> {
    let marker = marker(line);
    if marker.is_none() && !line.contains(['\\', '`', '*', '_', '[', ']', '<', '&', '~', '|']) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let is_special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(previous.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)),
            '&' => rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()),
            _ => Some(at) == marker,
        };
        if is_special {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    Cow::Owned(out)
}

/// Where a line's first characters would make a list, a heading, a quotation, a rule or a definition of it.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    match after {
        Some('.' | ')') if (1..=9).contains(&digits) => Some(digits),
        Some('#' | '+' | '-' | '>' | '=' | ':') if digits == 0 => Some(0),
        _ => None,
    }
}

/// Escapes the text of a heading, in which braces give attributes, even escaped ones, and trailing `#` vanish.
#[must_use]
pub(super) fn heading(text: &str) -> String {
    let escaped = line(text).replace('{', "&#123;");
    match escaped.strip_suffix('#') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\#"),
        _ => escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::body::plain_text;
    use proptest::prelude::*;

    fn shown(markdown: &str) -> String {
        plain_text(markdown).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn what_begins_like_a_list_stays_a_sentence() {
        for text in [
            "1. Fibers",
            "- wool",
            "+ 3%",
            "# 2",
            "> 50",
            "*see below*",
            "a | b",
            "8544.42 &amp; more",
        ] {
            assert_eq!(shown(&line(text)), text);
        }
        assert_eq!(line("1. Fibers"), "1\\. Fibers");
        assert_eq!(
            line("Johnson & Johnson, part_no 3 > 2"),
            "Johnson & Johnson, part_no 3 > 2"
        );
    }

    proptest! {
        #[test]
        fn markdown_shows_the_escaped_characters_and_no_others(text in "[-a-z0-9.)(\\[\\]{}&;#*_!|>'\"~`<:=+\\\\/ é]{1,40}|\\PC{1,40}") {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            prop_assert_eq!(shown(&line(text)), text);
            prop_assert_eq!(shown(&format!("{}\\\n{}", line(text), line(text))), format!("{text} {text}"));
        }

        #[test]
        fn a_heading_shows_its_characters(text in "[a-z{}# .*_=-]{1,30}") {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            prop_assert_eq!(shown(&format!("## {}", heading(text))), text);
        }
    }
}
