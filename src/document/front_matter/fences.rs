//! Splits a file into front matter and body.

use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use std::ops::Range;

/// The largest front matter in bytes; real ones stay below 4 kB.
pub(crate) const MAX_BYTES: usize = 64 * 1024;

/// The two parts of a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The YAML between the fences, as bytes of the file.
    pub(crate) front_matter: Range<usize>,
    /// The markdown after the closing fence, as bytes of the file.
    pub(crate) body: Range<usize>,
}

/// Finds the fences. A fence is a line of three hyphens, trailing blanks allowed.
pub(crate) fn split(text: &str, file: &Utf8Path) -> Result<Parts, Diagnostic> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Lines { text, at: start };
    let first = lines.next().unwrap_or(start..start);
    if !is_fence(&text[first.clone()]) {
        let meant = meant_as_opening(text, start);
        let help = if meant.is_some() || text[first.clone()].trim_start().starts_with("---") {
            "the first line must be exactly `---`"
        } else {
            "begin the file with a line `---`, then `title: …` and the other keys, then another line `---`"
        };
        let mut problem = Diagnostic::error(
            Code::MissingFrontMatter,
            file,
            "the file does not begin with front matter",
        )
        .at(start..first.end)
        .help(help);
        if let Some(line) = meant {
            problem = problem.fix(start..line.end, FENCE);
        }
        return Err(problem);
    }
    let opening = first;
    let block = lines.at;
    loop {
        let line_start = lines.at;
        let Some(line) = lines.next() else {
            let error = |what: &str| Diagnostic::error(Code::UnclosedFrontMatter, file, what);
            let problem = match almost_fence(text, block) {
                Some(line) => error(
                    "this line closes the front matter only if nothing but `---` stands on it",
                )
                .at(line)
                .help("write the line as `---`, without blanks before it or words after it"),
                None => error("the front matter that begins here is not closed")
                    .at(opening)
                    .help("put a line `---` after the last key"),
            };
            return Err(match meant_as_closing(text, block) {
                Some(line) => problem.fix(line, FENCE),
                None => problem,
            });
        };
        if is_fence(&text[line]) {
            if line_start - block > MAX_BYTES {
                return Err(Diagnostic::error(
                    Code::FrontMatterLimit,
                    file,
                    format!("the front matter is larger than {} kB", MAX_BYTES / 1024),
                )
                .at(opening)
                .help("move the text into the body, below the closing `---`"));
            }
            return Ok(Parts {
                front_matter: block..line_start,
                body: lines.at..text.len(),
            });
        }
    }
}

/// The first line of an unclosed block that was probably meant to close it.
fn almost_fence(text: &str, block: usize) -> Option<Range<usize>> {
    let mut lines = Lines { text, at: block };
    lines.find(|line| {
        let line = &text[line.clone()];
        let comment = line.trim().strip_prefix(FENCE).map(str::trim_start);
        is_almost_a_fence(line) || comment.is_some_and(|rest| rest.starts_with('#'))
    })
}

const FENCE: &str = "---";

fn is_fence(line: &str) -> bool {
    line.trim_end() == FENCE
}

/// A line of hyphens that must have been meant as a fence, and what ends a document in YAML.
fn is_almost_a_fence(line: &str) -> bool {
    let line = line.trim();
    line == "..." || (line.len() >= FENCE.len() && line.bytes().all(|byte| byte == b'-'))
}

/// The first line with text, where it opens a block of keys in all but its form.
fn meant_as_opening(text: &str, start: usize) -> Option<Range<usize>> {
    let mut lines = Lines { text, at: start };
    let line = lines.find(|line| !text[line.clone()].trim().is_empty())?;
    let is_meant = text[line.clone()].trim() != "..." && is_almost_a_fence(&text[line.clone()]);
    (is_meant && meant_as_closing(text, lines.at).is_some()).then_some(line)
}

/// The line that closes a block of keys which begins at `block` in all but its form.
fn meant_as_closing(text: &str, block: usize) -> Option<Range<usize>> {
    let mut keys = 0;
    for line in (Lines { text, at: block }) {
        let content = &text[line.clone()];
        if is_almost_a_fence(content) {
            return (keys > 0).then_some(line);
        }
        if content.starts_with(|c: char| c.is_ascii_lowercase()) && content.contains(':') {
            keys += 1;
        } else if !content.starts_with([' ', '\t', '-']) {
            // Text, or a heading: the block has ended without a line that says so.
            return None;
        }
    }
    None
}

/// Lines without their ends; `\n`, `\r\n` and a lone `\r` end one.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let start = self.at;
        let end = rest
            .find(['\n', '\r'])
            .map_or(self.text.len(), |length| start + length);
        let after = &self.text[end..];
        self.at = end
            + if after.starts_with("\r\n") {
                2
            } else {
                usize::from(!after.is_empty())
            };
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_do_not_move_the_parts() {
        let text = "\u{feff}---\r\ntitle: é\r\n---\r\nBody\r\n";
        let parts = split(text, Utf8Path::new("a.md")).expect("it has both fences");
        assert_eq!(&text[parts.front_matter], "title: é\r\n");
        assert_eq!(&text[parts.body], "Body\r\n");
    }

    #[test]
    fn an_unclosed_block_points_at_its_opening_line() {
        let problem = split("---\ntitle: x\n", Utf8Path::new("a.md")).expect_err("it is open");
        assert_eq!(
            (problem.code, problem.span),
            (Code::UnclosedFrontMatter, Some(0..3))
        );
    }

    fn fixed(text: &str) -> Option<String> {
        let problem = split(text, Utf8Path::new("a.md")).expect_err("a fence is not as it must be");
        let fixed = crate::diagnostic::apply_fixes(text.as_bytes(), [&problem.fix?]);
        Some(String::from_utf8(fixed.bytes).expect("fixes are text"))
    }

    #[test]
    fn fences_in_all_but_their_form_have_a_fix() {
        assert_eq!(
            fixed(" ---\na: b\n---\n").as_deref(),
            Some("---\na: b\n---\n")
        );
        assert_eq!(
            fixed("\n\n----\na: b\n---\n").as_deref(),
            Some("---\na: b\n---\n")
        );
        assert_eq!(
            fixed("---\na: b\n...\nText\n").as_deref(),
            Some("---\na: b\n---\nText\n")
        );
        assert_eq!(
            fixed("---\r\na: b\r\n----\r\n").as_deref(),
            Some("---\r\na: b\r\n---\r\n")
        );
    }

    #[test]
    fn hyphens_below_text_are_no_fence() {
        assert_eq!(fixed("---\na: b\n\nA heading\n----\n"), None);
        assert_eq!(fixed("----\nText\n---\n"), None);
    }

    proptest! {
        #[test]
        fn any_text_splits_into_parts_of_itself_or_a_problem_within_it(text in "(---)?[\\PC\n\r\u{feff}-]{0,80}") {
            match split(&text, Utf8Path::new("a.md")) {
                Ok(parts) => {
                    prop_assert!(text.get(parts.front_matter.clone()).is_some());
                    prop_assert_eq!(parts.body.end, text.len());
                }
                Err(problem) => prop_assert!(problem.span.is_some_and(|span| text.get(span).is_some())),
            }
        }

        #[test]
        fn line_ends_change_no_part(keys in proptest::collection::vec("[a-z]{1,8}: [a-zé]{1,8}", 0..5)) {
            let unix = format!("---\n{}\n---\nbody", keys.join("\n"));
            let windows = unix.replace('\n', "\r\n");
            let parts = split(&unix, Utf8Path::new("a.md")).expect("it is closed");
            let other = split(&windows, Utf8Path::new("a.md")).expect("it is closed");
            prop_assert_eq!(unix[parts.front_matter].replace('\n', "\r\n"), &windows[other.front_matter]);
            prop_assert_eq!(&unix[parts.body], &windows[other.body]);
        }
    }
}
