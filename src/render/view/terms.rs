//! From the tables of programs and agencies to views.

use super::{Viewer, sources};
use crate::portal::directory::{AGENCIES, PROGRAMS};
use crate::portal::{CenterId, Taxonomy, Term, centers_of};
use crate::render::views::{
    AgencyView, AtCenterView, LevelView, LinkView, ProgramGroupView, ProgramView, StatementView,
    TermView,
};
use crate::tables::{Agency, AtCenter, Program};

impl Viewer<'_> {
    fn programs(&self) -> &[Program] {
        let programs = self.portal.tables.programs.as_deref();
        programs.unwrap_or_default()
    }

    fn agencies(&self) -> &[Agency] {
        self.portal.tables.agencies.as_deref().unwrap_or_default()
    }

    /// What the tables call a program or an agency.
    pub(in crate::render) fn directory_name(&self, term: &Term) -> Option<String> {
        let directory = &self.portal.tables;
        match term.taxonomy {
            Taxonomy::Program => Some(directory.program(&term.name)?.name.clone()),
            Taxonomy::Agency => Some(directory.agency(&term.name)?.name.clone()),
            _ => None,
        }
    }

    /// How many documents carry a term.
    fn count(&self, taxonomy: Taxonomy, id: &str) -> usize {
        self.term_listing(taxonomy, id)
            .map_or(0, |listing| listing.documents.len())
    }

    /// The page above those of programs or agencies, where there is one.
    pub(in crate::render) fn above_terms(&self, taxonomy: Taxonomy) -> Option<LinkView> {
        let directory = &self.portal.tables;
        let (has_page, title, address) = match taxonomy {
            Taxonomy::Program => (directory.programs.is_some(), "programs.title", PROGRAMS),
            Taxonomy::Agency => (directory.agencies.is_some(), "agencies.title", AGENCIES),
            _ => return None,
        };
        has_page.then(|| self.link(self.words.get(title), address, 0))
    }

    /// The page of all programs or agencies, and those that documents carry.
    pub(super) fn directory_terms(&self, taxonomy: Taxonomy) -> Vec<LinkView> {
        let above = self.above_terms(taxonomy).into_iter();
        above.chain(self.terms(None, taxonomy)).collect()
    }

    /// The address of that page; may be empty.
    pub(super) fn above_terms_url(&self, taxonomy: Taxonomy) -> String {
        let link = self.above_terms(taxonomy);
        link.map_or_else(String::new, |link| link.url)
    }

    fn program_link(&self, program: &Program) -> LinkView {
        LinkView {
            title: program.name.clone(),
            url: self.term_url(Taxonomy::Program, &program.id),
            count: 0,
        }
    }

    fn agency_link(&self, agency: &Agency) -> LinkView {
        LinkView {
            title: agency.name.clone(),
            url: self.term_url(Taxonomy::Agency, &agency.id),
            count: 0,
        }
    }

    fn program_term(&self, program: &Program) -> TermView {
        TermView {
            name: program.name.clone(),
            abbreviation: String::new(),
            url: self.term_url(Taxonomy::Program, &program.id),
            text: self.linked(&program.meaning),
            unverified: false,
            count: self.count(Taxonomy::Program, &program.id),
        }
    }

    fn agency_term(&self, agency: &Agency) -> TermView {
        TermView {
            name: agency.name.clone(),
            abbreviation: agency.abbreviation.clone().unwrap_or_default(),
            url: self.term_url(Taxonomy::Agency, &agency.id),
            text: self.linked(&agency.products.join(", ")),
            unverified: false,
            count: self.count(Taxonomy::Agency, &agency.id),
        }
    }

    pub(in crate::render) fn program_groups(&self) -> Vec<ProgramGroupView> {
        let mut groups: Vec<ProgramGroupView> = Vec::new();
        for program in self.programs() {
            let term = self.program_term(program);
            match groups
                .iter_mut()
                .find(|group| group.kind == program.kind.name())
            {
                Some(group) => group.programs.push(term),
                None => groups.push(ProgramGroupView {
                    kind: program.kind.name(),
                    programs: vec![term],
                }),
            }
        }
        groups
    }

    pub(in crate::render) fn agency_list(&self) -> Vec<TermView> {
        let agencies = self.agencies().iter();
        agencies.map(|agency| self.agency_term(agency)).collect()
    }

    pub(in crate::render) fn program(&self, program: &Program) -> ProgramView {
        let levels = program.levels.iter();
        let agencies = program.agencies.iter();
        let contacts = self.portal.tables.contacts.as_ref();
        let contact = contacts.zip(program.contact.as_ref());
        ProgramView {
            name: program.name.clone(),
            kind: program.kind.name(),
            since: self.maybe_linked(program.since.as_ref()),
            status: self.maybe_linked(program.status.as_ref()),
            meaning: self.linked(&program.meaning),
            who: self.all_linked(&program.who),
            requirements: self.all_linked(&program.requirements),
            benefits: self.all_linked(&program.benefits),
            levels: levels
                .map(|level| LevelView {
                    name: level.name.clone(),
                    meaning: self.maybe_linked(level.meaning.as_ref()),
                    benefits: self.all_linked(&level.benefits),
                    basis: self.all_linked(&level.basis),
                })
                .collect(),
            everywhere: self.everywhere(&program.at_centers),
            at_centers: self.at_centers(&program.at_centers),
            contact: contact
                .and_then(|(contacts, role)| Some((contacts, contacts.role(&role.id)?)))
                .map(|(contacts, role)| self.role(contacts, role)),
            agencies: agencies
                .filter_map(|agency| self.portal.tables.agency(&agency.id))
                .map(|agency| self.agency_link(agency))
                .collect(),
            basis: self.all_linked(&program.basis),
            unverified: self.all_linked(&program.unverified),
            sources: sources(&program.source),
        }
    }

    pub(in crate::render) fn agency(&self, agency: &Agency) -> AgencyView {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let programs = agency.programs.iter();
        AgencyView {
            name: agency.name.clone(),
            abbreviation: text(&agency.abbreviation),
            department: text(&agency.department),
            products: self.all_linked(&agency.products),
            hts: agency
                .hts
                .iter()
                .map(|number| self.hts_part(number))
                .collect(),
            hts_note: self.maybe_linked(agency.hts_note.as_ref()),
            needs: self.all_linked(&agency.needs),
            flags: self.all_linked(&agency.flags),
            everywhere: self.everywhere(&agency.at_centers),
            at_centers: self.at_centers(&agency.at_centers),
            programs: programs
                .filter_map(|program| self.portal.tables.program(&program.id))
                .map(|program| self.program_link(program))
                .collect(),
            basis: self.all_linked(&agency.basis),
            unverified: self.all_linked(&agency.unverified),
            sources: sources(&agency.source),
        }
    }

    fn statement(&self, entry: &AtCenter) -> StatementView {
        StatementView {
            text: self.linked(&entry.text),
            unverified: entry.unverified,
        }
    }

    fn everywhere(&self, entries: &[AtCenter]) -> Vec<StatementView> {
        let entries = entries.iter().filter(|entry| entry.centers.is_none());
        entries.map(|entry| self.statement(entry)).collect()
    }

    /// What single Centers have to do with it, Center by Center.
    fn at_centers(&self, entries: &[AtCenter]) -> Vec<AtCenterView> {
        let centers = &self.portal.centers;
        let at = |id| AtCenterView {
            center: self.center_link(id),
            statements: entries
                .iter()
                .filter(|entry| entry.centers.is_some())
                .filter(|entry| centers_of(entry, centers).contains(&id))
                .map(|entry| self.statement(entry))
                .collect(),
        };
        let views = centers.ids().map(at);
        views.filter(|view| !view.statements.is_empty()).collect()
    }

    /// What an entry says of a Center, and whether all of it is still to be verified.
    fn said_of(&self, entries: &[AtCenter], center: CenterId) -> Option<(String, bool)> {
        let about = entries
            .iter()
            .filter(|entry| centers_of(entry, &self.portal.centers).contains(&center));
        let about: Vec<&AtCenter> = about.collect();
        let texts: Vec<&str> = about.iter().map(|entry| entry.text.as_str()).collect();
        let is_open = about.iter().all(|entry| entry.unverified);
        (!texts.is_empty()).then(|| (texts.join(" "), is_open))
    }

    pub(super) fn programs_at(&self, center: CenterId) -> Vec<TermView> {
        let programs = self.programs().iter();
        let at = programs.filter_map(|program| {
            let (text, unverified) = self.said_of(&program.at_centers, center)?;
            Some(TermView {
                text: self.linked(&text),
                unverified,
                ..self.program_term(program)
            })
        });
        at.collect()
    }

    pub(super) fn agencies_at(&self, center: CenterId) -> Vec<TermView> {
        let agencies = self.agencies().iter();
        let at = agencies.filter_map(|agency| {
            let (text, unverified) = self.said_of(&agency.at_centers, center)?;
            Some(TermView {
                text: self.linked(&text),
                unverified,
                ..self.agency_term(agency)
            })
        });
        at.collect()
    }
}
