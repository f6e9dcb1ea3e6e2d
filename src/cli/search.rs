//! `portolan search`: the answer that a reader's browser would give.

use super::Failure;
use super::args::{Format, SearchOptions};
use super::output::{OutputError, print};
use super::root::Root;
use crate::files::Disk;
use crate::index::{self, ReadError};
use camino::Utf8Path;
use portolan_search::{AbsentKind, Card, NoteKind, Request, Results, ScorePart};
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
        fuzzy: !options.as_typed,
        explain: options.explain,
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
    let card = |card: &Card| {
        serde_json::json!({
            "number": card.number,
            "title": card.title,
            "date": card.date,
            "center": card.centers,
            "kind": card.kind,
            "status": card.status,
            "since": card.since,
            "url": card.url,
        })
    };
    let hits = results.hits.iter().map(|hit| {
        let mut value = card(&hit.card);
        value["score"] = hit.score.into();
        if !hit.parts.is_empty() {
            value["parts"] = serde_json::json!(hit.parts);
        }
        value
    });
    let answers = results.answers.iter().map(|answer| card(&answer.card));
    let places = results.places.iter().map(card);
    serde_json::json!({
        "query": results.query,
        "total": results.total,
        "complete": results.complete,
        "loosened": results.loosened,
        "corrected": results.corrected,
        "synonyms": results.synonyms,
        "ignored": results.ignored,
        "notes": results.notes,
        "absent": results.absent,
        "without": results.without,
        "similar": results.similar,
        "places": places.collect::<Vec<_>>(),
        "answers": answers.collect::<Vec<_>>(),
        "hits": hits.collect::<Vec<_>>(),
    })
}

fn text(results: &Results) -> String {
    let mut text = about_query(results);
    for answer in &results.answers {
        text += &line(&answer.card);
    }
    for (at, hit) in results.hits.iter().enumerate() {
        // The first page has the line between what has all words and what has some.
        if at == results.complete && (at > 0 || results.loosened) {
            text += if results.loosened {
                "No document matches all words. Showing those that match some.\n"
            } else {
                "The following match some of the words.\n"
            };
        }
        text += &line(&hit.card);
        for part in &hit.parts {
            text += &format!("    {}\n", explained(part));
        }
        if !hit.parts.is_empty() {
            text += &format!("    = {}\n", hit.score);
        }
    }
    for without in &results.without {
        text += &format!(
            "Without `{}` there are {} results.\n",
            without.word, without.total
        );
    }
    for place in &results.places {
        text += &format!("You may find it here: {}", line(place));
    }
    text + &format!("{} results\n", results.total + results.answers.len())
}

/// What is said of the query before its results.
fn about_query(results: &Results) -> String {
    let mut text = String::new();
    if let Some(corrected) = &results.corrected {
        text += &format!(
            "Showing results for `{}`. Search as typed with `--as-typed`.\n",
            corrected.shown.trim()
        );
    }
    if !results.similar.is_empty() {
        text += &format!("Similar words: {}\n", results.similar.join(", "));
    }
    for synonym in &results.synonyms {
        text += &format!(
            "Also searched for `{}`: {}\n",
            synonym.word,
            synonym.also.join(", ")
        );
    }
    if !results.ignored.is_empty() {
        text += &format!("Left out: {}\n", results.ignored.join(", "));
    }
    for note in &results.notes {
        text += &match note.kind {
            NoteKind::UnknownField => format!(
                "There is no field `{}:`; it was searched as words.\n",
                note.text
            ),
            NoteKind::UnknownValue => format!("Nothing has the value `{}`.\n", note.text),
            NoteKind::TooLong => "The query is too long; its end was left out.\n".to_owned(),
        };
    }
    for absent in &results.absent {
        text += &match absent.kind {
            AbsentKind::Ruling => format!(
                "{} is not in this portal; look for it on CROSS.\n",
                absent.number
            ),
            AbsentKind::Heading => format!(
                "No document is on {}; look it up in the tariff schedule.\n",
                absent.number
            ),
        };
    }
    text
}

fn explained(part: &ScorePart) -> String {
    match part {
        ScorePart::Word { word, score } => format!("{score:>8.3}  {word}"),
        ScorePart::Coverage { factor } => format!("× {factor:>6.3}  part of the query"),
        ScorePart::Document { factor } => {
            format!("× {factor:>6.3}  status, office, age, citations, kind")
        }
    }
}

fn line(card: &Card) -> String {
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
    let name = format!("{} {}", card.number, card.title);
    let date = if card.date.is_empty() {
        String::new()
    } else {
        format!(", {}", card.date)
    };
    format!(
        "{}\n    {}{date}{status}; {}\n",
        name.trim(),
        card.kind,
        card.url
    )
}
