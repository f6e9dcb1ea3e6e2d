//! Which files the site has, as a sorted list of jobs.
//!
//! In: the portal. Out: jobs that name what they show, without making it.

use crate::config::Config;
use crate::files::{InvalidSitePath, SitePath};
use crate::portal::{DirectoryPage, DocId, Portal, REVISIONS};
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
    /// The page of the Center at this place.
    Center(usize),
    /// A document's page.
    Document(DocId),
    /// A page of the listing at this place, from 1.
    Listing {
        /// The place in [`Portal::listings`].
        listing: usize,
        /// From 1.
        page: usize,
    },
    /// Offices, ports, programmes and agencies.
    Directory(DirectoryPage),
    /// The search page.
    Search,
    /// A file of the search client.
    ClientFile(String),
    /// The page for addresses that are not there.
    NotFound,
    /// The newest documents of the portal, or of the Center at this place.
    Feed(Option<usize>),
    /// The list of every page, or the list of its parts.
    Sitemap,
    /// A part of the sitemap, from 0.
    SitemapPart(usize),
    /// What robots may read.
    Robots,
    /// A page at an old address that leads to a document.
    Redirect(DocId),
    /// What is published, for the next run to compare with.
    Revisions,
    /// A file of the theme.
    ThemeFile(String),
    /// A file of the content tree.
    Copy(Utf8PathBuf),
}

/// Lists every file of the site, sorted by path.
///
/// # Errors
/// When an address cannot be a path; the document stage lets none through.
pub fn plan(portal: &Portal, theme: &Theme, config: &Config) -> Result<Vec<Job>, InvalidSitePath> {
    let mut jobs = Vec::with_capacity(portal.documents.len() * 2);
    let mut add = |path: String, what: What| -> Result<(), InvalidSitePath> {
        jobs.push(Job {
            path: SitePath::try_from(path)?,
            what,
        });
        Ok(())
    };
    add("index.html".to_owned(), What::Home)?;
    add("404.html".to_owned(), What::NotFound)?;
    add("robots.txt".to_owned(), What::Robots)?;
    add("search/index.html".to_owned(), What::Search)?;
    for name in theme.client.keys() {
        add(
            format!("search/client/{name}"),
            What::ClientFile(name.clone()),
        )?;
    }
    for (address, page) in portal.directory.pages(&portal.centers) {
        add(address, What::Directory(page))?;
    }
    if config.base_url.is_some() {
        add("feed.xml".to_owned(), What::Feed(None))?;
        add("sitemap.xml".to_owned(), What::Sitemap)?;
        let parts = sitemap_parts(portal);
        for part in 0..if parts > 1 { parts } else { 0 } {
            add(sitemap_part(part), What::SitemapPart(part))?;
        }
    }
    for (at, center) in portal.centers.iter().enumerate() {
        add(format!("{}/index.html", center.slug()), What::Center(at))?;
        if config.base_url.is_some() {
            add(format!("{}/feed.xml", center.slug()), What::Feed(Some(at)))?;
        }
    }
    for (at, address) in portal.addresses.documents.iter().enumerate() {
        add(address.clone(), What::Document(crate::portal::doc_id(at)))?;
    }
    for (address, id) in &portal.addresses.redirects {
        add(address.clone(), What::Redirect(*id))?;
    }
    add(REVISIONS.to_owned(), What::Revisions)?;
    for (at, listing) in portal.listings.iter().enumerate() {
        let folder = portal.folder_of(listing);
        let pages = listing
            .documents
            .len()
            .div_ceil(config.page_size.get())
            .max(1);
        for page in 1..=pages {
            add(
                listing_page(&folder, page),
                What::Listing { listing: at, page },
            )?;
        }
    }
    for name in theme.statics.keys() {
        add(format!("assets/{name}"), What::ThemeFile(name.clone()))?;
    }
    for (source, address) in &portal.addresses.files {
        add(address.clone(), What::Copy(source.clone()))?;
    }
    jobs.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(jobs)
}

/// Pages that one part of the sitemap lists; the protocol allows 50,000.
pub const SITEMAP_PAGES: usize = 45_000;

/// How many parts the sitemap has; one stands in `sitemap.xml` itself.
#[must_use]
pub fn sitemap_parts(portal: &Portal) -> usize {
    let directory = portal.directory.pages(&portal.centers).into_iter();
    let directory = directory.filter(|(_, page)| page.is_page()).count();
    let pages =
        1 + portal.centers.len() + portal.listings.len() + portal.documents.len() + directory;
    pages.div_ceil(SITEMAP_PAGES)
}

/// The address of a part of the sitemap, from 0.
#[must_use]
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
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
