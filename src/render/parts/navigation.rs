//! The links that every page offers.

use crate::document::Kind;
use crate::render::parts::links::LinkView;
use crate::render::parts::{links, names};
use crate::render::site::Site;
use serde::Serialize;

/// The ways that every page offers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NavigationView {
    /// The portal's first page.
    pub(crate) home: String,
    /// The search page, which takes a question as `?q=`.
    pub(crate) search: String,
    /// The parts of the site: lists by kind, the tariff, changes, trends, contacts, search.
    pub(crate) main: Vec<NavigationLinkView>,
    /// The Centers of industries; `count` is 0 here and below.
    pub(crate) centers: Vec<LinkView>,
    /// The offices that are no Centers.
    pub(crate) offices: Vec<LinkView>,
    /// Free pages, by title.
    pub(crate) pages: Vec<LinkView>,
    /// The page with a link to every part.
    pub(crate) site_map: String,
    /// The description for browsers' search boxes; absent without `base_url`.
    pub(crate) opensearch: Option<String>,
}

/// A part of the site that every page links to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NavigationLinkView {
    /// What `page.section` is there.
    pub(crate) id: String,
    /// As a reader sees it.
    pub(crate) title: String,
    /// Relative to the root.
    pub(crate) url: String,
}

pub(crate) fn navigation(site: Site<'_>) -> NavigationView {
    NavigationView {
        home: site.url("index.html"),
        search: site.url("search/index.html"),
        main: main_links(site),
        centers: centers(site, false),
        offices: centers(site, true),
        pages: free_pages(site),
        site_map: site.url("site-map/index.html"),
        opensearch: (site.config.base_url.as_ref()).map(|_| "opensearch.xml".to_owned()),
    }
}

pub(crate) fn main_links(site: Site<'_>) -> Vec<NavigationLinkView> {
    let link = |id: &str, title: &str, address: &str| NavigationLinkView {
        id: id.to_owned(),
        title: title.to_owned(),
        url: site.url(address),
    };
    let kinds = site.kinds();
    let lists = kinds.listed().map(|kind| {
        let folder = kinds.folder(kind);
        let address = format!("{folder}/index.html");
        link(folder, &names::kind_heading(site, kind), &address)
    });
    let mut links: Vec<NavigationLinkView> = lists.collect();
    if site.portal.has_tariff() {
        links.push(link("hts", site.words.get("page.tariff"), "hts/index.html"));
    }
    links.push(link(
        "changes",
        site.words.get("page.changes"),
        "changes/index.html",
    ));
    links.push(link(
        "trends",
        site.words.get("page.trends"),
        "trends/index.html",
    ));
    if site.portal.tables.contacts.is_some() {
        links.push(link(
            "contacts",
            site.words.get("page.contacts"),
            "contacts/index.html",
        ));
    }
    links.push(link(
        "search",
        site.words.get("page.search"),
        "search/index.html",
    ));
    links
}

pub(crate) fn centers(site: Site<'_>, offices: bool) -> Vec<LinkView> {
    let centers = links::center_ids(site, offices);
    centers.map(|id| links::center(site, id)).collect()
}

pub(crate) fn free_pages(site: Site<'_>) -> Vec<LinkView> {
    let documents = site.portal.documents.iter_enumerated();
    let pages = documents.filter(|(_, document)| document.kind == Kind::Page);
    let mut links: Vec<LinkView> = pages
        .map(|(id, document)| {
            let address = site.portal.addresses.of(id);
            links::link(site, &document.common.title, address, 0)
        })
        .collect();
    links.sort_by(|a, b| a.title.cmp(&b.title));
    links
}
