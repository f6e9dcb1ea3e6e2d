//! What templates see: plain data, the contract between the program and a theme.
//!
//! A view holds everything that its page shows but the body, so its hash is the fingerprint of the page's inputs.
//! An item of a list never carries a body.

mod directory;

pub use directory::*;

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
    /// The feed that fits the page, relative to the root; empty without `base_url`.
    pub feed: String,
    /// The part of the site: `home`, `contacts`, a kind's folder or a Center's slug.
    pub section: String,
}

/// The ways that every page offers.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationView {
    /// The portal's first page.
    pub home: String,
    /// The lists by kind, and contacts where there are any. `count` is 0.
    pub main: Vec<LinkView>,
    /// The Centers of the industries.
    pub centers: Vec<LinkView>,
    /// Offices beside those, for example for drawback.
    pub offices: Vec<LinkView>,
    /// Free pages, by title.
    pub pages: Vec<LinkView>,
}

/// A link to a page of the portal, relative to the root.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// As a reader sees it.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// How many documents are behind it; 0 where that says nothing.
    pub count: usize,
}

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// Number or citation; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// Relative to the root.
    pub url: String,
    /// As known: `November 5, 2018`.
    pub date: String,
    /// `2018-11-05`, `2018-11`, `2018` or empty.
    pub datetime: String,
    /// `Ruling`, `Decision`, …
    pub kind: String,
    /// `In force`, … for rulings; else empty.
    pub status: String,
    /// `in-force`, `modified`, `superseded`, `revoked` or empty.
    pub status_class: &'static str,
    /// Since when, as known: `July 5, 2010`; empty where nothing changed.
    pub status_date: String,
    /// One or two sentences; may be empty.
    pub summary: String,
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

/// A Center as its own page and the home page show it.
#[derive(Debug, Clone, Serialize)]
pub struct CenterView {
    /// Its name.
    pub name: String,
    /// Relative to the root.
    pub url: String,
    /// Its number; may be empty.
    pub number: String,
    /// Where it sits; may be empty.
    pub city: String,
    /// The field office that it belongs to; may be empty.
    pub field_office: String,
    /// When it opened; may be empty.
    pub opened: String,
    /// Whom it serves.
    pub industries: Vec<String>,
    /// HTS chapters and headings.
    pub coverage: Vec<String>,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// Where these facts come from.
    pub sources: Vec<SourceView>,
    /// Its collection by kind.
    pub sections: Vec<SectionView>,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// As a reader sees it.
    pub text: String,
    /// A web address; empty where the source is only cited.
    pub url: String,
}

/// A ruling that is spoken of.
#[derive(Debug, Clone, Serialize)]
pub struct RulingLinkView {
    /// What is done, or was done: `revokes`, `revoked by`; empty for citations.
    pub verb: &'static str,
    /// Its number.
    pub number: String,
    /// Its title; empty where the portal does not have it.
    pub title: String,
    /// Relative to the root, or the page in CROSS.
    pub url: String,
    /// Whether `url` leads out of the portal.
    pub external: bool,
    /// When, as known; may be empty.
    pub date: String,
    /// Whether it stands itself: `In force`, …; empty where the portal does not have it.
    pub status: String,
    /// `in-force`, `modified`, `superseded`, `revoked` or empty.
    pub status_class: &'static str,
    /// The sentence that cites it; may be empty.
    pub sentence: String,
}

/// A document that cites the one of the page.
#[derive(Debug, Clone, Serialize)]
pub struct CitedView {
    /// The document.
    pub item: ItemView,
    /// The sentence that does so; may be empty.
    pub sentence: String,
}

/// A fact of a document: `HTS numbers: 6109.10.0012`.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
}

/// A public change note.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// `November 25, 2026`.
    pub date: String,
    /// `2026-11-25`.
    pub datetime: String,
    /// What changed.
    pub text: String,
}

/// Whether a ruling stands, and why.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// `In force`, …
    pub label: &'static str,
    /// `in-force`, …
    pub class: &'static str,
    /// The change that it follows from.
    pub cause: Option<RulingLinkView>,
    /// Who took the ruling out of force that did so to this one, and so on.
    pub chain: Vec<RulingLinkView>,
    /// Whether it is out of force without a letter that says so.
    pub withdrawn: bool,
    /// Every change, oldest first.
    pub history: Vec<RulingLinkView>,
}

/// A document's page.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// `Ruling`, …
    pub kind: String,
    /// Number or citation; may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// As known.
    pub date: String,
    /// Machine-readable, or empty.
    pub datetime: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// Whether no text is known, only the record.
    pub record_only: bool,
    /// Its official page outside of the portal; may be empty.
    pub official_url: String,
    /// The address block of the letter, line by line, where the settings let it be shown; else empty.
    pub addressee: String,
    /// Whether it is a draft, which only the preview shows.
    pub draft: bool,
    /// `None` for what is no ruling.
    pub status: Option<StatusView>,
    /// Metadata.
    pub facts: Vec<FactView>,
    /// What changed since it was published, newest first.
    pub notes: Vec<NoteView>,
    /// What it does to other rulings.
    pub changes: Vec<RulingLinkView>,
    /// What it cites.
    pub cites: Vec<RulingLinkView>,
    /// What cites it.
    pub cited_by: Vec<CitedView>,
    /// Its Centers.
    pub centers: Vec<LinkView>,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
    /// What to do, of an update; may be empty.
    pub action: String,
    /// Where each link of the body leads, in its order; part of the fingerprint.
    pub links: Vec<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListingView {
    /// Its heading.
    pub title: String,
    /// The Center's page; `None` across all.
    pub center: Option<LinkView>,
    /// How many documents the whole list has.
    pub count: usize,
    /// Those of this page.
    pub items: Vec<ItemView>,
    /// Lists by year; empty on those.
    pub years: Vec<LinkView>,
    /// This page's place, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before; empty on the first.
    pub previous: String,
    /// The page after; empty on the last.
    pub next: String,
}

/// An entry of the sitemap or a feed.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Absolute.
    pub url: String,
    /// Title; empty in the sitemap.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// A day; empty where none is known.
    pub date: String,
    /// The day of the document or of the last change of its status, whichever is later; empty where none is known.
    pub updated: String,
    /// `Revoked`, … where a ruling is no longer in force as it was; else empty.
    pub status: String,
    /// Since when, as known; may be empty.
    pub status_date: String,
}
