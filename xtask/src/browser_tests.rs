//! The tests in `tests/browser/`, which drive a real browser.

use crate::chromium;
use crate::debian;
use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Runs the browser tests against the `portolan` that was built beside this program.
///
/// `names` are files without `.test.mjs`; none means all.
pub(crate) fn run(names: &[String]) -> Result<(), Failure> {
    let folder = workspace::root().join("tests/browser");
    let (node, chromium, java) = step("browser, Java, Node.js and packages", || {
        let chromium = chromium::find()?;
        // The Nu HTML checker is written in it.
        let java = debian::program(
            &["java"],
            "default-jre-headless",
            "no Java was found in $PATH",
        )?;
        let node = Node::install()?;
        node.install_packages(&folder)?;
        Ok((node, chromium, java))
    })?;
    step("browser tests", || {
        shell::run(
            node.command(&folder)
                .env("CHROMIUM", &chromium)
                .env("JAVA", &java)
                .env("PORTOLAN_BIN", workspace::binaries().join("portolan"))
                // Two files at a time are what two cores carry; a test that hangs is ended and named.
                .args(["--test", "--test-concurrency=2", "--test-timeout=120000"])
                // The sample portal is built, and the browser started, once for all files.
                .arg("--test-global-setup=support/setup.mjs")
                .args(test_files(names)),
        )
    })
}

/// What Node's runner is given to look for.
fn test_files(names: &[String]) -> Vec<String> {
    if names.is_empty() {
        return vec!["*.test.mjs".to_owned()];
    }
    names
        .iter()
        .map(|name| format!("{name}.test.mjs"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_name_all_browser_tests_run() {
        assert_eq!(test_files(&[]), ["*.test.mjs"]);
    }

    #[test]
    fn a_name_stands_for_its_file() {
        assert_eq!(test_files(&["preview".to_owned()]), ["preview.test.mjs"]);
    }
}
