//! Diagnostics as a person reads them in a terminal, with excerpts.

use super::{RelatedPlace, Sources, related, start, with_sources};
use crate::diagnostic::{Diagnostic, LineIndex, Position, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;

/// Renders sorted diagnostics for a terminal: a line `path:line:column: severity[code]: message`,
/// the excerpt, notes and help.
pub fn terminal(diagnostics: &[Diagnostic], sources: &dyn Sources, color: bool) -> String {
    let related = related(diagnostics, sources, |place, index| {
        let located = RelatedPlace::new(place, index);
        let excerpt = place.span.clone().filter(|_| !index.source.is_empty());
        let excerpt = excerpt.map(|span| excerpt_of(index, located.line, span));
        (located, excerpt)
    });
    let mut related = related.into_iter();
    with_sources(diagnostics, sources, |diagnostic, index| {
        let related = related.next().unwrap_or_default();
        block(diagnostic, index, &related, color) + "\n"
    })
    .concat()
}

fn block(
    diagnostic: &Diagnostic,
    index: &LineIndex<'_>,
    related: &[(RelatedPlace, Option<Excerpt>)],
    color: bool,
) -> String {
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
    let mut excerpts = Group::with_level(level);
    if let Some(span) = &diagnostic.span
        && !index.source.is_empty()
    {
        let excerpt = excerpt_of(index, line, span.clone());
        excerpts = excerpts.element(
            Snippet::source(excerpt.text)
                .line_start(line)
                .annotation(AnnotationKind::Primary.span(excerpt.span)),
        );
    }
    for (place, excerpt) in related {
        if let Some(Excerpt { text, span }) = excerpt {
            excerpts = excerpts.element(
                Snippet::source(text)
                    .path(&place.file)
                    .line_start(place.line)
                    .annotation(
                        AnnotationKind::Context
                            .span(span.clone())
                            .label(&place.label),
                    ),
            );
        }
    }
    if !excerpts.is_empty() {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        out.push_str(&renderer.render(&[excerpts]));
        out.push('\n');
    }
    let without_excerpt = related.iter().filter(|(_, excerpt)| excerpt.is_none());
    for (place, _) in without_excerpt {
        let _ = writeln!(out, "  = {place}");
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

fn excerpt_of(index: &LineIndex<'_>, line: usize, span: std::ops::Range<usize>) -> Excerpt {
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

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::terminal;

    #[test]
    fn each_place_has_its_excerpt_and_a_file_without_one_is_named() {
        let (problems, files) = samples::problems();
        insta::assert_snapshot!(terminal(&problems[..1], &files, false), @r"
        content/pages/a b,ü.md:2:10: warning[P0021]: 50% of `a|b`: no <key>
          |
        2 | title: 😀 100%, a: b
          |           ^^^^
          |
         ::: site.toml:1:9
          |
        1 | title = 1
          |         - the title
          = see content/gone.md:1:1: the other file
          = note: a note
          = help: write `c`
        ");
    }
}
