//! Knowing what a folder was installed from.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A copy of the pins that a folder was installed from, laid in it when the installation is complete.
///
/// A folder without its stamp, or with another one, is installed again: this covers an
/// installation that was broken off, and a new version.
pub(crate) struct Stamp<'pins> {
    file: PathBuf,
    pins: &'pins str,
}

impl<'pins> Stamp<'pins> {
    /// The stamp of `folder` for these pins.
    pub(crate) fn new(folder: &Path, pins: &'pins str) -> Self {
        Self {
            file: folder.join("installed-from"),
            pins,
        }
    }

    /// Tells whether the folder was completely installed from the same pins.
    pub(crate) fn is_current(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|pins| pins == self.pins)
    }

    /// Says that the folder is complete.
    pub(crate) fn set(&self) -> Result<(), Failure> {
        std::fs::write(&self.file, self.pins).map_err(Failure::file("write", &self.file))
    }
}
