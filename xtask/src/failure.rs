//! Why a task stopped.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

/// Why a task stopped; each case names what was tried.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A program ran and reported failure.
    #[error("`{command}` ended with {status}")]
    Ended { command: String, status: ExitStatus },

    /// A program could not be started.
    #[error("cannot start `{command}`: {source}")]
    Start { command: String, source: io::Error },

    /// The machine lacks something that this task may not, or cannot, install.
    #[error("{what}; {remedy}")]
    Missing { what: String, remedy: String },

    /// A file or folder could not be read or written.
    #[error("cannot {doing} {}: {source}", path.display())]
    File {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl Failure {
    /// Gives a `map_err` closure for an operation on `path`.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File {
            doing,
            path: path.to_owned(),
            source,
        }
    }
}
