//! Days on which documents come, go and need somebody, and addresses that they leave.

use crate::support::Portal;
use jiff::civil::date;

const FILE: &str = "content/electronics/rulings/n301234.md";

#[test]
fn a_document_is_there_from_its_day_of_publication_until_it_expires() {
    let tree = Portal::new()
        .ruling("NY N300000", "2018", "", "Text.")
        .ruling(
            "NY N301234",
            "2018-11-05",
            "publish: 2026-12-01\nexpires: 2027-01-01\n",
            "Text.",
        );
    let is_there = |tree: &Portal| tree.page("rulings/index.html").contains("N301234");
    assert!(!is_there(&tree));
    assert!(is_there(&tree.clone().on(date(2026, 12, 1))));
    assert!(!is_there(&tree.on(date(2027, 1, 1))));
}

#[test]
fn a_day_of_review_that_has_come_is_a_warning_at_its_place() {
    let tree = Portal::new().ruling(
        "NY N301234",
        "2018-11-05",
        "review_by: 2026-11-25\n",
        "Text.",
    );
    assert_eq!(tree.problems(), [format!("{FILE}:5:12 P0070")]);
    assert_eq!(tree.on(date(2026, 11, 24)).problems(), [""; 0]);
}

#[test]
fn an_alert_stands_on_the_first_page_and_at_its_centers_through_its_last_day() {
    let alert = "---\ntitle: Port closed\ndate: 2026-11-20\naction: Use another port.\nalert_until: 2026-11-30\n---\n";
    let tree = Portal::new().with("content/electronics/updates/closed.md", alert);
    let alerted = |tree: &Portal, page: &str| {
        let page = tree.page(page);
        page.contains("aria-label=\"Notices\"") && page.contains("Use another port.")
    };
    for last in [date(2026, 11, 25), date(2026, 11, 30)] {
        let tree = tree.clone().on(last);
        assert!(alerted(&tree, "index.html"));
        assert!(alerted(&tree, "electronics/index.html"));
        assert!(!alerted(&tree, "apparel/index.html"));
    }
    assert!(!alerted(&tree.on(date(2026, 12, 1)), "index.html"));
}

#[test]
fn pages_lead_to_their_files_and_to_whoever_fixes_them() {
    let settings = "title = \"T\"\nbase_url = \"https://portal.example/\"\n[page_links]\nedit = \"https://forge.example/edit/{path}\"\nreport = \"https://form.example/?page={url}&title={title}\"\n";
    let tree = Portal::new()
        .ruling("NY N301234", "2018-11-05", "", "Text.")
        .with("site.toml", settings);
    let ruling = tree.page("rulings/n301234.html");
    assert!(ruling.contains(&format!("href=\"https://forge.example/edit/{FILE}\"")));
    let report = "href=\"https://form.example/?page=https%3A%2F%2Fportal.example%2Frulings%2Fn301234.html&amp;title=NY%20N301234%3A%20Ruling%20NY%20N301234\"";
    assert!(ruling.contains(report), "{ruling}");
    let center = tree.page("electronics/index.html");
    assert!(center.contains("forge.example/edit/content/electronics/index.md"));
    let list = tree.page("rulings/index.html");
    assert!(list.contains("form.example") && !list.contains("forge.example"));
}

#[test]
fn a_published_document_that_changes_needs_a_public_note() {
    let published = Portal::new()
        .ruling("NY N301234", "2018-11-05", "", "Text.")
        .published();
    assert_eq!(published.problems(), [""; 0]);
    // What no reader sees needs no note.
    let moved = published.clone().ruling(
        "NY N301234",
        "2018-11-05",
        "review_by: 2030-01-01\n",
        "Text.\r\n\r\n",
    );
    assert_eq!(moved.problems(), [""; 0]);
    let changed = published
        .clone()
        .ruling("NY N301234", "2018-11-05", "", "Other text.");
    assert_eq!(changed.problems(), [format!("{FILE}:1:1 P0049")]);
    let strict = changed.with("site.toml", "title = \"T\"\nchange_notes = \"required\"\n");
    assert!(strict.load().result.is_none());
    let noted = published.ruling(
        "NY N301234",
        "2018-11-05",
        "changes:\n- {date: 2026-11-25, note: \"Text corrected\"}\n",
        "Other text.",
    );
    assert_eq!(noted.problems(), [""; 0]);
    assert!(
        noted
            .page("rulings/n301234.html")
            .contains("Text corrected")
    );
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let tree = Portal::new()
        .ruling(
            "NY N301234",
            "2018-11-05",
            "aliases: [/ruling/N301234, /old.html]\n",
            "Text.",
        )
        .ruling("NY N301235", "2018-11-05", "", "See [it](/old.html).");
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("ruling/N301234/index.html");
    assert!(page.contains("content=\"0; url=../../rulings/n301234.html\""));
    assert!(
        page.contains("rel=\"canonical\" href=\"https://portal.example/rulings/n301234.html\"")
    );
    assert!(tree.page("old.html").contains("rulings/n301234.html"));
    assert!(
        tree.page("rulings/n301235.html")
            .contains("href=\"../rulings/n301234.html\">it</a>")
    );
}

#[test]
fn an_old_address_that_is_taken_is_an_error_at_its_entry() {
    for (alias, place) in [
        ("/rulings/n301235.html", "n301234.md:5:11 P0040"),
        ("/rulings/", "n301234.md:5:11 P0040"),
        ("/files/letter.pdf", "n301234.md:5:11 P0030"),
        ("/", "n301234.md:5:11 P0030"),
    ] {
        let tree = Portal::new()
            .ruling(
                "NY N301234",
                "2018-11-05",
                &format!("aliases: [{alias}]\n"),
                "Text.",
            )
            .ruling("NY N301235", "2018-11-05", "", "Text.");
        assert_eq!(
            tree.problems(),
            [format!("content/electronics/rulings/{place}")],
            "{alias}"
        );
    }
}
