//! Where a site may be published, and what a build that fails leaves: the real program over small portals.

use crate::support::program::{Folder, ProgramOutput};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A portal in `portal/` of a temporary folder.
fn portal() -> Folder {
    let folder = Folder::new()
        .with("portal/site.toml", "title = \"Sample\"\n")
        .with(
            "portal/content/pages/about.md",
            "---\ntitle: About\n---\nFirst edition.\n",
        );
    fs::create_dir_all(folder.path("portal/content/static")).unwrap();
    folder
}

fn build(folder: &Folder, out: &str) -> ProgramOutput {
    folder.run(&["build", "--root", "portal", "--out", out])
}

/// Every path below a folder.
fn paths(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.symlink_metadata().unwrap().is_dir() {
            found.extend(paths(&path));
        }
        found.insert(path);
    }
    found
}

#[test]
fn an_output_among_the_portal_s_own_files_is_refused_before_anything_is_touched() {
    let folder = portal();
    std::os::unix::fs::symlink("content", folder.path("portal/link")).unwrap();
    let before = paths(folder.root());
    for out in [
        "portal/content/static/out",
        "portal/content/static",
        "portal/content/out",
        "portal/content/data",
        "portal/content",
        "portal/themes",
        "portal/themes/mine/static",
        "portal/.git/site",
        "portal/link/static/out",
        "portal/new/../content/out",
        "portal",
        ".",
    ] {
        let said = build(&folder, out);
        assert_eq!(said.code, Some(2), "{out}: {said:?}");
        assert!(said.err.contains("cannot publish to"), "{out}: {said:?}");
        assert!(said.err.contains("--out"), "{out}: {said:?}");
        assert_eq!(paths(folder.root()), before, "{out}");
    }
    for out in ["portal/public", "portal/contents", "site/deep"] {
        let said = build(&folder, out);
        assert_eq!(said.code, Some(0), "{out}: {said:?}");
    }
}

#[test]
fn a_build_with_errors_leaves_nothing_behind() {
    let folder = portal().with(
        "portal/content/pages/broken.md",
        "---\ntitel: Broken\n---\n", // spelling: on purpose
    );
    let before = paths(folder.root());
    let said = build(&folder, "new/site");
    assert_eq!(said.code, Some(1), "{said:?}");
    // What was read is remembered, so that the next build reads what is corrected.
    let mut after = paths(folder.root());
    let cache = folder.path("portal/.portolan");
    after.retain(|path| !path.starts_with(&cache));
    assert_eq!(after, before);
}

#[test]
fn a_published_portal_has_no_working_folder_beside_it() {
    let folder = portal();
    for _ in 0..2 {
        build(&folder, "site").succeeded();
        assert_eq!(folder.names(""), ["portal", "site"]);
    }
}

/// A folder or a part of it that may not be written stops one build, and none of those after it is allowed again.
#[test]
fn a_read_only_output_folder_does_not_stop_later_builds() {
    let folder = portal();
    fs::create_dir(folder.path("parent")).unwrap();
    folder.give_away("parent");
    let build = |edition: &str| {
        folder.put(
            "portal/content/pages/about.md",
            format!("---\ntitle: About\n---\n{edition} edition.\n"),
        );
        folder.run_held_back(&["build", "--root", "portal", "--out", "parent/site"])
    };
    build("First").succeeded();
    folder.allow("parent/site", 0o555);
    let said = build("Second");
    assert_eq!(said.code, Some(2), "{said:?}");
    assert_eq!(folder.names("parent"), ["site"]);
    folder.allow("parent/site", 0o755);
    build("Third").succeeded();
    // A folder of the old site that nothing may be taken out of.
    folder.allow("parent/site/search", 0o555);
    build("Fourth").succeeded();
    assert!(
        folder
            .text("parent/site/about.html")
            .contains("Fourth edition.")
    );
    assert_eq!(folder.names("parent"), ["site"]);
}
