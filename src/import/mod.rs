//! From elsewhere into the content tree: rulings of CROSS, tables of a spreadsheet.
//!
//! In: files that an editor names, anywhere. Out: documents in `content/`, and a report of what was not taken over. A
//! second import of the same source changes nothing; what an editor changed is never written over unasked
//! ([`Ledger`]). Knows nothing of pages.

mod answer;
mod category;
mod clean;
mod coverage;
mod cross;
mod data_table;
mod disk;
mod draft;
mod effects;
mod escape;
mod field_map;
mod fields;
mod goods;
mod holdings;
mod ledger;
mod letter;
mod mapping;
mod note;
mod place;
mod plain;
mod prose;
mod record;
mod report;
mod roles;
mod rows;
mod ruling;
mod session;
mod store;
mod table;
mod tariff;
mod values;
mod yaml;

pub use answer::{Flaw, Reading, read as read_answer};
pub use cross::cross;
pub use data_table::data_table;
pub use field_map::FieldMap;
pub use ledger::{LEDGER_FILE, Ledger, Row};
pub use letter::{
    Field, HeaderLine, Known, Letter, Remark, read as read_letter, read_known as read_known_letter,
};
pub use mapping::Mapping;
pub use note::{Note, NoteKind};
pub use record::Record;
pub use report::{Kept, Report, Skipped, Written};
pub use roles::roles;
pub use rows::rows;
pub use store::Options;

use crate::config::Addressee;
use crate::diagnostic::Diagnostic;
use crate::document::Schema;
use crate::files::FileError;
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

/// Is told how many of how many documents are done.
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
