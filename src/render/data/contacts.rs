//! The contacts as JSON, and the business cards of offices.

use crate::portal::{CenterId, DirectoryPage};
use crate::render::data::json_bytes;
use crate::render::data::vcard::Card;
use crate::render::pages::directory::roles;
use crate::render::parts::links;
use crate::render::site::Site;
use crate::sitemap::{Page, problem_page, role_card};
use crate::tables::{Contacts, Problem, Role, Rule};
use jiff::civil::Date;
use serde::Serialize;

/// The bytes of a file of data; `None` for a page, and for any file where the portal has no table of contacts.
pub(crate) fn bytes(site: Site<'_>, page: DirectoryPage) -> Option<Vec<u8>> {
    let contacts = site.portal.tables.contacts.as_ref()?;
    Some(match page {
        DirectoryPage::ContactsData => contacts_data(site, contacts),
        DirectoryPage::RoleCard(at) => card_of_role(site, contacts, &contacts.roles[at]),
        DirectoryPage::CenterCard(id) => card_of_center(site, contacts, id),
        _ => return None,
    })
}

fn card_of_role(site: Site<'_>, contacts: &Contacts, role: &Role) -> Vec<u8> {
    let own = role_card(&role.id);
    let verified = contacts.verified(role.verified.as_ref());
    let mut card = card(site, contacts, &role.name, &own, verified);
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

fn card_of_center(site: Site<'_>, contacts: &Contacts, id: CenterId) -> Vec<u8> {
    let center = site.portal.center(id);
    let own = site.address(&Page::Directory(DirectoryPage::CenterCard(id)));
    let verified = contacts.verified(None);
    let mut card = card(site, contacts, &center.record.name, &own, verified);
    let roles = roles::roles_of(site, contacts, id);
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
    let page = site.address(&Page::Center(id));
    card.address("URL", &site.canonical(&page).unwrap_or_default());
    card.finish()
}

/// What every card says: whose it is, where it comes from, and when it was verified.
fn card(
    site: Site<'_>,
    contacts: &Contacts,
    name: &str,
    own: &str,
    verified: Option<Date>,
) -> Card {
    let meta = &contacts.meta;
    let mut card = Card::new();
    card.text("FN", name);
    card.parts(
        "ORG",
        &[meta.organization.as_deref().unwrap_or_default(), name],
    );
    if let Some(own) = site.canonical(own) {
        card.address("SOURCE", &own);
        card.address("UID", &own);
    }
    if let Some(day) = verified {
        card.address("REV", &format!("{}T000000Z", day.strftime("%Y%m%d")));
    }
    card.address("URL", meta.directory.as_deref().unwrap_or_default());
    card
}

/// Everything in the table of contacts, with the addresses of its pages.
fn contacts_data(site: Site<'_>, contacts: &Contacts) -> Vec<u8> {
    let link = |address: &str| site.config.link(address).to_owned();
    let roles = contacts.roles.iter();
    let problems = contacts.problems.iter();
    let portal = site.portal;
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
            ports: links::ports(site),
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
    json_bytes(&data)
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
