//! `cargo xtask fuzz`: looks for input that breaks the program.

use std::process::Command;

use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Look for input that breaks the program
///
/// Runs a target of fuzz/ with cargo-fuzz, which is installed under the build folder where it is missing. It begins with
/// fuzz/seeds/ and what earlier runs found (fuzz/corpus/), and ends at the first input that breaks something, which it
/// leaves in fuzz/artifacts/. Needs a C++ compiler. The first build takes minutes.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask fuzz markdown                  for a minute
  cargo xtask fuzz --seconds 600             every target, ten minutes each")]
pub(crate) struct Arguments {
    /// The target; every one without it
    target: Option<String>,

    /// How long to look, for each target
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

const CARGO_FUZZ: &str = "0.13.1";

/// More would make every input slow, and no mistake needs it.
const MAX_BYTES: u32 = 8192;

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let targets = match &arguments.target {
        Some(target) => vec![target.clone()],
        None => all_targets()?,
    };
    step("cargo-fuzz", install)?;
    for target in targets {
        step(&target, || fuzz(&target, arguments.seconds))?;
    }
    Ok(())
}

/// The targets are the folders of seeds; a test holds both together.
fn all_targets() -> Result<Vec<String>, Failure> {
    let folder = workspace::root().join("fuzz/seeds");
    let mut targets = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(Failure::file("list", &folder))? {
        let entry = entry.map_err(Failure::file("list", &folder))?;
        targets.push(entry.file_name().to_string_lossy().into_owned());
    }
    targets.sort();
    Ok(targets)
}

fn install() -> Result<(), Failure> {
    let root = workspace::tools().join("cargo-fuzz");
    let is_current = shell::output(Command::new(root.join("bin/cargo-fuzz")).arg("--version"))
        .is_some_and(|text| text.contains(CARGO_FUZZ));
    if is_current {
        return Ok(());
    }
    shell::run(
        Command::new("cargo")
            .args(["install", "--quiet", "cargo-fuzz", "--version", CARGO_FUZZ])
            .arg("--root")
            .arg(root),
    )
}

fn fuzz(target: &str, seconds: u32) -> Result<(), Failure> {
    let folder = workspace::root().join("fuzz");
    let corpus = folder.join("corpus").join(target);
    std::fs::create_dir_all(&corpus).map_err(Failure::file("make", &corpus))?;
    shell::run(
        Command::new(workspace::tools().join("cargo-fuzz/bin/cargo-fuzz"))
            .current_dir(&folder)
            // A stable compiler counts branches only when told so.
            .env("RUSTC_BOOTSTRAP", "1")
            // The program forbids unsafe code, so an address sanitizer would find little and double the time.
            .args(["run", "--sanitizer", "none", target])
            .arg(&corpus)
            .arg(folder.join("seeds").join(target))
            .arg("--")
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={MAX_BYTES}"))
            .args(["-timeout=30", "-rss_limit_mb=2048"]),
    )
}
