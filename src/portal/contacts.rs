//! Whom to turn to: the table `content/data/contacts.yaml`.

use serde::Serialize;

/// The file, relative to the portal's root.
pub const CONTACTS_FILE: &str = "content/data/contacts.yaml";

/// Roles at and around a Center, and the way each kind of problem takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contacts {
    /// About the table itself.
    pub meta: Meta,
    /// Offices and people by role.
    pub roles: Vec<Role>,
    /// What can go wrong.
    pub problems: Vec<Problem>,
}

/// About the table itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The official directory.
    pub directory: Option<String>,
    /// When and against what it was checked.
    pub checked: Option<String>,
}

/// An office or a person by role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// Its name in `turn_to`.
    pub id: String,
    /// As a reader sees it.
    pub name: String,
    /// At the Center, the port or Headquarters.
    #[serde(rename = "where")]
    pub place: String,
    /// What it is there for.
    pub turn_to_for: Vec<String>,
    /// What it may decide.
    pub authority: Option<String>,
    /// Laws and rules.
    pub basis: Vec<String>,
    /// Where these facts come from.
    pub source: Vec<String>,
}

impl Role {
    /// Its keys in the order in which they are written.
    pub const KEYS: &[&str] = &[
        "id",
        "name",
        "where",
        "turn_to_for",
        "authority",
        "basis",
        "source",
    ];
}

/// Something that can go wrong, and the way it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its anchor.
    pub id: String,
    /// As a reader sees it.
    pub title: String,
    /// Ids of roles.
    pub turn_to: Vec<String>,
    /// Laws and rules.
    pub legal_basis: Vec<String>,
    /// The form to use.
    pub form: Option<String>,
    /// Deadlines.
    pub clock: Vec<Clock>,
    /// What to send along.
    pub attach: Vec<String>,
    /// Where to send it.
    pub send_to: Option<String>,
    /// What else to know.
    pub remark: Option<String>,
    /// Where these facts come from.
    pub source: Vec<String>,
}

/// A deadline, never without the rule that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// From what to what it runs.
    pub event: String,
    /// Days; absent where there is no limit.
    pub days: Option<u32>,
    /// Whether only business days count.
    pub business_days: bool,
    /// The rule.
    pub cite: String,
}
