//! The words of the interface in the portal's language: `strings/<language>.toml` of the theme.
//!
//! English is complete; another language and a theme's own files take its place key by key.

use crate::diagnostic::{Code, Diagnostic, suggestion};
use camino::Utf8PathBuf;
use jiff::civil::Time;
use portolan_customs::PartialDate;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use tera::{Kwargs, State, Tera, TeraResult, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file of words: where it stands, and its text.
pub(super) type Layer = (Utf8PathBuf, String);

/// What is said, by keys such as `search.button`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, BTreeMap<String, Phrase>>);

/// A text, or the two forms that depend on a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Phrase {
    Text(String),
    Counted { one: String, other: String },
}

impl Phrase {
    fn of(&self, count: Option<&str>) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Counted { one, .. } if count == Some("1") => one,
            Self::Counted { other, .. } => other,
        }
    }
}

impl Words {
    /// Reads files of words, each of which adds to those before it. Those of English come first: what they do not have
    /// is no key.
    pub(super) fn read(english: &[Layer], others: &[Layer]) -> Result<Self, Vec<Diagnostic>> {
        let mut words = Self::default();
        let mut problems = Vec::new();
        let mut known = Known::Anything;
        for layer in english.iter().chain(others) {
            words.add(layer, &known, &mut problems);
            if matches!(known, Known::Anything) {
                let empty = words.0.iter().filter(|(_, entries)| entries.is_empty());
                known = Known::AllBut(empty.map(|(group, _)| group.clone()).collect());
            }
        }
        if problems.is_empty() {
            Ok(words)
        } else {
            Err(problems)
        }
    }

    fn add(&mut self, (path, text): &Layer, known: &Known, problems: &mut Vec<Diagnostic>) {
        let report = |span: std::ops::Range<usize>, what: String, help: String| {
            Diagnostic::error(Code::ThemeError, path.clone(), what)
                .at(span)
                .help(help)
        };
        let tables = match DeTable::parse(text) {
            Ok(tables) => tables,
            Err(error) => {
                problems.push(report(
                    error.span().unwrap_or(0..0),
                    format!("this is not TOML: {}", error.message()),
                    "write `[group]` once and below it lines such as `key = \"text\"`".to_owned(),
                ));
                return;
            }
        };
        let has = |name: &String| {
            let (group, key) = name.split_once('.').expect("a name has a group and a key");
            let group = tables.get_ref().get(group);
            group.is_some_and(|group| group.get_ref().get(key).is_some())
        };
        // A file with every word is a set of its own and may have more.
        let is_whole = self.keys().iter().all(has);
        for (group, table) in tables.get_ref() {
            let Some(entries) = table.get_ref().as_table() else {
                problems.push(report(
                    group.span(),
                    format!("`{}` stands outside of any group", group.get_ref()),
                    "write it below a line such as `[search]`".to_owned(),
                ));
                continue;
            };
            let must_be_known = !is_whole && known.has(group.get_ref());
            self.0.entry(group.get_ref().to_string()).or_default();
            for (key, value) in entries {
                let name = format!("{}.{}", group.get_ref(), key.get_ref());
                if must_be_known && self.phrase(&name).is_none() {
                    let keys = self.keys();
                    problems.push(report(
                        key.span(),
                        format!("no page uses the words `{name}`"),
                        suggestion(&name, keys.iter().map(String::as_str), || {
                            "compare with strings/en.toml of the default theme".to_owned()
                        }),
                    ));
                    continue;
                }
                match phrase(value) {
                    Some(phrase) => {
                        let group = self.0.entry(group.get_ref().to_string()).or_default();
                        group.insert(key.get_ref().to_string(), phrase);
                    }
                    None => problems.push(report(
                        value.span(),
                        format!("`{name}` is neither a text nor its two forms"),
                        "write \"text\", or { one = \"{count} ruling\", other = \"{count} rulings\" }"
                            .to_owned(),
                    )),
                }
            }
        }
    }

    fn keys(&self) -> Vec<String> {
        let groups = self.0.iter();
        groups
            .flat_map(|(group, entries)| entries.keys().map(move |key| format!("{group}.{key}")))
            .collect()
    }

    fn phrase(&self, name: &str) -> Option<&Phrase> {
        let (group, key) = name.split_once('.')?;
        self.0.get(group)?.get(key)
    }

    /// A text; the key itself where the theme has no such text, so that a gap is seen on the page.
    #[must_use]
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.phrase(name).map_or(name, |phrase| phrase.of(None))
    }

    /// Groups of words as JSON, for scripts.
    #[must_use]
    pub fn of_groups(&self, groups: &[&str]) -> String {
        let wanted = self
            .0
            .iter()
            .filter(|(group, _)| groups.contains(&group.as_str()));
        let wanted: BTreeMap<_, _> = wanted.collect();
        serde_json::to_string(&wanted).expect("words are maps of texts")
    }

    /// A text, if there is one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&str> {
        self.phrase(name).map(|phrase| phrase.of(None))
    }

    /// A text of a group, if there is one.
    #[must_use]
    pub fn word(&self, group: &str, key: &str) -> Option<&str> {
        Some(self.0.get(group)?.get(key)?.of(None))
    }

    /// A time of the day as a reader sees it: `4:30 p.m.`.
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        let name = match time.hour() {
            ..12 => "format.time_am",
            _ => "format.time_pm",
        };
        let hour = (time.hour() + 11) % 12 + 1;
        let minute = format!("{:02}", time.minute());
        self.fill(name, &[("hour", &hour), ("minute", &minute)])
    }

    /// A date as a reader sees it.
    #[must_use]
    pub fn date(&self, date: PartialDate) -> String {
        let (year, month, day) = match date {
            PartialDate::Day(date) => (date.year(), date.month(), Some(date.day())),
            PartialDate::Month(year, month) => (year, month, None),
            PartialDate::Year(year) => return year.to_string(),
            PartialDate::Unknown => return self.get("format.unknown").to_owned(),
        };
        let name = self.word("months", &month.to_string());
        let name = name.map_or_else(|| format!("months.{month}").into(), Cow::Borrowed);
        let month: &dyn Display = &name;
        match day {
            Some(day) => self.fill(
                "format.day",
                &[("month", month), ("day", &day), ("year", &year)],
            ),
            None => self.fill("format.month", &[("month", month), ("year", &year)]),
        }
    }

    /// A text with values in place of `{name}`; the value of `count` decides between singular and plural.
    #[must_use]
    pub fn fill(&self, name: &str, values: &[(&str, &dyn Display)]) -> String {
        let count = values.iter().find(|(key, _)| *key == "count");
        let count = count.map(|(_, value)| value.to_string());
        let phrase = self.phrase(name);
        let text = phrase.map_or(name, |phrase| phrase.of(count.as_deref()));
        filled(text, values)
    }

    /// A whole number with its thousands apart: `12,345`.
    #[must_use]
    pub fn number(&self, number: usize) -> String {
        grouped(&number.to_string(), self.get("format.thousands"))
    }
}

/// Which groups a file may add no keys to.
enum Known {
    /// None: it is the first.
    Anything,
    /// All but those that English leaves empty: their words have another source in English.
    AllBut(Vec<String>),
}

impl Known {
    fn has(&self, group: &str) -> bool {
        match self {
            Self::Anything => false,
            Self::AllBut(open) => !open.iter().any(|open| open == group),
        }
    }
}

fn phrase(value: &Spanned<DeValue<'_>>) -> Option<Phrase> {
    let value = value.get_ref();
    if let Some(text) = value.as_str() {
        return Some(Phrase::Text(text.to_owned()));
    }
    let forms = value.as_table().filter(|forms| forms.len() == 2)?;
    let form = |key: &str| Some(forms.get(key)?.get_ref().as_str()?.to_owned());
    Some(Phrase::Counted {
        one: form("one")?,
        other: form("other")?,
    })
}

/// Puts values in place of their names in braces. A value is never looked through again.
fn filled<K: AsRef<str>, V: Display>(text: &str, values: &[(K, V)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(key, _)| key.as_ref() == name)?;
            Some((value, after))
        });
        match known {
            Some((value, after)) => {
                let _ = write!(out, "{value}");
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn grouped(digits: &str, separator: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// Gives templates the filter `fill`, `{{ t.list.count | fill(count=list.count) }}`, in which `count` decides between
/// singular and plural and has its thousands apart.
pub(super) fn register(engine: &mut Tera, words: &Words) {
    let thousands = words.get("format.thousands").to_owned();
    let fill = move |text: Value, values: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let given = values.iter().map(|(key, value)| {
            let (key, value) = (key.to_string(), value.to_string());
            let is_count = key == "count" && value.bytes().all(|byte| byte.is_ascii_digit());
            let value = if is_count {
                grouped(&value, &thousands)
            } else {
                value
            };
            (key, value)
        });
        let given: Vec<(String, String)> = given.collect();
        let form = match text.as_map() {
            Some(forms) => {
                let is_one = given
                    .iter()
                    .any(|(key, value)| key == "count" && value == "1");
                let form = forms.get(&if is_one { "one" } else { "other" }.into());
                form.and_then(Value::as_str)
            }
            None => text.as_str(),
        };
        let form =
            form.ok_or_else(|| tera::Error::message("`fill` takes words such as `t.list.count`"))?;
        Ok(filled(form, &given))
    };
    engine.register_filter("fill", fill);
    engine.global_context().insert("t", words);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(text: &str) -> Layer {
        ("themes/x/strings/en.toml".into(), text.to_owned())
    }

    #[test]
    fn words_are_filled_and_counted() {
        let text = "[list]\ncount = { one = \"{count} ruling\", other = \"{count} rulings of {all}\" }\nplain = \"{count} {unknown}\"\n";
        let words = Words::read(&[layer(text)], &[]).expect("it is sound");
        assert_eq!(words.fill("list.count", &[("count", &1)]), "1 ruling");
        assert_eq!(
            words.fill("list.count", &[("count", &2), ("all", &"{count}")]),
            "2 rulings of {count}"
        );
        assert_eq!(words.fill("list.plain", &[("count", &0)]), "0 {unknown}");
        assert_eq!(words.get("list.none"), "list.none");
    }

    #[test]
    fn another_file_replaces_single_words_and_cannot_add_any() {
        let english = layer("[a]\nb = \"one\"\nc = \"two\"\n");
        let other = layer("[a]\nc = \"zwei\"\n");
        let words = Words::read(std::slice::from_ref(&english), &[other]).expect("it is sound");
        assert_eq!((words.get("a.b"), words.get("a.c")), ("one", "zwei"));
        let problems = Words::read(&[english], &[layer("[a]\nbb = \"x\"\n")]);
        let problems = problems.expect_err("no page uses it");
        assert_eq!(problems[0].span, Some(4..6));
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `a.b`?"));
    }

    fn embedded(language: &str) -> Layer {
        let path = format!("strings/{language}.toml");
        let file = crate::theme::chain::DEFAULT
            .get_file(&path)
            .expect("it is embedded");
        let text = file.contents_utf8().expect("it is text");
        (path.into(), text.to_owned())
    }

    /// The names in braces of a text, sorted.
    fn values(text: &str) -> Vec<&str> {
        let parts = text.split('{').skip(1);
        let mut names: Vec<&str> = parts
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn spanish_has_every_word_of_english_with_the_same_values() {
        let english = Words::read(&[embedded("en")], &[]).expect("it is sound");
        let spanish = Words::read(&[embedded("es")], &[]).expect("it is sound");
        for (group, entries) in &english.0 {
            for (key, phrase) in entries {
                let name = format!("{group}.{key}");
                let other = spanish.phrase(&name);
                let other = other.unwrap_or_else(|| panic!("{name} is missing in Spanish"));
                for count in ["1", "2"] {
                    let (a, b) = (phrase.of(Some(count)), other.of(Some(count)));
                    assert_eq!(values(a), values(b), "{name}");
                }
            }
        }
        Words::read(&[embedded("en")], &[embedded("es")]).expect("Spanish has no word more");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped("999", ","), "999");
        assert_eq!(grouped("1234567", ","), "1,234,567");
    }
}
