//! The page of all Centers.

use super::directory::roles;
use super::directory::roles::MailboxView;
use crate::portal::CenterId;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::links;
use crate::render::site::Site;
use serde::Serialize;

/// The page of all Centers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CentersView {
    /// The Centers of industries.
    pub(crate) centers: Vec<CenterRowView>,
    /// The other offices.
    pub(crate) offices: Vec<CenterRowView>,
    /// The official directory.
    pub(crate) directory: Option<String>,
    /// The general mailbox.
    pub(crate) mailbox: Option<MailboxView>,
}

/// A Center in the list of all.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterRowView {
    /// Its name.
    pub(crate) name: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// What it is for, in one or two sentences.
    pub(crate) summary: Option<String>,
    /// Where it is.
    pub(crate) city: Option<String>,
    /// Its contacts, relative to the root.
    pub(crate) contacts: String,
    /// Chapters and headings that it handles.
    pub(crate) hts: Vec<String>,
}

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let contacts = site.portal.tables.contacts.as_ref();
    let view = CentersView {
        centers: rows(site, false),
        offices: rows(site, true),
        directory: contacts.and_then(|contacts| contacts.meta.directory.clone()),
        mailbox: contacts.and_then(roles::mailbox),
    };
    let page = Page {
        description: Some(site.word("centers.about")),
        ..Page::new(site.words.get("base.centers"), "centers")
    };
    page.with("centers", &view)
}

pub(crate) fn inputs(hashes: &Hashes<'_>, inputs: &mut Inputs) {
    inputs.hash(hashes.overview());
    // The data say how a number is looked up.
    inputs.count(hashes.site.portal.lookup_digits());
}

fn rows(site: Site<'_>, offices: bool) -> Vec<CenterRowView> {
    links::center_ids(site, offices)
        .map(|id| row(site, id))
        .collect()
}

fn row(site: Site<'_>, id: CenterId) -> CenterRowView {
    let record = &site.portal.center(id).record;
    let url = links::center(site, id).url;
    CenterRowView {
        city: record.city.clone(),
        contacts: format!("{url}#contacts"),
        hts: record.hts.iter().map(ToString::to_string).collect(),
        name: record.name.clone(),
        url,
        summary: record.summary.clone(),
    }
}
