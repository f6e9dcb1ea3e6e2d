//! What changed, by month and day.

use crate::portal::{ChangeList, ChangeListId, Event};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::events::EventView;
use crate::render::parts::links::LinkView;
use crate::render::parts::{events, links, lists};
use crate::render::site::{Site, datetime};
use crate::sitemap::{Feed, Page as At};
use portolan_customs::PartialDate;
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
    /// Months, or years where no month is known, newest first.
    pub(crate) months: Vec<MonthView>,
    /// Every month of all pages, by year; empty where there is one page.
    pub(crate) jump: Vec<YearView>,
    /// This page's place, from 1.
    pub(crate) page: usize,
    /// How many pages there are.
    pub(crate) pages: usize,
    /// The page before; absent on the first.
    pub(crate) previous: Option<String>,
    /// The page after; absent on the last.
    pub(crate) next: Option<String>,
}

/// What happened in a month.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MonthView {
    /// `November 2018`, or `2018` where the month is not known.
    pub(crate) title: String,
    /// Its anchor: `2018-11`, `2018`.
    pub(crate) id: String,
    /// Its days, as precisely as they are known.
    pub(crate) days: Vec<DayView>,
}

/// The months of a year in which something happened.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct YearView {
    /// `2018`.
    pub(crate) title: String,
    /// Its months, each with the place where it begins and the number of changes in it.
    pub(crate) months: Vec<LinkView>,
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
    inputs.list(places(list), |inputs, (month, first, count)| {
        inputs.date(month);
        inputs.count(first);
        inputs.count(count);
    });
    events::events_inputs(hashes, shown(hashes.site, list, page), inputs);
}

/// The events of a page.
fn shown<'a>(site: Site<'_>, list: &'a ChangeList, page: usize) -> impl Iterator<Item = &'a Event> {
    let size = site.config.page_size.get();
    list.events.iter().skip((page - 1) * size).take(size)
}

/// The month of an event, or the year where no month is known.
fn month(date: PartialDate) -> PartialDate {
    match date {
        PartialDate::Day(day) => PartialDate::Month(day.year(), day.month()),
        other => other,
    }
}

/// Events by month and day.
fn months<'e>(site: Site<'_>, events: impl Iterator<Item = &'e Event>) -> Vec<MonthView> {
    let mut months: Vec<MonthView> = Vec::new();
    for event in events {
        let id = month(event.date).to_string();
        if months.last().is_none_or(|last| last.id != id) {
            months.push(MonthView {
                title: site.date(month(event.date)),
                id,
                days: Vec::new(),
            });
        }
        let days = months.last_mut().map(|last| &mut last.days);
        let days = days.expect("a month was added if there was none");
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
    months
}

/// Each month of a list with the place of its first event and the number of events.
fn places(list: &ChangeList) -> impl Iterator<Item = (PartialDate, usize, usize)> {
    let mut at = 0;
    let months = list.events.chunk_by(|a, b| month(a.date) == month(b.date));
    months.map(move |events| {
        let first = at;
        at += events.len();
        (month(events[0].date), first, events.len())
    })
}

/// The months of all pages by year.
fn jump(site: Site<'_>, at: ChangeListId, pages: usize) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    let list = &site.portal.changes[at];
    let size = site.config.page_size.get();
    for (month, first, count) in places(list).filter(|_| pages > 1) {
        let year = month
            .year()
            .map_or_else(String::new, |year| year.to_string());
        let page = site.page(&At::Changes {
            list: at,
            page: first / size + 1,
        });
        let link = LinkView {
            title: site.date(month),
            url: format!("{page}#{month}"),
            count,
        };
        match years.last_mut().filter(|last| last.title == year) {
            Some(last) => last.months.push(link),
            None => years.push(YearView {
                title: year,
                months: vec![link],
            }),
        }
    }
    years
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
        months: months(site, shown(site, list, page)),
        jump: jump(site, at, place.pages),
        page,
        pages: place.pages,
        previous: place.previous,
        next: place.next,
    }
}
