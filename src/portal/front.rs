//! What front pages show of a kind: of what happens on a day, only what is not over.
//!
//! Whether something is over follows from the newest document, so that a build depends on no clock.

use super::{CenterId, DocId, ListId, Portal, Subject};
use crate::document::{Declared, Kind, Order};

impl Portal {
    /// Whether a document is about something that ended before the day of the newest document.
    #[must_use]
    pub fn is_over(&self, id: DocId) -> bool {
        let declared = self.document(id).fields.declared();
        let end = declared.and_then(Declared::last_moment);
        let end = end.and_then(|end| end.date.latest());
        end.zip(self.through).is_some_and(|(end, day)| end < day)
    }

    /// The documents of a kind that front pages show, of the portal or of a Center, the first first: of events those that are
    /// not over, the next first.
    #[must_use]
    pub fn front(&self, center: Option<CenterId>, kind: Kind) -> Vec<DocId> {
        let listing = self.listing(center, &Subject::Kind(kind, None));
        listing.map_or_else(Vec::new, |at| self.front_of(at, kind))
    }

    fn front_of(&self, at: ListId, kind: Kind) -> Vec<DocId> {
        let all = self.listings[at].documents.iter().copied();
        match self.schema.kinds.of(kind).order {
            Order::Start => all.rev().filter(|id| !self.is_over(*id)).collect(),
            Order::Date | Order::Group => all.collect(),
        }
    }
}
