//! Which addresses and anchors a portal has, as links of its documents find them.

use crate::support::Portal;
use jiff::civil::date;
use portolan::addresses::RESERVED;
use portolan::build::{self, BuildContext};
use portolan::cache::Facts;
use portolan::diagnostic::Code;
use portolan::files::Disk;
use portolan::portal::CenterRecord;
use portolan::sitemap::Page;
use std::collections::BTreeSet;

const RULING: &str = "electronics/rulings/n301234";

/// A portal with one ruling of this text.
fn with_text(text: &str) -> Portal {
    Portal::new().ruling("NY N301234", "2018-11-05", "", text)
}

fn without_base_url(portal: Portal) -> Portal {
    portal.with("site.toml", "title = \"Sample\"\n")
}

/// The problems with links.
fn broken(portal: &Portal) -> Vec<String> {
    let problems = portal.load().problems.into_iter();
    let links =
        problems.filter(|problem| matches!(problem.code, Code::BrokenLink | Code::BrokenAnchor));
    links.map(|problem| problem.message).collect()
}

fn assert_sound(portal: &Portal) {
    assert_eq!(broken(portal), Vec::<String>::new());
}

fn assert_broken(text: &str) {
    assert_eq!(broken(&with_text(text)).len(), 1, "{text}");
}

#[test]
fn a_file_that_needs_the_site_s_address_is_there_only_with_it() {
    for file in [
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "opensearch.xml",
        "rulings/feed.xml",
    ] {
        let portal = with_text(&format!("[file](/{file})"));
        assert_sound(&portal);
        let portal = without_base_url(portal);
        let problem = portal.problem(Code::BrokenLink);
        assert!(
            problem.help.is_some_and(|help| help.contains("base_url")),
            "{file}"
        );
    }
}

#[test]
fn a_page_of_which_the_portal_has_no_documents_is_not_there() {
    for page in [
        "hts/",
        "hts/index.html",
        "origin/",
        "category/",
        "contacts/",
        "programs/",
    ] {
        assert_broken(&format!("[page](/{page})"));
    }
    let keys = "hts: [\"8471.30.0100\"]\norigin: [VN]\ncategory: [classification]\n";
    let body = "[a](/hts/) [b](/origin/) [c](/category/classification/) [d](/hts/8471/list.csv)";
    assert_sound(&Portal::new().ruling("NY N301234", "2018-11-05", keys, body));
}

#[test]
fn a_link_finds_a_page_of_the_portal_with_almost_its_name() {
    let portal = with_text("[changes](/chagnes/)");
    let problem = portal.problem(Code::BrokenLink);
    assert_eq!(
        problem.help.as_deref(),
        Some("did you mean `/changes/index.html`?")
    );
}

#[test]
fn a_section_can_be_linked_to_where_the_page_shows_it() {
    assert_sound(&with_text(
        "[a](#cite) [b](#main) [c](#contents) [d](/changes/#feeds)",
    ));
    assert_sound(&with_text(
        "[a](/electronics/#rulings) [b](/search/#q) [c](/#latest)",
    ));
    assert_broken("[cites](#cites)");
    assert_broken("[fourth](/search/#fourth)");
    assert_sound(&with_text("See HQ 561801. [cites](#cites)").ruling(
        "HQ 561801",
        "2001-01-02",
        "",
        "",
    ));
    let portal = without_base_url(with_text("[feeds](/changes/#feeds)"));
    assert_eq!(broken(&portal).len(), 1);
}

#[test]
fn a_heading_does_not_take_the_id_of_a_section() {
    let portal = with_text("[own](#cite)\n\n## Contents\n\n## Main\n\n## Cite\n\n## P1\n\n## Fn 1");
    assert_sound(&portal);
    let page = portal.page("rulings/n301234.html");
    for id in [
        "contents",
        "main",
        "cite",
        "section-contents",
        "section-main",
        "section-cite",
    ] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(page.contains("<a href=\"#section-cite\">own</a>"));
    assert!(
        page.contains("href=\"#section-cite\">Cite</a>"),
        "in the contents"
    );
}

#[test]
fn a_heading_of_any_script_is_linked_to_by_its_own_letters() {
    let text = "[x](#归类) [y](#%E5%BD%92%E7%B1%BB) [z](#посетите-сайт)\n\n## 归类\n\nx\n\n## Посетите сайт\n\nx";
    let portal = with_text(text);
    assert_sound(&portal);
    assert!(
        portal
            .page("rulings/n301234.html")
            .contains("<h2 id=\"归类\">")
    );
    // Another heading changes nothing.
    let path = format!("content/{RULING}.md");
    let portal = portal.replace(&path, "## 归类", "## 说明\n\n## 归类");
    assert_sound(&portal);
    let portal = portal.replace(&path, "(#归类)", "(#归)");
    let problem = portal.problem(Code::BrokenAnchor);
    assert_eq!(problem.help.as_deref(), Some("did you mean `#归类`?"));
}

#[test]
fn a_link_in_other_letters_than_its_heading_is_fixed() {
    let portal = with_text("[law](#Law-And-Analysis)\n\n## Law and analysis");
    let problem = portal.problem(Code::BrokenAnchor);
    assert_eq!(
        problem.help.as_deref(),
        Some("write it as `#law-and-analysis`")
    );
}

#[test]
fn a_document_whose_file_would_be_a_feed_is_an_error() {
    let portal = Portal::new().with(
        "content/electronics/rulings/n301234.md",
        "---\nnumber: NY N301234\ntitle: T\ndate: 2018-11-05\nslug: feed\n---\n",
    );
    portal.problem(Code::AddressCollision);
    without_base_url(portal).problem(Code::AddressCollision);
}

#[test]
fn what_only_the_settings_leave_out_keeps_its_address() {
    let portal = without_base_url(Portal::new().with("content/static/sitemap.xml", "<a/>"));
    portal.problem(Code::AddressCollision);
}

#[test]
fn a_theme_that_leaves_a_section_out_leaves_it_out_of_the_contents() {
    let theme = |portal: Portal| {
        portal
            .with("site.toml", "title = \"Sample\"\ntheme = \"ours\"\n")
            .with("themes/ours/templates/partials/citation.html", "")
    };
    assert!(
        with_text("Text")
            .page("rulings/n301234.html")
            .contains("href=\"#cite\"")
    );
    let portal = theme(with_text("Text"));
    assert!(
        !portal
            .page("rulings/n301234.html")
            .contains("href=\"#cite\"")
    );
    assert_eq!(broken(&theme(with_text("[cite](#cite)"))).len(), 1);
}

#[test]
fn a_theme_declares_sections_of_its_own() {
    let portal = with_text("[legal](#legal)")
        .with("site.toml", "title = \"Sample\"\ntheme = \"ours\"\n")
        .with(
            "themes/ours/templates/partials/citation.html",
            "<h2 id=\"legal\">Legal</h2>",
        );
    portal.problem(Code::UndeclaredId);
    assert_eq!(broken(&portal).len(), 1);
    let portal = portal.with(
        "themes/ours/theme.toml",
        "[sections]\nruling = [{ id = \"legal\", title = \"document.cite\", if = \"document.number\" }]\n",
    );
    assert_sound(&portal);
    let page = portal.page("rulings/n301234.html");
    assert!(
        page.contains("href=\"#legal\">Cite this page</a>"),
        "{page}"
    );
}

#[test]
fn a_wrong_declaration_of_a_section_is_named() {
    for (sections, message) in [
        (
            "nothing = [{ id = \"a\" }]",
            "no template is called `nothing.html`",
        ),
        (
            "ruling = [{ id = \"a\", title = \"document.nothing\" }]",
            "the theme has no string `document.nothing`",
        ),
        (
            "ruling = [{ id = \"cite\", if = \"document.(\" }]",
            "`if` or `each` of the section `cite` is no expression",
        ),
        (
            "ruling = [{ title = \"document.cite\" }]",
            "a section has either an `id` or `headings`",
        ),
        (
            "ruling = [{ id = \"a\", headings = 2 }]",
            "a section has either an `id` or `headings`",
        ),
        (
            "ruling = [{ headings = 9 }]",
            "`headings` is no level from 2 to 6",
        ),
    ] {
        let portal = Portal::new()
            .with("site.toml", "title = \"Sample\"\ntheme = \"ours\"\n")
            .with(
                "themes/ours/theme.toml",
                format!("[sections]\n{sections}\n"),
            );
        assert_eq!(portal.problem(Code::InvalidTheme).message, message);
    }
}

#[test]
fn the_first_parts_of_the_program_s_own_addresses_are_those_that_documents_cannot_have() {
    // The sample portal has every table and a page of each kind.
    let root = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let context = BuildContext::on(date(2026, 11, 28));
    let site = build::load(&Disk::new(root), &Facts::default(), context, &()).unwrap();
    let site = site.result.unwrap();
    let portal = &site.portal;
    let centers = portal.centers.iter().map(CenterRecord::slug);
    let others: BTreeSet<&str> = centers.chain(portal.schema.kinds.folders()).collect();
    let own = site.site_map.entries().iter().filter(|entry| {
        !matches!(
            entry.page,
            Page::Document(_)
                | Page::Record(_)
                | Page::Text(_)
                | Page::Redirect { .. }
                | Page::Copy { .. }
                | Page::Revisions
        )
    });
    let own = own.map(|entry| {
        let path = entry.path.as_str();
        path.split(['/', '.']).next().unwrap_or_default()
    });
    let own: BTreeSet<&str> = own.filter(|first| !others.contains(first)).collect();
    assert_eq!(own, RESERVED.iter().copied().collect());
}
