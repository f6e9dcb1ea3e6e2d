//! `portolan serve`: the live preview.

mod editor;
mod report;

use super::args::{Editing, Listen};
use super::console::Console;
use super::{Failure, context};
use crate::build::BuildContext;
use crate::files::Disk;
use crate::portal::Revisions;
use crate::preview::{self, DeskSettings, Event, Watching};
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
    editing: &Editing,
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
    let desk = DeskSettings {
        root: root.to_path_buf(),
        out: root.join("public"),
        editor: editor::of(editing, &context::variable)?,
    };
    preview::serve(
        root,
        &files,
        &listen.into(),
        desk,
        watching,
        &context,
        &report,
    )?;
    Ok(ExitCode::SUCCESS)
}
