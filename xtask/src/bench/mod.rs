//! `cargo xtask bench`: what builds and the preview cost, beside their peers in the same run.

pub(crate) mod corpus;
mod hugo;
mod measure;
mod preview;

use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::tool::Tool;
use crate::workspace;
use measure::{Cost, measure};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measure builds and the preview of generated portals beside their peers
///
/// Generates documents of 780 words with numbers and words of the tariff schedule, the same on every machine. Builds them with
/// the release program, copies the finished site, and gives the same documents to Hugo under an equal theme and the finished
/// pages to Pagefind. Then edits a document while Chromium shows it, in the preview and in Hugo's server. Prints the tables of
/// docs/performance.md. Run it when nothing else runs.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench                        1,000, 10,000 and 100,000 documents
  cargo xtask bench 250000 --no-hugo --no-pagefind
                                           one size, Portolan alone
  cargo xtask bench 10000 --no-preview     builds alone")]
pub(crate) struct Arguments {
    /// How many documents; several are measured one after the other
    #[arg(default_values_t = [1_000, 10_000, 100_000])]
    documents: Vec<usize>,

    /// Without Hugo
    #[arg(long)]
    no_hugo: bool,

    /// Without Pagefind, which takes about 0.3 MB of memory a document
    #[arg(long)]
    no_pagefind: bool,

    /// Without the preview and Hugo's server
    #[arg(long)]
    no_preview: bool,
}

/// The same documents for both programs.
struct Corpus {
    folder: PathBuf,
    /// A portal.
    portal: PathBuf,
    /// A site of Hugo.
    hugo: PathBuf,
    count: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    shell::run(workspace::cargo().args(["build", "--release", "--package", "portolan"]))?;
    let program = workspace::root().join("target/release/portolan");
    let mut builds = Vec::new();
    let mut previews = Vec::new();
    let mut first_builds = Vec::new();
    for &count in &arguments.documents {
        let folder = workspace::bench().join(count.to_string());
        clear(&folder)?;
        let corpus = Corpus {
            portal: folder.join("portal"),
            hugo: folder.join("hugo"),
            folder,
            count,
        };
        corpus::write(&corpus.portal, &corpus.hugo, count)?;
        hugo::write_theme(&corpus.hugo)?;
        let rows = of_builds(&program, &corpus, arguments)?;
        first_builds.push((count, rows[0].1.seconds));
        builds.push(rows);
        if !arguments.no_preview {
            previews.push(preview::rows(&program, &corpus, !arguments.no_hugo)?);
        }
        clear(&corpus.folder)?;
    }
    eprintln!("{}", table_of_builds(&arguments.documents, &builds));
    for pair in first_builds.windows(2) {
        let [(less, short), (more, long)] = [pair[0], pair[1]];
        let exponent = (long / short).ln() / (more as f64 / less as f64).ln();
        eprintln!(
            "From {less} to {more} documents a first build grows by the power {exponent:.2}."
        );
    }
    if !previews.is_empty() {
        eprintln!(
            "\n| documents | preview | ready | edit to page, median | slowest | peak memory |"
        );
        eprintln!("|---|---|---|---|---|---|\n{}", previews.concat());
    }
    Ok(())
}

/// What each build costs, Portolan's first one first.
fn of_builds(
    program: &Path,
    corpus: &Corpus,
    arguments: &Arguments,
) -> Result<Vec<(&'static str, Cost)>, Failure> {
    let portolan = |command: &str| {
        let mut portolan = Command::new(program);
        portolan
            .args([command, "--quiet", "--root"])
            .arg(&corpus.portal);
        portolan
    };
    let mut rows = vec![
        ("Portolan, first build", measure(portolan("build"))?),
        ("Portolan, nothing changed", measure(portolan("build"))?),
    ];
    let edited = corpus::edited(&corpus.portal, &corpus.hugo, corpus.count)?;
    corpus::edit(&edited.portal.0)?;
    rows.push((
        "Portolan, one document changed",
        measure(portolan("build"))?,
    ));
    rows.push(("Portolan, check", measure(portolan("check"))?));
    let site = corpus.portal.join("public");
    let mut copy = Command::new("cp");
    copy.arg("-r").arg(&site).arg(corpus.folder.join("copy"));
    rows.push(("`cp -r` of the site", measure(copy)?));
    if !arguments.no_pagefind {
        let mut command = Command::new(pagefind()?);
        command.args(["--quiet", "--site"]).arg(&site);
        command
            .arg("--output-path")
            .arg(corpus.folder.join("pagefind"));
        rows.push(("Pagefind, index of the same pages", measure(command)?));
    }
    if !arguments.no_hugo {
        let mut command = Command::new(Tool::Hugo.program()?);
        command.args(["--quiet", "--source"]).arg(&corpus.hugo);
        rows.push(("Hugo", measure(command)?));
    }
    Ok(rows)
}

fn table_of_builds(documents: &[usize], builds: &[Vec<(&'static str, Cost)>]) -> String {
    let mut table = String::from(
        "\n| documents | build | seconds | of the first build | peak memory |\n|---|---|---|---|---|\n",
    );
    for (count, rows) in documents.iter().zip(builds) {
        let first = rows[0].1.seconds;
        for (
            name,
            Cost {
                seconds,
                peak_kilobytes,
            },
        ) in rows
        {
            let _ = writeln!(
                table,
                "| {count} | {name} | {seconds:.2} | {:.2} | {} MB |",
                seconds / first,
                peak_kilobytes / 1024
            );
        }
    }
    table
}

/// Installs Pagefind and gives its program, past the script that only starts it.
pub(crate) fn pagefind() -> Result<PathBuf, Failure> {
    let tools = workspace::root().join("xtask/tools/pagefind");
    Node::install()?.install_packages(&tools)?;
    Ok(tools.join("node_modules/@pagefind/linux-x64/bin/pagefind_extended"))
}

pub(crate) fn clear(folder: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("remove", folder)(error))
        }
        _ => Ok(()),
    }
}
