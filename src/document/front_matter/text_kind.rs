//! What the body of a document is: the document's own words, the portal's summary of them, or nothing but its record.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::schema::words;
use serde::{Deserialize, Serialize};

/// What the body of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// A copy of the letter, decision or publication.
    Letter,
    /// What the portal's editors say of it, in their words.
    Summary,
    /// No text: only number, date and the like are known.
    Record,
    /// The document does not say. Such a body is never called a copy.
    Unstated,
}

// Front matter cannot say that it does not say.
words!(TextKind; Letter => "letter", Summary => "summary", Record => "record");

impl TextKind {
    /// As data and the names of words write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Summary => "summary",
            Self::Record => "record",
            Self::Unstated => "unstated",
        }
    }
}

impl Document {
    /// What the body is; `None` for updates, pages and kinds of site.toml that say nothing of it: their text is the
    /// portal's own and reproduces no other.
    #[must_use]
    pub fn text_kind(&self) -> Option<TextKind> {
        match self.common.text {
            None if !self.kind.reproduces() => None,
            Some(TextKind::Letter | TextKind::Summary) | None if self.facts.is_empty => {
                // An intended text that is not there yet claims nothing.
                Some(match self.common.text {
                    Some(TextKind::Summary) if self.common.summary.is_some() => TextKind::Summary,
                    _ => TextKind::Record,
                })
            }
            None => Some(TextKind::Unstated),
            stated => stated,
        }
    }
}

/// Reports a document that says that it has a text and has none.
pub(in crate::document) fn problem(document: &Document) -> Option<Diagnostic> {
    let stated = document.common.text?;
    let has_summary = document.common.summary.is_some();
    let (what, help) = match stated {
        TextKind::Letter if document.facts.is_empty => (
            "`text: letter` says that this file has a copy of the text, but there is none below the front matter",
            "paste the text below the second `---`, or write `text: record`",
        ),
        TextKind::Summary if document.facts.is_empty && !has_summary => (
            "`text: summary` says that this file has a summary, but there is none",
            "add `summary: \"…\"` or write it below the second `---`; without one, write `text: record`",
        ),
        _ => return None,
    };
    Some(
        Diagnostic::warning(Code::MissingText, document.path.clone(), what)
            .at(document.span("text"))
            .help(help),
    )
}
