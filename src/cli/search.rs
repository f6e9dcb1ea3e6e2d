//! `portolan search`: the answer that a reader's browser would give.

use super::Failure;
use super::args::{Format, SearchOptions};
use super::output::{OutputError, print};
use super::root::Root;
use crate::files::Disk;
use crate::index::{self, ReadError};
use camino::Utf8Path;
use portolan_search::{Request, Results};
use std::process::ExitCode;

/// Why no answer was printed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SearchError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Answers from the site in a folder.
pub(super) fn search(
    options: &SearchOptions,
    root: impl FnOnce() -> Result<Root, Failure>,
) -> Result<ExitCode, Failure> {
    let site = match &options.site {
        Some(site) => site.clone(),
        None => root()?.shown.join("public"),
    };
    answer(&site, options)?;
    Ok(ExitCode::SUCCESS)
}

fn answer(site: &Utf8Path, options: &SearchOptions) -> Result<(), SearchError> {
    let request = Request {
        query: options.query.clone(),
        limit: options.limit,
        ..Request::default()
    };
    let results = index::search(&Disk::new(site), site, &request)?;
    match options.format {
        Format::Json => print(&format!("{}\n", json(&results)))?,
        Format::Text => print(&text(&results))?,
    }
    Ok(())
}

fn json(results: &Results) -> serde_json::Value {
    let hits = results.hits.iter().map(|hit| {
        let card = &hit.card;
        serde_json::json!({
            "number": card.number,
            "title": card.title,
            "date": card.date,
            "center": card.centers,
            "kind": card.kind,
            "status": card.status,
            "since": card.since,
            "url": card.url,
            "score": hit.score,
        })
    });
    serde_json::json!({
        "query": results.query,
        "total": results.total,
        "loosened": results.loosened,
        "hits": hits.collect::<Vec<_>>(),
    })
}

fn text(results: &Results) -> String {
    let mut text = String::new();
    if results.loosened {
        text += "No document matches all words. Showing those that match some.\n";
    }
    for hit in &results.hits {
        let card = &hit.card;
        let status = if card.status.is_empty() {
            String::new()
        } else {
            let since = if card.since.is_empty() {
                String::new()
            } else {
                format!(" {}", card.since)
            };
            let known = if card.status == "in-force" {
                " (as far as known; its page says as of which day)"
            } else {
                ""
            };
            format!(", {}{since}{known}", card.status.replace('-', " "))
        };
        text += &format!("{} {}\n", card.number, card.title);
        text += &format!("    {}, {}{status}; {}\n", card.kind, card.date, card.url);
    }
    text + &format!("{} results\n", results.total)
}
