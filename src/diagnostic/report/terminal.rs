//! Diagnostics as a person reads them in a terminal, with excerpts.

use super::{Sources, start, with_sources};
use crate::diagnostic::{Diagnostic, LineIndex, Position, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;

/// Renders sorted diagnostics for a terminal: a line `path:line:column: severity[code]: message`,
/// the excerpt, notes and help.
pub fn terminal(diagnostics: &[Diagnostic], sources: &dyn Sources, color: bool) -> String {
    let mut out = String::new();
    for block in with_sources(diagnostics, sources, |d, index| block(d, index, color)) {
        out.push_str(&block);
        out.push('\n');
    }
    out
}

fn block(diagnostic: &Diagnostic, index: &LineIndex<'_>, color: bool) -> String {
    let Position { line, column } = start(diagnostic, index);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (on, off) = match (color, diagnostic.severity) {
        (false, _) => ("", ""),
        (true, Severity::Error) => ("\x1b[1;31m", "\x1b[0m"),
        (true, Severity::Warning) => ("\x1b[1;33m", "\x1b[0m"),
    };
    let mut out = format!(
        "{}:{line}:{column}: {on}{}[{}]{off}: {}\n",
        diagnostic.file,
        diagnostic.severity.label(),
        diagnostic.code,
        diagnostic.message
    );
    if let Some(span) = &diagnostic.span
        && !index.source.is_empty()
    {
        let excerpt = excerpt(index, line, span.clone());
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let group = Group::with_level(level).element(
            Snippet::source(excerpt.text)
                .line_start(line)
                .annotation(AnnotationKind::Primary.span(excerpt.span)),
        );
        out.push_str(&renderer.render(&[group]));
        out.push('\n');
    }
    for note in &diagnostic.notes {
        let _ = writeln!(out, "  = note: {note}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "  = help: {help}");
    }
    out
}

struct Excerpt {
    text: String,
    span: std::ops::Range<usize>,
}

/// The longest piece of a line that an excerpt shows; a hostile line can be megabytes long.
const EXCERPT_BYTES: usize = 240;

fn excerpt(index: &LineIndex<'_>, line: usize, span: std::ops::Range<usize>) -> Excerpt {
    let bytes = index.line(line);
    let line_start = bytes.as_ptr() as usize - index.source.as_ptr() as usize;
    let from = span.start.saturating_sub(line_start).min(bytes.len());
    let to = span.end.saturating_sub(line_start).clamp(from, bytes.len());
    let window = from.saturating_sub(EXCERPT_BYTES / 2);
    let window_end = bytes.len().min(window + EXCERPT_BYTES);
    let text = |range: std::ops::Range<usize>| {
        // Control characters would move the carets, or the terminal.
        String::from_utf8_lossy(&bytes[range])
            .chars()
            .map(|c| match c {
                '\u{feff}' | '\t' => ' ',
                c if c.is_control() => '\u{fffd}',
                c => c,
            })
            .collect::<String>()
    };
    let before = text(window..from);
    let marked = text(from..to.min(window_end));
    let after = text(to.min(window_end)..window_end);
    let span = before.len()..before.len() + marked.len();
    Excerpt {
        text: before + &marked + &after,
        span,
    }
}
