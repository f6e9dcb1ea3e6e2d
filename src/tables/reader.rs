//! Reads tables of `content/data/` from a tree in which every value knows its bytes, so that each problem has its place.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::files;
use crate::schema::earlier;
use crate::schema::slug;
use crate::schema::yaml;
use crate::schema::yaml::{Node, Value};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use std::collections::HashSet;
use std::ops::Range;

/// The largest table in bytes; a real one stays below 64 kB.
const MAX_BYTES: usize = 256 * 1024;

/// Reads a table with a function that goes through its tree; `lists` are the lists that it must have.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(super) fn read<T>(
    file: &'static str,
    bytes: &[u8],
    lists: &[&str],
    table: impl FnOnce(&mut Reader, &Node) -> Option<T>,
) -> Result<T, Vec<Diagnostic>> {
    let path = Utf8Path::new(file);
    if bytes.len() > MAX_BYTES {
        let what = format!("the table is larger than {} kB", MAX_BYTES / 1024);
        return Err(vec![
            Diagnostic::error(Code::InvalidData, path, what)
                .help("keep what readers need to find the right office"),
        ]);
    }
    let whole = files::text(bytes, path)?;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let root = yaml::parse(yaml::Block {
        text,
        offset: whole.len() - text.len(),
        file: path,
        name: "table",
    })?;
    let mut reader = Reader {
        file,
        problems: Vec::new(),
    };
    let read = match &root {
        Some(root) => table(&mut reader, root),
        None => {
            let lists: Vec<String> = lists.iter().map(|list| format!("`{list}:`")).collect();
            let lists = lists.join(" and ");
            let each = if lists.contains(' ') { ", each" } else { "" };
            let help = format!("write {lists}{each} with a list below it");
            reader.report(0..0, "the table is empty", help);
            None
        }
    };
    match read {
        Some(read) if reader.problems.is_empty() => Ok(read),
        _ => Err(reader.problems),
    }
}

/// The keys of one entry, each known and once.
pub(super) struct Group<'a> {
    /// What it is, in messages: `a role`.
    name: &'static str,
    pub(super) span: Range<usize>,
    entries: Vec<(&'a str, &'a Node)>,
}

impl<'a> Group<'a> {
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        let entry = self.entries.iter().find(|(name, _)| *name == key);
        entry.map(|(_, value)| *value)
    }

    /// The ids of the entries of a list, as far as they can be read.
    pub(super) fn ids(&self, key: &str) -> Vec<&'a str> {
        let Some(Value::List(items)) = self.get(key).map(|node| &node.value) else {
            return Vec::new();
        };
        let id = |item: &'a Node| match &item.value {
            Value::Mapping(entries) => entries
                .iter()
                .find(|(key, _)| key.text() == Some("id"))
                .and_then(|(_, value)| value.text()),
            _ => None,
        };
        items.iter().filter_map(id).collect()
    }

    /// Where a key's value stands; where the group begins, for a key that is absent.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        let start = self.span.start;
        self.get(key).map_or(start..start, |node| node.span.clone())
    }
}

/// Reads values and collects what is wrong with them; a wrong one is read as nothing, so that reading goes on.
pub(super) struct Reader {
    file: &'static str,
    pub(super) problems: Vec<Diagnostic>,
}

impl Reader {
    pub(super) fn report(
        &mut self,
        span: Range<usize>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(
            Diagnostic::error(Code::InvalidData, self.file, what)
                .at(span)
                .help(help),
        );
    }

    /// Reads a day.
    pub(super) fn day(&mut self, group: &Group<'_>, key: &'static str) -> Option<Date> {
        let text = self.text(group, key)?;
        match text.parse() {
            Ok(PartialDate::Day(day)) => Some(day),
            Ok(_) => {
                let what = format!("`{key}` is not a day: `{text}`");
                self.report(group.span_of(key), what, "write it as 2026-11-25");
                None
            }
            Err(error) => {
                let what = format!("`{key}` is not a day: `{text}`");
                self.report(group.span_of(key), what, error.help());
                None
            }
        }
    }

    pub(super) fn group<'a>(
        &mut self,
        node: &'a Node,
        name: &'static str,
        known: &[&str],
    ) -> Option<Group<'a>> {
        let Value::Mapping(entries) = &node.value else {
            let what = format!("{name} is a group of keys, found {}", node.shape());
            self.report(
                node.span.clone(),
                what,
                format!("its keys are: {}", known.join(", ")),
            );
            return None;
        };
        let mut group = Group {
            name,
            span: node.span.clone(),
            entries: Vec::with_capacity(known.len()),
        };
        for (key, value) in entries {
            let text = earlier::current_key(key.text().unwrap_or_default());
            if !known.contains(&text) {
                let help = match did_you_mean(text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its keys are: {}", known.join(", ")),
                };
                self.report(
                    key.span.clone(),
                    format!("{name} has no key `{text}`"),
                    help,
                );
            } else if group.get(text).is_some() {
                let what = format!("duplicate key `{text}`");
                self.report(key.span.clone(), what, "keep one of the two");
            } else {
                group.entries.push((text, value));
            }
        }
        Some(group)
    }

    /// Reads a list of groups; an entry that is none is left out.
    pub(super) fn groups<T>(
        &mut self,
        group: &Group<'_>,
        key: &'static str,
        required: bool,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        match group.get(key).map(|node| (node, &node.value)) {
            Some((_, Value::List(items))) => {
                items.iter().filter_map(|item| read(self, item)).collect()
            }
            Some((node, _)) if required || !node.is_empty() => {
                let what = format!("`{key}` is a list, found {}", node.shape());
                let help =
                    "begin each entry with `- ` on a line of its own, or write `[]` for none";
                self.report(node.span.clone(), what, help);
                Vec::new()
            }
            None if required => {
                self.missing(group, key);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn missing(&mut self, group: &Group<'_>, key: &str) {
        let start = group.span.start;
        let one = group.name.strip_prefix("an ");
        let one = one.or_else(|| group.name.strip_prefix("a "));
        let every = one.map_or_else(|| group.name.to_owned(), |name| format!("every {name}"));
        let what = format!("`{key}` is missing: {every} has one");
        self.report(start..start, what, format!("add `{key}: …`"));
    }

    pub(super) fn required(&mut self, group: &Group<'_>, key: &str) -> String {
        match group.get(key) {
            None => self.missing(group, key),
            Some(node) if node.is_empty() => {
                self.report(
                    node.span.clone(),
                    format!("`{key}` has no value"),
                    "write a value after the colon",
                );
            }
            Some(_) => {}
        }
        self.text(group, key).unwrap_or_default()
    }

    /// A name of an anchor or a page, and so one that stands once and has no blanks.
    pub(super) fn id(&mut self, group: &Group<'_>, ids: &mut HashSet<String>) -> String {
        let id = self.required(group, "id");
        let span = group.get("id").map_or(0..0, |node| node.span.clone());
        let is_word = id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !is_word {
            let what = format!("`id` is not a word: `{id}`");
            self.report(
                span,
                what,
                "write it with lower-case letters, digits and hyphens, as `account-manager`",
            );
        } else if let Some(reason) = slug::problem(&id).filter(|_| !id.is_empty()) {
            let what = format!("`id` cannot name a page: `{id}`");
            self.report(span, what, format!("choose another word: {reason}"));
        } else if !id.is_empty() && !ids.insert(id.clone()) {
            let what = format!("duplicate id `{id}`");
            self.report(span, what, "give each entry an id of its own");
        }
        id
    }

    pub(super) fn text(&mut self, group: &Group<'_>, key: &str) -> Option<String> {
        let node = group.get(key)?;
        if !matches!(node.value, Value::Scalar { .. }) {
            let what = format!("`{key}` is a text, found {}", node.shape());
            self.report(node.span.clone(), what, "put text in double quotes");
        }
        node.text().map(str::to_owned)
    }

    pub(super) fn texts(&mut self, group: &Group<'_>, key: &str) -> Vec<String> {
        let Some(node) = group.get(key).filter(|node| !node.is_empty()) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            let what = format!("`{key}` is a list, found {}", node.shape());
            self.report(
                node.span.clone(),
                what,
                format!("write it as `{key}: [\"…\", \"…\"]`"),
            );
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.text() {
                Some(text) => texts.push(text.to_owned()),
                None => {
                    let found = if item.is_empty() {
                        "nothing"
                    } else {
                        item.shape()
                    };
                    let what = format!("`{key}` takes texts, found {found}");
                    self.report(item.span.clone(), what, "put each text in double quotes");
                }
            }
        }
        texts
    }

    pub(super) fn days(&mut self, group: &Group<'_>) -> Option<u32> {
        let node = group.get("days").filter(|node| !node.is_empty())?;
        let days = node.text().and_then(|text| text.parse().ok());
        if days.is_none() {
            let what = "`days` is not a number of days";
            self.report(
                node.span.clone(),
                what,
                "write it as `days: 30`; leave it out where there is no limit",
            );
        }
        days
    }

    pub(super) fn flag(&mut self, group: &Group<'_>, key: &str) -> bool {
        let Some(node) = group.get(key).filter(|node| !node.is_empty()) else {
            return false;
        };
        match node.text() {
            Some("true") => true,
            Some("false") => false,
            _ => {
                self.report(
                    node.span.clone(),
                    format!("`{key}` is neither `true` nor `false`"),
                    format!("write it as `{key}: true`"),
                );
                false
            }
        }
    }
}

pub(super) fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || "\"'<>\\".contains(c))
}
