//! The contacts as JSON, and the business cards of offices.

use crate::portal::{CenterId, Desk, DeskId, DirectoryPage, has_card};
use crate::render::data::json_bytes;
use crate::render::data::vcard::Card;
use crate::render::pages::directory::{desks, roles};
use crate::render::parts::links;
use crate::render::site::Site;
use crate::schema::FromText as _;
use crate::sitemap::{Page, problem_page, role_card};
use crate::tables::{Contacts, Problem, Role, Rule, Telephone};
use jiff::civil::Date;
use serde::Serialize;

/// The bytes of a file of data; `None` for a page, and where the portal does not have what it is made of.
pub(crate) fn bytes(site: Site<'_>, page: DirectoryPage) -> Option<Vec<u8>> {
    let contacts = site.portal.tables.contacts.as_ref();
    Some(match page {
        DirectoryPage::ContactsData => contacts_data(site, contacts?),
        DirectoryPage::RoleCard(at) => card_of_role(site, contacts?, &contacts?.roles[at]),
        DirectoryPage::CenterCard(id) => card_of_center(site, contacts, id),
        DirectoryPage::DeskCard(id) => card_of_desk(site, contacts, id),
        _ => return None,
    })
}

fn card_of_role(site: Site<'_>, contacts: &Contacts, role: &Role) -> Vec<u8> {
    let own = role_card(&role.id);
    let verified = contacts.verified(role.verified.as_ref());
    let mut card = card(site, Some(contacts), &role.name, &own, verified);
    card.text("ROLE", &role.name);
    card.text("NOTE", &role.turn_to_for.join("; "));
    if let Some(mailbox) = &contacts.meta.mailbox {
        card.address("EMAIL", &mailbox.address);
    }
    card.finish()
}

/// The card of a Center has its own office, where one is known, else the mailbox of all Centers.
fn card_of_center(site: Site<'_>, contacts: Option<&Contacts>, id: CenterId) -> Vec<u8> {
    let center = site.portal.center(id);
    let own = site.address(&Page::Directory(DirectoryPage::CenterCard(id)));
    let offices = &site.portal.offices;
    let desk = site.portal.own_desk(id).map(|desk| &offices.desks[desk]);
    let verified = match desk {
        Some(desk) => desk.office.verified.as_ref().map(|day| day.value),
        None => contacts.and_then(|contacts| contacts.verified(None)),
    };
    let mut card = card(site, contacts, &center.record.name, &own, verified);
    let roles = contacts.map(|contacts| roles::roles_of(site, contacts, id));
    let names = roles.iter().flatten().map(|role| role.name.as_str());
    card.text("NOTE", &names.collect::<Vec<_>>().join("; "));
    let city = center.record.city.as_deref().unwrap_or_default();
    match desk {
        Some(desk) => reach(site, &mut card, desk),
        None => {
            let mailbox = contacts.and_then(|contacts| contacts.meta.mailbox.as_ref());
            card.address("EMAIL", mailbox.map_or("", |mailbox| &mailbox.address));
            card.place("", city);
        }
    }
    let page = site.address(&Page::Center(id));
    card.address("URL", &site.canonical(&page).unwrap_or_default());
    card.finish()
}

fn card_of_desk(site: Site<'_>, contacts: Option<&Contacts>, id: DeskId) -> Vec<u8> {
    let desk = &site.portal.offices.desks[id];
    let office = &desk.office;
    let own = site.address(&Page::Directory(DirectoryPage::DeskCard(id)));
    let verified = office.verified.as_ref().map(|day| day.value);
    let mut card = card(site, contacts, &desks::name(site, id), &own, verified);
    let role = contacts.and_then(|contacts| contacts.role(&office.role.id));
    card.text("ROLE", role.map_or("", |role| &role.name));
    let own = Some(&office.turn_to_for).filter(|texts| !texts.is_empty());
    let used_for = own.or(role.map(|role| &role.turn_to_for));
    card.text(
        "NOTE",
        &used_for.map(|texts| texts.join("; ")).unwrap_or_default(),
    );
    reach(site, &mut card, desk);
    card.address("URL", office.link.as_deref().unwrap_or_default());
    card.finish()
}

/// How an office is reached. An invented one says so wherever an address book shows it.
fn reach(site: Site<'_>, card: &mut Card, desk: &Desk) {
    let office = &desk.office;
    if office.sample {
        card.text("NOTE", site.words.get("desk.sample_about"));
        card.text("CATEGORIES", site.words.get("desk.sample"));
    }
    card.address(
        "EMAIL",
        office.mailbox.as_ref().map_or("", |mailbox| &mailbox.value),
    );
    card.address(
        "TEL;VALUE=uri",
        &office
            .telephone
            .as_ref()
            .map(Telephone::url)
            .unwrap_or_default(),
    );
    // The lines of an address have the city, where there are any.
    match office.address.is_empty() {
        true => card.place("", office.city.as_deref().unwrap_or_default()),
        false => card.place(&office.address.join(", "), ""),
    }
}

/// What every card says: whose it is, where it comes from, and when it was verified.
fn card(
    site: Site<'_>,
    contacts: Option<&Contacts>,
    name: &str,
    own: &str,
    verified: Option<Date>,
) -> Card {
    let meta = contacts.map(|contacts| &contacts.meta.value);
    let organization = meta.and_then(|meta| meta.organization.as_deref());
    let directory = meta.and_then(|meta| meta.directory.as_deref());
    let mut card = Card::new();
    card.text("FN", name);
    card.parts("ORG", &[organization.unwrap_or_default(), name]);
    if let Some(own) = site.canonical(own) {
        card.address("SOURCE", &own);
        card.address("UID", &own);
    }
    if let Some(day) = verified {
        card.address("REV", &format!("{}T000000Z", day.strftime("%Y%m%d")));
    }
    card.address("URL", directory.unwrap_or_default());
    card
}

/// An office as other programs read it.
#[derive(Serialize)]
struct OfficeEntry<'a> {
    id: &'a str,
    name: String,
    role: &'a str,
    /// Whether it is invented.
    sample: bool,
    page: String,
    card: Option<String>,
    centers: Vec<&'a str>,
    ports: Vec<&'a str>,
    city: Option<&'a str>,
    mailbox: Option<&'a str>,
    telephone: Option<&'a str>,
    hours: Vec<String>,
    zone: Option<&'static str>,
    address: &'a [String],
    languages: &'a [String],
    link: Option<&'a str>,
    turn_to_for: &'a [String],
    note: Option<&'a str>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    verified: Option<String>,
    source: &'a [String],
}

fn office(site: Site<'_>, id: DeskId) -> OfficeEntry<'_> {
    let portal = site.portal;
    let desk = &portal.offices.desks[id];
    let office = &desk.office;
    let ports = desk.ports.iter();
    OfficeEntry {
        id: &office.id.value,
        name: desks::name(site, id),
        role: &office.role.id,
        sample: office.sample,
        page: site.page(&desks::home(site, id)),
        card: office
            .is_reachable()
            .then(|| site.address(&Page::Directory(DirectoryPage::DeskCard(id)))),
        centers: portal.slugs(&desk.centers).collect(),
        ports: ports
            .map(|port| portal.offices.ports[*port].port.code.as_str())
            .collect(),
        city: office.city.as_deref(),
        mailbox: office
            .mailbox
            .as_ref()
            .map(|mailbox| mailbox.value.as_str()),
        telephone: office.telephone.as_ref().map(Telephone::text),
        hours: office
            .hours
            .iter()
            .map(|hours| hours.value.to_text())
            .collect(),
        zone: office.zone.map(|zone| zone.word()),
        address: &office.address,
        languages: &office.languages,
        link: office.link.as_deref(),
        turn_to_for: &office.turn_to_for,
        note: office.note.as_deref(),
        valid_from: shown(office.valid_from),
        valid_to: shown(office.valid_to.as_ref().map(|day| day.value)),
        verified: shown(office.verified.as_ref().map(|day| day.value)),
        source: &office.source,
    }
}

/// A Center with the offices that serve it, as other programs read it; those that serve every Center are in the contacts.
#[derive(Serialize)]
struct CenterEntry<'a> {
    slug: &'a str,
    name: &'a str,
    is_office: bool,
    city: Option<&'a str>,
    page: String,
    contacts: String,
    hts: Vec<String>,
    /// The id of the office to write to first.
    office: Option<&'a str>,
    offices: Vec<OfficeEntry<'a>>,
}

/// The Centers with their offices.
pub(crate) fn centers(site: Site<'_>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Data<'a> {
        /// How many digits name the file of the index that answers for a number, as on the search page.
        digits: usize,
        centers: Vec<CenterEntry<'a>>,
    }
    let portal = site.portal;
    let centers = portal.centers.iter_enumerated().map(|(id, center)| {
        let offices = &portal.offices;
        let desks = offices
            .of_center(id, true)
            .chain(offices.of_center(id, false));
        let first = portal.own_desk(id);
        let page = site.page(&Page::Center(id));
        CenterEntry {
            slug: center.slug(),
            name: &center.record.name,
            is_office: center.is_office(),
            city: center.record.city.as_deref(),
            contacts: format!("{page}#contacts"),
            page,
            hts: center.record.hts.iter().map(ToString::to_string).collect(),
            office: first.map(|id| offices.desks[id].office.id.value.as_str()),
            offices: desks
                .filter(|id| !offices.desks[*id].is_everywhere)
                .map(|id| office(site, id))
                .collect(),
        }
    });
    json_bytes(&Data {
        digits: portal.lookup_digits(),
        centers: centers.collect(),
    })
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
                address: has_card(contacts, role).then(|| role_card(&role.id)),
                verified: shown(contacts.verified(role.verified.as_ref())),
                entry: role,
            })
            .collect(),
        problems: problems
            .zip(&portal.outcomes)
            .map(|(problem, outcomes)| ProblemEntry {
                entry: Entry {
                    address: Some(link(&problem_page(&problem.id))),
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
        offices: portal
            .offices
            .desks
            .ids()
            .map(|id| office(site, id))
            .collect(),
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
    offices: Vec<OfficeEntry<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    directory: Option<&'a str>,
    organization: Option<&'a str>,
    mailbox: Option<&'a str>,
    checked: Option<&'a str>,
    ports: Option<String>,
}

/// An entry with its address below the site's root, where it has a file of its own, and the day on which it was verified.
#[derive(Serialize)]
struct Entry<'a, T> {
    address: Option<String>,
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
