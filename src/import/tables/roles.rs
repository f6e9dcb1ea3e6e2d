//! `import csv --as contacts`: rows as roles of the table of contacts.

use super::entries;
use super::table::Table;
use crate::diagnostic::LineIndex;
use crate::files::{Disk, Files as _};
use crate::ids::IndexVec;
use crate::import::mapping::Mapping;
use crate::import::report::{Report, Skipped, Written};
use crate::import::yaml::{self, Value};
use crate::import::{ImportError, Target, clean, disk, messages, write};
use crate::tables;
use crate::tables::{CONTACTS_FILE, Role};
use camino::Utf8Path;
use std::collections::BTreeMap;

/// The keys of a role that take several values.
const LISTS: &[&str] = &["keywords", "turn_to_for", "basis", "source"];

/// Puts the rows of a table into `content/data/contacts.yaml`: a known id is updated, another one appended. Comments and
/// entries that no row names stay as they are.
///
/// # Errors
/// When the table cannot be read, the mapping does not fit it, or the file has problems already.
pub fn roles(
    target: &Target<'_>,
    file: &Utf8Path,
    mapping: &Mapping,
) -> Result<Report, ImportError> {
    let table = Table::read(&disk::read(file)?)?;
    let places = places(mapping, &table)?;
    let mut report = Report::default();
    let old = match Disk::new(target.root).read(Utf8Path::new(CONTACTS_FILE)) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.cause.kind() == std::io::ErrorKind::NotFound => {
            "roles:\nproblems: []\n".to_owned()
        }
        Err(error) => return Err(error.into()),
    };
    // A new file has no role yet, which the portal's reader does not call a list.
    let known = if old.starts_with("roles:\nproblems") {
        IndexVec::default()
    } else {
        let contacts = tables::read_contacts(old.as_bytes()).map_err(ImportError::Problems)?;
        contacts.roles
    };
    let index = LineIndex::new(table.text.as_bytes());
    let mut text = old.clone();
    let mut seen: Vec<String> = Vec::new();
    for (row, (_, cells)) in table.rows.iter().enumerate() {
        let said: BTreeMap<&str, String> = places
            .iter()
            .map(|(key, place)| {
                (
                    key.as_str(),
                    clean::line(cells.get(*place).map_or("", String::as_str)),
                )
            })
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let id = said.get("id").cloned().unwrap_or_default();
        let old = known.iter().find(|role| role.id == id);
        if let Some(reason) = refusal(&id, &said, old.is_some(), &seen) {
            let at = index.position(table.cell(row, 0).start);
            report.skipped.push(Skipped::new(file, at, reason));
            continue;
        }
        seen.push(id.clone());
        let block = block(old, &said);
        let written = Written {
            number: id.clone(),
            file: CONTACTS_FILE.to_owned(),
        };
        match old {
            Some(old) if is_same(old, &said) => report.unchanged += 1,
            Some(_) => {
                text = replace(&text, &id, &block);
                report.changed.push(written);
            }
            None => {
                text = append(&text, &block);
                report.new.push(written);
            }
        }
    }
    if text != old {
        if let Err(problems) = tables::read_contacts(text.as_bytes()) {
            return Err(ImportError::Mapping(format!(
                "the table of contacts would have problems: {}",
                messages(&problems)
            )));
        }
        if !target.options.dry_run {
            write(target.root, Utf8Path::new(CONTACTS_FILE), text.as_bytes())?;
        }
    }
    report.sort();
    Ok(report)
}

/// The column of each key; without a mapping the columns are named like the keys.
fn places(mapping: &Mapping, table: &Table) -> Result<BTreeMap<String, usize>, ImportError> {
    let keys = Role::keys();
    let mut mapping = mapping.clone();
    if mapping.columns.is_empty() {
        let names = table
            .header
            .iter()
            .filter(|name| keys.contains(&name.as_str()));
        mapping.columns = names.map(|name| (name.clone(), name.clone())).collect();
    }
    match mapping
        .columns
        .keys()
        .find(|key| !keys.contains(&key.as_str()))
    {
        Some(key) => Err(ImportError::Mapping(format!(
            "a role has no key `{key}`: it has {}",
            keys.join(", ")
        ))),
        None if !mapping.columns.contains_key("id") => Err(ImportError::Mapping(
            "a role needs an `id`: map a column to it".to_owned(),
        )),
        None => mapping.places(&table.header),
    }
}

fn refusal(
    id: &str,
    said: &BTreeMap<&str, String>,
    is_known: bool,
    seen: &[String],
) -> Option<String> {
    if id.is_empty() {
        return Some("the row has no `id`".to_owned());
    }
    if !id
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Some(format!(
            "`{id}` is no id: only lower-case letters, digits and hyphens can"
        ));
    }
    if seen.iter().any(|known| known == id) {
        return Some(format!("the id `{id}` is in an earlier row already"));
    }
    let missing = ["name", "where"]
        .into_iter()
        .find(|key| !is_known && !said.contains_key(key));
    missing.map(|key| format!("a new role needs `{key}`"))
}

fn of_role(role: &Role, key: &str) -> Vec<String> {
    match key {
        "id" => vec![role.id.clone()],
        "name" => vec![role.name.clone()],
        "keywords" => role.keywords.clone(),
        "where" => vec![role.place.clone()],
        "turn_to_for" => role.turn_to_for.clone(),
        "authority" => role.authority.iter().cloned().collect(),
        "basis" => role.basis.clone(),
        "verified" => role.verified.iter().map(|day| day.to_string()).collect(),
        _ => role.source.clone(),
    }
}

fn is_same(role: &Role, said: &BTreeMap<&str, String>) -> bool {
    said.iter().all(|(key, cell)| {
        let old = of_role(role, key);
        if LISTS.contains(key) {
            entries(cell).eq(old)
        } else {
            old == [cell.clone()]
        }
    })
}

/// An entry of `roles`; a cell that is empty leaves the key as it was.
fn block(old: Option<&Role>, said: &BTreeMap<&str, String>) -> String {
    let entries = Role::keys().into_iter().map(|key| {
        let is_list = LISTS.contains(&key);
        let values = match said.get(key) {
            Some(cell) if is_list => entries(cell).collect(),
            Some(cell) => vec![cell.clone()],
            None => old.map(|role| of_role(role, key)).unwrap_or_default(),
        };
        let value = if is_list {
            Value::List(values)
        } else {
            Value::Text(values.into_iter().next().unwrap_or_default())
        };
        (key, value)
    });
    yaml::item(entries)
}

/// The bytes of the list `roles`, without its own line.
fn section(text: &str) -> std::ops::Range<usize> {
    let Some(key) = text
        .find("\nroles:")
        .map(|at| at + 1)
        .or_else(|| text.starts_with("roles:").then_some(0))
    else {
        return text.len()..text.len();
    };
    let start = text[key..]
        .find('\n')
        .map_or(text.len(), |end| key + end + 1);
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if !line.starts_with([' ', '-', '#', '\n', '\r']) {
            break;
        }
        end += line.len();
    }
    start..end
}

fn replace(text: &str, id: &str, block: &str) -> String {
    let section = section(text);
    let (mut at, mut begin, mut end) = (section.start, None, section.end);
    for line in text[section].split_inclusive('\n') {
        let is_entry = line.trim_start().starts_with("- ");
        let name = line.trim().trim_start_matches("- ").strip_prefix("id:");
        if let Some(name) = name.filter(|_| is_entry) {
            if begin.is_some() {
                end = at;
                break;
            }
            if name.trim().trim_matches(['"', '\'']) == id {
                begin = Some(at);
            }
        }
        at += line.len();
    }
    match begin {
        Some(begin) => format!("{}{block}{}", &text[..begin], &text[end..]),
        None => append(text, block),
    }
}

fn append(text: &str, block: &str) -> String {
    let section = section(text);
    let trimmed = text[section.clone()].trim_end().len();
    let at = section.start + trimmed;
    let line_end = if trimmed > 0 { "\n" } else { "" };
    let rest = text[at..]
        .strip_prefix('\n')
        .filter(|_| trimmed > 0)
        .unwrap_or(&text[at..]);
    format!("{}{line_end}{block}{rest}", &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# ours\nroles:\n  - id: a\n    name: A\n    where: Center\n  - id: b\n    name: B\n    where: Port\n\nproblems: []\n";

    #[test]
    fn an_entry_is_replaced_or_appended_and_the_rest_stays() {
        let block = "  - id: a\n    name: Other\n    where: Center\n";
        assert_eq!(
            replace(FILE, "a", block),
            FILE.replace("name: A", "name: Other")
        );
        let new = append(FILE, "  - id: c\n    name: C\n    where: Port\n");
        assert_eq!(
            new,
            FILE.replace(
                "Port\n\n",
                "Port\n  - id: c\n    name: C\n    where: Port\n\n"
            )
        );
        assert_eq!(
            append("roles:\nproblems: []\n", block),
            format!("roles:\n{block}problems: []\n")
        );
    }
}
