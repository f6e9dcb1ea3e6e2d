//! Contacts and problems as several pages show them.

use crate::document::CenterKind;
use crate::portal::{CenterId, has_card};
use crate::render::pages::directory::desks;
use crate::render::pages::directory::desks::DeskView;
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::parts::{linked_text, links};
use crate::render::site::Site;
use crate::schema::Located;
use crate::sitemap::{problem_page, role_card};
use crate::tables::{Contacts, Problem, Role};
use jiff::civil::Date;
use portolan_customs::PartialDate;
use serde::Serialize;

/// When an entry was checked against its sources.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct VerifiedView {
    /// As a reader sees it; absent where no day is known.
    pub(crate) date: Option<String>,
    /// `2026-11-25`.
    pub(crate) datetime: Option<String>,
    /// Whether that is too long ago.
    pub(crate) overdue: bool,
}

/// An office or a person by role.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RoleView {
    /// Its id; with `role-` before it the anchor on the page of contacts.
    pub(crate) id: String,
    /// As a reader sees it.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) place: String,
    /// Its place on the page of contacts, relative to the root.
    pub(crate) url: String,
    /// Its business card, relative to the root; absent where it would hold nothing.
    pub(crate) card: Option<String>,
    /// Its known offices; only on the pages of contacts and of problems.
    pub(crate) desks: Vec<DeskView>,
    /// Those that are shown with everything that is known of them, on the page of contacts alone.
    pub(crate) desks_here: Vec<DeskView>,
    /// What it may decide; may be empty.
    pub(crate) authority: LinkedText,
    /// What to contact it for.
    pub(crate) turn_to_for: Vec<LinkedText>,
    /// Laws and rules.
    pub(crate) basis: Vec<LinkedText>,
    /// Problems that lead to it.
    pub(crate) problems: Vec<LinkView>,
    /// When this was verified.
    pub(crate) verified: VerifiedView,
    /// Where its facts come from.
    pub(crate) sources: Vec<SourceView>,
}

/// A problem in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProblemLinkView {
    /// Its id.
    pub(crate) id: String,
    /// As a reader sees it.
    pub(crate) title: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// The names of the offices to contact.
    pub(crate) desks: Vec<String>,
    /// How many deadlines it has.
    pub(crate) deadlines: usize,
}

/// A mailbox that takes what has no better address.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MailboxView {
    /// The address.
    pub(crate) address: String,
    /// Who reads it.
    pub(crate) office: Option<String>,
    /// Where these facts come from.
    pub(crate) sources: Vec<SourceView>,
}

pub(crate) fn verified(
    site: Site<'_>,
    contacts: &Contacts,
    own: Option<&Located<Date>>,
) -> VerifiedView {
    let day = contacts.verified(own);
    VerifiedView {
        date: day.map(|day| site.date(PartialDate::Day(day))),
        datetime: day.map(|day| day.to_string()),
        overdue: day.is_none_or(|day| day < site.portal.tables.verified_since),
    }
}

pub(crate) fn role(site: Site<'_>, contacts: &Contacts, role: &Role) -> RoleView {
    let problems = contacts.problems.iter();
    RoleView {
        id: role.id.clone(),
        name: role.name.clone(),
        place: role.place.clone(),
        url: format!("{}#role-{}", links::contacts(site).url, role.id),
        card: has_card(contacts, role).then(|| role_card(&role.id)),
        desks: Vec::new(),
        desks_here: Vec::new(),
        authority: linked_text::maybe_linked(site, role.authority.as_ref()),
        turn_to_for: linked_text::all_linked(site, &role.turn_to_for),
        basis: linked_text::all_linked(site, &role.basis),
        problems: problems
            .filter(|problem| problem.turn_to.contains(&role.id))
            .map(|problem| problem_as_link(site, problem))
            .collect(),
        verified: verified(site, contacts, role.verified.as_ref()),
        sources: sources(&role.source),
    }
}

/// A role with its known offices.
pub(crate) fn role_with_desks(site: Site<'_>, contacts: &Contacts, of: &Role) -> RoleView {
    RoleView {
        desks: desks::views(site, site.portal.offices.of_role(&of.id)),
        ..role(site, contacts, of)
    }
}

/// The roles of a Center: those that it names, else for an industry's Center those that every such Center has.
pub(crate) fn roles_of<'c>(site: Site<'_>, contacts: &'c Contacts, id: CenterId) -> Vec<&'c Role> {
    let record = &site.portal.center(id).record;
    let roles = contacts.roles.iter();
    let is_its_own = |role: &&Role| {
        if record.contacts.is_empty() {
            record.kind == CenterKind::Industry && role.is_at_centers()
        } else {
            record.contacts.contains(&role.id)
        }
    };
    roles.filter(is_its_own).collect()
}

pub(crate) fn problem_as_link(site: Site<'_>, problem: &Problem) -> LinkView {
    links::link(site, &problem.title, &problem_page(&problem.id), 0)
}

pub(crate) fn problem_link(
    site: Site<'_>,
    contacts: &Contacts,
    problem: &Problem,
) -> ProblemLinkView {
    let desks = problem.turn_to.iter();
    ProblemLinkView {
        id: problem.id.clone(),
        title: problem.title.clone(),
        url: site.url(&problem_page(&problem.id)),
        desks: desks
            .filter_map(|id| Some(contacts.role(id)?.name.clone()))
            .collect(),
        deadlines: problem.clock.iter().filter(|c| c.days.is_some()).count(),
    }
}

pub(crate) fn mailbox(contacts: &Contacts) -> Option<MailboxView> {
    let mailbox = contacts.meta.mailbox.as_ref()?;
    Some(MailboxView {
        address: mailbox.address.clone(),
        office: mailbox.office.clone(),
        sources: sources(&mailbox.source),
    })
}
