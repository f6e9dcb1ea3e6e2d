//! Links to pages of the portal, and to sources.

use crate::portal::{CenterId, DirectoryPage, ListId, Listing, Subject, Taxonomy, Term};
use crate::render::inputs::Inputs;
use crate::render::parts::linked_text::{self, LinkedText};
use crate::render::parts::lists;
use crate::render::site::Site;
use crate::sitemap::{Page, list_folder, page_of_list};
use serde::Serialize;

/// A link to a page of the portal, relative to the root.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LinkView {
    /// As a reader sees it.
    pub(crate) title: String,
    /// Relative to the root.
    pub(crate) url: String,
    /// How many documents are behind it; 0 where that says nothing.
    pub(crate) count: usize,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourceView {
    /// As a reader sees it.
    pub(crate) text: String,
    /// A web address; absent where the source is only cited.
    pub(crate) url: Option<String>,
    /// The same text in parts: web addresses and laws in it are links.
    pub(crate) parts: LinkedText,
}

pub(crate) fn link(site: Site<'_>, title: &str, address: &str, count: usize) -> LinkView {
    LinkView {
        title: title.to_owned(),
        url: site.url(address),
        count,
    }
}

/// A link to a page of the site.
pub(crate) fn to(site: Site<'_>, title: &str, page: &Page) -> LinkView {
    link(site, title, &site.address(page), 0)
}

pub(crate) fn center(site: Site<'_>, id: CenterId) -> LinkView {
    to(site, &site.portal.center(id).record.name, &Page::Center(id))
}

pub(crate) fn center_inputs(site: Site<'_>, id: CenterId, inputs: &mut Inputs) {
    let center = site.portal.center(id);
    inputs.text(&center.record.name);
    inputs.text(center.slug());
}

/// A list's link under a title of its own.
pub(crate) fn of_listing(site: Site<'_>, title: &str, listing: &Listing) -> LinkView {
    let address = page_of_list(&list_folder(listing, site.portal), 1);
    link(site, title, &address, listing.documents.len())
}

/// The list of a term, where the portal has it.
pub(crate) fn term_list(site: Site<'_>, taxonomy: Taxonomy, name: &str) -> Option<ListId> {
    let term = Term {
        taxonomy,
        name: name.to_owned(),
    };
    site.portal.listing(None, &Subject::Term(term))
}

/// The same with its documents.
pub(crate) fn term_listing<'a>(
    site: Site<'a>,
    taxonomy: Taxonomy,
    name: &str,
) -> Option<&'a Listing> {
    term_list(site, taxonomy, name).map(|at| &site.portal.listings[at])
}

/// The address of a term's list, relative to the root; `None` where the portal has none.
pub(crate) fn term_url(site: Site<'_>, taxonomy: Taxonomy, name: &str) -> Option<String> {
    term_listing(site, taxonomy, name).map(|listing| of_listing(site, "", listing).url)
}

/// The Centers of industries, or the other offices.
pub(crate) fn center_ids(site: Site<'_>, offices: bool) -> impl Iterator<Item = CenterId> {
    let centers = site.portal.centers.ids();
    centers.filter(move |id| site.portal.center(*id).is_office() == offices)
}

pub(crate) fn sources(texts: &[String]) -> Vec<SourceView> {
    let is_link = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    texts
        .iter()
        .map(|text| SourceView {
            text: text.clone(),
            url: is_link(text).then(|| text.clone()),
            parts: linked_text::reference(text),
        })
        .collect()
}

/// What changed at a Center, under the Center's name.
pub(crate) fn changes(site: Site<'_>, id: CenterId) -> LinkView {
    let list = site.portal.changes_at(Some(id));
    let name = &site.portal.center(id).record.name;
    to(site, name, &Page::Changes { list, page: 1 })
}

pub(crate) fn contacts(site: Site<'_>) -> LinkView {
    let page = Page::Directory(DirectoryPage::Contacts);
    to(site, site.words.get("contacts.title"), &page)
}

/// The contacts of Centers, each under its name.
pub(crate) fn contacts_of(
    site: Site<'_>,
    centers: impl Iterator<Item = CenterId>,
) -> Vec<LinkView> {
    let contacts = centers.map(|id| {
        let center = center(site, id);
        LinkView {
            url: format!("{}#contacts", center.url),
            ..center
        }
    });
    contacts.collect()
}

pub(crate) fn ports(site: Site<'_>) -> Option<String> {
    let ports = site.portal.tables.ports.as_ref();
    ports.map(|_| site.page(&Page::Directory(DirectoryPage::Ports)))
}

/// The page above those of programs or agencies, where there is one.
pub(crate) fn directory_list(site: Site<'_>, taxonomy: Taxonomy) -> Option<LinkView> {
    let directory = &site.portal.tables;
    let (has_page, title, page) = match taxonomy {
        Taxonomy::Program => (
            directory.programs.is_some(),
            "programs.title",
            DirectoryPage::Programs,
        ),
        Taxonomy::Agency => (
            directory.agencies.is_some(),
            "agencies.title",
            DirectoryPage::Agencies,
        ),
        _ => return None,
    };
    has_page.then(|| to(site, site.words.get(title), &Page::Directory(page)))
}

/// The page of all programs or agencies, and those that documents carry.
pub(crate) fn directory_terms(site: Site<'_>, taxonomy: Taxonomy) -> Vec<LinkView> {
    let above = directory_list(site, taxonomy).into_iter();
    above.chain(lists::terms(site, None, taxonomy)).collect()
}

/// The address of that page.
pub(crate) fn directory_list_url(site: Site<'_>, taxonomy: Taxonomy) -> Option<String> {
    directory_list(site, taxonomy).map(|link| link.url)
}
