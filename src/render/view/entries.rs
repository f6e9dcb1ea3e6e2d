//! Entries of feeds and of the sitemap.

use super::Viewer;
use crate::plan::{Feed, Listed, sitemap_part};
use crate::portal::DocId;
use crate::render::views::EntryView;
use jiff::civil::Date;
use portolan_customs::PartialDate;

/// Entries of a feed.
const FEED_ENTRIES: usize = 50;

/// What a feed shows.
pub(in crate::render) struct FeedEntries {
    /// What it has, as a reader sees it.
    pub(in crate::render) title: String,
    /// The newest first.
    pub(in crate::render) entries: Vec<EntryView>,
}

impl Viewer<'_> {
    pub(in crate::render) fn feed(&self, feed: Feed) -> FeedEntries {
        let portal = self.portal;
        let entries = match feed {
            Feed::Newest(center) => {
                let newest = portal.newest.iter().copied();
                self.dated(newest.filter(|id| {
                    center.is_none_or(|center| portal.membership.scopes_of(*id).contains(&center))
                }))
            }
            Feed::Listing(at) => self.dated(portal.listings[at].documents.iter().copied()),
            Feed::Changes(at) => {
                let events = portal.changes[at].events.iter();
                let changed = events.filter(|event| event.kind.is_of_status());
                changed
                    .take(FEED_ENTRIES)
                    .map(|event| {
                        let view = self.event(event);
                        let day = event.date.latest().map(|day| day.to_string());
                        let day = day.unwrap_or_default();
                        let entry = self.entry(event.document);
                        EntryView {
                            id: format!("{}#{}-{day}", entry.url, view.kind),
                            title: format!("{}: {}", view.label, entry.title),
                            date: day.clone(),
                            updated: day,
                            ..entry
                        }
                    })
                    .collect()
            }
        };
        FeedEntries {
            title: format!("{}: {}", self.config.title, self.feed_title(feed)),
            entries,
        }
    }

    /// What a feed has, without the portal's name.
    pub(in crate::render) fn feed_title(&self, feed: Feed) -> String {
        let portal = self.portal;
        let of_center = |subject: &str, center: Option<crate::portal::CenterId>| match center {
            Some(id) => {
                let center = &portal.center(id).record.name;
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("subject", &subject), ("center", center)];
                self.words.fill("list.of-center", &values)
            }
            None => subject.to_owned(),
        };
        match feed {
            Feed::Newest(center) => of_center(self.words.get("feed.newest"), center),
            Feed::Listing(at) => {
                let listing = &portal.listings[at];
                of_center(&self.subject_title(&listing.subject), listing.center)
            }
            Feed::Changes(at) => {
                of_center(self.words.get("feed.changes"), portal.changes[at].center)
            }
        }
    }

    /// Entries of the newest documents whose day is known.
    fn dated(&self, ids: impl Iterator<Item = DocId>) -> Vec<EntryView> {
        let date = |id: &DocId| self.portal.document(*id).fields.date();
        ids.filter(|id| date(id).and_then(PartialDate::earliest).is_some())
            .take(FEED_ENTRIES)
            .map(|id| self.entry(id))
            .collect()
    }

    /// The pages of a sitemap.
    pub(in crate::render) fn sitemap_pages(&self, listed: &[Listed]) -> Vec<EntryView> {
        let entry = |listed: &Listed| match listed {
            Listed::Document(id) => self.entry(*id),
            Listed::Page(path) => self.place_entry(path.as_str()),
        };
        listed.iter().map(entry).collect()
    }

    /// The parts of a sitemap that has several.
    pub(in crate::render) fn sitemap_parts(&self, parts: usize) -> Vec<EntryView> {
        let parts = 0..parts;
        parts
            .map(|part| self.place_entry(&sitemap_part(part)))
            .collect()
    }

    fn place_entry(&self, address: &str) -> EntryView {
        EntryView {
            url: self.absolute(address),
            ..EntryView::default()
        }
    }

    fn entry(&self, id: DocId) -> EntryView {
        let document = self.portal.document(id);
        let number = document.fields.number();
        let number = number.map(|number| number + ": ").unwrap_or_default();
        let day = |date: Option<PartialDate>| date.and_then(PartialDate::earliest);
        let date = day(document.fields.date());
        let (status, status_class) = self.standing(id);
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let url = self.absolute(self.portal.addresses.of(id));
        EntryView {
            id: url.clone(),
            url,
            title: number + &document.common.title,
            summary: document.common.summary.clone().unwrap_or_default(),
            date: text(date),
            updated: text(date.max(self.changed_on(id))),
            status,
            status_class,
            status_note: self.status_note(id),
        }
    }

    /// The day of the last change of a document's status, proposed or made, or of the last note on its page.
    pub(in crate::render) fn changed_on(&self, id: DocId) -> Option<Date> {
        let status = self.portal.status_since(id).and_then(PartialDate::earliest);
        let proposals = self.portal.graph.proposals.of(id).iter();
        let proposals = proposals
            .flat_map(|proposed| [Some(proposed.date), proposed.withdrawn])
            .filter_map(|date| date.and_then(PartialDate::earliest));
        let notes = self.portal.document(id).common.changes.iter();
        let notes = notes.map(|note| note.date);
        notes.chain(proposals).chain(status).max()
    }
}
