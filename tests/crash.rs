//! A publish that is killed at any moment leaves the whole old site or the whole new one.

#![expect(
    clippy::disallowed_methods,
    reason = "the test looks at the output folder"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its folder fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

type Site = BTreeMap<PathBuf, Vec<u8>>;

/// Entries that a publish keeps; between two steps a killed run may have them in its working folder.
const KEPT: [&str; 2] = [".git", "CNAME"];

fn read(root: &Path, below: &Path, site: &mut Site) {
    let Ok(entries) = fs::read_dir(root.join(below)) else {
        return;
    };
    for entry in entries {
        let path = below.join(entry.unwrap().file_name());
        if KEPT.iter().any(|name| path.starts_with(name)) {
            continue;
        }
        match fs::read(root.join(&path)) {
            Ok(bytes) => drop(site.insert(path, bytes)),
            Err(_) => read(root, &path, site),
        }
    }
}

fn site(root: &Path) -> Site {
    let mut site = Site::new();
    read(root, Path::new(""), &mut site);
    site
}

fn portal(root: &Path, text: &str) {
    let folder = root.join("content/electronics/rulings");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.join("site.toml"), "title = \"Sample\"\n").unwrap();
    fs::write(
        root.join("content/electronics/index.md"),
        "---\nname: Electronics\nkind: industry\n---\n",
    )
    .unwrap();
    for at in 0..60 {
        // Half of the pages are the same in both portals, so that some are linked and some are written.
        let body = if at % 2 == 0 { text } else { "The same." };
        let text = format!(
            "---\nnumber: NY N{:06}\ntitle: T\ndate: 2018\n---\n{body}\n",
            100_000 + at
        );
        fs::write(folder.join(format!("{at}.md")), text).unwrap();
    }
}

fn build(root: &Path, out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_portolan"))
        .args(["build", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out)
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_publish_killed_at_any_moment_leaves_a_whole_site_and_every_kept_entry() {
    let temp = tempfile::tempdir().unwrap();
    let (one, two, out) = (
        temp.path().join("one"),
        temp.path().join("two"),
        temp.path().join("public"),
    );
    portal(&one, "One.");
    portal(&two, "Two.");
    let mut whole = Vec::new();
    let started = std::time::Instant::now();
    for (portal, name) in [(&one, "site-one"), (&two, "site-two")] {
        let folder = temp.path().join(name);
        assert!(build(portal, &folder).wait().unwrap().success());
        whole.push(site(&folder));
    }
    let typical = started.elapsed() / 2;
    assert_ne!(whole[0], whole[1]);

    assert!(build(&one, &out).wait().unwrap().success());
    fs::create_dir_all(out.join(".git")).unwrap();
    fs::write(out.join(".git/HEAD"), "ref").unwrap();
    fs::write(out.join("CNAME"), "portal.example").unwrap();
    let mut seen = [0, 0];
    for round in 0..60_u32 {
        let mut child = build(if round % 2 == 0 { &two } else { &one }, &out);
        // Moments spread over the run, most of them where files are staged and exchanged.
        std::thread::sleep(
            typical * (30 + round) / 75 + Duration::from_micros(u64::from(round * 37 % 101) * 20),
        );
        child.kill().unwrap();
        child.wait().unwrap();
        let now = site(&out);
        let which = whole.iter().position(|site| *site == now);
        seen[which.unwrap_or_else(|| {
            panic!("round {round}: the folder is neither the one site nor the other")
        })] += 1;
    }
    assert!(build(&one, &out).wait().unwrap().success());
    assert_eq!(site(&out), whole[0]);
    assert_eq!(fs::read_to_string(out.join(".git/HEAD")).unwrap(), "ref");
    assert_eq!(
        fs::read_to_string(out.join("CNAME")).unwrap(),
        "portal.example"
    );
    assert!(!temp.path().join(".public.portolan/stage").exists());
}

#[test]
fn a_mount_point_is_published_in_place() {
    let temp = tempfile::tempdir().unwrap();
    let (root, out) = (temp.path().join("one"), temp.path().join("public"));
    portal(&root, "One.");
    fs::create_dir_all(&out).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "tmpfs"])
        .arg(&out)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        // Only root may mount; the unit tests of the stage stand in for it.
        return;
    }
    let first = build(&root, &out).wait();
    portal(&root, "Two.");
    let second = build(&root, &out).wait();
    let published = site(&out);
    Command::new("umount").arg(&out).status().unwrap();
    assert!(first.unwrap().success() && second.unwrap().success());
    let page = &published[Path::new("rulings/n100000.html")];
    assert!(String::from_utf8_lossy(page).contains("Two."));
}
