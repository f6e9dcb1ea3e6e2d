//! The portal's home page.

use crate::portal::{DocId, Portal};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::json_ld;
use crate::render::page::Page;
use crate::render::pages::center;
use crate::render::parts::{events, items, lists};
use crate::render::site::Site;
use crate::sitemap::Feed;

/// Documents that it shows, and twice the status changes.
const LATEST: usize = 10;

pub(crate) fn page(site: Site<'_>) -> Page<'_> {
    let portal = site.portal;
    let changes = portal.changes_at(None);
    let page = Page {
        description: Some(site.config.description.clone()).filter(|text| !text.is_empty()),
        feeds: vec![Feed::Newest(None), Feed::Changes(changes)],
        data: Some(json_ld::site(site)),
        ..Page::new(&site.config.title, "home")
    };
    page.with("sections", &lists::sections(site, None))
        .with("alerts", &items::alerts(site, None))
        .with("center_cards", &center::cards(site, false))
        .with("office_cards", &center::cards(site, true))
        .with("latest", &items::items(site, latest(portal)))
        .with(
            "changed",
            &events::last_changed(site, &portal.changes[changes], LATEST / 2),
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
    inputs.list(portal.centers.iter(), |inputs, center| {
        inputs.maybe(center.record.summary.as_deref(), Inputs::text);
    });
    inputs.hash(hashes.centers());
    items::items_inputs(hashes, &latest(portal), inputs);
    let changes = &portal.changes[portal.changes_at(None)];
    let changed = events::changed(changes).take(LATEST / 2);
    events::events_inputs(hashes, changed, inputs);
}
