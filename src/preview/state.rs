//! What the server shows at the moment, and how open pages hear of the next.

use super::desk::Current;
use super::shown::Shown;
use crate::diagnostic::Severity;
use crate::diagnostic::report::Located;
use crate::output::Scratch;
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use tokio::sync::watch::{Receiver, Sender};

/// A moment of the preview.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// Counts the sites that were shown.
    pub(super) generation: u64,
    /// The count at the start of this run; a page of an earlier one has another count.
    first: u64,
    /// `None` before the first site.
    pub(super) shown: Option<Arc<Shown>>,
    /// What is wrong now, be it with the site that is shown or with one that therefore is not.
    pub(super) problems: Arc<[Located]>,
    /// Files that pages use and are not made from (style sheets, images, scripts), with the generation that changed them.
    assets: Arc<BTreeMap<String, u64>>,
    pub(super) index: Index,
}

/// The search index.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    pub(super) files: Arc<Scratch>,
    /// The load whose documents it has.
    load: Option<u64>,
}

impl Moment {
    /// What the editor's desk speaks of.
    pub(super) fn current(&self) -> Current<'_> {
        Current {
            site: self.shown.as_ref().map(|shown| &shown.site),
            problems: &self.problems,
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        let error = Severity::Error.label();
        self.problems
            .iter()
            .any(|problem| problem.severity == error)
    }

    /// Whether searches find what is shown.
    pub(super) fn is_searchable(&self) -> bool {
        let shown = self.shown.as_ref();
        shown.is_some_and(|shown| !shown.is_edited() && self.index.load == Some(shown.load))
    }

    /// The files that changed after a generation, with theirs; `None` where it is not one of this run.
    pub(super) fn assets_since(&self, generation: u64) -> Option<BTreeMap<&str, u64>> {
        let is_known = (self.first..=self.generation).contains(&generation);
        is_known.then(|| {
            let assets = self.assets.iter();
            let newer = assets.filter(|(_, changed)| **changed > generation);
            newer
                .map(|(address, changed)| (address.as_str(), *changed))
                .collect()
        })
    }
}

/// Shared between those who load, those who make the index, and the server.
#[derive(Debug)]
pub(super) struct State(Sender<Moment>);

impl Default for State {
    fn default() -> Self {
        // A page that was loaded from an earlier run must not take a generation of this one for its own. 48 bits are a
        // number that JavaScript can hold, with all that follow.
        let first = RandomState::new().hash_one(()) >> 16;
        Self(Sender::new(Moment {
            generation: first,
            first,
            shown: None,
            problems: Arc::default(),
            assets: Arc::default(),
            index: Index::default(),
        }))
    }
}

impl State {
    /// What is shown now.
    pub(super) fn now(&self) -> Moment {
        self.0.borrow().clone()
    }

    /// Tells of each next moment. Only the newest counts: who is slow misses those between.
    pub(super) fn subscribe(&self) -> Receiver<Moment> {
        self.0.subscribe()
    }

    /// Shows a site, with what is wrong with it and the addresses of the assets that are new in it. `None` leaves the
    /// problems as they are.
    pub(super) fn show(
        &self,
        shown: Arc<Shown>,
        problems: Option<Arc<[Located]>>,
        assets: Vec<String>,
    ) {
        self.0.send_modify(|moment| {
            moment.generation += 1;
            moment.shown = Some(shown);
            if let Some(problems) = problems {
                moment.problems = problems;
            }
            if !assets.is_empty() {
                let generation = moment.generation;
                let assets = assets.into_iter().map(|address| (address, generation));
                Arc::make_mut(&mut moment.assets).extend(assets);
            }
        });
    }

    /// Says what is wrong; the site stays.
    pub(super) fn report(&self, problems: Arc<[Located]>) {
        self.0.send_modify(|moment| moment.problems = problems);
    }

    /// Has searches answered from the index of a load.
    pub(super) fn search(&self, files: Scratch, load: u64) {
        self.0.send_modify(|moment| {
            moment.index = Index {
                files: Arc::new(files),
                load: Some(load),
            };
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::tests::shown;

    #[test]
    fn each_site_is_another_generation_and_no_run_continues_another() {
        let state = State::default();
        let first = state.now().generation;
        assert_ne!(first, State::default().now().generation);
        let mut moments = state.subscribe();
        state.report(Arc::default());
        assert_eq!(state.now().generation, first);
        assert!(moments.has_changed().unwrap());
        moments.mark_unchanged();
        state.show(shown(1), None, Vec::new());
        assert_eq!(state.now().generation, first + 1);
        assert!(moments.has_changed().unwrap());
    }

    #[test]
    fn a_page_hears_of_the_assets_that_changed_after_it_was_loaded() {
        let state = State::default();
        let first = state.now().generation;
        state.show(shown(1), None, vec!["a.css".to_owned()]);
        state.show(shown(2), None, vec!["b.png".to_owned()]);
        let now = state.now();
        let since = |generation| {
            let assets = now.assets_since(generation)?;
            Some(assets.into_keys().collect::<Vec<_>>())
        };
        assert_eq!(since(first), Some(vec!["a.css", "b.png"]));
        assert_eq!(since(first + 1), Some(vec!["b.png"]));
        assert_eq!(since(first + 2), Some(vec![]));
        // Of another run: everything may have changed.
        assert_eq!(since(first - 1), None);
        assert_eq!(since(first + 3), None);
    }

    #[test]
    fn searches_are_current_when_the_index_is_of_what_is_shown() {
        let state = State::default();
        state.show(shown(1), None, Vec::new());
        assert!(!state.now().is_searchable());
        state.search(Scratch::default(), 1);
        assert!(state.now().is_searchable());
        let now = state.now().shown.unwrap();
        state.show(Arc::new(now.edited(now.site.clone())), None, Vec::new());
        assert!(!state.now().is_searchable());
        state.show(shown(2), None, Vec::new());
        assert!(!state.now().is_searchable());
    }
}
