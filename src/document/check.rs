//! Holds the front matter of one document against its schema and reports every problem at its own place.

use super::kind::Kind;
use super::schema::{Field, Number, Schema, Shape};
use super::value::{Wrong, example, wrong_value};
use crate::diagnostic::{
    Code, Diagnostic, did_you_mean, invisible_name, is_invisible, without_invisible,
};
use crate::schema::yaml::{Node, Value, quoted};
use camino::Utf8Path;
use std::borrow::Cow;
use std::ops::Range;

/// Reports what is wrong with the keys and values of a document's front matter.
pub(crate) fn check(
    root: &Node,
    kind: Kind,
    schema: &Schema,
    fence: Range<usize>,
    file: &Utf8Path,
) -> Vec<Diagnostic> {
    let mut checker = Checker {
        name: schema.kinds.name(kind),
        fields: schema.fields(kind),
        file,
        problems: Vec::new(),
    };
    let Value::Mapping(entries) = &root.value else {
        checker.report(
            Code::NotAMapping,
            root.span.clone(),
            "the front matter is not a list of `key: value` lines".to_owned(),
            "write one `key: value` a line, with a space after the colon".to_owned(),
        );
        return checker.problems;
    };
    checker.keys(entries);
    checker.missing(entries, fence);
    for (key, value) in entries {
        let name = key.text().unwrap_or_default();
        if let Some(field) = checker.fields.iter().find(|field| field.key == name) {
            checker.value(field, key, value);
        }
    }
    checker.problems
}

struct Checker<'a> {
    /// The kind's name in a sentence.
    name: &'a str,
    fields: &'a [Field],
    file: &'a Utf8Path,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, span: Range<usize>, message: String, help: String) {
        self.problems.push(
            Diagnostic::error(code, self.file, message)
                .at(span)
                .help(help),
        );
    }

    fn keys(&mut self, entries: &[(Node, Node)]) {
        let known = self.fields.iter().map(|field| field.key.as_ref());
        for (at, (key, _)) in entries.iter().enumerate() {
            let Some(name) = key.text() else {
                self.report(
                    Code::NotAMapping,
                    key.span.clone(),
                    "this key is not a word".to_owned(),
                    "write a key as a single word".to_owned(),
                );
                continue;
            };
            if let Some((first, _)) = entries[..at]
                .iter()
                .find(|(earlier, _)| earlier.text() == Some(name))
            {
                let _ = first;
                self.report(
                    Code::DuplicateKey,
                    key.span.clone(),
                    format!("`{name}` stands twice"),
                    "keep one of the two; several values of one key stand in a list".to_owned(),
                );
            }
            if known.clone().any(|key| key == name) {
                continue;
            }
            if let Some(c) = name.chars().find(|c| is_invisible(*c)) {
                let meant = without_invisible(name);
                let problem = self.invisible(c, key, &format!("the key `{meant}`"));
                let is_sure = known.clone().any(|key| key == meant)
                    && entries.iter().all(|(key, _)| key.text() != Some(&meant));
                self.problems.push(if is_sure {
                    problem.fix(key.span.clone(), meant)
                } else {
                    problem
                });
                continue;
            }
            // Only the form differs: `Review-By` is `review_by`.
            let formed = name.to_lowercase().replace(['-', ' '], "_");
            let is_there = |key: &str| entries.iter().any(|(other, _)| other.text() == Some(key));
            if known.clone().any(|key| key == formed) && !is_there(&formed) {
                self.problems.push(
                    Diagnostic::error(
                        Code::UnknownKey,
                        self.file,
                        format!("a {} has no key `{name}`", self.name),
                    )
                    .at(key.span.clone())
                    .help(format!("did you mean `{formed}`?"))
                    .fix(key.span.clone(), formed),
                );
                continue;
            }
            let help = match did_you_mean(name, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "a {} has: {}",
                    self.name,
                    known.clone().collect::<Vec<_>>().join(", ")
                ),
            };
            self.report(
                Code::UnknownKey,
                key.span.clone(),
                format!("a {} has no key `{name}`", self.name),
                help,
            );
        }
    }

    /// Names a character that cannot be seen at its own place, where the text stands in the file as it is read.
    fn invisible(&self, c: char, node: &Node, what: &str) -> Diagnostic {
        let text = node.text().unwrap_or_default();
        let span = &node.span;
        let at = text.find(c).filter(|_| span.len() == text.len());
        let place = at.map_or(span.clone(), |at| {
            span.start + at..span.start + at + c.len_utf8()
        });
        Diagnostic::error(
            Code::InvisibleCharacter,
            self.file,
            format!("{} is in {what} and cannot be seen", invisible_name(c)),
        )
        .at(place)
        .help("delete it, or put an ordinary space in its place")
    }

    fn missing(&mut self, entries: &[(Node, Node)], fence: Range<usize>) {
        for field in self.fields.iter().filter(|field| field.required) {
            let is_key = |key: &Node| {
                let name = key.text().unwrap_or_default();
                name == field.key
                    || (name.contains(is_invisible) && without_invisible(name) == field.key)
            };
            if !entries.iter().any(|(key, _)| is_key(key)) {
                self.report(
                    Code::MissingKey,
                    fence.clone(),
                    format!("`{}` is missing: every {} has one", field.key, self.name),
                    format!("add a line `{}: {}`", field.key, example(field)),
                );
            }
        }
    }

    fn value(&mut self, field: &Field, key: &Node, value: &Node) {
        if value.is_empty() {
            let help = if field.required {
                format!("write it as `{}: {}`", field.key, example(field))
            } else {
                format!(
                    "give it a value, for example `{}: {}`, or delete the line",
                    field.key,
                    example(field)
                )
            };
            self.report(
                Code::EmptyValue,
                key.span.clone(),
                format!("`{}` has no value", field.key),
                help,
            );
            return;
        }
        match (&value.value, field.number) {
            (Value::List(items), Number::Many | Number::OneOrMany | Number::ManyOrAll) => {
                for item in items {
                    self.item(field, item);
                }
            }
            (Value::Scalar { .. }, Number::OneOrMany) => self.item(field, value),
            (Value::Scalar { text, .. }, Number::ManyOrAll) if text == "all" => {}
            (Value::Scalar { text, .. }, Number::Many | Number::ManyOrAll) => {
                let mut problem = Diagnostic::error(
                    Code::WrongType,
                    self.file,
                    format!("`{}` is a list, found a single value", field.key),
                )
                .at(value.span.clone());
                let entries = entries_of(text).map(|entry| match wrong_value(field, entry) {
                    None => Ok(quoted(entry)),
                    Some(wrong) => wrong.mend.ok_or(wrong.message),
                });
                let entries: Result<Vec<String>, String> = entries.collect();
                // A comma may also be a slip within one value.
                let whole = wrong_value(field, text)
                    .and_then(|wrong| wrong.mend)
                    .filter(|_| text.contains(','));
                let list = |entries: &[String]| format!("[{}]", entries.join(", "));
                let (written, is_sure) = match (entries, whole) {
                    (Ok(entries), None) => (list(&entries), true),
                    (Ok(entries), Some(_)) => (list(&entries), false),
                    (Err(_), Some(whole)) => (list(&[whole]), true),
                    (Err(wrong), None) => {
                        problem = problem.note(wrong);
                        let entries: Vec<String> = entries_of(text).map(quoted).collect();
                        (list(&entries), false)
                    }
                };
                problem = problem.help(format!("write it as `{}: {written}`", field.key));
                self.problems.push(if is_sure {
                    problem.fix(value.span.clone(), written)
                } else {
                    problem
                });
            }
            (_, Number::One) => self.item(field, value),
            _ => self.report(
                Code::WrongType,
                value.span.clone(),
                format!("`{}` is a list, found {}", field.key, value.shape()),
                format!("write it as `{}: {}`", field.key, example(field)),
            ),
        }
    }

    fn item(&mut self, field: &Field, item: &Node) {
        if field.shape == Shape::Change {
            self.change(item);
            return;
        }
        let Value::Scalar { .. } = item.value else {
            self.report(
                Code::WrongType,
                item.span.clone(),
                format!(
                    "`{}` takes a single value here, found {}",
                    field.key,
                    item.shape()
                ),
                format!("write it as `{}: {}`", field.key, example(field)),
            );
            return;
        };
        let Some(text) = item.text() else {
            self.report(
                Code::EmptyValue,
                item.span.clone(),
                format!("an entry of `{}` is empty", field.key),
                "delete it or give it a value".to_owned(),
            );
            return;
        };
        if let Some(wrong) = wrong_value(field, text) {
            // Pasted text: right but for what cannot be seen, or for curly quotation marks, which YAML does not know.
            let meant = without_quotation_marks(&without_invisible(text)).to_owned();
            let is_meant =
                wrong.mend.is_none() && meant != text && wrong_value(field, &meant).is_none();
            let c = text.chars().find(|c| is_invisible(*c)).filter(|_| is_meant);
            if let Some(c) = c {
                let problem = self.invisible(c, item, &format!("the value of `{}`", field.key));
                let written = value_of(field, &meant);
                self.problems.push(problem.fix(item.span.clone(), written));
                return;
            }
            let wrong = Wrong {
                help: if is_meant {
                    format!("write it as `{}`", value_of(field, &meant))
                } else {
                    wrong.help
                },
                mend: wrong
                    .mend
                    .or_else(|| is_meant.then(|| value_of(field, &meant))),
                ..wrong
            };
            let problem = Diagnostic::error(wrong.code, self.file, wrong.message)
                .at(item.span.clone())
                .help(wrong.help);
            self.problems.push(match wrong.mend {
                Some(mend) => problem.fix(item.span.clone(), mend),
                None => problem,
            });
        }
    }

    fn change(&mut self, item: &Node) {
        const DATE: Field = Field {
            key: Cow::Borrowed("date"),
            shape: Shape::Day,
            number: Number::One,
            required: true,
            label: None,
        };
        const NOTE: Field = Field {
            key: Cow::Borrowed("note"),
            shape: Shape::Text,
            ..DATE
        };
        let Value::Mapping(entries) = &item.value else {
            self.report(
                Code::WrongType,
                item.span.clone(),
                "an entry of `changes` has a `date` and a `note`".to_owned(),
                "write it as `- {date: 2018-11-05, note: \"Holding corrected\"}`".to_owned(),
            );
            return;
        };
        for (at, (key, value)) in entries.iter().enumerate() {
            let is_double = entries[..at]
                .iter()
                .any(|(earlier, _)| earlier.text() == key.text());
            if let Some(name) = key.text().filter(|_| is_double) {
                self.report(
                    Code::DuplicateKey,
                    key.span.clone(),
                    format!("`{name}` stands twice"),
                    "keep one of the two".to_owned(),
                );
            }
            match key.text() {
                Some("date") => self.value(&DATE, key, value),
                Some("note") => self.value(&NOTE, key, value),
                _ => self.report(
                    Code::UnknownKey,
                    key.span.clone(),
                    "an entry of `changes` has only `date` and `note`".to_owned(),
                    "delete this key".to_owned(),
                ),
            }
        }
        for name in ["date", "note"] {
            if !entries.iter().any(|(key, _)| key.text() == Some(name)) {
                self.report(
                    Code::MissingKey,
                    item.span.clone(),
                    format!("an entry of `changes` lacks `{name}`"),
                    "write it as `- {date: 2018-11-05, note: \"Holding corrected\"}`".to_owned(),
                );
            }
        }
    }
}

/// Takes off curly quotation marks around a whole value.
fn without_quotation_marks(text: &str) -> &str {
    text.trim_matches(['“', '”', '„', '‘', '’', '«', '»'])
        .trim()
}

/// A value as it is written: words and numbers plainly, texts in quotes.
fn value_of(field: &Field, text: &str) -> String {
    match field.shape {
        Shape::Flag | Shape::Count | Shape::Date | Shape::Day => text.to_owned(),
        _ => quoted(text),
    }
}

/// The entries that a text with commas was meant to be.
fn entries_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}
