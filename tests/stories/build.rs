//! A portal in, a site out, seen from the command line.

use crate::support::program::{Folder, ProgramOutput, program};
use crate::support::site::difference;

fn portal() -> Folder {
    Folder::new()
        .with("site.toml", "title = \"Sample\"\nbase_url = \"https://portal.example/\"\n")
        .with("content/electronics/index.md", "---\nname: Electronics\nkind: industry\n---\nSee [it](/rulings/n301234.html).\n")
        .with("content/electronics/rulings/a.md", "---\nnumber: NY N301234\ntitle: A <tracker> & more\ndate: 2018-11-05\n---\nText.\n")
        .with("content/electronics/rulings/b.md", "---\nnumber: HQ H310000\ntitle: Revocation\ndate: 2020-01\nrevokes: [NY N301234]\n---\nText.\n")
}

fn build(folder: &Folder) -> ProgramOutput {
    folder.run(&["build"])
}

fn page(folder: &Folder, path: &str) -> String {
    folder.text(&format!("public/{path}"))
}

#[test]
fn a_ruling_that_another_one_revokes_says_so_first() {
    let portal = portal();
    build(&portal).succeeded();
    let page = page(&portal, "rulings/n301234.html");
    assert!(page.contains("<strong>Revoked</strong>") && page.contains("Revoked by <a"));
    assert!(page.contains("href=\"../rulings/h310000.html\""));
    assert!(page.contains("A &lt;tracker&gt; &amp; more") && !page.contains("<tracker>"));
    assert!(page.find("Revoked") < page.find("<h1>"));
    let center = self::page(&portal, "electronics/index.html");
    assert!(center.contains("id=\"rulings\"") && !center.contains("id=\"decisions\""));
}

#[test]
fn two_builds_in_different_folders_zones_and_threads_give_the_same_bytes() {
    let (one, two) = (portal(), portal());
    for (folder, threads, zone) in [(&one, "1", "UTC"), (&two, "4", "Asia/Tokyo")] {
        let mut command = program(folder.root(), &["build"]);
        command.env("RAYON_NUM_THREADS", threads).env("TZ", zone);
        ProgramOutput::by(&mut command).succeeded();
    }
    let (one_site, two_site) = (one.files("public"), two.files("public"));
    assert!(one_site.len() > 10);
    assert_eq!(difference(&one_site, &two_site), None);
    assert!(build(&one).err.contains("nothing changed"));
}

#[test]
fn every_problem_is_reported_at_its_place_and_the_old_site_stays() {
    let portal = portal();
    build(&portal).succeeded();
    let before = portal.files("public");
    let portal = portal
        .with("content/electronics/rulings/c.md", "\u{feff}---\r\nnumber: NY 12\r\ntitle: é\r\ndate: 2018-02-30\r\nhtss: [\"85\"]\r\n---\r\n")
        .with("content/electronics/decisions/d.md", "No front matter\n")
        .with("content/electronics/decisions/e.md", "---\ntitle: x\ntitle: y\n");
    let ProgramOutput {
        code, err: text, ..
    } = build(&portal);
    assert_eq!(code, Some(1));
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
    assert_eq!(difference(&portal.files("public"), &before), None);
}

#[test]
fn broken_and_unsafe_links_are_found_in_the_body() {
    let portal = portal().with(
        "content/electronics/rulings/c.md",
        "---\nnumber: NY N301235\ntitle: t\ndate: 2018\n---\nÜ [a](/rulings/n301243.html) [b](javascript:alert(1))\n\n## Holding\n\n[c](#holdng)\n",
    );
    let text = build(&portal).err;
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
    let portal = portal().with(
        "content/electronics/rulings/copy.md",
        "---\nnumber: NY N301234\ntitle: t\ndate: 2018\n---\n",
    );
    let text = build(&portal).err;
    assert!(
        text.contains("content/electronics/rulings/copy.md:2:9: error[P0040]"),
        "{text}"
    );
    assert!(text.contains("content/electronics/rulings/a.md"), "{text}");
}

#[test]
fn a_template_of_the_site_replaces_one_of_the_default_theme() {
    let portal = portal()
        .with("site.toml", "title = \"Sample\"\ntheme = \"own\"\n")
        .with("themes/own/templates/404.html", "<p>Lost</p>");
    build(&portal).succeeded();
    assert_eq!(page(&portal, "404.html"), "<p>Lost</p>");
    let portal = portal.with("themes/own/templates/404.html", "<p>\n{{ page.title </p>");
    let text = build(&portal).err;
    assert!(text.contains("themes/own/templates/404.html:2:"), "{text}");
}

#[test]
fn a_document_with_problems_still_has_its_links_checked_and_is_a_target() {
    let portal = portal()
        .with(
            "content/electronics/rulings/c.md",
            "---\nnumber: NY N301235\ntitle: t\ndate: 2018-02-30\n---\n[a](/rulings/none.html)\n",
        )
        .with(
            "content/electronics/rulings/d.md",
            "---\nnumber: NY N301236\ntitle: t\ndate: 2018\n---\n[c](c.md) [c](/rulings/n301235.html)\n",
        );
    let text = build(&portal).err;
    assert!(text.contains("c.md:4:7: error[P0025]"), "{text}");
    assert!(text.contains("c.md:6:1: error[P0041]"), "{text}");
    assert!(!text.contains("d.md"), "{text}");
}

#[test]
fn documents_are_found_by_a_key_and_a_kind_of_the_settings() {
    let portal = portal()
        .with(
            "site.toml",
            "title = \"Sample\"\n[kinds.bulletins]\nname = \"bulletin\"\n[fields.bulletin.port]\ntype = \"text\"\n",
        )
        .with(
            "content/electronics/bulletins/delays.md",
            "---\ntitle: Delays\ndate: 2026-01\nport: El Paso\n---\nText.\n",
        );
    build(&portal).succeeded();
    for (query, found) in [
        ("port:paso", true),
        ("port:\"el paso\" kind:bulletin", true),
        ("port:laredo", false),
        ("delays -port:paso", false),
        ("text kind:bulletin", true),
    ] {
        let text = portal.run(&["search", query]).out;
        assert_eq!(
            text.contains("bulletins/delays.html"),
            found,
            "{query}: {text}"
        );
    }
}
