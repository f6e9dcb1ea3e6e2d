//! A publish that stops before any of its changes of the disk, or that fails at one, leaves the old site or the new one,
//! complete, and every kept entry. The next publish gives the new one.

use crate::support::faults::{DiskSnapshots, refusing};
use crate::support::site::{Files, copy_all, difference, files_below, put, utf8};
use camino::Utf8PathBuf;
use portolan::files::SitePath;
use portolan::output::Output as _;
use portolan::output::publish::{Abilities, MANIFEST, Point, PublishError, Publisher, Report};
use std::collections::BTreeSet;
use std::path::Path;
use tempfile::TempDir;

/// One of two sites: `shared.css` is linked from one to the other, some pages change and some come and go, and so do a file
/// and a folder of one name.
fn site(edition: &str) -> Files {
    let other = if edition == "one" {
        "gate"
    } else {
        "gate/page.html"
    };
    let mut paths = vec!["shared.css".to_owned(), other.to_owned()];
    for at in 0..3 {
        paths.push(format!("{edition}/{at}.html"));
        paths.push(format!("rulings/{at}.html"));
    }
    let text = |path: &String| match path.as_str() {
        "shared.css" => "body {}".to_owned(),
        path => format!("{edition} {path}"),
    };
    paths
        .iter()
        .map(|path| (path.clone(), text(path).into_bytes()))
        .collect()
}

fn kept() -> Files {
    let paths = [
        "CNAME",
        ".gitignore",
        ".git/HEAD",
        ".git/objects/ab/c",
        "notes/a",
    ];
    paths
        .map(|path| (path.to_owned(), path.as_bytes().to_vec()))
        .into()
}

/// The file systems there are, and a site that has a spare tree.
fn file_systems() -> [Abilities; 4] {
    let all = Abilities::default;
    [
        all(),
        Abilities {
            spare_from: 0,
            ..all()
        },
        Abilities {
            hard_links: false,
            ..all()
        },
        Abilities {
            exchange: false,
            ..all()
        },
    ]
}

fn out(folder: &Path) -> Utf8PathBuf {
    utf8(folder).join("public")
}

fn publish(folder: &Path, edition: &str, abilities: Abilities) -> Result<Report, PublishError> {
    let publisher = Publisher::begin_with(&out(folder), &["notes".to_owned()], abilities)?;
    for (path, bytes) in site(edition) {
        let path = SitePath::try_from(path).expect("the test names valid paths");
        publisher.write(path, blake3::hash(&bytes), bytes)?;
    }
    publisher.commit()
}

/// A folder with the first site and kept entries in its `public/`; the site before it was the second.
fn published(abilities: &Abilities) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for edition in ["two", "one"] {
        publish(folder.path(), edition, abilities.clone()).unwrap();
    }
    for (path, text) in kept() {
        put(out(folder.path()).join(path), text);
    }
    folder
}

/// Asserts that the folder has one of both sites; where files are replaced one by one, each file is of one of them.
fn assert_sound(folder: &Path, abilities: &Abilities, when: &str) {
    let mut found = files_below(out(folder).as_std_path());
    for (path, text) in kept() {
        assert_eq!(found.remove(&path), Some(text), "{path} {when}");
    }
    found.retain(|path, _| path != MANIFEST && !path.starts_with(".portolan-work/"));
    let (old, new) = (site("one"), site("two"));
    if abilities.exchange {
        assert!(found == old || found == new, "{when}: {:?}", found.keys());
        return;
    }
    for (path, text) in found {
        let is_known = old.get(&path) == Some(&text) || new.get(&path) == Some(&text);
        assert!(is_known, "{path} {when}");
    }
}

/// The folder before a publish, and the files that a publish without faults leaves.
struct Baseline {
    before: TempDir,
    after: Files,
}

impl Baseline {
    fn new(abilities: &Abilities) -> Self {
        let (before, after) = (published(abilities), published(abilities));
        publish(after.path(), "two", abilities.clone()).unwrap();
        Self {
            after: files_below(after.path()),
            before,
        }
    }

    /// A copy of the folder with the first site.
    fn again(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        copy_all(self.before.path(), folder.path());
        folder
    }

    /// Publishes the second site, and copies the folder before each change of the disk.
    fn stops(folder: &Path, abilities: &Abilities) -> Vec<(Point, TempDir)> {
        let (watched, stops) = DiskSnapshots::watch(abilities, folder.to_path_buf());
        publish(folder, "two", watched).unwrap();
        stops.take()
    }

    /// Asserts that a folder has a site, and that the next publish gives what one without faults gives and nothing else.
    fn assert_recovers(&self, folder: &Path, abilities: &Abilities, when: &str) {
        assert_sound(folder, abilities, when);
        let next = publish(folder, "two", abilities.clone());
        next.unwrap_or_else(|error| panic!("{when}: {error}"));
        let difference = difference(&files_below(folder), &self.after);
        assert_eq!(difference, None, "{when}");
    }
}

#[test]
fn a_machine_that_stops_before_any_change_leaves_a_site_and_every_kept_entry() {
    let mut reached = BTreeSet::new();
    for abilities in file_systems() {
        let baseline = Baseline::new(&abilities);
        let folder = baseline.again();
        let stops = Baseline::stops(folder.path(), &abilities);
        for (at, (point, copy)) in stops.into_iter().enumerate() {
            let when = format!("stopped before change {at}, {point:?}, with {abilities:?}");
            baseline.assert_recovers(copy.path(), &abilities, &when);
            reached.insert(point);
        }
    }
    assert_eq!(reached, Point::ALL.into(), "a point that is never reached");
}

#[test]
fn a_recovery_that_is_stopped_is_taken_up_by_the_next() {
    for abilities in file_systems() {
        let baseline = Baseline::new(&abilities);
        let folder = baseline.again();
        for (point, copy) in Baseline::stops(folder.path(), &abilities) {
            // Elsewhere there is nothing to recover.
            if !copy.path().join(".public.portolan/swap").exists() {
                continue;
            }
            // Recovery comes first; what follows is the publish of the test above.
            let again = Baseline::stops(copy.path(), &abilities).into_iter();
            for (second, copy) in again.take(6) {
                let when = format!("stopped at {point:?}, then at {second:?}, with {abilities:?}");
                baseline.assert_recovers(copy.path(), &abilities, &when);
            }
        }
    }
}

#[test]
fn a_change_that_is_refused_leaves_a_site_and_every_kept_entry() {
    for abilities in file_systems() {
        let baseline = Baseline::new(&abilities);
        for at in 0.. {
            let folder = baseline.again();
            let refused = publish(folder.path(), "two", refusing(&abilities, at));
            let when = format!("refused change {at} with {abilities:?}");
            baseline.assert_recovers(folder.path(), &abilities, &when);
            if refused.is_ok() {
                assert!(at > 20, "only {at} changes of the disk have a point");
                break;
            }
        }
    }
}
