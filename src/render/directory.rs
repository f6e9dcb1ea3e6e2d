//! The files of offices, ports, programs and agencies.

use super::page::Page;
use super::pages::json;
use super::vcard::Card;
use super::view::Viewer;
use super::views::{LinkedText, ListingView};
use super::{Prepared, Renderer, copy};
use crate::plan::Job;
use crate::portal::directory::{PORTS, center_card, problem_page, role_card};
use crate::portal::{CenterId, DirectoryPage, Taxonomy, Term};
use crate::tables::{Contacts, Problem, ProblemId, Role, Rule};
use jiff::civil::Date;
use serde::Serialize;

impl Renderer<'_> {
    /// Gathers what such a file is made from. A table that is not there has no files.
    pub(super) fn directory(&self, job: &Job, page: DirectoryPage) -> Prepared {
        let viewer = self.viewer;
        let directory = &viewer.portal.tables;
        let named = |template, words: &str, section| Page {
            description: viewer.words.get(&format!("{words}.about")).to_owned(),
            ..Page::named(
                template,
                viewer.words.get(&format!("{words}.title")),
                section,
            )
        };
        match (page, &directory.contacts) {
            (DirectoryPage::Contacts, Some(contacts)) => {
                let page = named("contacts.html", "contacts", "contacts");
                self.page(job, page, |view| {
                    view.put("contacts", &viewer.contacts(contacts));
                })
            }
            (DirectoryPage::Problem(at), Some(contacts)) => self.problem(job, contacts, at),
            (DirectoryPage::ContactsData, Some(contacts)) => copy(self.contacts_data(contacts)),
            (DirectoryPage::RoleCard(at), Some(contacts)) => {
                copy(self.role_card(contacts, &contacts.roles[at]))
            }
            (DirectoryPage::CenterCard(id), Some(contacts)) => copy(self.center_card(contacts, id)),
            (DirectoryPage::Ports, contacts) => {
                let states = directory.ports.as_ref().map(Viewer::states);
                let page = Page {
                    above: contacts
                        .as_ref()
                        .map(|_| viewer.contacts_link())
                        .into_iter()
                        .collect(),
                    ..named("ports.html", "ports", "contacts")
                };
                self.page(job, page, |view| {
                    view.put("states", &states.unwrap_or_default());
                })
            }
            (DirectoryPage::Programs, _) => {
                let page = named("programs.html", "programs", "programs");
                self.page(job, page, |view| {
                    view.put("groups", &viewer.program_groups());
                })
            }
            (DirectoryPage::Agencies, _) => {
                let page = named("agencies.html", "agencies", "agencies");
                self.page(job, page, |view| {
                    view.put("agencies", &viewer.agency_list());
                })
            }
            (_, None) => copy(Vec::new()),
        }
    }

    fn problem(&self, job: &Job, contacts: &Contacts, at: ProblemId) -> Prepared {
        let viewer = self.viewer;
        let problem = viewer.problem(contacts, at);
        let page = Page {
            description: plain(&problem.send_to),
            above: vec![viewer.contacts_link()],
            ..Page::named("problem.html", &problem.title, "contacts")
        };
        self.page(job, page, |view| view.put("problem", &problem))
    }

    /// The list of a program's or an agency's documents, below what the tables say of it.
    pub(super) fn term(&self, job: &Job, page: Page, list: &ListingView, term: &Term) -> Prepared {
        let viewer = self.viewer;
        let directory = &viewer.portal.tables;
        match term.taxonomy {
            Taxonomy::Program => {
                if let Some(program) = directory.program(&term.name) {
                    let program = viewer.program(program);
                    let page = Page {
                        template: "program.html",
                        description: plain(&program.meaning),
                        ..page
                    };
                    return self.page(job, page, |view| {
                        view.put("program", &program);
                        view.put("list", list);
                    });
                }
            }
            Taxonomy::Agency => {
                if let Some(agency) = directory.agency(&term.name) {
                    let page = Page {
                        template: "agency.html",
                        description: agency.products.join(", "),
                        ..page
                    };
                    return self.page(job, page, |view| {
                        view.put("agency", &viewer.agency(agency));
                        view.put("list", list);
                    });
                }
            }
            _ => {}
        }
        self.page(job, page, |view| view.put("list", list))
    }

    fn role_card(&self, contacts: &Contacts, role: &Role) -> Vec<u8> {
        let own = role_card(&role.id);
        let verified = contacts.verified(role.verified.as_ref());
        let mut card = self.card(contacts, &role.name, &own, verified);
        card.text("ROLE", &role.name);
        card.text("NOTE", &role.turn_to_for.join("; "));
        if let Some(mailbox) = contacts
            .meta
            .mailbox
            .as_ref()
            .filter(|_| role.is_at_centers())
        {
            card.address("EMAIL", &mailbox.address);
        }
        card.finish()
    }

    fn center_card(&self, contacts: &Contacts, id: CenterId) -> Vec<u8> {
        let center = self.viewer.portal.center(id);
        let own = center_card(center.slug());
        let verified = contacts.verified(None);
        let mut card = self.card(contacts, &center.record.name, &own, verified);
        let roles = self.viewer.roles_of(contacts, id);
        let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
        card.text("NOTE", &names.join("; "));
        if let Some(mailbox) = contacts
            .meta
            .mailbox
            .as_ref()
            .filter(|_| roles.iter().any(|role| role.is_at_centers()))
        {
            card.address("EMAIL", &mailbox.address);
        }
        let city = center.record.city.as_deref().unwrap_or_default();
        card.place(city);
        let page = format!("{}/index.html", center.slug());
        card.address("URL", &self.viewer.canonical(&page));
        card.finish()
    }

    /// What every card says: whose it is, where it comes from, and when it was verified.
    fn card(&self, contacts: &Contacts, name: &str, own: &str, verified: Option<Date>) -> Card {
        let meta = &contacts.meta;
        let mut card = Card::new();
        card.text("FN", name);
        card.parts(
            "ORG",
            &[meta.organization.as_deref().unwrap_or_default(), name],
        );
        card.address("SOURCE", &self.viewer.canonical(own));
        card.address("UID", &self.viewer.canonical(own));
        if let Some(day) = verified {
            card.address("REV", &format!("{}T000000Z", day.strftime("%Y%m%d")));
        }
        card.address("URL", meta.directory.as_deref().unwrap_or_default());
        card
    }

    /// Everything in the table of contacts, with the addresses of its pages.
    fn contacts_data(&self, contacts: &Contacts) -> Vec<u8> {
        let link = |address: &str| self.viewer.config.link(address).to_owned();
        let roles = contacts.roles.iter();
        let problems = contacts.problems.iter();
        let portal = self.viewer.portal;
        let has_ports = portal.tables.ports.is_some();
        let data = Data {
            about: About {
                directory: contacts.meta.directory.as_deref(),
                organization: contacts.meta.organization.as_deref(),
                mailbox: contacts
                    .meta
                    .mailbox
                    .as_ref()
                    .map(|mailbox| mailbox.address.as_str()),
                checked: contacts.meta.checked.as_deref(),
                ports: has_ports.then(|| link(PORTS)),
            },
            roles: roles
                .map(|role| Entry {
                    address: role_card(&role.id),
                    verified: shown(contacts.verified(role.verified.as_ref())),
                    entry: role,
                })
                .collect(),
            problems: problems
                .zip(&portal.outcomes)
                .map(|(problem, outcomes)| ProblemEntry {
                    entry: Entry {
                        address: link(&problem_page(&problem.id)),
                        verified: shown(contacts.verified(problem.verified.as_ref())),
                        entry: problem,
                    },
                    outcomes: outcomes
                        .iter()
                        .map(|id| link(portal.addresses.of(*id)))
                        .collect(),
                })
                .collect(),
            after_the_facts: &contacts.after_the_facts,
        };
        json(&data)
    }
}

/// The table of contacts as other programs read it.
#[derive(Serialize)]
struct Data<'a> {
    about: About<'a>,
    roles: Vec<Entry<'a, Role>>,
    problems: Vec<ProblemEntry<'a>>,
    after_the_facts: &'a [Rule],
}

#[derive(Serialize)]
struct About<'a> {
    directory: Option<&'a str>,
    organization: Option<&'a str>,
    mailbox: Option<&'a str>,
    checked: Option<&'a str>,
    ports: Option<String>,
}

/// An entry with its address below the site's root and the day on which it was verified.
#[derive(Serialize)]
struct Entry<'a, T> {
    address: String,
    #[serde(flatten)]
    entry: &'a T,
    verified: Option<String>,
}

/// A problem, with the addresses of the documents that show how its cases end.
#[derive(Serialize)]
struct ProblemEntry<'a> {
    #[serde(flatten)]
    entry: Entry<'a, Problem>,
    outcomes: Vec<String>,
}

fn shown(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The words of a text without its links.
fn plain(text: &LinkedText) -> String {
    text.iter().map(|part| part.text.as_str()).collect()
}
