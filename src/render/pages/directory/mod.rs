//! The pages of contacts, offices, problems, ports, programs and agencies.

use crate::portal::DirectoryPage;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::linked_text::LinkedText;
use crate::render::site::Site;

pub(crate) mod agencies;
pub(crate) mod at_center;
mod contacts;
pub(crate) mod desks;
mod port;
mod ports;
mod problem;
pub(crate) mod programs;
pub(crate) mod roles;
pub(crate) mod terms;

/// The page of a table; `None` for a file of data, or where the portal does not have the table.
pub(crate) fn page(site: Site<'_>, page: DirectoryPage) -> Option<Page<'_>> {
    Some(match (page, &site.portal.tables.contacts) {
        (DirectoryPage::Contacts, Some(contacts)) => contacts::page(site, contacts),
        (DirectoryPage::Problem(at), Some(contacts)) => problem::page(site, contacts, at),
        (DirectoryPage::Ports, _) => ports::page(site),
        (DirectoryPage::Port(at), _) => port::page(site, at),
        (DirectoryPage::Programs, _) => programs::page(site),
        (DirectoryPage::Agencies, _) => agencies::page(site),
        _ => return None,
    })
}

/// What the pages and the files of data are made from.
pub(crate) fn inputs(hashes: &Hashes<'_>, page: DirectoryPage, inputs: &mut Inputs) {
    let portal = hashes.site.portal;
    inputs.hash(hashes.overview());
    let outcomes = portal.outcomes.iter_enumerated();
    let shown = outcomes.filter(|(problem, _)| match page {
        DirectoryPage::Problem(at) => *problem == at,
        page => page == DirectoryPage::ContactsData,
    });
    inputs.list(shown.flat_map(|(_, outcomes)| outcomes), |inputs, id| {
        // Among equals the paths of the files give the order.
        inputs.text(portal.document(*id).path.as_str());
        inputs.hash(hashes.summary(*id));
    });
}

/// A page with the title and the description of a group of words.
fn named<'a>(site: Site<'a>, words: &str, section: &str) -> Page<'a> {
    Page {
        description: Some(site.word(&format!("{words}.about"))),
        ..Page::new(site.words.get(&format!("{words}.title")), section)
    }
}

/// The words of a text without its links; `None` for an empty one.
fn plain(text: &LinkedText) -> Option<String> {
    let words = text.iter().map(|part| part.text.as_str());
    (!text.is_empty()).then(|| words.collect())
}
