//! What happened to documents.

use crate::portal::Change;
use crate::portal::{ChangeList, Event, EventKind};
use crate::render::parts::items::ItemView;
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::{items, proposals, relations};
use crate::render::site::Site;
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
    /// The public note; may be empty.
    pub(crate) note: String,
}

/// The last changes of status in a list, proposed ones too.
pub(crate) fn last_changed(site: Site<'_>, list: &ChangeList, most: usize) -> Vec<EventView> {
    let events = list.events.iter();
    let changed = events.filter(|event| event.kind.is_of_status());
    changed.take(most).map(|event| view(site, event)).collect()
}

pub(crate) fn view(site: Site<'_>, event: &Event) -> EventView {
    let (kind, by, note) = match &event.kind {
        EventKind::Issued => ("issued", None, String::new()),
        EventKind::Changed { change, by } => {
            let by = relations::target(site, "", by);
            (past(*change), Some(by), String::new())
        }
        EventKind::Treated { treatment, by } => {
            let by = relations::document(site, "", *by, None);
            (treatment.passive(), Some(by), String::new())
        }
        EventKind::Proposed { intent, by } => (
            intent.event(),
            Some(proposals::notice(site, *by)),
            String::new(),
        ),
        EventKind::Withdrawn { by } => (
            "proposal-withdrawn",
            Some(proposals::notice(site, *by)),
            String::new(),
        ),
        EventKind::Noted(at) => {
            let changes = &site.portal.document(event.document).common.changes;
            ("noted", None, changes[*at].note.clone())
        }
    };
    EventView {
        kind,
        label: site.words.get(&format!("event.{kind}")).to_owned(),
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
