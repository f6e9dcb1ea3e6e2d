//! What other programs read: documents as JSON and text, lists as CSV and JSON, contacts as JSON and vCard, numbers of trends.

pub(crate) mod contacts;
pub(crate) mod data_set;
pub(crate) mod list_data;
pub(crate) mod list_table;
pub(crate) mod record;
pub(crate) mod text;
mod vcard;

/// A JSON file. No text in it looks like an element, should a host serve it as a page.
pub(crate) fn json_bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let text = serde_json::to_string_pretty(value).expect("views are maps with text keys");
    (text.replace('<', "\\u003c") + "\n").into_bytes()
}
