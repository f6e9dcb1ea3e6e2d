//! Diagnostics as a person reads them in a terminal, and as plain data for other renderings.

use super::{Diagnostic, LineIndex, Position, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use camino::Utf8Path;
use std::fmt::Write as _;

/// Gives the text of a file for excerpts; a file that is gone simply has none.
pub trait Sources {
    /// Reads a file by its path relative to the portal's root.
    fn source(&self, file: &Utf8Path) -> Option<Vec<u8>>;
}

/// A diagnostic with its place worked out, as plain data.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Located {
    /// `P0001`.
    pub code: String,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The file, relative to the root.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// The line of the file, without its end; empty where there is none.
    pub excerpt: String,
    /// Further facts.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

/// Works out the places of sorted diagnostics, reading each file once.
pub fn locate(diagnostics: &[Diagnostic], sources: &dyn Sources) -> Vec<Located> {
    with_sources(diagnostics, sources, |diagnostic, source| {
        let index = LineIndex::new(source);
        let position = start(diagnostic, &index);
        Located {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity.label(),
            file: diagnostic.file.to_string(),
            line: position.line,
            column: position.column,
            message: diagnostic.message.clone(),
            excerpt: String::from_utf8_lossy(index.line(position.line)).into_owned(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
        }
    })
}

/// Renders sorted diagnostics for a terminal: a line `path:line:column: severity[code]: message`,
/// the excerpt, notes and help.
pub fn terminal(diagnostics: &[Diagnostic], sources: &dyn Sources, color: bool) -> String {
    let mut out = String::new();
    for block in with_sources(diagnostics, sources, |d, source| block(d, source, color)) {
        out.push_str(&block);
        out.push('\n');
    }
    out
}

fn with_sources<T>(
    diagnostics: &[Diagnostic],
    sources: &dyn Sources,
    mut render: impl FnMut(&Diagnostic, &[u8]) -> T,
) -> Vec<T> {
    let mut current: Option<(&Utf8Path, Vec<u8>)> = None;
    let mut rendered = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let file = diagnostic.file.as_path();
        if current.as_ref().is_none_or(|(path, _)| *path != file) {
            current = Some((file, sources.source(file).unwrap_or_default()));
        }
        if let Some((_, source)) = &current {
            rendered.push(render(diagnostic, source));
        }
    }
    rendered
}

fn start(diagnostic: &Diagnostic, index: &LineIndex<'_>) -> Position {
    index.position(diagnostic.span.as_ref().map_or(0, |span| span.start))
}

fn block(diagnostic: &Diagnostic, source: &[u8], color: bool) -> String {
    let index = LineIndex::new(source);
    let Position { line, column } = start(diagnostic, &index);
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
        && !source.is_empty()
    {
        let excerpt = excerpt(&index, line, span.clone(), source);
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

fn excerpt(
    index: &LineIndex<'_>,
    line: usize,
    span: std::ops::Range<usize>,
    source: &[u8],
) -> Excerpt {
    let bytes = index.line(line);
    let line_start = bytes.as_ptr() as usize - source.as_ptr() as usize;
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
