//! A site that is shown: its pages are made when they are asked for.

use super::pages::Pages;
use crate::build::Site;
use crate::diagnostic::{Code, Diagnostic};
use crate::files::Fingerprint;
use crate::files::{FileError, Files};
use crate::render::{RenderError, Shared};
use crate::sitemap::{Entry, Page};
use camino::Utf8Path;
use hyper::body::Bytes;
use std::collections::HashSet;
use std::mem::discriminant;
use std::sync::Arc;

/// A site with what its pages are made with.
pub(super) struct Shown {
    pub(super) site: Site,
    shared: Shared,
    files: Arc<dyn Files>,
    /// The pages of this site and of those before it.
    pages: Arc<Pages>,
    /// Names the load that it comes from.
    pub(super) load: u64,
    /// Whether a document was put into it after that, so that pages of others may not fit.
    is_edited: bool,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shown").field("load", &self.load).finish()
    }
}

/// Why a page cannot be shown.
#[derive(Debug)]
pub(super) enum NotMade {
    /// Its file is not the one that the site was loaded from.
    Changed(String),
    /// A template fails.
    Problem(Box<Diagnostic>),
}

impl From<FileError> for NotMade {
    fn from(error: FileError) -> Self {
        Self::Changed(error.path.into_string())
    }
}

impl From<RenderError> for NotMade {
    fn from(error: RenderError) -> Self {
        match error {
            RenderError::File(error) => error.into(),
            RenderError::Problem(problem) if problem.code == Code::UnusableFile => {
                Self::Changed(problem.file.into_string())
            }
            RenderError::Problem(problem) => Self::Problem(problem),
        }
    }
}

impl Shown {
    pub(super) fn new(site: Site, files: Arc<dyn Files>, pages: Arc<Pages>, load: u64) -> Self {
        Self {
            shared: site.shared(),
            site,
            files,
            pages,
            load,
            is_edited: false,
        }
    }

    /// The same with another document in it.
    pub(super) fn edited(&self, site: Site) -> Self {
        Self {
            shared: self.shared.of_edited(&site.portal),
            site,
            files: Arc::clone(&self.files),
            pages: Arc::clone(&self.pages),
            load: self.load,
            is_edited: true,
        }
    }

    /// Whether a document was put into it after it was loaded.
    pub(super) fn is_edited(&self) -> bool {
        self.is_edited
    }

    pub(super) fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// Whether theme and settings are those of another site, and everything else that every page has.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.shared.is_same(&other.shared)
    }

    /// Makes a file of the site, unless it is kept.
    pub(super) fn make(&self, entry: &Entry) -> Result<Bytes, NotMade> {
        if let Page::Copy { source, .. } = &entry.page {
            return self.copy(entry, source);
        }
        let renderer = self.site.renderer_sharing(&self.shared, &*self.files);
        let fingerprint = renderer.fingerprint(entry)?;
        if let Some(bytes) = self.pages.get(&entry.path, &fingerprint) {
            return Ok(bytes);
        }
        // What a page was written into is up to twice as long.
        let bytes = Bytes::from(renderer.render_entry(entry)?.into_boxed_slice());
        self.keep(entry, fingerprint, &bytes);
        Ok(bytes)
    }

    /// Reads a file of the content. A site that stays while there are errors shows it as it was.
    fn copy(&self, entry: &Entry, source: &Utf8Path) -> Result<Bytes, NotMade> {
        let fingerprint = blake3::hash(&self.load.to_le_bytes());
        if let Some(bytes) = self.pages.get(&entry.path, &fingerprint) {
            return Ok(bytes);
        }
        let bytes = Bytes::from(self.files.read(source)?);
        self.keep(entry, fingerprint, &bytes);
        Ok(bytes)
    }

    fn keep(&self, entry: &Entry, fingerprint: Fingerprint, bytes: &Bytes) {
        // An edited site has the lists of the one before, so a fingerprint of it can be of two versions.
        if !self.is_edited {
            self.pages.put(&entry.path, fingerprint, bytes);
        }
    }

    /// Makes a page of each kind, and says what is wrong with their templates.
    pub(super) fn check_templates(&self) -> Vec<Diagnostic> {
        let portal = &self.site.portal;
        let mut tried = HashSet::new();
        let mut seen = HashSet::new();
        let entries = self.site.site_map.entries().iter();
        let first = entries.filter(|entry| {
            let template = entry.page.template(portal);
            template.is_some_and(|template| tried.insert((template, discriminant(&entry.page))))
        });
        let problems = first.filter_map(|entry| match self.make(entry) {
            Err(NotMade::Problem(problem)) => Some(*problem),
            // A file that changed since is read by the load that its change starts.
            Ok(_) | Err(NotMade::Changed(_)) => None,
        });
        // A part that every page includes fails for each of them: once is enough.
        problems
            .filter(|problem| {
                let place = (problem.file.clone(), problem.span.clone());
                seen.insert((place, problem.message.clone()))
            })
            .collect()
    }
}
