//! `portolan build`: makes and publishes the site.

use super::args::Checks;
use super::console::{Console, counts};
use super::root::Root;
use super::{Failure, context};
use crate::build::{self, BuildContext, BuildError, Observer, Outcome, Recalled};
use crate::cache::{Cache, Recorder};
use crate::config::Day;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::files::{Disk, FileError};
use crate::output::publish::{self, Mode, Report};
use camino::Utf8Path;
use std::process::ExitCode;

/// The name of what is remembered of it.
const COMMAND: &str = "build";

/// Builds a portal into a folder.
pub(super) fn build(
    root: &Root,
    out: Option<&Utf8Path>,
    checks: &Checks,
    console: Console,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(&root.path);
    let out = out.map_or_else(|| root.shown.join("public"), Utf8Path::to_path_buf);
    publish::refuse_among_sources(&root.path, &out).map_err(BuildError::from)?;
    let observer = console.observer(checks.timings);
    let context = context::context(&out, checks.as_of);
    let cache = context::cache(&files, !checks.no_cache);
    let run = run(&files, &out, &cache, &context, &observer)?;
    let timings = observer.finish();
    console.report(
        &run.problems,
        timings.as_ref(),
        &files,
        &root.path,
        checks.format,
    )?;
    // The next run is slower without; this one is as good.
    if let (Some(error), true) = (&run.not_remembered, checks.timings) {
        console.say(&format!(
            "note: {error}; the next run reads everything again"
        ));
    }
    console.say(&match &run.published {
        Some((day, report)) => format!(
            "{}; {} -> {out}",
            summary(report, &run.problems),
            context::as_of(day)
        ),
        None => format!("{}; nothing was published", counts(&run.problems)),
    });
    Ok(if has_errors(&run.problems) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// What came of a build.
struct Run {
    published: Option<(Day, Report)>,
    problems: Vec<Diagnostic>,
    /// Why nothing is remembered for the next run.
    not_remembered: Option<FileError>,
}

fn run(
    files: &Disk,
    out: &Utf8Path,
    cache: &Cache,
    context: &BuildContext,
    observer: &dyn Observer,
) -> Result<Run, BuildError> {
    let last = build::recall(COMMAND, cache, files, context, Some(out), observer)?;
    if let Some(Recalled {
        problems,
        day,
        report,
    }) = last
    {
        return Ok(Run {
            published: report.map(|report| (day, report)),
            problems,
            not_remembered: None,
        });
    }
    let inputs = Recorder::new(files);
    let Outcome {
        result: site,
        mut problems,
    } = build::load(&inputs, cache.facts(), context.clone(), observer)?;
    let mut not_remembered = cache.facts().save().err();
    let mut published = None;
    if let Some(site) = site {
        let outcome = build::publish(&site, &inputs, out, observer)?;
        problems.extend(outcome.problems);
        if let Some(report) = outcome.result {
            let saved =
                build::remember_build(COMMAND, cache, inputs, context, &site, &report, &problems);
            not_remembered = not_remembered.or(saved.err());
            published = Some((site.day, report));
        }
    }
    Ok(Run {
        published,
        problems,
        not_remembered,
    })
}

fn summary(report: &Report, problems: &[Diagnostic]) -> String {
    let how = match report.mode {
        Mode::Unchanged => "nothing changed",
        Mode::Atomic => "published",
        Mode::InPlace => {
            "published file by file: this file system cannot exchange folders, so readers could see old and new files together"
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
