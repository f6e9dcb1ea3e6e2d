//! The tests in `tests/browser/`, which drive real browsers, and the scripts beside them that measure.

use std::path::PathBuf;
use std::process::Command;

use crate::browser::{Browser, CHROMIUM, DISPLAY, FIREFOX, WEBKIT_DRIVER};
use crate::debian;
use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// The tests that drive other browsers than Chromium.
const OTHER_BROWSERS: &str = "browsers";

/// What the tests need of the machine.
pub(crate) struct Tools {
    folder: PathBuf,
    node: Node,
    /// Programs by the variables that name them to the tests.
    programs: Vec<(&'static str, PathBuf)>,
}

impl Tools {
    /// Installs what is missing, or says what cannot be installed.
    ///
    /// `names` are files without `.test.mjs`; none means all.
    pub(crate) fn install(names: &[String]) -> Result<Self, Failure> {
        step("browsers, Java, Node.js and packages", || {
            let folder = workspace::root().join("tests/browser");
            // The Nu HTML checker is written in it.
            let java = debian::program(
                &["java"],
                "default-jre-headless",
                "no Java was found in $PATH",
            )?;
            let mut programs = vec![("JAVA", java)];
            for browser in browsers(names) {
                programs.push((browser.variable, browser.find()?));
            }
            let node = Node::install()?;
            node.install_packages(&folder)?;
            Ok(Self {
                folder,
                node,
                programs,
            })
        })
    }

    /// Runs the tests in files of these names against the `portolan` that was built beside this program.
    pub(crate) fn run(&self, names: &[String]) -> Result<(), Failure> {
        step("browser tests", || {
            shell::run(
                self.node
                    .command(&self.folder)
                    .envs(
                        self.programs
                            .iter()
                            .map(|(variable, path)| (variable, path)),
                    )
                    .env("PORTOLAN_BIN", workspace::binaries().join("portolan"))
                    // Two files at a time are what two cores carry; a test that hangs is ended and named.
                    .args(["--test", "--test-concurrency=2", "--test-timeout=120000"])
                    // The sample portal is built, and Chromium started, once for all files.
                    .arg("--test-global-setup=support/setup.mjs")
                    .args(test_files(names)),
            )
        })
    }
}

/// A script beside the tests, which drives Chromium to measure; installs what it needs.
pub(crate) fn script(name: &str) -> Result<Command, Failure> {
    let folder = workspace::root().join("tests/browser");
    let node = Node::install()?;
    node.install_packages(&folder)?;
    let mut script = node.command(&folder);
    script.env(CHROMIUM.variable, CHROMIUM.find()?).arg(name);
    Ok(script)
}

/// The browsers that these tests drive.
fn browsers(names: &[String]) -> Vec<Browser> {
    if names.is_empty() || names.iter().any(|name| name == OTHER_BROWSERS) {
        vec![CHROMIUM, FIREFOX, WEBKIT_DRIVER, DISPLAY]
    } else {
        vec![CHROMIUM]
    }
}

/// What Node's runner is given to look for.
fn test_files(names: &[String]) -> Vec<String> {
    if names.is_empty() {
        return vec!["*.test.mjs".to_owned()];
    }
    names
        .iter()
        .map(|name| format!("{name}.test.mjs"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_name_all_browser_tests_run() {
        assert_eq!(test_files(&[]), ["*.test.mjs"]);
    }

    #[test]
    fn a_name_stands_for_its_file() {
        assert_eq!(test_files(&["preview".to_owned()]), ["preview.test.mjs"]);
    }

    #[test]
    fn only_the_tests_that_drive_them_need_other_browsers() {
        let file = format!("tests/browser/{OTHER_BROWSERS}.test.mjs");
        assert!(workspace::root().join(file).is_file());
        assert_eq!(browsers(&["preview".to_owned()]).len(), 1);
        assert_eq!(browsers(&[OTHER_BROWSERS.to_owned()]).len(), 4);
        assert_eq!(browsers(&[]).len(), 4);
    }
}
