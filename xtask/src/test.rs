//! `cargo xtask test`: every test there is.

use crate::browser_tests;
use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Run every test, and install what they need
///
/// Rust tests (with cargo-nextest where it is installed) and documentation examples, then the
/// browser tests. Node.js and its packages are installed under the build folder in pinned
/// versions. Chromium is taken from $CHROMIUM or $PATH, and Java from $PATH, else installed with
/// apt-get where this user may; else the run fails and names the command.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask test                           everything, as CI does
  cargo xtask test rust                      without the browser
  cargo xtask test browser preview           the browser tests in preview.test.mjs
  CHROMIUM=/opt/chromium cargo xtask test    with a browser of one's own")]
pub(crate) struct Arguments {
    /// Which tests to run; all of them without it
    suite: Option<Suite>,

    /// Only the browser tests in files of these names
    #[arg(requires = "suite")]
    names: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Suite {
    /// Rust tests and documentation examples
    Rust,
    /// Tests that drive a real browser
    Browser,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    // Tests and programs in one call: built apart, dependencies would be compiled for two sets of features.
    step("build", || {
        shell::run(workspace::cargo().args(["build", "--workspace", "--bins", "--tests"]))
    })?;
    if arguments.suite != Some(Suite::Browser) {
        rust_tests()?;
    }
    if arguments.suite != Some(Suite::Rust) {
        browser_tests::run(&arguments.names)?;
    }
    Ok(())
}

fn rust_tests() -> Result<(), Failure> {
    step("Rust tests", || {
        let has_nextest = shell::succeeds(workspace::cargo().args(["nextest", "--version"]));
        let runner: &[&str] = if has_nextest {
            &["nextest", "run"]
        } else {
            &["test", "--bins", "--lib", "--tests"]
        };
        shell::run(workspace::cargo().args(runner).arg("--workspace"))
    })?;
    // nextest does not run them.
    step("documentation examples", || {
        shell::run(workspace::cargo().args(["test", "--workspace", "--doc"]))
    })
}
