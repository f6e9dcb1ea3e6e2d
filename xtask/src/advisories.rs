//! `cargo xtask advisories`: known holes in dependencies.

use std::process::Command;

use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use crate::tool::Tool;
use crate::workspace;

/// Check the dependencies against the RustSec advisory database
///
/// Fetches the database, so it needs the network; apart from `lint`, because a new
/// advisory must not break a commit that has nothing to do with it.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    step("advisories", || {
        let mut cargo_deny = Command::new(Tool::CargoDeny.program()?);
        cargo_deny.current_dir(workspace::root());
        shell::run(cargo_deny.args(["check", "advisories"]))
    })
}
