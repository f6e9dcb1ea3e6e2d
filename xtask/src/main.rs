//! What a developer does more than once, as `cargo xtask COMMAND`; continuous integration calls the same.
//!
//! Each command is a module with `Arguments` and `run`. A new one is a module, a variant of
//! [`Task`] and its line in [`Task::run`].

#![expect(
    clippy::disallowed_methods,
    reason = "a developer's tool works on the real file system and environment"
)]
#![expect(
    clippy::print_stderr,
    reason = "a developer's tool talks to the terminal"
)]

mod advisories;
mod bench;
mod browser;
mod browser_tests;
mod client;
mod corpus;
mod debian;
mod failure;
mod files;
mod film;
mod fuzz;
mod instructions;
mod lighthouse;
mod lint;
mod node;
mod search_bench;
mod search_cost;
mod search_path;
mod shell;
mod snapshots;
mod soak;
mod stamp;
mod steps;
mod test;
mod theme;
mod tool;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::failure::Failure;

/// Runs what a developer of Portolan does more than once.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Subcommand)]
enum Task {
    Test(test::Arguments),
    Lint(lint::Arguments),
    Advisories(advisories::Arguments),
    Bench(bench::Arguments),
    Client(client::Arguments),
    Film(film::Arguments),
    Fuzz(fuzz::Arguments),
    Instructions(instructions::Arguments),
    Lighthouse(lighthouse::Arguments),
    SearchCost(search_cost::Arguments),
    SearchBench(search_bench::Arguments),
    Snapshots(snapshots::Arguments),
    Soak(soak::Arguments),
    Theme(theme::Arguments),
}

impl Task {
    fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Test(arguments) => test::run(arguments),
            Self::Lint(arguments) => lint::run(arguments),
            Self::Advisories(arguments) => advisories::run(arguments),
            Self::Bench(arguments) => bench::run(arguments),
            Self::Client(arguments) => client::run(arguments),
            Self::Film(arguments) => film::run(arguments),
            Self::Fuzz(arguments) => fuzz::run(arguments),
            Self::Instructions(arguments) => instructions::run(arguments),
            Self::Lighthouse(arguments) => lighthouse::run(arguments),
            Self::SearchCost(arguments) => search_cost::run(arguments),
            Self::SearchBench(arguments) => search_bench::run(arguments),
            Self::Snapshots(arguments) => snapshots::run(arguments),
            Self::Soak(arguments) => soak::run(arguments),
            Self::Theme(arguments) => theme::run(arguments),
        }
    }
}

fn main() -> ExitCode {
    match CommandLine::parse().task.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
