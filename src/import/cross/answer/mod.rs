//! The answers of CROSS in every form in which they are kept: bytes in, records out.
//!
//! A search answer, one record, a list of records, one record a line. What cannot be read is reported with its place, and
//! the rest is read.

mod field_map;
mod fields;
pub(super) mod plain;
mod values;

pub use field_map::FieldMap;

use super::line_start;
use super::record::Record;
use crate::import::clean;
use crate::import::note::{Note, NoteKind};
use crate::import::report::Skipped;
use camino::Utf8Path;
use rayon::prelude::*;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// What bytes hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The records, in their order.
    pub records: Vec<Record>,
    /// The line on which each of them begins, from 1.
    pub lines: Vec<usize>,
    /// What could not be used; whoever reads a file says which.
    pub skipped: Vec<Skipped>,
    /// What was used with a change.
    pub notes: Vec<Note>,
    /// The keys of the records, where some of them are mapped to fields.
    pub(super) keys: BTreeSet<String>,
}

/// Reads an answer. Never fails: what is no record is skipped.
#[must_use]
pub fn read(bytes: &[u8]) -> Reading {
    read_mapped(bytes, &FieldMap::default())
}

/// Reads an answer whose records name their fields otherwise.
pub(super) fn read_mapped(bytes: &[u8], map: &FieldMap) -> Reading {
    let (text, is_utf8) = clean::decode(bytes);
    let mut reading = read_text(&text, map);
    reading.notes.extend(encoding_note(is_utf8));
    reading
}

/// Says where a source was not read as UTF-8.
pub(super) fn encoding_note(is_utf8: bool) -> Option<Note> {
    let message = "umlauts and signs may have been read wrongly: save the source as UTF-8";
    (!is_utf8).then(|| Note::new(NoteKind::Encoding, "", message))
}

fn read_text(text: &str, map: &FieldMap) -> Reading {
    if text.trim().is_empty() {
        return skip(1, None, "the file is empty");
    }
    let whole = match serde_json::from_str::<Value>(text) {
        Ok(value) => return from_value(value, text, map),
        Err(error) => error,
    };
    if is_lines(text) {
        return from_lines(text, map);
    }
    let elements = elements(text);
    if elements.is_empty() {
        let why = if text.trim_start().starts_with('<') {
            "this is a webpage and not JSON: the service answers unknown addresses with its page"
                .to_owned()
        } else {
            format!("this is not JSON: {whole}")
        };
        return skip(whole.line().max(1), None, &why);
    }
    from_elements(text, &elements, map)
}

/// A reading of nothing but a record that cannot be used.
pub(super) fn skip(line: usize, record: Option<usize>, why: &str) -> Reading {
    let skipped = Skipped::new(Utf8Path::new(""), line_start(line), why);
    Reading {
        skipped: vec![Skipped { record, ..skipped }],
        ..Reading::default()
    }
}

/// A value that is an answer, a list or a record.
fn from_value(value: Value, text: &str, map: &FieldMap) -> Reading {
    let blank = &text[..text.len() - text.trim_start().len()];
    let first_line = 1 + blank.matches('\n').count();
    match records_of(value) {
        Ok(values) if values.is_empty() => Reading::default(),
        Ok(values) => {
            let count = values.len();
            let parts = values.into_par_iter().enumerate().map(|(at, value)| {
                let record = (count > 1).then_some(at + 1);
                from_record(value, first_line, record, map)
            });
            gather(parts.collect())
        }
        Err(why) => skip(first_line, None, why),
    }
}

/// The records of an answer, a list, or one alone.
fn records_of(value: Value) -> Result<Vec<Value>, &'static str> {
    match value {
        Value::Object(mut object) => match object.remove("rulings") {
            Some(Value::Array(values)) => Ok(values),
            Some(Value::Null) => Ok(Vec::new()),
            Some(_) => Err("`rulings` is not a list"),
            None => Ok(vec![Value::Object(object)]),
        },
        Value::Array(values) => {
            let mut all = Vec::with_capacity(values.len());
            for value in values {
                let is_answer = value.get("rulings").is_some_and(Value::is_array);
                match value {
                    Value::Object(mut object) if is_answer => {
                        if let Some(Value::Array(inner)) = object.remove("rulings") {
                            all.extend(inner);
                        }
                    }
                    value => all.push(value),
                }
            }
            Ok(all)
        }
        _ => Err("this is neither a record nor a list of records"),
    }
}

fn from_record(mut value: Value, line: usize, record: Option<usize>, map: &FieldMap) -> Reading {
    let mut notes = Vec::new();
    let mut keys = BTreeSet::new();
    if let Value::Object(object) = &mut value
        && !map.is_empty()
    {
        keys.extend(object.keys().cloned());
        map.apply(object);
    }
    match fields::record(&value, &mut notes) {
        Ok(read) => Reading {
            records: vec![read],
            lines: vec![line],
            skipped: Vec::new(),
            notes,
            keys,
        },
        Err(refusal) => {
            let mut reading = skip(line, record, &refusal.why);
            reading.skipped[0].problem.help = refusal.help;
            Reading { keys, ..reading }
        }
    }
}

fn gather(parts: Vec<Reading>) -> Reading {
    let mut all = Reading::default();
    for part in parts {
        all.records.extend(part.records);
        all.lines.extend(part.lines);
        all.skipped.extend(part.skipped);
        all.notes.extend(part.notes);
        all.keys.extend(part.keys);
    }
    all
}

/// Whether a text has one record a line: most of its lines begin and end like one.
fn is_lines(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut all, mut whole) = (0, 0);
    for line in lines.take(50) {
        all += 1;
        let line = line.trim_end_matches(',');
        whole += usize::from(
            line.starts_with(['{', '[']) && line.ends_with(['}', ']']) && line.len() > 2,
        );
    }
    all > 1 && whole * 2 > all
}

fn from_lines(text: &str, map: &FieldMap) -> Reading {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim().trim_end_matches(',')))
        .filter(|(_, line)| !line.is_empty() && !matches!(*line, "[" | "]"))
        .collect();
    let parts = lines.par_iter().map(|(number, line)| {
        let value = match serde_json::from_str::<Value>(line) {
            Ok(value) => value,
            Err(error) => {
                let why = format!("this line is not JSON: {}", without_place(&error));
                return skip(*number, None, &why);
            }
        };
        match records_of(value) {
            Ok(values) => gather(
                values
                    .into_iter()
                    .map(|value| from_record(value, *number, None, map))
                    .collect(),
            ),
            Err(why) => skip(*number, None, why),
        }
    });
    gather(parts.collect())
}

/// The library counts lines within the piece that it was given.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// Records of a text that as a whole is not JSON: cut off, or with one broken record.
fn from_elements(text: &str, elements: &[Range<usize>], map: &FieldMap) -> Reading {
    let mut line = 1;
    let mut from = 0;
    let mut parts = Vec::with_capacity(elements.len());
    for (at, element) in elements.iter().enumerate() {
        line += text[from..element.start].matches('\n').count();
        from = element.start;
        let record = (elements.len() > 1).then_some(at + 1);
        let piece: Cow<'_, str> = text[element.clone()].into();
        parts.push(
            match serde_json::from_str::<Value>(&piece).map(records_of) {
                Ok(Ok(values)) => gather(
                    values
                        .into_iter()
                        .map(|value| from_record(value, line, record, map))
                        .collect(),
                ),
                Ok(Err(why)) => skip(line, record, why),
                Err(error) => {
                    let why = format!(
                        "this record is not JSON, or is cut off: {}",
                        without_place(&error)
                    );
                    skip(line, record, &why)
                }
            },
        );
    }
    gather(parts)
}

/// The outermost objects of a text, those of the list `rulings` where it is there. A text in quotes ends with its line,
/// since JSON knows no line end within.
fn elements(text: &str) -> Vec<Range<usize>> {
    let start = text
        .find("\"rulings\"")
        .and_then(|at| text[at..].find('[').map(|open| at + open + 1))
        .unwrap_or_default();
    let mut elements = Vec::new();
    let (mut depth, mut begun, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' => quoted = false,
            _ if quoted => {}
            b'{' => {
                if depth == 0 {
                    begun = at;
                }
                depth += 1;
            }
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    elements.push(begun..at + 1);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        elements.push(begun..text.len());
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(text: &str) -> Vec<String> {
        let reading = read(text.as_bytes());
        reading
            .records
            .iter()
            .map(|record| record.number.to_string())
            .collect()
    }

    #[test]
    fn every_form_of_an_answer_gives_its_records() {
        for text in [
            r#"{"rulings": [{"rulingNumber": "N100001"}, {"rulingNumber": "N100002"}], "totalHits": 2}"#,
            r#"[{"rulingNumber": "N100001"}, {"rulingNumber": "N100002"}]"#,
            r#"[{"rulings": [{"rulingNumber": "N100001"}]}, {"rulings": [{"rulingNumber": "N100002"}]}]"#,
            "{\"rulingNumber\": \"N100001\"}\n\n{\"rulingNumber\": \"N100002\"}\n",
            "{\n\"rulingNumber\": \"N100001\"\n}\n{\n\"rulingNumber\": \"N100002\"\n}\n",
            "\u{feff}[\r\n{\"rulingNumber\": \"N100001\"},\r\n{\"rulingNumber\": \"N100002\"}\r\n]",
        ] {
            assert_eq!(numbers(text), ["N100001", "N100002"], "{text}");
        }
        assert!(numbers("{\"rulings\": [], \"totalHits\": 0}").is_empty());
    }

    #[test]
    fn one_broken_record_is_named_by_its_line_and_the_others_are_read() {
        let reading = read(b"{\"rulingNumber\": \"N100001\"}\n{\"rulingNumber\": \n{\"rulingNumber\": \"N100003\"}\n");
        assert_eq!(reading.records.len(), 2);
        assert_eq!((reading.skipped.len(), reading.skipped[0].at.line), (1, 2));
        let cut =
            read(b"{\"rulings\": [\n{\"rulingNumber\": \"N100001\"},\n{\"rulingNumber\": \"N1000");
        assert_eq!((cut.records.len(), cut.skipped[0].at.line), (1, 3));
        let page = read(b"<!doctype html><html></html>");
        assert!(page.skipped[0].problem.message.contains("webpage"));
    }

    #[test]
    fn an_answer_in_windows_1252_is_read_and_noted() {
        let reading = read(b"{\"rulingNumber\": \"N100001\", \"subject\": \"Caf\xe9\"}");
        assert_eq!(reading.records[0].subject.as_deref(), Some("Café"));
        assert_eq!(reading.notes[0].kind, NoteKind::Encoding);
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,12}|N[0-9]{6}|[0-9.,; ]{0,12}".prop_map(Value::from),
        ];
        let key = "rulingNumber|subject|text|tariffs|rulings|revokes|revokedBy|categories|rulingDate|isUsmca|source|commodityGrouping|[a-z]{1,5}";
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(key, inner, 0..8)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused_in_words(value in json()) {
            let reading = read(value.to_string().as_bytes());
            prop_assert!(reading.skipped.iter().all(|skipped| !skipped.problem.message.is_empty() && skipped.at.line > 0));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120), cut in 0_usize..80) {
            let _ = read(&bytes);
            let text = r#"{"rulings": [{"rulingNumber": "N100001", "text": "a\"}"}, {"rulingNumber": "N2"}]}"#;
            let _ = read(&text.as_bytes()[..cut.min(text.len())]);
        }
    }
}
