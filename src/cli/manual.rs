//! What a package installs beside the program: completions for shells, and manual pages. Both are made from the arguments
//! themselves.

use super::Failure;
use super::args::Arguments;
use super::console::print;
use crate::files::FileError;
use camino::Utf8Path;
use clap::CommandFactory as _;
use clap_complete::Shell;
use std::process::ExitCode;

/// The name under which the program is installed.
const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), PROGRAM, &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the manual page of the program and of each command into a folder, which it makes.
pub(super) fn man(folder: &Utf8Path) -> Result<ExitCode, Failure> {
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder));
    written.map_err(|cause| FileError {
        action: "write the manual pages to",
        path: folder.to_owned(),
        cause,
    })?;
    Ok(ExitCode::SUCCESS)
}
