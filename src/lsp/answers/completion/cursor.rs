//! What is being typed at a place. The text is seldom valid while it is typed, so lines tell it, not a parser.

use crate::document::fences;
use camino::Utf8Path;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cursor<'t> {
    /// A key at the beginning of a line of front matter.
    Key {
        typed: Range<usize>,
        /// The keys that are there already.
        present: Vec<&'t str>,
    },
    /// A value of a key.
    Value(ValueCursor<'t>),
    /// The target of a link or an image.
    Link { typed: Range<usize>, is_image: bool },
    /// A ruling number or a tariff number in words.
    Number { typed: Range<usize> },
}

/// A value that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueCursor<'t> {
    pub(super) key: &'t str,
    /// From the beginning of the value, or of the entry of the list, to the end of its word; without its quote.
    pub(super) typed: Range<usize>,
    /// Where the cursor is in it.
    pub(super) at: usize,
    pub(super) is_quoted: bool,
}

/// Finds out what is being typed at a byte; `None` where nothing can be proposed.
pub(super) fn at<'t>(text: &'t str, path: &Utf8Path, byte: usize) -> Option<Cursor<'t>> {
    let line = text[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let (front_matter, body) = match fences::split(text, path) {
        Ok(parts) => (parts.front_matter, parts.body.start),
        // While nothing closes the block, all of the text is in it.
        Err(_) => (unclosed(text)?, usize::MAX),
    };
    if byte >= body {
        in_body(text, line.max(body), byte)
    } else if byte < front_matter.end || byte == text.len() {
        (byte >= front_matter.start).then(|| in_front_matter(text, front_matter, line, byte))?
    } else {
        None
    }
}

/// A block of front matter that goes on to the end of the text.
fn unclosed(text: &str) -> Option<Range<usize>> {
    let first = text.split(['\n', '\r']).next()?;
    let is_fence = first.trim_start_matches('\u{feff}').trim_end() == "---";
    let rest = &text[first.len()..];
    let end = if rest.starts_with("\r\n") { 2 } else { 1 };
    (is_fence && !rest.is_empty()).then_some(first.len() + end..text.len())
}

fn in_front_matter(
    text: &str,
    block: Range<usize>,
    line: usize,
    byte: usize,
) -> Option<Cursor<'_>> {
    let before = &text[line..byte];
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if before.chars().all(is_key) {
        return Some(Cursor::Key {
            typed: line..end_of_word(text, byte),
            present: present(&text[block], text[line..].split([':', '\n', '\r']).next()?),
        });
    }
    let (key, value) = match key(before) {
        Some((key, colon)) => (key, line + colon + 1),
        None => {
            let above = text[block.start..line].lines().rev();
            let (key, _) = above
                .filter(|line| !line.starts_with([' ', '-', '#']))
                .find_map(key)?;
            (key, line)
        }
    };
    let (start, is_quoted) = entry(&text[value..byte]);
    let start = value + start;
    Some(Cursor::Value(ValueCursor {
        key,
        typed: start..end_of_word(text, byte),
        at: byte,
        is_quoted,
    }))
}

/// The key at the beginning of a line and the place of its colon.
fn key(line: &str) -> Option<(&str, usize)> {
    let colon = line.find(':')?;
    let key = &line[..colon];
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!key.is_empty() && key.chars().all(is_key)).then_some((key, colon))
}

/// The keys of a block but the one that is being typed.
fn present<'t>(block: &'t str, typed: &str) -> Vec<&'t str> {
    let keys = block
        .lines()
        .filter_map(|line| key(line).map(|(key, _)| key));
    let mut is_first = true;
    let keys = keys.filter(|key| {
        let is_typed = *key == typed && is_first;
        is_first &= !is_typed;
        !is_typed
    });
    keys.collect()
}

/// Where the entry that is being typed begins in the value before the cursor, and whether it is in quotes.
fn entry(before: &str) -> (usize, bool) {
    let (mut start, mut quote) = (0, None);
    for (at, c) in before.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '[' | '{' | ',') => start = at + 1,
            (None, '"' | '\'') if begins(&before[start..at]) => {
                quote = Some(c);
                start = at + 1;
            }
            _ => {}
        }
    }
    if quote.is_some() {
        return (start, true);
    }
    let entry = &before[start..];
    let rest = entry.trim_start();
    let rest = rest
        .strip_prefix("- ")
        .or_else(|| rest.strip_prefix('-').filter(|rest| rest.is_empty()));
    let rest = rest.unwrap_or(entry).trim_start();
    (before.len() - rest.len(), false)
}

/// Whether nothing of a value was typed yet: a quote would begin it.
fn begins(before: &str) -> bool {
    let before = before.trim();
    before.is_empty() || before == "-" || before.ends_with(':')
}

/// Where the word that goes on at a byte ends. A full stop is a part of it where digits follow.
fn end_of_word(text: &str, byte: usize) -> usize {
    let rest = &text[byte..];
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let goes_on = is_word(c) || c == '.' && rest[at + 1..].starts_with(is_word);
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    byte + end
}

/// The end of words that a number of a ruling or of the tariff begins with: `NY N30`, `H28`, `6109.1`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"\b(?:(?:NY|HQ|HRL|NYRL)\s+[A-Z]?[0-9]{0,6}|[A-Z][0-9]{2,6}|[0-9]{4}\.[0-9.]{0,8})$";
    Regex::new(pattern).expect("the pattern is a constant that tests compile")
});

fn in_body(text: &str, line: usize, byte: usize) -> Option<Cursor<'_>> {
    let before = &text[line..byte];
    if let Some(open) = before.rfind("](") {
        let typed = &before[open + 2..];
        if !typed.contains([')', ' ']) {
            let typed = typed.trim_start_matches('<').len();
            let label = before[..open].rfind('[');
            let rest = &text[byte..];
            let end = rest.find([')', '>', ' ', '\n', '\r']).unwrap_or(0);
            return Some(Cursor::Link {
                typed: byte - typed..byte + end,
                is_image: label.is_some_and(|at| before[..at].ends_with('!')),
            });
        }
    }
    let found = NUMBER.find(before)?;
    Some(Cursor::Number {
        typed: line + found.start()..end_of_word(text, byte),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is being typed where a text has a `|`.
    fn cursor(marked: &str) -> Option<(String, String)> {
        let byte = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let what = match at(&text, "content/pages/a.md".into(), byte)? {
            Cursor::Key { typed, present } => (format!("key beside {present:?}"), typed),
            Cursor::Value(value) => {
                let quoted = if value.is_quoted { "quoted " } else { "" };
                (format!("{quoted}{}", value.key), value.typed)
            }
            Cursor::Link { typed, is_image } => {
                (if is_image { "image" } else { "link" }.to_owned(), typed)
            }
            Cursor::Number { typed } => ("number".to_owned(), typed),
        };
        Some((what.0, text[what.1].to_owned()))
    }

    #[test]
    fn keys_and_values_are_told_from_lines() {
        for (marked, what, typed) in [
            ("---\nti|\n---\n", "key beside []", "ti"),
            (
                "---\r\n|\r\ndate: 1\r\n---\r\n",
                "key beside [\"date\"]",
                "",
            ),
            (
                "---\ntitle: a\nh|ts: []\n---\n",
                "key beside [\"title\"]",
                "hts",
            ),
            ("---\nhts: |\n---\n", "hts", ""),
            ("---\nhts: [\"61|09\"]\n---\n", "quoted hts", "6109"),
            ("---\nhts: [\"6109\", 61|]\n---\n", "hts", "61"),
            ("---\nhts:\n  - |\n---\n", "hts", ""),
            ("---\nhts:\n- \"6109\"\n- '61|\n---\n", "quoted hts", "61"),
            ("---\nrevokes: [NY N30|]\n---\n", "revokes", "NY N30"),
            ("---\nchanges:\n  - date: 2|\n---\n", "changes", "date: 2"),
            ("---\nchanges: [{da|}]\n---\n", "changes", "da"),
            ("---\ncategory: |", "category", ""),
            ("\u{feff}---\ncategory: or|", "category", "or"),
        ] {
            let expected = Some((what.to_owned(), typed.to_owned()));
            assert_eq!(cursor(marked), expected, "{marked:?}");
        }
    }

    #[test]
    fn links_and_numbers_are_told_from_what_is_before_them() {
        for (text, what, typed) in [
            ("See [it](../ru|)", "link", "../ru"),
            ("See [it](a.md) and [b](|", "link", ""),
            ("![x](a|.png)", "image", "a.png"),
            ("[x](<a|>)", "link", "a"),
            ("In NY |", "number", "NY "),
            ("In HQ H28|9712.", "number", "HQ H289712"),
            ("of 6109.1|", "number", "6109.1"),
        ] {
            let expected = Some((what.to_owned(), typed.to_owned()));
            assert_eq!(
                cursor(&format!("---\ntitle: a\n---\n{text}")),
                expected,
                "{text}"
            );
        }
        for text in ["a word|", "[x](a.md) |", "in 2018|", "|"] {
            assert_eq!(
                cursor(&format!("---\ntitle: a\n---\n{text}")),
                None,
                "{text}"
            );
        }
        assert_eq!(cursor("no front matter NY |"), None);
        assert_eq!(cursor("|---\ntitle: a\n---\n"), None);
        assert_eq!(cursor("-|--\ntitle: a\n---\n"), None);
    }

    proptest! {
        #[test]
        fn what_is_typed_is_within_the_text(
            text in "(---\n)?[-a-z:\\[\\]{}'\", \n\ré😀NY0-9.()!]{0,40}(---\n)?[-a-z\\[\\]()!é NY0-9.\n]{0,20}",
            at_char in 0_usize..70,
        ) {
            let byte = text.char_indices().map(|(at, _)| at).nth(at_char).unwrap_or(text.len());
            let typed = match at(&text, "content/pages/a.md".into(), byte) {
                None => return Ok(()),
                Some(Cursor::Value(value)) => value.typed,
                Some(Cursor::Key { typed, .. } | Cursor::Link { typed, .. } | Cursor::Number { typed }) => typed,
            };
            prop_assert!(typed.start <= byte && byte <= typed.end);
            prop_assert!(text.get(typed).is_some());
        }
    }
}
