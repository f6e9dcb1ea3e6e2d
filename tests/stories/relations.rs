//! Who changes and cites whom, told by either side, and whether a ruling still stands.

use crate::support::Portal;
use portolan::diagnostic::{Code, Severity};

/// The status of a ruling as its page tells it.
pub(crate) fn status(tree: &Portal, page: &str) -> String {
    let html = tree.page(page);
    let start = html
        .find("<section class=\"usa-alert status-banner")
        .expect("a ruling has a status");
    let end = html[start..].find("</section>").expect("it ends") + start;
    text(&html[start..end])
}

/// What a reader sees of a part of a page.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_relation_told_by_the_other_side_counts_as_much() {
    let tree = Portal::new()
        .ruling(
            "NY N301234",
            "2018-11-05",
            "revoked_by: [HQ H310000]\n",
            "Text.",
        )
        .ruling("HQ H310000", "2020-07-01", "", "Text.");
    assert_eq!(tree.problems(), [""; 0]);
    assert!(status(&tree, "rulings/n301234.html").starts_with("Revoked Revoked by HQ H310000"));
    assert!(
        tree.page("rulings/h310000.html")
            .contains("<li>Revokes <a class=\"usa-link\" href=\"../rulings/n301234.html\"")
    );
}

#[test]
fn a_ruling_outside_of_the_portal_revokes_too_and_is_linked_to_cross() {
    let tree = Portal::new().ruling("NY N301234", "2018-11-05", "revoked_by: [HQ H310000]\n", "");
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("rulings/n301234.html");
    assert!(page.contains("https://rulings.cbp.gov/ruling/H310000"));
    assert!(status(&tree, "rulings/n301234.html").starts_with("Revoked Revoked by HQ H310000"));
    assert!(page.contains("We list this ruling but do not have its text."));
}

#[test]
fn a_ruling_that_cross_marks_as_no_longer_in_force_says_so() {
    let tree = Portal::new().ruling("NY N301234", "2018-11-05", "withdrawn: true\n", "Text.");
    assert!(status(&tree, "rulings/n301234.html").starts_with("Revoked CROSS marks this ruling"));
}

#[test]
fn the_whole_chain_is_shown_and_only_a_reinstatement_ends_it() {
    let chain = Portal::new()
        .ruling("NY 829540", "1988-05-01", "", "Text.")
        .ruling("HQ 086452", "1990-02-01", "revokes: [NY 829540]\n", "Text.")
        .ruling("HQ 087415", "1990-10-01", "revokes: [HQ 086452]\n", "Text.")
        .ruling("HQ 090000", "1992-10-01", "revokes: [HQ 087415]\n", "Text.");
    assert_eq!(
        status(&chain, "rulings/829540.html"),
        "Revoked Revoked by HQ 086452: Ruling HQ 086452, February 1, 1990. That ruling was itself revoked by \
         HQ 087415: Ruling HQ 087415, October 1, 1990, which was itself revoked by HQ 090000: Ruling HQ 090000, \
         October 1, 1992. That alone does not put this ruling back in force. This portal has not checked for later changes. Check CROSS."
    );
    let back = chain.ruling(
        "HQ 087415",
        "1990-10-01",
        "revokes: [HQ 086452]\nreinstates: [NY 829540]\n",
        "Text.",
    );
    assert!(status(&back, "rulings/829540.html").starts_with("Not checked Reinstated by"));
}

#[test]
fn what_a_text_mentions_is_linked_and_cited_with_its_sentence() {
    let tree = Portal::new()
        .ruling("NY N301234", "2018-11-05", "", "Text.")
        .ruling(
            "HQ H310000",
            "2020-07-01",
            "",
            "We looked at it. In NY N301234 we held under 19 CFR 177.12(b) that subheading 8471.30.0100 applies. See HQ 561801. `NY N999999` is code.",
        );
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("rulings/h310000.html");
    for link in [
        "<a href=\"../rulings/n301234.html\">NY N301234</a>",
        "<a href=\"https://www.ecfr.gov/current/title-19/section-177.12\">19 CFR 177.12(b)</a>",
        "<a href=\"https://hts.usitc.gov/search?query=8471.30.0100\">8471.30.0100</a>",
        "<a href=\"https://rulings.cbp.gov/ruling/561801\">HQ 561801</a>",
    ] {
        assert!(page.contains(link), "{link}");
    }
    assert!(!page.contains("ruling/N999999"));
    let sentence = "<blockquote>In NY N301234 we held under 19 CFR 177.12(b) that subheading 8471.30.0100 applies.</blockquote>";
    assert!(page.contains(sentence));
    assert!(tree.page("rulings/n301234.html").contains(sentence));
}

#[test]
fn contradictions_are_warnings_at_the_entry_that_shows_them() {
    let tree = Portal::new()
        .ruling(
            "NY N301234",
            "2018-11-05",
            "revoked_by: [HQ H310000, HQ H100000]\ncites: [HQ H310000]\n",
            "",
        )
        .ruling("HQ H310000", "2020-07-01", "modifies: [NY N301234]\n", "")
        .ruling("HQ H100000", "2010-07-01", "reinstates: [HQ H310000]\n", "")
        .ruling(
            "HQ H320000",
            "2021-07-01",
            "revokes: [NY N000001]\nmodifies: [NY N000001]\npublished: 2021-09-01\neffective: 2021-08-01\n",
            "",
        );
    let ruling = |name: &str| format!("content/electronics/rulings/{name}.md");
    assert_eq!(
        tree.problems(),
        [
            format!("{}:5:14 P0038", ruling("h100000")),
            format!("{}:5:14 P0038", ruling("h100000")),
            format!("{}:6:12 P0038", ruling("h320000")),
            format!("{}:8:12 P0038", ruling("h320000")),
            format!("{}:5:14 P0038", ruling("n301234")),
            format!("{}:5:26 P0038", ruling("n301234")),
            format!("{}:6:9 P0038", ruling("n301234")),
        ]
    );
    assert_eq!(
        tree.problem(Code::Contradiction).severity,
        Severity::Warning
    );
}

#[test]
fn a_ruling_that_changes_itself_and_a_number_twice_are_errors() {
    let tree = Portal::new()
        .ruling("NY N301234", "2018-11-05", "revokes: [N301234]\n", "")
        .with(
            "content/electronics/rulings/second.md",
            "---\nnumber: NY N301234\nslug: second\ntitle: T\ndate: 2018\n---\n",
        );
    assert_eq!(
        tree.problems(),
        [
            "content/electronics/rulings/n301234.md:5:11 P0039",
            "content/electronics/rulings/second.md:2:9 P0037",
        ]
    );
}

#[test]
fn a_document_without_a_center_gets_those_of_its_goods() {
    let shared = "content/shared/rulings/n301234.md";
    let with_hts = |hts: &str| {
        let text =
            format!("---\nnumber: NY N301234\ntitle: T\ndate: 2018\nhts: {hts}\n---\nText.\n");
        Portal::new().with(shared, &text)
    };
    let both = with_hts("[\"6109.10.0012\", \"8471.30.0100\", \"9903.88.15\"]");
    assert_eq!(both.problems(), [""; 0]);
    let page = both.page("rulings/n301234.html");
    assert!(
        page.contains("apparel/index.html\">Apparel")
            && page.contains("electronics/index.html\">Electronics")
    );
    let uncovered = with_hts("[\"6109.10.0012\", \"0101.21.0010\"]");
    assert_eq!(uncovered.problems(), [format!("{shared}:5:23 P0035")]);
}

#[test]
fn a_document_in_the_folder_of_another_center_is_a_warning() {
    let tree = Portal::new().ruling("NY N301234", "2018-11-05", "hts: [\"6109.10.0012\"]\n", "");
    assert_eq!(
        tree.problems(),
        ["content/electronics/rulings/n301234.md:5:6 P0034"]
    );
    let named = Portal::new().ruling(
        "NY N301234",
        "2018-11-05",
        "hts: [\"6109.10.0012\"]\ncenters: [electronics]\n",
        "",
    );
    assert_eq!(named.problems(), [""; 0]);
}
