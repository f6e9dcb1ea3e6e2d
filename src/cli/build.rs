//! `portolan build`: makes and publishes the site.

use super::args::Checks;
use super::console::{Console, counts};
use super::root::Root;
use super::{Failure, context};
use crate::build::{self, BuildError, Outcome};
use crate::cache::Facts;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::files::Disk;
use crate::output::publish::{self, Mode, Report};
use camino::Utf8Path;
use std::process::ExitCode;

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
    let Outcome {
        result: site,
        mut problems,
    } = build::load(
        &files,
        &Facts::default(),
        context::context(&out, checks.as_of),
        &observer,
    )?;
    let mut published = None;
    if let Some(site) = &site {
        let outcome = build::publish(site, &files, &out, &observer)?;
        problems.extend(outcome.problems);
        published = outcome.result.map(|report| (site, report));
    }
    let timings = observer.finish();
    console.report(
        &problems,
        timings.as_ref(),
        &files,
        &root.path,
        checks.format,
    )?;
    console.say(&match &published {
        Some((site, report)) => format!(
            "{}; {} -> {out}",
            summary(report, &problems),
            context::as_of(site)
        ),
        None => format!("{}; nothing was published", counts(&problems)),
    });
    Ok(if has_errors(&problems) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
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
