//! The live preview: builds in memory, serves on loopback unless told otherwise, and tells open pages when something changed.
//!
//! It never touches the output folder. The last good site stays up while the content has errors; the errors are shown
//! in the terminal and over the page.

mod server;
mod state;
mod watch;

use crate::build::BuildContext;
use crate::build::{self, BuildError, Outcome};
use crate::cache::Facts;
use crate::config;
use crate::diagnostic::{self, Diagnostic, Severity, report};
use crate::files::Files;
use crate::index;
use crate::output::{Keep, MemorySite, NextSite, Output as _};
use crate::sitemap::Entry;
use camino::Utf8Path;
use state::State;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

pub use crate::output::Changed;
pub use watch::{NoEvents, Watching};

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
    /// A build begins.
    Building,
    /// A build is done.
    Built {
        /// What is new in its pages; `None` where the last good ones stay, because of an error.
        changed: Option<Changed>,
        /// Every problem that was found, sorted by file and place.
        problems: &'a [Diagnostic],
    },
    /// A build could not be finished. It is tried again.
    Failed(&'a BuildError),
}

/// How long it takes until a build that failed is tried again, and how long at most where it fails again and again. No
/// event may come for what it met: a file that was gone between the walk and the read, a network drive that was away.
const RETRY: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(5));

/// Serves a portal until the program is stopped.
///
/// # Errors
/// When the port and the next ones are taken, or no thread can be started.
pub fn serve(
    root: &Utf8Path,
    files: &dyn Files,
    facts: &Facts,
    listen: &Listen,
    watching: Watching,
    context: &dyn Fn() -> BuildContext,
    tell: &dyn Fn(Event<'_>),
) -> Result<(), PreviewError> {
    let state = Arc::new(State::default());
    let changes = watch::start(root, watching)?;
    let server = server::start(listen, Arc::clone(&state))?;
    let address = server.address;
    let mut pages = MemorySite::default();
    let mut retry = None;
    tell(Event::Listening(address));
    if let Some(who) = &server.exposure {
        tell(Event::Exposed(who));
    }
    loop {
        tell(Event::Building);
        match update(files, facts, context(), address, &mut pages, &state, tell) {
            Ok(()) => retry = None,
            Err(error) => {
                let (first, most) = RETRY;
                // What is gone at the second try was a save in the middle of the build, and nobody's trouble.
                if retry.is_some() {
                    state.update(&pages, false, &[failure(&error)]);
                    tell(Event::Failed(&error));
                }
                retry = Some(retry.map_or(first, |last: Duration| (last * 2).min(most)));
            }
        }
        if !changes.wait(retry, &|cause| tell(Event::NoEvents(cause))) {
            return Ok(());
        }
    }
}

/// Builds once and shows what came of it.
fn update(
    files: &dyn Files,
    facts: &Facts,
    context: BuildContext,
    address: SocketAddr,
    pages: &mut MemorySite,
    state: &State,
    tell: &dyn Fn(Event<'_>),
) -> Result<(), BuildError> {
    // Feeds, canonical links and the page for errors lead to the preview, not to the public site.
    let context = BuildContext {
        origin: Some(format!("http://{address}/")),
        ..context
    };
    let Outcome {
        result: mut site,
        mut problems,
    } = build::load(files, facts, context, &())?;
    let mut changed = None;
    if let Some(loaded) = &site {
        let next = NextSite::after(pages);
        let jobs: Vec<&Entry> = loaded.site_map.entries().iter().collect();
        let broken = build::make(loaded, &jobs, files, &next, &())?;
        if broken.is_empty() {
            // The index follows when the pages are up.
            next.keep(Keep::Where(&index::is_index_file));
            let next = next.finish();
            changed = Some(next.differences(pages));
            *pages = next;
        } else {
            problems.extend(broken);
            diagnostic::sort(&mut problems);
            site = None;
        }
    }
    let is_new = changed.is_some_and(|changed| changed.files > 0);
    state.update(pages, is_new, &report::locate(&problems, &files));
    tell(Event::Built {
        changed,
        problems: &problems,
    });
    if let Some(site) = site {
        let next = NextSite::after(pages);
        next.keep(Keep::Where(&|path| !index::is_index_file(path)));
        // A document that changed since is read again by the build that its change starts.
        if build::make_index(&site, files, &next, &())?.is_none() {
            let next = next.finish();
            if next.differences(pages).files > 0 {
                *pages = next;
                state.replace(pages);
            }
        }
    }
    Ok(())
}

/// A preview without a server, for tests.
#[derive(Debug, Default)]
pub struct Offline {
    facts: Facts,
    pages: MemorySite,
    state: State,
}

impl Offline {
    /// Builds once, as [`serve`] does after each change, and gives the problems.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn build(
        &mut self,
        files: &dyn Files,
        context: BuildContext,
    ) -> Result<Vec<Diagnostic>, BuildError> {
        let address = SocketAddr::from(([127, 0, 0, 1], 4000));
        let found = std::cell::RefCell::default();
        let tell = |event: Event<'_>| {
            if let Event::Built { problems, .. } = event {
                found.replace(problems.to_vec());
            }
        };
        let (facts, pages) = (&self.facts, &mut self.pages);
        update(files, facts, context, address, pages, &self.state, &tell)?;
        Ok(found.into_inner())
    }

    /// Every file that the server would answer with, by path.
    #[must_use]
    pub fn shown(&self) -> BTreeMap<String, Vec<u8>> {
        let site = self.state.now().site;
        let files = site.paths().filter_map(|path| {
            let bytes = site.get(path.as_str())?;
            Some((path.to_string(), bytes.to_vec()))
        });
        files.collect()
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
