//! Loading a site: the whole portal is put together again, beside the one that is shown.

use super::pages::Pages;
use super::shown::Shown;
use crate::build::{self, BuildContext, BuildError, Outcome};
use crate::cache::Cache;
use crate::diagnostic::report::{self, Located};
use crate::diagnostic::{self, Diagnostic};
use crate::files::Files;
use std::sync::Arc;

/// What is loaded again and again, and what is remembered from one time to the next.
pub(super) struct Loader {
    pub(super) files: Arc<dyn Files>,
    pub(super) cache: Cache,
    pub(super) pages: Arc<Pages>,
    /// How often a site was loaded.
    pub(super) count: u64,
    /// Whether a template of the last site fails.
    is_broken: bool,
}

/// A site, where nothing is wrong with it, and every problem.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub(super) shown: Option<Arc<Shown>>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) located: Arc<[Located]>,
    /// Whether its templates were tried.
    pub(super) is_checked: bool,
}

impl Loader {
    pub(super) fn new(files: Arc<dyn Files>, cache: Cache) -> Self {
        Self {
            files,
            cache,
            pages: Arc::default(),
            count: 0,
            is_broken: false,
        }
    }

    /// Loads a site from its files, seen through `witness`. Where its theme or settings are others than those of the `last`
    /// one, a page of each kind is made before it is shown: a template that fails leaves the last site up.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn load(
        &mut self,
        witness: &dyn Files,
        context: BuildContext,
        last: Option<&Shown>,
    ) -> Result<Loaded, BuildError> {
        self.count += 1;
        let Outcome { result, problems } = build::load(witness, self.cache.facts(), context, &())?;
        let shown = result.map(|site| {
            let (files, pages) = (Arc::clone(&self.files), Arc::clone(&self.pages));
            Arc::new(Shown::new(site, files, pages, self.count))
        });
        let is_like_last = last
            .zip(shown.as_deref())
            .is_none_or(|(last, next)| next.is_like(last));
        let loaded = Loaded {
            shown,
            located: self.located(&problems),
            problems,
            is_checked: false,
        };
        Ok(if is_like_last && !self.is_broken {
            loaded
        } else {
            self.check(loaded)
        })
    }

    /// Makes a page of each kind; a site whose templates fail is none.
    pub(super) fn check(&mut self, mut loaded: Loaded) -> Loaded {
        loaded.is_checked = true;
        let Some(shown) = &loaded.shown else {
            return loaded;
        };
        let broken = shown.check_templates();
        self.is_broken = !broken.is_empty();
        if self.is_broken {
            loaded.shown = None;
            loaded.problems.extend(broken);
            diagnostic::sort(&mut loaded.problems);
            loaded.located = self.located(&loaded.problems);
        }
        loaded
    }

    /// Remembers the documents for the next program, which can do without.
    pub(super) fn remember(&self) {
        let _ = self.cache.facts().save();
    }

    fn located(&self, problems: &[Diagnostic]) -> Arc<[Located]> {
        report::locate(problems, &&*self.files).into()
    }
}
