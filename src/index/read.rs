//! Answers from an index that was published, in a terminal.

use super::FOLDER;
use crate::files::{FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};
use portolan_search::{Engine, EngineError, Request, Results, Step, inflate};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The folder has no index.
    #[error("there is no index in `{0}`: run `portolan build` first")]
    NoIndex(Utf8PathBuf),
    /// A file of the index cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file of the index is damaged.
    #[error("`{path}` is damaged: {what}; run `portolan build` again")]
    Damaged {
        /// The file.
        path: Utf8PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The index does not fit together.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Answers a search from the site in `files`, whose root is `site` in messages.
///
/// # Errors
/// When there is no index or it is damaged.
pub fn search(files: &dyn Files, site: &Utf8Path, request: &Request) -> Result<Results, ReadError> {
    let folder = Utf8Path::new(FOLDER);
    let path = folder.join(portolan_search::HOT);
    let hot = files.read(&path);
    let hot = hot.map_err(|_| ReadError::NoIndex(site.to_path_buf()))?;
    let engine = Engine::open(&inflated(&path, &hot)?)?;
    loop {
        match engine.search(request)? {
            Step::Done(results) => return Ok(*results),
            Step::Fetch(ids) => {
                for id in ids {
                    let path = engine.chunk_path(id).unwrap_or_default();
                    engine.provide(id, read(files, &folder.join(path))?)?;
                }
            }
        }
    }
}

fn read(files: &dyn Files, path: &Utf8Path) -> Result<Vec<u8>, ReadError> {
    inflated(path, &files.read(path)?)
}

fn inflated(path: &Utf8Path, bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    inflate(bytes).map_err(|error| ReadError::Damaged {
        path: path.to_path_buf(),
        what: error.to_string(),
    })
}
