//! `portolan import`: what was taken in, what was left and why.

use super::args::{Format, ImportFrom, ImportOptions, TableUse};
use super::console::Console;
use super::output::{OutputError, print};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
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
    #[error("site.toml has problems: {0}")]
    Config(String),
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
    let config = settings(root)?;
    let schema = Schema::new(&config).map_err(|problems| in_words(&problems))?;
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
    let (report, how) = match from {
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
            let report = import::cross(&target, sources, &map, &progress)?;
            (report, how)
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
            let report = match purpose {
                TableUse::Documents => import::rows(&target, file, &wanted, &progress)?,
                TableUse::Contacts => import::roles(&target, file, &wanted)?,
                TableUse::Table => {
                    let name = name.as_deref().unwrap_or_default();
                    import::data_table(&target, file, &wanted, name)?
                }
            };
            (report, how)
        }
    };
    bar.finish_and_clear();
    match how.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&report)?;
            print(&format!("{text}\n"))?;
        }
        Format::Text => tell(&report, console),
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

fn settings(root: &Utf8Path) -> Result<Config, ImportFailure> {
    config::load(&Disk::new(root))?.map_err(|problems| in_words(&problems))
}

fn in_words(problems: &[Diagnostic]) -> ImportFailure {
    let messages: Vec<&str> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    ImportFailure::Config(messages.join("; "))
}

fn tell(report: &Report, console: Console) {
    for skipped in &report.skipped {
        let column = skipped
            .column
            .map_or(String::new(), |column| format!(":{column}"));
        let record = skipped
            .record
            .map_or(String::new(), |record| format!(" record {record}:"));
        let code = skipped
            .code
            .as_ref()
            .map_or(String::new(), |code| format!("[{code}]"));
        let place = format!("{}:{}{column}", skipped.source, skipped.line);
        console.say_always(&format!(
            "{place}: error{code}: skipped:{record} {}",
            skipped.reason
        ));
        if let Some(help) = &skipped.help {
            console.say_always(&format!("  = help: {help}"));
        }
    }
    for kept in &report.kept {
        console.say_always(&format!(
            "{}: warning: {} was left as it is: {}",
            kept.file, kept.number, kept.reason
        ));
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
