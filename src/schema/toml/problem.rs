//! Says in an editor's words what keeps a text from being TOML, and where the mistake is.

use std::ops::Range;

/// Turns what the TOML parser says of a text into what is wrong, what to do, and where.
pub(super) fn syntax(error: &toml::de::Error, text: &str) -> (String, &'static str, Range<usize>) {
    let said = error.message().lines().next().unwrap_or_default();
    let at = error.span().unwrap_or(0..0);
    let line = line_at(text, at.start);
    words(said, text, at, line)
}

fn words(
    said: &str,
    text: &str,
    at: Range<usize>,
    line: Range<usize>,
) -> (String, &'static str, Range<usize>) {
    let written = &text[line.clone()];
    if let Some(quote) = open_quote(written) {
        let quote = line.start + quote;
        return (
            "the quotation mark that opens here is not closed".to_owned(),
            "close it at the end of the value",
            quote..quote + 1,
        );
    }
    if said.starts_with("duplicate key") {
        return (
            "duplicate key: this setting is already set above".to_owned(),
            "keep one of the two lines",
            at,
        );
    }
    if let Some(colon) = colon_after_key(written) {
        let colon = line.start + colon;
        return (
            "expected `=`, found `:`".to_owned(),
            "write it as `title = \"My portal\"`",
            colon..colon + 1,
        );
    }
    if said.starts_with("key with no value") || said.starts_with("missing assignment") {
        return (
            "this line is no `setting = value`".to_owned(),
            "put an equals sign between a setting and its value; a comment begins with `#`",
            line,
        );
    }
    if said.starts_with("string values must be quoted") {
        return (
            "this value is not in quotation marks".to_owned(),
            "put text in double quotes; a flag is `true` or `false`",
            at,
        );
    }
    if said.contains("escape") || said.contains("unicode") {
        return (
            "a backslash in this value begins no escape of TOML".to_owned(),
            "put the value in single quotes, or write each backslash twice",
            at,
        );
    }
    if said.contains("recurs") {
        return (
            "the settings are nested too deep".to_owned(),
            "no setting needs so many levels: look for a stray `[` or `{`",
            at,
        );
    }
    if said.contains("array") {
        let open = text[..at.start].rfind('[');
        return (
            "the list that begins here is not closed, or lacks a comma".to_owned(),
            "write it as `keep = [\"CNAME\", \"robots.txt\"]`",
            open.map_or(at, |open| open..open + 1),
        );
    }
    (
        format!("the settings are not valid TOML: {said}"),
        "write one `setting = value` a line; text goes in double quotes, `true`, `false` and numbers do not",
        at,
    )
}

/// The line at a byte, without indentation and end. The parser stops at the end of a line, or on the first byte of the
/// next one.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let before = &text[..at];
    let head = before.trim_end_matches(['\n', '\r']);
    let start = head.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[start..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| start + length);
    let line = &text[start..end];
    let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
    start + indentation..start + line.trim_end().len().max(indentation)
}

/// The quotation mark of a line that has no partner on it.
fn open_quote(line: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match open {
            Some((_, '"')) if escaped => escaped = false,
            Some((_, '"')) if c == '\\' => escaped = true,
            Some((_, quote)) if c == quote => open = None,
            Some(_) => {}
            None if c == '#' => return None,
            None if c == '"' || c == '\'' => open = Some((at, c)),
            None => {}
        }
    }
    open.map(|(at, _)| at)
}

/// The colon of a line such as `title: "x"`.
fn colon_after_key(line: &str) -> Option<usize> {
    let key = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let rest = &line[key..];
    let colon = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (key > 0 && rest[colon..].starts_with(':')).then_some(key + colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_quotation_mark_is_found_beside_closed_ones() {
        assert_eq!(open_quote("keep = [\"a\", \"b]"), Some(13));
        assert_eq!(open_quote("title = \"it's\" # don't"), None);
        assert_eq!(open_quote("title = 'x"), Some(8));
    }

    #[test]
    fn a_colon_in_a_value_is_no_mistake() {
        assert_eq!(colon_after_key("title : 1"), Some(6));
        assert_eq!(colon_after_key("title = \"a: b\""), None);
    }
}
