//! Reads the nodes of a file into values as a description of its keys says, and reports everything that is wrong, each at
//! its place.

use super::field::{Field, Number, Section, Shape};
use super::node::{Node, Value};
use super::record::{Item, Keys, Record};
use super::value::{FromText, Scalar, Wrong};
use super::yaml::quoted;
use crate::diagnostic::{
    Code, Diagnostic, did_you_mean, invisible_name, is_invisible, is_unseen, without_invisible,
};
use camino::Utf8Path;
use std::ops::Range;

/// What kind of file is read: how its keys are written, and under which codes its problems are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The front matter of a document: YAML, in which a key without a value is a mistake.
    FrontMatter,
    /// A table of `content/data/`: YAML or CSV, in which a key without a value is absent.
    Table,
    /// `site.toml`.
    Settings,
    /// `theme.toml`.
    Theme,
}

impl Dialect {
    fn is_toml(self) -> bool {
        matches!(self, Self::Settings | Self::Theme)
    }

    /// The code of a problem: every kind of problem has its own in front matter, every other file one for all.
    fn code(self, code: Code) -> Code {
        match self {
            Self::FrontMatter => code,
            Self::Table => Code::InvalidData,
            Self::Settings => Code::InvalidConfig,
            Self::Theme => Code::InvalidTheme,
        }
    }

    /// A line that is right, for help.
    fn line(self, field: &Field) -> String {
        let example = field.value_example();
        if self.is_toml() {
            match field.shape {
                Shape::Section(_) | Shape::Named(_) if example.starts_with('[') => example,
                Shape::Section(_) | Shape::Named(_) => format!("[{}]", field.key),
                Shape::Choice(_) if field.example.is_none() => {
                    format!("{} = \"{example}\"", field.key)
                }
                _ => format!("{} = {example}", field.key),
            }
        } else {
            format!("{}: {example}", field.key)
        }
    }
}

/// Reads the nodes of one file; a wrong value is read as nothing, so that reading goes on.
pub(crate) struct Reader<'a> {
    file: &'a Utf8Path,
    /// The whole file.
    text: &'a str,
    dialect: Dialect,
    problems: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a Utf8Path, text: &'a str, dialect: Dialect) -> Self {
        Self {
            file,
            text,
            dialect,
            problems: Vec::new(),
        }
    }

    /// Reads a mapping whose keys have a type.
    pub(crate) fn read<T: Keys>(&mut self, node: &Node) -> Option<T> {
        let section = T::section();
        let start = node.span.start;
        let record = self.record(node, &section, start..start)?;
        T::from_record(self, &record)
    }

    /// Gives what was read where nothing was wrong.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match read {
            Some(read) if self.problems.is_empty() => Ok(read),
            _ => Err(self.problems),
        }
    }

    pub(super) fn is_toml(&self) -> bool {
        self.dialect.is_toml()
    }

    pub(crate) fn problems(self) -> Vec<Diagnostic> {
        self.problems
    }

    pub(crate) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Reports a problem under the code that this file has for it.
    pub(crate) fn report(
        &mut self,
        code: Code,
        span: Range<usize>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::error(self.dialect.code(code), self.file, what);
        self.problems.push(problem.at(span).help(help));
    }

    /// Reads the keys of a mapping: each known and once, and none of those missing that it must have, which is reported at
    /// `missing_at`.
    pub(crate) fn record<'n>(
        &mut self,
        node: &'n Node,
        section: &'n Section,
        missing_at: Range<usize>,
    ) -> Option<Record<'n>> {
        let Value::Mapping(entries) = &node.value else {
            self.no_mapping(node, section);
            return None;
        };
        let mut record = Record::new(node.span.clone());
        // Keys that were meant and are written in another way.
        let mut meant: Vec<String> = Vec::new();
        for (at, (key, value)) in entries.iter().enumerate() {
            let Some(name) = key.text() else {
                self.report(
                    Code::NotAMapping,
                    key.span.clone(),
                    "this key is not a word",
                    "write a key as a single word",
                );
                continue;
            };
            let field = section.field(name);
            // A key and its old name are one key.
            let is_same = |other: &Node| {
                other.text() == Some(name)
                    || field.is_some_and(|field| {
                        let other = other.text().and_then(|other| section.field(other));
                        other.is_some_and(|other| other.key == field.key)
                    })
            };
            let mut earlier = entries[..at].iter().map(|(key, _)| key);
            if let Some(first) = earlier.find(|earlier| is_same(earlier)) {
                self.duplicate(name, first, key);
                if field.is_some() {
                    continue;
                }
            }
            match field {
                Some(field) => record.push(field, key, value),
                None => meant.extend(self.unknown(section, entries, key, name, value)),
            }
        }
        for field in section.fields.iter().filter(|field| field.required) {
            let is_misplaced = |(_, value): &(Node, Node)| {
                self.dialect.is_toml() && value.get(&field.key).is_some()
            };
            let is_there = record.has(&field.key)
                || meant.iter().any(|key| *key == field.key)
                || entries.iter().any(is_misplaced);
            if !is_there {
                self.missing(section, field, missing_at.clone());
            }
        }
        Some(record)
    }

    fn no_mapping(&mut self, node: &Node, section: &Section) {
        let what = format!("{} is a mapping, found {}", section.name, node.shape());
        let keys: Vec<&str> = section.keys().collect();
        let help = format!("its keys are: {}", keys.join(", "));
        self.report(Code::WrongType, node.span.clone(), what, help);
    }

    fn duplicate(&mut self, name: &str, first: &Node, key: &Node) {
        let line = self.text[..first.span.start].matches('\n').count() + 1;
        let what = format!("duplicate key: `{name}` is already set on line {line}");
        let help = if self.dialect == Dialect::FrontMatter {
            "keep one of the two; several values of one key go into a list"
        } else {
            "keep one of the two"
        };
        self.report(Code::DuplicateKey, key.span.clone(), what, help);
    }

    pub(crate) fn missing(&mut self, section: &Section, field: &Field, at: Range<usize>) {
        let name = section.name.as_ref();
        let one = name.strip_prefix("an ").or_else(|| name.strip_prefix("a "));
        let what = match one {
            Some(one) => format!("`{}` is missing: every {one} has one", field.key),
            None => format!("`{}` is missing from {name}", field.key),
        };
        let help = format!("add a line `{}`", self.dialect.line(field));
        self.report(Code::MissingKey, at, what, help);
    }

    /// Reports a key that the mapping does not have, and gives the one that must have been meant.
    fn unknown(
        &mut self,
        section: &Section,
        entries: &[(Node, Node)],
        key: &Node,
        name: &str,
        value: &Node,
    ) -> Option<String> {
        let is_there = |key: &str| entries.iter().any(|(other, _)| other.text() == Some(key));
        let is_free = |key: &str| section.field(key).is_some() && !is_there(key);
        if let Some(c) = name.chars().find(|c| is_invisible(*c)) {
            let meant = without_invisible(name);
            let problem = self.invisible(c, key, &format!("the key `{meant}`"));
            self.problems.push(if is_free(&meant) {
                problem.fix(key.span.clone(), meant.clone())
            } else {
                problem
            });
            return Some(meant);
        }
        let problem = Diagnostic::error(
            self.dialect.code(Code::UnknownKey),
            self.file,
            format!("{} has no key `{name}`", section.name),
        )
        .at(key.span.clone());
        // Only the form differs: `Review-By` is `review_by`.
        let formed = name.to_lowercase().replace(['-', ' '], "_");
        if is_free(&formed) {
            let problem = problem.help(format!("did you mean `{formed}`?"));
            self.problems.push(problem.fix(key.span.clone(), formed));
            return None;
        }
        let near = did_you_mean(name, section.keys());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.dialect.is_toml() && matches!(value.value, Value::Mapping(_)) => {
                "there is no such section: delete the line in brackets and keep the settings below it"
                    .to_owned()
            }
            None => {
                let keys: Vec<&str> = section.keys().collect();
                format!("{} has: {}", section.name, keys.join(", "))
            }
        };
        self.problems.push(problem.help(help));
        near.filter(|_| self.dialect.is_toml()).map(str::to_owned)
    }

    /// Reports a character that cannot be seen at its own place, where the text is in the file as it is read.
    fn invisible(&self, c: char, node: &Node, what: &str) -> Diagnostic {
        let text = node.text().unwrap_or_default();
        let span = &node.span;
        let at = text.find(c).filter(|_| span.len() == text.len());
        let place = at.map_or(span.clone(), |at| {
            span.start + at..span.start + at + c.len_utf8()
        });
        let code = self.dialect.code(Code::InvisibleCharacter);
        let what = format!("{} is in {what} and cannot be seen", invisible_name(c));
        Diagnostic::error(code, self.file, what)
            .at(place)
            .help("delete it, or put an ordinary space in its place")
    }

    /// Whether a key's value is nothing, and so not to be read; reported where it must be something.
    pub(super) fn is_absent(&mut self, field: &Field, key: &Node, value: &Node) -> bool {
        // In a table `[]` says that there are none.
        let is_none = self.dialect == Dialect::Table && matches!(value.value, Value::List(_));
        if self.dialect.is_toml() || is_none || !value.is_empty() {
            return false;
        }
        let line = self.dialect.line(field);
        let help = if field.required {
            format!("write it as `{line}`")
        } else {
            format!("give it a value, for example `{line}`, or delete the line")
        };
        if field.required || self.dialect == Dialect::FrontMatter {
            let what = format!("`{}` has no value", field.key);
            self.report(Code::EmptyValue, key.span.clone(), what, help);
        }
        true
    }

    /// Reads the values of a list, or what may be written in its place; `None` where one of them is wrong.
    pub(crate) fn items<T: Item>(&mut self, field: &Field, value: &Node) -> Option<Vec<T>> {
        match (&value.value, field.number) {
            (Value::List(items), _) => {
                let read = items.iter().map(|item| T::from_node(self, field, item));
                // Every item is read before the first wrong one ends it: each has a problem of its own.
                let read: Vec<Option<T>> = read.collect();
                read.into_iter().collect()
            }
            (Value::Scalar { .. }, Number::OneOrMany) => {
                Some(vec![T::from_node(self, field, value)?])
            }
            (Value::Scalar { text, .. }, _) if !self.dialect.is_toml() && T::is_text() => {
                self.no_list(field, value, text, &|text| T::wrong(&field.key, text));
                None
            }
            _ => {
                self.wrong_form(field, value, "a list");
                None
            }
        }
    }

    /// Reads the values of a key whose shape is known only when the program runs.
    pub(crate) fn scalars(
        &mut self,
        field: &Field,
        key: &Node,
        value: &Node,
    ) -> Option<Vec<Scalar>> {
        if self.is_absent(field, key, value) {
            return None;
        }
        let read = |text: &str| Scalar::read(&field.shape, &field.key, text);
        let items = match (&value.value, field.number) {
            (Value::List(items), Number::Many) => items.as_slice(),
            (Value::Scalar { text, .. }, Number::Many) => {
                self.no_list(field, value, text, &|text| read(text).err());
                return None;
            }
            _ => std::slice::from_ref(value),
        };
        let items = items.iter().map(|item| {
            let text = self.scalar_text(field, item)?;
            match read(text) {
                Ok(value) => Some(value),
                Err(wrong) => {
                    self.wrong(field, item, wrong, &|text| read(text).err());
                    None
                }
            }
        });
        let items: Vec<Option<Scalar>> = items.collect();
        items.into_iter().collect()
    }

    /// Reports a single value where a list belongs, and writes the list that was meant.
    fn no_list(
        &mut self,
        field: &Field,
        value: &Node,
        text: &str,
        wrong: &dyn Fn(&str) -> Option<Wrong>,
    ) {
        let mut problem = Diagnostic::error(
            self.dialect.code(Code::WrongType),
            self.file,
            format!("`{}` is a list, found a single value", field.key),
        )
        .at(value.span.clone());
        let entries = entries_of(text).map(|entry| match wrong(entry) {
            None => Ok(quoted(entry)),
            Some(wrong) => wrong.fix.ok_or(wrong.message),
        });
        let entries: Result<Vec<String>, String> = entries.collect();
        // A comma may also be a slip within one value.
        let whole = wrong(text)
            .and_then(|wrong| wrong.fix)
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

    /// Reads one value that is written as a text.
    pub(super) fn scalar<T: FromText>(&mut self, field: &Field, node: &Node) -> Option<T> {
        let key = &field.key;
        let text = self.scalar_text(field, node)?;
        match T::from_text(key, text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.wrong(field, node, wrong, &|text| T::from_text(key, text).err());
                None
            }
        }
    }

    /// The text of one value; `None`, with a problem, for what is none.
    pub(super) fn scalar_text<'n>(&mut self, field: &Field, node: &'n Node) -> Option<&'n str> {
        let Value::Scalar { text, quoted } = &node.value else {
            self.wrong_form(field, node, "a single value");
            return None;
        };
        if self.dialect.is_toml() {
            if *quoted == field.shape.is_number_or_flag() {
                self.wrong_form(field, node, "a single value");
                return None;
            }
            if text.contains(|c| is_unseen(c) || c == '\r') {
                let what = format!("`{}` has a character that cannot be seen", field.key);
                let span = node.span.clone();
                self.report(
                    Code::InvisibleCharacter,
                    span,
                    what,
                    "delete the escape that makes it",
                );
                return None;
            }
        } else if node.is_empty() {
            let what = format!("an entry of `{}` is empty", field.key);
            let help = "delete it or give it a value";
            self.report(Code::EmptyValue, node.span.clone(), what, help);
            return None;
        }
        if let Some((what, help)) = field.rule.and_then(|rule| rule(text)) {
            self.report(
                Code::WrongType,
                node.span.clone(),
                format!("`{}` {what}", field.key),
                help,
            );
            return None;
        }
        Some(text)
    }

    /// Reports a value of another form than the key takes.
    pub(super) fn wrong_form(&mut self, field: &Field, node: &Node, form: &str) {
        let key = &field.key;
        let what = if self.dialect.is_toml() {
            format!("`{key}` takes {}, found {}", words(field), found(node))
        } else if form == "a list" {
            format!("`{key}` is a list, found {}", node.shape())
        } else {
            format!("`{key}` takes a single value here, found {}", node.shape())
        };
        let help = format!("write it as `{}`", self.dialect.line(field));
        self.report(Code::WrongType, node.span.clone(), what, help);
    }

    /// Reports a text that is no value of its key.
    pub(super) fn wrong(
        &mut self,
        field: &Field,
        node: &Node,
        found: Wrong,
        wrong: &dyn Fn(&str) -> Option<Wrong>,
    ) {
        if self.dialect.is_toml() && (field.shape.is_bare() || field.shape.is_number_or_flag()) {
            return self.wrong_form(field, node, "a single value");
        }
        let text = node.text().unwrap_or_default();
        // Pasted text: right but for what cannot be seen, or for curly quotation marks, which YAML does not know.
        let meant = without_quotation_marks(&without_invisible(text)).to_owned();
        let is_meant = !self.dialect.is_toml()
            && found.fix.is_none()
            && meant != text
            && wrong(&meant).is_none();
        let written = if field.shape.is_bare() {
            meant
        } else {
            quoted(&meant)
        };
        let c = text.chars().find(|c| is_invisible(*c)).filter(|_| is_meant);
        if let Some(c) = c {
            let problem = self.invisible(c, node, &format!("the value of `{}`", field.key));
            self.problems.push(problem.fix(node.span.clone(), written));
            return;
        }
        let (help, fix) = if is_meant {
            (format!("write it as `{written}`"), Some(written))
        } else {
            (found.help, found.fix.filter(|_| !self.dialect.is_toml()))
        };
        let problem = Diagnostic::error(self.dialect.code(found.code), self.file, found.message)
            .at(node.span.clone())
            .help(help);
        self.problems.push(match fix {
            Some(fix) => problem.fix(node.span.clone(), fix),
            None => problem,
        });
    }
}

impl Shape {
    /// Whether TOML writes its values without quotation marks.
    fn is_number_or_flag(&self) -> bool {
        matches!(self, Self::Flag | Self::Count | Self::Positive)
    }
}

/// What a setting takes, in an editor's words.
fn words(field: &Field) -> &'static str {
    match (&field.shape, field.number) {
        (Shape::Section(_) | Shape::Named(_), _) => "a section with settings of its own",
        (_, Number::Many | Number::OneOrMany | Number::ManyOrAll) => "a list of names",
        (Shape::Flag, _) => "`true` or `false`, without quotes",
        (Shape::Count, _) => "a whole number, without quotes",
        (Shape::Positive, _) => "a whole number above 0, without quotes",
        (Shape::Day, _) => "a day in double quotes",
        (Shape::Choice(_), _) => "one of a few words in double quotes",
        _ => "a text in double quotes",
    }
}

/// What a value of TOML is, in an editor's words.
fn found(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text, quoted: true } => format!("the text `{text}`"),
        Value::Scalar { text, .. } if text == "true" || text == "false" => format!("`{text}`"),
        Value::Scalar { text, .. } if text.contains(':') || text.matches('-').count() > 1 => {
            format!("the date `{text}`")
        }
        Value::Scalar { text, .. } => format!("the number `{text}`"),
        Value::List(_) => "a list".to_owned(),
        Value::Mapping(_) => "a section with settings of its own".to_owned(),
    }
}

/// Takes off curly quotation marks around a whole value.
fn without_quotation_marks(text: &str) -> &str {
    text.trim_matches(['“', '”', '„', '‘', '’', '«', '»'])
        .trim()
}

/// The entries that a text with commas was meant to be.
fn entries_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}
