//! The page of a problem: who to contact, what to send, the deadlines.

use crate::portal::DeskId;
use crate::render::page::Page;
use crate::render::pages::directory::desks;
use crate::render::pages::directory::roles;
use crate::render::pages::directory::roles::{MailboxView, RoleView, VerifiedView};
use crate::render::parts::items::ItemView;
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::parts::{items, linked_text, links};
use crate::render::site::Site;
use crate::tables::{Contacts, ProblemId, Role};
use serde::Serialize;

/// A problem's page. Texts may be empty.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProblemView {
    /// Its id.
    pub(crate) id: String,
    /// As a reader sees it.
    pub(crate) title: String,
    /// The id of its case.
    pub(crate) case: &'static str,
    /// The offices to contact.
    pub(crate) desks: Vec<RoleView>,
    /// Laws and rules.
    pub(crate) legal_basis: Vec<LinkedText>,
    /// The form to use.
    pub(crate) form: LinkedText,
    /// Deadlines.
    pub(crate) clock: Vec<ClockView>,
    /// What to include.
    pub(crate) attach: Vec<LinkedText>,
    /// Where to send it.
    pub(crate) send_to: LinkedText,
    /// Who may do so.
    pub(crate) who_may_file: Vec<LinkedText>,
    /// What has to be shown.
    pub(crate) criteria: Vec<LinkedText>,
    /// What cannot be asked for.
    pub(crate) limits: Vec<LinkedText>,
    /// What the rule excepts.
    pub(crate) exceptions: Vec<LinkedText>,
    /// The most that can be claimed, by degree.
    pub(crate) maximum: Vec<LinkedText>,
    /// What it brings.
    pub(crate) effect: Vec<LinkedText>,
    /// How to get more time.
    pub(crate) extension: LinkedText,
    /// What is left when the answer is no.
    pub(crate) appeal: LinkedText,
    /// What else to know.
    pub(crate) remark: LinkedText,
    /// What is still to be verified.
    pub(crate) unverified: Vec<LinkedText>,
    /// Decisions and rulings that show how such cases end, newest first.
    pub(crate) outcomes: Vec<ItemView>,
    /// Problems that may come next.
    pub(crate) next: Vec<LinkView>,
    /// The page of the ports, where a desk sits at one.
    pub(crate) ports: Option<String>,
    /// The contacts of each Center, where a desk belongs to one.
    pub(crate) centers: Vec<LinkView>,
    /// The ports of which an office of these roles is known.
    pub(crate) known_ports: Vec<LinkView>,
    /// The agency's directory of ports, where a desk sits at one.
    pub(crate) ports_directory: Option<String>,
    /// The official directory of Centers, where a desk belongs to one.
    pub(crate) directory: Option<String>,
    /// The general mailbox, where a desk belongs to a Center.
    pub(crate) mailbox: Option<MailboxView>,
    /// When this was verified.
    pub(crate) verified: VerifiedView,
    /// Where its facts come from.
    pub(crate) sources: Vec<SourceView>,
}

/// A deadline.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClockView {
    /// The event that starts it, and what is due.
    pub(crate) event: LinkedText,
    /// Days; `None` where there is no limit.
    pub(crate) days: Option<u32>,
    /// Whether only business days count.
    pub(crate) business_days: bool,
    /// The rule.
    pub(crate) cite: LinkedText,
    /// Whether the present text of the rule was not seen.
    pub(crate) unverified: bool,
}

pub(crate) fn page<'a>(site: Site<'a>, contacts: &Contacts, at: ProblemId) -> Page<'a> {
    let problem = view(site, contacts, at);
    let page = Page {
        description: super::plain(&problem.send_to),
        above: vec![links::contacts(site)],
        ..Page::new(&problem.title, "contacts")
    };
    page.with("problem", &problem)
}

fn view(site: Site<'_>, contacts: &Contacts, at: ProblemId) -> ProblemView {
    let problem = &contacts.problems[at];
    let roles: Vec<&Role> = problem
        .turn_to
        .iter()
        .filter_map(|id| contacts.role(id))
        .collect();
    let is_at_port = roles
        .iter()
        .any(|role| role.place.eq_ignore_ascii_case("port"));
    let is_at_center = roles.iter().any(|role| role.is_at_centers());
    let next = problem.next.iter();
    let clock = problem.clock.iter();
    ProblemView {
        id: problem.id.clone(),
        title: problem.title.clone(),
        case: problem.case.word(),
        desks: roles
            .iter()
            .map(|role| roles::role_with_desks(site, contacts, role))
            .collect(),
        legal_basis: linked_text::all_linked(site, &problem.legal_basis),
        form: linked_text::maybe_linked(site, problem.form.as_ref()),
        clock: clock
            .map(|clock| ClockView {
                event: linked_text::linked(site, &clock.event),
                days: clock.days,
                business_days: clock.business_days,
                cite: linked_text::linked(site, &clock.cite),
                unverified: clock.unverified,
            })
            .collect(),
        attach: linked_text::all_linked(site, &problem.attach),
        send_to: linked_text::maybe_linked(site, problem.send_to.as_ref()),
        who_may_file: linked_text::all_linked(site, &problem.who_may_file),
        criteria: linked_text::all_linked(site, &problem.criteria),
        limits: linked_text::all_linked(site, &problem.limits),
        exceptions: linked_text::all_linked(site, &problem.exceptions),
        maximum: linked_text::all_linked(site, &problem.maximum),
        effect: linked_text::all_linked(site, &problem.effect),
        extension: linked_text::maybe_linked(site, problem.extension.as_ref()),
        appeal: linked_text::maybe_linked(site, problem.appeal.as_ref()),
        remark: linked_text::maybe_linked(site, problem.remark.as_ref()),
        unverified: linked_text::all_linked(site, &problem.unverified),
        outcomes: outcomes(site, at),
        next: next
            .filter_map(|next| contacts.problem(&next.id))
            .map(|at| roles::problem_as_link(site, &contacts.problems[at]))
            .collect(),
        ports: links::ports(site).filter(|_| is_at_port),
        centers: match is_at_center {
            true => links::contacts_of(site, links::center_ids(site, false)),
            false => Vec::new(),
        },
        known_ports: known_ports(site, &roles),
        ports_directory: site.portal.offices.directory.clone().filter(|_| is_at_port),
        directory: contacts.meta.directory.clone().filter(|_| is_at_center),
        mailbox: roles::mailbox(contacts).filter(|_| is_at_center),
        verified: roles::verified(site, contacts, problem.verified.as_ref()),
        sources: sources(&problem.source),
    }
}

/// The ports that have an office of one of the roles.
fn known_ports(site: Site<'_>, roles: &[&Role]) -> Vec<LinkView> {
    let offices = &site.portal.offices;
    let has_role = |id: &DeskId| {
        let office = &offices.desks[*id].office;
        roles.iter().any(|role| role.id == office.role.id)
    };
    let ports = offices.ports.iter_enumerated();
    ports
        .filter(|(_, known)| known.desks.iter().any(has_role))
        .map(|(id, _)| desks::port(site, id))
        .collect()
}

/// The decisions and rulings that a problem names, newest first.
fn outcomes(site: Site<'_>, at: ProblemId) -> Vec<ItemView> {
    let chosen = &site.portal.outcomes[at];
    let newest = site.portal.newest.iter().copied();
    items::items(site, newest.filter(|id| chosen.contains(id)))
}
