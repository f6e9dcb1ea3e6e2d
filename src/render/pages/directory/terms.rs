//! Programs and agencies in lists, and what they mean at a Center.

use crate::portal::{CenterId, Taxonomy, centers_of};
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::LinkView;
use crate::render::parts::{linked_text, links};
use crate::render::site::Site;
use crate::tables::{Agency, AtCenter, Program};
use serde::Serialize;

/// A program or an agency in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TermView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// Its short name.
    pub(crate) abbreviation: Option<String>,
    /// Relative to the root.
    pub(crate) url: Option<String>,
    /// What it is, or what it regulates.
    pub(crate) text: LinkedText,
    /// Whether that is still to be verified.
    pub(crate) unverified: bool,
    /// How many documents carry it.
    pub(crate) count: usize,
}

/// What a program or an agency means at a Center.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AtCenterView {
    /// The Center.
    pub(crate) center: LinkView,
    /// What it means there.
    pub(crate) statements: Vec<StatementView>,
}

/// A statement and whether it can be relied on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StatementView {
    /// What is said.
    pub(crate) text: LinkedText,
    /// Whether no source that can be relied on was found.
    pub(crate) unverified: bool,
}

pub(crate) fn programs(site: Site<'_>) -> &[Program] {
    let programs = site.portal.tables.programs.as_deref();
    programs.unwrap_or_default()
}

pub(crate) fn agencies(site: Site<'_>) -> &[Agency] {
    site.portal.tables.agencies.as_deref().unwrap_or_default()
}

pub(crate) fn program_link(site: Site<'_>, program: &Program) -> Option<LinkView> {
    let url = links::term_url(site, Taxonomy::Program, &program.id)?;
    Some(LinkView {
        title: program.name.clone(),
        url,
        count: 0,
    })
}

pub(crate) fn agency_link(site: Site<'_>, agency: &Agency) -> Option<LinkView> {
    let url = links::term_url(site, Taxonomy::Agency, &agency.id)?;
    Some(LinkView {
        title: agency.name.clone(),
        url,
        count: 0,
    })
}

pub(crate) fn program_term(site: Site<'_>, program: &Program) -> TermView {
    let list = links::term_listing(site, Taxonomy::Program, &program.id);
    let list = list.map(|listing| links::of_listing(site, &program.name, listing));
    TermView {
        name: program.name.clone(),
        abbreviation: None,
        url: list.as_ref().map(|list| list.url.clone()),
        text: linked_text::linked(site, &program.meaning),
        unverified: false,
        count: list.map_or(0, |list| list.count),
    }
}

pub(crate) fn agency_term(site: Site<'_>, agency: &Agency) -> TermView {
    let list = links::term_listing(site, Taxonomy::Agency, &agency.id);
    let list = list.map(|listing| links::of_listing(site, &agency.name, listing));
    TermView {
        name: agency.name.clone(),
        abbreviation: agency.abbreviation.clone(),
        url: list.as_ref().map(|list| list.url.clone()),
        text: linked_text::linked(site, &agency.products.join(", ")),
        unverified: false,
        count: list.map_or(0, |list| list.count),
    }
}

fn statement(site: Site<'_>, entry: &AtCenter) -> StatementView {
    StatementView {
        text: linked_text::linked(site, &entry.text),
        unverified: entry.unverified,
    }
}

pub(crate) fn everywhere(site: Site<'_>, entries: &[AtCenter]) -> Vec<StatementView> {
    let entries = entries.iter().filter(|entry| entry.centers.is_none());
    entries.map(|entry| statement(site, entry)).collect()
}

/// What single Centers have to do with it, Center by Center.
pub(crate) fn at_centers(site: Site<'_>, entries: &[AtCenter]) -> Vec<AtCenterView> {
    let centers = &site.portal.centers;
    let at = |id: CenterId| AtCenterView {
        center: links::center(site, id),
        statements: entries
            .iter()
            .filter(|entry| entry.centers.is_some())
            .filter(|entry| centers_of(entry, centers).contains(&id))
            .map(|entry| statement(site, entry))
            .collect(),
    };
    let views = centers.ids().map(at);
    views.filter(|view| !view.statements.is_empty()).collect()
}

/// What an entry says of a Center in particular, and whether all of it is still to be verified.
fn said_of(site: Site<'_>, entries: &[AtCenter], center: CenterId) -> Option<(String, bool)> {
    let about = entries
        .iter()
        .filter(|entry| entry.centers.is_some())
        .filter(|entry| centers_of(entry, &site.portal.centers).contains(&center));
    let about: Vec<&AtCenter> = about.collect();
    let texts: Vec<&str> = about.iter().map(|entry| entry.text.as_str()).collect();
    let is_open = about.iter().all(|entry| entry.unverified);
    (!texts.is_empty()).then(|| (texts.join(" "), is_open))
}

pub(crate) fn programs_at(site: Site<'_>, center: CenterId) -> Vec<TermView> {
    let programs = programs(site).iter();
    let at = programs.filter_map(|program| {
        let (text, unverified) = said_of(site, &program.at_centers, center)?;
        Some(TermView {
            text: linked_text::linked(site, &text),
            unverified,
            ..program_term(site, program)
        })
    });
    at.collect()
}

pub(crate) fn agencies_at(site: Site<'_>, center: CenterId) -> Vec<TermView> {
    let agencies = agencies(site).iter();
    let at = agencies.filter_map(|agency| {
        let (text, unverified) = said_of(site, &agency.at_centers, center)?;
        Some(TermView {
            text: linked_text::linked(site, &text),
            unverified,
            ..agency_term(site, agency)
        })
    });
    at.collect()
}
