//! What templates see of offices, problems, ports, programs and agencies.

use super::{ItemView, LinkView, SourceView};
use serde::Serialize;

/// A text in parts, some of which lead to what they speak of.
pub type LinkedText = Vec<PartView>;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// As a reader sees it.
    pub text: String,
    /// Relative to the root, or absolute where `external`; empty for plain text.
    pub url: String,
    /// Whether `url` leads out of the portal.
    pub external: bool,
    /// What a reader must know of it: that the tariff does not have a number; may be empty.
    pub note: String,
}

/// When an entry was held against its sources.
#[derive(Debug, Clone, Serialize)]
pub struct VerifiedView {
    /// As a reader sees it; empty where no day is known.
    pub date: String,
    /// `2026-11-25`, or empty.
    pub datetime: String,
    /// Whether that is too long ago.
    pub overdue: bool,
}

/// An office or a person by role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    /// Its id; with `role-` before it the anchor on the page of contacts.
    pub id: String,
    /// As a reader sees it.
    pub name: String,
    /// Where it sits.
    pub place: String,
    /// Its place on the page of contacts, relative to the root.
    pub url: String,
    /// Its business card, relative to the root.
    pub card: String,
    /// What it may decide; may be empty.
    pub authority: LinkedText,
    /// What it is there for.
    pub turn_to_for: Vec<LinkedText>,
    /// Laws and rules.
    pub basis: Vec<LinkedText>,
    /// Problems that lead to it.
    pub problems: Vec<LinkView>,
    /// When this was verified.
    pub verified: VerifiedView,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
}

/// The roles of one place: of a Center, of a port.
#[derive(Debug, Clone, Serialize)]
pub struct RoleGroupView {
    /// `Center`, `Port`, …
    pub place: String,
    /// Its roles in the table's order.
    pub roles: Vec<RoleView>,
}

/// The problems of one case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseView {
    /// `enforcement`, `decision`, `ruling`, `account` or `center`.
    pub id: &'static str,
    /// Its problems in the table's order.
    pub problems: Vec<ProblemLinkView>,
}

/// A problem in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemLinkView {
    /// Its id.
    pub id: String,
    /// As a reader sees it.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// The names of the desks to write to.
    pub desks: Vec<String>,
    /// How many deadlines it has.
    pub deadlines: usize,
}

/// A mailbox that takes what has no better address.
#[derive(Debug, Clone, Serialize)]
pub struct MailboxView {
    /// The address.
    pub address: String,
    /// Who reads it; may be empty.
    pub office: String,
    /// Where these facts come from.
    pub sources: Vec<SourceView>,
}

/// The page of all contacts.
#[derive(Debug, Clone, Serialize)]
pub struct ContactsView {
    /// The official directory; may be empty.
    pub directory: String,
    /// The general mailbox.
    pub mailbox: Option<MailboxView>,
    /// Against what the table was checked; may be empty.
    pub checked: String,
    /// When the table was verified.
    pub verified: VerifiedView,
    /// Problems by case.
    pub cases: Vec<CaseView>,
    /// Roles by place.
    pub places: Vec<RoleGroupView>,
    /// The Centers, each with its contacts.
    pub centers: Vec<LinkView>,
    /// What happens by itself.
    pub rules: Vec<RuleView>,
    /// The page of the ports; empty without a table of them.
    pub ports: String,
    /// The page of all programs; empty without a table of them.
    pub programs: String,
    /// The page of all agencies; empty without a table of them.
    pub agencies: String,
    /// All contacts as data, relative to the root.
    pub data: String,
}

/// Something that happens by itself.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    /// What happens.
    pub text: LinkedText,
    /// The law.
    pub cite: LinkedText,
    /// Whether the present text of the law was not seen.
    pub unverified: bool,
}

/// A deadline.
#[derive(Debug, Clone, Serialize)]
pub struct ClockView {
    /// From what to what it runs.
    pub event: LinkedText,
    /// Days; `None` where there is no limit.
    pub days: Option<u32>,
    /// Whether only business days count.
    pub business_days: bool,
    /// The rule.
    pub cite: LinkedText,
    /// Whether the present text of the rule was not seen.
    pub unverified: bool,
}

/// A problem's page. Texts may be empty.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemView {
    /// Its id.
    pub id: String,
    /// As a reader sees it.
    pub title: String,
    /// The id of its case.
    pub case: &'static str,
    /// The desks to write to.
    pub desks: Vec<RoleView>,
    /// Laws and rules.
    pub legal_basis: Vec<LinkedText>,
    /// The form to use.
    pub form: LinkedText,
    /// Deadlines.
    pub clock: Vec<ClockView>,
    /// What to send along.
    pub attach: Vec<LinkedText>,
    /// Where to send it.
    pub send_to: LinkedText,
    /// Who may do so.
    pub who_may_file: Vec<LinkedText>,
    /// What has to be shown.
    pub criteria: Vec<LinkedText>,
    /// What cannot be asked for.
    pub limits: Vec<LinkedText>,
    /// What the rule excepts.
    pub exceptions: Vec<LinkedText>,
    /// The most that can be claimed, by degree.
    pub maximum: Vec<LinkedText>,
    /// What it brings.
    pub effect: Vec<LinkedText>,
    /// How to get more time.
    pub extension: LinkedText,
    /// What is left when the answer is no.
    pub appeal: LinkedText,
    /// What else to know.
    pub remark: LinkedText,
    /// What is still to be verified.
    pub unverified: Vec<LinkedText>,
    /// Decisions and rulings that show how such cases end, newest first.
    pub outcomes: Vec<ItemView>,
    /// Problems that may come next.
    pub next: Vec<LinkView>,
    /// The page of the ports, where a desk sits at one; may be empty.
    pub ports: String,
    /// The official directory of Centers, where a desk belongs to one; may be empty.
    pub directory: String,
    /// The general mailbox, where a desk belongs to a Center.
    pub mailbox: Option<MailboxView>,
    /// When this was verified.
    pub verified: VerifiedView,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
}

/// The ports of one state.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    /// As a reader sees it.
    pub name: String,
    /// Its anchor.
    pub id: String,
    /// Its ports by name.
    pub ports: Vec<PortView>,
}

/// A port of entry.
#[derive(Debug, Clone, Serialize)]
pub struct PortView {
    /// As a reader sees it.
    pub name: String,
    /// Its four digits.
    pub code: String,
}

/// A program or an agency in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// As a reader sees it.
    pub name: String,
    /// Its short name; may be empty.
    pub abbreviation: String,
    /// Relative to the root.
    pub url: String,
    /// What it is, or what it watches over.
    pub text: LinkedText,
    /// Whether that is still to be verified.
    pub unverified: bool,
    /// How many documents carry it.
    pub count: usize,
}

/// The programs of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct ProgramGroupView {
    /// `security`, `compliance`, `facilitation`, `service` or `partnership`.
    pub kind: &'static str,
    /// Its programs in the table's order.
    pub programs: Vec<TermView>,
}

/// What a program or an agency means at a Center.
#[derive(Debug, Clone, Serialize)]
pub struct AtCenterView {
    /// The Center.
    pub center: LinkView,
    /// What it means there.
    pub statements: Vec<StatementView>,
}

/// A statement and whether it can be relied on.
#[derive(Debug, Clone, Serialize)]
pub struct StatementView {
    /// What is said.
    pub text: LinkedText,
    /// Whether no source that can be relied on was found.
    pub unverified: bool,
}

/// A program's page.
#[derive(Debug, Clone, Serialize)]
pub struct ProgramView {
    /// As a reader sees it.
    pub name: String,
    /// `security`, `compliance`, `facilitation`, `service` or `partnership`.
    pub kind: &'static str,
    /// Since when; may be empty.
    pub since: LinkedText,
    /// Whether it goes on; may be empty.
    pub status: LinkedText,
    /// What it is.
    pub meaning: LinkedText,
    /// Who can take part.
    pub who: Vec<LinkedText>,
    /// What taking part asks for.
    pub requirements: Vec<LinkedText>,
    /// What it brings.
    pub benefits: Vec<LinkedText>,
    /// Its steps.
    pub levels: Vec<LevelView>,
    /// What holds at every Center of an industry.
    pub everywhere: Vec<StatementView>,
    /// What holds at single Centers.
    pub at_centers: Vec<AtCenterView>,
    /// The role to turn to.
    pub contact: Option<RoleView>,
    /// Agencies that take part.
    pub agencies: Vec<LinkView>,
    /// Laws and rules.
    pub basis: Vec<LinkedText>,
    /// What is still to be verified.
    pub unverified: Vec<LinkedText>,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
}

/// A step of a program.
#[derive(Debug, Clone, Serialize)]
pub struct LevelView {
    /// As a reader sees it.
    pub name: String,
    /// What it takes or means; may be empty.
    pub meaning: LinkedText,
    /// What it brings.
    pub benefits: Vec<LinkedText>,
    /// Laws and rules.
    pub basis: Vec<LinkedText>,
}

/// An agency's page.
#[derive(Debug, Clone, Serialize)]
pub struct AgencyView {
    /// As a reader sees it.
    pub name: String,
    /// Its short name; may be empty.
    pub abbreviation: String,
    /// The department that it belongs to; may be empty.
    pub department: String,
    /// What it watches over.
    pub products: Vec<LinkedText>,
    /// Chapters and headings in which it may have a say.
    pub hts: Vec<PartView>,
    /// Where these numbers come from; may be empty.
    pub hts_note: LinkedText,
    /// Forms and data that it asks for.
    pub needs: Vec<LinkedText>,
    /// Its flags in ACE.
    pub flags: Vec<LinkedText>,
    /// What holds at every Center of an industry.
    pub everywhere: Vec<StatementView>,
    /// What holds at single Centers.
    pub at_centers: Vec<AtCenterView>,
    /// Programs that it takes part in.
    pub programs: Vec<LinkView>,
    /// Laws and rules.
    pub basis: Vec<LinkedText>,
    /// What is still to be verified.
    pub unverified: Vec<LinkedText>,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
}

/// Whom to turn to at a Center, and which programs and agencies matter there.
#[derive(Debug, Clone, Serialize)]
pub struct CenterDirectoryView {
    /// Its roles.
    pub roles: Vec<RoleView>,
    /// Problems that lead to one of them.
    pub tasks: Vec<ProblemLinkView>,
    /// How to ask for a change of Center.
    pub change: Vec<ProblemLinkView>,
    /// The general mailbox, for Centers of an industry.
    pub mailbox: Option<MailboxView>,
    /// The official directory; may be empty.
    pub directory: String,
    /// The page of all contacts; empty without a table of them.
    pub contacts: String,
    /// Its business card, relative to the root; empty without a table of contacts.
    pub card: String,
    /// When the contacts were verified.
    pub verified: VerifiedView,
    /// Programs and what they mean here.
    pub programs: Vec<TermView>,
    /// Agencies and what they mean here.
    pub agencies: Vec<TermView>,
}
