//! Notices that propose to revoke or modify rulings, and what came of them.

use crate::relations::{status, text};
use crate::support::Portal;
use portolan::diagnostic::{Code, Severity};

const NOTICE: &str = "content/electronics/publications/notice.md";

/// A ruling of 2008 and a notice of July 2014 about it.
fn tree(keys: &str) -> Portal {
    let number = "\"Customs Bulletin, Vol. 48, No. 29\"";
    Portal::new()
        .ruling("NY N301234", "2008-11-05", "", "Text.")
        .with(
            NOTICE,
            format!("---\ntype: bulletin\nnumber: {number}\ntitle: A notice\ndate: 2014-07-23\n{keys}---\nText.\n"),
        )
}

const REVOKE: &str = "proposes_to_revoke: [NY N301234]\n";
const UNTIL: &str = "proposes_to_revoke: [NY N301234]\ncomments_until: 2014-08-22\n";
const NAME: &str = "Customs Bulletin, Vol. 48, No. 29: A notice, July 23, 2014";
/// The same in a history, which leaves titles to the banner.
const STEP: &str = "Customs Bulletin, Vol. 48, No. 29, July 23, 2014";

/// The lines of a ruling's history.
fn history(tree: &Portal) -> Vec<String> {
    let html = tree.page("rulings/n301234.html");
    let Some((_, list)) = html.split_once("<ol class=\"timeline\">") else {
        return Vec::new();
    };
    let (list, _) = list.split_once("</ol>").expect("the list ends");
    let lines = list.split("<li>").skip(1);
    lines.map(text).collect()
}

fn record(tree: &Portal, page: &str) -> serde_json::Value {
    serde_json::from_str(&tree.page(page)).expect("a record is JSON")
}

#[test]
fn a_pending_proposal_stands_in_the_banner_and_leaves_the_status_alone() {
    let tree = tree(UNTIL);
    assert_eq!(tree.problems(), [""; 0]);
    assert_eq!(
        status(&tree, "rulings/n301234.html"),
        format!(
            "Not checked Revocation proposed by {NAME}; comments until August 22, 2014. This portal has not checked whether \
             this ruling was changed. Check CROSS."
        )
    );
    assert!(
        tree.page("rulings/n301234.html")
            .contains("href=\"../publications/notice.html\">Customs Bulletin")
    );
    assert_eq!(
        history(&tree),
        [
            "Issued, November 5, 2008".to_owned(),
            format!("Revocation proposed by {STEP}"),
        ]
    );
    let text = tree.page("rulings/n301234.txt");
    assert!(text.contains(
        "NOT CHECKED\nThis portal has not checked whether this ruling was changed.\nREVOCATION PROPOSED (Customs Bulletin, Vol. 48, No. 29, July 23, 2014; comments until August 22, 2014)\n"
    ));
    assert!(tree.page("rulings/n301234.html").contains(
        "NY N301234 (Nov. 5, 2008), revocation proposed by Customs Bulletin, Vol. 48, No. 29 (July 23, 2014)"
    ));
    let list = tree.page("rulings/index.html");
    assert!(
        list.contains(">Not checked</strong>") && list.contains(">Revocation proposed</strong>")
    );
}

#[test]
fn the_record_of_either_side_tells_of_the_proposal() {
    let tree = tree(UNTIL);
    let ruling = record(&tree, "rulings/n301234.json");
    assert_eq!(ruling["status"]["value"], "not-checked");
    assert_eq!(
        ruling["proposals"],
        serde_json::json!([{
            "relation": "revocation proposed by",
            "number": "Customs Bulletin, Vol. 48, No. 29",
            "url": "https://portal.example/publications/notice.html",
            "date": "2014-07-23",
            "comments_until": "2014-08-22",
            "pending": true,
        }])
    );
    let notice = record(&tree, "publications/notice.json");
    assert_eq!(notice["comments_until"], "2014-08-22");
    assert_eq!(
        notice["proposes"],
        serde_json::json!([{
            "relation": "proposes to revoke",
            "number": "NY N301234",
            "url": "https://portal.example/rulings/n301234.html",
        }])
    );
}

#[test]
fn a_notice_shows_what_it_is_about_and_whether_that_stands() {
    let tree = tree("proposes_to_revoke: [NY N301234]\nproposes_to_modify: [HQ H100000]\n").ruling(
        "HQ H310000",
        "2014-12-01",
        "revokes: [NY N301234]\n",
        "Text.",
    );
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("publications/notice.html");
    let (_, list) = page.split_once("id=\"proposes\"").expect("it has a list");
    let (list, _) = list.split_once("</ul>").expect("the list ends");
    assert!(
        list.contains("Proposes to revoke <a class=\"usa-link\" href=\"../rulings/n301234.html\"")
    );
    assert!(list.contains("<strong class=\"usa-tag status revoked\">Revoked</strong>"));
    assert!(list.contains(
        "Proposes to modify <a class=\"usa-link\" href=\"https://rulings.cbp.gov/ruling/H100000\""
    ));
}

#[test]
fn a_proposal_that_was_carried_out_remains_in_the_history_alone() {
    for (change, banner, line) in [
        ("revokes", "Revoked Revoked by", "Revoked by"),
        ("modifies", "Modified Modified by", "Modified by"),
    ] {
        let tree = tree(REVOKE).ruling(
            "HQ H310000",
            "2014-12-01",
            &format!("{change}: [NY N301234]\neffective: 2015-02-01\n"),
            "Text.",
        );
        let name = "HQ H310000: Ruling HQ H310000, February 1, 2015";
        assert_eq!(
            status(&tree, "rulings/n301234.html"),
            format!("{banner} {name}. This portal has not checked for later changes. Check CROSS.")
        );
        assert_eq!(
            history(&tree)[1..],
            [
                format!("Revocation proposed by {STEP}"),
                format!("{line} HQ H310000, February 1, 2015"),
            ]
        );
    }
}

#[test]
fn a_change_of_unknown_date_follows_the_proposal_and_does_not_hide_it() {
    let tree = tree(REVOKE).ruling("HQ H310000", "unknown", "modifies: [NY N301234]\n", "Text.");
    let banner = status(&tree, "rulings/n301234.html");
    assert!(
        banner.starts_with(
            "Modified Modified by HQ H310000: Ruling HQ H310000. Revocation proposed by"
        )
    );
    assert_eq!(
        history(&tree)[1..],
        [
            format!("Revocation proposed by {STEP}"),
            "Modified by HQ H310000".to_owned(),
        ]
    );
}

#[test]
fn a_withdrawn_proposal_is_history_with_both_days() {
    let tree = tree("proposes_to_modify: [NY N301234]\nwithdrawn: 2015-03\n").ruling(
        "HQ H310000",
        "2020-12-01",
        "modifies: [NY N301234]\n",
        "Text.",
    );
    assert!(!status(&tree, "rulings/n301234.html").contains("proposed"));
    assert_eq!(
        history(&tree)[1..],
        [
            format!("Modification proposed by {STEP}"),
            "Proposal withdrawn: Customs Bulletin, Vol. 48, No. 29, March 2015".to_owned(),
            "Modified by HQ H310000, December 1, 2020".to_owned(),
        ]
    );
    let ruling = record(&tree, "rulings/n301234.json");
    assert_eq!(ruling["proposals"][0]["withdrawn"], "2015-03");
    assert_eq!(ruling["proposals"][0]["pending"], false);
}

#[test]
fn a_proposal_after_the_last_change_is_pending_and_one_before_it_is_not() {
    let revoked = |notice: &str| {
        tree("")
            .with(
                NOTICE,
                format!(
                    "---\ntype: bulletin\ntitle: A notice\ndate: {notice}\n{REVOKE}---\nText.\n"
                ),
            )
            .ruling(
                "HQ H310000",
                "2010-12-01",
                "revokes: [NY N301234]\n",
                "Text.",
            )
            .ruling(
                "HQ H320000",
                "2012-12-01",
                "reinstates: [NY N301234]\n",
                "Text.",
            )
    };
    // A notice without a number is named by its title.
    assert!(
        status(&revoked("2014"), "rulings/n301234.html")
            .contains("Revocation proposed by A notice, 2014.")
    );
    let before = revoked("2010-07");
    assert!(!status(&before, "rulings/n301234.html").contains("proposed"));
    assert_eq!(
        history(&before)[1..],
        [
            "Revocation proposed by A notice, July 2010",
            "Revoked by HQ H310000, December 1, 2010",
            "Reinstated by HQ H320000, December 1, 2012",
        ]
    );
}

#[test]
fn what_is_no_longer_in_force_has_no_pending_proposal() {
    let tree = tree(REVOKE).ruling("NY N301234", "2008-11-05", "withdrawn: true\n", "Text.");
    assert!(!status(&tree, "rulings/n301234.html").contains("proposed"));
    assert_eq!(history(&tree).len(), 2);
}

#[test]
fn what_changed_and_its_feed_tell_of_proposals_by_day() {
    let tree = tree("proposes_to_revoke: [NY N301234]\nwithdrawn: 2015-03-02\n");
    let notice = "Customs Bulletin, Vol. 48, No. 29: A notice";
    for page in ["changes/index.html", "electronics/changes/index.html"] {
        let shown = text(&tree.page(page));
        assert!(
            shown.contains(&format!(
                "July 23, 2014 Ruling NY N301234 Revocation proposed NY N301234 by {notice}"
            )),
            "{shown}"
        );
        assert!(
            shown.contains(&format!(
                "March 2, 2015 Ruling NY N301234 Proposal withdrawn NY N301234: {notice}"
            )),
            "{shown}"
        );
    }
    let feed = tree.page("changes/feed.xml");
    assert!(feed.contains("<title>Revocation proposed: NY N301234: Ruling NY N301234</title>"));
    assert!(feed.contains("rulings/n301234.html#proposal-withdrawn-2015-03-02</id>"));
    let page = tree.page("rulings/n301234.html");
    assert!(
        tree.page("sitemap.xml")
            .contains("<lastmod>2015-03-02</lastmod>")
    );
    assert!(page.contains("<meta property=\"article:modified_time\" content=\"2015-03-02\">"));
}

#[test]
fn every_kind_with_a_date_but_a_ruling_may_propose() {
    let keys = "title: T\ndate: 2014\nproposes_to_revoke: [NY N301234]\n";
    let settings =
        "title = \"T\"\n[kinds.bulletins]\nname = \"bulletin\"\nheading = \"Bulletins\"\n";
    for (path, more) in [
        ("content/electronics/updates/notice.md", ""),
        (
            "content/electronics/decisions/notice.md",
            "type: cbp-decision\n",
        ),
        ("content/electronics/bulletins/notice.md", ""),
    ] {
        let tree = Portal::new()
            .with("site.toml", settings)
            .ruling("NY N301234", "2008-11-05", "", "Text.")
            .with(path, format!("---\n{keys}{more}---\nText.\n"));
        assert_eq!(tree.problems(), [""; 0], "{path}");
        assert!(status(&tree, "rulings/n301234.html").contains("Revocation proposed by T, 2014."));
    }
    let ruling = Portal::new().ruling(
        "NY N301234",
        "2008",
        "proposes_to_revoke: [NY N301235]\n",
        "",
    );
    assert_eq!(
        ruling.problems(),
        ["content/electronics/rulings/n301234.md:5:1 P0021"]
    );
}

#[test]
fn a_proposal_that_cannot_be_right_is_a_warning_at_its_entry() {
    let tree = tree(
        "proposes_to_revoke: [HQ H310000, NY N301234]\nproposes_to_modify: [NY N301234]\n\
         comments_until: 2014-07-01\nwithdrawn: 2013\n",
    )
    .ruling("HQ H310000", "2020-07-01", "", "Text.");
    assert_eq!(
        tree.problems(),
        [
            format!("{NOTICE}:6:22 P0038"),
            format!("{NOTICE}:7:22 P0038"),
            format!("{NOTICE}:8:17 P0038"),
            format!("{NOTICE}:9:12 P0038"),
        ]
    );
    assert_eq!(
        tree.problem(Code::Contradiction).severity,
        Severity::Warning
    );
}

#[test]
fn what_is_said_of_no_proposal_is_an_error_at_its_key() {
    let tree = tree("comments_until: 2014-08-22\nwithdrawn: unknown\n");
    assert_eq!(
        tree.problems(),
        [format!("{NOTICE}:6:1 P0020"), format!("{NOTICE}:7:1 P0020")]
    );
}
