//! What an import knows of changes, and as of which day: written to `content/data/coverage.yaml`.
//!
//! A record whose relations a source gave proves that rulings of its collection and year were read for changes. The day
//! is the one that the editor names, else the newest date among the records: the source cannot be older than that.

use super::record::{CROSS, Record};
use crate::files::Files as _;
use crate::import::ImportError;
use crate::import::note::{Note, NoteKind};
use crate::import::report::Report;
use crate::import::session::Session;
use crate::import::store::{Outcome, store_table};
use crate::import::yaml::{self, Value};
use crate::tables::{COVERAGE_FILE, StatusSource, StatusSources, Years, read_status_sources};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::{Collection, PartialDate, official};
use std::collections::BTreeMap;

/// The name of the table in the ledger.
const KEY: &str = "data/coverage.yaml";

const HEAD: &str = "\
# Which rulings were read with what changed them, and up to which day. A ruling without an entry here is \"Not checked\".
# `portolan import cross` adds to this file as long as no editor changed it (docs/importing.md).
";

/// By collection and year, the day.
type Days = BTreeMap<(&'static str, i16), Date>;

/// Adds what the records prove. Of years with a document that does not say what its record says, because an editor has it
/// or it could not be written, nothing is added: its status would be as of a day of which it knows nothing.
pub(super) fn update<'r>(
    session: &mut Session<'_>,
    records: impl Iterator<Item = &'r Record> + Clone,
    unsettled: &[&Record],
    report: &mut Report,
) -> Result<(), ImportError> {
    let mut proven = proven(records, session.target.options.through);
    for record in unsettled {
        proven.retain(|place, _| place_of(record).as_ref() != Some(place));
    }
    if proven.is_empty() {
        return Ok(());
    }
    let path = Utf8Path::new(COVERAGE_FILE);
    let known = match session.files().read(path) {
        Ok(bytes) => read_status_sources(&bytes),
        Err(error) if error.cause.kind() == std::io::ErrorKind::NotFound => {
            Ok(StatusSources::default())
        }
        Err(error) => return Err(error.into()),
    };
    let known = match known {
        Ok(known) => known,
        Err(problems) => {
            let problems = problems.into_iter();
            let note = "so the import added nothing to this table";
            report
                .problems
                .extend(problems.map(|problem| problem.note(note)));
            return Ok(());
        }
    };
    let before = text(&known);
    let after = text(&joined(known, &proven));
    if before == after {
        return Ok(());
    }
    let stored = store_table(
        session.target,
        &mut session.ledger,
        KEY,
        path,
        after.as_bytes(),
    )?;
    if let Outcome::Kept(kept) = stored {
        report.kept.push(kept);
        return Ok(());
    }
    for (collection, years, through) in spans(&proven) {
        let years: Vec<String> = years.iter().map(Years::to_string).collect();
        let message = format!("{collection} {} as of {through}", years.join(", "));
        report
            .notes
            .push(Note::new(NoteKind::Coverage, CROSS, message));
    }
    Ok(())
}

/// The collections and years of which records with relations were read, and as of which day.
fn proven<'r>(records: impl Iterator<Item = &'r Record> + Clone, through: Option<Date>) -> Days {
    let newest = || {
        let dates = records.clone().filter_map(|record| record.date);
        dates.filter_map(PartialDate::earliest).max()
    };
    let Some(through) = through.or_else(newest) else {
        return Days::new();
    };
    let known = records.filter(|record| record.knows_changes());
    known
        .filter_map(|record| Some((place_of(record)?, through)))
        .collect()
}

/// The collection and year of a record.
fn place_of(record: &Record) -> Option<(&'static str, i16)> {
    Some((
        Collection::by_series(&record.number)?.in_cross(),
        record.date?.year()?,
    ))
}

/// What was known, with what was proven. Entries of other sources, and those that an editor made for all years or as
/// complete, stay as they are.
fn joined(known: StatusSources, proven: &Days) -> StatusSources {
    let is_own = |source: &StatusSource| {
        source.name == CROSS && !source.complete && !source.years.is_empty()
    };
    let (own, mut sources): (Vec<_>, Vec<_>) = known.0.into_iter().partition(is_own);
    let mut days = proven.clone();
    for source in own {
        for collection in source.collections.iter() {
            let years = source
                .years
                .iter()
                .flat_map(|years| years.first..=years.last);
            for year in years {
                let day = days
                    .entry((collection.name(), year))
                    .or_insert(*source.through);
                *day = (*source.through).max(*day);
            }
        }
    }
    let page = Some(official::CROSS.to_owned());
    sources.extend(
        spans(&days)
            .into_iter()
            .map(|(collection, years, through)| {
                StatusSource::new(CROSS, page.clone(), collection, years, through)
            }),
    );
    StatusSources(sources.into())
}

/// The years of one collection and one day together, sorted.
fn spans(days: &Days) -> Vec<(&'static str, Vec<Years>, Date)> {
    let mut spans: BTreeMap<(&'static str, Date), Vec<Years>> = BTreeMap::new();
    for ((collection, year), day) in days {
        let years = spans.entry((*collection, *day)).or_default();
        match years.last_mut() {
            Some(last) if last.last + 1 == *year => last.last = *year,
            _ => years.push(Years {
                first: *year,
                last: *year,
            }),
        }
    }
    let spans = spans.into_iter();
    spans
        .map(|((collection, day), years)| (collection, years, day))
        .collect()
}

/// The table as a file.
fn text(sources: &StatusSources) -> String {
    let mut text = format!("{HEAD}coverage:\n");
    for source in &sources.0 {
        let years = source.years.iter().map(Years::to_string).collect();
        let collections = source.collections.iter().map(|it| it.name().to_owned());
        let url = source.url.clone().unwrap_or_default();
        let complete = if source.complete { "true" } else { "" };
        let entries = [
            ("source", Value::Text(source.name.clone())),
            ("url", Value::Text(url)),
            ("collections", Value::List(collections.collect())),
            ("years", Value::List(years)),
            ("through", Value::Word(source.through.to_string())),
            ("complete", Value::Word(complete.to_owned())),
        ];
        text.push_str(&yaml::item(entries));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: &str, date: &str, knows: bool) -> Record {
        let mut record = Record::new(number.parse().expect("it is a number"));
        record.date = date.parse().ok();
        if knows {
            record.relations.insert("revoked_by", Vec::new());
            record.relations.insert("modified_by", Vec::new());
        }
        record
    }

    fn table(known: &str, records: &[Record], through: Option<Date>) -> String {
        let known = read_status_sources(known.as_bytes()).expect("it is sound");
        text(&joined(known, &proven(records.iter(), through)))
    }

    #[test]
    fn a_table_that_was_written_reads_back_equal() {
        let records = [
            record("NY N301234", "2018-11-05", true),
            record("NY N321234", "2019-11-05", true),
            record("NY N361234", "2026-06-26", false),
            record("HQ H289712", "2021-01-01", true),
        ];
        let written = table("coverage: []\n", &records, None);
        let again = table(&written, &[], None);
        assert_eq!(written, again);
        let sources = read_status_sources(written.as_bytes()).expect("it is sound");
        let said: Vec<String> = sources
            .0
            .iter()
            .map(|source| {
                let years: Vec<String> = source.years.iter().map(Years::to_string).collect();
                format!(
                    "{} {} {}",
                    source
                        .collections
                        .iter()
                        .map(|it| it.name())
                        .collect::<Vec<_>>()
                        .join(" "),
                    years.join(" "),
                    *source.through
                )
            })
            .collect();
        // What is known only as a letter proves the day, and nothing of its year.
        assert_eq!(said, ["HQ 2021 2026-06-26", "NY 2018-2019 2026-06-26"]);
    }

    #[test]
    fn a_later_day_counts_and_what_an_editor_wrote_stays() {
        let known = "coverage:\n  - {source: \"Bulletins: a list\", collections: [HQ], through: 2020-01-01, complete: true}\n  - {source: CROSS, collections: [NY], years: [2018-2019], through: 2024-01-01}\n";
        let records = [record("NY N321234", "2019-11-05", true)];
        let day = |text: &str| text.parse().ok();
        let later = table(known, &records, day("2026-03-05"));
        assert!(
            later.contains("source: \"Bulletins: a list\"") && later.contains("complete: true")
        );
        assert!(
            later.contains("years: [\"2018\"]\n    through: 2024-01-01"),
            "{later}"
        );
        assert!(
            later.contains("years: [\"2019\"]\n    through: 2026-03-05"),
            "{later}"
        );
        // What was read before does not become older.
        assert_eq!(table(&later, &records, day("2020-01-01")), later);
    }
}
