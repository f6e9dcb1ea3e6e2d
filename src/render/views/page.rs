//! What every page sees.

use super::LinkView;
use serde::Serialize;

/// What every page has.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The title without the portal's name.
    pub title: String,
    /// One or two sentences for search engines; may be empty.
    pub description: String,
    /// The way back to the site's root: ``, `../`, `../../`; an absolute path on the page for errors.
    pub root: String,
    /// The absolute address; empty without `base_url`.
    pub canonical: String,
    /// The feeds that fit the page, the closest first; empty without `base_url`.
    pub feeds: Vec<FeedView>,
    /// The part of the site: `home`, `search`, `contacts`, `hts`, `changes`, `trends`, a kind's folder, a Center's slug or empty.
    pub section: String,
    /// The pages above this one, the portal's first page first; empty on that.
    pub breadcrumbs: Vec<LinkView>,
    /// What the page is for Open Graph: `website` or `article`.
    pub og_type: &'static str,
    /// When what it shows came out: `2018-11-05`, `2018-11`, `2018`; empty where unknown or nothing did.
    pub published: String,
    /// The day of its last public change note or change of status; may be empty.
    pub modified: String,
    /// A JSON-LD document, safe within a script element; empty without `base_url`.
    pub json_ld: String,
    /// Where an editor changes the page's file; empty without `page_links` or a file.
    pub edit_url: String,
    /// Where a reader says what is wrong with the page; empty without `page_links`.
    pub report_url: String,
}

/// What a feed reader can subscribe to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedView {
    /// What it has.
    pub title: String,
    /// The Atom feed, relative to the root.
    pub atom: String,
    /// The JSON Feed, relative to the root.
    pub json: String,
}

/// A part of the site that every page leads to.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationLinkView {
    /// What `page.section` is there.
    pub id: String,
    /// As a reader sees it.
    pub title: String,
    /// Relative to the root.
    pub url: String,
}

/// The ways that every page offers.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationView {
    /// The portal's first page.
    pub home: String,
    /// The search page, which takes a question as `?q=`.
    pub search: String,
    /// The parts of the site: lists by kind, the tariff, changes, trends, contacts, search.
    pub main: Vec<NavigationLinkView>,
    /// The Centers of industries; `count` is 0 here and below.
    pub centers: Vec<LinkView>,
    /// The offices beside them.
    pub offices: Vec<LinkView>,
    /// Free pages, by title.
    pub pages: Vec<LinkView>,
    /// The page with a link to every part.
    pub site_map: String,
    /// The description for browsers' search boxes; empty without `base_url`.
    pub opensearch: String,
}
