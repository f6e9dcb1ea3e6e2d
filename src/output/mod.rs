//! Where the files of a site go: a folder, a scratch file, or nowhere.
//!
//! In: files with the fingerprints of what they were made from. Knows no page, no document and no index.

pub mod publish;
mod scratch;

pub use scratch::{NextScratch, Scratch};

use crate::files::{Fingerprint, SitePath};
use publish::PublishError;

/// The next site under way, beside the last one: each file is kept where it is current, else written.
pub trait Output: Sync {
    /// Whether the last site has the file, made from the same inputs.
    fn is_current(&self, path: &SitePath, fingerprint: &Fingerprint) -> bool;

    /// Keeps files of the last site.
    fn keep(&self, files: Keep<'_>);

    /// Takes a file's content.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(
        &self,
        path: SitePath,
        fingerprint: Fingerprint,
        bytes: Vec<u8>,
    ) -> Result<(), PublishError>;

    /// The content of a file of the last site; `None` where there is none.
    fn last(&self, path: &SitePath) -> Option<Vec<u8>>;
}

/// Which files of the last site are kept.
pub enum Keep<'a> {
    /// One of which [`Output::is_current`] is true.
    One(&'a SitePath),
    /// Every one that is not written.
    Where(&'a (dyn Fn(&SitePath) -> bool + Sync)),
}

/// An output that forgets, for a run that only looks for problems.
#[derive(Debug)]
pub struct Discard;

impl Output for Discard {
    fn is_current(&self, _: &SitePath, _: &Fingerprint) -> bool {
        false
    }

    fn keep(&self, _: Keep<'_>) {}

    fn write(&self, _: SitePath, _: Fingerprint, _: Vec<u8>) -> Result<(), PublishError> {
        Ok(())
    }

    fn last(&self, _: &SitePath) -> Option<Vec<u8>> {
        None
    }
}
