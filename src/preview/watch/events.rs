//! Events of the file system, as hints where to look.

use crate::files::Identity;
use crate::preview::witness::Sighting;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use rustix::io::Errno;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// What the system says.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened at these paths.
    Touched {
        paths: Vec<PathBuf>,
        /// Whether nobody is about to write more: the file was closed, or put there by another name.
        is_closed: bool,
    },
    /// Something happened that the system did not keep.
    Missed,
    /// Some folders are not watched.
    Unwatched(NoEvents),
    /// A load is done, and this is what it saw.
    Loaded(Sighting),
}

/// Why changes are found by looking at every file, without events of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoEvents {
    /// The limit of watched folders is reached.
    TooManyFolders,
    /// The limit of programs that watch is reached.
    TooManyWatchers,
    /// What the system says.
    Other(String),
}

impl NoEvents {
    /// How to get events, where the system has a way.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            _ if !cfg!(target_os = "linux") => None,
            Self::TooManyFolders => {
                Some("raise the limit: `sudo sysctl fs.inotify.max_user_watches=1048576`")
            }
            Self::TooManyWatchers => {
                Some("raise the limit: `sudo sysctl fs.inotify.max_user_instances=1024`")
            }
            Self::Other(_) => None,
        }
    }
}

impl fmt::Display for NoEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyFolders => f.write_str("the system's limit of watched folders is reached"),
            Self::TooManyWatchers => f.write_str("the system's limit of file watchers is reached"),
            Self::Other(cause) => write!(f, "the system reports no file changes ({cause})"),
        }
    }
}

impl From<notify::Error> for NoEvents {
    fn from(error: notify::Error) -> Self {
        match error.kind {
            notify::ErrorKind::MaxFilesWatch => Self::TooManyFolders,
            // `inotify_init` gives EMFILE where `fs.inotify.max_user_instances` is reached (inotify_init(2)).
            notify::ErrorKind::Io(cause)
                if cause.raw_os_error() == Some(Errno::MFILE.raw_os_error()) =>
            {
                Self::TooManyWatchers
            }
            notify::ErrorKind::Io(cause) => Self::Other(cause.to_string()),
            notify::ErrorKind::Generic(cause) => Self::Other(cause),
            other => Self::Other(format!("{other:?}")),
        }
    }
}

/// A folder to watch. Another folder at the same path gets a watch of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) identity: Identity,
    /// With everything below it.
    pub(super) is_recursive: bool,
}

/// The watched folders.
pub(super) struct Events {
    watcher: RecommendedWatcher,
    watched: Vec<Folder>,
}

impl Events {
    /// Starts with no folder.
    pub(super) fn start(signals: Sender<Signal>) -> Result<Self, NoEvents> {
        // The watcher takes for granted that its thread starts.
        let probe = std::thread::Builder::new().spawn(|| ());
        let probe = probe.map_err(|cause| NoEvents::Other(cause.to_string()))?;
        // An empty function does not panic.
        let _ = probe.join();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Some(signal) = signal(event) {
                // The receiver is gone only when the preview ends.
                let _ = signals.send(signal);
            }
        })?;
        Ok(Self {
            watcher,
            watched: Vec::new(),
        })
    }

    /// Watches these folders and no others. One that is gone by now is left out, to be tried again.
    ///
    /// # Errors
    /// Says why a folder is not watched, or not with everything below it; the others are.
    pub(super) fn watch_only(&mut self, wanted: Vec<Folder>) -> Result<(), NoEvents> {
        let (kept, old): (Vec<_>, Vec<_>) = self
            .watched
            .drain(..)
            .partition(|folder| wanted.contains(folder));
        self.watched = kept;
        for folder in old {
            // A deleted folder is not watched any more.
            let _ = self.watcher.unwatch(&folder.path);
        }
        let mut failure = None;
        for folder in wanted {
            if self.watched.contains(&folder) {
                continue;
            }
            let mode = if folder.is_recursive {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            match self.watcher.watch(&folder.path, mode) {
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => continue,
                Err(error) => failure = failure.or(Some(error.into())),
                Ok(()) => {}
            }
            self.watched.push(folder);
        }
        failure.map_or(Ok(()), Err)
    }

    /// Watches a folder from the start again when it is asked for next: one that was moved away and back is the same, but
    /// its events may be lost.
    pub(super) fn forget(&mut self, path: &Path) {
        self.watched.retain(|folder| folder.path != path);
    }

    /// The same for every folder.
    pub(super) fn forget_all(&mut self) {
        self.watched.clear();
    }
}

/// Who wrote to a file has closed it.
const WRITTEN: AccessKind = AccessKind::Close(AccessMode::Write);

/// What an event of the system says; `None` where nothing can have changed.
pub(super) fn signal(event: notify::Result<notify::Event>) -> Option<Signal> {
    match event {
        Ok(event) if event.need_rescan() => Some(Signal::Missed),
        // A load itself opens and closes every file.
        Ok(event) if matches!(event.kind, EventKind::Access(kind) if kind != WRITTEN) => None,
        Ok(event) if event.paths.is_empty() => Some(Signal::Missed),
        Ok(event) => Some(Signal::Touched {
            is_closed: matches!(
                event.kind,
                EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(_))
            ),
            paths: event.paths,
        }),
        Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
            Some(Signal::Unwatched(error.into()))
        }
        Err(_) => Some(Signal::Missed),
    }
}
