//! Who to contact: the table `content/data/contacts.yaml`.

use crate::ids::{IndexVec, id};
use crate::tables::Reference;
use jiff::civil::Date;
use serde::Serialize;
use std::ops::Range;

/// The file, relative to the portal's root.
pub const CONTACTS_FILE: &str = "content/data/contacts.yaml";

id! {
    /// The place of a role in [`Contacts::roles`].
    RoleId
}

id! {
    /// The place of a problem in [`Contacts::problems`].
    ProblemId
}

/// Roles at and around a Center, and the way each kind of problem takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contacts {
    /// About the table itself.
    pub meta: Meta,
    /// Offices and people by role.
    pub roles: IndexVec<RoleId, Role>,
    /// What can go wrong.
    pub problems: IndexVec<ProblemId, Problem>,
    /// What happens by itself, whether or not somebody writes.
    pub after_the_facts: Vec<Rule>,
}

impl Contacts {
    /// A role by its id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The place of a problem by its id.
    #[must_use]
    pub fn problem(&self, id: &str) -> Option<ProblemId> {
        self.problems.position(|problem| problem.id == id)
    }

    /// The day on which an entry was verified: its own, else that of the table.
    #[must_use]
    pub fn verified(&self, own: Option<Date>) -> Option<Date> {
        own.or(self.meta.verified)
    }
}

/// About the table itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The official directory.
    pub directory: Option<String>,
    /// Whose offices these are.
    pub organization: Option<String>,
    /// Where a Center can be written to when nothing better is known.
    pub mailbox: Option<Mailbox>,
    /// Against what it was checked.
    pub checked: Option<String>,
    /// When it was checked; an entry may have a day of its own.
    pub verified: Option<Date>,
    /// Where `verified` stands, else the beginning of the table.
    #[serde(skip)]
    pub span: Range<usize>,
}

/// A general mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    /// An address of electronic mail.
    pub address: String,
    /// Who reads it.
    pub office: Option<String>,
    /// Where these facts come from.
    pub source: Vec<String>,
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
    /// When this entry was checked, where that is another day than the table's. Data has the one that counts.
    #[serde(skip)]
    pub verified: Option<Date>,
    /// Where `verified` stands.
    #[serde(skip)]
    pub span: Range<usize>,
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
        "verified",
    ];

    /// Whether every Center for an industry has it.
    #[must_use]
    pub fn is_at_centers(&self) -> bool {
        self.place.eq_ignore_ascii_case("center")
    }
}

/// What a problem is about, in the order in which pages show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Goods or money are held, claimed or forfeited.
    Enforcement,
    /// CBP decided, or is about to.
    Decision,
    /// An answer is wanted before or beside a transaction.
    Ruling,
    /// Corrections, refunds and everything about an importer's account.
    Account,
    /// An importer is with the wrong Center.
    Center,
}

impl Case {
    /// Every case, in its order.
    pub const ALL: &[Self] = &[
        Self::Enforcement,
        Self::Decision,
        Self::Ruling,
        Self::Account,
        Self::Center,
    ];

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Enforcement => "enforcement",
            Self::Decision => "decision",
            Self::Ruling => "ruling",
            Self::Account => "account",
            Self::Center => "center",
        }
    }
}

/// When in a matter a problem comes up, in the order of time. A next step is of the same stage or a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Before CBP acts: a ruling, a correction, a prior disclosure.
    Before,
    /// CBP asks, holds, proposes, seizes or claims.
    Notice,
    /// CBP is asked to change what it did: a petition, a protest.
    Petition,
    /// After CBP's answer: a supplemental petition, a court.
    After,
}

impl Stage {
    /// Every stage, in its order.
    pub const ALL: &[Self] = &[Self::Before, Self::Notice, Self::Petition, Self::After];

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Notice => "notice",
            Self::Petition => "petition",
            Self::After => "after",
        }
    }
}

/// Something that can go wrong, and the way it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its anchor and the name of its page.
    pub id: String,
    /// As a reader sees it.
    pub title: String,
    /// What it is about.
    pub case: Case,
    /// When in a matter it comes up; either every problem of the table says so, or none.
    pub stage: Option<Stage>,
    /// Ids of roles.
    pub turn_to: Vec<String>,
    /// Laws and rules.
    pub legal_basis: Vec<String>,
    /// The form to use.
    pub form: Option<String>,
    /// Deadlines.
    pub clock: Vec<Clock>,
    /// What to include.
    pub attach: Vec<String>,
    /// Where to send it.
    pub send_to: Option<String>,
    /// Who may do so.
    pub who_may_file: Vec<String>,
    /// What has to be shown.
    pub criteria: Vec<String>,
    /// What cannot be asked for.
    pub limits: Vec<String>,
    /// What the rule excepts.
    pub exceptions: Vec<String>,
    /// The most that can be claimed, by degree.
    pub maximum: Vec<String>,
    /// What it brings.
    pub effect: Vec<String>,
    /// How to get more time.
    pub extension: Option<String>,
    /// What is left when the answer is no.
    pub appeal: Option<String>,
    /// What else to know.
    pub remark: Option<String>,
    /// What was not found in a source that can be relied on.
    pub unverified: Vec<String>,
    /// Decisions and rulings that show how such cases end, as the editor chose them.
    #[serde(skip)]
    pub outcomes: Vec<Reference>,
    /// Ids of problems that may come next.
    pub next: Vec<Reference>,
    /// Where these facts come from.
    pub source: Vec<String>,
    /// When this entry was checked, where that is another day than the table's. Data has the one that counts.
    #[serde(skip)]
    pub verified: Option<Date>,
    /// Where `stage` stands, else the beginning of the entry, without length.
    #[serde(skip)]
    pub stage_span: Range<usize>,
    /// Where `verified` stands.
    #[serde(skip)]
    pub span: Range<usize>,
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
    /// Whether the present text of the rule was not seen.
    pub unverified: bool,
}

/// Something that happens by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// What happens.
    pub rule: String,
    /// The law.
    pub cite: String,
    /// Whether the present text of the law was not seen.
    pub unverified: bool,
}
