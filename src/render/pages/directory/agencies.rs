//! The page of all partner government agencies, and that of one.

use crate::render::page::Page;
use crate::render::pages::directory::terms;
use crate::render::pages::directory::terms::{AtCenterView, StatementView, TermView};
use crate::render::parts::linked_text;
use crate::render::parts::linked_text::{LinkedText, PartView};
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::site::Site;
use crate::tables::Agency;
use serde::Serialize;

/// An agency's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AgencyView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// Its short name.
    pub(crate) abbreviation: Option<String>,
    /// The department that it belongs to.
    pub(crate) department: Option<String>,
    /// The products that it regulates.
    pub(crate) products: Vec<LinkedText>,
    /// Chapters and headings that it may regulate.
    pub(crate) hts: Vec<PartView>,
    /// Where these numbers come from; may be empty.
    pub(crate) hts_note: LinkedText,
    /// Forms and data that it asks for.
    pub(crate) needs: Vec<LinkedText>,
    /// Its flags in ACE.
    pub(crate) flags: Vec<LinkedText>,
    /// What holds at every Center of an industry.
    pub(crate) everywhere: Vec<StatementView>,
    /// What holds at single Centers.
    pub(crate) at_centers: Vec<AtCenterView>,
    /// Programs that it takes part in.
    pub(crate) programs: Vec<LinkView>,
    /// Laws and rules.
    pub(crate) basis: Vec<LinkedText>,
    /// What is still to be verified.
    pub(crate) unverified: Vec<LinkedText>,
    /// Where its facts come from.
    pub(crate) sources: Vec<SourceView>,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let agencies = terms::agencies(site).iter();
    let agencies: Vec<TermView> = agencies
        .map(|agency| terms::agency_term(site, agency))
        .collect();
    let page = super::named(site, "agencies", "agencies");
    page.with("agencies", &agencies)
}

/// The list of an agency's documents, below what the table says of it.
pub(crate) fn list<'a>(site: Site<'a>, list: Page<'a>, name: &str) -> Page<'a> {
    let Some(agency) = site.portal.tables.agency(name) else {
        return list;
    };
    let page = Page {
        description: Some(agency.products.join(", ")),
        ..list
    };
    page.with("agency", &view(site, agency))
}

fn view(site: Site<'_>, agency: &Agency) -> AgencyView {
    let programs = agency.programs.iter();
    AgencyView {
        name: agency.name.clone(),
        abbreviation: agency.abbreviation.clone(),
        department: agency.department.clone(),
        products: linked_text::all_linked(site, &agency.products),
        hts: agency
            .hts
            .iter()
            .map(|number| linked_text::hts_part(site, number))
            .collect(),
        hts_note: linked_text::maybe_linked(site, agency.hts_note.as_ref()),
        needs: linked_text::all_linked(site, &agency.needs),
        flags: linked_text::all_linked(site, &agency.flags),
        everywhere: terms::everywhere(site, &agency.at_centers),
        at_centers: terms::at_centers(site, &agency.at_centers),
        programs: programs
            .filter_map(|program| site.portal.tables.program(&program.id))
            .filter_map(|program| terms::program_link(site, program))
            .collect(),
        basis: linked_text::all_linked(site, &agency.basis),
        unverified: linked_text::all_linked(site, &agency.unverified),
        sources: sources(&agency.source),
    }
}
