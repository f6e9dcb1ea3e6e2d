//! `cargo xtask lighthouse`: figures of the sample portal's pages.

use crate::browser::CHROMIUM;
use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Print Lighthouse's figures of four pages of the sample portal
///
/// Performance, accessibility, best practices and SEO of home, a Center, a ruling and search, as a
/// phone on a slow line gets them. The first figure depends on the machine and varies from run to
/// run, so no test holds it; docs/performance.md has those of the last measurement.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    let folder = workspace::root().join("xtask/tools/lighthouse");
    let (node, chromium) = step("browser, Node.js and packages", || {
        let chromium = CHROMIUM.find()?;
        let node = Node::install()?;
        node.install_packages(&folder)?;
        Ok((node, chromium))
    })?;
    let site = workspace::tools().with_file_name("lighthouse");
    step("sample portal", || {
        let build = ["run", "--quiet", "--", "build", "--quiet", "--out"];
        shell::run(workspace::cargo().args(build).arg(&site))
    })?;
    step("Lighthouse", || {
        shell::run(
            node.command(&folder)
                .env("CHROME_PATH", &chromium)
                .arg("measure.mjs")
                .arg(&site),
        )
    })
}
