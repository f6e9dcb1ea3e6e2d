//! The browsers that tests and benchmarks drive.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::debian;
use crate::failure::Failure;
use crate::search_path;

/// A browser, or the program that drives one.
pub(crate) struct Browser {
    title: &'static str,
    /// The variable of the environment that names its program.
    pub(crate) variable: &'static str,
    names: &'static [&'static str],
    /// The Debian package that brings it.
    package: &'static str,
}

pub(crate) const CHROMIUM: Browser = Browser {
    title: "Chromium",
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};

pub(crate) const FIREFOX: Browser = Browser {
    title: "Firefox",
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

/// WebKit is driven through this program, which starts the browser.
pub(crate) const WEBKIT_DRIVER: Browser = Browser {
    title: "driver of WebKitGTK",
    variable: "WEBKIT_DRIVER",
    names: &["WebKitWebDriver"],
    package: "webkit2gtk-driver",
};

/// WebKitGTK shows nothing without a display: this one is only in memory.
pub(crate) const DISPLAY: Browser = Browser {
    title: "virtual display",
    variable: "XVFB",
    names: &["Xvfb"],
    package: "xvfb",
};

impl Browser {
    /// Finds the program by its variable, else in `$PATH`, else installed from Debian where that is allowed.
    pub(crate) fn find(&self) -> Result<PathBuf, Failure> {
        if let Some(chosen) = std::env::var_os(self.variable) {
            return self.chosen(chosen);
        }
        let what = format!(
            "no {} was found by ${} or in $PATH",
            self.title, self.variable
        );
        debian::program(self.names, self.package, &what)
    }

    /// A browser that was asked for is never silently replaced by another.
    fn chosen(&self, program: OsString) -> Result<PathBuf, Failure> {
        if search_path::is_program(Path::new(&program)) {
            return Ok(program.into());
        }
        let shown = Path::new(&program).display();
        Err(Failure::Missing {
            what: format!("${} names {shown}, which is no program", self.variable),
            remedy: format!("set it to the path of a {}, or unset it", self.title),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_was_asked_for_and_is_not_there_is_named() {
        for browser in [CHROMIUM, FIREFOX, WEBKIT_DRIVER, DISPLAY] {
            let failure = browser
                .chosen("/no/such/browser".into())
                .unwrap_err()
                .to_string();
            assert!(failure.contains("/no/such/browser"), "{failure}");
            assert!(failure.contains(browser.variable), "{failure}");
        }
    }
}
