//! The browser that the browser tests drive.

use std::path::{Path, PathBuf};

use crate::debian;
use crate::failure::Failure;
use crate::search_path;

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Finds Chromium: `$CHROMIUM`, else in `$PATH`, else installed from Debian where that is allowed.
pub(crate) fn find() -> Result<PathBuf, Failure> {
    if let Some(chosen) = std::env::var_os("CHROMIUM") {
        return chosen_program(Path::new(&chosen));
    }
    debian::program(
        &NAMES,
        "chromium",
        "no Chromium was found by $CHROMIUM or in $PATH",
    )
}

/// A browser that was asked for is never silently replaced by another.
fn chosen_program(chosen: &Path) -> Result<PathBuf, Failure> {
    if search_path::is_program(chosen) {
        return Ok(chosen.to_owned());
    }
    Err(Failure::Missing {
        what: format!("$CHROMIUM names {}, which is no program", chosen.display()),
        remedy: "set it to the path of a Chromium, or unset it".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_was_asked_for_and_is_not_there_is_named() {
        let failure = chosen_program(Path::new("/no/such/chromium")).unwrap_err();
        assert!(
            failure.to_string().contains("/no/such/chromium"),
            "{failure}"
        );
    }
}
