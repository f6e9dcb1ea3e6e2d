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
        let help = if text[first.clone()].trim_start().starts_with("---") {
            "the first line must be exactly `---`"
        } else {
            "begin the file with a line `---`, then `title: …` and the other keys, then another line `---`"
        };
        return Err(Diagnostic::error(
            Code::MissingFrontMatter,
            file,
            "the file does not begin with front matter",
        )
        .at(start..first.end)
        .help(help));
    }
    let opening = first;
    let block = lines.at;
    loop {
        let line_start = lines.at;
        let Some(line) = lines.next() else {
            let error = |what: &str| Diagnostic::error(Code::UnclosedFrontMatter, file, what);
            return Err(match almost_fence(text, block) {
                Some(line) => error(
                    "this line closes the front matter only if nothing but `---` stands on it",
                )
                .at(line)
                .help("write the line as `---`, without blanks before it or words after it"),
                None => error("the front matter that begins here is not closed")
                    .at(opening)
                    .help("put a line `---` after the last key"),
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

/// The first line of an unclosed block that was probably meant to close it: a blank before the hyphens, a comment after
/// them, a hyphen too many, or the dots that end a document of YAML.
fn almost_fence(text: &str, block: usize) -> Option<Range<usize>> {
    let mut lines = Lines { text, at: block };
    lines.find(|line| {
        let line = text[line.clone()].trim();
        let after = line.trim_start_matches('-');
        let hyphens = line.len() - after.len();
        line == "..." || hyphens >= 3 && (after.is_empty() || after.trim_start().starts_with('#'))
    })
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
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
