//! A small portal whose whole site is compared with the one that is committed.
//!
//! `SNAPSHOTS=overwrite` (`cargo xtask snapshots`) takes over what changed; read the diff before you commit it.

use crate::support::program::Folder;
use crate::support::site::{Files, difference, files_below, put};
use portolan::output::publish::MANIFEST;
use std::fs;
use std::path::Path;

/// A site without what has tests of its own and changes with every version: hashes, the index and its client. Assets are
/// files of the theme as they are.
fn compared(mut site: Files) -> Files {
    site.retain(|path, _| {
        let is_search = path.starts_with("search/") && path != "search/index.html";
        !is_search && !path.starts_with("assets/") && path != MANIFEST
    });
    site
}

#[test]
fn the_golden_portal_becomes_the_golden_site() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let (portal, expected) = (golden.join("portal"), golden.join("site"));
    let folder = Folder::new();
    let root = portal.to_str().unwrap();
    folder
        .run(&["build", "--root", root, "--out", "site"])
        .succeeded();
    let made = compared(folder.files("site"));
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        let _ = fs::remove_dir_all(&expected);
        for (path, bytes) in &made {
            put(expected.join(path), bytes);
        }
    }
    if let Some(difference) = difference(&made, &files_below(&expected)) {
        panic!("`cargo xtask snapshots` takes this over:\n{difference}");
    }
}
