//! `cargo xtask search-cost`: what searches cost a reader, beside Pagefind over the same pages.

use crate::bench::Peer;
use crate::browser_tests;
use crate::corpus;
use crate::failure::Failure;
use crate::files::{self, remove_folder};
use crate::shell;
use crate::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measure what searches cost a reader, in bytes, requests, rounds and time
///
/// Builds generated portals with the release program and asks them 200 queries in Chromium: the 20 most frequent words, 20
/// phrases, and one to four words of a document. Prints the rows of the tables of docs/search.md.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask search-cost                  1,000, 10,000 and 100,000 documents
  cargo xtask search-cost 10000 --pagefind beside Pagefind, which takes about 0.5 MB of memory a document")]
pub(crate) struct Arguments {
    /// How many documents; several are measured one after the other
    #[arg(default_values_t = [1_000, 10_000, 100_000])]
    documents: Vec<usize>,

    /// Measure Pagefind over the same pages
    #[arg(long)]
    pagefind: bool,

    /// Measure this program instead of building one
    #[arg(long)]
    program: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let program = match &arguments.program {
        Some(program) => std::path::absolute(program).map_err(Failure::file("find", program))?,
        None => workspace::release()?,
    };
    for &count in &arguments.documents {
        eprintln!("\n{count} documents");
        let mut script = browser_tests::script("measure-search.mjs")?;
        let folder = workspace::bench().join(format!("search-{count}"));
        remove_folder(&folder)?;
        let portal = folder.join("portal");
        corpus::write(&portal, None, count)?;
        // What a word means beside itself is read, too.
        let synonyms = Path::new("content/data/synonyms.yaml");
        let from = workspace::root().join(synonyms);
        let text = std::fs::read_to_string(&from).map_err(Failure::file("read", &from))?;
        files::write(&portal.join(synonyms), &text)?;
        let site = portal.join("public");
        shell::run(
            Command::new(&program)
                .args(["build", "--quiet", "--root"])
                .arg(&portal),
        )?;
        script.arg(portal.join("content")).arg(&site);
        let obstacle = Peer::Pagefind.obstacle(count);
        if let (true, Some(why)) = (arguments.pagefind, &obstacle) {
            eprintln!("Pagefind {why}");
        }
        if arguments.pagefind && obstacle.is_none() {
            let mut pagefind = Command::new(Peer::Pagefind.program()?);
            shell::run(pagefind.args(["--quiet", "--site"]).arg(&site))?;
            script.arg("pagefind");
        }
        shell::run(&mut script)?;
        remove_folder(&folder)?;
    }
    Ok(())
}
