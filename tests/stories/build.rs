//! A portal in, a site out, seen from the command line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Portal {
    folder: tempfile::TempDir,
}

impl Portal {
    fn new() -> Self {
        let portal = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        portal
            .with("site.toml", "title = \"Sample\"\nbase_url = \"https://portal.example/\"\n")
            .with("content/electronics/index.md", "---\nname: Electronics\nkind: industry\n---\nSee [it](/rulings/n301234.html).\n")
            .with("content/electronics/rulings/a.md", "---\nnumber: NY N301234\ntitle: A <tracker> & more\ndate: 2018-11-05\n---\nText.\n")
            .with("content/electronics/rulings/b.md", "---\nnumber: HQ H310000\ntitle: Revocation\ndate: 2020-01\nrevokes: [NY N301234]\n---\nText.\n")
    }

    fn with(self, path: &str, text: &str) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn build(&self) -> Output {
        self.build_with(&[])
    }

    fn build_with(&self, environment: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_portolan"))
            .args(["build", "--root"])
            .arg(self.folder.path())
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join("public").join(path)).unwrap()
    }

    fn site(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(
            &self.folder.path().join("public"),
            Path::new(""),
            &mut files,
        );
        files
    }
}

fn collect(root: &Path, below: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(root.join(below)) else {
        return;
    };
    for entry in entries {
        let path = below.join(entry.unwrap().file_name());
        match fs::read(root.join(&path)) {
            Ok(bytes) => drop(files.insert(path, bytes)),
            Err(_) => collect(root, &path, files),
        }
    }
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_ruling_that_another_one_revokes_says_so_first() {
    let portal = Portal::new();
    let output = portal.build();
    assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    let page = portal.page("rulings/n301234.html");
    assert!(page.contains("<strong>Revoked</strong>") && page.contains("Revoked by <a"));
    assert!(page.contains("href=\"../rulings/h310000.html\""));
    assert!(page.contains("A &lt;tracker&gt; &amp; more") && !page.contains("<tracker>"));
    assert!(page.find("Revoked") < page.find("<h1>"));
    assert!(
        portal
            .page("electronics/index.html")
            .contains("None published yet.")
    );
}

#[test]
fn two_builds_in_different_folders_zones_and_threads_give_the_same_bytes() {
    let (one, two) = (Portal::new(), Portal::new());
    one.build_with(&[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC")]);
    two.build_with(&[("RAYON_NUM_THREADS", "4"), ("TZ", "Asia/Tokyo")]);
    assert!(one.site().len() > 10);
    assert_eq!(one.site(), two.site());
    assert!(messages(&one.build()).contains("nothing changed"));
}

#[test]
fn every_problem_is_reported_at_its_place_and_the_old_site_stays() {
    let portal = Portal::new();
    portal.build();
    let before = portal.site();
    let portal = portal
        .with("content/electronics/rulings/c.md", "\u{feff}---\r\nnumber: NY 12\r\ntitle: é\r\ndate: 2018-02-30\r\nhtss: [\"85\"]\r\n---\r\n")
        .with("content/electronics/decisions/d.md", "No front matter\n")
        .with("content/electronics/decisions/e.md", "---\ntitle: x\ntitle: y\n");
    let output = portal.build();
    let text = messages(&output);
    assert_eq!(output.status.code(), Some(1));
    for expected in [
        "content/electronics/rulings/c.md:2:9: error[P0026]",
        "content/electronics/rulings/c.md:4:7: error[P0025]",
        "content/electronics/rulings/c.md:5:1: error[P0021]",
        "did you mean `hts`?",
        "content/electronics/decisions/d.md:1:1: error[P0010]",
        "content/electronics/decisions/e.md:1:1: error[P0011]",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert_eq!(portal.site(), before);
}

#[test]
fn broken_and_unsafe_links_are_found_in_the_body() {
    let portal = Portal::new().with(
        "content/electronics/rulings/c.md",
        "---\nnumber: NY N301235\ntitle: t\ndate: 2018\n---\nÜ [a](/rulings/n301243.html) [b](javascript:alert(1))\n\n## Holding\n\n[c](#holdng)\n",
    );
    let text = messages(&portal.build());
    for expected in [
        "content/electronics/rulings/c.md:6:3: error[P0041]",
        "did you mean `/rulings/n301234.html`?",
        "content/electronics/rulings/c.md:6:30: error[P0043]",
        "content/electronics/rulings/c.md:10:1: error[P0042]",
        "did you mean `#holding`?",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn two_documents_with_one_address_are_an_error_that_names_both() {
    let portal = Portal::new().with(
        "content/electronics/rulings/copy.md",
        "---\nnumber: NY N301234\ntitle: t\ndate: 2018\n---\n",
    );
    let text = messages(&portal.build());
    assert!(
        text.contains("content/electronics/rulings/copy.md:2:9: error[P0040]"),
        "{text}"
    );
    assert!(text.contains("content/electronics/rulings/a.md"), "{text}");
}

#[test]
fn a_template_of_the_site_replaces_one_of_the_default_theme() {
    let portal = Portal::new()
        .with("site.toml", "title = \"Sample\"\ntheme = \"own\"\n")
        .with("themes/own/templates/404.html", "<p>Lost</p>");
    portal.build();
    assert_eq!(portal.page("404.html"), "<p>Lost</p>");
    let portal = portal.with("themes/own/templates/404.html", "<p>\n{{ page.title </p>");
    let text = messages(&portal.build());
    assert!(text.contains("themes/own/templates/404.html:2:"), "{text}");
}

#[test]
fn a_document_with_problems_still_has_its_links_checked_and_is_a_target() {
    let portal = Portal::new()
        .with(
            "content/electronics/rulings/c.md",
            "---\nnumber: NY N301235\ntitle: t\ndate: 2018-02-30\n---\n[a](/rulings/none.html)\n",
        )
        .with(
            "content/electronics/rulings/d.md",
            "---\nnumber: NY N301236\ntitle: t\ndate: 2018\n---\n[c](c.md) [c](/rulings/n301235.html)\n",
        );
    let text = messages(&portal.build());
    assert!(text.contains("c.md:4:7: error[P0025]"), "{text}");
    assert!(text.contains("c.md:6:1: error[P0041]"), "{text}");
    assert!(!text.contains("d.md"), "{text}");
}

#[test]
fn a_status_that_changes_keeps_the_parts_of_the_index_that_did_not() {
    let portal = Portal::new();
    assert_eq!(portal.build().status.code(), Some(0));
    // The text of every document stays; only what follows from the documents together changes.
    let portal = portal.with(
        "content/electronics/rulings/b.md",
        "---\nnumber: HQ H310000\ntitle: Revocation\ndate: 2020-01\nmodifies: [NY N301234]\n---\nText.\n",
    );
    let output = portal.build();
    assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    assert_eq!(portal.build().status.code(), Some(0));
}

#[test]
fn documents_are_found_by_a_key_and_a_kind_of_the_settings() {
    let portal = Portal::new()
        .with(
            "site.toml",
            "title = \"Sample\"\n[kinds.bulletins]\nname = \"bulletin\"\n[fields.bulletin.port]\ntype = \"text\"\n",
        )
        .with(
            "content/electronics/bulletins/delays.md",
            "---\ntitle: Delays\ndate: 2026-01\nport: El Paso\n---\nText.\n",
        );
    assert_eq!(portal.build().status.code(), Some(0));
    for (query, found) in [
        ("port:paso", true),
        ("port:\"el paso\" kind:bulletin", true),
        ("port:laredo", false),
        ("delays -port:paso", false),
        ("text kind:bulletin", true),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_portolan"))
            .args(["search", query, "--root"])
            .arg(portal.folder.path())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(
            text.contains("bulletins/delays.html"),
            found,
            "{query}: {text}"
        );
    }
}
