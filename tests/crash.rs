//! A publisher that is killed at any moment leaves the whole old site or the whole new one, and every kept entry.

#![expect(
    clippy::disallowed_methods,
    reason = "the test looks at the output folder"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its folder fails"
)]

use camino::{Utf8Path, Utf8PathBuf};
use portolan::files::SitePath;
use portolan::output::Output as _;
use portolan::output::publish::{MANIFEST, PublishError, Publisher};
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Texts by path, relative to a folder.
type Tree = BTreeMap<String, String>;

/// Tells a child of the test the folder to publish to.
const TARGET: &str = "PORTOLAN_TEST_PUBLISH_TO";

/// How long to go on killing.
const TIME: Duration = Duration::from_secs(5);

/// One of two sites: `shared.css` is linked from one to the other, some pages change and some come and go.
fn site(edition: &str) -> Tree {
    let mut site = Tree::from([("shared.css".to_owned(), "body {}".to_owned())]);
    for at in 0..4 {
        site.insert(format!("{edition}/{at}.html"), format!("{edition} {at}"));
        site.insert(format!("rulings/{at}.html"), format!("{edition} {at}"));
    }
    site
}

/// So many that a publisher is often killed while it moves them.
fn names_to_keep() -> Vec<String> {
    (0..300).map(|at| format!("note-{at}")).collect()
}

fn kept() -> Tree {
    let always = ["CNAME", ".gitignore", ".git/HEAD", ".git/objects/ab/c"];
    let paths = always.into_iter().map(str::to_owned);
    let paths = paths.chain(names_to_keep());
    paths.map(|path| (path.clone(), path)).collect()
}

fn publish(out: &Utf8Path, edition: &str) -> Result<(), PublishError> {
    let publisher = Publisher::begin(out, &names_to_keep())?;
    for (path, text) in site(edition) {
        let path = SitePath::try_from(path).expect("the test names valid paths");
        publisher.write(
            path,
            blake3::hash(text.as_bytes()),
            text.as_bytes().to_vec(),
        )?;
    }
    publisher.commit().map(drop)
}

fn read(root: &Utf8Path) -> Tree {
    fn visit(root: &Utf8Path, below: &Utf8Path, tree: &mut Tree) {
        let Ok(items) = root.join(below).read_dir_utf8() else {
            return;
        };
        for item in items {
            let path = below.join(item.unwrap().file_name());
            match fs::read_to_string(root.join(&path)) {
                Ok(text) => drop(tree.insert(path.into_string(), text)),
                Err(_) => visit(root, &path, tree),
            }
        }
    }
    let mut tree = Tree::new();
    visit(root, Utf8Path::new(""), &mut tree);
    tree.remove(MANIFEST);
    tree
}

/// Publishes both sites in turn, without end, in a process that the test below starts; does nothing otherwise.
#[test]
fn child_that_publishes_until_it_is_killed() {
    let Ok(out) = std::env::var(TARGET) else {
        return;
    };
    for edition in ["one", "two"].iter().cycle() {
        publish(Utf8Path::new(&out), edition).unwrap();
    }
}

#[test]
fn a_publisher_killed_at_any_moment_leaves_a_whole_site_and_every_kept_entry() {
    let temp = tempfile::tempdir().unwrap();
    let out = Utf8PathBuf::from_path_buf(temp.path().join("public")).unwrap();
    let work = out.with_file_name(".public.portolan");
    let kept = kept();
    publish(&out, "one").unwrap();
    for (path, text) in &kept {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), text).unwrap();
    }
    let started = Instant::now();
    let mut rounds = 0;
    while started.elapsed() < TIME {
        rounds += 1;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_publishes_until_it_is_killed"])
            .env(TARGET, &out)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Moments spread evenly over the first publishes of the child, in no order.
        let moment = Duration::from_micros(5_000 + rounds * 61_803 % 20_011);
        std::thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();

        let (there, site_there): (Tree, Tree) = read(&out)
            .into_iter()
            .partition(|(path, _)| kept.contains_key(path));
        assert!(
            site_there == site("one") || site_there == site("two"),
            "killed after {moment:?}: {site_there:?}"
        );
        assert_eq!(there, kept, "killed after {moment:?}");
    }
    publish(&out, "one").unwrap();
    let mut all = site("one");
    all.extend(kept);
    assert_eq!(read(&out), all);
    assert!(!work.exists());
}
