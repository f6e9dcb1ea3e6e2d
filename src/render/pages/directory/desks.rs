//! Offices as several pages show them: what each is for, how it is reached, and since when that is known.

use crate::portal::{DeskId, DirectoryPage, PortId};
use crate::render::pages::directory::roles::VerifiedView;
use crate::render::parts::linked_text::LinkedText;
use crate::render::parts::links::{LinkView, SourceView, sources};
use crate::render::parts::{linked_text, links};
use crate::render::site::Site;
use crate::sitemap::Page;
use crate::tables::{Hours, Telephone};
use jiff::civil::Time;
use portolan_customs::PartialDate;
use serde::Serialize;
use std::fmt::Display;

/// An office.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DeskView {
    /// Its id; with `desk-` before it the anchor on its page.
    pub(crate) id: String,
    /// As a reader sees it.
    pub(crate) name: String,
    /// The name of its role.
    pub(crate) role: String,
    /// Its role on the page of contacts; absent without a table of them.
    pub(crate) role_url: Option<String>,
    /// Its place on its own page, relative to the root: a port's, a Center's, else that of contacts.
    pub(crate) url: String,
    /// Whether it is invented.
    pub(crate) sample: bool,
    /// What to contact it for, where that is not what its role is for.
    pub(crate) turn_to_for: Vec<LinkedText>,
    /// Its email address.
    pub(crate) mailbox: Option<String>,
    /// Its telephone number.
    pub(crate) telephone: Option<TelephoneView>,
    /// When it is open, by days; empty where that is not known.
    pub(crate) hours: Vec<HoursView>,
    /// The time zone of its hours: `Eastern time`.
    pub(crate) zone: Option<String>,
    /// Where it is, line by line.
    pub(crate) address: Vec<String>,
    /// The city that it is in.
    pub(crate) city: Option<String>,
    /// The languages that it answers in.
    pub(crate) languages: Vec<String>,
    /// Its page on the agency's site.
    pub(crate) link: Option<String>,
    /// What else to know; may be empty.
    pub(crate) note: LinkedText,
    /// The Centers that it serves, where it names them.
    pub(crate) centers: Vec<LinkView>,
    /// Whether it serves every Center of an industry.
    pub(crate) is_everywhere: bool,
    /// The ports that it serves.
    pub(crate) ports: Vec<LinkView>,
    /// Since when it is valid.
    pub(crate) valid_from: Option<String>,
    /// Until when it is valid.
    pub(crate) valid_to: Option<String>,
    /// Its business card, relative to the root; absent where it would hold nothing.
    pub(crate) card: Option<String>,
    /// When this was verified.
    pub(crate) verified: VerifiedView,
    /// Where its facts come from.
    pub(crate) sources: Vec<SourceView>,
}

/// A telephone number.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TelephoneView {
    /// As a reader sees it.
    pub(crate) text: String,
    /// `tel:+19565550100`.
    pub(crate) url: String,
}

/// The hours of some days.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HoursView {
    /// `Monday to Friday`.
    pub(crate) days: String,
    /// `8:00 a.m. to 4:30 p.m.`, `24 hours`.
    pub(crate) times: String,
}

pub(crate) fn views(site: Site<'_>, ids: impl IntoIterator<Item = DeskId>) -> Vec<DeskView> {
    ids.into_iter().map(|id| view(site, id)).collect()
}

pub(crate) fn view(site: Site<'_>, id: DeskId) -> DeskView {
    let desk = &site.portal.offices.desks[id];
    let office = &desk.office;
    let contacts = site.portal.tables.contacts.as_ref();
    let role = contacts.and_then(|contacts| contacts.role(&office.role.id));
    let verified = office.verified.as_ref().map(|day| day.value);
    let date = |day| site.date(PartialDate::Day(day));
    let home = home(site, id);
    DeskView {
        id: office.id.value.clone(),
        name: name(site, id),
        role: role.map_or_else(|| office.role.id.clone(), |role| role.name.clone()),
        role_url: role.map(|role| format!("{}#role-{}", links::contacts(site).url, role.id)),
        url: format!("{}#{}", site.page(&home), anchor(&home, &office.id)),
        sample: office.sample,
        turn_to_for: linked_text::all_linked(site, &office.turn_to_for),
        mailbox: office.mailbox.as_ref().map(|mailbox| mailbox.value.clone()),
        telephone: office.telephone.as_ref().map(telephone),
        hours: office
            .hours
            .iter()
            .map(|hours| hours_view(site, hours))
            .collect(),
        zone: office
            .zone
            .map(|zone| site.word(&format!("time_zone.{}", zone.word().to_lowercase()))),
        address: office.address.clone(),
        city: office.city.clone(),
        languages: office.languages.clone(),
        link: office.link.clone(),
        note: linked_text::maybe_linked(site, office.note.as_ref()),
        centers: match desk.is_everywhere {
            true => Vec::new(),
            false => desk
                .centers
                .iter()
                .map(|id| links::center(site, *id))
                .collect(),
        },
        is_everywhere: desk.is_everywhere,
        ports: desk.ports.iter().map(|id| port(site, *id)).collect(),
        valid_from: office.valid_from.map(date),
        valid_to: office.valid_to.as_ref().map(|day| date(day.value)),
        card: office
            .is_reachable()
            .then(|| site.address(&Page::Directory(DirectoryPage::DeskCard(id)))),
        verified: VerifiedView {
            date: verified.map(date),
            datetime: verified.map(|day| day.to_string()),
            overdue: desk.is_overdue,
        },
        sources: sources(&office.source),
    }
}

/// The page on which an office is shown with everything that is known of it: that of its port, else of the one Center that
/// it is at, else of all contacts, which a portal without a table of them does not have.
pub(crate) fn home(site: Site<'_>, id: DeskId) -> Page {
    let desk = &site.portal.offices.desks[id];
    let has_contacts = site.portal.tables.contacts.is_some();
    match (&desk.ports[..], &desk.centers[..]) {
        ([port, ..], _) => Page::Directory(DirectoryPage::Port(*port)),
        ([], [center]) => Page::Center(*center),
        ([], [center, ..]) if !has_contacts => Page::Center(*center),
        _ => Page::Directory(DirectoryPage::Contacts),
    }
}

/// Where on its page an office is. A theme decides where the page of a Center has its offices, but that has contacts.
fn anchor(home: &Page, id: &str) -> String {
    match home {
        Page::Center(_) => "contacts".to_owned(),
        _ => format!("desk-{id}"),
    }
}

/// What an office is called: its name, else its role and where it is.
pub(crate) fn name(site: Site<'_>, id: DeskId) -> String {
    let desk = &site.portal.offices.desks[id];
    let office = &desk.office;
    if let Some(name) = &office.name {
        return name.value.clone();
    }
    let contacts = site.portal.tables.contacts.as_ref();
    let role = contacts.and_then(|contacts| contacts.role(&office.role.id));
    let role = role.map_or(office.role.id.as_str(), |role| &role.name);
    let portal = site.portal;
    let place = match (&desk.ports[..], &desk.centers[..]) {
        ([port], _) => Some(&portal.offices.ports[*port].port.name),
        ([], [center]) => Some(&portal.center(*center).record.name),
        _ => office.city.as_ref(),
    };
    let Some(place) = place else {
        return role.to_owned();
    };
    let values: [(&str, &dyn Display); 2] = [("role", &role), ("place", place)];
    site.words.fill("desk.name", &values)
}

/// The page of a port as a link.
pub(crate) fn port(site: Site<'_>, id: PortId) -> LinkView {
    let port = &site.portal.offices.ports[id].port;
    links::to(site, &port.name, &Page::Directory(DirectoryPage::Port(id)))
}

fn telephone(telephone: &Telephone) -> TelephoneView {
    TelephoneView {
        text: telephone.text().to_owned(),
        url: telephone.url(),
    }
}

fn hours_view(site: Site<'_>, hours: &Hours) -> HoursView {
    let day = |day: crate::tables::Day| site.word(&format!("day.{}", day.word()));
    let (first, last) = (day(hours.first), day(hours.last));
    let (opens, closes) = (time(site, hours.opens), time(site, hours.closes));
    let fill = |name: &str, from: &str, to: &str| {
        let values: [(&str, &dyn Display); 2] = [("from", &from), ("to", &to)];
        site.words.fill(name, &values)
    };
    HoursView {
        days: match hours.first == hours.last {
            true => first,
            false => fill("desk.days", &first, &last),
        },
        times: match hours.is_all_day() {
            true => site.word("desk.all_day"),
            false => fill("desk.times", &opens, &closes),
        },
    }
}

/// `8:00 a.m.`, `noon`, `midnight`.
fn time(site: Site<'_>, time: Time) -> String {
    match (time.hour(), time.minute()) {
        (0, 0) => site.word("desk.midnight"),
        (12, 0) => site.word("desk.noon"),
        _ => site.words.time(time),
    }
}
