//! Folders that cannot be exchanged, on real file systems: they are published in place, and the summary says so.
//!
//! Each mount lives in a namespace of its own, so that nothing is left of it. Not every machine allows that: `cargo xtask
//! test` runs these tests where it does. Other tests take the abilities of the file system away (`stories/crash.rs`).

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_portolan");
const IN_PLACE: &str = "published in place";

/// A user who owns nothing, whom permissions hold back.
const NOBODY: u32 = 65534;

fn portal(root: &Path, body: &str) {
    let folder = root.join("content/pages");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.join("site.toml"), "title = \"Sample\"\n").unwrap();
    let page = format!("---\ntitle: About\n---\n{body}\n");
    fs::write(folder.join("about.md"), page).unwrap();
    fs::write(folder.join("gone.md"), "---\ntitle: Gone\n---\n").unwrap();
}

/// Two versions of a portal, `one` and `two`, beside an empty folder `parent/public`.
fn scene() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    portal(&temp.path().join("one"), "First edition.");
    portal(&temp.path().join("two"), "Second edition.");
    fs::remove_file(temp.path().join("two/content/pages/gone.md")).unwrap();
    fs::create_dir_all(temp.path().join("parent/public")).unwrap();
    temp
}

/// After `mounts`, publishes both versions to `parent/public` and looks at it.
fn publish_on(mounts: &str) -> String {
    let temp = scene();
    let script = format!(
        "{mounts}
        '{PROGRAM}' build --root one --out parent/public
        mkdir parent/public/.git && echo ref > parent/public/.git/HEAD
        '{PROGRAM}' build --root two --out parent/public
        grep edition parent/public/about.html
        cat parent/public/.git/HEAD
        '{PROGRAM}' build --root two --out parent/public
        find parent -name '*gone*' -o -name stage -o -name swap -o -name '*.portolan-new'"
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-ec", &script])
        .current_dir(temp.path())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

fn assert_published_in_place(said: &str) {
    assert_eq!(said.matches(IN_PLACE).count(), 2, "{said}");
    assert_eq!(said.matches("nothing changed").count(), 1, "{said}");
    for text in ["Second edition.", "ref\n"] {
        assert!(said.contains(text), "{text}: {said}");
    }
    for left in ["gone", "/stage", "/swap", ".portolan-new", "First edition."] {
        assert!(!said.contains(left), "{left}: {said}");
    }
}

#[test]
#[ignore = "needs to mount"]
fn an_output_that_is_a_file_system_of_its_own() {
    assert_published_in_place(&publish_on("mount -t tmpfs tmpfs parent/public"));
}

#[test]
#[ignore = "needs to mount"]
fn an_output_that_is_another_folder_of_the_same_file_system_by_a_bind_mount() {
    assert_published_in_place(&publish_on("mkdir real && mount --bind real parent/public"));
}

#[test]
#[ignore = "needs to mount"]
fn an_output_that_is_mounted_in_a_read_only_folder() {
    let mounts = "mount -t tmpfs tmpfs parent && mkdir parent/public
        mount -t tmpfs tmpfs parent/public && mount -o remount,ro parent";
    assert_published_in_place(&publish_on(mounts));
}

#[test]
fn an_output_in_a_folder_that_this_user_cannot_write() {
    let temp = scene();
    let parent = temp.path().join("parent");
    let program = temp.path().join("portolan");
    fs::copy(PROGRAM, &program).unwrap();
    let is_root = fs::metadata(temp.path()).unwrap().uid() == 0;
    if is_root {
        std::os::unix::fs::chown(parent.join("public"), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let allow = |folder: &Path, mode| {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(temp.path(), 0o755);
    allow(&parent, 0o555);
    let build = |portal: &str| {
        let mut command = Command::new(&program);
        command.current_dir(temp.path());
        command.args(["build", "--root", portal, "--out", "parent/public"]);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        String::from_utf8_lossy(&command.output().unwrap().stderr).into_owned()
    };
    let said = [build("one"), build("two"), build("two")];
    allow(&parent, 0o755);
    let page = fs::read_to_string(parent.join("public/about.html")).unwrap();
    assert!(page.contains("Second edition."));
    assert!(!parent.join("public/gone.html").exists());
    for (said, expected) in said.iter().zip([IN_PLACE, IN_PLACE, "nothing changed"]) {
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(fs::read_dir(parent).unwrap().count(), 1);
}
