//! The live preview: builds in memory, serves on loopback unless told otherwise, and tells open pages when something changed.
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
use crate::plan;
use crate::portal::Occasion;
use camino::Utf8Path;
use jiff::civil::Date;
use output::MemorySite;
use state::State;
use std::net::SocketAddr;
use std::sync::Arc;

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
    /// The server cannot be started.
    #[error("cannot start the preview's server: {0}")]
    Start(std::io::Error),
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
    /// Others than the people on this machine can read the preview: who, in words.
    Exposed(&'a str),
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
/// When the port and the next ones are taken, or changes cannot be watched.
pub fn serve(
    root: &Utf8Path,
    files: &dyn Files,
    listen: &Listen,
    today: &dyn Fn() -> Date,
    tell: &dyn Fn(Event<'_>),
) -> Result<(), PreviewError> {
    let state = Arc::new(State::default());
    let server = server::start(listen, Arc::clone(&state))?;
    let address = server.address;
    let changes = watch::start(root)?;
    let mut pages = MemorySite::default();
    tell(Event::Listening(address));
    if let Some(who) = &server.exposure {
        tell(Event::Exposed(who));
    }
    loop {
        match rebuild(files, today(), address, &pages) {
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
    today: Date,
    address: SocketAddr,
    last: &MemorySite,
) -> Result<Build, BuildError> {
    let Outcome {
        result,
        mut problems,
    } = build::load(
        files,
        Occasion {
            drafts: true,
            ..Occasion::on(today)
        },
    )?;
    let Some(mut site) = result else {
        return Ok(Build {
            made: None,
            problems,
        });
    };
    // Feeds, canonical links and the page for errors lead to the preview, not to the public site.
    let public = site.config.base_url.replace(format!("http://{address}/"));
    // Pages link to feeds wherever there is an address, so where only the preview has one, feeds are planned now.
    if public.is_none() {
        site.jobs = plan::plan(&site.portal, &site.theme, &site.config)?;
    }
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
