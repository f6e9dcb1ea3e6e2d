//! The browser that most tests and all benchmarks drive.

use std::path::PathBuf;

use crate::browser::CHROMIUM;
use crate::failure::Failure;

/// Finds Chromium: `$CHROMIUM`, else in `$PATH`, else installed from Debian where that is allowed.
pub(crate) fn find() -> Result<PathBuf, Failure> {
    CHROMIUM.find()
}
