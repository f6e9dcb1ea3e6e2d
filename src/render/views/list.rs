//! What lists see: of a kind, of a term, of changes.

use super::{ItemView, LinkView, RulingLinkView};
use serde::Serialize;

/// A document that readers should not miss.
#[derive(Debug, Clone, Serialize)]
pub struct AlertView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What to do, or what it says in short; may be empty.
    pub text: String,
    /// When it came out.
    pub date: String,
}

/// A kind of document at a Center or in the portal.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// `Rulings`, …
    pub title: String,
    /// Its anchor: `rulings`, …
    pub id: String,
    /// The list of all of them.
    pub url: String,
    /// How many there are.
    pub count: usize,
    /// The newest.
    pub items: Vec<ItemView>,
    /// Lists by year.
    pub years: Vec<LinkView>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListingView {
    /// Its heading.
    pub title: String,
    /// What it lists: `kind`, `category`, `chapter`, `heading`, `origin`, `program` or `agency`.
    pub subject: &'static str,
    /// The Center's page; `None` across all.
    pub center: Option<LinkView>,
    /// How many documents the whole list has.
    pub count: usize,
    /// All of them as a CSV file; empty where there is none.
    pub table: String,
    /// Those of this page.
    pub items: Vec<ItemView>,
    /// Lists by year; only for a kind and every year.
    pub years: Vec<LinkView>,
    /// The same list of each Center that has one; only across all Centers.
    pub centers: Vec<LinkView>,
    /// The same list of each office beside them.
    pub offices: Vec<LinkView>,
    /// This page's place, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before; empty on the first.
    pub previous: String,
    /// The page after; empty on the last.
    pub next: String,
}

/// A taxonomy: every term with its list.
#[derive(Debug, Clone, Serialize)]
pub struct TermsView {
    /// Its heading.
    pub title: String,
    /// What it sorts by, in a sentence.
    pub lead: String,
    /// Its terms.
    pub terms: Vec<LinkView>,
}

/// A page of what changed.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    /// Its heading.
    pub title: String,
    /// The Center's page; `None` for the portal.
    pub center: Option<LinkView>,
    /// The same page of each Center; only for the portal.
    pub centers: Vec<LinkView>,
    /// Days, months or years, as precisely as they are known, newest first.
    pub days: Vec<DayView>,
    /// This page's place, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before; empty on the first.
    pub previous: String,
    /// The page after; empty on the last.
    pub next: String,
}

/// What happened on a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    /// As known: `November 5, 2018`.
    pub date: String,
    /// `2018-11-05`, `2018-11` or `2018`.
    pub datetime: String,
    /// What happened.
    pub events: Vec<EventView>,
}

/// Something that happened to a document.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// `issued`, `revoked`, `modified`, `superseded`, `reinstated`, `revocation-proposed`, `modification-proposed`,
    /// `proposal-withdrawn` or `noted`.
    pub kind: &'static str,
    /// The same as a reader sees it.
    pub label: String,
    /// When, as known.
    pub date: String,
    /// To which document.
    pub item: ItemView,
    /// Which ruling did it, or which notice proposes it; `None` for what neither did.
    pub by: Option<RulingLinkView>,
    /// The public note; may be empty.
    pub note: String,
}

/// The page with a link to every part of the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapView {
    /// The parts, each with its pages.
    pub groups: Vec<GroupView>,
}

/// Links under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// The heading.
    pub title: String,
    /// The links.
    pub links: Vec<LinkView>,
}
