//! From the tables of programmes and agencies to views.

use super::{Viewer, sources};
use crate::portal::directory::{AGENCIES, PROGRAMMES};
use crate::portal::{CenterId, Taxonomy, Term, centers_of};
use crate::render::views::{
    AgencyView, AtCenterView, LevelView, LinkView, ProgrammeGroupView, ProgrammeView,
    StatementView, TermView,
};
use crate::tables::{Agency, AtCenter, Programme};

impl Viewer<'_> {
    fn programmes(&self) -> &[Programme] {
        let programmes = self.portal.tables.programmes.as_deref();
        programmes.unwrap_or_default()
    }

    fn agencies(&self) -> &[Agency] {
        self.portal.tables.agencies.as_deref().unwrap_or_default()
    }

    /// What the tables call a programme or an agency.
    pub(in crate::render) fn directory_name(&self, term: &Term) -> Option<String> {
        let directory = &self.portal.tables;
        match term.taxonomy {
            Taxonomy::Programme => Some(directory.programme(&term.name)?.name.clone()),
            Taxonomy::Agency => Some(directory.agency(&term.name)?.name.clone()),
            _ => None,
        }
    }

    /// How many documents carry a term.
    fn count(&self, taxonomy: Taxonomy, id: &str) -> usize {
        self.term_listing(taxonomy, id)
            .map_or(0, |listing| listing.documents.len())
    }

    /// The page above those of programmes or agencies, where there is one.
    pub(in crate::render) fn above_terms(&self, taxonomy: Taxonomy) -> Option<LinkView> {
        let directory = &self.portal.tables;
        let (has_page, title, address) = match taxonomy {
            Taxonomy::Programme => (
                directory.programmes.is_some(),
                "programmes.title",
                PROGRAMMES,
            ),
            Taxonomy::Agency => (directory.agencies.is_some(), "agencies.title", AGENCIES),
            _ => return None,
        };
        has_page.then(|| self.link(self.words.get(title), address, 0))
    }

    /// The page of all programmes or agencies, and those that documents carry.
    pub(super) fn directory_terms(&self, taxonomy: Taxonomy) -> Vec<LinkView> {
        let above = self.above_terms(taxonomy).into_iter();
        above.chain(self.terms(None, taxonomy)).collect()
    }

    /// The address of that page; may be empty.
    pub(super) fn above_terms_url(&self, taxonomy: Taxonomy) -> String {
        let link = self.above_terms(taxonomy);
        link.map_or_else(String::new, |link| link.url)
    }

    fn programme_link(&self, programme: &Programme) -> LinkView {
        LinkView {
            title: programme.name.clone(),
            url: self.term_url(Taxonomy::Programme, &programme.id),
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

    fn programme_term(&self, programme: &Programme) -> TermView {
        TermView {
            name: programme.name.clone(),
            abbreviation: String::new(),
            url: self.term_url(Taxonomy::Programme, &programme.id),
            text: self.linked(&programme.meaning),
            unverified: false,
            count: self.count(Taxonomy::Programme, &programme.id),
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

    pub(in crate::render) fn programme_groups(&self) -> Vec<ProgrammeGroupView> {
        let mut groups: Vec<ProgrammeGroupView> = Vec::new();
        for programme in self.programmes() {
            let term = self.programme_term(programme);
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

    pub(in crate::render) fn agency_list(&self) -> Vec<TermView> {
        let agencies = self.agencies().iter();
        agencies.map(|agency| self.agency_term(agency)).collect()
    }

    pub(in crate::render) fn programme(&self, programme: &Programme) -> ProgrammeView {
        let levels = programme.levels.iter();
        let agencies = programme.agencies.iter();
        let contacts = self.portal.tables.contacts.as_ref();
        let contact = contacts.zip(programme.contact.as_ref());
        ProgrammeView {
            name: programme.name.clone(),
            kind: programme.kind,
            since: self.maybe_linked(programme.since.as_ref()),
            status: self.maybe_linked(programme.status.as_ref()),
            meaning: self.linked(&programme.meaning),
            who: self.all_linked(&programme.who),
            requirements: self.all_linked(&programme.requirements),
            benefits: self.all_linked(&programme.benefits),
            levels: levels
                .map(|level| LevelView {
                    name: level.name.clone(),
                    meaning: self.maybe_linked(level.meaning.as_ref()),
                    benefits: self.all_linked(&level.benefits),
                    basis: self.all_linked(&level.basis),
                })
                .collect(),
            everywhere: self.everywhere(&programme.at_centers),
            at_centers: self.at_centers(&programme.at_centers),
            contact: contact
                .and_then(|(contacts, role)| Some((contacts, contacts.role(&role.id)?)))
                .map(|(contacts, role)| self.role(contacts, role)),
            agencies: agencies
                .filter_map(|agency| self.portal.tables.agency(&agency.id))
                .map(|agency| self.agency_link(agency))
                .collect(),
            basis: self.all_linked(&programme.basis),
            unverified: self.all_linked(&programme.unverified),
            sources: sources(&programme.source),
        }
    }

    pub(in crate::render) fn agency(&self, agency: &Agency) -> AgencyView {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let programmes = agency.programmes.iter();
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
            programmes: programmes
                .filter_map(|programme| self.portal.tables.programme(&programme.id))
                .map(|programme| self.programme_link(programme))
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

    pub(super) fn programmes_at(&self, center: CenterId) -> Vec<TermView> {
        let programmes = self.programmes().iter();
        let at = programmes.filter_map(|programme| {
            let (text, unverified) = self.said_of(&programme.at_centers, center)?;
            Some(TermView {
                text: self.linked(&text),
                unverified,
                ..self.programme_term(programme)
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
