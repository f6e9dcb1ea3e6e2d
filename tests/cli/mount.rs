//! Folders that cannot be exchanged, on real file systems: they are published file by file, and the summary says so.
//!
//! Each mount lives in a namespace of its own, so that nothing is left of it. Not every machine allows that: `cargo xtask
//! test` runs these tests where it does. Other tests take the abilities of the file system away (`stories/crash.rs`).

use crate::support::program::{Folder, PROGRAM, ProgramOutput};
use std::process::Command;

const IN_PLACE: &str = "published file by file";

/// Two versions of a portal, `one` and `two`, beside an empty folder `parent/public`.
fn scene() -> Folder {
    let about = |edition: &str| format!("---\ntitle: About\n---\n{edition} edition.\n");
    let folder = Folder::new()
        .with("one/site.toml", "title = \"Sample\"\n")
        .with("one/content/pages/about.md", about("First"))
        .with("one/content/pages/gone.md", "---\ntitle: Gone\n---\n")
        .with("two/site.toml", "title = \"Sample\"\n")
        .with("two/content/pages/about.md", about("Second"));
    std::fs::create_dir_all(folder.path("parent/public")).unwrap();
    folder
}

/// What a script says that may mount what it wants.
fn mounting(scene: &Folder, script: &str) -> String {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-ec", script]);
    ProgramOutput::by(command.current_dir(scene.root()))
        .succeeded()
        .all()
}

/// After `mounts`, publishes both versions to `parent/public` and looks at it.
fn assert_published_in_place_on(mounts: &str) {
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
    let scene = scene();
    let said = mounting(&scene, &script);
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
    assert_published_in_place_on("mount -t tmpfs tmpfs parent/public");
}

#[test]
#[ignore = "needs to mount"]
fn an_output_that_is_another_folder_of_the_same_file_system_by_a_bind_mount() {
    assert_published_in_place_on("mkdir real && mount --bind real parent/public");
}

#[test]
#[ignore = "needs to mount"]
fn an_output_that_is_mounted_in_a_read_only_folder() {
    assert_published_in_place_on(
        "mount -t tmpfs tmpfs parent && mkdir parent/public
        mount -t tmpfs tmpfs parent/public && mount -o remount,ro parent",
    );
}

#[test]
fn an_output_in_a_folder_that_this_user_cannot_write() {
    let folder = scene();
    folder.give_away("parent/public");
    folder.allow("parent", 0o555);
    let build = |portal: &str| {
        let arguments = ["build", "--root", portal, "--out", "parent/public"];
        folder.run_held_back(&arguments).err
    };
    let said = [build("one"), build("two"), build("two")];
    folder.allow("parent", 0o755);
    assert!(
        folder
            .text("parent/public/about.html")
            .contains("Second edition.")
    );
    assert!(!folder.path("parent/public/gone.html").exists());
    for (said, expected) in said.iter().zip([IN_PLACE, IN_PLACE, "nothing changed"]) {
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(folder.names("parent"), ["public"]);
}

#[test]
#[ignore = "needs to mount"]
fn a_disk_that_is_full_is_one_error_and_leaves_the_old_site() {
    let scene = scene();
    let script = format!(
        "mount -t tmpfs -o size=8m tmpfs parent
        '{PROGRAM}' build --root one --out parent/site
        find parent/site -type f | sort | xargs cat | cksum > before
        cat /dev/zero > parent/filler 2> /dev/null || true
        code=0
        '{PROGRAM}' build --root two --out parent/site || code=$?
        echo \"code $code\"
        find parent/site -type f | sort | xargs cat | cksum > after
        cmp before after
        rm parent/filler
        '{PROGRAM}' build --root two --out parent/site
        grep edition parent/site/about.html"
    );
    let said = mounting(&scene, &script);
    assert!(said.contains("code 2"), "{said}");
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert!(said.contains("No space left on device"), "{said}");
    assert!(said.contains("Second edition."), "{said}");
}

#[test]
#[ignore = "needs to mount"]
fn a_disk_that_is_full_for_the_cache_does_not_keep_a_site_from_being_published() {
    let scene = scene();
    let script = format!(
        "mkdir -p one/.portolan
        mount -t tmpfs -o size=64k tmpfs one/.portolan
        cat /dev/zero > one/.portolan/filler || true
        '{PROGRAM}' build --root one --out parent/site --timings
        rm one/.portolan/filler
        cp -r two/content one
        '{PROGRAM}' build --root one --out parent/site
        grep edition parent/site/about.html"
    );
    let said = mounting(&scene, &script);
    assert!(said.contains("note: "), "{said}");
    assert!(said.contains("No space left on device"), "{said}");
    assert!(said.contains("Second edition."), "{said}");
}
