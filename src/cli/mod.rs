//! The command line: arguments in, data to standard output, messages to standard error, an exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge, where folders, environment and clock come in"
)]

mod args;
mod check;
mod explain;
mod import;
mod init;
mod list;
mod output;
mod problems;
mod schema;
mod search;
mod serve;
mod threads;

use crate::build::BuildContext;
use crate::build::{self, BuildError, Outcome, Site};
use crate::config::{CONFIG_FILE, Clock, UnknownTimeZone};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::files::{Disk, FileError};
use crate::portal::Revisions;
use crate::preview::{self, Event, PreviewError, Watching};
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
use output::{OutputError, message};
use problems::{Voice, counts};
use schema::UnknownKind;
use search::SearchError;
use serve::Reporter;
use std::cell::RefCell;
use std::process::ExitCode;
use std::time::Instant;

/// A usage or environment failure, in words.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("there is no {CONFIG_FILE} in `{0}` or any folder above it")]
    NoRoot(Utf8PathBuf),
    #[error("there is no {CONFIG_FILE} in `{0}`")]
    NotARoot(Utf8PathBuf),
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
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("links cannot be tried, because no thread can be started: {0}")]
    NoThreads(std::io::Error),
}

impl Failure {
    /// Whether whoever reads standard output has seen enough.
    fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Output(error)
            | Self::Search(SearchError::Output(error))
            | Self::Import(ImportFailure::Output(error)) => error.is_closed_pipe(),
            _ => false,
        }
    }
}

/// The code of a program in a pipe whose reader went away: 128 and the number of SIGPIPE, as shells show it.
const CLOSED_PIPE: u8 = 128 + 13;

/// Runs the program: 0 for success, 1 for problems in the content, 2 for usage or environment.
#[must_use]
pub fn run() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => end(command(&arguments)),
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let printed = output::usage(&error).map_err(Failure::from);
            end(printed.map(|()| ExitCode::from(code)))
        }
    }
}

fn end(outcome: Result<ExitCode, Failure>) -> ExitCode {
    match outcome {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::from(CLOSED_PIPE),
        Err(failure) => {
            message(&format!("error: {failure}\n"));
            ExitCode::from(2)
        }
    }
}

fn command(arguments: &Arguments) -> Result<ExitCode, Failure> {
    threads::start(std::env::var("RAYON_NUM_THREADS").ok().as_deref());
    let voice = Voice::new(arguments);
    let root = || root(arguments.root.as_deref());
    match &arguments.command {
        Command::Init { folder } => begin(folder, voice),
        Command::Build { out, checks } => {
            root().and_then(|root| build_site(&root, out.as_deref(), checks, voice))
        }
        Command::Import { from } => {
            root().and_then(|root| Ok(import::import(&root.path, from, voice)?))
        }
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
            check::check(&root.path, checks, what, voice)
        }),
        Command::List(filter) => root().and_then(|root| list::list(&root.path, filter, voice)),
        Command::Schema { kind } => match (root(), &arguments.root) {
            // Only a portal that was named must be there.
            (Err(failure), Some(_)) => Err(failure),
            (root, _) => schema::schema(root.ok().map(|root| root.path).as_deref(), kind, voice),
        },
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Search {
            query,
            site,
            format,
            limit,
        } => find(arguments, query, site.as_deref(), *limit, *format),
        Command::Serve {
            listen,
            as_of,
            poll,
        } => root().and_then(|root| {
            let watching = if *poll {
                Watching::Poll
            } else {
                Watching::Events
            };
            serve(&root.path, listen, watching, *as_of, voice)
        }),
    }
}

/// The portal's folder.
#[derive(Debug)]
struct Root {
    /// Absolute, for everything that is done.
    path: Utf8PathBuf,
    /// As it was given, for messages.
    shown: Utf8PathBuf,
}

/// The portal's root: as given, or the nearest folder upwards with a `site.toml`.
fn root(given: Option<&Utf8Path>) -> Result<Root, Failure> {
    if let Some(shown) = given {
        // Not shortened by name: what `..` after a link leads to is for the system to say.
        let path = if shown.is_absolute() {
            shown.to_path_buf()
        } else {
            here()?.join(shown)
        };
        return if path.join(CONFIG_FILE).is_file() {
            let shown = shown.to_path_buf();
            Ok(Root { path, shown })
        } else {
            Err(Failure::NotARoot(shown.to_path_buf()))
        };
    }
    let here = here()?;
    let found = here
        .ancestors()
        .find(|folder| folder.join(CONFIG_FILE).is_file());
    match found {
        Some(folder) => Ok(Root {
            path: folder.to_path_buf(),
            shown: folder.to_path_buf(),
        }),
        None => Err(Failure::NoRoot(here)),
    }
}

fn here() -> Result<Utf8PathBuf, Failure> {
    let here =
        std::env::current_dir().map_err(|error| Failure::CurrentFolder(error.to_string()))?;
    Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Failure::CurrentFolder(format!("`{}` is not UTF-8", path.display())))
}

fn begin(folder: &Utf8Path, voice: Voice) -> Result<ExitCode, Failure> {
    init::init(folder)?;
    voice.say(&format!(
        "A portal is in `{folder}`. Look at it with: portolan serve --root {folder}"
    ));
    Ok(ExitCode::SUCCESS)
}

fn build_site(
    root: &Root,
    out: Option<&Utf8Path>,
    checks: &Checks,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(&root.path);
    let out = out.map_or_else(|| root.shown.join("public"), Utf8Path::to_path_buf);
    publish::refuse_among_sources(&root.path, &out).map_err(BuildError::from)?;
    let context = context(&out, checks.as_of);
    let Outcome {
        result,
        mut problems,
    } = build::load(&files, context)?;
    let mut published = None;
    if let Some(site) = &result {
        let bar = voice.progress(site.jobs.len(), "files");
        let outcome = build::publish(site, &files, &out, &|done| bar.set_position(done as u64))?;
        bar.finish_and_clear();
        problems.extend(outcome.problems);
        published = outcome.result.map(|report| (report, out));
    }
    voice.report(&problems, &files, &root.path, checks.format)?;
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
fn context(out: &Utf8Path, as_of: Option<Date>) -> BuildContext {
    BuildContext {
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
        None => root(arguments.root.as_deref())?.shown.join("public"),
    };
    search::search(&site, query, limit, format)?;
    Ok(ExitCode::SUCCESS)
}

fn serve(
    root: &Utf8Path,
    listen: &args::Listen,
    watching: Watching,
    as_of: Option<Date>,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let start = Instant::now();
    let elapsed = || start.elapsed();
    let reporter = RefCell::new(Reporter::new(voice, &files, &elapsed));
    let tell = |event: Event<'_>| reporter.borrow_mut().tell(&event);
    // On a day that was asked for, the preview shows what readers will see.
    let context = || BuildContext {
        clock: clock(as_of),
        drafts: as_of.is_none(),
        published: Revisions::default(),
    };
    preview::serve(root, &files, &listen.into(), watching, &context, &tell)?;
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
