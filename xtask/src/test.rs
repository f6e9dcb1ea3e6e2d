//! `cargo xtask test`: every test there is.

use std::path::PathBuf;
use std::process::Command;

use crate::browser_tests::Tools;
use crate::failure::Failure;
use crate::instructions;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Run every test, and install what they need
///
/// Rust tests (with cargo-nextest where it is installed) and documentation examples, then the instructions that a build takes
/// beside those recorded last (printed, not tested), then the browser tests. Tests that need something special of the machine (mounts, few watches, IPv6, real
/// rulings) run where it has that; else the run says that they did not. Node.js and its packages are
/// installed under the build folder in pinned versions. Chromium, Firefox, WebKitGTK's driver and a virtual display are
/// taken from $CHROMIUM, $FIREFOX, $WEBKIT_DRIVER and $XVFB or $PATH, Java and Valgrind from $PATH, else installed with
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
    /// Rust tests, documentation examples and instruction counts
    Rust,
    /// Tests that drive a real browser
    Browser,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    // What cannot be installed is said before the first test runs.
    let tools = (arguments.suite != Some(Suite::Rust))
        .then(|| Tools::install(&arguments.names))
        .transpose()?;
    if arguments.suite != Some(Suite::Browser) {
        step("Valgrind", instructions::valgrind)?;
    }
    step("build", workspace::build)?;
    if arguments.suite != Some(Suite::Browser) {
        rust_tests()?;
        step("instructions", || instructions::count(false))?;
    }
    if let Some(tools) = tools {
        tools.run(&arguments.names)?;
    }
    Ok(())
}

/// Tests that are marked `#[ignore]` because not every machine can run them.
struct Conditional {
    name: &'static str,
    /// The test program, and how the names of its tests begin.
    program: &'static str,
    tests: &'static str,
    is_possible: fn() -> bool,
    /// Why this machine cannot.
    obstacle: &'static str,
}

const CONDITIONAL: [Conditional; 4] = [
    Conditional {
        name: "tests with file systems of their own",
        program: "cli",
        tests: "mount::",
        is_possible: || {
            let mount = ["mount", "-t", "tmpfs", "tmpfs", "/mnt"];
            shell::succeeds(Command::new("unshare").args(["-r", "--mount"]).args(mount))
        },
        obstacle: "`unshare` may not mount anything here",
    },
    Conditional {
        name: "tests with few watches",
        program: "preview",
        tests: "watch_limit::",
        is_possible: || {
            let limit = "echo 3 > /proc/sys/user/max_inotify_watches";
            shell::succeeds(Command::new("unshare").args(["-Ur", "sh", "-c", limit]))
        },
        obstacle: "`unshare` may not limit the watches of a user here",
    },
    Conditional {
        name: "tests over IPv6",
        program: "preview",
        tests: "server::ipv6",
        is_possible: || std::net::TcpListener::bind("[::1]:0").is_ok(),
        obstacle: "this machine has no IPv6",
    },
    Conditional {
        name: "import of real rulings",
        program: "cli",
        tests: "import::all_real_rulings",
        is_possible: || {
            let named = std::env::var_os("PORTOLAN_DATA").map(PathBuf::from);
            let folder = named.unwrap_or_else(|| workspace::root().join("../shared/data"));
            folder.join("rulings").is_dir()
        },
        obstacle: "PORTOLAN_DATA names no folder with `rulings`",
    },
];

impl Conditional {
    fn run(&self) -> Result<(), Failure> {
        let test = ["test", "--package", "portolan", "--test", self.program];
        let filter = ["--", "--ignored", self.tests];
        shell::run(workspace::cargo().args(test).args(filter))
    }
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
    for group in &CONDITIONAL {
        if (group.is_possible)() {
            step(group.name, || group.run())?;
        } else {
            eprintln!("==> {}: NOT RUN: {}", group.name, group.obstacle);
        }
    }
    // nextest does not run them.
    step("documentation examples", || {
        shell::run(workspace::cargo().args(["test", "--workspace", "--doc"]))
    })
}
