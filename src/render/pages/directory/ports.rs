//! The page of the ports of entry.

use crate::render::page::Page;
use crate::render::pages::directory::desks;
use crate::render::parts::links;
use crate::render::site::Site;
use crate::schema::slug;
use crate::tables::Ports;
use serde::Serialize;

/// The ports of one state.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StateView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// Its anchor.
    pub(crate) id: String,
    /// Its ports by name.
    pub(crate) ports: Vec<PortView>,
}

/// A port of entry.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PortView {
    /// As a reader sees it.
    pub(crate) name: String,
    /// Its four digits.
    pub(crate) code: String,
    /// Its page, relative to the root; absent where no office of it is known.
    pub(crate) url: Option<String>,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let directory = &site.portal.tables;
    let states = directory.ports.as_ref();
    let states = states.map(|ports| view(site, ports)).unwrap_or_default();
    let contacts = directory.contacts.as_ref();
    let page = Page {
        above: contacts
            .map(|_| links::contacts(site))
            .into_iter()
            .collect(),
        ..super::named(site, "ports", "contacts")
    };
    page.with("states", &states)
        .with("ports_directory", &site.portal.offices.directory)
}

fn view(site: Site<'_>, ports: &Ports) -> Vec<StateView> {
    let known = &site.portal.offices;
    let states = ports.0.iter();
    states
        .map(|(name, ports)| StateView {
            name: (*name).to_owned(),
            id: slug::slugify(name),
            ports: ports
                .iter()
                .map(|port| PortView {
                    name: port.name.clone(),
                    code: port.code.clone(),
                    url: known.port(&port.code).map(|id| desks::port(site, id).url),
                })
                .collect(),
        })
        .collect()
}
