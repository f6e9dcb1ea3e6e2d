//! The contacts, programs and agencies of a Center, for its page.

use crate::document::CenterKind;
use crate::portal::{CenterId, DirectoryPage, Taxonomy};
use crate::render::pages::directory::roles::{
    MailboxView, ProblemLinkView, RoleView, VerifiedView,
};
use crate::render::pages::directory::terms::TermView;
use crate::render::pages::directory::{roles, terms};
use crate::render::parts::links;
use crate::render::site::Site;
use crate::sitemap::Page;
use crate::tables::{Case, Problem};
use serde::Serialize;

/// Who to contact at a Center, and which programs and agencies matter there. What holds at every Center is on the pages
/// of contacts, programs and agencies, and not here.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CenterDirectoryView {
    /// The roles that it names.
    pub(crate) roles: Vec<RoleView>,
    /// Problems that lead to one of them.
    pub(crate) tasks: Vec<ProblemLinkView>,
    /// The general mailbox, for Centers of an industry.
    pub(crate) mailbox: Option<MailboxView>,
    /// The official directory.
    pub(crate) directory: Option<String>,
    /// The page of all contacts; absent without a table of them.
    pub(crate) contacts: Option<String>,
    /// Its business card, relative to the root; absent without a table of contacts.
    pub(crate) card: Option<String>,
    /// When the contacts were verified.
    pub(crate) verified: VerifiedView,
    /// Programs and what they mean here in particular.
    pub(crate) programs: Vec<TermView>,
    /// The page of all programs, relative to the root; absent without a table of them.
    pub(crate) all_programs: Option<String>,
    /// Agencies and what they mean here in particular.
    pub(crate) agencies: Vec<TermView>,
    /// The page of all agencies, relative to the root; absent without a table of them.
    pub(crate) all_agencies: Option<String>,
}

pub(crate) fn view(site: Site<'_>, id: CenterId) -> CenterDirectoryView {
    let center = site.portal.center(id);
    let mut view = CenterDirectoryView {
        programs: terms::programs_at(site, id),
        all_programs: links::directory_list_url(site, Taxonomy::Program),
        agencies: terms::agencies_at(site, id),
        all_agencies: links::directory_list_url(site, Taxonomy::Agency),
        ..CenterDirectoryView::default()
    };
    let Some(contacts) = &site.portal.tables.contacts else {
        return view;
    };
    let mut roles = roles::roles_of(site, contacts, id);
    // Those of every Center are on the page of contacts.
    roles.retain(|role| center.record.contacts.contains(&role.id));
    let is_task = |problem: &&Problem| {
        let mut ids = problem.turn_to.iter();
        problem.case != Case::Center && ids.any(|id| roles.iter().any(|role| role.id == *id))
    };
    let problems = contacts.problems.iter();
    view.tasks = problems
        .filter(is_task)
        .map(|problem| roles::problem_link(site, contacts, problem))
        .collect();
    view.roles = roles
        .iter()
        .map(|role| roles::role(site, contacts, role))
        .collect();
    if center.record.kind == CenterKind::Industry {
        view.mailbox = roles::mailbox(contacts);
    }
    view.directory = contacts.meta.directory.clone();
    view.contacts = Some(links::contacts(site).url);
    view.card = Some(site.address(&Page::Directory(DirectoryPage::CenterCard(id))));
    view.verified = roles::verified(site, contacts, None);
    view
}
