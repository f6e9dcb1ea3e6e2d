//! The outline of a document: its headings, each with those below it.

use super::Answers;
use crate::diagnostic::LineIndex;
use crate::document::body::{Body, Heading, headings};
use crate::document::fences;
use camino::Utf8Path;
use gen_lsp_types as lsp;
use std::ops::Range;

/// The headings of an open document; `None` for what is none.
pub(crate) fn outline(answers: &Answers<'_>, path: &Utf8Path) -> Option<Vec<lsp::DocumentSymbol>> {
    let document = answers.files.open.get(path)?;
    super::document_at(path, &answers.schema())?;
    let parts = fences::split(&document.text, path).ok()?;
    let body = Body::parse(&document.text[parts.body.clone()], parts.body.start);
    let found = headings(&body);
    let index = LineIndex::new(document.text.as_bytes());
    let place = |span: Range<usize>| answers.encoding.place(&index, &span);
    Some(below(&found, parts.body.end, &place))
}

/// The first heading with all that are deeper, then the next, to the end of the section that they are in.
fn below(
    mut headings: &[Heading],
    end: usize,
    place: &dyn Fn(Range<usize>) -> lsp::Range,
) -> Vec<lsp::DocumentSymbol> {
    let mut symbols = Vec::new();
    while let Some((first, rest)) = headings.split_first() {
        let deeper = rest
            .iter()
            .take_while(|other| other.level > first.level)
            .count();
        let (inner, next) = rest.split_at(deeper);
        let section_end = next.first().map_or(end, |next| next.span.start);
        let children = below(inner, section_end, place);
        let name = first.text.split_whitespace().collect::<Vec<_>>().join(" ");
        symbols.push(lsp::DocumentSymbol::new(
            // A symbol without a name is refused by some editors.
            if name.is_empty() {
                format!("#{}", first.anchor)
            } else {
                name
            },
            None,
            lsp::SymbolKind::String,
            None,
            None,
            place(first.span.start..section_end.max(first.span.end)),
            place(first.span.clone()),
            (!children.is_empty()).then_some(children),
        ));
        headings = next;
    }
    symbols
}
