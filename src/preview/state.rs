//! What the server shows at the moment, and how open pages hear of the next.

use super::desk::Current;
use crate::build::Site;
use crate::diagnostic::report::Located;
use crate::output::MemorySite;
use hyper::body::Bytes;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use tokio::sync::watch::{Receiver, Sender};

/// A moment of the preview.
#[derive(Debug, Clone, Default)]
pub(super) struct Moment {
    /// Names the site: a page of another one has to be loaded again.
    pub(super) generation: u64,
    pub(super) site: Arc<MemorySite>,
    /// What it is made from; `None` before the first.
    loaded: Option<Arc<Site>>,
    problems: Arc<[Located]>,
    /// The server-sent event `{"generation": …, "problems": […]}`; empty before the first build.
    pub(super) event: Bytes,
}

impl Moment {
    /// What the editor's desk speaks of.
    pub(super) fn current(&self) -> Current<'_> {
        Current {
            site: self.loaded.as_deref(),
            problems: &self.problems,
        }
    }
}

/// Shared between the builder and the server.
#[derive(Debug)]
pub(super) struct State(Sender<Moment>);

impl Default for State {
    fn default() -> Self {
        // A page that was loaded from an earlier run must not take a generation of this one for its own. 48 bits are a
        // number that JavaScript can hold, with all that follow.
        let first = RandomState::new().hash_one(()) >> 16;
        Self(Sender::new(Moment {
            generation: first,
            ..Moment::default()
        }))
    }
}

impl State {
    /// What is shown now.
    pub(super) fn now(&self) -> Moment {
        self.0.borrow().clone()
    }

    /// Tells of each next build. Only the newest counts: who is slow misses those between.
    pub(super) fn subscribe(&self) -> Receiver<Moment> {
        self.0.subscribe()
    }

    pub(super) fn update(
        &self,
        site: &MemorySite,
        loaded: Option<&Arc<Site>>,
        is_new: bool,
        problems: &[Located],
    ) {
        // Copied before the state is locked, so that no reader waits for it.
        let site = is_new.then(|| Arc::new(site.clone()));
        self.0.send_modify(|moment| {
            if let Some(site) = site {
                moment.generation += 1;
                moment.site = site;
            }
            if let Some(loaded) = loaded {
                moment.loaded = Some(Arc::clone(loaded));
            }
            moment.problems = problems.into();
            let message =
                serde_json::json!({ "generation": moment.generation, "problems": problems });
            moment.event = format!("data: {message}\n\n").into();
        });
    }

    /// Shows the same pages with another index; open pages need not be loaded again for it.
    pub(super) fn replace(&self, site: &MemorySite) {
        let site = Arc::new(site.clone());
        self.0.send_if_modified(|moment| {
            moment.site = site;
            false
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_site_is_another_generation_and_no_run_continues_another() {
        let state = State::default();
        let first = state.now().generation;
        assert_ne!(first, State::default().now().generation);
        let mut builds = state.subscribe();
        state.update(&MemorySite::default(), None, false, &[]);
        assert_eq!(state.now().generation, first);
        assert!(builds.has_changed().unwrap());
        builds.mark_unchanged();
        state.replace(&MemorySite::default());
        assert!(!builds.has_changed().unwrap());
        state.update(&MemorySite::default(), None, true, &[]);
        assert_eq!(state.now().generation, first + 1);
        assert!(builds.has_changed().unwrap());
    }
}
