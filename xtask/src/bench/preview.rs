//! What the preview costs beside Hugo's server: until it answers, and from a save to the new page in a browser.

use super::{Corpus, corpus};
use crate::chromium;
use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::tool::Tool;
use crate::workspace;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The rows of the table: readiness and latency in seconds, the kernel's high-water mark of memory.
pub(super) fn rows(program: &Path, corpus: &Corpus, with_hugo: bool) -> Result<String, Failure> {
    let edited = corpus::edited(&corpus.portal, &corpus.hugo, corpus.count)?;
    let mut portolan = vec![program.as_os_str(), "serve".as_ref()];
    portolan.extend([
        "--root".as_ref(),
        corpus.portal.as_os_str(),
        "--port".as_ref(),
    ]);
    let mut rows = row(corpus.count, "Portolan", &edited.portal, &portolan)?;
    if with_hugo {
        let hugo = Tool::Hugo.program()?;
        let mut server = vec![hugo.as_os_str(), "server".as_ref()];
        server.extend([
            "--source".as_ref(),
            corpus.hugo.as_os_str(),
            "--port".as_ref(),
        ]);
        let name = "Hugo's server, fast render";
        rows.push_str(&row(corpus.count, name, &edited.hugo, &server)?);
    }
    Ok(rows)
}

/// Starts a server, which gets its port as the last argument, and edits a document whose page is open.
fn row(
    count: usize,
    name: &str,
    (document, page): &(PathBuf, String),
    server: &[&OsStr],
) -> Result<String, Failure> {
    let folder = workspace::root().join("tests/browser");
    let node = Node::install()?;
    node.install_packages(&folder)?;
    let mut script = node.command(&folder);
    let script = script
        .env("CHROMIUM", chromium::find()?)
        .arg("measure-preview.mjs")
        .args([document.as_os_str(), page.as_ref()])
        .args(server);
    let figures = shell::output(script).ok_or_else(|| Failure::Missing {
        what: format!("{name} could not be measured"),
        remedy: format!("see why with {script:?}"),
    })?;
    let figures: Vec<&str> = figures.split_whitespace().collect();
    Ok(format!(
        "| {count} | {name} | {} MB |\n",
        figures.join(" | ")
    ))
}
