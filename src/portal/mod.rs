//! All documents together: Centers, addresses, relations, status, listings.
//!
//! In: documents without bodies. Out: a [`Portal`] that pages are made of. The only stage that sees all documents.

mod addresses;
mod agencies;
mod at_centers;
mod broken_links;
mod centers;
mod changes;
mod chapters;
mod contact_table;
mod contacts;
mod contradictions;
mod coverage;
mod csv_table;
pub mod directory;
mod issuers;
mod lifecycle;
mod links;
mod listings;
mod membership;
mod ports;
mod programmes;
mod proposals;
mod references;
mod related;
mod relations;
mod statistics;
mod status;
mod table_names;
mod table_reader;
mod tariff;
mod topics;
mod trends;
mod verification;

pub use addresses::{Addresses, Place, beside};
pub use agencies::{AGENCIES_FILE, Agency, read as read_agencies};
pub use at_centers::AtCenter;
pub use centers::CenterRecord;
pub use changes::{ChangeList, Event, EventKind};
pub use chapters::{CHAPTERS_FILE, Chapter, read as read_chapters};
pub use contact_table::read as read_contacts;
pub use contacts::{CONTACTS_FILE, Case, Clock, Contacts, Mailbox, Meta, Problem, Role, Rule};
pub use coverage::Coverage;
pub use directory::{Directory, DirectoryPage};
pub use lifecycle::{REVISIONS, Revisions, revisions};
pub use links::{LinkBase, Resolved, base as link_base, resolve};
pub(crate) use links::{percent_decoded, percent_encoded};
pub use listings::{Listing, Subject, Taxonomy, Term, Year};
pub use membership::Membership;
pub use ports::{PORTS_FILE, Port, Ports, read as read_ports};
pub use programmes::{Level, PROGRAMMES_FILE, Programme, read as read_programmes};
pub use proposals::{Intent, Proposals, Proposed, Step};
use related::Related;
pub use relations::{Change, Cited, Citing, Incoming, Relation, Relations, Target};
pub use statistics::{
    Figure, Measure, Precision, STATISTICS_FILE, Statistics, read as read_statistics,
};
pub use status::{Status, StatusKind, effective};
pub use table_names::Reference;
pub use tariff::{Introduction, TARIFF_FILE, Tariff, TariffLine, read as read_tariff};
pub use topics::{DataForm, Topic, data_address};
pub use trends::{Ages, ByYear, Ranking, Trend, Trends};

use crate::config::ChangeNotes;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Kind, Kinds, PartialDate, Schema, Unreadable};
use crate::source::Sources;
use jiff::civil::Date;
use portolan_search::RulingNumber;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The place of a document in [`Portal::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

/// The place of a Center in [`Portal::centers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CenterId(pub u32);

/// The portal: every document that is published, and what follows from them together.
#[derive(Debug)]
pub struct Portal {
    /// The kinds and their keys.
    pub schema: Schema,
    /// Documents and pages, sorted by their files' paths.
    pub documents: Vec<Document>,
    /// The Centers, by number, then name.
    pub centers: Vec<CenterRecord>,
    /// Among whose documents each document is.
    pub membership: Membership,
    /// Where everything is.
    pub addresses: Addresses,
    /// The rulings by number.
    rulings: HashMap<RulingNumber, DocId>,
    /// Which Center handles which goods.
    pub coverage: Coverage,
    /// Who changes and cites whom.
    pub relations: Relations,
    /// The status of each document; always in force for what is no ruling.
    pub status: Vec<Status>,
    /// What notices propose to do to rulings.
    pub proposals: Proposals,
    /// Whom to turn to and who else has a say.
    pub directory: Directory,
    /// The tariff; `None` without `content/data/hts.csv`.
    pub tariff: Option<Tariff>,
    /// The chapters by name; empty without `content/data/chapters.csv`.
    pub chapters: Vec<Chapter>,
    /// Figures on the Centers' work; empty without `content/data/statistics.csv`.
    pub statistics: Statistics,
    /// What the documents add up to.
    pub trends: Trends,
    /// Every listed document, newest first.
    pub newest: Vec<DocId>,
    /// Documents that readers should not miss today, newest first.
    pub alerts: Vec<DocId>,
    /// The lists, sorted by Center and subject.
    pub listings: Vec<Listing>,
    /// What changed, of the portal, then of each Center.
    pub changes: Vec<ChangeList>,
    related: Related,
    /// Addresses of pages that the portal makes itself, as far as content may link to them.
    pub generated: HashSet<String>,
}

impl Portal {
    /// A document.
    #[must_use]
    pub fn document(&self, id: DocId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// A Center.
    #[must_use]
    pub fn center(&self, id: CenterId) -> &CenterRecord {
        &self.centers[id.0 as usize]
    }

    /// The document of a ruling.
    #[must_use]
    pub fn ruling(&self, number: &RulingNumber) -> Option<DocId> {
        self.rulings.get(number).copied()
    }

    /// When the last change of a ruling's status took effect; `None` where nothing changed or the day is not known.
    #[must_use]
    pub fn status_since(&self, id: DocId) -> Option<PartialDate> {
        let cause = self.status[id.0 as usize].cause.as_ref()?;
        let date = effective(&cause.by, &self.documents);
        (date != PartialDate::Unknown).then_some(date)
    }

    /// The place of a list.
    #[must_use]
    pub fn listing(&self, center: Option<CenterId>, subject: &Subject) -> Option<usize> {
        listings::find(&self.listings, center, subject)
    }

    /// The lists of the years of a kind, the latest first.
    pub fn years(&self, center: Option<CenterId>, kind: Kind) -> impl Iterator<Item = &Listing> {
        listings::years(&self.listings, center, kind).map(|at| &self.listings[at])
    }

    /// The lists of a taxonomy's terms, by name.
    pub fn terms(
        &self,
        center: Option<CenterId>,
        taxonomy: Taxonomy,
    ) -> impl Iterator<Item = &Listing> {
        listings::of_taxonomy(&self.listings, center, taxonomy).map(|at| &self.listings[at])
    }

    /// A chapter by its two digits.
    #[must_use]
    pub fn chapter(&self, number: &str) -> Option<&Chapter> {
        self.chapters
            .iter()
            .find(|chapter| chapter.number == number)
    }

    /// The newest rulings in force on the same goods as a document's.
    #[must_use]
    pub fn related(&self, id: DocId, most: usize) -> Vec<DocId> {
        self.related.of(id, &self.documents, &self.status, most)
    }

    /// The folder of a list's pages, with a trailing slash.
    #[must_use]
    pub fn folder_of(&self, listing: &Listing) -> String {
        listing.folder(&self.centers, &self.schema.kinds)
    }

    /// The place of the changes of a Center, or of the portal: its list is the first.
    #[must_use]
    pub fn changes_at(&self, center: Option<CenterId>) -> usize {
        center.map_or(0, |id| id.0 as usize + 1)
    }

    /// The folder of a list of changes, with a trailing slash.
    #[must_use]
    pub fn changes_folder(&self, list: &ChangeList) -> String {
        changes_folder(list.center.map(|id| self.center(id).slug()))
    }

    /// Whether there is anything to browse the tariff by.
    #[must_use]
    pub fn has_tariff(&self) -> bool {
        self.terms(None, Taxonomy::Chapter).next().is_some()
    }

    /// Every document, those of the Centers last.
    pub fn all_documents(&self) -> impl Iterator<Item = &Document> {
        let centers = self.centers.iter().map(|center| &center.document);
        self.documents.iter().chain(centers)
    }

    /// The slugs of Centers.
    pub fn slugs<'p>(&'p self, centers: &'p [CenterId]) -> impl Iterator<Item = &'p str> {
        centers.iter().map(|center| self.center(*center).slug())
    }
}

/// What documents are held against, beside each other.
#[derive(Debug)]
pub struct Tables {
    /// Whom to turn to and who else has a say.
    pub directory: Directory,
    /// The tariff.
    pub tariff: Option<Tariff>,
    /// The chapters by name.
    pub chapters: Option<Vec<Chapter>>,
    /// Figures on the Centers' work.
    pub statistics: Option<Statistics>,
    /// When the tariff's edition began.
    pub tariff_since: Option<Date>,
    /// Whether what was published and changed needs a note.
    pub change_notes: ChangeNotes,
    /// When and for whom.
    pub occasion: Occasion,
}

/// When a portal is looked at, and for whom.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// Decides what is scheduled, expired or overdue.
    pub today: Date,
    /// Whether drafts and what is not published yet are shown, for the preview.
    pub drafts: bool,
    /// What was published last.
    pub published: Revisions,
}

impl Occasion {
    /// The view of readers on a day, of a portal that was not published before.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self {
            today,
            drafts: false,
            published: Revisions::default(),
        }
    }
}

/// Puts documents together.
///
/// `unreadable` takes part as far as others depend on it.
pub fn assemble(
    documents: Vec<Document>,
    unreadable: &[Unreadable],
    sources: &Sources,
    schema: Schema,
    tables: Tables,
) -> (Portal, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let (center_documents, mut documents): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| document.kind == Kind::Center);
    let Occasion { today, drafts, .. } = tables.occasion;
    problems.extend(lifecycle::overdue(
        documents.iter().chain(&center_documents),
        today,
    ));
    documents.retain(|document| drafts || is_public(document, today));
    documents.sort_by(|a, b| a.path.cmp(&b.path));

    let centers = centers::records(center_documents);
    let coverage = Coverage::new(&centers);
    problems.extend(coverage.contradictions(&centers));
    let membership = centers::assign(&documents, &centers, &coverage, unreadable, &mut problems);
    let scopes = membership.scopes();
    let mut addresses =
        addresses::assign(&documents, &centers, sources, &schema.kinds, &mut problems);
    addresses.expect(unreadable, &schema.kinds);
    let relations = relations::relate(&documents);
    problems.extend(relations::cycles(&documents, &relations));
    problems.extend(contradictions::find(&documents, &relations));
    problems.extend(proposals::problems(&documents));
    let status = status::of_all(&documents, &relations);
    let proposals = proposals::of_all(&documents, &status);
    undated(&documents, &mut problems);
    problems.extend(directory::problems(
        &tables.directory,
        &documents,
        &centers,
        unreadable,
    ));
    if let Some(tariff) = &tables.tariff {
        let checked = documents
            .iter()
            .chain(centers.iter().map(|center| &center.document));
        problems.extend(
            checked.flat_map(|document| tariff.check(document, &schema, tables.tariff_since)),
        );
    }

    let statistics = tables.statistics.unwrap_or_default();
    problems.extend(statistics.check(&centers, unreadable));
    let trends = trends::of_all(&documents, scopes, centers.len(), &relations, &status);

    let mut newest: Vec<DocId> = (0..documents.len()).map(doc_id).collect();
    newest.retain(|id| documents[id.0 as usize].kind != Kind::Page);
    newest.sort_by_cached_key(|id| {
        let document = &documents[id.0 as usize];
        let date = document.fields.date().map(PartialDate::sort_key);
        (Reverse(date), document.slug.clone(), *id)
    });

    let alerts = lifecycle::alerts(&documents, &newest, today);
    let listings = listings::all(
        &documents,
        scopes,
        centers.len(),
        &schema.kinds,
        tables.tariff.as_ref(),
        &tables.directory,
        &newest,
    );
    let changes = changes::all(
        &documents,
        &status,
        &proposals,
        scopes,
        centers.len(),
        &newest,
    );
    let related = Related::new(&documents, &newest);
    let mut generated = generated(&centers, &listings, &schema.kinds);
    let directory = tables.directory.pages(&centers).into_iter();
    generated.extend(directory.map(|(address, _)| address));
    generated.extend(topics::addresses(&trends, &statistics, &centers));
    problems.extend(addresses.taken(&generated));
    problems.extend(addresses.taken_by_pages(&documents, &generated));
    problems.extend(tables.occasion.published.check(
        &documents,
        &addresses.documents,
        tables.change_notes,
    ));
    let rulings = rulings_by_number(&documents)
        .into_iter()
        .map(|(number, id)| (number.clone(), id))
        .collect();
    let portal = Portal {
        schema,
        rulings,
        documents,
        centers,
        membership,
        coverage,
        addresses,
        relations,
        status,
        proposals,
        directory: tables.directory,
        tariff: tables.tariff,
        chapters: tables.chapters.unwrap_or_default(),
        statistics,
        trends,
        newest,
        alerts,
        listings,
        changes,
        related,
        generated,
    };
    let broken: Vec<Diagnostic> = portal
        .documents
        .par_iter()
        .chain(portal.centers.par_iter().map(|center| &center.document))
        .flat_map_iter(|document| broken_links::check(document, &portal))
        .collect();
    problems.extend(broken);
    let documents = unreadable.iter();
    problems
        .extend(documents.flat_map(|document| broken_links::check_unreadable(document, &portal)));
    (portal, problems)
}

/// The addresses of pages that the portal makes itself.
fn generated(centers: &[CenterRecord], listings: &[Listing], kinds: &Kinds) -> HashSet<String> {
    let single = [
        "index.html",
        "search/index.html",
        "site-map/index.html",
        "category/index.html",
        "origin/index.html",
        "hts/index.html",
        "404.html",
        "opensearch.xml",
        "sitemap.xml",
        REVISIONS,
    ];
    let slugs = || centers.iter().map(CenterRecord::slug);
    let changes = [None].into_iter().chain(slugs().map(Some));
    let changes: Vec<String> = changes.map(changes_folder).collect();
    let lists = listings.iter();
    let lists: Vec<(String, bool)> = lists
        .map(|listing| (listing.folder(centers, kinds), listing.has_feed()))
        .collect();
    let pages = lists.iter().map(|(folder, _)| folder).chain(&changes);
    let followed = lists.iter().filter(|(_, has_feed)| *has_feed);
    let followed = followed.map(|(folder, _)| folder).chain(&changes).cloned();
    let feeds = followed
        .chain(slugs().map(|slug| format!("{slug}/")))
        .chain([String::new()])
        .flat_map(|folder| ["feed.xml", "feed.json"].map(|file| format!("{folder}{file}")));
    single
        .map(str::to_owned)
        .into_iter()
        .chain(pages.map(|folder| format!("{folder}index.html")))
        .chain(feeds)
        .collect()
}

fn changes_folder(center: Option<&str>) -> String {
    match center {
        Some(slug) => format!("{slug}/changes/"),
        None => "changes/".to_owned(),
    }
}

/// The id of a document by its place.
pub(crate) fn doc_id(at: usize) -> DocId {
    DocId(u32::try_from(at).expect("a portal has fewer than four billion documents"))
}

/// The id of a Center by its place.
pub(crate) fn center_id(at: usize) -> CenterId {
    CenterId(u32::try_from(at).expect("a portal has fewer than four billion Centers"))
}

fn is_public(document: &Document, today: Date) -> bool {
    !document.common.draft
        && document.common.publish.is_none_or(|day| day <= today)
        && document.common.expires.is_none_or(|day| day > today)
}

fn undated(documents: &[Document], problems: &mut Vec<Diagnostic>) {
    for document in documents {
        if document.fields.date() == Some(PartialDate::Unknown) {
            problems.push(
                Diagnostic::warning(
                    Code::Undated,
                    document.path.clone(),
                    "the date is not known: this document sorts last",
                )
                .at(document.span("date"))
                .help("give the year or the month where a source has it"),
            );
        }
    }
}

/// The rulings of the portal by number.
pub(crate) fn rulings_by_number(documents: &[Document]) -> HashMap<&RulingNumber, DocId> {
    let mut rulings = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        if let Some(number) = document.fields.ruling_number() {
            // Of two documents with one number, which is an error, the first counts.
            rulings.entry(number).or_insert(doc_id(at));
        }
    }
    rulings
}
