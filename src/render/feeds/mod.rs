//! Feeds: Atom, which a template writes, and JSON Feed.

use crate::portal::{ChangeListId, DocId, Event};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::items;
use crate::render::parts::{events, names, status};
use crate::render::site::Site;
use crate::sitemap::Feed;
use portolan_customs::PartialDate;
use serde::Serialize;

mod json;
mod sitemap;

pub(crate) use json::json;
pub(crate) use sitemap::{sitemap, sitemap_index, sitemap_inputs};

/// Entries of a feed.
const FEED_ENTRIES: usize = 50;

/// An entry of a feed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EntryView {
    /// Its unique address.
    pub(crate) id: String,
    /// Absolute.
    pub(crate) url: String,
    /// Number and title.
    pub(crate) title: String,
    /// One or two sentences.
    pub(crate) summary: Option<String>,
    /// A day; absent where none is known.
    pub(crate) date: Option<String>,
    /// The day of the document, of the last change of its status or of the last note on its page, whichever is latest;
    /// absent where none is known.
    pub(crate) updated: Option<String>,
    /// `In force`, `Revoked`, … for rulings; else absent.
    pub(crate) status: Option<String>,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked`.
    pub(crate) status_class: Option<&'static str>,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`.
    pub(crate) status_note: Option<String>,
}

/// What a feed shows.
pub(crate) struct FeedEntries {
    /// What it has, as a reader sees it.
    pub(crate) title: String,
    /// The newest first.
    pub(crate) entries: Vec<EntryView>,
}

/// A feed as Atom.
pub(crate) fn atom(site: Site<'_>, feed: Feed) -> Page<'_> {
    let found = feed_entries(site, feed);
    let updated = found
        .entries
        .iter()
        .filter_map(|entry| entry.updated.as_deref())
        .max();
    Page::new(&found.title, "")
        .with("home", &home(site, feed))
        .with("updated", updated.unwrap_or("1970-01-01"))
        .with("entries", &found.entries)
}

/// The address of what a feed follows.
fn home(site: Site<'_>, feed: Feed) -> String {
    site.absolute(&site.address(&feed.followed()))
}

/// What a feed is made from.
pub(crate) fn inputs(hashes: &Hashes<'_>, feed: Feed, inputs: &mut Inputs) {
    let site = hashes.site;
    inputs.text(&title(site, feed));
    inputs.text(&site.address(&feed.followed()));
    match feed {
        Feed::Changes(at) => events::events_inputs(hashes, changed(site, at), inputs),
        feed => inputs.list(dated(site, feed), |inputs, id| {
            inputs.hash(hashes.summary(id));
        }),
    }
}

pub(crate) fn feed_entries(site: Site<'_>, feed: Feed) -> FeedEntries {
    let entries = match feed {
        Feed::Changes(at) => changed(site, at)
            .map(|event| {
                let view = events::view(site, event);
                let day = event.date.latest().map(|day| day.to_string());
                let entry = entry(site, event.document);
                EntryView {
                    id: format!(
                        "{}#{}-{}",
                        entry.url,
                        view.kind,
                        day.as_deref().unwrap_or_default()
                    ),
                    title: format!("{}: {}", view.label, entry.title),
                    date: day.clone(),
                    updated: day,
                    ..entry
                }
            })
            .collect(),
        feed => dated(site, feed)
            .into_iter()
            .map(|id| entry(site, id))
            .collect(),
    };
    FeedEntries {
        title: format!("{}: {}", site.config.title, title(site, feed)),
        entries,
    }
}

/// The last status changes of a list.
fn changed(site: Site<'_>, at: ChangeListId) -> impl Iterator<Item = &Event> {
    events::changed(&site.portal.changes[at]).take(FEED_ENTRIES)
}

/// What a feed has, without the portal's name.
pub(crate) fn title(site: Site<'_>, feed: Feed) -> String {
    let portal = site.portal;
    let of_center = |subject: &str, center: Option<crate::portal::CenterId>| match center {
        Some(id) => {
            let center = &portal.center(id).record.name;
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("subject", &subject), ("center", center)];
            site.words.fill("list.of-center", &values)
        }
        None => subject.to_owned(),
    };
    match feed {
        Feed::Newest(center) => of_center(site.words.get("feed.newest"), center),
        Feed::Listing(at) => {
            let listing = &portal.listings[at];
            of_center(&names::subject(site, &listing.subject), listing.center)
        }
        Feed::Changes(at) => of_center(site.words.get("feed.changes"), portal.changes[at].center),
    }
}

/// The newest documents whose day is known.
fn dated(site: Site<'_>, feed: Feed) -> Vec<DocId> {
    let portal = site.portal;
    let (documents, center) = match feed {
        Feed::Newest(center) => (&portal.newest, center),
        Feed::Listing(at) => (&portal.listings[at].documents, None),
        Feed::Changes(_) => return Vec::new(),
    };
    let is_here =
        |id: &DocId| center.is_none_or(|center| portal.membership.scopes_of(*id).contains(&center));
    let is_dated = |id: &DocId| {
        let date = portal.document(*id).fields.date();
        date.and_then(PartialDate::earliest).is_some()
    };
    let documents = documents.iter().copied();
    let shown = documents.filter(|id| is_here(id) && is_dated(id));
    shown.take(FEED_ENTRIES).collect()
}

fn entry(site: Site<'_>, id: DocId) -> EntryView {
    let item = items::item(site, id);
    let summary = site.portal.summary(id);
    let url = site.absolute(summary.address);
    let date = summary.date.and_then(PartialDate::earliest);
    EntryView {
        id: url.clone(),
        url,
        title: match item.number {
            Some(number) => format!("{number}: {}", item.title),
            None => item.title,
        },
        summary: item.summary,
        date: date.map(|day| day.to_string()),
        updated: updated(site, id),
        status: item.status,
        status_class: item.status_class,
        status_note: item.status_note,
    }
}

/// The day of the document, of the last change of its status or of the last note on its page, whichever is latest.
fn updated(site: Site<'_>, id: DocId) -> Option<String> {
    let date = site.portal.document(id).fields.date();
    let date = date.and_then(PartialDate::earliest);
    date.max(status::changed_on(site, id))
        .map(|day| day.to_string())
}
