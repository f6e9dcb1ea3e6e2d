//! The pages of the site that are no list, as the index has them: Centers, problems, roles, ports, programs, agencies, the
//! tariff, free pages.
//!
//! They are few beside the documents, and follow from tables: their words are kept in memory until the index is made.

use crate::config::Config;
use crate::document::{BodyError, Document, Kind, body as markdown};
use crate::files::Files;
use crate::portal::{
    CenterId, CenterRecord, DeskId, DirectoryPage, DocId, Listing, Portal, Subject, Taxonomy, Term,
};
use crate::schema::slug::slugify;
use crate::sitemap::{self, list_folder, page_of_list};
use crate::tables::{Agency, AtCenter, Clock, Contacts, Problem, Program, Role, TariffLine};
use crate::theme::Words;
use portolan_customs::HtsNumber;
use portolan_search::Card;

/// The kinds of these pages beside those that the schema has.
pub(super) const KINDS: [&str; 11] = [
    "center", "office", "problem", "contact", "port", "program", "agency", "heading", "chapter",
    "help", "page",
];

/// Deadlines of a problem that its card shows.
const DEADLINES: usize = 2;

/// A page, as the index takes it.
#[derive(Debug)]
pub(super) struct Page<'p> {
    pub(super) card: Card,
    /// Other names that it is found by as by its title.
    pub(super) names: Vec<String>,
    /// Digits of the chapter or heading that it is about.
    pub(super) hts: Vec<String>,
    /// What it is filtered and counted by.
    pub(super) terms: Vec<Term>,
    /// Its other words.
    words: Vec<String>,
    /// Whose body is a part of its words.
    document: Option<&'p Document>,
}

impl Page<'_> {
    /// The hash of the words that are not among its names.
    pub(super) fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for part in self.parts() {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        if let Some(document) = self.document {
            hasher.update(document.hash.as_bytes());
        }
        hasher.finalize()
    }

    /// Its words in a paragraph each, so that no phrase goes over the end of one.
    pub(super) fn text(&self, files: &dyn Files) -> Result<String, BodyError> {
        let mut text = self.parts().collect::<Vec<_>>().join("\n\n");
        if let Some(document) = self.document {
            text += "\n\n";
            text += &markdown::plain_text(&document.body_ref().read(files)?);
        }
        Ok(text)
    }

    /// As what it is numbered: a form by the names of the problem that it is for. The digits of a chapter alone are many
    /// other things, too.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        let own = Some(&self.card.number).filter(|_| self.card.kind != "chapter");
        let forms = self.names.iter().filter(|_| self.card.kind == "problem");
        own.into_iter().chain(forms).map(String::as_str)
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        let Card {
            number,
            summary,
            details,
            ..
        } = &self.card;
        let parts = [number, summary]
            .into_iter()
            .chain(details)
            .chain(&self.words);
        parts.map(String::as_str)
    }
}

/// Every page that is no list, in an order that follows from the portal alone.
pub(super) fn all<'p>(portal: &'p Portal, config: &'p Config, words: &'p Words) -> Vec<Page<'p>> {
    let site = Site {
        portal,
        config,
        words,
    };
    let tables = &portal.tables;
    let centers = portal.centers.iter_enumerated();
    let mut pages: Vec<Page<'p>> = centers
        .map(|(id, center)| site.center(id, center))
        .collect();
    if let Some(contacts) = &tables.contacts {
        pages.push(site.contacts());
        let problems = contacts.problems.iter_enumerated();
        pages.extend(problems.map(|(id, problem)| {
            let page = sitemap::Page::Directory(DirectoryPage::Problem(id));
            site.problem(&page, problem, contacts)
        }));
        pages.extend(contacts.roles.iter().map(|role| site.role(role)));
    }
    for (state, ports) in tables.ports.iter().flat_map(|ports| &ports.0) {
        pages.extend(ports.iter().map(|port| {
            let known = portal.offices.port(&port.code);
            let mut page = match known {
                Some(id) => {
                    let own = sitemap::Page::Directory(DirectoryPage::Port(id));
                    site.page("port", &port.name, &own)
                }
                None => {
                    let ports = sitemap::Page::Directory(DirectoryPage::Ports);
                    let mut page = site.page("port", &port.name, &ports);
                    page.card.url += &format!("#{}", slugify(state));
                    page
                }
            };
            page.card.number.clone_from(&port.code);
            page.card.details = vec![(*state).to_owned()];
            page.words = vec![words.get("ports.title").to_owned()];
            let desks = known.iter().flat_map(|id| &portal.offices.ports[*id].desks);
            page.words
                .extend(desks.flat_map(|id| site.words_of_desk(*id)));
            page
        }));
    }
    let lists = [
        Taxonomy::Program,
        Taxonomy::Agency,
        Taxonomy::Chapter,
        Taxonomy::Heading,
    ];
    let lists = lists
        .into_iter()
        .flat_map(|taxonomy| portal.terms(None, taxonomy));
    pages.extend(lists.filter_map(|list| site.described(list)));
    pages.push(site.centers());
    pages.push(site.search_help());
    pages.extend(portal.scopes().map(|center| site.trends(center)));
    let free = portal.documents.iter_enumerated();
    let free = free.filter(|(_, document)| document.kind == Kind::Page);
    pages.extend(free.map(|(id, document)| site.free(id, document)));
    pages
}

#[derive(Clone, Copy)]
struct Site<'p> {
    portal: &'p Portal,
    config: &'p Config,
    words: &'p Words,
}

impl<'p> Site<'p> {
    fn page(self, kind: &str, title: &str, page: &sitemap::Page) -> Page<'p> {
        self.at(kind, title, &page.address(self.portal))
    }

    fn at(self, kind: &str, title: &str, address: &str) -> Page<'p> {
        Page {
            card: Card {
                kind: kind.to_owned(),
                title: title.to_owned(),
                url: self.config.link(address).to_owned(),
                ..Card::default()
            },
            names: Vec::new(),
            hts: Vec::new(),
            terms: Vec::new(),
            words: Vec::new(),
            document: None,
        }
    }

    fn slugs(self, centers: &[CenterId]) -> Vec<String> {
        self.portal.slugs(centers).map(str::to_owned).collect()
    }

    fn center(self, id: CenterId, center: &'p CenterRecord) -> Page<'p> {
        let record = &center.record;
        let kind = if center.is_office() {
            "office"
        } else {
            "center"
        };
        let mut page = self.page(kind, &record.name, &sitemap::Page::Center(id));
        page.card.centers = vec![center.slug().to_owned()];
        page.card.summary = record.summary.clone().unwrap_or_default();
        page.card.details.extend(record.city.clone());
        if !record.hts.is_empty() {
            page.card.details.push(
                self.words
                    .fill("search.detail_hts", &[("numbers", &joined(&record.hts))]),
            );
        }
        let number = record
            .number
            .iter()
            .map(|number| format!("CEE{number} CEE {number}"));
        let word = format!("kind.{kind}");
        page.names
            .push(format!("{} {}", record.name, self.words.get(&word)));
        page.names
            .extend(record.abbreviation.iter().cloned().chain(number));
        page.words.clone_from(&record.industries);
        page.words.extend(record.field_office.iter().cloned());
        page.document = Some(&center.document);
        page
    }

    fn contacts(self) -> Page<'p> {
        let page = sitemap::Page::Directory(DirectoryPage::Contacts);
        let mut page = self.page("help", self.words.get("contacts.title"), &page);
        page.card.summary = self.words.get("contacts.about").to_owned();
        page.words.push(self.words.get("contacts.lead").to_owned());
        page
    }

    fn centers(self) -> Page<'p> {
        let title = self.words.get("base.centers");
        let mut page = self.page("page", title, &sitemap::Page::Centers);
        page.card.summary = self.words.get("centers.about").to_owned();
        page
    }

    /// The words by which an office is found: its role, its name and where it is.
    fn words_of_desk(self, id: DeskId) -> Vec<String> {
        let office = &self.portal.offices.desks[id].office;
        let contacts = self.portal.tables.contacts.as_ref();
        let role = contacts.and_then(|contacts| contacts.role(&office.role.id));
        let role = role.map(|role| role.name.clone());
        let name = office.name.as_ref().map(|name| name.value.clone());
        let texts = role.into_iter().chain(name).chain(office.city.clone());
        texts.chain(office.turn_to_for.iter().cloned()).collect()
    }

    fn search_help(self) -> Page<'p> {
        let title = self.words.get("search_help.title");
        let mut page = self.page("help", title, &sitemap::Page::SearchHelp);
        page.card.summary = self.words.get("search_help.about").to_owned();
        page
    }

    fn problem(self, page: &sitemap::Page, problem: &Problem, contacts: &Contacts) -> Page<'p> {
        let mut page = self.page("problem", &problem.title, page);
        page.names.clone_from(&problem.keywords);
        page.card.summary = problem.send_to.clone().unwrap_or_default();
        let roles = problem.turn_to.iter().filter_map(|id| contacts.role(id));
        let desks: Vec<&str> = roles.map(|role| role.name.as_str()).collect();
        let clocks = problem.clock.iter().take(DEADLINES);
        page.card.details = clocks.map(|clock| self.deadline(clock)).collect();
        if let Some(desk) = desks.first() {
            page.card
                .details
                .push(self.words.fill("search.detail_desk", &[("desk", desk)]));
        }
        page.words = desks.into_iter().map(str::to_owned).collect();
        let lists = [
            &problem.legal_basis,
            &problem.attach,
            &problem.who_may_file,
            &problem.criteria,
            &problem.limits,
            &problem.exceptions,
            &problem.maximum,
            &problem.effect,
        ];
        page.words.extend(lists.into_iter().flatten().cloned());
        let texts = [
            &problem.form,
            &problem.extension,
            &problem.appeal,
            &problem.remark,
        ];
        page.words.extend(texts.into_iter().flatten().cloned());
        for clock in &problem.clock {
            page.words.extend([clock.event.clone(), clock.cite.clone()]);
        }
        page
    }

    fn deadline(self, clock: &Clock) -> String {
        let time = match (clock.days, clock.business_days) {
            (None, _) => self.words.get("problem.no_days").to_owned(),
            (Some(days), true) => self
                .words
                .fill("problem.business_days", &[("count", &days)]),
            (Some(days), false) => self.words.fill("problem.days", &[("count", &days)]),
        };
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("time", &time), ("event", &clock.event)];
        self.words.fill("search.detail_deadline", &values)
    }

    fn role(self, role: &Role) -> Page<'p> {
        let page = sitemap::Page::Directory(DirectoryPage::Contacts);
        let mut page = self.page("contact", &role.name, &page);
        page.card.url += &format!("#role-{}", role.id);
        page.names.clone_from(&role.keywords);
        page.card.details = vec![role.place.clone()];
        page.card.summary = role.turn_to_for.join("; ");
        page.words
            .extend(role.authority.iter().chain(&role.basis).cloned());
        page
    }

    /// The first page of a list that describes its term: a program, an agency, a part of the tariff.
    fn described(self, list: &Listing) -> Option<Page<'p>> {
        let Subject::Term(term) = &list.subject else {
            return None;
        };
        let address = page_of_list(&list_folder(list, self.portal), 1);
        let mut page = self.of_term(term, &address)?;
        page.terms = vec![term.clone()];
        if term.taxonomy == Taxonomy::Heading {
            let chapter = term.name.get(..2).unwrap_or_default().to_owned();
            page.terms.push(Term {
                taxonomy: Taxonomy::Chapter,
                name: chapter,
            });
        }
        Some(page)
    }

    fn of_term(self, term: &Term, address: &str) -> Option<Page<'p>> {
        let tables = &self.portal.tables;
        match term.taxonomy {
            Taxonomy::Program => Some(self.program(tables.program(&term.name)?, address)),
            Taxonomy::Agency => Some(self.agency(tables.agency(&term.name)?, address)),
            Taxonomy::Chapter => {
                let title = tables
                    .chapter(&term.name)
                    .map(|chapter| chapter.title.as_str());
                let mut page = self.tariff("chapter", &term.name, title, address);
                let section = tables
                    .chapter(&term.name)
                    .map(|chapter| chapter.section_title.clone());
                page.words.extend(section);
                Some(page)
            }
            Taxonomy::Heading => {
                let tariff = tables.tariff.as_ref();
                let title = tariff.and_then(|tariff| tariff.heading(&term.name));
                let mut page = self.tariff("heading", &term.name, title, address);
                let is_special = ["98", "99"]
                    .iter()
                    .any(|chapter| term.name.starts_with(chapter));
                let lines = tariff
                    .filter(|_| !is_special)
                    .map(|tariff| tariff.below(&term.name));
                page.words
                    .extend(lines.into_iter().flatten().flat_map(words_of));
                Some(page)
            }
            Taxonomy::Category | Taxonomy::Origin => None,
        }
    }

    fn tariff(self, kind: &str, number: &str, title: Option<&str>, address: &str) -> Page<'p> {
        let mut page = self.at(kind, title.unwrap_or_default(), address);
        page.card.number = number.to_owned();
        page.hts = vec![number.to_owned()];
        let centers = number.parse::<HtsNumber>();
        let centers = centers.map(|number| self.portal.coverage.within(&number));
        page.card.centers = self.slugs(&centers.unwrap_or_default());
        let name = if kind == "chapter" {
            "list.chapter"
        } else {
            "list.heading"
        };
        page.names = vec![self.words.fill(name, &[("name", &number)])];
        page
    }

    fn program(self, program: &Program, address: &str) -> Page<'p> {
        let mut page = self.at("program", &program.name, address);
        page.names.clone_from(&program.keywords);
        page.card.summary.clone_from(&program.meaning);
        let kind = format!("program_kind.{}", program.kind.name());
        page.card.details = vec![self.words.get(&kind).to_owned()];
        page.card.details.extend(program.status.clone());
        let lists = [
            &program.who,
            &program.requirements,
            &program.benefits,
            &program.basis,
        ];
        page.words = lists.into_iter().flatten().cloned().collect();
        for level in &program.levels {
            page.words.push(level.name.clone());
            page.words
                .extend(level.meaning.iter().chain(&level.benefits).cloned());
        }
        self.add_centers(&mut page, &program.at_centers);
        page
    }

    fn agency(self, agency: &Agency, address: &str) -> Page<'p> {
        let mut page = self.at("agency", &agency.name, address);
        page.card.number = agency.abbreviation.clone().unwrap_or_default();
        page.names
            .extend(agency.abbreviation.iter().chain(&agency.keywords).cloned());
        page.card.summary = agency.products.join("; ");
        page.card.details.extend(agency.department.clone());
        let lists = [&agency.needs, &agency.flags, &agency.basis];
        page.words = lists.into_iter().flatten().cloned().collect();
        self.add_centers(&mut page, &agency.at_centers);
        page
    }

    /// What a page says of Centers, and those of which it says that alone.
    fn add_centers(self, page: &mut Page<'p>, statements: &[AtCenter]) {
        let named = || {
            statements
                .iter()
                .flat_map(|statement| statement.centers.iter().flatten())
        };
        let known = self.portal.centers.iter().map(CenterRecord::slug);
        let known = known.filter(|slug| named().any(|center| center.id == *slug));
        page.card.centers = known.map(str::to_owned).collect();
        page.words
            .extend(statements.iter().map(|statement| statement.text.clone()));
    }

    fn trends(self, center: Option<CenterId>) -> Page<'p> {
        let title = self.words.get("page.trends");
        let center_name = center.map(|id| &self.portal.center(id).record.name);
        let title = match center_name {
            Some(name) => self
                .words
                .fill("list.of-center", &[("subject", &title), ("center", name)]),
            None => title.to_owned(),
        };
        let mut page = self.page("page", &title, &sitemap::Page::Trends(center));
        page.card.centers = self.slugs(center.as_slice());
        page
    }

    fn free(self, id: DocId, document: &'p Document) -> Page<'p> {
        let common = &document.common;
        let mut page = self.at("page", &common.title, self.portal.addresses.of(id));
        page.card.summary = common.summary.clone().unwrap_or_default();
        page.document = Some(document);
        page
    }
}

/// Chapters and headings in their order; three chapters and more that follow one another as a range: `01–24, 3818`.
fn joined(numbers: &[HtsNumber]) -> String {
    let mut runs: Vec<(&HtsNumber, &HtsNumber, usize)> = Vec::new();
    for number in numbers {
        let chapter = |number: &HtsNumber| {
            let digits = number.digits();
            digits.parse::<u8>().ok().filter(|_| digits.len() == 2)
        };
        match runs.last_mut() {
            Some((_, last, count))
                if chapter(number).is_some_and(|own| {
                    chapter(last).is_some_and(|before| u16::from(before) + 1 == u16::from(own))
                }) =>
            {
                *last = number;
                *count += 1;
            }
            _ => runs.push((number, number, 1)),
        }
    }
    let runs = runs.into_iter().map(|(first, last, count)| match count {
        1 => first.to_string(),
        2 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The words of a line of the tariff and of those above it that have no number.
fn words_of(line: &TariffLine) -> impl Iterator<Item = String> {
    let above = line.above.iter().map(|above| above.description.clone());
    above.chain([line.description.clone()])
}
