//! `portolan build`: makes and publishes the site.

use super::args::Checks;
use super::console::{Console, counts};
use super::root::Root;
use super::{Failure, context};
use crate::build::{self, BuildError, Memory};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::files::Disk;
use crate::index::{BlockCache, BlockFolder};
use crate::output::publish::{self, Abilities, Mode, Report};
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
    let context = context::context(&out, checks.as_of);
    let cache = context::cache(&files, !checks.no_cache);
    let blocks: &dyn BlockCache = if checks.no_cache {
        &()
    } else {
        &BlockFolder::below(&root.path)
    };
    let memory = Memory {
        cache: &cache,
        blocks,
    };
    let built = build::run(
        &files,
        &out,
        Abilities::default(),
        memory,
        &context,
        &observer,
    )?;
    let timings = observer.finish();
    console.report(
        &built.problems,
        timings.as_ref(),
        &files,
        &root.path,
        checks.format,
    )?;
    // The next run is slower without; this one is as good.
    if let (Some(error), true) = (&built.not_remembered, checks.timings) {
        console.say(&format!(
            "note: {error}; the next run reads everything again"
        ));
    }
    console.say(&match &built.published {
        Some((day, report)) => format!(
            "{}; {} -> {out}",
            summary(report, &built.problems),
            context::as_of(day)
        ),
        None => format!("{}; nothing was published", counts(&built.problems)),
    });
    Ok(if has_errors(&built.problems) {
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
