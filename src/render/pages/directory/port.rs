//! The page of a port of which an office is known.

use crate::portal::{DirectoryPage, PortId};
use crate::render::page::Page;
use crate::render::pages::directory::desks;
use crate::render::pages::directory::desks::DeskView;
use crate::render::pages::directory::roles;
use crate::render::parts::links;
use crate::render::parts::links::LinkView;
use crate::render::site::Site;
use crate::sitemap;
use serde::Serialize;

/// A port with its offices.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KnownPortView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// Its four digits.
    pub(crate) code: String,
    /// The states that it lies in.
    pub(crate) states: Vec<String>,
    /// Its offices.
    pub(crate) desks: Vec<DeskView>,
    /// Situations that lead to a role that one of them has.
    pub(crate) problems: Vec<LinkView>,
    /// Its page on the agency's site, where one of its offices names it.
    pub(crate) link: Option<String>,
    /// The agency's directory of ports.
    pub(crate) directory: Option<String>,
    /// The page of all Centers.
    pub(crate) centers: String,
}

pub(crate) fn page(site: Site<'_>, id: PortId) -> Page<'_> {
    let port = view(site, id);
    let contacts = site.portal.tables.contacts.as_ref();
    let ports = sitemap::Page::Directory(DirectoryPage::Ports);
    let page = Page {
        description: Some(site.words.fill("port.about", &[("port", &port.name)])),
        above: contacts
            .map(|_| links::contacts(site))
            .into_iter()
            .chain([links::to(site, site.words.get("ports.title"), &ports)])
            .collect(),
        ..Page::new(
            &site.words.fill("port.title", &[("port", &port.name)]),
            "contacts",
        )
    };
    page.with("port", &port)
}

fn view(site: Site<'_>, id: PortId) -> KnownPortView {
    let offices = &site.portal.offices;
    let known = &offices.ports[id];
    let desks = known.desks.iter();
    let roles: Vec<&str> = desks
        .map(|id| offices.desks[*id].office.role.id.as_str())
        .collect();
    let problems = site.portal.tables.contacts.iter();
    let problems = problems.flat_map(|contacts| &contacts.problems);
    let leads_here = |role: &String| roles.contains(&role.as_str());
    let mut links = known.desks.iter().filter_map(|id| {
        let office = &offices.desks[*id].office;
        office.link.clone()
    });
    KnownPortView {
        name: known.port.name.clone(),
        code: known.port.code.clone(),
        states: known.states.iter().map(|name| (*name).to_owned()).collect(),
        desks: desks::views(site, known.desks.iter().copied()),
        problems: problems
            .filter(|problem| problem.turn_to.iter().any(leads_here))
            .map(|problem| roles::problem_as_link(site, problem))
            .collect(),
        link: links.next(),
        directory: offices.directory.clone(),
        centers: site.page(&sitemap::Page::Centers),
    }
}
