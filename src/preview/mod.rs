//! The live preview: builds in memory, serves on loopback, and tells open pages when something changed.
//!
//! It never touches the output folder. The last good site stays up while the content has errors; the errors are shown
//! in the terminal and over the page.

mod output;
mod server;
mod state;
mod watch;

use crate::build::{self, BuildError, Outcome, Site};
use crate::diagnostic::{Diagnostic, report};
use crate::files::Files;
use crate::portal::Occasion;
use camino::Utf8Path;
use output::MemorySite;
use state::State;
use std::net::SocketAddr;
use std::sync::Arc;

/// Why a preview cannot start.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// Nothing can listen there.
    #[error("cannot listen on port {port}: {cause}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        cause: String,
    },
    /// Changes cannot be seen.
    #[error("cannot watch `{path}` for changes: {cause}")]
    Watch {
        /// The folder.
        path: camino::Utf8PathBuf,
        /// What the system says.
        cause: notify::Error,
    },
}

/// What the preview tells the terminal.
#[derive(Debug)]
pub enum Event<'a> {
    /// Pages can be opened there.
    Listening(SocketAddr),
    /// A build is done: the files that were made anew, and every problem.
    Built {
        /// Where its pages can be opened.
        address: SocketAddr,
        /// How many files are new or different.
        changed: usize,
        /// Sorted by file and place.
        problems: &'a [Diagnostic],
    },
    /// A build could not be finished.
    Failed(&'a BuildError),
}

/// Serves a portal until the program is stopped.
///
/// # Errors
/// When the port is taken or changes cannot be watched.
pub fn serve(
    root: &Utf8Path,
    files: &dyn Files,
    port: u16,
    occasion: &dyn Fn() -> Occasion,
    tell: &dyn Fn(Event<'_>),
) -> Result<(), PreviewError> {
    let state = Arc::new(State::default());
    let address = server::start(port, Arc::clone(&state))?;
    let changes = watch::start(root)?;
    let mut pages = MemorySite::default();
    tell(Event::Listening(address));
    loop {
        match rebuild(files, occasion(), address, &pages) {
            Ok(build) => {
                let changed = build.made.as_ref().map_or(0, |made| made.changed);
                let shown = report::locate(&build.problems, &files);
                if let Some(made) = &build.made {
                    pages = made.pages.clone();
                }
                state.update(&pages, changed > 0, &shown);
                tell(Event::Built {
                    address,
                    changed,
                    problems: &build.problems,
                });
                // Pages are up at once; search follows.
                if let Some(made) = &build.made {
                    match pages.with_index(&made.site, files) {
                        Ok(Some(next)) => {
                            pages = next;
                            state.replace(&pages);
                        }
                        Ok(None) => {}
                        Err(error) => tell(Event::Failed(&error)),
                    }
                }
            }
            // A file can be gone between the walk and the read; the next event starts another build.
            Err(error) => tell(Event::Failed(&error)),
        }
        if !changes.wait() {
            return Ok(());
        }
    }
}

/// What a build gave.
struct Build {
    /// `None` where the last good pages stay.
    made: Option<Made>,
    /// Sorted by file and place.
    problems: Vec<Diagnostic>,
}

struct Made {
    site: Site,
    pages: MemorySite,
    changed: usize,
}

fn rebuild(
    files: &dyn Files,
    occasion: Occasion,
    address: SocketAddr,
    last: &MemorySite,
) -> Result<Build, BuildError> {
    let Outcome {
        result,
        mut problems,
    } = build::load(files, occasion)?;
    let Some(mut site) = result else {
        return Ok(Build {
            made: None,
            problems,
        });
    };
    // Feeds, canonical links and the page for errors lead to the preview, not to the public site.
    site.config.base_url = Some(format!("http://{address}/"));
    let (pages, broken) = last.next(&site, files)?;
    problems.extend(broken);
    crate::diagnostic::sort(&mut problems);
    let made = pages.map(|(pages, changed)| Made {
        site,
        pages,
        changed,
    });
    Ok(Build { made, problems })
}
