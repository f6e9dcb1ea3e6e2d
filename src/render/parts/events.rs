//! What happened to documents.

use crate::portal::{ChangeList, Event, EventKind};
use crate::render::inputs::{self, Hashes, Inputs};
use crate::render::parts::items::ItemView;
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::{items, relations};
use crate::render::site::Site;
use portolan_customs::Change;
use serde::Serialize;

/// Something that happened to a document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EventView {
    /// `issued`, `revoked`, `modified`, `superseded`, `reinstated`, `revocation-proposed`, `modification-proposed`,
    /// `proposal-withdrawn` or `noted`.
    pub(crate) kind: &'static str,
    /// The same as a reader sees it.
    pub(crate) label: String,
    /// When, as known.
    pub(crate) date: String,
    /// To which document.
    pub(crate) item: ItemView,
    /// Which ruling did it, or which notice proposes it; `None` for what neither did.
    pub(crate) by: Option<RulingLinkView>,
    /// The public note.
    pub(crate) note: Option<String>,
}

/// The last status changes of a list, proposed ones too.
pub(crate) fn last_changed(site: Site<'_>, list: &ChangeList, most: usize) -> Vec<EventView> {
    let changed = changed(list).take(most);
    changed.map(|event| view(site, event)).collect()
}

/// The status changes of a list, proposed ones too.
pub(crate) fn changed(list: &ChangeList) -> impl Iterator<Item = &Event> {
    let events = list.events.iter();
    events.filter(|event| event.kind.is_of_status())
}

/// What the views of events are made from.
pub(crate) fn events_inputs<'e>(
    hashes: &Hashes<'_>,
    events: impl IntoIterator<Item = &'e Event>,
    inputs: &mut Inputs,
) {
    inputs.list(events, |inputs, event| inputs::event(hashes, event, inputs));
}

pub(crate) fn view(site: Site<'_>, event: &Event) -> EventView {
    let by_document = |id| relations::document(site, None, id, None);
    let (kind, by, note) = match &event.kind {
        EventKind::Issued => ("issued", None, None),
        EventKind::Changed { change, by } => {
            (past(*change), Some(relations::target(site, None, by)), None)
        }
        EventKind::Treated { treatment, by } => (treatment.passive(), Some(by_document(*by)), None),
        EventKind::Proposed { intent, by } => (intent.event(), Some(by_document(*by)), None),
        EventKind::Withdrawn { by } => ("proposal-withdrawn", Some(by_document(*by)), None),
        EventKind::Noted(at) => {
            let changes = &site.portal.document(event.document).common.changes;
            ("noted", None, Some(changes[*at].note.clone()))
        }
    };
    EventView {
        kind,
        label: site.word(&format!("event.{kind}")),
        date: site.date(event.date),
        item: items::item(site, event.document),
        by,
        note,
    }
}

fn past(change: Change) -> &'static str {
    match change {
        Change::Revokes => "revoked",
        Change::Modifies => "modified",
        Change::Supersedes => "superseded",
        Change::Reinstates => "reinstated",
    }
}
