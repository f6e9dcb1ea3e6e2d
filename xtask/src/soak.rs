//! `cargo xtask soak`: looks for edits after which a build differs from a clean one.

use std::hash::{BuildHasher as _, RandomState};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Look for edits after which a build differs from a clean one
///
/// Generates random sequences of edits (documents, assets, tables, theme, settings, days, files that break), builds and previews
/// after each, sometimes on a disk that fails, and compares the site with a clean build of the same content, byte for byte.
/// It ends at the first difference and prints the fewest edits that give it. Every test run does the same with a few
/// sequences.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask soak --minutes 60              until an hour is over
  TMPDIR=/dev/shm cargo xtask soak           in memory: faster where the disk is slow to sync
  cargo xtask soak --seed 1234 --cases 40    replay the round of this seed")]
pub(crate) struct Arguments {
    /// How long to look; the round that is under way is finished
    #[arg(long, default_value_t = 10)]
    minutes: u64,

    /// How many sequences a round has
    #[arg(long, default_value_t = 40)]
    cases: u32,

    /// Make the round of this seed, and no other
    #[arg(long)]
    seed: Option<u64>,
}

/// The test and its program.
const PROGRAM: &str = "stories";
const TEST: &str = "incremental::any_edits_give_what_a_clean_build_gives";

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let list = shell::output(test().arg("--list"));
    if !list.is_some_and(|list| list.contains(TEST)) {
        return Err(Failure::Missing {
            what: format!("there is no test `{TEST}` in `{PROGRAM}`"),
            remedy: "name the test of edits in xtask/src/soak.rs".to_owned(),
        });
    }
    let end = Instant::now() + Duration::from_secs(60 * arguments.minutes);
    loop {
        let seed = arguments.seed.unwrap_or_else(random);
        let cases = arguments.cases;
        step(&format!("soak --seed {seed} --cases {cases}"), || {
            shell::run(
                test()
                    .env("PROPTEST_RNG_SEED", seed.to_string())
                    .env("PROPTEST_CASES", cases.to_string()),
            )
        })?;
        if arguments.seed.is_some() || Instant::now() >= end {
            return Ok(());
        }
    }
}

fn test() -> Command {
    let mut test = workspace::cargo();
    test.args([
        "test",
        "--quiet",
        "--package",
        "portolan",
        "--test",
        PROGRAM,
    ])
    .args(["--", "--exact", TEST]);
    test
}

fn random() -> u64 {
    RandomState::new().hash_one(Instant::now())
}
