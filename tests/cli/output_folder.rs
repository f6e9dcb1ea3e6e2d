//! Where a site may be published, and what a build that fails leaves: the real program over small portals.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_portolan");

/// A user whom permissions hold back.
const NOBODY: u32 = 65534;

/// A portal in `portal/` of a temporary folder.
fn portal() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("portal");
    fs::create_dir_all(root.join("content/pages")).unwrap();
    fs::create_dir_all(root.join("content/static")).unwrap();
    fs::write(root.join("site.toml"), "title = \"Sample\"\n").unwrap();
    fs::write(
        root.join("content/pages/about.md"),
        "---\ntitle: About\n---\nFirst edition.\n",
    )
    .unwrap();
    temp
}

fn build(folder: &Path, out: &str) -> Output {
    Command::new(PROGRAM)
        .current_dir(folder)
        .args(["build", "--root", "portal", "--out", out])
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
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
    let temp = portal();
    std::os::unix::fs::symlink("content", temp.path().join("portal/link")).unwrap();
    let before = paths(temp.path());
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
        let output = build(temp.path(), out);
        assert_eq!(output.status.code(), Some(2), "{out}: {}", said(&output));
        let text = said(&output);
        assert!(text.contains("cannot publish to"), "{out}: {text}");
        assert!(text.contains("--out"), "{out}: {text}");
        assert_eq!(paths(temp.path()), before, "{out}");
    }
    for out in ["portal/public", "portal/contents", "site/deep"] {
        let output = build(temp.path(), out);
        assert_eq!(output.status.code(), Some(0), "{out}: {}", said(&output));
    }
}

#[test]
fn a_build_with_errors_leaves_nothing_behind() {
    let temp = portal();
    fs::write(
        temp.path().join("portal/content/pages/broken.md"),
        "---\ntitel: Broken\n---\n",
    )
    .unwrap();
    let before = paths(temp.path());
    let output = build(temp.path(), "new/site");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(paths(temp.path()), before);
}

#[test]
fn a_published_portal_has_no_working_folder_beside_it() {
    let temp = portal();
    for _ in 0..2 {
        assert!(build(temp.path(), "site").status.success());
        let names: BTreeSet<_> = fs::read_dir(temp.path())
            .unwrap()
            .map(|item| item.unwrap().file_name())
            .collect();
        assert_eq!(names, BTreeSet::from(["portal".into(), "site".into()]));
    }
}

/// A folder or a part of it that may not be written stops one build, and none of those after it is allowed again.
#[test]
fn a_read_only_output_folder_does_not_stop_later_builds() {
    let temp = portal();
    let program = temp.path().join("portolan");
    fs::copy(PROGRAM, &program).unwrap();
    let is_root = fs::metadata(temp.path()).unwrap().uid() == 0;
    let parent = temp.path().join("parent");
    fs::create_dir(&parent).unwrap();
    if is_root {
        std::os::unix::fs::chown(&parent, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let allow = |folder: &Path, mode| {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(temp.path(), 0o755);
    let build = |edition: &str| {
        fs::write(
            temp.path().join("portal/content/pages/about.md"),
            format!("---\ntitle: About\n---\n{edition} edition.\n"),
        )
        .unwrap();
        let mut command = Command::new(&program);
        command.current_dir(temp.path());
        command.args(["build", "--root", "portal", "--out", "parent/site"]);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    };
    let site = parent.join("site");
    assert!(build("First").status.success());
    allow(&site, 0o555);
    let output = build("Second");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(fs::read_dir(&parent).unwrap().count(), 1);
    allow(&site, 0o755);
    let output = build("Third");
    assert!(output.status.success(), "{}", said(&output));
    // A folder of the old site that nothing may be taken out of.
    allow(&site.join("search"), 0o555);
    let output = build("Fourth");
    assert!(output.status.success(), "{}", said(&output));
    let page = fs::read_to_string(site.join("about.html")).unwrap();
    assert!(page.contains("Fourth edition."));
    assert_eq!(fs::read_dir(&parent).unwrap().count(), 1);
}
