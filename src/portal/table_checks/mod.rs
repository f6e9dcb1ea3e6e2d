//! Checks documents and tables against each other.

mod references;

use super::assemble::Corpus;
use super::centers::unreadable_slugs;
use super::graph::{DecisionNames, Found, Naming};
use super::{CenterId, CenterRecord, CenterRecords, DocId, Inputs};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::{CenterKind, Document, Unreadable};
use crate::ids::IndexVec;
use crate::schema::Scalar;
use crate::tables::{
    AtCenter, CONTACTS_FILE, Contacts, LAST_REVISION, Problem, ProblemId, Reference,
    STATISTICS_FILE, Statistics, Tariff,
};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::PartialDate;

/// The Centers that a statement of a table speaks of; none for a slug that the portal does not have.
pub(crate) fn centers_of(statement: &AtCenter, centers: &CenterRecords) -> Vec<CenterId> {
    let is_meant = |center: &CenterRecord| match &*statement.centers {
        None => center.record.kind == CenterKind::Industry,
        Some(slugs) => slugs.iter().any(|slug| slug.id == center.slug()),
    };
    let all = centers.iter_enumerated();
    let meant = all.filter(|(_, center)| is_meant(center));
    meant.map(|(id, _)| id).collect()
}

/// Says what documents and tables name that is in no table, and which Centers the portal does not have.
pub(super) fn check(
    corpus: Corpus<'_>,
    unreadable: &[Unreadable],
    inputs: &Inputs<'_>,
) -> Vec<Diagnostic> {
    let Corpus {
        documents, centers, ..
    } = corpus;
    let tables = &inputs.tables;
    let centers_expected = unreadable_slugs(unreadable);
    let slugs: Vec<&str> = centers
        .iter()
        .map(CenterRecord::slug)
        .chain(centers_expected)
        .collect();
    let mut problems = references::check(corpus, tables, &inputs.schema.kinds, &slugs);
    if let Some(tariff) = &tables.tariff {
        let records = centers.iter().map(|center| &center.document);
        let since = inputs.config.hts.since;
        let unknown = documents
            .iter()
            .chain(records)
            .flat_map(|document| unknown_numbers(tariff, document, since));
        problems.extend(unknown);
    }
    if let Some(table) = &tables.statistics {
        problems.extend(statistics(table, &slugs));
    }
    problems
}

/// The documents that each problem names as outcomes, in its order.
pub(super) fn outcomes(
    contacts: Option<&Contacts>,
    names: &DecisionNames<'_>,
) -> (IndexVec<ProblemId, Vec<DocId>>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let of_one = |problem: &Problem| {
        let outcomes = problem.outcomes.iter();
        let ids = outcomes.filter_map(|Reference { id: name, span }| {
            let found = names.find(name, |_| true);
            let naming = Naming {
                name,
                key: "outcomes",
                must_be_here: true,
                file: Utf8Path::new(CONTACTS_FILE),
                span: span.clone(),
            };
            problems.extend(names.problem(&found, naming));
            match found {
                Found::One(id) => Some(id),
                _ => None,
            }
        });
        ids.collect()
    };
    let contacts = contacts.into_iter();
    let outcomes = contacts
        .flat_map(|contacts| &contacts.problems)
        .map(of_one)
        .collect();
    (outcomes, problems)
}

/// Says which rows are of a Center that the portal does not have.
fn statistics(table: &Statistics, slugs: &[&str]) -> Vec<Diagnostic> {
    let centers = table
        .figures
        .iter()
        .filter_map(|figure| figure.center.as_ref());
    let unknown = centers.filter(|center| !slugs.contains(&center.id.as_str()));
    unknown
        .map(|Reference { id: center, span }| {
            let help = match did_you_mean(center, slugs.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the Centers are: {}", slugs.join(", ")),
            };
            Diagnostic::error(
                Code::UnknownCenter,
                STATISTICS_FILE,
                format!("the portal has no Center `{center}`"),
            )
            .at(span.clone())
            .help(help)
        })
        .collect()
}

/// Says which tariff numbers of a document the schedule does not have. `since` is when its edition began.
fn unknown_numbers(table: &Tariff, document: &Document, since: Option<Date>) -> Vec<Diagnostic> {
    let since = since.unwrap_or(LAST_REVISION);
    let date = document.fields.date().and_then(PartialDate::latest);
    // What has no date at all, a page or a Center's record, speaks of today.
    let is_old = document.fields.date().is_some() && date.is_none_or(|date| date < since);
    let own = document.fields.hts().iter().enumerate();
    let own = own.map(|(at, number)| (number, "hts", at));
    let added = document.added.iter().flat_map(|key| {
        let values = key.values.iter().enumerate();
        values.filter_map(|(at, value)| match value {
            Scalar::Hts(number) => Some((number, key.name.as_str(), at)),
            _ => None,
        })
    });
    own.chain(added)
        .filter(|(number, ..)| !table.has(number))
        // The number of an old document may have expired since; only a heading that never was is worth a word.
        .filter(|(number, ..)| {
            let heading = number.heading().unwrap_or(number.chapter());
            !is_old || table.below(heading).is_empty()
        })
        .map(|(number, key, at)| {
            table.unknown(&document.path, number, document.entry_span(key, at))
        })
        .chain(tariff_in_text(table, document, is_old))
        .collect()
}

/// The same for the numbers that a document's words name. What it tells readers to do counts whatever its date.
fn tariff_in_text(table: &Tariff, document: &Document, is_old: bool) -> Vec<Diagnostic> {
    let named = document.in_text.hts.iter();
    named
        .filter(|mention| (mention.is_action || !is_old) && !table.has(&mention.number))
        .map(|mention| table.unknown(&document.path, &mention.number, mention.place.clone()))
        .collect()
}
