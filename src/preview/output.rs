//! The site in memory.

use crate::build::{BuildError, Site};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::files::SitePath;
use crate::render::{RenderError, Renderer};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file and what it was made from.
#[derive(Debug, Clone)]
struct Made {
    fingerprint: blake3::Hash,
    bytes: Arc<[u8]>,
}

/// Every file of a site. Copies share their bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct MemorySite {
    files: BTreeMap<SitePath, Made>,
}

impl MemorySite {
    pub(super) fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        let path = SitePath::try_from(path.to_owned()).ok()?;
        self.files.get(&path).map(|made| Arc::clone(&made.bytes))
    }

    /// Makes the next site, taking over what is made from the same inputs; with how many files differ.
    #[expect(
        clippy::type_complexity,
        reason = "a pair of results that only the module above takes apart"
    )]
    pub(super) fn next(
        &self,
        site: &Site,
        files: &dyn Files,
    ) -> Result<(Option<(Self, usize)>, Vec<Diagnostic>), BuildError> {
        let renderer = Renderer::new(&site.portal, &site.config, &site.theme, files);
        let made: Vec<Result<(SitePath, Made), Diagnostic>> = site
            .jobs
            .par_iter()
            .map(|job| {
                let prepared = renderer.prepare(job)?;
                let fingerprint = prepared.fingerprint;
                if let Some(last) = self
                    .files
                    .get(&job.path)
                    .filter(|last| last.fingerprint == fingerprint)
                {
                    return Ok(Ok((job.path.clone(), last.clone())));
                }
                match renderer.render(&job.path, prepared) {
                    Ok(bytes) => Ok(Ok((
                        job.path.clone(),
                        Made {
                            fingerprint,
                            bytes: bytes.into(),
                        },
                    ))),
                    Err(RenderError::File(error)) => Err(error.into()),
                    Err(RenderError::Template(problem)) => Ok(Err(*problem)),
                }
            })
            .collect::<Result<_, BuildError>>()?;
        let (good, bad): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
        let problems: Vec<Diagnostic> = bad.into_iter().filter_map(Result::err).collect();
        if !problems.is_empty() {
            return Ok((None, problems));
        }
        let next = Self {
            files: good.into_iter().flatten().collect(),
        };
        let changed = next.differences(self);
        Ok((Some((next, changed)), problems))
    }

    /// Files that are new, different or gone.
    fn differences(&self, last: &Self) -> usize {
        let changed = self.files.iter().filter(|(path, made)| {
            last.files
                .get(path)
                .is_none_or(|old| old.bytes != made.bytes)
        });
        let gone = last
            .files
            .keys()
            .filter(|path| !self.files.contains_key(*path));
        changed.count() + gone.count()
    }
}
