//! Puts documents together: phases that each take what is known and return what follows from it.

use super::assets::AllDocuments;
use super::centers;
use super::graph::{self, DecisionNames, Graph};
use super::listings::{self, Related};
use super::{
    Assembled, CenterId, CenterRecord, CenterRecords, Coverage, DocId, Documents, Membership,
    Portal, Revisions, Unpublished, addresses, changes, lifecycle, table_checks, trends,
};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Kind, Schema, Unreadable};
use crate::ids::IndexVec;
use crate::source::Sources;
use crate::tables::Tables;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a portal is made of beside its documents.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The kinds and their keys.
    pub schema: Schema,
    /// The data tables.
    pub tables: Tables,
    /// The files of the content tree.
    pub sources: &'a Sources,
    /// The settings.
    pub config: &'a Config,
    /// The day that decides what is scheduled, expired or overdue.
    pub today: Date,
    /// Whether drafts and what is not published yet are shown, for the preview.
    pub drafts: bool,
    /// What was published last.
    pub published: &'a Revisions,
}

/// What lists, changes and trends are counted from.
#[derive(Clone, Copy)]
pub(super) struct Corpus<'a> {
    pub(super) documents: &'a Documents,
    pub(super) centers: &'a CenterRecords,
    pub(super) membership: &'a Membership,
    pub(super) graph: &'a Graph,
    /// Every listed document, newest first.
    pub(super) newest: &'a [DocId],
}

/// Puts documents together.
///
/// `unreadable` takes part as far as others depend on it.
pub fn assemble(
    documents: Vec<Arc<Document>>,
    unreadable: &[Unreadable],
    inputs: Inputs<'_>,
) -> (Portal, Vec<Diagnostic>) {
    let today = inputs.today;
    let overdue = lifecycle::overdue(&documents, today);
    let Selection {
        documents,
        withheld,
        centers,
    } = select(documents, &inputs);
    let early = lifecycle::in_the_future(&documents, today);

    let coverage = Coverage::new(&centers);
    let all = AllDocuments {
        published: &documents,
        centers: &centers,
        withheld: &withheld,
        unreadable,
    };
    let kinds = &inputs.schema.kinds;
    let (((membership, of_centers), newest), (addresses, of_addresses)) = rayon::join(
        || {
            let assigned = centers::assign(&documents, &centers, &coverage, unreadable);
            (assigned, newest(&documents))
        },
        || {
            let mut problems = Vec::new();
            let mut addresses = addresses::assign(&all, inputs.sources, kinds, &mut problems);
            addresses.expect(unreadable, kinds);
            (addresses, problems)
        },
    );

    let names = DecisionNames::new(&documents, &addresses, unreadable);
    let (graph, of_graph) = graph::assemble(&documents, &names, &inputs);
    let (outcomes, of_outcomes) = table_checks::outcomes(inputs.tables.contacts.as_ref(), &names);
    let corpus = Corpus {
        documents: &documents,
        centers: &centers,
        membership: &membership,
        graph: &graph,
        newest: &newest,
    };
    let unpublished = documents.iter_enumerated().filter_map(|(id, document)| {
        let why = lifecycle::unpublished(document, today)?;
        Some((id, why))
    });
    let unpublished: BTreeMap<DocId, Unpublished> = unpublished.collect();
    let through = through(&documents, &newest, &unpublished);
    let alerts = lifecycle::alerts(&documents, &newest, today);
    let pages = &addresses.documents;
    let notes = inputs.config.change_notes;
    // None of these needs another one.
    let ((listings, related), (trends, (changes, (of_tables, changed)))) = rayon::join(
        || (listings::all(corpus, &inputs), Related::new(corpus)),
        || {
            let checks = || {
                let of_tables = table_checks::check(corpus, unreadable, &inputs);
                (of_tables, inputs.published.check(&documents, pages, notes))
            };
            let others = || rayon::join(|| changes::all(corpus), checks);
            rayon::join(|| trends::of_all(corpus), others)
        },
    );

    let assembled = Assembled {
        schema: inputs.schema,
        centers,
        membership,
        coverage,
        addresses,
        graph,
        tables: inputs.tables,
        outcomes,
        trends,
        newest,
        through,
        unpublished,
        alerts,
        listings,
        changes,
        related,
        left_out: inputs.sources.left_out.clone(),
    };
    let portal = Portal {
        documents,
        assembled: assembled.into(),
    };
    let problems = [
        overdue,
        early,
        of_centers,
        of_addresses,
        of_graph,
        of_outcomes,
        of_tables,
        changed,
    ];
    (portal, problems.concat())
}

/// Documents by what becomes of them today.
struct Selection {
    /// Those that are shown, sorted by path.
    documents: Documents,
    /// Drafts, and what is scheduled or has expired.
    withheld: Vec<Arc<Document>>,
    centers: IndexVec<CenterId, CenterRecord>,
}

fn select(documents: Vec<Arc<Document>>, inputs: &Inputs<'_>) -> Selection {
    let (centers, mut documents): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| document.kind == Kind::Center);
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    let (documents, withheld): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| inputs.drafts || lifecycle::is_public(document, inputs.today));
    Selection {
        documents: documents.into(),
        withheld,
        centers: centers::records(centers),
    }
}

/// Every listed document, newest first.
fn newest(documents: &Documents) -> Vec<DocId> {
    let listed = documents.iter_enumerated();
    let listed = listed.filter(|(_, document)| document.kind != Kind::Page);
    let mut newest: Vec<DocId> = listed.map(|(id, _)| id).collect();
    newest.sort_by_cached_key(|id| {
        let document = &documents[*id];
        let date = document.fields.date().map(PartialDate::sort_key);
        (Reverse(date), document.slug.clone(), *id)
    });
    newest
}

/// The first day that the newest of the published documents can be of.
fn through(
    documents: &Documents,
    listed: &[DocId],
    unpublished: &BTreeMap<DocId, Unpublished>,
) -> Option<Date> {
    let published = listed.iter().filter(|id| !unpublished.contains_key(*id));
    let days = published.filter_map(|id| documents[*id].fields.date()?.earliest());
    days.max()
}
