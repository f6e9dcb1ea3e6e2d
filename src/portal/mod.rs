//! All documents together: Centers, addresses, relations, status, listings.
//!
//! In: documents without bodies. Out: a [`Portal`] that pages are made of. The only stage that sees all documents.

mod addresses;
mod assemble;
mod assets;
mod centers;
mod changes;
mod details;
mod directory;
mod front;
mod graph;
mod lifecycle;
mod listings;
mod summary;
mod table_checks;
mod trends;

pub(crate) use addresses::page_address;
pub use addresses::{Addresses, Place};
pub use assemble::{Inputs, assemble};
pub(crate) use assets::{addresses_in_front_matter, is_of_one_document};
pub use centers::{CenterRecord, Coverage, Membership};
pub(crate) use centers::{PageSection, page_sections};
pub use changes::{ChangeList, Event, EventKind};
pub use details::{details, when};
pub use directory::DirectoryPage;
pub use graph::{
    Cited, Citing, Graph, Incoming, Intent, Proposals, Proposed, Proposing, Relation, Relations,
    Status, StatusBasis, StatusRecord, Step, Subsequent, Target, Treated, effective,
};
pub use lifecycle::{Differences, Revisions, Unpublished, is_public, revisions};
pub(crate) use listings::terms;
pub use listings::{Listing, Subject, Taxonomy, Term, Year};
pub use summary::{DocumentSummary, StatusSummary};
pub(crate) use table_checks::centers_of;
pub use trends::{Ages, ByYear, DataForm, Ranking, Topic, Trend, Trends};

use crate::document::{Document, Kind, Schema};
use crate::ids::{IndexVec, id};
use crate::source::LeftOut;
use crate::tables::{ProblemId, StatusSource, Tables};
use camino::Utf8PathBuf;
use jiff::civil::Date;
use listings::Related;
use portolan_customs::{PartialDate, RulingNumber};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

id! {
    /// The place of a document in [`Portal::documents`].
    DocId
}

id! {
    /// The place of a Center in [`Portal::centers`].
    CenterId
}

id! {
    /// The place of a list in [`Portal::listings`].
    ListId
}

id! {
    /// The place of a list of changes in [`Portal::changes`].
    ChangeListId
}

/// Documents by id.
pub type Documents = IndexVec<DocId, Arc<Document>>;

/// Centers by id.
pub type CenterRecords = IndexVec<CenterId, CenterRecord>;

/// The portal: every document that is published, and what follows from them together. A copy shares both.
#[derive(Debug, Clone)]
pub struct Portal {
    /// Documents and pages, sorted by their files' paths.
    pub documents: Documents,
    /// What follows from them; its fields are read as those of the portal.
    assembled: Arc<Assembled>,
}

impl Deref for Portal {
    type Target = Assembled;

    fn deref(&self) -> &Assembled {
        &self.assembled
    }
}

/// What follows from the documents together.
#[derive(Debug)]
pub struct Assembled {
    /// The kinds and their keys.
    pub schema: Schema,
    /// The Centers, by number, then name.
    pub centers: IndexVec<CenterId, CenterRecord>,
    /// Among whose documents each document is.
    pub membership: Membership,
    /// Where everything is.
    pub addresses: Addresses,
    /// Which Center handles which goods.
    pub coverage: Coverage,
    /// Who changes and cites whom, and the status that follows.
    pub graph: Graph,
    /// The data tables.
    pub tables: Tables,
    /// The documents that show how the cases of each problem end.
    pub outcomes: IndexVec<ProblemId, Vec<DocId>>,
    /// What the documents add up to.
    pub trends: Trends,
    /// Every listed document, newest first.
    pub newest: Vec<DocId>,
    /// The day of the newest published document, from which is counted back what is recent; `None` where no date is
    /// known. It does not depend on the clock: the same documents make the same pages on every day.
    pub through: Option<Date>,
    /// The documents that only the preview shows, and why; a build has none.
    pub unpublished: BTreeMap<DocId, Unpublished>,
    /// Documents that readers should not miss today, newest first.
    pub alerts: Vec<DocId>,
    /// The lists, sorted by Center and subject.
    pub listings: IndexVec<ListId, Listing>,
    /// What changed, of the portal, then of each Center.
    pub changes: IndexVec<ChangeListId, ChangeList>,
    related: Related,
    /// Files of the content tree that are never published, and why.
    pub(crate) left_out: BTreeMap<Utf8PathBuf, LeftOut>,
}

impl Portal {
    /// The portal with another document in the place of one that every other document, list and address takes for the
    /// same: nothing is assembled again.
    #[must_use]
    pub fn with_edited(&self, id: DocId, document: Arc<Document>) -> Self {
        let mut edited = self.clone();
        edited.documents[id] = document;
        edited
    }

    /// A document.
    #[must_use]
    pub fn document(&self, id: DocId) -> &Document {
        &self.documents[id]
    }

    /// A Center.
    #[must_use]
    pub fn center(&self, id: CenterId) -> &CenterRecord {
        &self.centers[id]
    }

    /// The document of a ruling.
    #[must_use]
    pub fn ruling(&self, number: &RulingNumber) -> Option<DocId> {
        self.graph.relations.ruling(number)
    }

    /// When the last change of a ruling's status took effect, or a later decision gave a decision its standing; `None`
    /// where nothing changed or the day is not known.
    #[must_use]
    pub fn status_since(&self, id: DocId) -> Option<PartialDate> {
        let subsequent = &self.graph.subsequent[id];
        if subsequent.standing.is_some() {
            return subsequent.since(&self.documents);
        }
        let cause = self.graph.status[id].cause.as_ref()?;
        let date = effective(&cause.by, &self.documents);
        (date != PartialDate::Unknown).then_some(date)
    }

    /// The source that a ruling's status rests on; its day is the one that the status is as of.
    #[must_use]
    pub fn status_source(&self, id: DocId) -> Option<&StatusSource> {
        let source = self.graph.status[id].source?;
        let sources = self.tables.status_sources.as_ref()?;
        Some(&sources.0[source])
    }

    /// The place of a list.
    #[must_use]
    pub fn listing(&self, center: Option<CenterId>, subject: &Subject) -> Option<ListId> {
        listings::find(&self.listings, center, subject)
    }

    /// The lists of the years of a kind, the latest first.
    pub fn years(&self, center: Option<CenterId>, kind: Kind) -> impl Iterator<Item = &Listing> {
        listings::years(&self.listings, center, kind)
    }

    /// The lists of a taxonomy's terms, by name.
    pub fn terms(
        &self,
        center: Option<CenterId>,
        taxonomy: Taxonomy,
    ) -> impl Iterator<Item = &Listing> {
        listings::of_taxonomy(&self.listings, center, taxonomy)
    }

    /// The newest rulings on the same goods as a document's that nothing is known to have changed.
    #[must_use]
    pub fn related(&self, id: DocId, most: usize) -> Vec<DocId> {
        self.related.of(id, self, most)
    }

    /// The place of the changes of a Center, or of the portal: its list is the first.
    #[must_use]
    pub fn changes_at(&self, center: Option<CenterId>) -> ChangeListId {
        changes::at(center)
    }

    /// Whether there is anything to browse the tariff by.
    #[must_use]
    pub fn has_tariff(&self) -> bool {
        self.terms(None, Taxonomy::Chapter).next().is_some()
    }

    /// Every document, those of the Centers last.
    pub fn all_documents(&self) -> impl Iterator<Item = &Document> {
        let centers = self.centers.iter().map(|center| &center.document);
        self.documents.iter().chain(centers).map(Arc::as_ref)
    }

    /// The slug of the office that issued a document.
    #[must_use]
    pub fn issuer_slug(&self, id: DocId) -> Option<&str> {
        let office = self.membership.issuer(id)?;
        Some(self.center(office).slug())
    }

    /// The slugs of Centers.
    pub fn slugs<'p>(&'p self, centers: &'p [CenterId]) -> impl Iterator<Item = &'p str> {
        centers.iter().map(|center| self.center(*center).slug())
    }
}
