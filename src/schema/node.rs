//! What a file says before anyone knows what it means: a tree in which every value knows its bytes.

use std::ops::Range;

/// A value with the bytes of the file that it is written in.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Range<usize>,
}

/// The three forms of YAML and TOML; a scalar keeps its text as written, so that `6109.10` keeps its zero.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Scalar { text: String, quoted: bool },
    List(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar; `None` for lists, mappings and nothing at all (`key:`, `~`, `null`).
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, quoted } => {
                (!is_null(text, *quoted) && !text.trim().is_empty()).then_some(text.as_str())
            }
            _ => None,
        }
    }

    /// Whether there is no value.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.value {
            Value::Scalar { .. } => self.text().is_none(),
            Value::List(items) => items.is_empty(),
            Value::Mapping(entries) => entries.is_empty(),
        }
    }

    /// What it is, in an editor's words.
    pub(crate) fn shape(&self) -> &'static str {
        match self.value {
            Value::Scalar { .. } => "a single value",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value of a key of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let Value::Mapping(entries) = &self.value else {
            return None;
        };
        let entry = entries.iter().find(|(name, _)| name.text() == Some(key));
        entry.map(|(_, value)| value)
    }
}

fn is_null(text: &str, quoted: bool) -> bool {
    !quoted && matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
