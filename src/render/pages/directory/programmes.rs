//! The page of all programs, and that of one.

use crate::render::page::Page;
use crate::render::pages::directory::roles;
use crate::render::pages::directory::roles::RoleView;
use crate::render::pages::directory::terms;
use crate::render::pages::directory::terms::{AtCenterView, StatementView, TermView};
use crate::render::parts::linked_text;
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::site::Site;
use crate::tables::Programme;
use serde::Serialize;

/// The programmes of one kind.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProgrammeGroupView {
    /// `security`, `compliance`, `facilitation`, `service` or `partnership`.
    pub(crate) kind: &'static str,
    /// Its programmes in the table's order.
    pub(crate) programmes: Vec<TermView>,
}

/// A programme's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProgrammeView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// `security`, `compliance`, `facilitation`, `service` or `partnership`.
    pub(crate) kind: &'static str,
    /// Since when; may be empty.
    pub(crate) since: LinkedText,
    /// Whether it goes on; may be empty.
    pub(crate) status: LinkedText,
    /// What it is.
    pub(crate) meaning: LinkedText,
    /// Who can take part.
    pub(crate) who: Vec<LinkedText>,
    /// What taking part asks for.
    pub(crate) requirements: Vec<LinkedText>,
    /// What it brings.
    pub(crate) benefits: Vec<LinkedText>,
    /// Its steps.
    pub(crate) levels: Vec<LevelView>,
    /// What holds at every Center of an industry.
    pub(crate) everywhere: Vec<StatementView>,
    /// What holds at single Centers.
    pub(crate) at_centers: Vec<AtCenterView>,
    /// The role to turn to.
    pub(crate) contact: Option<RoleView>,
    /// Agencies that take part.
    pub(crate) agencies: Vec<LinkView>,
    /// Laws and rules.
    pub(crate) basis: Vec<LinkedText>,
    /// What is still to be verified.
    pub(crate) unverified: Vec<LinkedText>,
    /// Where its facts come from.
    pub(crate) sources: Vec<SourceView>,
}

/// A step of a programme.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LevelView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// What it takes or means; may be empty.
    pub(crate) meaning: LinkedText,
    /// What it brings.
    pub(crate) benefits: Vec<LinkedText>,
    /// Laws and rules.
    pub(crate) basis: Vec<LinkedText>,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let page = super::named(site, "programmes.html", "programmes", "programmes");
    page.with("groups", &groups(site))
}

/// The list of a program's documents, below what the table says of it.
pub(crate) fn list<'a>(site: Site<'a>, list: Page<'a>, name: &str) -> Page<'a> {
    let Some(programme) = site.portal.directory.programme(name) else {
        return list;
    };
    let programme = view(site, programme);
    let page = Page {
        template: "programme.html",
        description: super::plain(&programme.meaning),
        ..list
    };
    page.with("programme", &programme)
}

pub(crate) fn groups(site: Site<'_>) -> Vec<ProgrammeGroupView> {
    let mut groups: Vec<ProgrammeGroupView> = Vec::new();
    for programme in terms::programmes(site) {
        let term = terms::programme_term(site, programme);
        match groups.iter_mut().find(|group| group.kind == programme.kind) {
            Some(group) => group.programmes.push(term),
            None => groups.push(ProgrammeGroupView {
                kind: programme.kind,
                programmes: vec![term],
            }),
        }
    }
    groups
}

pub(crate) fn view(site: Site<'_>, programme: &Programme) -> ProgrammeView {
    let levels = programme.levels.iter();
    let agencies = programme.agencies.iter();
    let contacts = site.portal.directory.contacts.as_ref();
    let contact = contacts.zip(programme.contact.as_ref());
    ProgrammeView {
        name: programme.name.clone(),
        kind: programme.kind,
        since: linked_text::maybe_linked(site, programme.since.as_ref()),
        status: linked_text::maybe_linked(site, programme.status.as_ref()),
        meaning: linked_text::linked(site, &programme.meaning),
        who: linked_text::all_linked(site, &programme.who),
        requirements: linked_text::all_linked(site, &programme.requirements),
        benefits: linked_text::all_linked(site, &programme.benefits),
        levels: levels
            .map(|level| LevelView {
                name: level.name.clone(),
                meaning: linked_text::maybe_linked(site, level.meaning.as_ref()),
                benefits: linked_text::all_linked(site, &level.benefits),
                basis: linked_text::all_linked(site, &level.basis),
            })
            .collect(),
        everywhere: terms::everywhere(site, &programme.at_centers),
        at_centers: terms::at_centers(site, &programme.at_centers),
        contact: contact
            .and_then(|(contacts, role)| Some((contacts, contacts.role(&role.id)?)))
            .map(|(contacts, role)| roles::role(site, contacts, role)),
        agencies: agencies
            .filter_map(|agency| site.portal.directory.agency(&agency.id))
            .filter_map(|agency| terms::agency_link(site, agency))
            .collect(),
        basis: linked_text::all_linked(site, &programme.basis),
        unverified: linked_text::all_linked(site, &programme.unverified),
        sources: sources(&programme.source),
    }
}
