//! The body of a document, read again when its page or its part of the index is made.

use super::Document;
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{FileError, Files};
use camino::Utf8PathBuf;
use std::ops::Range;

/// Where a body is, and the file that its facts were gathered from.
#[derive(Debug, Clone)]
pub struct BodyRef {
    path: Utf8PathBuf,
    hash: blake3::Hash,
    span: Range<usize>,
}

/// Why a body cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is not the file that was read before.
    #[error("{}", .0.message)]
    Changed(Box<Diagnostic>),
}

impl Document {
    /// Its body, to be read later.
    #[must_use]
    pub fn body_ref(&self) -> BodyRef {
        BodyRef {
            path: self.path.clone(),
            hash: self.hash,
            span: self.body.clone(),
        }
    }
}

impl BodyRef {
    /// Reads the body. Another file than the one that links and fingerprints came from is an error: its page would be of
    /// two versions, and would count as current when the first one is back.
    ///
    /// # Errors
    /// When the file is gone or has changed.
    pub fn read(&self, files: &dyn Files) -> Result<String, BodyError> {
        let bytes = files.read(&self.path)?;
        let body = (blake3::hash(&bytes) == self.hash)
            .then(|| bytes.get(self.span.clone()))
            .flatten()
            .and_then(|body| std::str::from_utf8(body).ok());
        body.map(str::to_owned).ok_or_else(|| {
            let problem = Diagnostic::error(
                Code::UnusableFile,
                self.path.clone(),
                "the file changed during the build",
            );
            BodyError::Changed(Box::new(problem.help("build again")))
        })
    }
}
