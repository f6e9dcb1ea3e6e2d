//! `portolan list`: the documents of a portal as data.

use super::args::{Format, ListFilter, ReportFormat};
use super::console::{Console, counts, plural, print};
use super::unknown::UnknownName;
use super::{Failure, context};
use crate::build::{self, BuildContext, Outcome};
use crate::diagnostic::has_errors;
use crate::document::Kind;
use crate::files::Disk;
use crate::portal::{CenterRecord, DocId, Portal, StatusRecord};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::PartialDate;
use serde::Serialize;
use std::fmt::Write as _;
use std::process::ExitCode;

/// A document as other programs read it. What is not known is absent.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    path: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    address: &'a str,
    centers: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<StatusRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<Date>,
    /// Whether its day of review has come.
    overdue: bool,
}

/// Lists the documents that a filter lets through.
pub(super) fn list(
    root: &Utf8Path,
    filter: &ListFilter,
    console: Console,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let context = BuildContext {
        drafts: filter.drafts,
        ..super::context::context(&root.join("public"), filter.as_of)
    };
    let cache = context::cache(&files, !filter.no_cache);
    let Outcome { result, problems } = build::load(&files, cache.facts(), context, &())?;
    // The next run is slower without; this one is as good.
    let _ = cache.facts().save();
    let Some(site) = result.filter(|_| !has_errors(&problems)) else {
        console.report(&problems, None, &files, root, ReportFormat::Terminal)?;
        console.say(&format!("{}; nothing was listed", counts(&problems)));
        return Ok(ExitCode::from(1));
    };
    let portal = &site.portal;
    check_names(filter, portal)?;
    let today = site.day.date;
    let ids = portal.documents.ids();
    let entries: Vec<Entry<'_>> = ids
        .map(|id| entry(id, portal, today))
        .filter(|entry| passes(entry, filter))
        .collect();
    match filter.format {
        Format::Json => {
            let json = serde_json::json!({ "documents": entries });
            print(&format!("{json:#}\n"))?;
        }
        Format::Text => print(&text(&entries))?,
    }
    console.say(&plural(entries.len(), "document"));
    Ok(ExitCode::SUCCESS)
}

/// Checks that the portal has the kind and the Center that a filter names.
fn check_names(filter: &ListFilter, portal: &Portal) -> Result<(), UnknownName> {
    let kinds = &portal.schema.kinds;
    let kinds = kinds.names().chain([kinds.name(Kind::Page)]).collect();
    let centers = portal.centers.iter().map(CenterRecord::slug).collect();
    let check = |what, name: &Option<String>, known: Vec<&str>| match name {
        Some(name) if !known.contains(&name.as_str()) => Err(UnknownName::new(what, name, &known)),
        _ => Ok(()),
    };
    check("kind", &filter.kind, kinds)?;
    check("Center", &filter.center, centers)
}

fn entry(id: DocId, portal: &Portal, today: Date) -> Entry<'_> {
    let document = portal.document(id);
    let date = document.fields.date();
    Entry {
        path: document.path.as_str(),
        kind: portal.schema.kinds.name(document.kind),
        number: document.fields.number(),
        title: &document.common.title,
        date: date
            .filter(|date| *date != PartialDate::Unknown)
            .map(|date| date.to_string()),
        address: portal.addresses.of(id),
        centers: portal.slugs(portal.membership.centers_of(id)).collect(),
        issued_by: portal.issuer_slug(id),
        status: portal.status_record(id),
        hts: document
            .fields
            .hts()
            .iter()
            .map(ToString::to_string)
            .collect(),
        review_by: document.common.review_by,
        overdue: document.common.review_by.is_some_and(|day| day <= today),
    }
}

fn passes(entry: &Entry<'_>, filter: &ListFilter) -> bool {
    let is = |wanted: &Option<String>, value: Option<&str>| {
        wanted.as_deref().is_none_or(|wanted| value == Some(wanted))
    };
    is(&filter.kind, Some(entry.kind))
        && is(
            &filter.status,
            entry.status.as_ref().map(|status| status.value),
        )
        && filter
            .center
            .as_deref()
            .is_none_or(|center| entry.centers.contains(&center) || entry.issued_by == Some(center))
        && (!filter.overdue || entry.overdue)
}

/// `, in force as of 2026-06-26 (as far as known)`: never without the day.
pub(super) fn status(status: &StatusRecord) -> String {
    let name = status.value.replace('-', " ");
    let since = status.since.as_ref().map(|day| format!(" {day}"));
    let as_of = match (status.basis.reason, &status.as_of) {
        ("no-change-known", Some(day)) => format!(" as of {day} (as far as known)"),
        (_, Some(day)) => format!(" (status as of {day})"),
        (_, None) => String::new(),
    };
    let since = since.filter(|_| status.basis.reason == "change");
    format!(", {name}{}{as_of}", since.unwrap_or_default())
}

fn text(entries: &[Entry<'_>]) -> String {
    let mut text = String::new();
    for entry in entries {
        let number = entry.number.as_deref().map(|number| format!("{number}: "));
        let status = entry.status.as_ref().map(status);
        let review = entry
            .review_by
            .filter(|_| entry.overdue)
            .map(|day| format!(", review was due {day}"));
        let _ = writeln!(
            text,
            "{}\n    {}{}\n    {}, {}{}{}",
            entry.path,
            number.unwrap_or_default(),
            entry.title,
            entry.kind,
            entry.date.as_deref().unwrap_or("undated"),
            status.unwrap_or_default(),
            review.unwrap_or_default(),
        );
    }
    text
}
