//! Reads the values of keys, and reports what is wrong with one and what it must have been meant to be.

use super::field::{Field, Number, Shape};
use super::node::{Node, Value};
use super::reader::{Dialect, Reader};
use super::record::Item;
use super::values::scalar::Scalar;
use super::values::{FromText, Wrong};
use super::yaml::quoted;
use crate::diagnostic::{Code, Diagnostic, is_invisible, is_unseen, without_invisible};

impl Reader<'_> {
    /// Whether a key's value is nothing, and so not to be read; reported where it must be something.
    pub(super) fn is_absent(&mut self, field: &Field, key: &Node, value: &Node) -> bool {
        let is_list = matches!(value.value, Value::List(_));
        if self.dialect.is_toml()
            || !value.is_empty()
            || is_list && !self.dialect.refuses_empty_lists()
        {
            return false;
        }
        let help = if field.required {
            self.dialect.help(field)
        } else {
            let line = self.dialect.line(field);
            format!("give it a value, for example `{line}`, or delete the line")
        };
        if field.required || self.dialect == Dialect::FrontMatter {
            let what = format!("`{}` has no value", field.key);
            let is_cell = self.dialect == Dialect::Csv;
            let place = if is_cell { value } else { key }.span.clone();
            self.report(Code::EmptyValue, place, what, help);
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
        let help = self.dialect.help(field);
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
        if self.dialect.is_toml() && field.shape.is_number_or_flag() {
            return self.wrong_form(field, node, "a single value");
        }
        let text = node.text().unwrap_or_default();
        // Pasted text: right but for what cannot be seen, or for curly quotation marks, which YAML does not know.
        let meant = without_quotation_marks(&without_invisible(text)).to_owned();
        let has_fixes = self.dialect.has_fixes();
        let is_meant = !self.dialect.is_toml()
            && found.fix.is_none()
            && meant != text
            && wrong(&meant).is_none();
        let written = if field.shape.is_bare() || self.dialect == Dialect::Csv {
            meant
        } else {
            quoted(&meant)
        };
        let c = text.chars().find(|c| is_invisible(*c)).filter(|_| is_meant);
        if let Some(c) = c {
            let problem = self.invisible(c, node, &format!("the value of `{}`", field.key));
            self.problems.push(if has_fixes {
                problem.fix(node.span.clone(), written)
            } else {
                problem
            });
            return;
        }
        let (help, fix) = if is_meant {
            (format!("write it as `{written}`"), Some(written))
        } else if found.fix.is_none() && field.help.is_some() {
            (self.dialect.help(field), None)
        } else {
            (found.help, found.fix)
        };
        let problem = Diagnostic::error(self.dialect.code(found.code), self.file, found.message)
            .at(node.span.clone())
            .help(help);
        self.problems.push(match fix.filter(|_| has_fixes) {
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
