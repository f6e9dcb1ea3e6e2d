//! What only a file system that refuses something shows: its abilities are taken away here.

use super::*;

fn publish(out: &Utf8Path, abilities: &Abilities, files: &[(&str, &str)]) -> Report {
    let publisher = Publisher::begin_with(out, &[], abilities.clone()).unwrap();
    for (path, text) in files {
        let path = SitePath::try_from((*path).to_owned()).unwrap();
        publisher
            .write(
                path,
                blake3::hash(text.as_bytes()),
                text.as_bytes().to_vec(),
            )
            .unwrap();
    }
    publisher.commit().unwrap()
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let out = Utf8PathBuf::from_path_buf(temp.path().join("public")).unwrap();
    (temp, out)
}

fn read(out: &Utf8Path, path: &str) -> String {
    fs::read_to_string(out.join(path)).unwrap()
}

#[test]
fn where_nothing_can_be_exchanged_files_are_replaced_and_the_report_says_so() {
    let (_temp, out) = folder();
    let abilities = Abilities {
        exchange: false,
        ..Abilities::default()
    };
    publish(
        &out,
        &abilities,
        &[("a.html", "1"), ("b.css", "1"), ("old/c.html", "1")],
    );
    fs::write(out.join("CNAME"), "kept").unwrap();
    let report = publish(
        &out,
        &abilities,
        &[("a.html", "2"), ("b.css", "1"), ("new/d.html", "1")],
    );
    assert_eq!(
        (report.mode, report.written, report.kept, report.removed),
        (Mode::InPlace, 2, 1, 1)
    );
    assert_eq!(
        (
            read(&out, "a.html"),
            read(&out, "new/d.html"),
            read(&out, "CNAME")
        ),
        ("2".into(), "1".into(), "kept".into())
    );
    assert!(!out.join("old").exists());
    assert_eq!(
        publish(
            &out,
            &abilities,
            &[("a.html", "2"), ("b.css", "1"), ("new/d.html", "1")]
        )
        .mode,
        Mode::Unchanged
    );
}

#[test]
fn where_links_are_refused_unchanged_files_are_copied() {
    let (_temp, out) = folder();
    let abilities = Abilities {
        hard_links: false,
        ..Abilities::default()
    };
    publish(&out, &abilities, &[("a.html", "1"), ("b.html", "1")]);
    let report = publish(&out, &abilities, &[("a.html", "2"), ("b.html", "1")]);
    assert_eq!((report.mode, report.written), (Mode::Atomic, 1));
    assert_eq!(
        (read(&out, "a.html"), read(&out, "b.html")),
        ("2".into(), "1".into())
    );
}

#[test]
fn an_interim_manifest_makes_the_next_run_write_what_was_on_the_way() {
    let (_temp, out) = folder();
    let abilities = Abilities {
        exchange: false,
        ..Abilities::default()
    };
    publish(&out, &abilities, &[("a.html", "old")]);
    // A killed run had put the new page in place, but not the last manifest.
    let previous = Manifest::read(&out).unwrap();
    let path = SitePath::try_from("a.html".to_owned()).unwrap();
    let interim = previous.interim(&[path].into());
    interim.write(&out).unwrap();
    fs::write(out.join("a.html"), "new").unwrap();
    let report = publish(&out, &abilities, &[("a.html", "old")]);
    assert_eq!((report.written, read(&out, "a.html")), (1, "old".into()));
}

#[test]
fn a_kept_entry_that_is_in_both_trees_is_never_deleted() {
    let (temp, out) = folder();
    let all = Abilities::default();
    publish(&out, &all, &[("a.html", "1")]);
    let stranded = temp.path().join(".public.portolan/swap/CNAME");
    fs::create_dir_all(stranded.parent().unwrap()).unwrap();
    fs::write(&stranded, "older").unwrap();
    fs::write(out.join("CNAME"), "newer").unwrap();
    let error = Publisher::begin(&out, &[]).unwrap_err();
    assert!(matches!(error, PublishError::Stranded { .. }), "{error}");
    assert_eq!(fs::read_to_string(stranded).unwrap(), "older");
    assert_eq!(read(&out, "CNAME"), "newer");
}

#[test]
fn in_place_a_file_gives_way_to_a_folder_of_its_name_and_back() {
    let (_temp, out) = folder();
    let abilities = Abilities {
        exchange: false,
        ..Abilities::default()
    };
    for files in [
        [("a", "file"), ("b/c/d.html", "page")],
        [("a/x.html", "page"), ("b", "file")],
        [("a", "file"), ("b/c/d.html", "page")],
    ] {
        assert_eq!(publish(&out, &abilities, &files).mode, Mode::InPlace);
        for (path, text) in files {
            assert_eq!(read(&out, path), text);
        }
    }
}
