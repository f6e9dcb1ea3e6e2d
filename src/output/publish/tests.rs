//! What only a file system that refuses something shows: its abilities are taken away here.

use super::*;
use proptest::prelude::*;
use std::os::unix::fs::MetadataExt as _;

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

/// Large enough for a spare tree, whatever its size.
fn with_spare() -> Abilities {
    Abilities {
        spare_from: 0,
        ..Abilities::default()
    }
}

/// What a reader finds: each file with its inode and text, and each folder.
fn tree(out: &Utf8Path) -> BTreeMap<String, Option<(u64, String)>> {
    let items = walkdir::WalkDir::new(out).min_depth(1).into_iter();
    let items = items.map(|item| {
        let item = item.unwrap();
        let path = item.path().strip_prefix(out).unwrap();
        let file = item.file_type().is_file().then(|| {
            let text = String::from_utf8_lossy(&fs::read(item.path()).unwrap()).into_owned();
            (item.metadata().unwrap().ino(), text)
        });
        (path.to_str().unwrap().to_owned(), file)
    });
    items.filter(|(path, _)| path != MANIFEST).collect()
}

/// What somebody does to the spare tree between two publishes.
#[derive(Debug, Clone, Copy)]
enum Damage {
    DeletesAFile,
    AddsAFile,
    ReplacesAFile,
    ChangesTheManifest,
    DeletesTheTree,
}

impl Damage {
    fn to(self, spare: &Utf8Path) {
        let files = || walkdir::WalkDir::new(spare).into_iter().flatten();
        let page = files().find(|item| item.file_name() == "page.html");
        let _ = match (self, page) {
            (Self::DeletesTheTree, _) => fs::remove_dir_all(spare),
            (Self::AddsAFile, _) => fs::write(spare.join("mine.txt"), "mine"),
            (Self::ChangesTheManifest, _) => fs::write(spare.join(MANIFEST), "nothing"),
            (Self::DeletesAFile, Some(page)) => fs::remove_file(page.path()),
            (Self::ReplacesAFile, Some(page)) => {
                let beside = spare.with_file_name("beside");
                fs::write(&beside, "replaced").and_then(|()| fs::rename(beside, page.path()))
            }
            (_, None) => Ok(()),
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Files come, go and change, some give way to a folder of their name, and somebody meddles with the spare tree.
    #[test]
    fn with_a_spare_tree_every_site_is_what_was_given_and_unchanged_files_stay(
        sites in prop::collection::vec(
            (prop::collection::btree_map(0_usize..6, 0_u8..3, 1..6), prop::option::weighted(0.2, damage())),
            2..7,
        ),
    ) {
        let (_temp, out) = folder();
        let mut before = BTreeMap::new();
        for (files, damage) in sites {
            let paths = ["page.html", "a/page.html", "a/b/page.html", "a/b/c.css", "d", "e/f.txt"];
            // What is a file in one site may be a folder in another.
            let path = |at: usize, text: u8| match (paths[at], text) {
                ("d", 0) => "d/in.html",
                (path, _) => path,
            };
            let texts: Vec<(&str, String)> =
                files.iter().map(|(at, text)| (path(*at, *text), text.to_string())).collect();
            let given: Vec<(&str, &str)> =
                texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
            publish(&out, &with_spare(), &given);
            let after = tree(&out);
            let found: BTreeMap<&str, &str> = after
                .iter()
                .filter_map(|(path, file)| Some((path.as_str(), file.as_ref()?.1.as_str())))
                .collect();
            prop_assert_eq!(&found, &given.into_iter().collect());
            for (folder, _) in after.iter().filter(|(_, file)| file.is_none()) {
                let inside = format!("{folder}/");
                prop_assert!(found.keys().any(|path| path.starts_with(&inside)), "{} is empty", folder);
            }
            for (path, (inode, text)) in before.iter().filter_map(|(path, file): (&String, &Option<(u64, String)>)| Some((path, file.as_ref()?))) {
                if found.get(path.as_str()) == Some(&text.as_str()) {
                    prop_assert_eq!(after[path].as_ref().map(|(inode, _)| inode), Some(inode));
                }
            }
            before = after;
            if let Some(damage) = damage {
                damage.to(&out.with_file_name(".public.portolan").join("spare"));
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    prop::sample::select(vec![
        Damage::DeletesAFile,
        Damage::AddsAFile,
        Damage::ReplacesAFile,
        Damage::ChangesTheManifest,
        Damage::DeletesTheTree,
    ])
}

#[test]
fn the_spare_tree_has_no_kept_entry_and_only_a_large_site_has_one() {
    let (_temp, out) = folder();
    let spare = out.with_file_name(".public.portolan").join("spare");
    for text in ["1", "2"] {
        publish(&out, &with_spare(), &[("a.html", text), ("b.html", "same")]);
        fs::write(out.join("CNAME"), "kept").unwrap();
    }
    publish(&out, &with_spare(), &[("a.html", "3"), ("b.html", "same")]);
    assert_eq!(read(&spare, "a.html"), "2");
    assert!(!spare.join("CNAME").exists());
    assert_eq!(read(&out, "CNAME"), "kept");
    publish(
        &out,
        &Abilities::default(),
        &[("a.html", "4"), ("b.html", "same")],
    );
    assert!(!out.with_file_name(".public.portolan").exists());
}
