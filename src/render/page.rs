//! What every page has besides its own content: title, path to the root, breadcrumbs, feeds, data for search engines.

use super::body::Body;
use super::variables::{Prepared, Variables};
use crate::addresses;
use crate::config::Config;
use crate::document::Document;
use crate::files::SitePath;
use crate::render::parts::links;
use crate::render::parts::links::LinkView;
use crate::render::site::Site;
use crate::render::{feeds, json_ld};
use crate::sitemap::{self, Feed, FeedFormat};
use serde::Serialize;
use serde_json::Value;

/// A page to make.
#[derive(Debug, Default)]
pub(crate) struct Page<'a> {
    /// Without the portal's name.
    pub(crate) title: String,
    /// For search engines.
    pub(crate) description: Option<String>,
    /// The part of the site; empty for files that belong to none.
    pub(crate) section: String,
    /// The pages above it, except the home page.
    pub(crate) above: Vec<LinkView>,
    /// The feeds that fit it, the closest first.
    pub(crate) feeds: Vec<Feed>,
    /// What it describes.
    pub(crate) data: Option<Value>,
    /// The document whose body it shows.
    pub(crate) document: Option<&'a Document>,
    /// When its document was published and last changed; `None` for pages that are no document.
    pub(crate) dates: Option<Dates>,
    /// What its template sees besides.
    pub(crate) variables: Variables,
}

/// When a document was published, and when it last changed.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
}

impl Page<'_> {
    /// A page with a title in a section of the site.
    pub(crate) fn new(title: &str, section: &str) -> Self {
        Self {
            title: title.to_owned(),
            section: section.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a variable of the template.
    pub(crate) fn with<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.variables.insert(name, value);
        self
    }

    /// Gets the page ready.
    pub(crate) fn prepare(
        self,
        site: Site<'_>,
        template: &'static str,
        path: &SitePath,
    ) -> Prepared {
        let canonical = site.canonical(path.as_str());
        let breadcrumbs: Vec<LinkView> = if self.section == "home" || self.section.is_empty() {
            Vec::new()
        } else {
            let home = links::to(site, site.words.get("page.home"), &sitemap::Page::Home);
            [home].into_iter().chain(self.above).collect()
        };
        let json_ld = canonical.as_ref().and_then(|canonical| {
            json_ld::script(site, self.data, &breadcrumbs, &self.title, canonical)
        });
        let is_article = self.dates.is_some();
        let dates = self.dates.unwrap_or_default();
        let page_links = &site.config.page_links;
        let edit_url = self
            .document
            .and_then(|document| page_links.edit(document.path.as_str()));
        let address = canonical.as_deref().unwrap_or(path.as_str());
        let report_url = page_links.report(&self.title, address);
        let feeds = self.feeds.into_iter();
        let view = PageView {
            title: self.title,
            description: self.description,
            root: root(path, site.config),
            canonical,
            feeds: feeds.filter_map(|feed| feed_view(site, feed)).collect(),
            section: self.section,
            breadcrumbs,
            og_type: if is_article { "article" } else { "website" },
            published: dates.published,
            modified: dates.modified,
            json_ld,
            edit_url,
            report_url,
        };
        let mut variables = self.variables;
        variables.insert("page", &view);
        if let Some(document) = self.document {
            variables.insert("heading_count", &document.facts.headings.len());
        }
        let body = self.document;
        Prepared {
            template,
            variables,
            body: body.map(|document| Body::new(site, document, path.as_str())),
        }
    }
}

/// The path to the root. The error page can be shown at any address, so its path is absolute.
fn root(path: &SitePath, config: &Config) -> String {
    if path.as_str() == addresses::NOT_FOUND {
        config.base_path().to_owned()
    } else {
        "../".repeat(path.depth())
    }
}

fn feed_view(site: Site<'_>, feed: Feed) -> Option<FeedView> {
    let url = |format| {
        site.map
            .address(&sitemap::Page::Feed(feed, format), site.portal)
    };
    Some(FeedView {
        title: feeds::title(site, feed),
        atom: url(FeedFormat::Atom)?,
        json: url(FeedFormat::Json)?,
    })
}

/// What every page has.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PageView {
    /// The title without the portal's name.
    pub(crate) title: String,
    /// One or two sentences for search engines.
    pub(crate) description: Option<String>,
    /// The path to the site's root: ``, `../`, `../../`; an absolute path on the page for errors.
    pub(crate) root: String,
    /// The absolute address; absent without `base_url`.
    pub(crate) canonical: Option<String>,
    /// The feeds that fit the page, the closest first; empty without `base_url`.
    pub(crate) feeds: Vec<FeedView>,
    /// The part of the site: `home`, `centers`, `help`, `search`, `contacts`, `hts`, `changes`, `trends`, a kind's folder, a Center's slug or empty.
    pub(crate) section: String,
    /// The pages above this one, the home page first; empty on that.
    pub(crate) breadcrumbs: Vec<LinkView>,
    /// What the page is for Open Graph: `website` or `article`.
    pub(crate) og_type: &'static str,
    /// When its document was published: `2018-11-05`, `2018-11`, `2018`; absent where unknown, and on other pages.
    pub(crate) published: Option<String>,
    /// The day of its last public change note or change of status.
    pub(crate) modified: Option<String>,
    /// A JSON-LD document, safe within a script element; absent without `base_url`.
    pub(crate) json_ld: Option<String>,
    /// Where an editor changes the page's file; absent without `page_links` or a file.
    pub(crate) edit_url: Option<String>,
    /// Where a reader reports a problem with the page; absent without `page_links`.
    pub(crate) report_url: Option<String>,
}

/// What a feed reader can subscribe to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FeedView {
    /// What it has.
    pub(crate) title: String,
    /// The Atom feed, relative to the root.
    pub(crate) atom: String,
    /// The JSON Feed, relative to the root.
    pub(crate) json: String,
}
