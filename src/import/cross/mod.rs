//! Rulings as CROSS gives them, in any form in which its answers and letters are kept.
//!
//! In: files of JSON or text. Out: rulings in the content tree, the days up to which they were read for changes, and a
//! report. [`answer`] and [`plain`] cut files into [`record`]s, [`fields`] and [`values`] read them; [`ruling`] makes a
//! document of a record and its letter.

mod answer;
mod category;
mod coverage;
mod effects;
mod facts;
mod front_matter;
mod goods;
mod record;
mod ruling;
mod tariff;

pub use answer::{FieldMap, Reading, read as read_answer};
pub use record::Record;

use crate::diagnostic::Position;
use crate::import::note::{Note, NoteKind};
use crate::import::report::{Report, Skipped};
use crate::import::session::Session;
use crate::import::store::{Outcome, Stored};
use crate::import::{ImportError, Progress, Target, clean, disk, messages};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many files are read before their records are put together.
const FILES_AT_ONCE: usize = 256;
/// Endings of files that hold records, in a folder.
const ENDINGS: &[&str] = &["json", "jsonl", "ndjson", "txt"];

/// Imports rulings.
///
/// # Errors
/// When a source cannot be read or a document cannot be written. Records that cannot be used are in the report.
pub fn cross(
    target: &Target<'_>,
    sources: &[Utf8PathBuf],
    map: &FieldMap,
    progress: Progress<'_>,
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let found = disk::sources(sources, ENDINGS)?;
    for (folder, others) in &found.others {
        let what = disk::counted(others);
        if found.files.is_empty() {
            return Err(ImportError::Nothing {
                folder: folder.clone(),
                what,
            });
        }
        let message = format!("not read: {what}");
        report
            .notes
            .push(Note::new(NoteKind::NotRead, folder.as_str(), message));
    }
    let records = read_all(&found.files, map, &mut report)?;
    let mut session = Session::begin(target, &mut report.problems)?;
    let done = AtomicUsize::new(0);
    let total = records.len();
    let stored: Vec<(&Origin, String, Stored, Vec<Note>)> = {
        let store = session.store();
        let records: Vec<&Origin> = records.values().collect();
        records
            .into_par_iter()
            .map(|origin| {
                let mut notes = Vec::new();
                let draft = ruling::draft(
                    &origin.record,
                    target.addressee,
                    &session.holdings,
                    &mut notes,
                );
                let stored = store.store(&draft)?;
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                Ok((origin, draft.key, stored, notes))
            })
            .collect::<Result<_, ImportError>>()?
    };
    let mut unsettled = Vec::new();
    for (origin, key, stored, notes) in stored {
        report.notes.extend(notes);
        if matches!(stored.0, Outcome::Kept(_) | Outcome::Faulty(_))
            && session.holdings.path(&key).is_some()
        {
            unsettled.push(&origin.record);
        }
        if let Some(faulty) = session.note(key, stored, &mut report) {
            let reason = format!(
                "{}: the document would have problems: {}",
                origin.record.number,
                messages(&faulty.problems)
            );
            let at = line_start(origin.line);
            report
                .skipped
                .push(Skipped::new(&origin.source, at, reason));
        }
    }
    let records = records.values().map(|origin| &origin.record);
    coverage::update(&mut session, records, &unsettled, &mut report)?;
    report.sort();
    session.end()?;
    Ok(report)
}

/// The first column of a line.
fn line_start(line: usize) -> Position {
    Position { line, column: 1 }
}

/// A record with the place of its first mention.
struct Origin {
    record: Record,
    source: Utf8PathBuf,
    line: usize,
}

/// Reads every source and puts together what several records say of one ruling.
fn read_all(
    sources: &[Utf8PathBuf],
    map: &FieldMap,
    report: &mut Report,
) -> Result<BTreeMap<String, Origin>, ImportError> {
    let mut records = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for group in sources.chunks(FILES_AT_ONCE) {
        let (lines, whole): (Vec<_>, Vec<_>) = group.iter().enumerate().partition(|(_, path)| {
            path.extension()
                .is_some_and(|ending| ["jsonl", "ndjson"].contains(&ending.to_lowercase().as_str()))
        });
        let mut read: Vec<(usize, Reading)> = whole
            .par_iter()
            .map(|(at, path)| Ok((*at, read_file(path, map)?)))
            .collect::<Result<_, ImportError>>()?;
        for (at, path) in lines {
            let mut first = true;
            disk::read_blocks(path, &mut |block, before| {
                let is_empty = block.iter().all(u8::is_ascii_whitespace);
                if first || !is_empty {
                    read.push((at, after_lines(answer::read_mapped(block, map), before)));
                }
                first = false;
            })?;
        }
        read.sort_by_key(|(at, _)| *at);
        for (at, mut reading) in read {
            keys.append(&mut reading.keys);
            gather(reading, &group[at], &mut records, report);
        }
    }
    map.check(&keys)?;
    Ok(records)
}

/// Reads a file whole: an answer, or a letter as plain text.
fn read_file(path: &Utf8Path, map: &FieldMap) -> Result<Reading, ImportError> {
    let bytes = disk::read(path)?;
    let is_text = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
    // Answers are kept under any name.
    let is_letter = || {
        let first = clean::decode(&bytes).0.trim_start().chars().next();
        first.is_some_and(|c| !matches!(c, '{' | '[' | '<'))
    };
    Ok(if is_text && is_letter() {
        answer::plain::read(&bytes, path.file_stem().unwrap_or_default())
    } else {
        answer::read_mapped(&bytes, map)
    })
}

fn after_lines(mut reading: Reading, before: usize) -> Reading {
    for skipped in &mut reading.skipped {
        skipped.at.line += before;
    }
    for place in &mut reading.lines {
        *place += before;
    }
    reading
}

fn gather(
    reading: Reading,
    source: &Utf8Path,
    records: &mut BTreeMap<String, Origin>,
    report: &mut Report,
) {
    for mut skipped in reading.skipped {
        source.clone_into(&mut skipped.problem.file);
        report.skipped.push(skipped);
    }
    for mut note in reading.notes {
        if note.number.is_empty() {
            source.as_str().clone_into(&mut note.number);
        }
        note.message = clean::line(&note.message);
        report.notes.push(note);
    }
    for (record, line) in reading.records.into_iter().zip(reading.lines) {
        match records.get_mut(&record.number.to_string()) {
            Some(origin) => origin.record.merge(record, &mut report.notes),
            None => {
                let origin = Origin {
                    source: source.to_owned(),
                    line,
                    record,
                };
                records.insert(origin.record.number.to_string(), origin);
            }
        }
    }
}
