//! When something may have changed.
//!
//! Events are hints only: what is built follows from what the file system shows, so deletions, renames, moved folders
//! and atomic saves need no rules of their own.

use super::PreviewError;
use crate::config::CONFIG_FILE;
use crate::source::CONTENT;
use camino::{Utf8Path, Utf8PathBuf};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long it must be quiet before a build begins: editors save in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// How long a build waits at most while events keep coming.
const AT_MOST: Duration = Duration::from_millis(400);

/// Hints from the file system, for as long as it lives.
pub(super) struct Changes {
    hints: Receiver<()>,
    _watcher: RecommendedWatcher,
}

/// Watches the root's own folder (for the settings and for folders that come into being) and the trees in it.
pub(super) fn start(root: &Utf8Path) -> Result<Changes, PreviewError> {
    let (sender, hints) = channel();
    let fail = |path: &Utf8Path| {
        let path = path.to_path_buf();
        move |cause| PreviewError::Watch { path, cause }
    };
    let trees: Vec<Utf8PathBuf> = [CONTENT, "themes"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    let relevant = trees.clone();
    let settings = root.join(CONFIG_FILE);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // An error, such as an overflow of the queue, means that something was missed: build.
        let matters = event.map_or(true, |event| {
            !matches!(event.kind, EventKind::Access(_))
                && (event.paths.is_empty()
                    || event.paths.iter().any(|path| {
                        path == settings.as_std_path()
                            || relevant.iter().any(|tree| path.starts_with(tree))
                    }))
        });
        if matters {
            // The receiver is gone only when the preview ends.
            let _ = sender.send(());
        }
    })
    .map_err(fail(root))?;
    watcher
        .watch(root.as_std_path(), RecursiveMode::NonRecursive)
        .map_err(fail(root))?;
    for tree in &trees {
        match watcher.watch(tree.as_std_path(), RecursiveMode::Recursive) {
            Err(error) if !matches!(error.kind, notify::ErrorKind::PathNotFound) => {
                return Err(fail(tree)(error));
            }
            _ => {}
        }
    }
    Ok(Changes {
        hints,
        _watcher: watcher,
    })
}

impl Changes {
    /// Waits until something may have changed and it is quiet again; `false` when there will be no more hints.
    pub(super) fn wait(&self) -> bool {
        if self.hints.recv().is_err() {
            return false;
        }
        let first = Instant::now();
        while first.elapsed() < AT_MOST {
            match self.hints.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }
}
