//! Reads the table of contacts from a tree in which every value knows its bytes, so that each problem has its place.

use super::contacts::{CONTACTS_FILE, Clock, Contacts, Meta, Problem, Role};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::yaml::{self, Node, Value};
use crate::files;
use camino::Utf8Path;
use std::collections::HashSet;
use std::ops::Range;

/// The largest table in bytes; a real one stays below 64 kB.
const MAX_BYTES: usize = 256 * 1024;

/// The problems after which no more guesses are made: each compares a word with all roles.
const MAX_GUESSES: usize = 100;

/// The roles that a message names.
const MAX_NAMED: usize = 20;

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<Contacts, Vec<Diagnostic>> {
    let file = Utf8Path::new(CONTACTS_FILE);
    if bytes.len() > MAX_BYTES {
        return Err(vec![
            Diagnostic::error(
                Code::InvalidData,
                file,
                format!("the table is larger than {} kB", MAX_BYTES / 1024),
            )
            .help("keep what readers need to find the right office"),
        ]);
    }
    let whole = files::text(bytes, file)?;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let root = yaml::parse(yaml::Block {
        text,
        offset: whole.len() - text.len(),
        file,
        name: "table",
    })?;
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let contacts = match &root {
        Some(root) => reader.contacts(root),
        None => {
            reader.report(
                0..0,
                "the table is empty",
                "write `roles:` and `problems:`, each with a list below it",
            );
            None
        }
    };
    match contacts {
        Some(contacts) if reader.problems.is_empty() => Ok(contacts),
        _ => Err(reader.problems),
    }
}

/// The keys of one entry, each known and once.
struct Group<'a> {
    /// What it is, in messages: `a role`.
    name: &'static str,
    span: Range<usize>,
    entries: Vec<(&'a str, &'a Node)>,
}

impl<'a> Group<'a> {
    fn get(&self, key: &str) -> Option<&'a Node> {
        let entry = self.entries.iter().find(|(name, _)| *name == key);
        entry.map(|(_, value)| *value)
    }
}

/// Reads values and collects what is wrong with them; a wrong one is read as nothing, so that reading goes on.
struct Reader {
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn report(&mut self, span: Range<usize>, what: impl Into<String>, help: impl Into<String>) {
        self.problems.push(
            Diagnostic::error(Code::InvalidData, CONTACTS_FILE, what)
                .at(span)
                .help(help),
        );
    }

    fn contacts(&mut self, root: &Node) -> Option<Contacts> {
        let group = self.group(root, "the table", &["meta", "roles", "problems"])?;
        let meta = match group.get("meta") {
            Some(node) => self.meta(node),
            None => Meta::default(),
        };
        let mut ids = HashSet::new();
        let roles = self.groups(&group, "roles", true, |reader, node| {
            reader.role(node, &mut ids)
        });
        let mut role_ids: Vec<&str> = roles.iter().map(|role| role.id.as_str()).collect();
        role_ids.sort_unstable();
        let mut ids = HashSet::new();
        let problems = self.groups(&group, "problems", true, |reader, node| {
            reader.problem(node, &role_ids, &mut ids)
        });
        Some(Contacts {
            meta,
            roles,
            problems,
        })
    }

    fn meta(&mut self, node: &Node) -> Meta {
        let Some(group) = self.group(node, "`meta`", &["directory", "checked"]) else {
            return Meta::default();
        };
        let directory = self.text(&group, "directory");
        if let (Some(address), Some(node)) = (&directory, group.get("directory"))
            && !is_web_address(address)
        {
            self.report(
                node.span.clone(),
                format!("`directory` is not a web address: `{address}`"),
                "write it as \"https://www.example.gov/directory\"",
            );
        }
        Meta {
            directory,
            checked: self.text(&group, "checked"),
        }
    }

    fn role(&mut self, node: &Node, ids: &mut HashSet<String>) -> Option<Role> {
        let group = self.group(node, "a role", Role::KEYS)?;
        Some(Role {
            id: self.id(&group, ids),
            name: self.required(&group, "name"),
            place: self.required(&group, "where"),
            turn_to_for: self.texts(&group, "turn_to_for"),
            authority: self.text(&group, "authority"),
            basis: self.texts(&group, "basis"),
            source: self.texts(&group, "source"),
        })
    }

    fn problem(
        &mut self,
        node: &Node,
        roles: &[&str],
        ids: &mut HashSet<String>,
    ) -> Option<Problem> {
        let keys = [
            "id",
            "title",
            "turn_to",
            "legal_basis",
            "form",
            "clock",
            "attach",
            "send_to",
            "remark",
            "source",
        ];
        let group = self.group(node, "a problem", &keys)?;
        if group.get("turn_to").is_none() {
            self.missing(&group, "turn_to");
        }
        self.known_roles(&group, roles);
        Some(Problem {
            id: self.id(&group, ids),
            title: self.required(&group, "title"),
            turn_to: self.texts(&group, "turn_to"),
            legal_basis: self.texts(&group, "legal_basis"),
            form: self.text(&group, "form"),
            clock: self.groups(&group, "clock", false, Self::clock),
            attach: self.texts(&group, "attach"),
            send_to: self.text(&group, "send_to"),
            remark: self.text(&group, "remark"),
            source: self.texts(&group, "source"),
        })
    }

    fn clock(&mut self, node: &Node) -> Option<Clock> {
        let keys = ["event", "days", "business_days", "cite"];
        let group = self.group(node, "a deadline", &keys)?;
        Some(Clock {
            event: self.required(&group, "event"),
            days: self.days(&group),
            business_days: self.flag(&group, "business_days"),
            cite: self.required(&group, "cite"),
        })
    }

    /// Reports each role of a problem that the table does not have.
    fn known_roles(&mut self, group: &Group<'_>, roles: &[&str]) {
        let Some(Value::List(items)) = group.get("turn_to").map(|node| &node.value) else {
            return;
        };
        for item in items {
            let Some(role) = item
                .text()
                .filter(|role| roles.binary_search(role).is_err())
            else {
                continue;
            };
            let guess = self.problems.len() < MAX_GUESSES;
            let near = did_you_mean(role, roles.iter().copied().filter(|_| guess));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if roles.len() > MAX_NAMED => {
                    "write the `id` of an entry of `roles`".to_owned()
                }
                None => format!("the roles are: {}", roles.join(", ")),
            };
            let what = format!("there is no role `{role}` in `roles`");
            self.report(item.span.clone(), what, help);
        }
    }

    fn group<'a>(
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
            let text = key.text().unwrap_or_default();
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
                let what = format!("the key `{text}` stands here for the second time");
                self.report(key.span.clone(), what, "keep one of the two");
            } else {
                group.entries.push((text, value));
            }
        }
        Some(group)
    }

    /// Reads a list of groups; an entry that is none is left out.
    fn groups<T>(
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

    fn missing(&mut self, group: &Group<'_>, key: &str) {
        let start = group.span.start;
        let what = format!(
            "`{key}` is missing: {} has one",
            group.name.replacen("a ", "every ", 1)
        );
        self.report(start..start, what, format!("add `{key}: …`"));
    }

    fn required(&mut self, group: &Group<'_>, key: &str) -> String {
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

    /// A name that is an anchor of the page, and so stands once and has no blanks.
    fn id(&mut self, group: &Group<'_>, ids: &mut HashSet<String>) -> String {
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
        } else if !id.is_empty() && !ids.insert(id.clone()) {
            let what = format!("the id `{id}` stands here for the second time");
            self.report(span, what, "give each entry an id of its own");
        }
        id
    }

    fn text(&mut self, group: &Group<'_>, key: &str) -> Option<String> {
        let node = group.get(key)?;
        if !matches!(node.value, Value::Scalar { .. }) {
            let what = format!("`{key}` is a text, found {}", node.shape());
            self.report(node.span.clone(), what, "put text in double quotes");
        }
        node.text().map(str::to_owned)
    }

    fn texts(&mut self, group: &Group<'_>, key: &str) -> Vec<String> {
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

    fn days(&mut self, group: &Group<'_>) -> Option<u32> {
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

    fn flag(&mut self, group: &Group<'_>, key: &str) -> bool {
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

fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || "\"'<>\\".contains(c))
}
