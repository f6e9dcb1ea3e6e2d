//! What lists and search results say of a document of a kind that is data alone, besides title and date.

use crate::document::{Declared, Document};
use crate::schema::Moment;
use crate::theme::Words;
use portolan_customs::PartialDate;

/// The details of a document, each in a few words: where an event is, from when a message applies, how much was found, in
/// which group a question is.
#[must_use]
pub fn details(document: &Document, words: &Words) -> Vec<String> {
    let Some(declared) = document.fields.declared() else {
        return Vec::new();
    };
    let Declared {
        effective,
        ends,
        found,
        period,
        group,
        place,
        ..
    } = declared;
    let dated = |name: &str, date: Option<PartialDate>| {
        let date = date.filter(|date| *date != PartialDate::Unknown)?;
        Some(words.fill(name, &[("date", &words.date(date))]))
    };
    let details = [
        place.clone(),
        dated("item.effective", *effective),
        dated("item.ends", *ends),
        found.clone(),
        period.clone(),
        group.clone(),
    ];
    details.into_iter().flatten().collect()
}

/// The date of a document in a list, as a reader sees it: of an event, when it is; empty for what needs no date.
#[must_use]
pub fn listed_date(document: &Document, words: &Words) -> String {
    let declared = document.fields.declared();
    let when = declared.and_then(|declared| when(declared, words));
    let date = document.fields.date();
    when.or_else(|| date.map(|date| words.date(date)))
        .unwrap_or_default()
}

/// The same for machines; `None` where it is not known.
#[must_use]
pub fn listed_datetime(document: &Document) -> Option<String> {
    let declared = document.fields.declared();
    let start = declared.and_then(|declared| declared.start);
    let date = document.fields.date();
    let date = date.filter(|date| *date != PartialDate::Unknown);
    start
        .map(|start| start.to_string())
        .or_else(|| date.map(|date| date.to_string()))
}

/// When an event is: `April 9, 2026, 10:00 to 11:30 (Eastern time)`; `None` for what has no `start`.
fn when(declared: &Declared, words: &Words) -> Option<String> {
    let start = declared.start?;
    let begins = moment(start, words);
    let ends = declared.end.filter(|end| *end != start).map(|end| {
        match end.time.filter(|_| end.date == start.date) {
            Some(time) => words.time(time),
            None => moment(end, words),
        }
    });
    let whole = match ends {
        Some(end) => words.fill("event.from_to", &[("start", &begins), ("end", &end)]),
        None => begins,
    };
    Some(match &declared.zone {
        Some(zone) => {
            let name = zone
                .us()
                .and_then(|name| words.word("time_zone", &name.to_lowercase()));
            let name = name.unwrap_or_else(|| zone.iana());
            words.fill("event.in_zone", &[("when", &whole), ("zone", &name)])
        }
        None => whole,
    })
}

fn moment(moment: Moment, words: &Words) -> String {
    let date = words.date(moment.date);
    match moment.time {
        Some(time) => words.fill("event.at", &[("date", &date), ("time", &words.time(time))]),
        None => date,
    }
}
