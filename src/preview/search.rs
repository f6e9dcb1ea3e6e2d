//! The search index, which follows what is shown and never delays a page.

use super::shown::Shown;
use super::state::State;
use crate::build::{self, BuildError};
use crate::index::BlockCache;
use crate::output::publish::PublishError;
use crate::output::{NextScratch, Scratch};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How long nothing else is shown before an index is made: who writes saves often.
const PAUSE: Duration = Duration::from_millis(500);

/// How much the threads of the index give way to others, in steps of `nice`.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Starts the thread that makes the index of each site that it is given, or of the newest of them, with the `blocks` that
/// builds have, too. `fail` hears why one could not be made.
///
/// # Errors
/// When no thread can be started.
pub(super) fn start(
    state: Arc<State>,
    blocks: impl BlockCache + Send + 'static,
    fail: impl Fn(BuildError) + Send + 'static,
) -> std::io::Result<Sender<Arc<Shown>>> {
    let (sender, sites) = channel();
    let threads = rayon::ThreadPoolBuilder::new()
        .thread_name(|at| format!("search-{at}"))
        .start_handler(|_| give_way())
        .build()
        .map_err(std::io::Error::other)?;
    std::thread::Builder::new()
        .name("search".to_owned())
        .spawn(move || {
            give_way();
            let mut last = Scratch::default();
            while let Some(site) = newest(&sites) {
                match threads.install(|| index(&site, &last, &blocks)) {
                    Ok(Some(next)) => {
                        last = next;
                        state.search(last.clone(), site.load);
                    }
                    // A document changed meanwhile; the site with it comes.
                    Ok(None) => {}
                    Err(error) => fail(error),
                }
            }
        })?;
    Ok(sender)
}

/// Waits for a site after which no other comes for a while; `None` when no more come.
fn newest(sites: &Receiver<Arc<Shown>>) -> Option<Arc<Shown>> {
    let mut site = sites.recv().ok()?;
    loop {
        match sites.recv_timeout(PAUSE) {
            Ok(next) => site = next,
            Err(RecvTimeoutError::Timeout) => return Some(site),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Makes the index of a site after another; `None` where a document is not the one that the site was loaded from.
pub(super) fn index(
    shown: &Shown,
    last: &Scratch,
    blocks: &dyn BlockCache,
) -> Result<Option<Scratch>, BuildError> {
    let next = NextScratch::after(last).map_err(|cause| PublishError::Io {
        action: "write",
        path: "a temporary file".into(),
        cause,
    })?;
    let changed = build::make_index(&shown.site, shown.files(), &next, blocks, &())?;
    Ok(changed.is_none().then(|| next.finish()))
}

#[cfg(target_os = "linux")]
fn give_way() {
    // On Linux this is of one thread (nice(2), "C library/kernel differences"). It is no loss where it is refused.
    let _ = rustix::process::nice(NICENESS);
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}
