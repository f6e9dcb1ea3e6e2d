//! Diagnostics for those who read them: one file a format.
//!
//! In: sorted diagnostics and a way to the files that they are about. Out: text, or plain data for the preview.

mod github;
mod json;
mod sarif;
mod short;
mod terminal;

pub use github::{github, github_summary};
pub use json::json;
pub use sarif::sarif;
pub use short::short;
pub use terminal::terminal;

use super::{Diagnostic, Fix, LineIndex, Position, Related};
use camino::Utf8Path;
use std::ops::Range;

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
    /// The line of the end.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// The bytes of the file; `None` where the file as a whole is meant.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// The line of the file, without its end; of a long one what is around the place. Empty where there is none.
    pub excerpt: String,
    /// Other places that it has to do with.
    pub related: Vec<RelatedPlace>,
    /// Further facts.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// The change that fixes it.
    pub fix: Option<Fix>,
    /// What the code means, as a path in Portolan's own repository.
    pub url: String,
}

/// Another place of a diagnostic, as plain data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RelatedPlace {
    /// The file, relative to the root.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// The bytes of the file; `None` where the file as a whole is meant.
    pub span: Option<Range<usize>>,
    /// What is there.
    pub label: String,
    /// The line of the file, as in [`Located`].
    pub excerpt: String,
}

impl RelatedPlace {
    fn new(related: &Related, index: &LineIndex<'_>) -> Self {
        let (from, to) = positions(related.span.as_ref(), index);
        Self {
            file: related.file.to_string(),
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            span: related.span.clone(),
            label: related.label.clone(),
            excerpt: excerpt(index, from.line, related.span.as_ref()),
        }
    }
}

/// `see content/rulings/n1.md:3:9: the other ruling`.
impl std::fmt::Display for RelatedPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            file,
            line,
            column,
            label,
            ..
        } = self;
        write!(f, "see {file}:{line}:{column}: {label}")
    }
}

/// Works out the places of sorted diagnostics, reading each file once for them and once for what is related to them.
pub fn locate(diagnostics: &[Diagnostic], sources: &dyn Sources) -> Vec<Located> {
    let mut related = related(diagnostics, sources, RelatedPlace::new).into_iter();
    with_sources(diagnostics, sources, |diagnostic, index| {
        let position = start(diagnostic, index);
        let end = end(diagnostic, index);
        Located {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity.label(),
            file: diagnostic.file.to_string(),
            line: position.line,
            column: position.column,
            end_line: end.line,
            end_column: end.column,
            span: diagnostic.span.clone(),
            message: diagnostic.message.clone(),
            excerpt: excerpt(index, position.line, diagnostic.span.as_ref()),
            related: related.next().unwrap_or_default(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
            fix: diagnostic.fix.clone(),
            url: diagnostic.code.page_address(),
        }
    })
}

/// The longest line that is given whole, in bytes. A hostile line can be megabytes long, and each problem shows it.
const MAX_EXCERPT: usize = 1000;

fn excerpt(index: &LineIndex<'_>, line: usize, span: Option<&Range<usize>>) -> String {
    let bytes = index.line(line);
    if bytes.len() <= MAX_EXCERPT {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let line_start = bytes.as_ptr() as usize - index.source.as_ptr() as usize;
    let place = span.map_or(0, |span| span.start);
    let place = place.saturating_sub(line_start).min(bytes.len());
    // A byte that goes on with a character begins none.
    let is_boundary = |at: &usize| {
        bytes
            .get(*at)
            .is_none_or(|byte| byte & 0b1100_0000 != 0b1000_0000)
    };
    let from = (place.saturating_sub(MAX_EXCERPT / 2)..=place).find(is_boundary);
    let from = from.unwrap_or(place);
    let to = (from..=bytes.len().min(from + MAX_EXCERPT))
        .rev()
        .find(is_boundary);
    let to = to.unwrap_or(from);
    let text = String::from_utf8_lossy(&bytes[from..to]);
    let before = if from > 0 { "…" } else { "" };
    let after = if to < bytes.len() { "…" } else { "" };
    format!("{before}{text}{after}")
}

/// `path:line:col: severity[code]: message`, as editors read it.
pub fn headline(diagnostic: &Diagnostic, at: Position) -> String {
    format!(
        "{}:{}:{}: {}[{}]: {}",
        diagnostic.file,
        at.line,
        at.column,
        diagnostic.severity.label(),
        diagnostic.code,
        diagnostic.message
    )
}

/// Calls `render` with each diagnostic and the lines of its file, reading each file once.
fn with_sources<T>(
    diagnostics: &[Diagnostic],
    sources: &dyn Sources,
    mut render: impl FnMut(&Diagnostic, &LineIndex<'_>) -> T,
) -> Vec<T> {
    let mut rendered = Vec::with_capacity(diagnostics.len());
    for group in diagnostics.chunk_by(|a, b| a.file == b.file) {
        let source = sources.source(&group[0].file).unwrap_or_default();
        let index = LineIndex::new(&source);
        rendered.extend(group.iter().map(|diagnostic| render(diagnostic, &index)));
    }
    rendered
}

/// Calls `render` with what is related to each diagnostic and the lines of its file, reading each file once.
fn related<T>(
    diagnostics: &[Diagnostic],
    sources: &dyn Sources,
    mut render: impl FnMut(&Related, &LineIndex<'_>) -> T,
) -> Vec<Vec<T>> {
    let places: Vec<(usize, &Related)> = diagnostics
        .iter()
        .enumerate()
        .flat_map(|(at, diagnostic)| diagnostic.related.iter().map(move |place| (at, place)))
        .collect();
    let mut by_file: Vec<usize> = (0..places.len()).collect();
    by_file.sort_by_key(|at| &places[*at].1.file);
    let mut rendered = Vec::with_capacity(places.len());
    for group in by_file.chunk_by(|a, b| places[*a].1.file == places[*b].1.file) {
        let source = sources.source(&places[group[0]].1.file);
        let source = source.unwrap_or_default();
        let index = LineIndex::new(&source);
        rendered.extend(group.iter().map(|at| (*at, render(places[*at].1, &index))));
    }
    rendered.sort_by_key(|(at, _)| *at);
    let mut all: Vec<Vec<T>> = diagnostics.iter().map(|_| Vec::new()).collect();
    for (at, place) in rendered {
        all[places[at].0].push(place);
    }
    all
}

fn start(diagnostic: &Diagnostic, index: &LineIndex<'_>) -> Position {
    positions(diagnostic.span.as_ref(), index).0
}

fn end(diagnostic: &Diagnostic, index: &LineIndex<'_>) -> Position {
    positions(diagnostic.span.as_ref(), index).1
}

fn positions(span: Option<&Range<usize>>, index: &LineIndex<'_>) -> (Position, Position) {
    let span = span.cloned().unwrap_or_default();
    let end = span.end.max(span.start);
    (index.position(span.start), index.position(end))
}

#[cfg(test)]
mod samples {
    use super::Sources;
    use crate::diagnostic::{Code, Diagnostic, sort};
    use camino::Utf8Path;
    use std::collections::HashMap;

    /// Files of a test by path.
    #[derive(Default)]
    pub(super) struct Texts(HashMap<&'static str, &'static str>);

    impl Texts {
        pub(super) fn with(mut self, path: &'static str, text: &'static str) -> Self {
            self.0.insert(path, text);
            self
        }
    }

    impl Sources for Texts {
        fn source(&self, file: &Utf8Path) -> Option<Vec<u8>> {
            self.0.get(file.as_str()).map(|text| (*text).into())
        }
    }

    pub(super) const PAGE: &str = "content/pages/a b,ü.md";

    /// Two problems whose texts and places have every sign that some format escapes.
    pub(super) fn problems() -> (Vec<Diagnostic>, Texts) {
        let texts = Texts::default()
            .with(PAGE, "---\ntitle: 😀 100%, a: b\n---\n")
            .with("site.toml", "title = 1\n");
        let mut problems = vec![
            Diagnostic::warning(Code::UnknownKey, PAGE, "50% of `a|b`:\nno <key>")
                .at(16..20)
                .related("site.toml", 8..9, "the title")
                .related("content/gone.md", None, "the other file")
                .note("a note")
                .help("write `c`")
                .fix(16..20, "c"),
            Diagnostic::error(Code::InvalidConfig, "site.toml", "the title is no text"),
        ];
        sort(&mut problems);
        (problems, texts)
    }
}
