//! `cargo xtask lint`: format, lints, licenses and spelling.

use std::process::Command;

use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use crate::tool::Tool;
use crate::workspace;

/// Check format, lints, licenses and spelling, as CI does
///
/// Runs rustfmt, clippy with warnings denied, cargo-deny (bans, licenses, sources) and typos.
/// cargo-deny and typos are installed under the build folder in the versions that xtask/tools/ pins.
#[derive(clap::Args)]
#[command(
    after_help = "Mend what can be mended by itself with `cargo fmt` and `cargo clippy --fix`."
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
