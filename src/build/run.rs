//! A build from its inputs to the folder, with what the last one remembers and for the next one to remember.

use super::recall::{Recalled, recall, remember_build};
use super::stages::Observer;
use super::{BuildContext, BuildError, Outcome, load, publish};
use crate::cache::{Cache, Recorder};
use crate::config::Day;
use crate::diagnostic::Diagnostic;
use crate::files::{FileError, Files};
use crate::index::BlockCache;
use crate::output::publish::{Abilities, Publisher, Report};
use camino::Utf8Path;

/// The name of what is remembered of it.
const COMMAND: &str = "build";

/// What builds remember.
#[derive(Clone, Copy)]
pub struct Memory<'a> {
    /// Documents, and the last run.
    pub cache: &'a Cache,
    /// Parts of the search index.
    pub blocks: &'a dyn BlockCache,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built {
    /// The day of the site and what publishing it did; `None` where an error kept it from being published.
    pub published: Option<(Day, Report)>,
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
    /// Why nothing is remembered for the next run, which is slower without.
    pub not_remembered: Option<FileError>,
}

/// Builds a portal and publishes it, unless the last run came to the same and its site is still there. `abilities` are those
/// of the file system.
///
/// # Errors
/// When a file cannot be read, the day cannot be told, or the output folder cannot be written.
pub fn run(
    files: &dyn Files,
    out: &Utf8Path,
    abilities: Abilities,
    memory: Memory<'_>,
    context: &BuildContext,
    observer: &dyn Observer,
) -> Result<Built, BuildError> {
    let Memory { cache, blocks } = memory;
    let last = cache.run(COMMAND);
    let recalled = recall(
        COMMAND,
        cache,
        last.as_ref(),
        files,
        context,
        Some(out),
        observer,
    )?;
    if let Some(Recalled {
        problems,
        day,
        report,
    }) = recalled
    {
        return Ok(Built {
            published: report.map(|report| (day, report)),
            problems,
            not_remembered: None,
        });
    }
    let inputs = Recorder::new(files, last.map(|run| run.inputs));
    let Outcome {
        result: site,
        mut problems,
    } = load(&inputs, cache.facts(), context.clone(), observer)?;
    let mut not_remembered = cache.facts().save().err();
    let mut published = None;
    if let Some(site) = site {
        let publisher = Publisher::begin_with(out, &site.config.keep, abilities)?;
        let outcome = publish(&site, &inputs, publisher, blocks, observer)?;
        problems.extend(outcome.problems);
        if let Some(report) = outcome.result {
            let saved = remember_build(COMMAND, cache, inputs, context, &site, &report, &problems);
            not_remembered = not_remembered.or(saved.err());
            published = Some((site.day.clone(), report));
        }
    }
    Ok(Built {
        published,
        problems,
        not_remembered,
    })
}
