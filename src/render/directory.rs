//! The files of offices, ports, programmes and agencies.

use super::vcard::Card;
use super::{Prepared, Renderer, copy};
use crate::plan::Job;
use crate::portal::directory::{PORTS, center_card, problem_page, role_card};
use crate::portal::{Contacts, DirectoryPage, Problem, Role, Rule};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Display;

impl Renderer<'_> {
    /// Gathers what such a file is made from. A table that is not there has no files.
    pub(super) fn directory(&self, job: &Job, page: DirectoryPage) -> Prepared {
        let viewer = self.viewer;
        let directory = &viewer.portal.directory;
        let nothing = || copy(Vec::new());
        let words = |key: &str| self.theme.words.get(key).to_owned();
        match (page, &directory.contacts) {
            (DirectoryPage::Contacts, Some(contacts)) => {
                let (title, about) = (words("contacts.title"), words("contacts.about"));
                self.page("contacts.html", job, &title, &about, "contacts", |view| {
                    view.put("contacts", &viewer.contacts(contacts));
                })
            }
            (DirectoryPage::Problem(at), Some(contacts)) => {
                let problem = viewer.problem(contacts, at);
                let about = contacts.problems[at].send_to.clone().unwrap_or_default();
                let title = problem.title.clone();
                self.page("problem.html", job, &title, &about, "contacts", |view| {
                    view.put("problem", &problem);
                })
            }
            (DirectoryPage::ContactsData, Some(contacts)) => copy(self.contacts_data(contacts)),
            (DirectoryPage::RoleCard(at), Some(contacts)) => {
                copy(self.role_card(contacts, &contacts.roles[at]))
            }
            (DirectoryPage::CenterCard(at), Some(contacts)) => copy(self.center_card(contacts, at)),
            (DirectoryPage::Ports, _) => {
                let (title, about) = (words("ports.title"), words("ports.about"));
                let states = directory.ports.as_ref().map(super::view::Viewer::states);
                let contacts = directory.contacts.as_ref();
                self.page("ports.html", job, &title, &about, "contacts", |view| {
                    view.put("states", &states.unwrap_or_default());
                    let official = contacts.and_then(|contacts| contacts.meta.directory.as_ref());
                    view.put("directory", &official.cloned().unwrap_or_default());
                })
            }
            (DirectoryPage::Programmes, _) => {
                let (title, about) = (words("programmes.title"), words("programmes.about"));
                self.page(
                    "programmes.html",
                    job,
                    &title,
                    &about,
                    "programmes",
                    |view| {
                        view.put("groups", &viewer.programme_groups());
                    },
                )
            }
            (DirectoryPage::Programme(at), _) => {
                let programme = viewer.programme(at);
                let (title, about) = (programme.name.clone(), plain(&programme.meaning));
                self.page(
                    "programme.html",
                    job,
                    &title,
                    &about,
                    "programmes",
                    |view| {
                        view.put("programme", &programme);
                    },
                )
            }
            (DirectoryPage::Agencies, _) => {
                let (title, about) = (words("agencies.title"), words("agencies.about"));
                self.page("agencies.html", job, &title, &about, "agencies", |view| {
                    view.put("agencies", &viewer.agency_list());
                })
            }
            (DirectoryPage::Agency(at), _) => {
                let agency = viewer.agency(at);
                let title = agency.name.clone();
                self.page("agency.html", job, &title, "", "agencies", |view| {
                    view.put("agency", &agency);
                })
            }
            (_, None) => nothing(),
        }
    }

    /// An absolute address where the portal knows its own, else nothing.
    fn absolute(&self, address: &str) -> String {
        self.viewer.canonical(address)
    }

    fn role_card(&self, contacts: &Contacts, role: &Role) -> Vec<u8> {
        let own = role_card(&role.id);
        let verified = contacts.verified(role.verified);
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

    fn center_card(&self, contacts: &Contacts, at: usize) -> Vec<u8> {
        let center = &self.viewer.portal.centers[at];
        let own = center_card(center.slug());
        let verified = contacts.verified(None);
        let mut card = self.card(contacts, &center.record.name, &own, verified);
        let roles = self.viewer.roles_of(contacts, at);
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
        card.address("URL", &self.absolute(&page));
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
        card.address("SOURCE", &self.absolute(own));
        card.address("UID", &self.absolute(own));
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
        let has_ports = self.viewer.portal.directory.ports.is_some();
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
                    verified: shown(contacts.verified(role.verified)),
                    entry: role,
                })
                .collect(),
            problems: problems
                .map(|problem: &Problem| Entry {
                    address: link(&problem_page(&problem.id)),
                    verified: shown(contacts.verified(problem.verified)),
                    entry: problem,
                })
                .collect(),
            after_the_facts: &contacts.after_the_facts,
        };
        let mut bytes = serde_json::to_vec_pretty(&data)
            .expect("the table is maps with text keys, which JSON can hold");
        bytes.push(b'\n');
        bytes
    }
}

/// The table of contacts as other programs read it.
#[derive(Serialize)]
struct Data<'a> {
    about: About<'a>,
    roles: Vec<Entry<'a, Role>>,
    problems: Vec<Entry<'a, Problem>>,
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

fn shown(day: Option<impl Display>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The words of a text without its links.
fn plain(text: &super::views::TextView) -> String {
    text.iter().map(|part| part.text.as_str()).collect()
}
