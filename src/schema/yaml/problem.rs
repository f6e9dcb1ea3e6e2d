//! Explains to an editor why a block is not YAML, and where the fix belongs.
//!
//! The parser stops where it can go no further, which is often a line below the mistake.

use super::{Block, fix as fixes};
use crate::diagnostic::{Code, Diagnostic, Fix, apply_fixes, invisible_name, is_invisible};
use std::ops::Range;

/// What the parser says, and what it was in the middle of.
pub(super) struct Stop<'a> {
    /// The parser's words.
    pub(super) info: &'a str,
    /// Where it stopped, in the block.
    pub(super) at: usize,
    /// The innermost `[` or `{` that is open there, in the block.
    pub(super) open: Option<usize>,
}

/// Makes the problem of a block.
pub(super) fn problem(stop: &Stop<'_>, block: Block<'_>) -> Diagnostic {
    let Finding {
        code,
        span,
        what,
        help,
        fix,
    } = find(stop, block.text, block.name);
    let moved = |span: Range<usize>| span.start + block.offset..span.end + block.offset;
    let problem = Diagnostic::error(code, block.file, what)
        .at(moved(span))
        .help(help);
    match fix.filter(|fix| leads_on(fix, stop.at, block.text)) {
        Some(Fix { span, replacement }) => problem.fix(moved(span), replacement),
        None => problem,
    }
}

/// Whether the parser gets past the place where it stopped once the fix is applied; only then is the fix certain.
fn leads_on(fix: &Fix, stopped: usize, block: &str) -> bool {
    let fixed = apply_fixes(block.as_bytes(), [fix]).bytes;
    let Ok(text) = std::str::from_utf8(&fixed) else {
        return false;
    };
    let same_place = (stopped + fixed.len()).saturating_sub(block.len());
    super::stop(text).is_none_or(|stop| stop > same_place)
}

const DIRECTIVE: (&str, &str) = (
    "a line that begins with `%` is an order to the reader of YAML, and none is allowed here",
    "delete this line",
);

/// A line `%YAML 1.2` before the keys. It says nothing that this portal does not know, and readers of YAML differ in what
/// must follow it.
pub(super) fn directive(block: Block<'_>) -> Option<Diagnostic> {
    let mut start = 0;
    for line in block.text.split_inclusive('\n') {
        if line.starts_with('%') {
            let at = start + block.offset;
            return Some(
                Diagnostic::error(Code::YamlSyntax, block.file, DIRECTIVE.0)
                    .at(at..at + line.trim_end().len())
                    .help(DIRECTIVE.1)
                    .fix(at..at + line.len(), ""),
            );
        }
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            return None;
        }
        start += line.len();
    }
    None
}

/// Characters that end a line for YAML 1.1 and not for YAML 1.2: readers would not agree on what is a key.
pub(super) fn line_separator(block: Block<'_>) -> Option<Diagnostic> {
    let at = block.text.find(['\u{2028}', '\u{2029}'])?;
    let c = block.text[at..].chars().next()?;
    let span = block.offset + at..block.offset + at + c.len_utf8();
    let what = format!(
        "{} is in the {} and cannot be seen",
        invisible_name(c),
        block.name
    );
    Some(
        Diagnostic::error(Code::InvisibleCharacter, block.file, what)
            .at(span.clone())
            .help("delete it, or put a space in its place")
            .fix(span, " "),
    )
}

struct Finding {
    code: Code,
    span: Range<usize>,
    what: String,
    help: &'static str,
    fix: Option<Fix>,
}

impl Finding {
    fn with(self, fix: Option<Fix>) -> Self {
        Self { fix, ..self }
    }
}

fn find(stop: &Stop<'_>, block: &str, name: &str) -> Finding {
    let Stop { info, at, open } = *stop;
    let syntax = |span: Range<usize>, what: &str, help| Finding {
        code: Code::YamlSyntax,
        span,
        what: what.to_owned(),
        help,
        fix: None,
    };
    if info.contains("unknown anchor") {
        return Finding {
            code: Code::YamlReference,
            span: word(block, at),
            what: "an alias (`*name`) is not allowed here".to_owned(),
            help: "put text that begins with `*` in double quotes",
            fix: None,
        };
    }
    if info.contains("directive") && block[at..].starts_with('%') {
        let end = block[at..]
            .find('\n')
            .map_or(block.len(), |length| at + length);
        return syntax(
            at..at + block[at..end].trim_end().len(),
            DIRECTIVE.0,
            DIRECTIVE.1,
        );
    }
    if let Some(finding) = invisible(block, at) {
        return finding;
    }
    if let Some(tab) = tab_in_indentation(block, at) {
        return syntax(
            tab..tab + 1,
            "this line is indented with a tab",
            "indent with spaces, not with tabs",
        )
        .with(fixes::spaces_for_tabs(block, tab));
    }
    if info.contains("escape") || info.contains("hex") {
        return syntax(
            at..at + 1,
            "a backslash in this value in double quotes begins no sign that YAML has",
            "put the value in single quotes, or write each backslash twice",
        );
    }
    let is_open_quote = block[at..].starts_with(['"', '\'']) && info.contains("quoted");
    if is_open_quote && closes_on_its_line(&block[at..]) {
        return syntax(
            at..at + 1,
            "something is missing before or after this value in quotation marks",
            "put a comma between the entries of a list; inside single quotes write an apostrophe twice",
        );
    }
    if is_open_quote {
        return syntax(
            at..at + 1,
            "the quotation mark that opens here is not closed",
            "close it at the end of the value; inside double quotes write `\\\"` for a quotation mark",
        );
    }
    if let Some(open) = open
        .filter(|open| line_of(block, *open) != line_of(block, at) || block[at..].trim().is_empty())
    {
        return if block[open..].starts_with('{') {
            syntax(
                open..open + 1,
                "the group that begins here is not closed",
                "close it with `}`",
            )
        } else {
            syntax(
                open..open + 1,
                "the list that begins here is not closed",
                "close it with `]` and put a comma between its entries",
            )
        };
    }
    if info.contains("simple key") {
        // The parser sees the missing colon only when the next key begins.
        let line = last_text_line(block, at);
        return syntax(
            line.clone(),
            "this line is no `key: value`",
            "put a colon and a space after the key",
        )
        .with(fixes::space_after_colon(block, line));
    }
    if info.contains("mapping values are not allowed") {
        return syntax(
            at..at + usize::from(block[at..].starts_with(':')),
            "this value has a second colon with a space, or the line is indented by mistake",
            "put the value in double quotes; keys begin at the start of the line",
        )
        .with(fixes::quotes_around_value(block, at));
    }
    syntax(
        at..at,
        &format!("the {name} is not valid YAML: {info}"),
        "write one `key: value` a line; put a value that begins with a special sign in double quotes",
    )
}

/// An invisible character on the lines where the parser stopped, without which it comes further.
fn invisible(block: &str, at: usize) -> Option<Finding> {
    let start = last_text_line(block, at).start.min(at);
    let start = block[..start].rfind('\n').map_or(0, |end| end + 1);
    let end = block[at..].find('\n').map_or(block.len(), |end| at + end);
    let found = block[start..end]
        .char_indices()
        .filter(|(_, c)| is_invisible(*c));
    // Few lines have more than one; each costs a parse.
    found.take(4).find_map(|(found, c)| {
        let span = start + found..start + found + c.len_utf8();
        let fix = Fix {
            span: span.clone(),
            replacement: if c.is_whitespace() { " " } else { "" }.to_owned(),
        };
        leads_on(&fix, at, block).then(|| Finding {
            code: Code::InvisibleCharacter,
            span,
            what: format!("invisible character: {}", invisible_name(c)),
            help: "put an ordinary space in its place, or delete it",
            fix: Some(fix),
        })
    })
}

/// Whether a value in quotation marks ends on the line on which it begins.
fn closes_on_its_line(text: &str) -> bool {
    let quote = if text.starts_with('"') { '"' } else { '\'' };
    let line = text.lines().next().unwrap_or_default();
    line.chars().skip(1).any(|c| c == quote)
}

/// The first tab in the indentation of the line at `at`, or of the line after it, where the parser may have stopped.
fn tab_in_indentation(block: &str, at: usize) -> Option<usize> {
    let start = block[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut line_start = start;
    for line in block[start..].split_inclusive('\n').take(2) {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indentation].find('\t') {
            return Some(line_start + tab);
        }
        line_start += line.len();
    }
    None
}

fn line_of(block: &str, at: usize) -> usize {
    block[..at].matches('\n').count()
}

/// The last line before `at` that has text, without its indentation; the one at `at` where there is none.
fn last_text_line(block: &str, at: usize) -> Range<usize> {
    let line_start = block[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = block[..line_start].trim_end();
    let text = if before.is_empty() {
        block[..at].trim_end()
    } else {
        before
    };
    let start = text.rfind('\n').map_or(0, |end| end + 1);
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    start..text.len()
}

fn word(block: &str, at: usize) -> Range<usize> {
    let length = block[at..]
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'))
        .unwrap_or(block.len() - at);
    at..at + length
}

#[cfg(test)]
mod tests {
    use crate::schema::yaml;
    use camino::Utf8Path;
    use proptest::prelude::*;

    /// Whether every place of a text's problems is a piece of it.
    fn places_are_text(text: &str) -> bool {
        let parsed = yaml::parse(yaml::Block {
            text,
            offset: 0,
            file: Utf8Path::new("a.md"),
            name: "front matter",
        });
        let mut problems = parsed.err().unwrap_or_default().into_iter();
        problems.all(|problem| {
            let fix = problem.fix.map(|fix| fix.span);
            let mut spans = problem.span.into_iter().chain(fix);
            spans.all(|span| text.get(span).is_some())
        })
    }

    #[test]
    fn a_place_behind_a_long_character_is_text() {
        for text in [
            "a\n:é\n\t*\t%",
            "é: \"\\é\"",
            "é: \"\\xé\"",
            "...\n%é\n",
            "é: \"",
        ] {
            assert!(places_are_text(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_place_is_text(text in "[ab:é😀\n\t*% \"'\\\\\\[\\]{},#&!|>?x-]{0,24}") {
            prop_assert!(places_are_text(&text));
        }
    }
}
