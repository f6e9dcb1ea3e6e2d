//! `cargo xtask snapshots`: accepting what the program gives now.

use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Update snapshots, transcripts and golden sites to what the program gives now
///
/// Read the diff before you commit it: what is written here is what the tests hold from then on.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    step("update", || {
        shell::run(
            workspace::cargo()
                // The first two are insta's: write, and let later assertions of the same test run too.
                // The third is snapbox's, and that of the golden sites.
                .env("INSTA_UPDATE", "always")
                .env("INSTA_FORCE_PASS", "1")
                .env("SNAPSHOTS", "overwrite")
                .args([
                    "test",
                    "--workspace",
                    "--no-fail-fast",
                    "--lib",
                    "--bins",
                    "--tests",
                ]),
        )
    })?;
    step("what changed", || {
        let mut git = std::process::Command::new("git");
        shell::run(
            git.current_dir(workspace::root())
                .args(["status", "--short"]),
        )
    })
}
