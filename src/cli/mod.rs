//! The command line: arguments in, data to standard output, messages to standard error, an exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge, where folders, environment and clock come in"
)]
#![expect(clippy::print_stderr, reason = "messages leave here")]

mod args;
mod check;
mod explain;
mod import;
mod init;
mod list;
mod problems;
mod schema;
mod search;

use crate::build::{self, BuildError, Outcome, Site};
use crate::config::{CONFIG_FILE, Clock, UnknownTimeZone};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::files::{Disk, FileError};
use crate::portal::{Occasion, Revisions};
use crate::preview::{self, Event, PreviewError};
use crate::publish::{self, Mode, Report};
use args::{Arguments, Checks, Command, Format, ReportFormat};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser as _;
use explain::ExplainError;
use import::ImportFailure;
use init::InitError;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use problems::{Voice, counts};
use schema::UnknownKind;
use search::SearchError;
use std::process::ExitCode;

/// A usage or environment failure, in words.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("there is no {CONFIG_FILE} in `{0}` or any folder above it")]
    NoRoot(Utf8PathBuf),
    #[error("the current folder cannot be used: {0}")]
    CurrentFolder(String),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Preview(#[from] PreviewError),
    #[error(transparent)]
    Init(#[from] InitError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Import(#[from] ImportFailure),
    #[error(transparent)]
    Explain(#[from] ExplainError),
    #[error(transparent)]
    Schema(#[from] UnknownKind),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("cannot write the summary of the job (GITHUB_STEP_SUMMARY): {0}")]
    Summary(std::io::Error),
    #[error("cannot write to standard output: {0}")]
    Output(std::io::Error),
}

/// Runs the program: 0 for success, 1 for problems in the content, 2 for usage or environment.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let voice = Voice::new(&arguments);
    let root = || root(arguments.root.as_deref());
    let outcome = match &arguments.command {
        Command::Init { folder } => begin(folder, voice),
        Command::Build { out, checks } => {
            root().and_then(|root| build_site(&root, out.as_deref(), checks, voice))
        }
        Command::Import { from } => root().and_then(|root| Ok(import::import(&root, from, voice)?)),
        Command::Check {
            checks,
            deny,
            fix,
            diff,
            external,
        } => root().and_then(|root| {
            let what = check::What {
                deny: *deny,
                fix: *fix,
                diff: *diff,
                external: *external,
            };
            check::check(&root, checks, what, voice)
        }),
        Command::List(filter) => root().and_then(|root| list::list(&root, filter, voice)),
        Command::Schema { kind } => match (root(), &arguments.root) {
            // Only a portal that was named must be there.
            (Err(failure), Some(_)) => Err(failure),
            (root, _) => schema::schema(root.ok().as_deref(), kind, voice),
        },
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Search {
            query,
            site,
            format,
            limit,
        } => find(&arguments, query, site.as_deref(), *limit, *format),
        Command::Serve { port, as_of } => {
            root().and_then(|root| serve(&root, *port, *as_of, voice))
        }
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

/// The portal's root: as given, or the nearest folder upwards with a `site.toml`.
fn root(given: Option<&Utf8Path>) -> Result<Utf8PathBuf, Failure> {
    if let Some(root) = given {
        return if root.join(CONFIG_FILE).is_file() {
            Ok(root.to_owned())
        } else {
            Err(Failure::NoRoot(root.to_owned()))
        };
    }
    let here =
        std::env::current_dir().map_err(|error| Failure::CurrentFolder(error.to_string()))?;
    let here = Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Failure::CurrentFolder(format!("`{}` is not UTF-8", path.display())))?;
    here.ancestors()
        .find(|folder| folder.join(CONFIG_FILE).is_file())
        .map(Utf8Path::to_path_buf)
        .ok_or_else(|| Failure::NoRoot(here.clone()))
}

fn begin(folder: &Utf8Path, voice: Voice) -> Result<ExitCode, Failure> {
    init::init(folder)?;
    voice.say(&format!(
        "A portal is in `{folder}`. Look at it with: portolan serve --root {folder}"
    ));
    Ok(ExitCode::SUCCESS)
}

fn build_site(
    root: &Utf8Path,
    out: Option<&Utf8Path>,
    checks: &Checks,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let out = out.map_or_else(|| root.join("public"), Utf8Path::to_path_buf);
    publish::refuse_among_sources(root, &out).map_err(BuildError::from)?;
    let occasion = occasion(&out, checks.as_of);
    let Outcome {
        result,
        mut problems,
    } = build::load(&files, occasion)?;
    let mut published = None;
    if let Some(site) = &result {
        let bar = voice.progress(site.jobs.len(), "files");
        let outcome = build::publish(site, &files, &out, &|done| bar.set_position(done as u64))?;
        bar.finish_and_clear();
        problems.extend(outcome.problems);
        published = outcome.result.map(|report| (report, out));
    }
    voice.report(&problems, &files, root, checks.format)?;
    voice.say(&match &published {
        Some((report, out)) => format!(
            "{}; {} -> {out}",
            summary(report, &problems),
            result.as_ref().map(as_of).unwrap_or_default()
        ),
        None => format!("{}; nothing was published", counts(&problems)),
    });
    Ok(if has_errors(&problems) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// What tells the day of a run, and what is published in the output folder.
fn occasion(out: &Utf8Path, as_of: Option<Date>) -> Occasion {
    Occasion {
        clock: clock(as_of),
        drafts: false,
        published: build::published(&Disk::new(out)),
    }
}

/// Which day decided what is published, and whose day it was.
fn as_of(site: &Site) -> String {
    format!("as of {}", site.day)
}

fn find(
    arguments: &Arguments,
    query: &str,
    site: Option<&Utf8Path>,
    limit: usize,
    format: Format,
) -> Result<ExitCode, Failure> {
    let site = match site {
        Some(site) => site.to_path_buf(),
        None => root(arguments.root.as_deref())?.join("public"),
    };
    search::search(&site, query, limit, format, &mut std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

fn serve(
    root: &Utf8Path,
    port: u16,
    as_of: Option<Date>,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let tell = |event: Event<'_>| match event {
        // Without the address nobody finds the preview, so it is told even where little is.
        Event::Listening(address) => eprintln!("Preview at http://{address}/ (Ctrl-C ends it)"),
        Event::Failed(error) => eprintln!("error: {error}"),
        Event::Built {
            address,
            changed,
            problems,
        } => {
            // Standard error cannot fail here: nothing is written to standard output.
            let _ = voice.report(problems, &files, root, ReportFormat::Terminal);
            // The address again: many problems push its first line out of sight.
            let counts = counts(problems);
            voice.say(&format!(
                "{changed} files changed; {counts} -> http://{address}/"
            ));
        }
    };
    // On a day that was asked for, the preview shows what readers will see.
    let occasion = || Occasion {
        clock: clock(as_of),
        drafts: as_of.is_none(),
        published: Revisions::default(),
    };
    preview::serve(root, &files, port, &occasion, &tell)?;
    Ok(ExitCode::SUCCESS)
}

/// The day that was asked for, or the moment and the machine's time zone.
fn clock(as_of: Option<Date>) -> Clock {
    as_of.map_or_else(
        || Clock::At {
            now: Timestamp::now(),
            machine: machine_zone(),
        },
        Clock::Fixed,
    )
}

/// The machine's time zone: `TZ` where it is set, else that of the system, else UTC.
fn machine_zone() -> Result<TimeZone, UnknownTimeZone> {
    TimeZone::try_system().or_else(|_| match std::env::var_os("TZ") {
        Some(name) => Err(UnknownTimeZone(name.to_string_lossy().into_owned())),
        None => Ok(TimeZone::UTC),
    })
}

fn summary(report: &Report, problems: &[Diagnostic]) -> String {
    let how = match report.mode {
        Mode::Unchanged => "nothing changed",
        Mode::Whole => "published whole",
        Mode::InPlace => {
            "published in place: this folder cannot be exchanged, so the site was not whole at every moment"
        }
    };
    format!(
        "{} files, {} written, {} removed; {}; {how}",
        report.written + report.kept,
        report.written,
        report.removed,
        counts(problems)
    )
}
