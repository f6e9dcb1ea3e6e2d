//! The search index, which follows what is shown and never delays a page.
//!
//! It is made on one thread, and put off while a site is loaded: two copies of a site and the parts of an index take much
//! memory at the same time. The blocks that were made until then are kept.

use super::shown::Shown;
use super::state::State;
use crate::build::{self, BuildError};
use crate::files::{Entry, FileError, Files};
use crate::index::BlockCache;
use crate::output::publish::PublishError;
use crate::output::{NextScratch, Scratch};
use camino::Utf8Path;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How long nothing else is shown before an index is made: who writes saves often.
const PAUSE: Duration = Duration::from_millis(500);

/// How much the thread of the index gives way to others, in steps of `nice`.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// The thread that makes indexes.
#[derive(Debug)]
pub(super) struct Searches {
    orders: Sender<Option<Arc<Shown>>>,
    is_paused: Arc<AtomicBool>,
}

impl Searches {
    /// Stops the index that is being made, for a while.
    pub(super) fn pause(&self) {
        self.is_paused.store(true, Ordering::Relaxed);
    }

    /// Goes on, with another site if there is one.
    pub(super) fn resume(&self, site: Option<Arc<Shown>>) {
        self.is_paused.store(false, Ordering::Relaxed);
        // The thread ends only with the preview.
        let _ = self.orders.send(site);
    }
}

/// Starts the thread that makes the index of each site that it is given, or of the newest of them, with the `blocks` that
/// builds have, too. `fail` hears why one could not be made.
///
/// # Errors
/// When no thread can be started.
pub(super) fn start(
    state: Arc<State>,
    blocks: impl BlockCache + Send + 'static,
    fail: impl Fn(BuildError) + Send + 'static,
) -> io::Result<Searches> {
    let (orders, received) = channel();
    let is_paused = Arc::new(AtomicBool::new(false));
    let searches = Searches {
        orders,
        is_paused: Arc::clone(&is_paused),
    };
    std::thread::Builder::new()
        .name("search".to_owned())
        .spawn(move || {
            give_way();
            // More threads would have more blocks in memory, and take the processors from the pages.
            let thread = rayon::ThreadPoolBuilder::new()
                .num_threads(1)
                .use_current_thread()
                .build();
            let thread = match thread {
                Ok(thread) => thread,
                Err(error) => return fail(no_thread(error)),
            };
            let mut last = Scratch::default();
            let mut next: Option<Arc<Shown>> = None;
            while wait(&received, &mut next) {
                let Some(site) = &next else { continue };
                let pausing = Pausing::new(site.files(), &is_paused);
                let made = thread.install(|| index(site, &last, &pausing, &blocks));
                if pausing.was_paused() {
                    continue;
                }
                match made {
                    Ok(Some(index)) => {
                        last = index;
                        state.search(last.clone(), site.load);
                    }
                    // A document changed meanwhile; the site with it comes.
                    Ok(None) => {}
                    Err(error) => fail(error),
                }
                next = None;
            }
        })?;
    Ok(searches)
}

/// Waits until there is a site to be the next, or the same one again, after which no other comes for a while; `false` when
/// no more come.
fn wait(orders: &Receiver<Option<Arc<Shown>>>, next: &mut Option<Arc<Shown>>) -> bool {
    let Ok(order) = orders.recv() else {
        return false;
    };
    *next = order.or_else(|| next.take());
    loop {
        match orders.recv_timeout(PAUSE) {
            Ok(order) => *next = order.or_else(|| next.take()),
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

fn no_thread(error: rayon::ThreadPoolBuildError) -> BuildError {
    scratch_error(io::Error::other(error))
}

fn scratch_error(cause: io::Error) -> BuildError {
    let error = PublishError::Io {
        action: "write",
        path: "a temporary file".into(),
        cause,
    };
    error.into()
}

/// Makes the index of a site after another, whose documents are read from `files`; `None` where a document is not the one
/// that the site was loaded from.
pub(super) fn index(
    shown: &Shown,
    last: &Scratch,
    files: &dyn Files,
    blocks: &dyn BlockCache,
) -> Result<Option<Scratch>, BuildError> {
    let next = NextScratch::after(last).map_err(scratch_error)?;
    let changed = build::make_index(&shown.site, files, &next, blocks, &())?;
    Ok(changed.is_none().then(|| next.finish()))
}

/// Files that cannot be read while a site is loaded, so that an index which is being made comes to its end.
struct Pausing<'a> {
    files: &'a dyn Files,
    is_paused: &'a AtomicBool,
    was_paused: AtomicBool,
}

impl<'a> Pausing<'a> {
    fn new(files: &'a dyn Files, is_paused: &'a AtomicBool) -> Self {
        Self {
            files,
            is_paused,
            was_paused: AtomicBool::new(false),
        }
    }

    /// Whether something was not read. An order to go on then comes, or has come.
    fn was_paused(&self) -> bool {
        self.was_paused.load(Ordering::Relaxed)
    }

    fn goes_on(&self) -> bool {
        if self.is_paused.load(Ordering::Relaxed) {
            self.was_paused.store(true, Ordering::Relaxed);
        }
        !self.was_paused()
    }
}

impl Files for Pausing<'_> {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        self.files.walk(folder)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        if self.goes_on() {
            return self.files.read(path);
        }
        Err(FileError {
            action: "read",
            path: path.to_owned(),
            cause: io::ErrorKind::Interrupted.into(),
        })
    }
}

#[cfg(target_os = "linux")]
fn give_way() {
    // On Linux this is of one thread (nice(2), "C library/kernel differences"). It is no loss where it is refused.
    let _ = rustix::process::nice(NICENESS);
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}
