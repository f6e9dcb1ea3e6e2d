//! The folders of this workspace.

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

/// Where the benchmark writes its portals.
pub(crate) fn bench() -> PathBuf {
    binaries().with_file_name("bench")
}

/// Cargo, in the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root());
    cargo
}
