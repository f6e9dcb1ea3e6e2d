//! From elsewhere into the content tree: rulings of CROSS ([`cross`](mod@cross)), tables of a spreadsheet ([`tables`]).
//!
//! A source becomes [`draft`]s, whose text comes from [`letter`] where it is one; [`store`] compares each with what the
//! portal has ([`holdings`]) and what earlier runs wrote ([`ledger`]), and [`report`] says what became of it.
//!
//! In: files that an editor names, anywhere. Out: documents in `content/`, and a report of what was not taken over. A
//! second import of the same source changes nothing; what an editor changed is never written over unasked
//! ([`Ledger`]). Knows nothing of pages.

mod clean;
mod cross;
mod disk;
mod draft;
mod escape;
mod holdings;
mod ledger;
mod letter;
mod mapping;
mod note;
mod place;
mod report;
mod session;
mod store;
mod tables;

pub use cross::{FieldMap, Reading, Record, cross, read_answer};
pub use ledger::{LEDGER_FILE, Ledger, Row};
pub use letter::{
    Field, HeaderLine, Known, Letter, Remark, read as read_letter, read_known as read_known_letter,
};
pub use mapping::Mapping;
pub use note::{Note, NoteKind};
pub use report::{Kept, Report, Skipped, Written};
pub use store::Options;
pub use tables::{data_table, roles, rows};

use crate::config::Addressee;
use crate::diagnostic::Diagnostic;
use crate::document::Schema;
use crate::files::FileError;
use crate::schema::yaml::write as yaml;
use camino::{Utf8Path, Utf8PathBuf};
use disk::{Folder, Unwritten};

/// The portal that an import writes to.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its folder.
    pub root: &'a Utf8Path,
    /// Its kinds and keys.
    pub schema: &'a Schema,
    /// What becomes of the address blocks of letters.
    pub addressee: Addressee,
    /// What the import may do.
    pub options: Options,
}

/// Receives how many of how many documents are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// An import that could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file of the portal.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file that the editor named.
    #[error("cannot read `{path}`: {cause}")]
    Source {
        /// As it was named.
        path: Utf8PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// A folder without a file that could be imported.
    #[error(
        "nothing to import in `{folder}`: it holds {what}. Rulings are read from .json, .jsonl, .ndjson and .txt files; for a table use `portolan import csv`"
    )]
    Nothing {
        /// As it was named.
        folder: Utf8PathBuf,
        /// The files that it holds, in words.
        what: String,
    },
    /// The ledger was changed by hand.
    #[error(
        "`{LEDGER_FILE}` cannot be read: {0}. It is the import's own list of what it wrote: take it back from your version control, or delete it; then no file that differs from its source is written over without `--overwrite`"
    )]
    Ledger(String),
    /// A table, or the mapping of its columns, that cannot be used.
    #[error("{0}")]
    Mapping(String),
    /// A table of the portal has problems, each at its place.
    #[error("{}", messages(.0))]
    Problems(Vec<Diagnostic>),
    /// The ledger or a data table would be written through a symbolic link.
    #[error("`{0}` is a symbolic link, and links can lead out of the portal")]
    Link(Utf8PathBuf),
}

impl ImportError {
    fn source(path: &Utf8Path, cause: std::io::Error) -> Self {
        Self::Source {
            path: path.to_path_buf(),
            cause,
        }
    }
}

/// What problems say, in one line.
fn messages(problems: &[Diagnostic]) -> String {
    let messages: Vec<&str> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    messages.join("; ")
}

/// Writes a file of the portal that is no document.
fn write(root: &Utf8Path, path: &Utf8Path, bytes: &[u8]) -> Result<(), ImportError> {
    Folder::new(root)
        .write(path, bytes)
        .map_err(|error| match error {
            Unwritten::Failed(error) => error.into(),
            Unwritten::Link(link) => ImportError::Link(link),
        })
}
