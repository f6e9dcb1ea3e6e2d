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
use crate::tables::Program;
use serde::Serialize;

/// The programs of one kind.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProgramGroupView {
    /// `security`, `compliance`, `facilitation`, `service` or `partnership`.
    pub(crate) kind: &'static str,
    /// Its programs in the table's order.
    pub(crate) programs: Vec<TermView>,
}

/// A program's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProgramView {
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

/// A step of a program.
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
    let page = super::named(site, "programs", "programs");
    page.with("groups", &groups(site))
}

/// The list of a program's documents, below what the table says of it.
pub(crate) fn list<'a>(site: Site<'a>, list: Page<'a>, name: &str) -> Page<'a> {
    let Some(program) = site.portal.tables.program(name) else {
        return list;
    };
    let program = view(site, program);
    let page = Page {
        description: super::plain(&program.meaning),
        ..list
    };
    page.with("program", &program)
}

fn groups(site: Site<'_>) -> Vec<ProgramGroupView> {
    let mut groups: Vec<ProgramGroupView> = Vec::new();
    for program in terms::programs(site) {
        let term = terms::program_term(site, program);
        let kind = program.kind.name();
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.programs.push(term),
            None => groups.push(ProgramGroupView {
                kind,
                programs: vec![term],
            }),
        }
    }
    groups
}

fn view(site: Site<'_>, program: &Program) -> ProgramView {
    let levels = program.levels.iter();
    let agencies = program.agencies.iter();
    let contacts = site.portal.tables.contacts.as_ref();
    let contact = contacts.zip(program.contact.as_ref());
    ProgramView {
        name: program.name.clone(),
        kind: program.kind.name(),
        since: linked_text::maybe_linked(site, program.since.as_ref()),
        status: linked_text::maybe_linked(site, program.status.as_ref()),
        meaning: linked_text::linked(site, &program.meaning),
        who: linked_text::all_linked(site, &program.who),
        requirements: linked_text::all_linked(site, &program.requirements),
        benefits: linked_text::all_linked(site, &program.benefits),
        levels: levels
            .map(|level| LevelView {
                name: level.name.clone(),
                meaning: linked_text::maybe_linked(site, level.meaning.as_ref()),
                benefits: linked_text::all_linked(site, &level.benefits),
                basis: linked_text::all_linked(site, &level.basis),
            })
            .collect(),
        everywhere: terms::everywhere(site, &program.at_centers),
        at_centers: terms::at_centers(site, &program.at_centers),
        contact: contact
            .and_then(|(contacts, role)| Some((contacts, contacts.role(&role.id)?)))
            .map(|(contacts, role)| roles::role(site, contacts, role)),
        agencies: agencies
            .filter_map(|agency| site.portal.tables.agency(&agency.id))
            .filter_map(|agency| terms::agency_link(site, agency))
            .collect(),
        basis: linked_text::all_linked(site, &program.basis),
        unverified: linked_text::all_linked(site, &program.unverified),
        sources: sources(&program.source),
    }
}
