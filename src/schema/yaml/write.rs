//! Front matter written: what is written here reads back equal.

use super::quoted;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A value of front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A date, a number or a flag, which needs no quotation marks.
    Word(String),
    /// Text of one line.
    Text(String),
    /// Text of several lines.
    Lines(String),
    /// A list of texts.
    List(Vec<String>),
}

/// Longer lists have one entry a line.
const LIST_WIDTH: usize = 100;

/// Writes `key: value` with its line end; `None` where there is no value.
#[must_use]
pub(crate) fn entry(key: &str, value: &Value) -> Option<String> {
    match value {
        Value::Word(word) => (!word.is_empty()).then(|| format!("{key}: {word}\n")),
        Value::Text(text) => {
            (!text.trim().is_empty()).then(|| format!("{key}: {}\n", scalar(text, false)))
        }
        Value::Lines(text) if text.trim().is_empty() => None,
        Value::Lines(text) if can_be_block(text) => {
            let mut out = format!("{key}: |-\n");
            for line in text.split('\n') {
                if line.is_empty() {
                    out.push('\n');
                } else {
                    let _ = writeln!(out, "  {line}");
                }
            }
            Some(out)
        }
        Value::Lines(text) => Some(format!("{key}: {}\n", quoted(text))),
        Value::List(items) => list(key, items),
    }
}

/// Writes one entry of a list, as it can stand between brackets and after a hyphen.
#[must_use]
pub(crate) fn list_item(text: &str) -> Cow<'_, str> {
    scalar(text, true)
}

/// Writes an entry of a list in a table: its keys below one another, those without a value left out.
#[must_use]
pub(crate) fn item<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> String {
    let entries = entries.into_iter();
    let lines: String = entries
        .filter_map(|(key, value)| entry(key, &value))
        .collect();
    let mut out = String::new();
    for line in lines.lines() {
        out.push_str(if out.is_empty() { "  - " } else { "    " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn list(key: &str, items: &[String]) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let flow: Vec<Cow<'_, str>> = items.iter().map(|item| scalar(item, true)).collect();
    let line = format!("{key}: [{}]\n", flow.join(", "));
    if line.chars().count() <= LIST_WIDTH {
        return Some(line);
    }
    let mut out = format!("{key}:\n");
    for item in items {
        let _ = writeln!(out, "  - {}", scalar(item, false));
    }
    Some(out)
}

/// Whether a block of lines keeps every character: it begins with no blank, and no line is made of blanks alone.
fn can_be_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with('\n')
        && text
            .split('\n')
            .all(|line| line.is_empty() || !line.trim().is_empty())
        && text
            .chars()
            .all(|c| !c.is_control() || c == '\n' || c == '\t')
        && !text.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'])
}

fn scalar(text: &str, in_list: bool) -> Cow<'_, str> {
    if is_plain(text, in_list) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(quoted(text))
    }
}

/// Whether a text can be written without quotation marks, and no reader takes it for something else.
fn is_plain(text: &str, in_list: bool) -> bool {
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " -.'()/;%’–“”&+".contains(c) || (!in_list && c == ','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn back<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
        let line = entry("key", value)?;
        let mut read: BTreeMap<String, T> = serde_yaml::from_str(&line).expect("it is YAML");
        read.remove("key")
    }

    #[test]
    fn what_needs_no_quotation_marks_has_none() {
        for (value, line) in [
            (
                Value::Text("The tariff classification of cables".to_owned()),
                "key: The tariff classification of cables\n",
            ),
            (
                Value::Text("Goods: a list".to_owned()),
                "key: \"Goods: a list\"\n",
            ),
            (Value::Text("no".to_owned()), "key: \"no\"\n"),
            (
                Value::List(vec!["6109.10.0012".to_owned(), "NY L80000".to_owned()]),
                "key: [\"6109.10.0012\", NY L80000]\n",
            ),
            (Value::Lines("a\n\nb".to_owned()), "key: |-\n  a\n\n  b\n"),
        ] {
            assert_eq!(entry("key", &value).as_deref(), Some(line));
        }
        assert_eq!(entry("key", &Value::List(Vec::new())), None);
        assert_eq!(entry("key", &Value::Text(" ".to_owned())), None);
    }

    proptest! {
        #[test]
        fn a_text_reads_back_equal(text in "[-a-z0-9:#&*!|>'\"%@`{}\\[\\],? \\\\~.]{1,30}|\\PC{1,30}|true|null|1e3|0x1f") {
            prop_assume!(!text.trim().is_empty());
            prop_assert_eq!(back::<String>(&Value::Text(text.clone())), Some(text));
        }

        #[test]
        fn lines_read_back_equal(text in "[-a-z:# \"'|\\n\\t…é]{1,60}") {
            prop_assume!(!text.trim().is_empty());
            prop_assert_eq!(back::<String>(&Value::Lines(text.clone())), Some(text));
        }

        #[test]
        fn a_list_reads_back_equal(items in proptest::collection::vec("[-a-z0-9:#&*!|>'\"%@`{}\\[\\],? .]{1,30}|\\PC{1,12}", 1..8)) {
            prop_assert_eq!(back::<Vec<String>>(&Value::List(items.clone())), Some(items));
        }
    }
}
