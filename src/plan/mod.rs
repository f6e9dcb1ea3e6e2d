//! Which files the site has, as a sorted list of jobs.
//!
//! In: the portal. Out: jobs that name what they show, without making it.

use crate::config::Config;
use crate::document::Kind;
use crate::files::{InvalidSitePath, SitePath};
use crate::portal::{
    CenterId, ChangeListId, DataForm, DirectoryPage, DocId, LIST_TABLE, ListId, Portal, REVISIONS,
    Taxonomy, Topic, beside, data_address,
};
use crate::theme::Theme;
use camino::Utf8PathBuf;

/// One file of the site to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Where it will be.
    pub path: SitePath,
    /// What it is made of.
    pub what: What,
}

/// What a file is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The portal's first page.
    Home,
    /// A Center's page.
    Center(CenterId),
    /// A document's page.
    Document(DocId),
    /// A document as JSON.
    Record(DocId),
    /// A document's text.
    Text(DocId),
    /// A page of a list, from 1.
    Listing {
        /// Which list.
        listing: ListId,
        /// From 1.
        page: usize,
    },
    /// All documents of a list, as a table.
    ListTable(ListId),
    /// The terms of a taxonomy.
    Terms(Taxonomy),
    /// The tariff's first page.
    Tariff,
    /// A page of what changed, from 1.
    Changes {
        /// Which list.
        list: ChangeListId,
        /// From 1.
        page: usize,
    },
    /// What the documents of a Center, or of the portal, add up to.
    Trends(Option<CenterId>),
    /// The numbers of a topic of that page.
    TrendData {
        /// The Center, or the portal.
        center: Option<CenterId>,
        /// Which numbers.
        topic: Topic,
        /// How they are written.
        form: DataForm,
    },
    /// Offices, ports, programs and agencies.
    Directory(DirectoryPage),
    /// The search page.
    Search,
    /// A file of the search client.
    ClientFile(String),
    /// The page with a link to every part.
    SiteMap,
    /// The page for addresses that are not there.
    NotFound,
    /// What a feed reader subscribes to.
    Feed(Feed, FeedFormat),
    /// The description for browsers' search boxes.
    OpenSearch,
    /// A list of pages for search engines.
    Sitemap(Vec<Listed>),
    /// The list of so many such lists.
    SitemapIndex(usize),
    /// What robots may read.
    Robots,
    /// A page at an old address that leads to a document.
    Redirect(DocId),
    /// A page at the address that another page of the portal had before.
    Moved(String),
    /// What is published, for the next run to compare with.
    Revisions,
    /// A file of the theme.
    ThemeFile(String),
    /// A file of the content tree.
    Copy(Utf8PathBuf),
}

/// A page that the sitemap lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A document's page.
    Document(DocId),
    /// Any other page.
    Page(SitePath),
}

/// What a feed has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// The newest documents of the portal, or of a Center.
    Newest(Option<CenterId>),
    /// The documents of a list.
    Listing(ListId),
    /// The changes of status of a list.
    Changes(ChangeListId),
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Atom, Self::Json];

    /// The name of the file in the folder of what it follows.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Json => "feed.json",
        }
    }
}

impl Feed {
    /// The folder of its files, with a trailing slash, or nothing.
    #[must_use]
    pub fn folder(self, portal: &Portal) -> String {
        match self {
            Self::Newest(None) => String::new(),
            Self::Newest(Some(at)) => format!("{}/", portal.centers[at].slug()),
            Self::Listing(at) => portal.folder_of(&portal.listings[at]),
            Self::Changes(at) => portal.changes_folder(&portal.changes[at]),
        }
    }
}

/// Gathers jobs.
struct Jobs(Vec<Job>);

impl Jobs {
    fn add(&mut self, path: String, what: What) -> Result<(), InvalidSitePath> {
        self.0.push(Job {
            path: SitePath::try_from(path)?,
            what,
        });
        Ok(())
    }

    /// The pages of a list of so many entries.
    fn pages(
        &mut self,
        folder: &str,
        entries: usize,
        config: &Config,
        what: impl Fn(usize) -> What,
    ) -> Result<(), InvalidSitePath> {
        for page in 1..=pages(entries, config) {
            self.add(listing_page(folder, page), what(page))?;
        }
        Ok(())
    }
}

/// Lists every file of the site, sorted by path.
///
/// # Errors
/// When an address cannot be a path; the document stage lets none through.
pub fn plan(portal: &Portal, theme: &Theme, config: &Config) -> Result<Vec<Job>, InvalidSitePath> {
    let mut jobs = Jobs(Vec::with_capacity(portal.documents.len() * 4));
    for (path, what) in [
        ("index.html", What::Home),
        ("404.html", What::NotFound),
        ("robots.txt", What::Robots),
        ("search/index.html", What::Search),
        ("site-map/index.html", What::SiteMap),
        (REVISIONS, What::Revisions),
    ] {
        jobs.add(path.to_owned(), what)?;
    }
    for name in theme.client.keys() {
        let what = What::ClientFile(name.clone());
        jobs.add(format!("search/client/{name}"), what)?;
    }
    for (earlier, current) in portal.moved_pages() {
        jobs.add(earlier, What::Moved(current.to_owned()))?;
    }
    for (address, page) in DirectoryPage::all(&portal.tables, &portal.centers) {
        jobs.add(address, What::Directory(page))?;
    }
    for (at, center) in portal.centers.iter_enumerated() {
        jobs.add(format!("{}/index.html", center.slug()), What::Center(at))?;
    }
    documents(&mut jobs, portal, config)?;
    lists(&mut jobs, portal, config)?;
    trends(&mut jobs, portal)?;
    if config.base_url.is_some() {
        subscriptions(&mut jobs, portal)?;
        sitemap(&mut jobs)?;
    }
    for name in theme.statics.keys() {
        jobs.add(format!("assets/{name}"), What::ThemeFile(name.clone()))?;
    }
    for (source, address) in &portal.addresses.files {
        jobs.add(address.clone(), What::Copy(source.clone()))?;
    }
    jobs.0.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(jobs.0)
}

fn documents(jobs: &mut Jobs, portal: &Portal, config: &Config) -> Result<(), InvalidSitePath> {
    for (id, address) in portal.addresses.documents.iter_enumerated() {
        jobs.add(address.clone(), What::Document(id))?;
        if has_record(portal, config, id) {
            jobs.add(beside(address, "json"), What::Record(id))?;
        }
        if has_text(portal, config, id) {
            jobs.add(beside(address, "txt"), What::Text(id))?;
        }
    }
    for (address, id) in &portal.addresses.redirects {
        jobs.add(address.clone(), What::Redirect(*id))?;
    }
    Ok(())
}

/// Whether a document stands as JSON beside its page; free pages do not.
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

fn lists(jobs: &mut Jobs, portal: &Portal, config: &Config) -> Result<(), InvalidSitePath> {
    for (at, listing) in portal.listings.iter_enumerated() {
        let folder = portal.folder_of(listing);
        jobs.pages(&folder, listing.documents.len(), config, |page| {
            What::Listing { listing: at, page }
        })?;
        if listing.has_table() {
            jobs.add(folder + LIST_TABLE, What::ListTable(at))?;
        }
    }
    for (at, list) in portal.changes.iter_enumerated() {
        let folder = portal.changes_folder(list);
        jobs.pages(&folder, list.events.len(), config, |page| What::Changes {
            list: at,
            page,
        })?;
    }
    for taxonomy in [Taxonomy::Category, Taxonomy::Origin] {
        if portal.terms(None, taxonomy).next().is_some() {
            let what = What::Terms(taxonomy);
            jobs.add(format!("{}/index.html", taxonomy.folder()), what)?;
        }
    }
    if portal.has_tariff() {
        jobs.add("hts/index.html".to_owned(), What::Tariff)?;
    }
    Ok(())
}

fn trends(jobs: &mut Jobs, portal: &Portal) -> Result<(), InvalidSitePath> {
    for center in portal.scopes() {
        let folder = portal.trends_folder(center);
        jobs.add(format!("{folder}index.html"), What::Trends(center))?;
        for topic in portal.topics(center) {
            for form in DataForm::ALL {
                let what = What::TrendData {
                    center,
                    topic,
                    form,
                };
                jobs.add(data_address(&folder, topic, form), what)?;
            }
        }
    }
    Ok(())
}

/// What only makes sense with absolute addresses.
fn subscriptions(jobs: &mut Jobs, portal: &Portal) -> Result<(), InvalidSitePath> {
    for feed in feeds(portal) {
        for format in FeedFormat::ALL {
            let path = feed.folder(portal) + format.file();
            jobs.add(path, What::Feed(feed, format))?;
        }
    }
    jobs.add("opensearch.xml".to_owned(), What::OpenSearch)
}

/// The pages of all jobs so far, in one list, or in several and a list of these.
fn sitemap(jobs: &mut Jobs) -> Result<(), InvalidSitePath> {
    let listed: Vec<Listed> = jobs.0.iter().filter_map(listed).collect();
    if listed.len() <= SITEMAP_PAGES {
        return jobs.add(SITEMAP.to_owned(), What::Sitemap(listed));
    }
    let parts = listed.chunks(SITEMAP_PAGES);
    jobs.add(SITEMAP.to_owned(), What::SitemapIndex(parts.len()))?;
    for (part, pages) in parts.enumerate() {
        jobs.add(sitemap_part(part), What::Sitemap(pages.to_vec()))?;
    }
    Ok(())
}

/// What the sitemap says of a job: of a list only its first page, for each document stands there by itself.
fn listed(job: &Job) -> Option<Listed> {
    match &job.what {
        What::Document(id) => Some(Listed::Document(*id)),
        What::Directory(page) if !page.is_page() => None,
        What::Home
        | What::Center(_)
        | What::Listing { page: 1, .. }
        | What::Changes { page: 1, .. }
        | What::Terms(_)
        | What::Tariff
        | What::Trends(_)
        | What::Directory(_)
        | What::SiteMap => Some(Listed::Page(job.path.clone())),
        _ => None,
    }
}

/// Every feed: of the portal, each Center, kind and chapter, and of changes of status.
fn feeds(portal: &Portal) -> impl Iterator<Item = Feed> {
    let centers = portal.centers.ids().map(Some);
    let newest = [None].into_iter().chain(centers).map(Feed::Newest);
    let lists = portal
        .listings
        .ids()
        .filter(|at| portal.listings[*at].has_feed());
    let changes = portal.changes.ids().map(Feed::Changes);
    newest.chain(lists.map(Feed::Listing)).chain(changes)
}

/// The address of the sitemap.
const SITEMAP: &str = "sitemap.xml";

/// Pages that one part of the sitemap lists; the protocol allows 50,000.
const SITEMAP_PAGES: usize = 45_000;

/// The address of a part of the sitemap, from 0.
#[must_use]
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// How many pages a list of so many entries has.
#[must_use]
pub fn pages(entries: usize, config: &Config) -> usize {
    entries.div_ceil(config.page_size.get()).max(1)
}

/// The address of a page of a list; `folder` ends with a slash.
#[must_use]
pub fn listing_page(folder: &str, page: usize) -> String {
    if page == 1 {
        format!("{folder}index.html")
    } else {
        format!("{folder}page-{page}.html")
    }
}
