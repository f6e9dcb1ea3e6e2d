//! Where the system lets the preview watch few folders, it looks at every file itself.

use crate::support::preview::{Preview, RULING, RULING_PAGE, portal, ruling};
use crate::support::program::PROGRAM;
use crate::support::site::put;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the preview where at most three folders may be watched.
fn with_few_watches(root: &Path) -> Preview {
    let limit = "echo 3 > /proc/sys/user/max_inotify_watches";
    let serve = format!("{limit} && exec \"$0\" serve --port 0 --root \"$1\"");
    let mut command = Command::new("unshare");
    command.args(["-Ur", "sh", "-c", &serve, PROGRAM]).arg(root);
    Preview::run(&mut command)
}

#[test]
#[ignore = "needs to limit the watches of a user"]
fn where_no_more_folders_can_be_watched_the_preview_says_so_once_and_looks_itself() {
    let (_temp, root) = portal();
    let preview = with_few_watches(&root);
    preview.says("fs.inotify.max_user_watches");
    for at in 0..5 {
        let name = format!("made-{at}");
        put(root.join("content/static").join(&name).join("a.txt"), &name);
        preview.shows(&format!("{name}/a.txt"), &name);
    }
    fs::write(root.join(RULING), ruling("Seen")).unwrap();
    preview.shows(RULING_PAGE, "Seen");
    assert_eq!(preview.said().matches("max_user_watches").count(), 1);
}

#[test]
#[ignore = "needs to limit the watches of a user"]
fn the_limit_can_be_reached_later() {
    let (_temp, root) = portal();
    // Watched are the root and the content; one more is left.
    fs::remove_dir_all(root.join("content/electronics")).unwrap();
    fs::write(root.join("content/.keep"), "").unwrap();
    let preview = with_few_watches(&root);
    assert!(!preview.said().contains("max_user_watches"));
    for name in ["one", "two", "three"] {
        put(root.join("content/static").join(name).join("a.txt"), name);
        preview.shows(&format!("{name}/a.txt"), name);
    }
    preview.says("fs.inotify.max_user_watches");
    assert_eq!(preview.said().matches("max_user_watches").count(), 1);
}
