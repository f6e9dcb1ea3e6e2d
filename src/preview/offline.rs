//! A preview without a server, for tests.

use super::edited;
use super::load::Loader;
use super::search;
use super::shown::Shown;
use super::with_origin;
use crate::build::{BuildContext, BuildError};
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::files::{Entry, FileError, Files};
use crate::output::Scratch;
use camino::Utf8Path;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

/// A preview that is told of changes, and asked for every address.
pub struct Offline {
    disk: Arc<Replaceable>,
    loader: Loader,
    /// What is shown, and the last site as it was loaded.
    shown: Option<Arc<Shown>>,
    good: Option<Arc<Shown>>,
    has_errors: bool,
    index: Scratch,
}

impl std::fmt::Debug for Offline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Offline")
            .field("shown", &self.shown)
            .finish()
    }
}

impl Default for Offline {
    fn default() -> Self {
        let disk = Arc::new(Replaceable::default());
        Self {
            loader: Loader::new(Arc::clone(&disk) as Arc<dyn Files>, Cache::default()),
            disk,
            shown: None,
            good: None,
            has_errors: false,
            index: Scratch::default(),
        }
    }
}

impl Offline {
    /// Loads these files, as [`serve`](super::serve) does after each change, and gives the problems. An index follows.
    ///
    /// # Errors
    /// When a file cannot be read, or there is no index.
    pub fn build(
        &mut self,
        files: Arc<dyn Files>,
        context: BuildContext,
    ) -> Result<Vec<Diagnostic>, BuildError> {
        self.disk.replace(files);
        let address = SocketAddr::from(([127, 0, 0, 1], 4000));
        let context = with_origin(context, address);
        let loaded = self
            .loader
            .load(&*self.disk, context, self.good.as_deref())?;
        let loaded = self.loader.check(loaded);
        self.has_errors = has_errors(&loaded.problems);
        self.good = loaded.shown.or(self.good.take());
        self.shown.clone_from(&self.good);
        if let Some(shown) = &self.shown
            && !self.has_errors
            && let Some(index) = search::index(shown, &self.index, shown.files(), &())?
        {
            self.index = index;
        }
        Ok(loaded.problems)
    }

    /// Shows a document as its file is now before everything is loaded again; whether that is done.
    pub fn edit(&mut self, files: Arc<dyn Files>, path: &Utf8Path) -> bool {
        self.disk.replace(files);
        let edited = self.shown.as_ref().filter(|_| !self.has_errors);
        let edited = edited.and_then(|shown| edited::with_edited(shown, path));
        let is_done = edited.is_some();
        if let Some(edited) = edited {
            self.shown = Some(Arc::new(edited));
        }
        is_done
    }

    /// The file that the server would answer with; `None` where the site has none, or it cannot be made.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<Vec<u8>> {
        let shown = self.shown.as_ref()?;
        let entry = shown.site.site_map.at(path)?;
        shown.make(entry).ok().map(Vec::from)
    }

    /// The address of a document's page.
    #[must_use]
    pub fn address(&self, document: &Utf8Path) -> Option<String> {
        let portal = &self.shown.as_ref()?.site.portal;
        let id = portal.documents.position(|known| known.path == document)?;
        Some(portal.addresses.of(id).to_owned())
    }

    /// Every file that the server would answer with, by path.
    #[must_use]
    pub fn shown(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = self.shown.iter();
        let entries = entries.flat_map(|shown| shown.site.site_map.entries());
        let pages = entries.filter_map(|entry| {
            let path = entry.path.to_string();
            let bytes = self.page(&path)?;
            Some((path, bytes))
        });
        let index = self.index.paths().filter_map(|path| {
            let bytes = self.index.get(path.as_str())?;
            Some((path.to_string(), bytes))
        });
        pages.chain(index).collect()
    }
}

/// A tree whose files are other ones from time to time, as those of a disk are.
struct Replaceable(RwLock<Arc<dyn Files>>);

impl Default for Replaceable {
    fn default() -> Self {
        Self(RwLock::new(Arc::new(crate::files::Memory::new())))
    }
}

impl Replaceable {
    fn replace(&self, files: Arc<dyn Files>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = files;
    }

    fn now(&self) -> Arc<dyn Files> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Files for Replaceable {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        self.now().walk(folder)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        self.now().read(path)
    }
}
