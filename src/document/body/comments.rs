//! HTML comments: what stands in one is for those who write and never for those who read.
//!
//! Rules of where one begins and ends: CommonMark 0.31, sections 4.6 and 6.6.

use pulldown_cmark::CowStr;
use std::ops::Range;

/// What begins a comment.
pub(super) const OPEN: &str = "<!--";
/// What ends one.
pub(super) const CLOSE: &str = "-->";

/// A comment, or what was probably meant as part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comment {
    /// It is closed and is published nowhere.
    Closed,
    /// It begins and does not end within its block: what follows would be published.
    Unclosed,
    /// It stands in another one, which its end closes.
    Nested,
    /// An end without a beginning, below another comment.
    Stray,
    /// It is in the address or title of a link, where it is text.
    InLink,
}

/// What HTML is without its comments.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stripped {
    /// The bytes of the HTML that are no comment.
    kept: Vec<Range<usize>>,
    /// Comments and faults, as bytes of the HTML.
    found: Vec<(Comment, Range<usize>)>,
}

/// Finds the comments of a piece of HTML. One that is not closed goes on to its end.
fn strip(html: &str) -> Stripped {
    let mut stripped = Stripped::default();
    let mut at = 0;
    while let Some(start) = html[at..].find(OPEN).map(|found| at + found) {
        if start > at {
            stripped.kept.push(at..start);
        }
        let (length, is_closed) = length(&html[start..]);
        let end = start + length;
        let kind = if is_closed {
            Comment::Closed
        } else {
            Comment::Unclosed
        };
        stripped.found.push((kind, start..end));
        let within = start + OPEN.len();
        if let Some(nested) = html[within..end].find(OPEN).filter(|_| is_closed) {
            let nested = within + nested;
            stripped
                .found
                .push((Comment::Nested, nested..nested + OPEN.len()));
        }
        at = end;
    }
    if at < html.len() {
        stripped.kept.push(at..html.len());
    }
    stripped
}

/// The length of the comment at the beginning of a text, and whether it is closed there. `<!-->` and `<!--->` are whole.
fn length(text: &str) -> (usize, bool) {
    let rest = &text[OPEN.len()..];
    for end in [">", "->"] {
        if rest.starts_with(end) {
            return (OPEN.len() + end.len(), true);
        }
    }
    match rest.find(CLOSE) {
        Some(end) => (OPEN.len() + end + CLOSE.len(), true),
        None => (text.len(), false),
    }
}

/// What pieces of a body are without their comments.
pub(super) struct Read {
    pub(super) kept: Vec<(String, Range<usize>)>,
    pub(super) found: Vec<(Comment, Range<usize>)>,
}

/// Takes the comments out of pieces that follow one another. The bytes are those of the body.
pub(super) fn without_comments(pieces: &[(CowStr<'_>, Range<usize>)], body: &str) -> Read {
    let whole: String = pieces.iter().map(|(text, _)| text.as_ref()).collect();
    // Where each piece begins in the whole.
    let mut starts = Vec::with_capacity(pieces.len());
    let mut length = 0;
    for (text, _) in pieces {
        starts.push(length);
        length += text.len();
    }
    let in_body = |at: usize| {
        let piece = starts.partition_point(|start| *start <= at).max(1) - 1;
        let (_, range) = &pieces[piece];
        (range.start + at - starts[piece]).min(range.end)
    };
    let place = |range: &Range<usize>| {
        let start = in_body(range.start);
        let end = match range.end.checked_sub(1) {
            Some(last) if last >= range.start => in_body(last) + 1,
            _ => start,
        };
        // Where the parser writes a piece in other bytes than the file has, a place is near and not exact.
        let is_boundary = |at: &usize| body.is_char_boundary(*at);
        let start = (0..=start).rev().find(is_boundary).unwrap_or(0);
        let end = (end.max(start)..=body.len()).find(is_boundary);
        start..end.unwrap_or(body.len())
    };
    let mut stripped = strip(&whole);
    for range in &stripped.kept {
        if let Some(stray) = whole[range.clone()].find(CLOSE) {
            let start = range.start + stray;
            let stray = start..start + CLOSE.len();
            stripped.found.push((Comment::Stray, stray));
        }
    }
    let kept = stripped.kept.iter();
    let found = stripped.found.iter();
    Read {
        kept: kept
            .map(|range| (whole[range.clone()].to_owned(), place(range)))
            .collect(),
        found: found
            .map(|(comment, range)| {
                // The blanks after a comment that goes to the end of its block are none of it.
                let length = whole[range.clone()].trim_end().len();
                (*comment, place(&(range.start..range.start + length)))
            })
            .collect(),
    }
}

/// Whether the character at `at` is written with a backslash and is therefore plain text.
pub(in crate::document) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes()[..at].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(html: &str) -> String {
        let stripped = strip(html);
        stripped
            .kept
            .into_iter()
            .map(|range| &html[range])
            .collect()
    }

    #[test]
    fn what_is_no_comment_stays() {
        for (html, expected) in [
            ("a<!-- b -->c<!--d-->e", "ace"),
            ("<!--> a", " a"),
            ("<!---> a", " a"),
            ("a <!-- b\nc", "a "),
            ("<!-- a -- b --!> c", ""),
            ("<p>", "<p>"),
        ] {
            assert_eq!(kept(html), expected, "{html}");
        }
        assert_eq!(
            strip("<!-- a <!-- b --> c").found,
            [(Comment::Closed, 0..17), (Comment::Nested, 7..11)]
        );
    }

    proptest! {
        #[test]
        fn no_comment_begins_in_what_is_kept(html in "(<!--|-->|<|!|-|>|a|é|\n){0,20}") {
            let stripped = strip(&html);
            for range in &stripped.kept {
                prop_assert!(!html[range.clone()].contains(OPEN));
            }
        }
    }
}
