//! Makes the files of a site that an output does not have yet.

use super::stages::{Observer, Stage};
use super::{BuildError, Site};
use crate::diagnostic::Diagnostic;
use crate::document::BodyError;
use crate::files::{Files, SitePath};
use crate::index::{self, BlockCache, IndexError};
use crate::output::{Keep, Output};
use crate::render::{RenderError, Renderer};
use crate::sitemap::Entry;
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes pages and other files, but for the index; gives what is wrong with templates and documents.
///
/// # Errors
/// When a file cannot be read or written.
pub fn make(
    site: &Site,
    jobs: &[&Entry],
    files: &dyn Files,
    output: &dyn Output,
    observer: &dyn Observer,
) -> Result<Vec<Diagnostic>, BuildError> {
    observer.begin(Stage::Render, Some(jobs.len()));
    let renderer = site.renderer(files);
    let count = AtomicUsize::new(0);
    let problems: Vec<Diagnostic> = jobs
        .par_iter()
        .filter_map(|job| {
            let problem = make_one(job, &renderer, output).transpose();
            observer.step(count.fetch_add(1, Ordering::Relaxed) + 1);
            problem
        })
        .collect::<Result<_, BuildError>>()?;
    observer.end(Stage::Render, jobs.len());
    // A part that every page includes fails for each of them: once is enough.
    let mut seen = HashSet::new();
    Ok(problems
        .into_iter()
        .filter(|problem| {
            seen.insert((
                problem.file.clone(),
                problem.span.clone(),
                problem.message.clone(),
            ))
        })
        .collect())
}

fn make_one(
    job: &Entry,
    renderer: &Renderer<'_>,
    output: &dyn Output,
) -> Result<Option<Diagnostic>, BuildError> {
    let fingerprint = renderer.fingerprint(job)?;
    if output.is_current(&job.path, &fingerprint) {
        debug_assert!(
            is_same(job, renderer, output),
            "{} counts as current, but would come out different: an input is missing",
            job.path
        );
        output.keep(Keep::One(&job.path));
        return Ok(None);
    }
    match renderer.render_entry(job) {
        Ok(bytes) => output.write(job.path.clone(), fingerprint, bytes)?,
        Err(RenderError::File(error)) => return Err(error.into()),
        Err(RenderError::Problem(problem)) => return Ok(Some(*problem)),
    }
    Ok(None)
}

/// Whether a file that counts as current would come out as the last site has it.
fn is_same(job: &Entry, renderer: &Renderer<'_>, output: &dyn Output) -> bool {
    let made = renderer.render_entry(job);
    made.is_ok_and(|bytes| output.last(&job.path) == Some(bytes))
}

/// Makes the search index, unless the output has one from the same inputs; gives the document that cannot be read. The
/// observer hears of the blocks that `cache` did not have.
///
/// # Errors
/// When a file cannot be read or written, or the index cannot be made.
pub fn make_index(
    site: &Site,
    files: &dyn Files,
    output: &dyn Output,
    cache: &dyn BlockCache,
    observer: &dyn Observer,
) -> Result<Option<Diagnostic>, BuildError> {
    observer.begin(Stage::Index, None);
    let fingerprint = index::fingerprint(&site.portal, &site.config, &site.theme.words);
    let manifest = SitePath::try_from(index::MANIFEST.to_owned())?;
    if output.is_current(&manifest, &fingerprint) {
        output.keep(Keep::Where(&index::is_index_file));
        observer.end(Stage::Index, 0);
        return Ok(None);
    }
    let made = match index::make(&site.portal, &site.config, &site.theme.words, files, cache) {
        Ok(made) => made,
        Err(IndexError::Body(BodyError::Changed(problem))) => return Ok(Some(*problem)),
        Err(error) => return Err(error.into()),
    };
    let is_made = !made.files.is_empty();
    made.files.into_par_iter().try_for_each(|file| {
        let path = SitePath::try_from(format!("{}/{}", index::FOLDER, file.path))?;
        Ok::<_, BuildError>(output.write(path, fingerprint, file.bytes)?)
    })?;
    // A page that is open during a publish still asks for the files that its hot file named. Those that both generations
    // have were written above.
    let hot = SitePath::try_from(index::HOT.to_owned())?;
    if let Some(last) = output.last(&hot).filter(|_| is_made) {
        output.keep(Keep::Where(&index::files_of(&last)));
    }
    observer.end(Stage::Index, made.blocks);
    Ok(None)
}
