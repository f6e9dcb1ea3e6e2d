//! Whom to turn to: the table `content/data/contacts.yaml`.

use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};

/// The file, relative to the portal's root.
pub const CONTACTS_FILE: &str = "content/data/contacts.yaml";

/// Roles at and around a Center, and the way each kind of problem takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// About the table itself.
    #[serde(default)]
    pub meta: Meta,
    /// Offices and people by role.
    pub roles: Vec<Role>,
    /// What can go wrong.
    pub problems: Vec<Problem>,
}

/// About the table itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// The official directory.
    pub directory: Option<String>,
    /// When and against what it was checked.
    pub checked: Option<String>,
}

/// An office or a person by role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name in `turn_to`.
    pub id: String,
    /// As a reader sees it.
    pub name: String,
    /// At the Center, the port or Headquarters.
    #[serde(rename = "where")]
    pub place: String,
    /// What it is there for.
    #[serde(default)]
    pub turn_to_for: Vec<String>,
    /// What it may decide.
    pub authority: Option<String>,
    /// Laws and rules.
    #[serde(default)]
    pub basis: Vec<String>,
    /// Where these facts come from.
    #[serde(default)]
    pub source: Vec<String>,
}

/// Something that can go wrong, and the way it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Its anchor.
    pub id: String,
    /// As a reader sees it.
    pub title: String,
    /// Ids of roles.
    pub turn_to: Vec<String>,
    /// Laws and rules.
    #[serde(default)]
    pub legal_basis: Vec<String>,
    /// The form to use.
    pub form: Option<String>,
    /// Deadlines.
    #[serde(default)]
    pub clock: Vec<Clock>,
    /// What to send along.
    #[serde(default)]
    pub attach: Vec<String>,
    /// Where to send it.
    pub send_to: Option<String>,
    /// What else to know.
    pub remark: Option<String>,
    /// Where these facts come from.
    #[serde(default)]
    pub source: Vec<String>,
}

/// A deadline, never without the rule that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// From what to what it runs.
    pub event: String,
    /// Days; absent where there is no limit.
    pub days: Option<u32>,
    /// Whether only business days count.
    #[serde(default)]
    pub business_days: bool,
    /// The rule.
    pub cite: String,
}

/// Reads the table.
///
/// # Errors
/// What is wrong with it, at its place.
pub fn read(bytes: &[u8]) -> Result<Contacts, Vec<Diagnostic>> {
    let file = Utf8Path::new(CONTACTS_FILE);
    // The YAML library counts from what it is given.
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    let contacts: Contacts = serde_yaml::from_slice(&bytes[bom..]).map_err(|error| {
        let at = error.location().map_or(0, |location| (location.index() + bom).min(bytes.len()));
        vec![
            Diagnostic::error(Code::InvalidData, file, format!("the table cannot be read: {error}"))
                .at(at..at)
                .help("compare the entry with the ones beside it; text with a colon stands in double quotes"),
        ]
    })?;
    let unknown: Vec<Diagnostic> = contacts
        .problems
        .iter()
        .flat_map(|problem| problem.turn_to.iter().map(move |role| (problem, role)))
        .filter(|(_, role)| !contacts.roles.iter().any(|known| known.id == **role))
        .map(|(problem, role)| {
            Diagnostic::error(
                Code::InvalidData,
                file,
                format!(
                    "`{}` turns to the role `{role}`, which is not in `roles`",
                    problem.id
                ),
            )
            .at(find(bytes, &problem.id, role))
            .help(format!(
                "the roles are: {}",
                contacts
                    .roles
                    .iter()
                    .map(|role| role.id.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
        })
        .collect();
    if unknown.is_empty() {
        Ok(contacts)
    } else {
        Err(unknown)
    }
}

/// The first place of a role after its problem's id; the table is small, and this runs only to report.
fn find(bytes: &[u8], problem: &str, role: &str) -> std::ops::Range<usize> {
    let text = String::from_utf8_lossy(bytes);
    let from = text.find(&format!("id: {problem}")).unwrap_or(0);
    match text[from..].find(role) {
        Some(at) => from + at..from + at + role.len(),
        None => 0..0,
    }
}
