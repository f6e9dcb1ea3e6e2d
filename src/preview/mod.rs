//! The live preview: makes pages when they are asked for, serves on loopback unless told otherwise, and tells open pages
//! when something changed.
//!
//! It never touches the output folder. The last good site stays up while the content has errors; the errors are shown
//! in the terminal and over the page.
//!
//! `watch` says which files changed. `updates` decides what that leads to: `edited` puts one document into the site that is
//! shown, `load` reads everything again. `shown` makes the pages of a site, `pages` keeps them; `search` makes the index of
//! each site that was loaded. `state` is what the `server` shows. `witness` notes what a load saw, for the watch to compare.

mod changes;
mod desk;
mod edited;
mod load;
mod offline;
mod pages;
mod search;
mod server;
mod shown;
mod state;
mod updates;
mod watch;
mod witness;

use crate::build::{BuildContext, BuildError};
use crate::cache::Cache;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity, report};
use crate::files::Disk;
use crate::index::BlockFolder;
use camino::Utf8Path;
use changes::Changes;
use load::{Loaded, Loader};
use state::State;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::channel;
use updates::Updates;

pub use offline::Offline;
pub use watch::{NoEvents, Watching};

pub use desk::{Editor, EditorAddress, EditorProgram, Settings as DeskSettings};
pub use server::{AllowedHost, BindHost, Listen};

/// Why a preview cannot start.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// Nothing can listen there.
    #[error("cannot listen on port {port} of {host}: {cause}")]
    Listen {
        /// The addresses that were asked for.
        host: BindHost,
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        cause: String,
    },
    /// Changes cannot be found.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
    /// The server cannot be started.
    #[error("cannot start the preview's server: {0}")]
    Start(std::io::Error),
}

/// What the preview tells the terminal.
#[derive(Debug)]
pub enum Event<'a> {
    /// Pages can be opened there.
    Listening(SocketAddr),
    /// Others than the people on this machine can read the preview: who, in words.
    Exposed(&'a str),
    /// From now on changes are found by looking at every file, and why. It is told once.
    NoEvents(&'a NoEvents),
    /// A load of the portal begins.
    Building,
    /// A load is done.
    Built {
        /// What it brought; `None` where the last good site stays, because of an error.
        changed: Option<Changed>,
        /// Every problem that was found, sorted by file and place.
        problems: &'a [Diagnostic],
    },
    /// A load could not be finished. It is tried again.
    Failed(&'a BuildError),
}

/// What a load brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// Pages of the site.
    pub pages: usize,
    /// Files of content, settings and theme that are new, different or gone since the site before; none for the first.
    pub files: usize,
}

/// What those who work for the preview say to it.
enum Message {
    /// Files changed.
    Changed {
        changes: Changes,
        /// Whether who wrote them is done with them, as far as the system says.
        is_closed: bool,
    },
    /// From now on changes are found by looking at every file.
    NoEvents(NoEvents),
    /// A load is done.
    Loaded(Result<Loaded, BuildError>),
    /// The templates of a load were tried.
    Checked(Loaded),
    /// An index could not be made.
    NoIndex(BuildError),
}

/// Serves a portal until the program is stopped.
///
/// # Errors
/// When the port and the next ones are taken, or no thread can be started.
pub fn serve(
    root: &Utf8Path,
    files: &Disk,
    listen: &Listen,
    desk: DeskSettings,
    watching: Watching,
    context: &dyn Fn() -> BuildContext,
    tell: &dyn Fn(Event<'_>),
) -> Result<(), PreviewError> {
    let state = Arc::new(State::default());
    let (sender, messages) = channel();
    let from_watch = sender.clone();
    let watch = watch::start(root, watching, move |message| {
        from_watch.send(message).is_ok()
    })?;
    let server = server::start(listen, Arc::clone(&state), desk)?;
    let address = server.address;
    let from_search = sender.clone();
    let searches = search::start(Arc::clone(&state), BlockFolder::below(root), move |error| {
        // The receiver is gone only when the preview ends.
        let _ = from_search.send(Message::NoIndex(error));
    });
    let searches = searches.map_err(PreviewError::Thread)?;
    tell(Event::Listening(address));
    if let Some(who) = &server.exposure {
        tell(Event::Exposed(who));
    }
    let context = || with_origin(context(), address);
    let loader = Loader::new(Arc::new(files.clone()), Cache::of(files));
    let loads = updates::start_loader(loader, root.to_owned(), watch, sender);
    let loads = loads.map_err(PreviewError::Thread)?;
    let mut updates = Updates::new(state, loads, searches, &context, tell);
    updates.run(&messages);
    Ok(())
}

/// Feeds, canonical links and the page for errors lead to the preview, not to the public site.
fn with_origin(context: BuildContext, address: SocketAddr) -> BuildContext {
    BuildContext {
        origin: Some(format!("http://{address}/")),
        ..context
    }
}

/// A failure as open pages show it: without it they would look as if nothing had been saved.
fn failure(error: &BuildError) -> report::Located {
    let file = match error {
        BuildError::File(error) => error.path.to_string(),
        _ => config::CONFIG_FILE.to_owned(),
    };
    report::Located {
        code: String::new(),
        severity: Severity::Error.label(),
        file,
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        span: None,
        message: error.to_string(),
        excerpt: String::new(),
        related: Vec::new(),
        notes: Vec::new(),
        help: None,
        fix: None,
        url: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown::Shown;
    use crate::build::{self, BuildContext};
    use crate::cache::Facts;
    use crate::files::Memory;
    use std::sync::Arc;

    /// An empty portal that is shown.
    pub(super) fn shown(load: u64) -> Arc<Shown> {
        let files = Memory::new().with("site.toml", "title = \"Sample\"\n");
        let context = BuildContext::on(jiff::civil::date(2026, 11, 25));
        let loaded = build::load(&files, &Facts::default(), context, &());
        let site = loaded.unwrap().result.unwrap();
        let (files, pages) = (Arc::new(files), Arc::default());
        Arc::new(Shown::new(site, files, pages, load))
    }
}
