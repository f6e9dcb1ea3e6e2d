//! The portal's home page.

use crate::portal::{DocId, Portal};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld;
use crate::render::page::Page;
use crate::render::pages::center;
use crate::render::parts::{events, items, lists};
use crate::render::site::Site;
use crate::sitemap::Feed;
use portolan_customs::PartialDate;

/// Documents that it shows.
const LATEST: usize = 6;

/// Status changes that it shows.
const CHANGED: usize = 5;

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let portal = site.portal;
    let changes = portal.changes_at(None);
    let page = Page {
        description: Some(site.config.description.clone()).filter(|text| !text.is_empty()),
        feeds: vec![Feed::Newest(None), Feed::Changes(changes)],
        data: Some(json_ld::site(site)),
        ..Page::new(&site.config.title, "home")
    };
    let through = portal.through.map(|day| site.date(PartialDate::Day(day)));
    page.with("through", &through)
        .with("sections", &lists::sections(site, None))
        .with("alerts", &items::alerts(site, None))
        .with("center_cards", &center::cards(site, false))
        .with("office_cards", &center::cards(site, true))
        .with("latest", &items::items(site, latest(portal)))
        .with(
            "changed",
            &events::last_changed(site, &portal.changes[changes], CHANGED),
        )
}

/// The newest documents, without events that are over.
fn latest(portal: &Portal) -> Vec<DocId> {
    let newest = portal.newest.iter().copied();
    newest
        .filter(|id| !portal.is_over(*id))
        .take(LATEST)
        .collect()
}

pub(crate) fn inputs(hashes: &Hashes<'_>, inputs: &mut Inputs) {
    let portal = hashes.site.portal;
    lists::sections_inputs(hashes, None, inputs);
    items::alerts_inputs(hashes, None, inputs);
    center::card_inputs(hashes.site, inputs);
    inputs.maybe(portal.through, |inputs, day| {
        inputs.date(PartialDate::Day(day));
    });
    inputs.hash(hashes.centers());
    items::items_inputs(hashes, &latest(portal), inputs);
    let changes = &portal.changes[portal.changes_at(None)];
    let changed = events::changed(changes).take(CHANGED);
    events::events_inputs(hashes, changed, inputs);
}
