//! `cargo xtask bench`: what builds and the preview cost, beside their peers in the same run.

mod builds;
mod hugo;
mod measure;
mod peers;
mod preview;

pub(crate) use peers::Peer;

use crate::corpus;
use crate::failure::Failure;
use crate::files::{remove_folder, write};
use crate::steps::step;
use crate::workspace;
use std::path::PathBuf;

/// Measure builds and the preview of generated portals beside their peers
///
/// Generates documents of 780 words with numbers and words of the tariff schedule, the same on every machine. Builds them with
/// the release program, copies the finished site, and gives the finished pages to Pagefind and the same documents to Hugo
/// under an equal theme. Then edits a document while Chromium shows it, in the preview and in Hugo's server. Prints the tables
/// of docs/performance.md; after each size they are in target/bench/tables.md, too. A peer is left out, and its row
/// says so, where it takes more memory than is free. Run it when nothing else runs.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench                        1,000, 10,000 and 100,000 documents
  cargo xtask bench 250000 --no-hugo --no-pagefind
                                           one size, Portolan alone
  cargo xtask bench 10000 --no-preview     builds alone
  cargo xtask bench 10000 --program old/portolan
                                           an earlier version, to compare")]
pub(crate) struct Arguments {
    /// How many documents; several are measured one after the other
    #[arg(default_values_t = [1_000, 10_000, 100_000])]
    documents: Vec<usize>,

    /// Measure this program instead of building the release
    #[arg(long)]
    program: Option<PathBuf>,

    /// Without Hugo
    #[arg(long)]
    no_hugo: bool,

    /// Without Pagefind, which takes about 0.5 MB of memory a document
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
    documents: usize,
}

impl Corpus {
    fn write(documents: usize) -> Result<Self, Failure> {
        let folder = workspace::bench().join(documents.to_string());
        remove_folder(&folder)?;
        let corpus = Self {
            portal: folder.join("portal"),
            hugo: folder.join("hugo"),
            folder,
            documents,
        };
        corpus::write(&corpus.portal, Some(&corpus.hugo), documents)?;
        hugo::write_theme(&corpus.hugo)?;
        Ok(corpus)
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let program = match &arguments.program {
        Some(program) => std::path::absolute(program).map_err(Failure::file("find", program))?,
        None => workspace::release()?,
    };
    let file = workspace::bench().join("tables.md");
    let mut sizes = Vec::new();
    let mut previews = String::new();
    for &documents in &arguments.documents {
        let corpus = step(&format!("{documents} documents"), || {
            Corpus::write(documents)
        })?;
        sizes.push(step("builds", || {
            builds::measure_builds(&program, &corpus, arguments)
        })?);
        if !arguments.no_preview {
            let rows = step("preview", || preview::rows(&program, &corpus, arguments))?;
            previews.push_str(&rows);
        }
        write(&file, &tables(&sizes, &previews))?;
        remove_folder(&corpus.folder)?;
    }
    eprintln!("\n{}", tables(&sizes, &previews));
    Ok(())
}

fn tables(sizes: &[builds::Builds], previews: &str) -> String {
    let mut tables = builds::table(sizes);
    if !previews.is_empty() {
        tables.push('\n');
        tables.push_str(preview::HEAD);
        tables.push_str(previews);
    }
    tables
}
