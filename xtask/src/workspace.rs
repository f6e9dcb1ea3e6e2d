//! The folders of this workspace.

use crate::failure::Failure;
use crate::shell;
use crate::steps::step;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is a folder of the workspace")
}

/// The folder with the binaries of the profile in which this one was built.
pub(crate) fn binaries() -> PathBuf {
    let this = std::env::current_exe().expect("the system tells where a running program lies");
    this.parent()
        .expect("a program lies in a folder")
        .to_owned()
}

/// Where the developer's tools are installed: beside the build, so that `cargo clean` removes both.
pub(crate) fn tools() -> PathBuf {
    binaries().with_file_name("tools")
}

/// Where the benchmarks write their portals.
pub(crate) fn bench() -> PathBuf {
    binaries().with_file_name("bench")
}

/// Cargo, in the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root());
    for name in variables_of_this_package(std::env::vars_os().map(|(name, _)| name)) {
        cargo.env_remove(name);
    }
    cargo
}

/// Builds tests and programs in one call: built apart, dependencies would be compiled for two sets of features.
pub(crate) fn build() -> Result<(), Failure> {
    shell::run(cargo().args(["build", "--workspace", "--bins", "--tests"]))
}

/// Builds the program as users get it.
pub(crate) fn release() -> Result<PathBuf, Failure> {
    step("release build", || {
        shell::run(cargo().args(["build", "--release", "--package", "portolan"]))
    })?;
    Ok(binaries().with_file_name("release").join("portolan"))
}

/// What Cargo tells a program that it runs of the program's own package. Build scripts that watch these variables (ring's) would
/// run again, and all that depends on them be compiled again, whenever Cargo is called by turns from here and from a shell.
fn variables_of_this_package(
    names: impl IntoIterator<Item = OsString>,
) -> impl Iterator<Item = OsString> {
    names.into_iter().filter(|name| {
        name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tells_of_this_package_is_kept_from_cargo() {
        let names = [
            "CARGO_PKG_NAME",
            "CARGO_MANIFEST_DIR",
            "CARGO_TARGET_DIR",
            "CARGO_PROFILE_DEV_DEBUG",
            "PATH",
        ]
        .map(OsString::from);
        let removed: Vec<OsString> = variables_of_this_package(names).collect();
        assert_eq!(removed, ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"]);
    }
}
