//! `cargo xtask search-bench`: how often search finds the document that is meant, beside its peers.

use crate::bench::Peer;
use crate::browser_tests;
use crate::failure::Failure;
use crate::shell;
use crate::workspace;
use std::path::PathBuf;

/// Measure how often search finds the document that is meant
///
/// Asks known-item queries of eight classes over real rulings, alone, among documents put together from their sentences, and
/// among generated documents; the same queries go to SQLite FTS5, to plain BM25 and, where that is asked for, to Pagefind. Prints
/// the mean reciprocal rank among the first ten and the share of queries whose document is first, with their 95 % intervals
/// (bootstrap over queries). The first build compiles SQLite and takes minutes.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask search-bench                     all queries
  cargo xtask search-bench --half report       the half that weights were not chosen on
  cargo xtask search-bench --pagefind          beside Pagefind, in Chromium
  cargo xtask search-bench --misses --alone    Portolan alone, with the queries that it does not answer first")]
pub(crate) struct Arguments {
    /// How many documents are put together, and how many are generated
    #[arg(long, default_value_t = 4_000)]
    extra: usize,

    /// Only this half of the queries: `report`, or `weights`, on which weights are chosen
    #[arg(long)]
    half: Option<String>,

    /// Further documents, one JSON object a line: number, title, date, hts, text
    #[arg(long)]
    more: Option<PathBuf>,

    /// List the queries whose document is not first
    #[arg(long)]
    misses: bool,

    /// Without SQLite and BM25
    #[arg(long)]
    alone: bool,

    /// Ask Pagefind, too, over a page for each document
    #[arg(long)]
    pagefind: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = workspace::root().join("search/bench");
    let mut command = workspace::cargo();
    command.args(["run", "--quiet", "--manifest-path"]);
    command.arg(root.join("Cargo.toml"));
    command
        .arg("--target-dir")
        .arg(workspace::binaries().with_file_name("search-bench"));
    command.args(["--", "--extra", &arguments.extra.to_string()]);
    if let Some(half) = &arguments.half {
        command.args(["--half", half]);
    }
    if let Some(more) = &arguments.more {
        let more = std::path::absolute(more).map_err(Failure::file("find", more))?;
        command.arg("--more").arg(more);
    }
    for (is_asked, flag) in [(arguments.misses, "--misses"), (arguments.alone, "--alone")] {
        if is_asked {
            command.arg(flag);
        }
    }
    if arguments.pagefind {
        let ask = browser_tests::script("ask-pagefind.mjs")?;
        command.arg("--pagefind").arg(Peer::Pagefind.program()?);
        command
            .arg("--")
            .arg(ask.get_program())
            .args(ask.get_args());
        command.envs(
            ask.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        if let Some(folder) = ask.get_current_dir() {
            command.current_dir(folder);
        }
    }
    shell::run(&mut command)
}
