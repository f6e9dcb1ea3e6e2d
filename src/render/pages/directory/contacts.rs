//! The page of all contacts.

use crate::portal::{DeskId, DirectoryPage, Taxonomy};
use crate::render::page::Page;
use crate::render::pages::directory::roles::{
    MailboxView, ProblemLinkView, RoleView, VerifiedView,
};
use crate::render::pages::directory::{desks, roles};
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::LinkView;
use crate::render::parts::{linked_text, links};
use crate::render::site::Site;
use crate::sitemap::Page as At;
use crate::tables::{Case, Contacts};
use serde::Serialize;

/// The page of all contacts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ContactsView {
    /// The official directory.
    pub(crate) directory: Option<String>,
    /// The general mailbox.
    pub(crate) mailbox: Option<MailboxView>,
    /// Against what the table was checked.
    pub(crate) checked: Option<String>,
    /// When the table was verified.
    pub(crate) verified: VerifiedView,
    /// Problems by case.
    pub(crate) cases: Vec<CaseView>,
    /// Roles by place.
    pub(crate) places: Vec<RoleGroupView>,
    /// The Centers, each with its contacts.
    pub(crate) centers: Vec<LinkView>,
    /// What happens by itself.
    pub(crate) rules: Vec<RuleView>,
    /// The page of the ports; absent without a table of them.
    pub(crate) ports: Option<String>,
    /// The page of all programs; absent without a table of them.
    pub(crate) programs: Option<String>,
    /// The page of all agencies; absent without a table of them.
    pub(crate) agencies: Option<String>,
    /// All contacts as data, relative to the root.
    pub(crate) data: String,
}

/// The roles of one place: of a Center, of a port.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RoleGroupView {
    /// `Center`, `Port`, …
    pub(crate) place: String,
    /// Its roles in the table's order.
    pub(crate) roles: Vec<RoleView>,
}

/// The problems of one case.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CaseView {
    /// `enforcement`, `decision`, `ruling`, `account` or `center`.
    pub(crate) id: &'static str,
    /// Its problems in the table's order.
    pub(crate) problems: Vec<ProblemLinkView>,
}

/// Something that happens by itself.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleView {
    /// What happens.
    pub(crate) text: LinkedText,
    /// The law.
    pub(crate) cite: LinkedText,
    /// Whether the present text of the law was not seen.
    pub(crate) unverified: bool,
}

pub(crate) fn page<'a>(site: Site<'a>, contacts: &Contacts) -> Page<'a> {
    let page = super::named(site, "contacts", "contacts");
    page.with("contacts", &view(site, contacts))
}

fn view(site: Site<'_>, contacts: &Contacts) -> ContactsView {
    let mut places: Vec<RoleGroupView> = Vec::new();
    for role in &contacts.roles {
        let offices = &site.portal.offices;
        let is_here =
            |id: &DeskId| desks::home(site, *id) == At::Directory(DirectoryPage::Contacts);
        let (here, elsewhere): (Vec<DeskId>, Vec<DeskId>) =
            offices.of_role(&role.id).partition(is_here);
        let view = RoleView {
            desks: desks::views(site, elsewhere),
            desks_here: desks::views(site, here),
            ..roles::role(site, contacts, role)
        };
        match places.iter_mut().find(|group| group.place == role.place) {
            Some(group) => group.roles.push(view),
            None => places.push(RoleGroupView {
                place: role.place.clone(),
                roles: vec![view],
            }),
        }
    }
    let case = |case: &Case| {
        let problems = contacts.problems.iter();
        CaseView {
            id: case.word(),
            problems: problems
                .filter(|problem| problem.case == *case)
                .map(|problem| roles::problem_link(site, contacts, problem))
                .collect(),
        }
    };
    let rules = contacts.after_the_facts.iter();
    ContactsView {
        directory: contacts.meta.directory.clone(),
        mailbox: roles::mailbox(contacts),
        checked: contacts.meta.checked.clone(),
        verified: roles::verified(site, contacts, None),
        cases: Case::ALL
            .iter()
            .map(case)
            .filter(|case| !case.problems.is_empty())
            .collect(),
        places,
        centers: links::contacts_of(site, site.portal.centers.ids()),
        rules: rules
            .map(|rule| RuleView {
                text: linked_text::linked(site, &rule.rule),
                cite: linked_text::linked(site, &rule.cite),
                unverified: rule.unverified,
            })
            .collect(),
        ports: links::ports(site),
        programs: links::directory_list_url(site, Taxonomy::Program),
        agencies: links::directory_list_url(site, Taxonomy::Agency),
        data: site.address(&At::Directory(DirectoryPage::ContactsData)),
    }
}
