//! Text from content as a message may show it.

/// Tells control characters, those that turn the direction of text (Unicode Technical Report 36, 2.5), and code points
/// that are no characters (Unicode, 23.7), some of which YAML refuses.
///
/// Line ends and tabs are none of them.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// The longest text of a message, in bytes: what it quotes can be as long as a file.
const MAX_BYTES: usize = 1000;

/// Makes one line without unseen characters: a quoted name could move a terminal's cursor, or look like a report of its own.
/// Of a long text it leaves the beginning and the end.
#[must_use]
pub fn shown(mut text: String) -> String {
    if text.len() > MAX_BYTES {
        let is_boundary = |at: &usize| text.is_char_boundary(*at);
        let half = MAX_BYTES / 2;
        let head = (0..=half).rev().find(is_boundary).unwrap_or(0);
        let tail = (text.len() - half..=text.len()).find(is_boundary);
        let tail = tail.unwrap_or(text.len());
        text = format!("{} … {}", &text[..head], &text[tail..]);
    }
    let is_hidden = |c: char| c.is_control() || is_unseen(c);
    if !text.contains(is_hidden) {
        return text;
    }
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_hidden(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_content_says_stays_on_one_line_and_leaves_the_terminal_alone() {
        assert_eq!(
            shown("a\nb\u{1b}[2Jc\u{202e}".to_owned()),
            "a b\u{fffd}[2Jc\u{fffd}"
        );
        assert_eq!(shown("é 字".to_owned()), "é 字");
        assert!(shown("é".repeat(5000)).len() <= MAX_BYTES + " … ".len());
    }
}
