//! Every address of the site: what is there, its anchors and its media type; and the links that lead to them.
//!
//! In: the portal, the theme, the settings. Out: a sorted [`SiteMap`], from which pages are made and against which links
//! are checked. Makes no page and reads no file.

mod anchors;
mod broken_links;
mod collisions;
mod link_guesses;
mod links;
mod page;

pub use anchors::Anchors;
pub use broken_links::check as check_links;
pub use links::{LinkBase, Resolved, base as link_base, resolve};
pub use page::{
    Feed, FeedFormat, Listed, Page, list_folder, page_of_list, problem_page, role_card,
    sitemap_part,
};

use crate::addresses;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Kind;
use crate::files::{InvalidSitePath, SitePath, media_type};
use crate::portal::{DataForm, DirectoryPage, DocId, Place, Portal, Taxonomy, has_card};
use crate::theme::{Sections, Theme};
use rayon::prelude::*;

/// Pages that one part of the sitemap lists; the protocol allows 50,000.
const SITEMAP_PAGES: usize = 45_000;

/// An address of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The address.
    pub path: SitePath,
    /// What is there.
    pub page: Page,
}

impl Entry {
    /// The type that hosts serve it as.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.page {
            Page::Feed(_, FeedFormat::Atom) => "application/atom+xml",
            Page::Feed(_, FeedFormat::Json) => "application/feed+json",
            Page::OpenSearch => "application/opensearchdescription+xml",
            _ => media_type(self.path.as_str()),
        }
    }
}

/// Every address of the site but those of the search index, which has the folder `search/` to itself.
#[derive(Debug, Clone, Default)]
pub struct SiteMap {
    /// Sorted by address.
    entries: Vec<Entry>,
    /// Addresses that are made only where the settings have a `base_url`, sorted.
    without_base_url: Vec<SitePath>,
    /// The sections of pages.
    sections: Sections,
}

impl SiteMap {
    /// Lists every address; with the files of the content tree that are in the way of others.
    ///
    /// Without a theme, because something is wrong with it, its files are left out.
    ///
    /// # Errors
    /// When an address cannot be a path; the document stage lets none through.
    pub fn new(
        portal: &Portal,
        theme: Option<&Theme>,
        config: &Config,
    ) -> Result<(Self, Vec<Diagnostic>), InvalidSitePath> {
        let mut pages = single(portal, theme);
        documents(&mut pages, portal, config);
        lists(&mut pages, portal, config);
        trends(&mut pages, portal);
        let mut entries = entries(pages, portal)?;
        let listed = entries.iter().filter_map(listed).collect();
        let mut others = moved(&entries, portal);
        others.extend(feeds(portal));
        others.extend(sitemaps(listed));
        entries.extend(self::entries(others, portal)?);
        let mut map = Self {
            entries,
            without_base_url: Vec::new(),
            sections: theme
                .map(|theme| theme.sections.clone())
                .unwrap_or_default(),
        };
        map.entries.par_sort_by(|a, b| a.path.cmp(&b.path));
        // What the settings leave out today may be made tomorrow: nothing else takes its address.
        let problems = collisions::find(&map, portal);
        if config.base_url.is_none() {
            let entries = std::mem::take(&mut map.entries).into_iter();
            let (without, made): (Vec<_>, _) =
                entries.partition(|entry| entry.page.needs_base_url());
            map.entries = made;
            map.without_base_url = without.into_iter().map(|entry| entry.path).collect();
        }
        Ok((map, problems))
    }

    /// The addresses in their order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is at an address.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<&Entry> {
        self.place(address).map(|at| &self.entries[at])
    }

    fn place(&self, address: &str) -> Option<usize> {
        self.entries
            .binary_search_by(|entry| entry.path.as_str().cmp(address))
            .ok()
    }

    /// Whether a link leads to what is made only with a `base_url`.
    fn needs_base_url(&self, target: &str) -> bool {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let address = path.trim_start_matches('/');
        let known = &self.without_base_url;
        known
            .binary_search_by(|path| path.as_str().cmp(address))
            .is_ok()
    }

    /// The address of a page, where it is made.
    #[must_use]
    pub fn address(&self, page: &Page, portal: &Portal) -> Option<String> {
        let address = page.address(portal);
        self.at(&address).map(|_| address)
    }
}

/// Pages and files that there is one of, and those of the theme and the directory.
fn single(portal: &Portal, theme: Option<&Theme>) -> Vec<Page> {
    let mut pages = vec![
        Page::Home,
        Page::Centers,
        Page::CentersData,
        Page::NotFound,
        Page::Robots,
        Page::Search,
        Page::SearchHelp,
        Page::SiteMap,
        Page::Revisions,
    ];
    if let Some(theme) = theme {
        pages.extend(theme.assets.keys().cloned().map(Page::ThemeFile));
    }
    let directory = &portal.tables;
    let mut add = |page| pages.push(Page::Directory(page));
    if let Some(contacts) = &directory.contacts {
        add(DirectoryPage::Contacts);
        add(DirectoryPage::ContactsData);
        contacts
            .problems
            .ids()
            .map(DirectoryPage::Problem)
            .for_each(&mut add);
        contacts
            .roles
            .iter_enumerated()
            .filter(|(_, role)| has_card(contacts, role))
            .for_each(|(id, _)| add(DirectoryPage::RoleCard(id)));
    }
    portal
        .centers
        .ids()
        .filter(|id| portal.center_has_card(*id))
        .map(DirectoryPage::CenterCard)
        .for_each(&mut add);
    portal
        .offices
        .ports
        .ids()
        .map(DirectoryPage::Port)
        .for_each(&mut add);
    let desks = portal.offices.desks.iter_enumerated();
    desks
        .filter(|(_, desk)| desk.office.is_reachable())
        .for_each(|(id, _)| add(DirectoryPage::DeskCard(id)));
    if directory.ports.is_some() {
        add(DirectoryPage::Ports);
    }
    if directory.programs.is_some() {
        add(DirectoryPage::Programs);
    }
    if directory.agencies.is_some() {
        add(DirectoryPage::Agencies);
    }
    pages
}

/// What comes from the content tree: Centers, documents in every format, redirects, files.
fn documents(pages: &mut Vec<Page>, portal: &Portal, config: &Config) {
    pages.extend(portal.centers.ids().map(Page::Center));
    for id in portal.documents.ids() {
        pages.push(Page::Document(id));
        if has_record(portal, config, id) {
            pages.push(Page::Record(id));
        }
        if has_text(portal, config, id) {
            pages.push(Page::Text(id));
        }
    }
    let redirects = portal.addresses.redirects.iter();
    pages.extend(redirects.map(|(from, to)| Page::Redirect {
        from: from.clone(),
        to: *to,
    }));
    let files = portal.addresses.files.iter();
    pages.extend(files.map(|(source, address)| Page::Copy {
        source: source.clone(),
        address: address.clone(),
    }));
}

/// Whether a document is published as JSON beside its page; free pages are not.
#[must_use]
pub fn has_record(portal: &Portal, config: &Config, id: DocId) -> bool {
    config.document_json && portal.document(id).kind != Kind::Page
}

/// Whether a document's text is published beside its page.
#[must_use]
pub fn has_text(portal: &Portal, config: &Config, id: DocId) -> bool {
    let document = portal.document(id);
    config.document_text && document.kind != Kind::Page && !document.facts.is_empty
}

fn lists(pages: &mut Vec<Page>, portal: &Portal, config: &Config) {
    for (at, listing) in portal.listings.iter_enumerated() {
        let count = page_count(listing.documents.len(), config);
        pages.extend((1..=count).map(|page| Page::Listing { listing: at, page }));
        if listing.has_table() {
            pages.push(Page::ListTable(at));
        }
        if listing.has_filter(config.page_size) {
            pages.push(Page::ListData(at));
        }
    }
    for (at, list) in portal.changes.iter_enumerated() {
        let count = page_count(list.events.len(), config);
        pages.extend((1..=count).map(|page| Page::Changes { list: at, page }));
    }
    for taxonomy in [Taxonomy::Category, Taxonomy::Origin] {
        if portal.terms(None, taxonomy).next().is_some() {
            pages.push(Page::Terms(taxonomy));
        }
    }
    if portal.has_tariff() {
        pages.push(Page::Tariff);
    }
}

fn trends(pages: &mut Vec<Page>, portal: &Portal) {
    for center in portal.scopes() {
        pages.push(Page::Trends(center));
        for topic in portal.topics(center) {
            pages.extend(DataForm::ALL.map(|form| Page::TrendData {
                center,
                topic,
                form,
            }));
        }
    }
}

/// Every feed: of the portal, each Center, kind and chapter, and of status changes; and the description of search.
fn feeds(portal: &Portal) -> impl Iterator<Item = Page> {
    let centers = portal.centers.ids().map(Some);
    let newest = [None].into_iter().chain(centers).map(Feed::Newest);
    let lists = portal
        .listings
        .ids()
        .filter(|at| portal.listings[*at].has_feed());
    let changes = portal.changes.ids().map(Feed::Changes);
    let feeds = newest.chain(lists.map(Feed::Listing)).chain(changes);
    feeds
        .flat_map(|feed| FeedFormat::ALL.map(|format| Page::Feed(feed, format)))
        .chain([Page::OpenSearch])
}

/// The sitemap of so many pages: one list, or several and a list of these.
fn sitemaps(listed: Vec<Listed>) -> Vec<Page> {
    if listed.len() <= SITEMAP_PAGES {
        let pages = listed;
        return vec![Page::Sitemap { part: None, pages }];
    }
    let parts = listed.chunks(SITEMAP_PAGES).enumerate();
    let parts = parts.map(|(at, pages)| Page::Sitemap {
        part: Some(at + 1),
        pages: pages.to_vec(),
    });
    let mut parts: Vec<Page> = parts.collect();
    parts.push(Page::SitemapIndex(parts.len()));
    parts
}

/// Writes the address of each page, which is most of the work.
fn entries(pages: Vec<Page>, portal: &Portal) -> Result<Vec<Entry>, InvalidSitePath> {
    let entries = pages.into_par_iter().map(|page| {
        let path = SitePath::try_from(page.address(portal))?;
        Ok(Entry { path, page })
    });
    entries.collect()
}

/// What the sitemap says of a page: of a list only its first page, for each document is listed by itself.
fn listed(entry: &Entry) -> Option<Listed> {
    match &entry.page {
        Page::Document(id) => Some(Listed::Document(*id)),
        Page::Directory(page) if !page.is_page() => None,
        Page::Home
        | Page::Centers
        | Page::Center(_)
        | Page::Listing { page: 1, .. }
        | Page::Changes { page: 1, .. }
        | Page::Terms(_)
        | Page::Tariff
        | Page::Trends(_)
        | Page::Directory(_)
        | Page::SearchHelp
        | Page::SiteMap => Some(Listed::Page(entry.path.clone())),
        _ => None,
    }
}

/// Redirects from the addresses that pages had before.
fn moved(entries: &[Entry], portal: &Portal) -> Vec<Page> {
    let moved = entries.par_iter().filter_map(|entry| {
        let to = entry.path.as_str();
        let from = addresses::earlier(to)?;
        entry.page.template(portal)?;
        let to = to.to_owned();
        Some(Page::Moved { from, to })
    });
    moved.collect()
}

/// How many pages a list of so many entries has.
#[must_use]
pub fn page_count(entries: usize, config: &Config) -> usize {
    entries.div_ceil(config.page_size.get()).max(1)
}

/// Whether a document that cannot be published as it is would be at an address.
fn is_expected(portal: &Portal, address: &str) -> bool {
    portal.addresses.at(address) == Some(Place::Unreadable)
}
