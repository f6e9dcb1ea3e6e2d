//! What changed, by day.

use super::{Viewer, datetime};
use crate::document::Fields;
use crate::portal::{CenterId, Change, ChangeList, ChangeListId, Event, EventKind};
use crate::render::views::{AlertView, ChangesView, DayView, EventView};

impl Viewer<'_> {
    pub(in crate::render) fn changes(&self, at: ChangeListId, page: usize) -> ChangesView {
        let list = &self.portal.changes[at];
        let size = self.config.page_size.get();
        let place = self.place(&self.portal.changes_folder(list), page, list.events.len());
        let center = list.center.map(|id| self.center_link(id));
        let title = self.words.get("page.changes").to_owned();
        let centers = self.portal.centers.ids();
        let shown = list.events.iter().skip((page - 1) * size).take(size);
        let mut days: Vec<DayView> = Vec::new();
        for event in shown {
            let day = datetime(event.date);
            let view = self.event(event);
            match days.last_mut().filter(|last| last.datetime == day) {
                Some(last) => last.events.push(view),
                None => days.push(DayView {
                    date: self.date(event.date),
                    datetime: day,
                    events: vec![view],
                }),
            }
        }
        ChangesView {
            title: match &center {
                Some(center) => self.words.fill(
                    "list.of-center",
                    &[("subject", &title), ("center", &center.title)],
                ),
                None => title,
            },
            centers: if center.is_none() {
                centers.map(|id| self.changes_link(id)).collect()
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

    /// The last changes of status of the portal, proposed ones too.
    pub(in crate::render) fn changed(&self) -> Vec<EventView> {
        self.last_changed(
            &self.portal.changes[self.portal.changes_at(None)],
            super::LATEST / 2,
        )
    }

    /// What readers should not miss: of a Center, or of the whole portal.
    pub(in crate::render) fn alerts(&self, center: Option<CenterId>) -> Vec<AlertView> {
        let alerts = self.portal.alerts.iter().copied();
        let membership = &self.portal.membership;
        let here = alerts
            .filter(|id| center.is_none_or(|center| membership.scopes_of(*id).contains(&center)));
        here.map(|id| {
            let item = self.item(id);
            let text = match &self.portal.document(id).fields {
                Fields::Update(update) => update.action.clone(),
                _ => None,
            };
            AlertView {
                title: item.title,
                url: item.url,
                text: text.unwrap_or(item.summary),
                date: item.date,
            }
        })
        .collect()
    }

    /// The last changes of status in a list, proposed ones too.
    pub(super) fn last_changed(&self, list: &ChangeList, most: usize) -> Vec<EventView> {
        let events = list.events.iter();
        let changed = events.filter(|event| event.kind.is_of_status());
        changed.take(most).map(|event| self.event(event)).collect()
    }

    pub(super) fn event(&self, event: &Event) -> EventView {
        let (kind, by, note) = match &event.kind {
            EventKind::Issued => ("issued", None, String::new()),
            EventKind::Changed { change, by } => {
                let by = self.ruling_link("", by);
                (past(*change), Some(by), String::new())
            }
            EventKind::Treated { treatment, by } => {
                let by = self.document_link("", *by, None);
                (treatment.passive(), Some(by), String::new())
            }
            EventKind::Proposed { intent, by } => {
                (intent.event(), Some(self.notice(*by)), String::new())
            }
            EventKind::Withdrawn { by } => {
                ("proposal-withdrawn", Some(self.notice(*by)), String::new())
            }
            EventKind::Noted(at) => {
                let changes = &self.portal.document(event.document).common.changes;
                ("noted", None, changes[*at].note.clone())
            }
        };
        EventView {
            kind,
            label: self.words.get(&format!("event.{kind}")).to_owned(),
            date: self.date(event.date),
            item: self.item(event.document),
            by,
            note,
        }
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
