//! What changed, by day.

use crate::portal::{ChangeList, ChangeListId, Event};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::events::EventView;
use crate::render::parts::links::LinkView;
use crate::render::parts::{events, links, lists};
use crate::render::site::{Site, datetime};
use crate::sitemap::{Feed, Page as At};
use serde::Serialize;

/// A page of what changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChangesView {
    /// Its heading.
    pub(crate) title: String,
    /// The Center's page; `None` for the portal.
    pub(crate) center: Option<LinkView>,
    /// The same page of each Center; only for the portal.
    pub(crate) centers: Vec<LinkView>,
    /// Days, months or years, as precisely as they are known, newest first.
    pub(crate) days: Vec<DayView>,
    /// This page's place, from 1.
    pub(crate) page: usize,
    /// How many pages there are.
    pub(crate) pages: usize,
    /// The page before; absent on the first.
    pub(crate) previous: Option<String>,
    /// The page after; absent on the last.
    pub(crate) next: Option<String>,
}

/// What happened on a day.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DayView {
    /// As known: `November 5, 2018`.
    pub(crate) date: String,
    /// `2018-11-05`, `2018-11` or `2018`; absent where the day is not known.
    pub(crate) datetime: Option<String>,
    /// What happened.
    pub(crate) events: Vec<EventView>,
}

pub(crate) fn page(site: Site<'_>, at: ChangeListId, page: usize) -> Page<'_> {
    let changes = view(site, at, page);
    let about = Page {
        above: changes.center.iter().cloned().collect(),
        feeds: vec![Feed::Changes(at)],
        description: Some(site.word("page.changes-about")),
        ..Page::new(&changes.title, "changes")
    };
    about.with("changes", &changes)
}

pub(crate) fn inputs(hashes: &Hashes<'_>, at: ChangeListId, page: usize, inputs: &mut Inputs) {
    let list = &hashes.site.portal.changes[at];
    inputs.hash(hashes.centers());
    inputs.count(list.events.len());
    events::events_inputs(hashes, shown(hashes.site, list, page), inputs);
}

/// The events of a page.
fn shown<'a>(site: Site<'_>, list: &'a ChangeList, page: usize) -> impl Iterator<Item = &'a Event> {
    let size = site.config.page_size.get();
    list.events.iter().skip((page - 1) * size).take(size)
}

fn view(site: Site<'_>, at: ChangeListId, page: usize) -> ChangesView {
    let list = &site.portal.changes[at];
    let place = lists::pagination(
        site,
        |page| At::Changes { list: at, page },
        page,
        list.events.len(),
    );
    let center = list.center.map(|id| links::center(site, id));
    let title = site.words.get("page.changes").to_owned();
    let centers = site.portal.centers.ids();
    let mut days: Vec<DayView> = Vec::new();
    for event in shown(site, list, page) {
        let day = datetime(Some(event.date));
        let view = events::view(site, event);
        match days.last_mut().filter(|last| last.datetime == day) {
            Some(last) => last.events.push(view),
            None => days.push(DayView {
                date: site.date(event.date),
                datetime: day,
                events: vec![view],
            }),
        }
    }
    ChangesView {
        title: match &center {
            Some(center) => site.words.fill(
                "list.of-center",
                &[("subject", &title), ("center", &center.title)],
            ),
            None => title,
        },
        centers: if center.is_none() {
            centers.map(|id| links::changes(site, id)).collect()
        } else {
            Vec::new()
        },
        center,
        days,
        page,
        pages: place.pages,
        previous: place.previous,
        next: place.next,
    }
}
