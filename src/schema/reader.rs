//! Reads the nodes of a file into values as a description of its keys says, and reports everything that is wrong, each at
//! its place.

use super::field::{Field, Section, Shape};
use super::node::{Node, Value};
use super::record::{Keys, Record};
use crate::diagnostic::{
    Code, Diagnostic, did_you_mean, invisible_name, is_invisible, without_invisible,
};
use camino::Utf8Path;
use std::ops::Range;

/// What kind of file is read: how its keys are written, and under which codes its problems are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The front matter of a document: YAML, in which a key without a value is a mistake.
    FrontMatter,
    /// A table of `content/data/` in YAML, in which a key without a value is absent.
    Table,
    /// A row of a table of `content/data/` in CSV: its columns are keys, and an empty cell is an absent one.
    Csv,
    /// `site.toml`.
    Settings,
    /// `theme.toml`.
    Theme,
}

impl Dialect {
    pub(super) fn is_toml(self) -> bool {
        matches!(self, Self::Settings | Self::Theme)
    }

    /// Whether a list must have an entry; elsewhere `[]` says that there are none.
    pub(super) fn refuses_empty_lists(self) -> bool {
        self == Self::FrontMatter
    }

    /// Whether a key that was meant is not reported as missing, too.
    fn takes_meant(self) -> bool {
        self.is_toml() || self == Self::Csv
    }

    /// Whether the place of a value is all that is written of it, so that another one can take it.
    pub(super) fn has_fixes(self) -> bool {
        matches!(self, Self::FrontMatter | Self::Table)
    }

    /// What it calls a key.
    fn noun(self) -> &'static str {
        if self == Self::Csv { "column" } else { "key" }
    }

    /// The code of a problem: every kind of problem has its own in front matter, every other file one for all.
    pub(super) fn code(self, code: Code) -> Code {
        match self {
            Self::FrontMatter => code,
            Self::Table | Self::Csv => Code::InvalidData,
            Self::Settings => Code::InvalidConfig,
            Self::Theme => Code::InvalidTheme,
        }
    }

    /// A line that is right, for help.
    pub(super) fn line(self, field: &Field) -> String {
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
        } else if self == Self::Csv {
            example.trim_matches('"').to_owned()
        } else {
            format!("{}: {example}", field.key)
        }
    }

    /// What to write as the value of a key.
    pub(super) fn help(self, field: &Field) -> String {
        let line = self.line(field);
        match field.help {
            Some(help) => format!("write it as `{line}`; {help}"),
            None => format!("write it as `{line}`"),
        }
    }
}

/// Reads the nodes of one file; a wrong value is read as nothing, so that reading goes on.
pub(crate) struct Reader<'a> {
    pub(super) file: &'a Utf8Path,
    /// The whole file.
    text: &'a str,
    pub(super) dialect: Dialect,
    pub(super) problems: Vec<Diagnostic>,
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

    pub(crate) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
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
        let mut record = Record::default();
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
        // The columns of a table say what its cells are, so all are there.
        let is_needed = |field: &&Field| field.required || self.dialect == Dialect::Csv;
        let needed: Vec<&Field> = section.fields.iter().filter(is_needed).collect();
        for field in needed {
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
        let what = if self.dialect == Dialect::Csv {
            format!("duplicate column: `{name}`")
        } else {
            let line = self.text[..first.span.start].matches('\n').count() + 1;
            format!("duplicate key: `{name}` is already set on line {line}")
        };
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
        let help = if self.dialect == Dialect::Csv {
            format!("add a column `{}`", field.key)
        } else {
            format!("add a line `{}`", self.dialect.line(field))
        };
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
            format!("{} has no {} `{name}`", section.name, self.dialect.noun()),
        )
        .at(key.span.clone());
        // Only the form differs: `Review-By` is `review_by`.
        let formed = name.to_lowercase().replace(['-', ' '], "_");
        if is_free(&formed) {
            let problem = problem.help(format!("did you mean `{formed}`?"));
            self.problems
                .push(problem.fix(key.span.clone(), formed.clone()));
            return Some(formed).filter(|_| self.dialect.takes_meant());
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
        near.filter(|_| self.dialect.takes_meant())
            .map(str::to_owned)
    }

    /// Reports a character that cannot be seen at its own place, where the text is in the file as it is read.
    pub(super) fn invisible(&self, c: char, node: &Node, what: &str) -> Diagnostic {
        let text = node.text().unwrap_or_default();
        let span = &node.span;
        let at = text.find(c);
        let at = at.filter(|_| self.text.get(span.clone()) == Some(text));
        let place = at.map_or(span.clone(), |at| {
            span.start + at..span.start + at + c.len_utf8()
        });
        let code = self.dialect.code(Code::InvisibleCharacter);
        let what = format!("{} is in {what} and cannot be seen", invisible_name(c));
        Diagnostic::error(code, self.file, what)
            .at(place)
            .help("delete it, or put an ordinary space in its place")
    }
}
