//! The only door to the file system for input, with a twin in memory for tests and the preview.
//!
//! Paths are UTF-8, relative to the portal's root, and `/`-separated on every system.

mod disk;
pub(crate) mod hash;
mod lock;
mod media_type;
mod memory;
mod name;
mod never_published;
mod path_globs;
mod replace;
mod site_path;
mod stamp;
mod text;
mod url_path;

pub use disk::Disk;
pub use lock::Lock;
pub use media_type::{content_type, media_type};
pub use memory::Memory;
pub use name::{is_device, name_problem, name_trouble, unseen_problem};
pub use never_published::{NeverPublished, is_for_repository, is_repository};
pub use path_globs::{InvalidGlob, PathGlobs};
pub use site_path::{InvalidSitePath, SitePath};
pub use stamp::{Identity, Seen, Stamp, Stamps, add_stamps, is_passed_over, look, resolve};
pub use text::text;
pub(crate) use url_path::{joined, percent_decoded, percent_encoded, scheme};

use crate::diagnostic::{Code, Diagnostic, shown};
use camino::{Utf8Path, Utf8PathBuf};

/// A hash of everything that a file is made from.
pub type Fingerprint = blake3::Hash;

/// A failure to read, naming what was tried on which path.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{path}`: {cause}")]
pub struct FileError {
    /// A verb: read, list.
    pub action: &'static str,
    /// The path, relative to the root where it lies in it.
    pub path: Utf8PathBuf,
    /// What the system says.
    #[source]
    pub cause: std::io::Error,
}

/// What lies at a path found by a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file that can be read.
    File(Utf8PathBuf),
    /// A symbolic link, which is never followed: it could lead out of the tree.
    Link(Utf8PathBuf),
    /// Something that is neither file nor folder, such as a pipe: reading it could wait for ever.
    Special(Utf8PathBuf),
    /// The folder in which version control keeps what it knows: nobody looks into it.
    Repository(Utf8PathBuf),
    /// A name that is not UTF-8, shown as well as it can be.
    BadName(String),
}

impl Entry {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        match self {
            Self::File(path) | Self::Link(path) | Self::Special(path) | Self::Repository(path) => {
                path
            }
            Self::BadName(name) => Utf8Path::new(name),
        }
    }

    /// Says why this is no file of a portal; `None` for a file, and for what is left alone.
    #[must_use]
    pub fn problem(&self) -> Option<Diagnostic> {
        let (path, what, help) = match self {
            Self::File(_) | Self::Repository(_) => return None,
            Self::Link(path) => (
                path.as_str(),
                "this is a symbolic link, and links can lead out of the portal",
                "put the file itself here",
            ),
            Self::Special(path) => (
                path.as_str(),
                "this is neither a file nor a folder, but something that programs talk through",
                "delete it, or put a file here",
            ),
            Self::BadName(name) => (
                name.as_str(),
                "this file's name is not UTF-8",
                "rename it with letters, digits and hyphens",
            ),
        };
        Some(Diagnostic::error(Code::UnusableFile, shown(path.to_owned()), what).help(help))
    }
}

/// A tree of input files.
pub trait Files: Send + Sync {
    /// Lists everything below a folder, sorted by path; an absent folder is empty.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError>;

    /// Reads a file whole.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError>;

    /// The hash of a file's content.
    ///
    /// # Errors
    /// When it cannot be read.
    fn hash(&self, path: &Utf8Path) -> Result<blake3::Hash, FileError> {
        Ok(blake3::hash(&self.read(path)?))
    }

    /// Size, times and identity of a file, without reading it; `None` where a later change may not show in them.
    fn stamp(&self, path: &Utf8Path) -> Option<Stamp> {
        let _ = path;
        None
    }
}

impl<T: Files> crate::diagnostic::report::Sources for T {
    fn source(&self, file: &Utf8Path) -> Option<Vec<u8>> {
        self.read(file).ok()
    }
}

impl crate::diagnostic::report::Sources for &dyn Files {
    fn source(&self, file: &Utf8Path) -> Option<Vec<u8>> {
        self.read(file).ok()
    }
}
