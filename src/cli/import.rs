//! `portolan import`: what was taken in, what was left and why.

use super::args::{Format, ImportFrom, ImportOptions, TableUse};
use super::console::Console;
use super::output::{OutputError, print};
use crate::config;
use crate::diagnostic::{Diagnostic, Position, report};
use crate::document::Schema;
use crate::files::{Disk, FileError};
use crate::import::{self, FieldMap, ImportError, Mapping, NoteKind, Options, Report, Target};
use camino::Utf8Path;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Notes of one kind on a terminal; the JSON report has all.
const SHOWN: usize = 20;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub(super) enum ImportFailure {
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("cannot write the report: {0}")]
    Report(#[from] serde_json::Error),
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Imports into the portal at `root` and reports.
pub(super) fn import(
    root: &Utf8Path,
    from: &ImportFrom,
    console: Console,
) -> Result<ExitCode, ImportFailure> {
    let files = Disk::new(root);
    let has_problems = |problems: &[Diagnostic]| {
        console.say_always(report::terminal(problems, &files, console.has_color()).trim_end());
        Ok(ExitCode::from(1))
    };
    let settings = config::load(&files)?
        .and_then(|config| Schema::new(&config).map(|schema| (config, schema)));
    let (config, schema) = match settings {
        Ok(settings) => settings,
        Err(problems) => return has_problems(&problems),
    };
    let target = |how: &ImportOptions| Target {
        root,
        schema: &schema,
        addressee: config.import.addressee,
        options: Options {
            dry_run: how.dry_run,
            overwrite: how.overwrite,
            through: None,
        },
    };
    let bar = console.progress(0, "documents");
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let (imported, how) = match from {
        ImportFrom::Cross {
            sources,
            through,
            map,
            mapping,
            how,
        } => {
            let map = FieldMap::new(&mapped(mapping.as_deref(), map)?)?;
            let mut target = target(how);
            target.options.through = *through;
            (import::cross(&target, sources, &map, &progress), how)
        }
        ImportFrom::Csv {
            file,
            kind,
            purpose,
            name,
            map,
            mapping,
            how,
        } => {
            let mut wanted = mapped(mapping.as_deref(), map)?;
            if kind.is_some() {
                wanted.kind.clone_from(kind);
            }
            let target = target(how);
            let imported = match purpose {
                TableUse::Documents => import::rows(&target, file, &wanted, &progress),
                TableUse::Contacts => import::roles(&target, file, &wanted),
                TableUse::Table => {
                    let name = name.as_deref().unwrap_or_default();
                    import::data_table(&target, file, &wanted, name)
                }
            };
            (imported, how)
        }
    };
    bar.finish_and_clear();
    let report = match imported {
        Ok(report) => report,
        Err(ImportError::Problems(problems)) => return has_problems(&problems),
        Err(error) => return Err(error.into()),
    };
    match how.format {
        Format::Json => {
            let mut data = serde_json::to_value(&report)?;
            data["problems"] = serde_json::to_value(report::locate(&report.problems, &files))?;
            print(&format!("{data:#}\n"))?;
        }
        Format::Text => {
            tell(&report, console);
            if !report.problems.is_empty() {
                let problems = report::terminal(&report.problems, &files, console.has_color());
                console.say_always(problems.trim_end());
            }
        }
    }
    console.say(&summary(&report, how.dry_run));
    Ok(if report.is_complete() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// The mapping of a file and of the command line.
fn mapped(file: Option<&Utf8Path>, pairs: &[String]) -> Result<Mapping, ImportError> {
    let mut mapping = match file {
        Some(path) => Mapping::load(path)?,
        None => Mapping::default(),
    };
    for pair in pairs {
        mapping.map(pair)?;
    }
    Ok(mapping)
}

fn tell(report: &Report, console: Console) {
    for skipped in &report.skipped {
        console.say_always(&report::headline(&skipped.problem, skipped.at));
        if let Some(record) = skipped.record {
            console.say_always(&format!("  = note: record {record} of this line"));
        }
        if let Some(help) = &skipped.problem.help {
            console.say_always(&format!("  = help: {help}"));
        }
    }
    for kept in &report.kept {
        let start = Position { line: 1, column: 1 };
        console.say_always(&report::headline(&kept.problem, start));
        if !kept.diff.is_empty() {
            console.say_always(kept.diff.trim_end());
        }
    }
    let mut kinds: BTreeMap<NoteKind, Vec<String>> = BTreeMap::new();
    for note in &report.notes {
        let text = format!("{}: {}", note.number, note.message);
        kinds.entry(note.kind).or_default().push(text);
    }
    for (kind, notes) in kinds {
        console.say(&format!("note: {} ({})", kind.label(), notes.len()));
        for note in notes.iter().take(SHOWN) {
            console.say(&format!("  {note}"));
        }
        if notes.len() > SHOWN {
            console.say(&format!(
                "  … and {} more; `--format json` has them all",
                notes.len() - SHOWN
            ));
        }
    }
}

fn summary(report: &Report, dry_run: bool) -> String {
    let counts = format!(
        "{} new, {} changed, {} unchanged, {} left as an editor has them, {} skipped",
        report.new.len(),
        report.changed.len(),
        report.unchanged,
        report.kept.len(),
        report.skipped_records()
    );
    if dry_run {
        format!("{counts}; nothing was written (--dry-run)")
    } else {
        counts
    }
}
