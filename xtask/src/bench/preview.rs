//! What the preview costs beside Hugo's server: until it answers, and from a save to the new page in a browser.

use super::peers::Peer;
use super::{Arguments, Corpus};
use crate::browser_tests;
use crate::corpus;
use crate::failure::Failure;
use crate::shell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The head of the table: readiness and latency in seconds, the kernel's high-water mark of memory.
pub(super) const HEAD: &str = "\
| documents | server | ready | edit to page, median | slowest | peak memory |
|---|---|---|---|---|---|
";

/// The rows of one size. The portal was built before, so its cache is there.
pub(super) fn rows(
    program: &Path,
    corpus: &Corpus,
    arguments: &Arguments,
) -> Result<String, Failure> {
    let edited = corpus::edited(&corpus.portal, &corpus.hugo, corpus.documents)?;
    let portolan = [
        program.as_os_str(),
        "serve".as_ref(),
        "--root".as_ref(),
        corpus.portal.as_os_str(),
        "--port".as_ref(),
    ];
    let figures = figures(&edited.portal, &portolan)?;
    let mut rows = row(corpus.documents, "Portolan", &figures);
    if !arguments.no_hugo {
        let name = "Hugo, fast render";
        let served = match Peer::Hugo.obstacle(corpus.documents) {
            Some(obstacle) => Err(obstacle),
            None => hugo(corpus, &edited.hugo).map_err(|failure| failure.to_string()),
        };
        // A peer that fails leaves the figures of the others.
        rows.push_str(&match served {
            Ok(figures) => row(corpus.documents, name, &figures),
            Err(why) => format!("| {} | {name} | {why} | | | |\n", corpus.documents),
        });
    }
    Ok(rows)
}

fn hugo(corpus: &Corpus, edited: &(PathBuf, String)) -> Result<String, Failure> {
    let program = Peer::Hugo.program()?;
    let server = [
        program.as_os_str(),
        "server".as_ref(),
        "--source".as_ref(),
        corpus.hugo.as_os_str(),
        "--port".as_ref(),
    ];
    figures(edited, &server)
}

/// Starts a server, which gets its port as the last argument, and edits a document whose page is open.
fn figures((document, page): &(PathBuf, String), server: &[&OsStr]) -> Result<String, Failure> {
    let mut script = browser_tests::script("measure-preview.mjs")?;
    let script = script
        .args([document.as_os_str(), page.as_ref()])
        .args(server);
    shell::output(script).ok_or_else(|| Failure::Missing {
        what: "the server could not be measured".to_owned(),
        remedy: format!("see why with {script:?}"),
    })
}

fn row(documents: usize, name: &str, figures: &str) -> String {
    let figures: Vec<&str> = figures.split_whitespace().collect();
    format!("| {documents} | {name} | {} MB |\n", figures.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_as_many_cells_as_the_head() {
        let row = row(1_000, "Portolan", "0.100 0.030 0.050 80\n");
        assert_eq!(row, "| 1000 | Portolan | 0.100 | 0.030 | 0.050 | 80 MB |\n");
        let head = HEAD.lines().next().unwrap();
        assert_eq!(head.matches('|').count(), row.matches('|').count());
    }
}
