//! `cargo xtask bench`: time and peak memory of a build beside Hugo, on the same documents.

mod corpus;
mod hugo;
mod measure;

use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::tool::Tool;
use crate::workspace;
use measure::{Cost, measure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measure builds of generated portals beside Hugo
///
/// Generates documents of 780 words with numbers and words of the tariff schedule, the same on every machine, builds
/// them with the release program and with Hugo under an equal theme, and prints a table for docs/performance.md.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench                    1,000 and 10,000 documents
  cargo xtask bench 50000 --no-hugo    one size, Portolan alone")]
pub(crate) struct Arguments {
    /// How many documents; several are measured one after the other
    #[arg(default_values_t = [1_000, 10_000])]
    documents: Vec<usize>,

    /// Without Hugo
    #[arg(long)]
    no_hugo: bool,

    /// Without Pagefind, which takes about 0.3 MB of memory a document
    #[arg(long)]
    no_pagefind: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    shell::run(workspace::cargo().args(["build", "--release", "--package", "portolan"]))?;
    let program = workspace::root().join("target/release/portolan");
    let folder = workspace::bench();
    let mut rows = Vec::new();
    for count in &arguments.documents {
        let portal = folder.join(format!("{count}/portal"));
        let site = folder.join(format!("{count}/hugo"));
        clear(&folder.join(count.to_string()))?;
        corpus::write(&portal, &site, *count)?;
        let build = || {
            let mut command = Command::new(&program);
            command.args(["build", "--root"]).arg(&portal);
            command
        };
        rows.push(row(*count, "Portolan, first build", &measure(build())?));
        rows.push(row(*count, "Portolan, nothing changed", &measure(build())?));
        if !arguments.no_pagefind {
            let mut command = Command::new(pagefind()?);
            command
                .args(["--quiet", "--site"])
                .arg(portal.join("public"));
            command
                .arg("--output-path")
                .arg(folder.join(format!("{count}/pagefind")));
            rows.push(row(
                *count,
                "Pagefind, index of the same pages",
                &measure(command)?,
            ));
        }
        if !arguments.no_hugo {
            hugo::write_theme(&site)?;
            let mut command = Command::new(Tool::Hugo.program()?);
            command.args(["--quiet", "--source"]).arg(&site);
            rows.push(row(*count, "Hugo", &measure(command)?));
        }
    }
    eprintln!("\n| documents | build | seconds | peak memory |\n|---|---|---|---|");
    for row in rows {
        eprintln!("{row}");
    }
    Ok(())
}

/// Installs Pagefind and gives its program, past the script that only starts it.
fn pagefind() -> Result<PathBuf, Failure> {
    let tools = workspace::root().join("xtask/tools/pagefind");
    Node::install()?.install_packages(&tools)?;
    Ok(tools.join("node_modules/@pagefind/linux-x64/bin/pagefind_extended"))
}

fn row(count: usize, name: &str, cost: &Cost) -> String {
    format!(
        "| {count} | {name} | {:.2} | {} MB |",
        cost.seconds,
        cost.peak_kilobytes / 1024
    )
}

fn clear(folder: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("remove", folder)(error))
        }
        _ => Ok(()),
    }
}
