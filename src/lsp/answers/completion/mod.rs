//! What can be typed at a place: keys and values of front matter and of the settings, rulings and tariff numbers, links.
//!
//! A list that can be long is filtered here by what is typed, not by the editor, and asked for again at the next letter.

mod cursor;
mod front_matter;
mod links;
mod numbers;
mod settings;

use super::Answers;
use crate::config::CONFIG_FILE;
use camino::Utf8Path;
use cursor::Cursor;
use gen_lsp_types as lsp;
use std::ops::Range;

/// The most proposals in one answer that was chosen by what is typed.
const MAX_PROPOSALS: usize = 100;

/// Something that can be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// As the list shows it.
    label: String,
    /// What it is, beside the label.
    detail: Option<String>,
    /// What it is at length, in markdown.
    documentation: Option<String>,
    kind: lsp::CompletionItemKind,
    /// What is typed.
    text: String,
}

impl Proposal {
    fn new(label: impl Into<String>, kind: lsp::CompletionItemKind) -> Self {
        let label = label.into();
        Self {
            text: label.clone(),
            label,
            detail: None,
            documentation: None,
            kind,
        }
    }

    fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()).filter(|detail: &String| !detail.is_empty()),
            ..self
        }
    }
}

/// Proposals for the place of some text that is typed already.
pub(crate) struct Proposals {
    /// The bytes that a proposal takes the place of.
    typed: Range<usize>,
    /// The most likely first.
    list: Vec<Proposal>,
    /// Whether they were chosen by what is typed.
    is_filtered: bool,
}

/// What can be typed at a byte of an open document.
pub(crate) fn complete(
    answers: &Answers<'_>,
    path: &Utf8Path,
    byte: usize,
) -> Option<lsp::CompletionList> {
    let document = answers.files.open.get(path)?;
    let text: &str = &document.text;
    if path == CONFIG_FILE {
        return Some(list(answers, text, byte, settings::complete(text, byte)?));
    }
    let schema = answers.schema();
    let (_, kind) = super::document_at(path, &schema)?;
    let fields = schema.fields(kind);
    let proposals = match cursor::at(text, path, byte)? {
        Cursor::Key { typed, present } => {
            let has_colon = text[typed.end..].starts_with(':');
            front_matter::keys(fields, &present, typed, has_colon)
        }
        Cursor::Value(value) => front_matter::values(answers, fields, text, value)?,
        Cursor::Link { typed, is_image } => {
            links::links(answers, path, &text[typed.start..byte], &typed, is_image)?
        }
        Cursor::Number { typed } => numbers::in_words(answers, &text[typed.start..byte], typed)?,
    };
    Some(list(answers, text, byte, proposals))
}

fn list(
    answers: &Answers<'_>,
    text: &str,
    byte: usize,
    proposals: Proposals,
) -> lsp::CompletionList {
    let Proposals {
        typed,
        list,
        is_filtered,
    } = proposals;
    let range = answers.range(text, &typed);
    let filter = text.get(typed.start..byte).filter(|_| is_filtered);
    // A list that the editor filters has to be complete.
    let most = if is_filtered {
        MAX_PROPOSALS
    } else {
        usize::MAX
    };
    let items = list.into_iter().take(most).enumerate();
    let items = items.map(|(at, proposal)| lsp::CompletionItem {
        label: proposal.label,
        kind: Some(proposal.kind),
        detail: proposal.detail,
        documentation: proposal.documentation.map(|words| {
            lsp::Documentation::MarkupContent(lsp::MarkupContent::new(
                lsp::MarkupKind::Markdown,
                words,
            ))
        }),
        // Editors would sort by the label.
        sort_text: Some(format!("{at:04}")),
        // What was chosen here by its title would be thrown away by an editor that compares it with what is typed.
        filter_text: filter.filter(|typed| !typed.is_empty()).map(str::to_owned),
        text_edit: Some(lsp::TextEdit::new(range, proposal.text).into()),
        ..lsp::CompletionItem::default()
    });
    lsp::CompletionList {
        is_incomplete: is_filtered,
        items: items.collect(),
        ..lsp::CompletionList::default()
    }
}

/// Whether a text has all words of another, in any order, without regard to capitals. `words` are in lower case.
fn has_words(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// The words of what is typed, in lower case.
fn words(typed: &str) -> Vec<String> {
    typed.split_whitespace().map(str::to_lowercase).collect()
}
