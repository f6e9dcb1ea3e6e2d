//! Who to contact: the table `content/data/contacts.yaml`.

use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{IndexVec, id};
use crate::schema::{FromText as _, Keys as _, Located, Node, Reader, keys, words};
use crate::tables::entries::{self, Listed, Names, Reference};
use crate::tables::reach::mail_address_problem;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

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

keys! {
    /// Roles at and around a Center, and the way each kind of problem takes.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Contacts, "the table" {
        /// About the table itself.
        pub meta: Located<Meta> = Located::absent(Meta::default()),
        /// Offices and people by role.
        pub roles: IndexVec<RoleId, Role>,
        /// What can go wrong.
        pub problems: IndexVec<ProblemId, Problem>,
        /// What happens by itself, whether or not somebody writes.
        pub after_the_facts: Vec<Rule>,
    }
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
    pub fn verified(&self, own: Option<&Located<Date>>) -> Option<Date> {
        own.or(self.meta.verified.as_ref()).map(|day| day.value)
    }
}

keys! {
    /// About the table itself.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
    pub struct Meta, "`meta`" {
        /// The official directory.
        pub directory: Option<String>
            => [example("\"https://www.example.gov/directory\""), rule(entries::web_address_problem)],
        /// Whose offices these are.
        pub organization: Option<String>,
        /// Where a Center can be written to when nothing better is known.
        pub mailbox: Option<Mailbox>,
        /// Against what it was checked.
        pub checked: Option<String>,
        /// When it was checked; an entry may have a day of its own.
        pub verified: Option<Located<Date>>,
    }
}

keys! {
    /// A general mailbox.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Mailbox, "a mailbox" {
        /// An email address.
        pub address: String => [example("\"centers@example.gov\""), rule(mail_address_problem)],
        /// Who reads it.
        pub office: Option<String>,
        /// Where these facts come from.
        pub source: Vec<String>,
    }
}

keys! {
    /// An office or a person by role.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Role, "a role" {
        /// Its name in `turn_to`.
        pub id: String => [example("account-manager"), rule(entries::id_problem)],
        /// As a reader sees it.
        pub name: String,
        /// Other words by which readers look for it; searched, not shown.
        #[serde(skip)]
        pub keywords: Vec<String>,
        /// At the Center, the port or Headquarters.
        #[serde(rename = "where")]
        pub place as "where": String,
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
        pub verified: Option<Located<Date>>,
    }
}

impl Role {
    /// The names of its keys in the order in which they are written.
    #[must_use]
    pub fn keys() -> Vec<&'static str> {
        let keys = Self::section().fields.into_iter().map(|field| field.key);
        let keys = keys.filter_map(|key| match key {
            Cow::Borrowed(key) => Some(key),
            Cow::Owned(_) => None,
        });
        keys.collect()
    }

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
}

words! {
    Case;
    Enforcement => "enforcement",
    Decision => "decision",
    Ruling => "ruling",
    Account => "account",
    Center => "center",
}

words! {
    Stage;
    Before => "before",
    Notice => "notice",
    Petition => "petition",
    After => "after",
}

keys! {
    /// Something that can go wrong, and the way it takes.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Problem, "a problem" {
        /// Its anchor and the name of its page.
        pub id: String => [example("late-protest"), rule(problem_id_problem)],
        /// As a reader sees it.
        pub title: String,
        /// Other words by which readers look for it; searched, not shown.
        #[serde(skip)]
        pub keywords: Vec<String>,
        /// What it is about. A table that says nothing of cases has accounts: the widest of them.
        pub case: Case = Case::Account,
        /// When in a matter it comes up; either every problem of the table says so, or none.
        pub stage: Option<Stage>,
        /// Ids of roles.
        pub turn_to: Listed<String>,
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
        pub verified: Option<Located<Date>>,
    }
}

keys! {
    /// A deadline, never without the rule that it comes from.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Clock, "a deadline" {
        /// From what to what it runs.
        pub event: String,
        /// Days; absent where there is no limit.
        pub days: Option<u32> => [example("30"), help("leave it out where there is no limit")],
        /// Whether only business days count.
        pub business_days: bool,
        /// The rule.
        pub cite: String,
        /// Whether the present text of the rule was not seen.
        pub unverified: bool,
    }
}

keys! {
    /// Something that happens by itself.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    pub struct Rule, "a rule" {
        /// What happens.
        pub rule: String,
        /// The law.
        pub cite: String,
        /// Whether the present text of the law was not seen.
        pub unverified: bool,
    }
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<Contacts, Vec<Diagnostic>> {
    entries::read(CONTACTS_FILE, bytes, |reader, root| {
        let roles = entries::ids(reader, root, "roles");
        let problems = entries::ids(reader, root, "problems");
        let mut roles = Names::new("role", "roles", roles);
        let mut problems = Names::new("problem", "problems", problems);
        for problem in entries::items(root, "problems") {
            roles.check(reader, problem, "turn_to");
            problems.check(reader, problem, "next");
        }
        check_stages(reader, entries::items(root, "problems"));
    })
}

/// A problem has a page beside the one of all contacts.
fn problem_id_problem(id: &str) -> Option<(String, String)> {
    if matches!(id, "index" | "ports" | "contacts" | "offices" | "centers") {
        return Some((
            format!("`{id}` is the name of a page of the portal itself"),
            format!("give the problem another id, for example `{id}-problem`"),
        ));
    }
    entries::id_problem(id)
}

/// No step leads back: a prior disclosure, for example, is too late once a penalty is claimed (19 U.S.C. 1592(c)(4)).
/// Where one problem has a stage every one needs one, or a step could not be checked.
fn check_stages(reader: &mut Reader<'_>, problems: &[Node]) {
    let id = |problem: &Node| problem.get("id").and_then(Node::text).map(str::to_owned);
    let stage = |problem: &Node| Stage::from_text("stage", problem.get("stage")?.text()?).ok();
    if problems.iter().all(|problem| stage(problem).is_none()) {
        return;
    }
    for problem in problems {
        let name = id(problem).unwrap_or_default();
        let Some(own) = stage(problem) else {
            // A value that is wrong is reported where it is read.
            if problem.get("stage").is_none_or(Node::is_empty) {
                let start = problem.span.start;
                let what = format!("`{name}` has no `stage`, but other problems have one");
                let help = "add `stage: …` with one of: before, notice, petition, after";
                reader.report(Code::InvalidData, start..start, what, help);
            }
            continue;
        };
        for next in entries::items(problem, "next") {
            let named = next.text().map(str::to_owned);
            let found = problems
                .iter()
                .find(|other| named.is_some() && id(other) == named);
            let Some(earlier) = found.and_then(stage).filter(|it| *it < own) else {
                continue;
            };
            let what = format!(
                "`{}` (stage `{}`) cannot come after `{name}` (stage `{}`)",
                named.unwrap_or_default(),
                earlier.word(),
                own.word()
            );
            reader.push(
                Diagnostic::error(Code::EarlierStage, CONTACTS_FILE, what)
                    .at(next.span.clone())
                    .help(
                        "a next step is of the same stage or a later one (before, notice, petition, after): delete it \
                         from `next`, or correct the `stage` of one of the two",
                    ),
            );
        }
    }
}
