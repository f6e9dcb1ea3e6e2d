//! The site in memory.

use crate::build::{BuildError, Site};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::files::SitePath;
use crate::index;
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

/// How many files of a site are new, different or gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// Those that readers open.
    pub pages: usize,
    /// All of them, pages included.
    pub files: usize,
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

    /// Every file by path.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let files = self.files.iter();
        files
            .map(|(path, made)| (path.to_string(), made.bytes.to_vec()))
            .collect()
    }

    /// Makes the next site, taking over what is made from the same inputs; with what differs.
    #[expect(
        clippy::type_complexity,
        reason = "a pair of results that only the module above takes apart"
    )]
    pub(super) fn next(
        &self,
        site: &Site,
        files: &dyn Files,
    ) -> Result<(Option<(Self, Changed)>, Vec<Diagnostic>), BuildError> {
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
        // The index follows when the pages are up.
        let index = self.files.iter().filter(|(path, _)| is_index(path));
        let index = index.map(|(path, made)| (path.clone(), made.clone()));
        let next = Self {
            files: good.into_iter().flatten().chain(index).collect(),
        };
        let changed = next.differences(self);
        Ok((Some((next, changed)), problems))
    }

    /// Puts the index beside the pages, unless it is there from the same inputs.
    pub(super) fn with_index(
        &self,
        site: &Site,
        files: &dyn Files,
    ) -> Result<Option<Self>, BuildError> {
        let fingerprint = index::fingerprint(&site.portal, &site.config, &site.theme.words);
        let manifest = SitePath::try_from(index::MANIFEST.to_owned())?;
        if self
            .files
            .get(&manifest)
            .is_some_and(|made| made.fingerprint == fingerprint)
        {
            return Ok(None);
        }
        let made =
            index::make(&site.portal, &site.config, &site.theme.words, files)?.unwrap_or_default();
        let mut next = self.clone();
        next.files.retain(|path, _| !is_index(path));
        for file in made {
            let path = SitePath::try_from(format!("{}/{}", index::FOLDER, file.path))?;
            next.files.insert(
                path,
                Made {
                    fingerprint,
                    bytes: file.bytes.into(),
                },
            );
        }
        Ok(Some(next))
    }

    fn differences(&self, last: &Self) -> Changed {
        let changed = self.files.iter().filter(|(path, made)| {
            last.files
                .get(path)
                .is_none_or(|old| old.bytes != made.bytes)
        });
        let gone = last
            .files
            .iter()
            .filter(|(path, _)| !self.files.contains_key(*path));
        let mut count = Changed::default();
        for (path, _) in changed.chain(gone) {
            count.files += 1;
            count.pages += usize::from(path.as_str().ends_with(".html"));
        }
        count
    }
}

fn is_index(path: &SitePath) -> bool {
    let below = path
        .as_str()
        .strip_prefix(index::FOLDER)
        .and_then(|rest| rest.strip_prefix('/'));
    below.is_some_and(index::is_index_file)
}
