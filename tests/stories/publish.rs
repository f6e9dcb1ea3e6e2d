//! Publishing: the folder is the whole old site or the whole new one, and what is kept stays.

use crate::support::site::{files_below, put};
use camino::{Utf8Path, Utf8PathBuf};
use portolan::files::SitePath;
use portolan::output::Output as _;
use portolan::output::publish::{MANIFEST, Mode, PublishError, Publisher, Report};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::sync::atomic::{AtomicBool, Ordering};

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let out = Utf8PathBuf::from_path_buf(temp.path().join("public")).expect("its name is UTF-8");
    (temp, out)
}

fn publish(out: &Utf8Path, files: &[(&str, &str)]) -> Result<Report, PublishError> {
    publish_keeping(out, &[], files)
}

fn publish_keeping(
    out: &Utf8Path,
    keep: &[String],
    files: &[(&str, &str)],
) -> Result<Report, PublishError> {
    let publisher = Publisher::begin(out, keep)?;
    for (path, text) in files {
        let path = SitePath::try_from((*path).to_owned()).expect("the test names a valid path");
        publisher.write(
            path,
            blake3::hash(text.as_bytes()),
            text.as_bytes().to_vec(),
        )?;
    }
    publisher.commit()
}

#[test]
fn a_second_publish_writes_what_changed_links_the_rest_and_removes_what_is_gone() {
    let (_temp, out) = folder();
    publish(
        &out,
        &[("index.html", "home"), ("a/b.html", "b"), ("old.html", "x")],
    )
    .unwrap();
    let inode = fs::metadata(out.join("index.html")).unwrap().ino();
    let report = publish(&out, &[("index.html", "home"), ("a/b.html", "b2")]).unwrap();
    assert_eq!(
        (report.written, report.kept, report.removed, report.mode),
        (1, 1, 1, Mode::Atomic)
    );
    assert_eq!(fs::metadata(out.join("index.html")).unwrap().ino(), inode);
    assert_eq!(fs::read_to_string(out.join("a/b.html")).unwrap(), "b2");
    assert!(!out.join("old.html").exists());
}

#[test]
fn an_unchanged_site_touches_nothing() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "home")]).unwrap();
    let before = fs::metadata(&out).unwrap();
    let report = publish(&out, &[("index.html", "home")]).unwrap();
    let after = fs::metadata(&out).unwrap();
    assert_eq!(report.mode, Mode::Unchanged);
    assert_eq!(
        (before.ino(), before.mtime_nsec()),
        (after.ino(), after.mtime_nsec())
    );
}

#[test]
fn kept_entries_survive_with_their_content() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    fs::create_dir_all(out.join(".git/objects")).unwrap();
    fs::write(out.join(".git/objects/x"), "object").unwrap();
    fs::write(out.join("CNAME"), "portal.example").unwrap();
    publish(&out, &[("index.html", "two")]).unwrap();
    assert_eq!(
        fs::read_to_string(out.join(".git/objects/x")).unwrap(),
        "object"
    );
    assert_eq!(
        fs::read_to_string(out.join("CNAME")).unwrap(),
        "portal.example"
    );
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "two");
}

/// What a reader, or another program, finds at each path while a site is published again and again.
#[test]
fn kept_entries_are_there_at_every_moment_of_a_publish() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "0")]).unwrap();
    let kept = [
        (".git/HEAD", "ref"),
        (".git/objects/ab/c", "object"),
        ("CNAME", "portal.example"),
    ];
    write(&out, &kept);
    std::os::unix::fs::symlink("CNAME", out.join(".gitignore")).unwrap();
    let inode = fs::metadata(out.join(".git")).unwrap().ino();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let mut looks = 0_u64;
            while !is_done.load(Ordering::Relaxed) {
                for (path, text) in kept {
                    let found = fs::read_to_string(out.join(path));
                    assert_eq!(found.ok().as_deref(), Some(text), "{path}");
                }
                looks += 1;
            }
            looks
        });
        for round in 0..200 {
            publish(&out, &[("index.html", &round.to_string())]).unwrap();
        }
        is_done.store(true, Ordering::Relaxed);
        assert!(looking.join().unwrap() > 0);
    });
    // A program that works in the folder goes on with the same one.
    assert_eq!(fs::metadata(out.join(".git")).unwrap().ino(), inode);
    assert!(
        out.join(".gitignore")
            .symlink_metadata()
            .unwrap()
            .is_symlink()
    );
    assert!(!out.with_file_name(".public.portolan").exists());
}

#[test]
fn a_publish_that_is_refused_or_given_up_leaves_nothing_behind() {
    let (temp, out) = folder();
    let deep = out.join("a/b");
    drop(Publisher::begin(&deep, &[]).unwrap());
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0);
    write(&out, &[("thesis.doc", "mine")]);
    publish(&out, &[("index.html", "x")]).unwrap_err();
    assert_eq!(files(Utf8Path::from_path(temp.path()).unwrap()).len(), 1);
}

#[test]
fn a_run_that_is_refused_does_not_take_the_lock_of_the_other_one_away() {
    let (_temp, out) = folder();
    let publisher = Publisher::begin(&out, &[]).unwrap();
    for _ in 0..2 {
        let refused = Publisher::begin(&out, &[]);
        assert!(matches!(refused, Err(PublishError::Busy(_))));
    }
    let path = SitePath::try_from("index.html".to_owned()).unwrap();
    publisher
        .write(path, blake3::hash(b"x"), b"x".to_vec())
        .unwrap();
    publisher.commit().unwrap();
    assert!(!out.with_file_name(".public.portolan").exists());
}

#[test]
fn a_folder_with_foreign_files_is_refused_and_stays_as_it_is() {
    let (_temp, out) = folder();
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("thesis.doc"), "mine").unwrap();
    let error = publish(&out, &[("index.html", "x")]).unwrap_err();
    assert!(
        matches!(&error, PublishError::Foreign { count: 1, some, .. } if some == &["thesis.doc"])
    );
    assert_eq!(fs::read_to_string(out.join("thesis.doc")).unwrap(), "mine");
    assert!(!out.join("index.html").exists());
}

#[test]
fn of_many_foreign_files_the_first_are_named_and_the_others_counted() {
    let (_temp, out) = folder();
    let names: Vec<String> = (10..25).map(|at| format!("{at}.doc")).collect();
    for name in &names {
        write(&out, &[(name, "mine")]);
    }
    let error = publish(&out, &[("index.html", "x")])
        .unwrap_err()
        .to_string();
    assert!(error.contains("18.doc, 19.doc and 5 more"), "{error}");
}

#[test]
fn a_publish_that_is_given_up_leaves_the_old_site() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    let publisher = Publisher::begin(&out, &[]).unwrap();
    let path = SitePath::try_from("index.html".to_owned()).unwrap();
    publisher
        .write(path, blake3::hash(b"two"), b"two".to_vec())
        .unwrap();
    assert!(matches!(
        Publisher::begin(&out, &[]),
        Err(PublishError::Busy(_))
    ));
    drop(publisher);
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "one");
}

/// Every file below a folder with its text.
fn files(root: &Utf8Path) -> BTreeMap<String, String> {
    let files = files_below(root.as_std_path()).into_iter();
    files
        .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}

fn write(root: &Utf8Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        put(root.join(path), text);
    }
}

#[test]
fn what_site_toml_keeps_stays_be_it_a_file_or_a_folder() {
    let (_temp, out) = folder();
    let keep = ["notes".to_owned(), "verify.txt".to_owned()];
    publish_keeping(&out, &keep, &[("index.html", "one")]).unwrap();
    let kept = [("notes/deep/a.txt", "a"), ("verify.txt", "token")];
    write(&out, &kept);
    for text in ["two", "three"] {
        publish_keeping(&out, &keep, &[("index.html", text)]).unwrap();
        for (path, text) in kept {
            assert_eq!(fs::read_to_string(out.join(path)).unwrap(), text);
        }
    }
}

#[test]
fn what_is_no_longer_kept_is_foreign_and_not_deleted() {
    let (_temp, out) = folder();
    let keep = ["notes".to_owned()];
    publish_keeping(&out, &keep, &[("index.html", "one")]).unwrap();
    write(&out, &[("notes/a.txt", "a")]);
    let error = publish(&out, &[("index.html", "two")]).unwrap_err();
    assert!(
        matches!(error, PublishError::Foreign { count: 1, .. }),
        "{error}"
    );
    assert_eq!(fs::read_to_string(out.join("notes/a.txt")).unwrap(), "a");
}

#[test]
fn a_folder_of_the_site_that_is_to_be_kept_is_still_looked_into() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one"), ("notes/page.html", "page")]).unwrap();
    write(&out, &[("notes/mine.txt", "mine")]);
    let error = publish_keeping(&out, &["notes".to_owned()], &[("index.html", "two")]).unwrap_err();
    let PublishError::Foreign { some, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(some, ["notes/mine.txt"]);
}

#[test]
fn a_file_of_the_site_cannot_have_the_name_of_what_is_kept() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    write(&out, &[("CNAME", "by.hand")]);
    let before = files(&out);
    for (path, keep) in [
        (".git/config", ""),
        ("CNAME", ""),
        ("notes/a.html", "notes"),
        (MANIFEST, ""),
    ] {
        let error = publish_keeping(&out, &[keep.to_owned()], &[(path, "x")]).unwrap_err();
        assert!(
            matches!(error, PublishError::Kept { .. }),
            "{path}: {error}"
        );
    }
    assert_eq!(files(&out), before);
}

#[test]
fn a_file_named_cname_can_be_the_site_s_own() {
    let (_temp, out) = folder();
    for name in ["one.example", "two.example"] {
        publish(&out, &[("index.html", "home"), ("CNAME", name)]).unwrap();
        assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), name);
    }
    publish(&out, &[("index.html", "home")]).unwrap();
    assert!(!out.join("CNAME").exists());
}

#[test]
fn two_files_of_one_path_publish_nothing() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    let error = publish(&out, &[("index.html", "two"), ("index.html", "three")]).unwrap_err();
    assert!(matches!(error, PublishError::Twice(_)), "{error}");
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "one");
}

#[test]
fn a_link_to_a_folder_stays_a_link_and_the_folder_is_published() {
    let (temp, out) = folder();
    let real = Utf8Path::from_path(temp.path()).unwrap().join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &out).unwrap();
    for text in ["one", "two"] {
        let report = publish(&out, &[("index.html", text)]).unwrap();
        assert_eq!(report.mode, Mode::Atomic);
        assert_eq!(fs::read_to_string(real.join("index.html")).unwrap(), text);
    }
    assert!(out.symlink_metadata().unwrap().is_symlink());
}

#[test]
fn the_folder_s_permissions_stay() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o750)).unwrap();
    publish(&out, &[("index.html", "two")]).unwrap();
    assert_eq!(fs::metadata(&out).unwrap().mode() & 0o7777, 0o750);
}

#[test]
fn an_output_that_is_a_file_is_an_error_that_names_it() {
    let (_temp, out) = folder();
    fs::write(&out, "a file").unwrap();
    let error = publish(&out, &[("index.html", "x")]).unwrap_err();
    assert!(error.to_string().contains(out.as_str()), "{error}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "a file");
}

/// The trees that a run can leave when it is killed between two steps, each made by hand.
mod a_killed_run {
    use super::*;

    const OLD: &[(&str, &str)] = &[("index.html", "old"), ("same.html", "same")];
    const NEW: &[(&str, &str)] = &[("index.html", "new"), ("same.html", "same")];

    struct Left {
        _temp: tempfile::TempDir,
        out: Utf8PathBuf,
        work: Utf8PathBuf,
    }

    /// An old site with kept entries.
    fn old() -> Left {
        let (temp, out) = folder();
        publish(&out, OLD).unwrap();
        write(&out, &[(".git/HEAD", "ref"), ("CNAME", "portal.example")]);
        let work = out.with_file_name(".public.portolan");
        fs::create_dir(&work).unwrap();
        Left {
            _temp: temp,
            out,
            work,
        }
    }

    /// The old site in `swap` and the new one published, as after the exchange.
    fn exchanged() -> Left {
        let left = old();
        let (swap, new) = (left.work.join("swap"), left.out.with_file_name("new"));
        publish(&new, NEW).unwrap();
        fs::rename(&left.out, swap).unwrap();
        fs::rename(new, &left.out).unwrap();
        left
    }

    /// The next run publishes, has every kept entry, and leaves nothing beside the output.
    fn recovers(left: &Left) {
        publish(&left.out, NEW).unwrap();
        let mut expected: BTreeMap<_, _> = NEW
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        expected.insert(".git/HEAD".into(), "ref".into());
        expected.insert("CNAME".into(), "portal.example".into());
        let mut found = files(&left.out);
        found.remove(MANIFEST);
        assert_eq!(found, expected);
        assert!(!left.work.exists());
    }

    #[test]
    fn while_it_staged() {
        let left = old();
        write(&left.work, &[("stage/index.html", "ne")]);
        recovers(&left);
    }

    #[test]
    fn with_a_new_tree_that_has_a_file_named_like_a_kept_one() {
        let left = old();
        write(&left.work, &[("stage/CNAME", "never.published")]);
        recovers(&left);
    }

    #[test]
    fn before_the_exchange() {
        let left = old();
        let new = left.out.with_file_name("new");
        publish(&new, NEW).unwrap();
        fs::rename(new, left.work.join("swap")).unwrap();
        recovers(&left);
    }

    #[test]
    fn after_the_exchange() {
        recovers(&exchanged());
    }

    #[test]
    fn after_the_exchange_and_site_toml_no_longer_keeps_what_it_kept() {
        let left = exchanged();
        write(&left.work, &[("swap/notes/a.txt", "a")]);
        let error = publish(&left.out, NEW).unwrap_err();
        assert!(matches!(error, PublishError::Foreign { .. }), "{error}");
        fs::remove_dir_all(left.out.join("notes")).unwrap();
        recovers(&left);
    }

    #[test]
    fn after_the_exchange_with_the_twins_of_kept_entries_in_the_new_site() {
        let left = exchanged();
        write(
            &left.out,
            &[(".git/HEAD", "ref"), ("CNAME", "portal.example")],
        );
        recovers(&left);
    }

    #[test]
    fn and_what_was_kept_changed_since_then() {
        let left = exchanged();
        write(
            &left.out,
            &[(".git/HEAD", "since then"), ("CNAME", "portal.example")],
        );
        let error = publish(&left.out, NEW).unwrap_err();
        assert!(matches!(error, PublishError::Stranded { .. }), "{error}");
        let read = |path: Utf8PathBuf| fs::read_to_string(path.join(".git/HEAD")).unwrap();
        assert_eq!(read(left.out.clone()), "since then");
        assert_eq!(read(left.work.join("swap")), "ref");
    }

    #[test]
    fn while_kept_entries_were_moved() {
        let left = exchanged();
        fs::rename(left.work.join("swap/.git"), left.out.join(".git")).unwrap();
        recovers(&left);
    }

    #[test]
    fn while_the_old_tree_was_deleted() {
        let left = exchanged();
        for name in [".git", "CNAME"] {
            fs::rename(left.work.join("swap").join(name), left.out.join(name)).unwrap();
        }
        fs::rename(left.work.join("swap"), left.work.join("stage")).unwrap();
        fs::remove_file(left.work.join("stage").join(MANIFEST)).unwrap();
        recovers(&left);
    }

    #[test]
    fn and_a_kept_entry_of_the_same_name_made_since_then() {
        let left = exchanged();
        write(&left.out, &[("CNAME", "since.then")]);
        for _ in 0..2 {
            let error = publish(&left.out, NEW).unwrap_err();
            assert!(matches!(error, PublishError::Stranded { .. }), "{error}");
        }
        fs::remove_file(left.out.join("CNAME")).unwrap();
        recovers(&left);
    }
}

#[test]
fn a_publish_that_fails_after_the_exchange_deletes_nothing_that_is_kept() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    let publisher = Publisher::begin(&out, &[]).unwrap();
    for path in ["index.html", "notes/page.html"] {
        let path = SitePath::try_from(path.to_owned()).unwrap();
        publisher
            .write(path, blake3::hash(b"two"), b"two".to_vec())
            .unwrap();
    }
    write(&out, &[("notes/mine.txt", "made while the site was built")]);
    let error = publisher.commit().unwrap_err();
    let PublishError::Stranded { entry, .. } = error else {
        panic!("{error}");
    };
    assert!(entry.join("mine.txt").exists());
    assert!(publish(&out, &[("index.html", "three")]).is_err());
    assert!(entry.join("mine.txt").exists());
}
