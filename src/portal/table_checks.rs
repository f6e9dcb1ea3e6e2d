//! Checks documents and tables against each other.

use super::{CenterId, CenterRecord, CenterRecords};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::schema::{Schema, Shape};
use crate::document::{CenterKind, Document, Kind, Unreadable};
use crate::tables::{AtCenter, LAST_REVISION, STATISTICS_FILE, Statistics, Tariff};
use jiff::civil::Date;
use portolan_customs::PartialDate;

/// The Centers that a statement of a table speaks of; none for a slug that the portal does not have.
pub(crate) fn centers_of(statement: &AtCenter, centers: &CenterRecords) -> Vec<CenterId> {
    let is_meant = |center: &CenterRecord| match &statement.centers {
        None => center.record.kind == CenterKind::Industry,
        Some(slugs) => slugs.iter().any(|slug| slug.id == center.slug()),
    };
    let all = centers.iter_enumerated();
    let meant = all.filter(|(_, center)| is_meant(center));
    meant.map(|(id, _)| id).collect()
}

/// Says which rows are of a Center that the portal does not have.
pub(super) fn statistics(
    table: &Statistics,
    centers: &CenterRecords,
    unreadable: &[Unreadable],
) -> Vec<Diagnostic> {
    // A Center with problems of its own is no reason to report its figures.
    let expected = unreadable
        .iter()
        .filter(|document| document.kind == Kind::Center)
        .map(|document| document.slug.as_str());
    let slugs: Vec<&str> = centers
        .iter()
        .map(CenterRecord::slug)
        .chain(expected)
        .collect();
    let unknown = table
        .figures
        .iter()
        .filter(|figure| !figure.center.is_empty() && !slugs.contains(&figure.center.as_str()));
    unknown
        .map(|figure| {
            let center = &figure.center;
            let help = match did_you_mean(center, slugs.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the Centers are: {}", slugs.join(", ")),
            };
            Diagnostic::error(
                Code::UnknownCenter,
                STATISTICS_FILE,
                format!("the portal has no Center `{center}`"),
            )
            .at(figure.center_span.clone())
            .help(help)
        })
        .collect()
}

/// Says which tariff numbers of a document the schedule does not have. `since` is when its edition began.
pub(super) fn tariff(
    table: &Tariff,
    document: &Document,
    schema: &Schema,
    since: Option<Date>,
) -> Vec<Diagnostic> {
    let since = since.unwrap_or(LAST_REVISION);
    let date = document.fields.date().and_then(PartialDate::latest);
    // What has no date at all, a page or a Center's record, speaks of today.
    let is_old = document.fields.date().is_some() && date.is_none_or(|date| date < since);
    let own = document.fields.hts().iter().enumerate();
    let own = own.map(|(at, number)| (number.clone(), document.entry_span("hts", at)));
    let added = schema
        .added(document.kind)
        .filter(|field| field.shape == Shape::Hts)
        .flat_map(|field| {
            let key = document.added.iter().find(|key| key.name == field.key);
            let values = key
                .into_iter()
                .flat_map(|key| key.values.iter().enumerate());
            values.filter_map(|(at, value)| {
                Some((value.parse().ok()?, document.entry_span(&field.key, at)))
            })
        });
    own.chain(added)
        .filter(|(number, _)| !table.has(number))
        // The number of an old document may have expired since; only a heading that never was is worth a word.
        .filter(|(number, _)| {
            let heading = number.heading().unwrap_or(number.chapter());
            !is_old || table.below(heading).is_empty()
        })
        .map(|(number, span)| table.unknown(&document.path, &number, span))
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
