//! `cargo xtask lint`: format, lints, types of scripts, licenses and spelling.

use std::process::Command;

use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::steps::step;
use crate::tool::Tool;
use crate::workspace;

/// Check format, lints, types of scripts, licenses and spelling, as CI does
///
/// Runs rustfmt, clippy with warnings denied, the TypeScript compiler over the JSDoc types of the
/// browser's scripts, cargo-deny (bans, licenses, sources) and typos. All but the first two are
/// installed in the versions that xtask/tools/ pins.
#[derive(clap::Args)]
#[command(
    after_help = "Fix what can be fixed automatically with `cargo fmt` and `cargo clippy --fix`."
)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    step("rustfmt", || {
        shell::run(workspace::cargo().args(["fmt", "--all", "--check"]))
    })?;
    step("clippy", || {
        shell::run(
            workspace::cargo()
                .args(["clippy", "--workspace", "--all-targets"])
                .args(["--", "--deny", "warnings"]),
        )
    })?;
    step("tsc", check_types)?;
    step("cargo deny", || {
        let mut cargo_deny = Command::new(Tool::CargoDeny.program()?);
        cargo_deny.current_dir(workspace::root());
        shell::run(cargo_deny.args(["check", "bans", "licenses", "sources"]))
    })?;
    step("typos", || {
        let mut typos = Command::new(Tool::Typos.program()?);
        shell::run(typos.current_dir(workspace::root()))
    })
}

/// Pages, workers and tests see different globals, so the scripts of each kind are a project of its own.
const PROJECTS: [&str; 3] = [
    "themes/tsconfig.json",
    "themes/tsconfig.worker.json",
    "tests/browser/tsconfig.json",
];

fn check_types() -> Result<(), Failure> {
    let tools = workspace::root().join("xtask/tools/typescript");
    let node = Node::install()?;
    node.install_packages(&tools)?;
    // Their types are in the packages that tests import.
    node.install_packages(&workspace::root().join("tests/browser"))?;
    PROJECTS.into_iter().try_for_each(|project| {
        shell::run(
            node.command(workspace::root())
                .arg(tools.join("node_modules/typescript/bin/tsc"))
                .args(["--project", project]),
        )
    })
}
