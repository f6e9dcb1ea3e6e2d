//! A run that would find everything as the last one did: what that one reported holds, and what it published is still there.

use super::stages::{Observer, Stage};
use super::{BuildContext, BuildError, Site};
use crate::cache::{Cache, Recorder, Run};
use crate::config::{self, Day};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{FileError, Files};
use crate::output::publish::{Publisher, Report};
use crate::portal::revisions;
use camino::Utf8Path;

/// What a run came to without being repeated.
#[derive(Debug)]
pub struct Recalled {
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
    /// The day of the run.
    pub day: Day,
    /// What publishing did, where the command publishes: nothing.
    pub report: Option<Report>,
}

/// The `last` run of a command, where a run would now come to the same; `out` is the folder where it publishes.
///
/// # Errors
/// When the day cannot be told, or the output folder cannot be used.
pub fn recall(
    command: &str,
    cache: &Cache,
    last: Option<&Run>,
    files: &dyn Files,
    context: &BuildContext,
    out: Option<&Utf8Path>,
    observer: &dyn Observer,
) -> Result<Option<Recalled>, BuildError> {
    observer.begin(Stage::Source, None);
    let Some(run) = last else {
        return Ok(None);
    };
    let Some(inputs) = run.inputs.again(files) else {
        return Ok(None);
    };
    let Ok(config) = config::load(files)? else {
        return Ok(None);
    };
    let day = config.day(&context.clock)?;
    if run.context != hash(context, &day, context.published.hash) {
        return Ok(None);
    }
    observer.end(Stage::Source, inputs.count());
    observer.begin(Stage::Output, None);
    let report = match (out, run.output) {
        (None, None) => None,
        (Some(out), Some(manifest)) => {
            let publisher = Publisher::begin(out, &config.keep)?;
            match publisher.unchanged(&blake3::Hash::from_bytes(manifest)) {
                Some(report) => Some(report),
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    };
    observer.end(Stage::Output, 0);
    if inputs != run.inputs {
        // With the stamps of today the next run need not read what this one did. Without, it does.
        let _ = cache.save_run(
            command,
            &Run {
                inputs,
                ..run.clone()
            },
        );
    }
    Ok(Some(Recalled {
        problems: run.problems.clone(),
        day,
        report,
    }))
}

/// Remembers a check for [`recall`].
///
/// # Errors
/// When it cannot be written.
pub fn remember_check(
    command: &str,
    cache: &Cache,
    inputs: Recorder<'_>,
    context: &BuildContext,
    day: &Day,
    problems: &[Diagnostic],
) -> Result<(), FileError> {
    let context = hash(context, day, context.published.hash);
    remember(command, cache, inputs, context, problems.to_vec(), None)
}

/// Remembers a build that published a site.
///
/// # Errors
/// When it cannot be written.
pub(super) fn remember_build(
    command: &str,
    cache: &Cache,
    inputs: Recorder<'_>,
    context: &BuildContext,
    site: &Site,
    report: &Report,
    problems: &[Diagnostic],
) -> Result<(), FileError> {
    // The next run finds what this one published, so nothing has changed since without a note.
    let published = revisions(&site.portal.documents, &site.portal.addresses.documents);
    let context = hash(context, &site.day, blake3::hash(published.as_bytes()));
    let problems = problems.iter();
    let problems = problems.filter(|problem| problem.code != Code::MissingChangeNote);
    let problems = problems.cloned().collect();
    remember(command, cache, inputs, context, problems, report.manifest)
}

fn remember(
    command: &str,
    cache: &Cache,
    inputs: Recorder<'_>,
    context: blake3::Hash,
    problems: Vec<Diagnostic>,
    output: Option<blake3::Hash>,
) -> Result<(), FileError> {
    let Some(inputs) = inputs.finish(cache.facts()) else {
        return Ok(());
    };
    let run = Run {
        inputs,
        context,
        problems,
        output: output.map(blake3::Hash::into),
    };
    cache.save_run(command, &run)
}

/// The hash of what a run depends on beside the portal's files.
fn hash(context: &BuildContext, day: &Day, published: blake3::Hash) -> blake3::Hash {
    let BuildContext {
        clock: _,
        drafts,
        published: _,
        origin,
    } = context;
    let text = format!("{day}\n{drafts}\n{origin:?}\n{published}");
    blake3::hash(text.as_bytes())
}
