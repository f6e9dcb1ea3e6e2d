//! Puts documents together: the road from what each says to what follows from all.

use super::assets::AllDocuments;
use super::{
    CenterRecord, CenterRecords, Coverage, Directory, DocId, LIST_TABLE, ListId, Listing, Portal,
    REVISIONS, Revisions, addresses, broken_links, centers, changes, changes_folder, directory,
    lifecycle, listings, rulings_by_number, table_checks, trends,
};
use crate::config::{ChangeNotes, Clock};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Kind, Kinds, Schema, Unreadable};
use crate::ids::IndexVec;
use crate::portal::graph::DecisionNames;
use crate::portal::graph::relations;
use crate::portal::graph::{contradictions, effects, proposals, status, subsequent, two_kinds};
use crate::portal::listings::Related;
use crate::portal::trends::topics;
use crate::schema::earlier::earlier_address;
use crate::source::Sources;
use crate::tables::{Chapter, Statistics, StatusSources, TableNumbers, Tariff};
use jiff::civil::Date;
use portolan_customs::PartialDate;
use std::cmp::Reverse;
use std::collections::HashSet;

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
    /// Where rulings were looked up for changes.
    pub status_sources: Option<StatusSources>,
    /// Tariff numbers that the words of the other tables name.
    pub named_numbers: Vec<TableNumbers>,
    /// When the tariff's edition began.
    pub tariff_since: Option<Date>,
    /// Whether what was published and changed needs a note.
    pub change_notes: ChangeNotes,
    /// The day that decides what is scheduled, expired or overdue.
    pub today: Date,
    /// When and for whom.
    pub occasion: Occasion,
}

/// When a portal is looked at, and for whom.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// Tells the day.
    pub clock: Clock,
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
            clock: Clock::Fixed(today),
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
    let today = tables.today;
    let drafts = tables.occasion.drafts;
    problems.extend(lifecycle::overdue(
        documents.iter().chain(&center_documents),
        today,
    ));
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    let (documents, withheld): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| drafts || is_public(document, today));
    let documents = IndexVec::<DocId, _>::from(documents);

    let centers = centers::records(center_documents);
    let coverage = Coverage::new(&centers);
    problems.extend(coverage.contradictions(&centers));
    let membership = centers::assign(&documents, &centers, &coverage, unreadable, &mut problems);
    let scopes = membership.scopes();
    let all = AllDocuments {
        published: &documents,
        centers: &centers,
        withheld: &withheld,
        unreadable,
    };
    let mut addresses = addresses::assign(&all, sources, &schema.kinds, &mut problems);
    addresses.expect(unreadable, &schema.kinds);
    let relations = relations::relate(&documents);
    problems.extend(relations::cycles(&documents, &relations));
    problems.extend(contradictions::find(&documents, &relations));
    problems.extend(two_kinds::find(&documents, &schema.kinds));
    problems.extend(effects::check(&documents, &relations));
    problems.extend(proposals::problems(&documents));
    let status_sources = tables.status_sources.unwrap_or_default();
    problems.extend(status_sources.problems(today));
    let status = status::of_all(&documents, &relations, &status_sources);
    let proposals = proposals::of_all(&documents, &status);
    let names = DecisionNames::new(&documents, &addresses, unreadable);
    let (subsequent, found) = subsequent::of_all(&documents, &names);
    problems.extend(found);
    let outcomes = directory::outcomes(&tables.directory, &names, &mut problems);
    problems.extend(lifecycle::in_the_future(
        documents
            .iter()
            .filter(|document| is_public(document, today)),
        today,
    ));
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
        problems.extend(checked.flat_map(|document| {
            table_checks::tariff(tariff, document, &schema, tables.tariff_since)
        }));
        let named = tables.named_numbers.iter();
        problems.extend(named.flat_map(|table| tariff.check_table(table)));
    }

    let statistics = tables.statistics.unwrap_or_default();
    problems.extend(table_checks::statistics(&statistics, &centers, unreadable));
    let trends = trends::of_all(&documents, scopes, centers.len(), &relations, &status);

    let mut newest: Vec<DocId> = documents.ids().collect();
    newest.retain(|id| documents[*id].kind != Kind::Page);
    newest.sort_by_cached_key(|id| {
        let document = &documents[*id];
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
        &subsequent,
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
    let earlier = generated.iter().filter_map(|page| earlier_address(page));
    let earlier: Vec<String> = earlier.collect();
    generated.extend(earlier);
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
        status_sources,
        subsequent,
        proposals,
        directory: tables.directory,
        outcomes,
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
        left_out: sources.left_out.clone(),
    };
    problems.extend(broken_links::check(&portal, unreadable));
    (portal, problems)
}

/// The addresses of pages that the portal makes itself.
fn generated(
    centers: &CenterRecords,
    listings: &IndexVec<ListId, Listing>,
    kinds: &Kinds,
) -> HashSet<String> {
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
    let lists: Vec<(String, &Listing)> = lists
        .map(|listing| (listing.folder(centers, kinds), listing))
        .collect();
    let tables = lists.iter().filter(|(_, listing)| listing.has_table());
    let tables = tables.map(|(folder, _)| format!("{folder}{LIST_TABLE}"));
    let pages = lists.iter().map(|(folder, _)| folder).chain(&changes);
    let followed = lists.iter().filter(|(_, listing)| listing.has_feed());
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
        .chain(tables)
        .collect()
}

fn is_public(document: &Document, today: Date) -> bool {
    !document.common.draft
        && document.common.publish.is_none_or(|day| day <= today)
        && document.common.expires.is_none_or(|day| day > today)
}
