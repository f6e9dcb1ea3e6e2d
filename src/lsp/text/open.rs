//! The documents that an editor has open, with the changes that nobody has saved yet.

use super::position::Encoding;
use crate::diagnostic::LineIndex;
use camino::Utf8PathBuf;
use gen_lsp_types::{TextDocumentContentChangeEvent as Change, Uri};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The open documents of the portal, by path.
pub(crate) type OpenDocuments = BTreeMap<Utf8PathBuf, OpenDocument>;

/// A document that an editor has open.
#[derive(Debug, Clone)]
pub(crate) struct OpenDocument {
    /// As the editor names it.
    pub(crate) uri: Uri,
    /// The editor's number of this state of it.
    pub(crate) version: i32,
    /// What it shows.
    pub(crate) text: Arc<str>,
}

impl OpenDocument {
    /// Applies changes in their order; each counts its places in the text that the one before it left.
    pub(crate) fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        let mut text = self.text.to_string();
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let index = LineIndex::new(text.as_bytes());
                    let start = encoding.byte(&index, &text, part.range.start);
                    let end = encoding.byte(&index, &text, part.range.end);
                    text.replace_range(start..end.max(start), &part.text);
                }
            }
        }
        self.version = version;
        self.text = text.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn changed(text: &str, changes: serde_json::Value) -> String {
        let mut document = OpenDocument {
            uri: "file:///a.md".into(),
            version: 1,
            text: text.into(),
        };
        let changes = serde_json::from_value(changes).unwrap();
        document.change(2, changes, Encoding::Utf16);
        assert_eq!(document.version, 2);
        document.text.to_string()
    }

    fn part(from: [u32; 2], to: [u32; 2], text: &str) -> serde_json::Value {
        json!({
            "range": {
                "start": { "line": from[0], "character": from[1] },
                "end": { "line": to[0], "character": to[1] },
            },
            "text": text,
        })
    }

    #[test]
    fn each_change_counts_in_the_text_that_the_last_one_left() {
        let changes = json!([part([0, 0], [0, 0], "😀"), part([0, 2], [0, 3], "b")]);
        assert_eq!(changed("a\r\nc", changes), "😀b\r\nc");
        let changes = json!([{ "text": "new" }, part([0, 3], [0, 3], "er")]);
        assert_eq!(changed("old", changes), "newer");
    }

    #[test]
    fn a_place_outside_of_the_text_is_its_end() {
        assert_eq!(changed("a", json!([part([5, 5], [6, 0], "b")])), "ab");
        assert_eq!(changed("ab", json!([part([0, 2], [0, 1], "c")])), "abc");
    }
}
