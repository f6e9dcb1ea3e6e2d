//! Publishing: the folder is the whole old site or the whole new one, and what is kept stays.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the output folder"
)]

use camino::{Utf8Path, Utf8PathBuf};
use portolan::files::SitePath;
use portolan::publish::{Mode, PublishError, Publisher, Report};
use std::fs;
use std::os::unix::fs::MetadataExt;

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let temp = tempfile::tempdir().expect("a temporary folder can be made");
    let out = Utf8PathBuf::from_path_buf(temp.path().join("public")).expect("its name is UTF-8");
    (temp, out)
}

fn publish(out: &Utf8Path, files: &[(&str, &str)]) -> Result<Report, PublishError> {
    let publisher = Publisher::begin(out, &[])?;
    for (path, text) in files {
        let path = SitePath::try_from((*path).to_owned()).expect("the test names a valid path");
        publisher.write(path, blake3::hash(text.as_bytes()), text.as_bytes())?;
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
        (1, 1, 1, Mode::Whole)
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
fn a_publish_that_is_given_up_leaves_the_old_site() {
    let (_temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    let publisher = Publisher::begin(&out, &[]).unwrap();
    let path = SitePath::try_from("index.html".to_owned()).unwrap();
    publisher.write(path, blake3::hash(b"two"), b"two").unwrap();
    assert!(matches!(
        Publisher::begin(&out, &[]),
        Err(PublishError::Busy(_))
    ));
    drop(publisher);
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "one");
}

#[test]
fn what_a_killed_run_left_gives_kept_entries_back() {
    let (temp, out) = folder();
    publish(&out, &[("index.html", "one")]).unwrap();
    let stage = temp.path().join(".public.portolan/stage");
    fs::create_dir_all(&stage).unwrap();
    fs::write(stage.join("CNAME"), "portal.example").unwrap();
    fs::write(stage.join("index.html"), "old").unwrap();
    publish(&out, &[("index.html", "one")]).unwrap();
    assert_eq!(
        fs::read_to_string(out.join("CNAME")).unwrap(),
        "portal.example"
    );
    assert!(!stage.exists());
}
