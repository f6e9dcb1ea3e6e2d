//! The links that every page offers.

use crate::document::Kind;
use crate::portal::{DirectoryPage, Subject};
use crate::render::parts::links::LinkView;
use crate::render::parts::{links, names};
use crate::render::site::Site;
use crate::sitemap::Page;
use serde::Serialize;

/// The ways that every page offers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NavigationView {
    /// The portal's first page.
    pub(crate) home: String,
    /// The search page, which takes a question as `?q=`.
    pub(crate) search: String,
    /// How to search, with examples.
    pub(crate) search_help: String,
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
    /// The list of pages for search engines; absent without `base_url`.
    pub(crate) sitemap: Option<String>,
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
        home: site.page(&Page::Home),
        search: site.page(&Page::Search),
        search_help: site.page(&Page::SearchHelp),
        main: main_links(site),
        centers: centers(site, false),
        offices: centers(site, true),
        pages: free_pages(site),
        site_map: site.page(&Page::SiteMap),
        opensearch: site.map.address(&Page::OpenSearch, site.portal),
        sitemap: site.map.address(&Page::SitemapIndex(0), site.portal),
    }
}

pub(crate) fn main_links(site: Site<'_>) -> Vec<NavigationLinkView> {
    let link = |id: &str, title: &str, page: Page| NavigationLinkView {
        id: id.to_owned(),
        title: title.to_owned(),
        url: site.page(&page),
    };
    let portal = site.portal;
    let kinds = site.kinds();
    let shown = kinds.listed().filter(|kind| kinds.of(*kind).in_navigation);
    let lists = shown.filter_map(|kind| {
        let listing = portal.listing(None, &Subject::Kind(kind, None))?;
        let page = Page::Listing { listing, page: 1 };
        Some(link(
            kinds.folder(kind),
            &names::kind_heading(site, kind),
            page,
        ))
    });
    let list = portal.changes_at(None);
    let parts = [
        ("hts", portal.has_tariff(), Page::Tariff),
        ("changes", true, Page::Changes { list, page: 1 }),
        ("trends", true, Page::Trends(None)),
        (
            "contacts",
            portal.tables.contacts.is_some(),
            Page::Directory(DirectoryPage::Contacts),
        ),
        ("search", true, Page::Search),
    ];
    let parts = parts.into_iter().filter(|(_, is_there, _)| *is_there);
    let parts = parts.map(|(id, _, page)| {
        let word = if id == "hts" { "tariff" } else { id };
        link(id, site.words.get(&format!("page.{word}")), page)
    });
    lists.chain(parts).collect()
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
