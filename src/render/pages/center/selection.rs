//! Which documents and events a Center's page shows: its own apart from those that it shares with other Centers.

use crate::document::Kind;
use crate::portal::{CenterId, DocId, Event, EventKind, Listing, Portal, Subject, Taxonomy, Term};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::parts::{events, items};
use jiff::ToSpan;
use jiff::civil::Date;
use portolan_customs::{HtsNumber, PartialDate};
use std::cmp::Reverse;
use std::collections::HashSet;

/// Events of its own that the page shows, and of those that it shares.
const OWN_EVENTS: usize = 5;
const SHARED_EVENTS: usize = 4;

/// Events that it shows where none is recent.
const LATEST_EVENTS: usize = 3;

/// Documents of a kind that it shows.
const NEWEST: usize = 4;

/// Documents of other Centers, too, that it shows where it has none of its own.
const SHARED: usize = 2;

/// Documents that it shows because others cite them, and how many do so at least.
const CITED: usize = 3;
const CITING: usize = 2;

/// What the page shows.
pub(super) struct Selection<'a> {
    /// What is new of the Center itself.
    pub(super) own: News<'a>,
    /// What is new of several Centers, this one among them.
    pub(super) shared: News<'a>,
    /// Its documents by kind.
    pub(super) kinds: Vec<OfKind>,
    /// The chapters and headings that it handles, with its documents on each.
    pub(super) coverage: Vec<(&'a HtsNumber, usize)>,
}

/// What is new, and what changed.
pub(super) struct News<'a> {
    /// The latest first.
    pub(super) events: Vec<&'a Event>,
    /// Whether they are recent; else they are the last ones that there were.
    pub(super) is_recent: bool,
    /// How much there was in the last 90 days.
    pub(super) quarter: Amount,
    /// How much there was in the last 30 days.
    pub(super) month: Amount,
}

/// How many documents came out, and how many changes there were.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amount {
    pub(super) issued: usize,
    pub(super) changes: usize,
}

/// The documents of a kind.
pub(super) struct OfKind {
    pub(super) kind: Kind,
    /// How many are of this Center alone.
    pub(super) own: usize,
    /// How many it shares with others.
    pub(super) shared: usize,
    /// The newest of its own that are not among what is new; shared ones where it has none.
    pub(super) newest: Vec<DocId>,
    /// Those of its own that most documents cite, and how many do so.
    pub(super) cited: Vec<(DocId, usize)>,
}

/// The first of the last so many days; the last one is that of the portal's newest document.
fn since(portal: &Portal, days: i32) -> Option<Date> {
    portal.through?.checked_sub(days.days()).ok()
}

/// How much is new of a Center alone in the last 90 days.
pub(super) fn recent(portal: &Portal, center: CenterId) -> usize {
    let Amount { issued, changes } = news(portal, center, true, 0).quarter;
    issued + changes
}

pub(super) fn select(portal: &Portal, center: CenterId) -> Selection<'_> {
    let own = news(portal, center, true, OWN_EVENTS);
    let is_new: HashSet<DocId> = own.events.iter().map(|event| event.document).collect();
    let kinds = portal.schema.kinds.listed();
    let kinds = kinds.filter_map(|kind| {
        let listing = portal.listing(Some(center), &Subject::Kind(kind, None))?;
        let listing = &portal.listings[listing];
        Some(of_kind(portal, center, kind, listing, &is_new))
    });
    Selection {
        kinds: kinds.collect(),
        coverage: coverage(portal, center),
        shared: news(portal, center, false, SHARED_EVENTS),
        own,
    }
}

fn news(portal: &Portal, center: CenterId, is_own: bool, most: usize) -> News<'_> {
    let belongs = |id: DocId| portal.membership.is_own(id, center) == is_own && !portal.is_over(id);
    let (month, quarter) = (since(portal, 30), since(portal, 90));
    let events = portal.changes[portal.changes_at(Some(center))]
        .events
        .iter();
    let events = events.filter(|event| belongs(event.document));
    let is_recent = |date: PartialDate, since: Option<Date>| {
        let since = since.zip(date.earliest());
        since.is_some_and(|(since, date)| date >= since)
    };
    let mut recent: Vec<&Event> = events
        .clone()
        .filter(|event| is_recent(event.date, quarter))
        .collect();
    let changes = |since| {
        let changes = recent.iter();
        let changes = changes.filter(|event| event.kind != EventKind::Issued);
        changes.filter(|event| is_recent(event.date, since)).count()
    };
    // A list of changes has only the newest documents.
    let issued = |since: Option<Date>| {
        let dated = portal.newest.iter().filter_map(|id| {
            let date = portal.document(*id).fields.date()?;
            Some((*id, date))
        });
        let since_then = dated.take_while(|(_, date)| since.is_some() && date.latest() >= since);
        let here = since_then.filter(|(id, date)| {
            let scopes = portal.membership.scopes_of(*id);
            scopes.contains(&center) && belongs(*id) && is_recent(*date, since)
        });
        here.count()
    };
    let amount = |since| Amount {
        issued: issued(since),
        changes: changes(since),
    };
    let (month, quarter) = (amount(month), amount(quarter));
    let has_recent = !recent.is_empty();
    if has_recent {
        recent.truncate(most);
    } else {
        recent = events.take(LATEST_EVENTS).collect();
    }
    News {
        events: recent,
        is_recent: has_recent,
        quarter,
        month,
    }
}

fn of_kind(
    portal: &Portal,
    center: CenterId,
    kind: Kind,
    listing: &Listing,
    is_new: &HashSet<DocId>,
) -> OfKind {
    let is_own = |id: &DocId| portal.membership.is_own(*id, center);
    let documents = listing.documents.iter().copied();
    let own: Vec<DocId> = documents.filter(is_own).collect();
    let front = portal.front(Some(center), kind).into_iter();
    let newest: Vec<DocId> = if own.is_empty() {
        front.take(SHARED).collect()
    } else {
        let older = front.filter(|id| is_own(id) && !is_new.contains(id));
        older.take(NEWEST).collect()
    };
    let cited = own.iter().map(|id| {
        let by = &portal.graph.relations.cited_by[*id];
        (*id, by.len())
    });
    let mut cited: Vec<(DocId, usize)> = cited.filter(|(_, count)| *count >= CITING).collect();
    // The sort is stable: among equals the newest is first.
    cited.sort_by_key(|(_, count)| Reverse(*count));
    cited.truncate(CITED);
    OfKind {
        kind,
        own: own.len(),
        shared: listing.documents.len() - own.len(),
        newest,
        cited,
    }
}

/// What a Center handles, with the documents that it has of each chapter or heading.
fn coverage(portal: &Portal, center: CenterId) -> Vec<(&HtsNumber, usize)> {
    let numbers = portal.center(center).record.hts.iter();
    let counted = numbers.map(|number| {
        let taxonomy = taxonomy_of(number);
        let term = Term {
            taxonomy,
            name: number.digits().to_owned(),
        };
        let scope = Some(center).filter(|_| taxonomy.is_of_centers());
        let listing = portal.listing(scope, &Subject::Term(term));
        let documents = listing.map_or(&[][..], |at| &portal.listings[at].documents);
        let here = |id: &&DocId| portal.membership.scopes_of(**id).contains(&center);
        (number, documents.iter().filter(here).count())
    });
    counted.collect()
}

/// Chapters have two digits.
pub(super) fn taxonomy_of(number: &HtsNumber) -> Taxonomy {
    if number.digits().len() == 2 {
        Taxonomy::Chapter
    } else {
        Taxonomy::Heading
    }
}

impl Selection<'_> {
    /// What it is made from.
    pub(super) fn inputs(&self, hashes: &Hashes<'_>, inputs: &mut Inputs) {
        let Self {
            own,
            shared,
            kinds,
            coverage,
        } = self;
        for news in [own, shared] {
            let News {
                events: shown,
                is_recent,
                quarter,
                month,
            } = news;
            events::events_inputs(hashes, shown.iter().copied(), inputs);
            inputs.flag(*is_recent);
            for Amount { issued, changes } in [quarter, month] {
                inputs.count(*issued);
                inputs.count(*changes);
            }
        }
        for of_kind in kinds {
            let OfKind {
                kind,
                own,
                shared,
                newest,
                cited,
            } = of_kind;
            inputs.text(hashes.site.kinds().folder(*kind));
            inputs.count(*own);
            inputs.count(*shared);
            items::items_inputs(hashes, newest, inputs);
            inputs.list(cited, |inputs, (id, count)| {
                inputs.hash(hashes.summary(*id));
                inputs.count(*count);
            });
        }
        inputs.list(coverage, |inputs, (_, count)| inputs.count(*count));
    }
}
