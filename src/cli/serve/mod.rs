//! `portolan serve`: the live preview.

mod report;

use super::args::Listen;
use super::console::Console;
use super::{Failure, context};
use crate::build::BuildContext;
use crate::cache::Cache;
use crate::files::Disk;
use crate::portal::Revisions;
use crate::preview::{self, Event, Watching};
use camino::Utf8Path;
use jiff::civil::Date;
use report::Reporter;
use std::cell::RefCell;
use std::process::ExitCode;
use std::time::Instant;

/// Serves a portal until the program is stopped.
pub(super) fn serve(
    root: &Utf8Path,
    listen: &Listen,
    as_of: Option<Date>,
    poll: bool,
    console: Console,
) -> Result<ExitCode, Failure> {
    let files = Disk::new(root);
    let start = Instant::now();
    let elapsed = || start.elapsed();
    let reporter = RefCell::new(Reporter::new(console, &files, &elapsed));
    let report = |event: Event<'_>| reporter.borrow_mut().report(&event);
    // On a day that was asked for, the preview shows what readers will see.
    let context = || BuildContext {
        clock: context::clock(as_of),
        drafts: as_of.is_none(),
        published: Revisions::default(),
        origin: None,
    };
    let watching = if poll {
        Watching::Poll
    } else {
        Watching::Events
    };
    let cache = Cache::of(&files);
    preview::serve(
        root,
        &files,
        cache.facts(),
        &listen.into(),
        watching,
        &context,
        &report,
    )?;
    Ok(ExitCode::SUCCESS)
}
