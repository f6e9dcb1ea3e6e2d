//! What the server shows at the moment, and how open pages hear of the next.

use super::output::MemorySite;
use crate::diagnostic::report::Located;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A moment of the preview.
#[derive(Debug, Clone, Default)]
pub(super) struct Moment {
    /// Counts builds, also those that only changed the problems.
    pub(super) build: u64,
    /// Counts sites: a page of an older one has to be loaded again.
    pub(super) generation: u64,
    pub(super) site: Arc<MemorySite>,
    /// `{"generation": …, "problems": […]}`.
    pub(super) message: Arc<str>,
}

/// Shared between the builder and the server's threads.
#[derive(Debug, Default)]
pub(super) struct State {
    moment: Mutex<Moment>,
    changed: Condvar,
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Moment> {
        self.moment.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Moment {
        self.lock().clone()
    }

    pub(super) fn update(&self, site: &MemorySite, is_new: bool, problems: &[Located]) {
        let mut moment = self.lock();
        moment.build += 1;
        if is_new {
            moment.generation += 1;
            moment.site = Arc::new(site.clone());
        }
        let message = serde_json::json!({ "generation": moment.generation, "problems": problems });
        moment.message = message.to_string().into();
        self.changed.notify_all();
    }

    /// Shows the same pages with another index; open pages need not be loaded again for it.
    pub(super) fn replace(&self, site: &MemorySite) {
        self.lock().site = Arc::new(site.clone());
    }

    /// Waits for a build after the given one; `None` after `limit`, so that a dead connection is noticed.
    pub(super) fn after(&self, build: u64, limit: Duration) -> Option<Moment> {
        let (moment, timeout) = self
            .changed
            .wait_timeout_while(self.lock(), limit, |moment| moment.build <= build)
            .unwrap_or_else(PoisonError::into_inner);
        (!timeout.timed_out()).then(|| moment.clone())
    }
}
