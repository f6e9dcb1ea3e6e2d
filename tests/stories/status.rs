//! A status is never without its day and what it rests on, and no text is called a copy that is none.

use crate::relations::{status, text};
use crate::support::Portal;
use portolan::diagnostic::Code;

const COVERAGE: &str = "content/data/coverage.yaml";

const PAGE: &str = "rulings/n301234.html";

/// A table that has New York letters of 2015 to 2025 as of June 26, 2026.
const NEW_YORK: &str = "coverage:\n  - {source: CROSS, url: \"https://rulings.cbp.gov/\", collections: [NY], years: [2015-2025], through: 2026-06-26}\n";

fn covered() -> Portal {
    Portal::new().with(COVERAGE, NEW_YORK)
}

/// A portal with one letter of New York.
fn letter(keys: &str) -> Portal {
    covered().ruling("NY N301234", "2018-11-05", keys, "The letter.")
}

fn record(tree: &Portal, page: &str) -> serde_json::Value {
    serde_json::from_str(&tree.page(page)).expect("a record is JSON")
}

#[test]
fn a_ruling_that_was_looked_up_is_in_force_as_of_a_day_and_as_far_as_known() {
    let tree = letter("text: letter\n");
    assert_eq!(tree.problems(), [""; 0]);
    assert_eq!(
        status(&tree, PAGE),
        "In force as far as this portal knows, as of June 26, 2026. It includes some of the New York rulings from \
         2015–2025 on CROSS. Check CROSS."
    );
    let record = record(&tree, "rulings/n301234.json");
    assert_eq!(
        record["status"],
        serde_json::json!({
            "value": "in-force",
            "as_of": "2026-06-26",
            "basis": {
                "reason": "no-change-known",
                "source": "CROSS",
                "url": "https://rulings.cbp.gov/",
                "collections": ["NY"],
                "years": ["2015-2025"],
                "complete": false,
            },
            "words": "In force as far as this portal knows, as of June 26, 2026. It includes some of the New York \
                      rulings from 2015–2025 on CROSS.",
        })
    );
    let twin = tree.page("rulings/n301234.txt");
    assert!(
        twin.contains("IN FORCE as far as this portal knows, as of June 26, 2026.\n"),
        "{twin}"
    );
}

#[test]
fn in_force_is_nowhere_without_its_day() {
    let tree = letter("").ruling(
        "NY N301235",
        "2019-11-05",
        "cites: [NY N301234]\n",
        "See NY N301234.",
    );
    for page in [
        PAGE,
        "index.html",
        "rulings/index.html",
        "electronics/index.html",
        "electronics/rulings/2018/index.html",
        "feed.xml",
        "feed.json",
        "rulings/n301234.json",
        "rulings/n301234.txt",
        "search/index.html",
    ] {
        let shown = text(&tree.page(page));
        for (at, _) in shown.to_lowercase().match_indices("in force") {
            let after: String = shown[at..].chars().take(60).collect();
            assert!(
                after.contains("as of") || after.contains("knows"),
                "{page}: {after}"
            );
        }
    }
    let list = text(&tree.page("rulings/index.html"));
    assert!(
        list.contains("In force as of June 26, 2026 (as far as known)"),
        "{list}"
    );
    let feed = tree.page("feed.xml");
    assert!(
        feed.contains("<summary>In force as of June 26, 2026 (as far as known).</summary>"),
        "{feed}"
    );
    assert!(!feed.contains("label=\"In force\""), "{feed}");
    let table = tree.page("rulings/list.csv");
    assert!(
        table.contains(",in-force,,") && table.contains(",2026-06-26,unstated\r\n"),
        "{table}"
    );
}

#[test]
fn what_nobody_looked_up_is_not_checked() {
    let other_year = covered().ruling("NY N201234", "2012-11-05", "", "Text.");
    let undated = covered().ruling("NY N201234", "unknown", "", "Text.");
    let headquarters = covered().ruling("HQ H201234", "2018-11-05", "", "Text.");
    let no_table = Portal::new().ruling("NY N201234", "2018-11-05", "", "Text.");
    let record_only = covered().ruling("NY N201234", "2018-11-05", "text: record\n", "");
    let no_text = covered().ruling("NY N201234", "2018-11-05", "", "");
    let silent = covered().ruling("NY N201234", "2018-11-05", "relations: unknown\n", "Text.");
    for (tree, page, reason, words) in [
        (
            other_year,
            "n201234",
            "not-covered",
            "This portal has not checked whether this ruling was changed.",
        ),
        (
            undated,
            "n201234",
            "not-covered",
            "This portal has not checked whether this ruling was changed.",
        ),
        (
            headquarters,
            "h201234",
            "not-covered",
            "This portal has not checked whether this ruling was changed.",
        ),
        (
            no_table,
            "n201234",
            "not-covered",
            "This portal has not checked whether this ruling was changed.",
        ),
        (
            record_only,
            "n201234",
            "record-only",
            "This portal lists only the record of this ruling and has not checked for later changes.",
        ),
        (
            no_text,
            "n201234",
            "record-only",
            "This portal lists only the record of this ruling and has not checked for later changes.",
        ),
        (
            silent,
            "n201234",
            "relations-unknown",
            "The source of this page does not say whether another ruling changed this one.",
        ),
    ] {
        let page_text = status(&tree, &format!("rulings/{page}.html"));
        assert_eq!(page_text, format!("Not checked {words} Check CROSS."));
        let html = tree.page(&format!("rulings/{page}.html"));
        assert!(
            !html.contains("in-force") && !html.contains("In force"),
            "{reason}"
        );
        assert!(!html.contains("schema.org/InForce"), "{reason}");
        let record = record(&tree, &format!("rulings/{page}.json"));
        assert_eq!(record["status"]["value"], "not-checked");
        assert_eq!(record["status"]["basis"]["reason"], reason);
        assert!(record["status"]["as_of"].is_null(), "{record:#}");
        assert!(text(&tree.page("rulings/index.html")).contains("Not checked"));
    }
}

#[test]
fn what_was_changed_stays_changed_and_says_as_of_which_day() {
    let revoked =
        letter("revoked_by: [HQ H310000]\n").ruling("HQ H310000", "2020-07-01", "", "Text.");
    assert!(
        status(&revoked, PAGE).ends_with("July 1, 2020. Status as of June 26, 2026. Check CROSS."),
        "{}",
        status(&revoked, PAGE)
    );
    let list = text(&revoked.page("rulings/index.html"));
    assert!(
        list.contains("Revoked July 1, 2020; status as of June 26, 2026"),
        "{list}"
    );
    let status_record = &record(&revoked, "rulings/n301234.json")["status"];
    assert_eq!(status_record["since"], "2020-07-01");
    assert_eq!(status_record["as_of"], "2026-06-26");
    assert_eq!(status_record["basis"]["reason"], "change");
    // A record does not say what happened after its revocation.
    let record_only = covered().ruling(
        "NY N301234",
        "2018-11-05",
        "revoked_by: [HQ H310000]\ntext: record\n",
        "",
    );
    assert!(
        status(&record_only, PAGE)
            .ends_with("This portal has not checked for later changes. Check CROSS.")
    );
    let modified = letter("modified_by: [HQ H310000]\nrelations: unknown\n");
    assert!(status(&modified, PAGE).starts_with("Modified Modified by HQ H310000"));
}

#[test]
fn a_reinstated_ruling_is_in_force_only_where_it_was_looked_up() {
    let tree = covered()
        .ruling("NY N301234", "2018-11-05", "", "Text.")
        .ruling(
            "HQ H310000",
            "2020-07-01",
            "revokes: [NY N301234]\n",
            "Text.",
        )
        .ruling(
            "HQ H320000",
            "2021-07-01",
            "revokes: [HQ H310000]\nreinstates: [NY N301234]\n",
            "Text.",
        );
    assert!(
        status(&tree, PAGE).starts_with(
            "In force as far as this portal knows, as of June 26, 2026. Reinstated by HQ H320000"
        ),
        "{}",
        status(&tree, PAGE)
    );
}

#[test]
fn a_day_to_come_is_a_warning() {
    let tree = covered().with(
        COVERAGE,
        "coverage:\n  - {source: CROSS, collections: [NY], through: 2062-06-26}\n",
    );
    assert_eq!(tree.problems(), ["content/data/coverage.yaml:2:49 P0095"]);
}

#[test]
fn the_day_does_not_depend_on_the_clock() {
    let tree = letter("");
    let later = tree.clone().on(jiff::civil::date(2031, 1, 1));
    assert_eq!(tree.page(PAGE), later.page(PAGE));
}

#[test]
fn a_page_says_what_its_text_is() {
    for (keys, body, kind, notice) in [
        (
            "text: letter\n",
            "The letter.",
            "letter",
            "This is a copy of the letter. Official text: CROSS.",
        ),
        (
            "text: summary\n",
            "In short.",
            "summary",
            "This is our summary, not the letter. Official text: CROSS.",
        ),
        (
            "text: record\n",
            "",
            "record",
            "We list this ruling but do not have its text. Read the letter on CROSS.",
        ),
        (
            "text: record\nsummary: In short.\n",
            "",
            "record",
            "We list this ruling but do not have its text. Read the letter on CROSS.",
        ),
        // Nothing is called a copy that does not say so.
        (
            "",
            "The letter.",
            "unstated",
            "This may not be the wording of the letter. Official text: CROSS.",
        ),
        (
            "",
            "",
            "record",
            "We list this ruling but do not have its text. Read the letter on CROSS.",
        ),
    ] {
        let tree = Portal::new().ruling("NY N301234", "2018-11-05", keys, body);
        let page = tree.page(PAGE);
        assert!(text(&page).contains(notice), "{keys}: {}", text(&page));
        assert_eq!(
            page.contains("copy of the letter"),
            kind == "letter",
            "{keys}"
        );
        assert_eq!(
            record(&tree, "rulings/n301234.json")["text"],
            kind,
            "{keys}"
        );
    }
}

#[test]
fn decisions_and_publications_say_it_too_and_updates_claim_nothing() {
    let tree = Portal::new()
        .with(
            "content/shared/decisions/case.md",
            "---\ntype: court\ntitle: A case\ndate: 2020\ntext: summary\nsource: \"1 F.4th 1\"\n---\nIn short.\n",
        )
        .with(
            "content/shared/publications/guide.md",
            "---\ntype: guide\ntitle: A guide\ndate: 2020\n---\nText.\n",
        )
        .with(
            "content/shared/updates/news.md",
            "---\ntitle: News\ndate: 2020\n---\nText.\n",
        );
    let shown = |page: &str| text(&tree.page(page));
    assert!(
        shown("decisions/case.html")
            .contains("This is our summary, not the decision. See the sources of this page.")
    );
    assert!(
        shown("publications/guide.html")
            .contains("This may not be the wording of the publication.")
    );
    assert!(record(&tree, "updates/news.json")["text"].is_null());
    assert!(!tree.page("updates/news.html").contains("text-notice"));
}

#[test]
fn citations_say_that_the_page_has_no_copy() {
    let ruling = |kind: &str| {
        Portal::new()
            .ruling(
                "NY N301234",
                "2018-11-05",
                &format!("text: {kind}\n"),
                "Text.",
            )
            .page(PAGE)
    };
    assert!(ruling("summary").contains("annote = {Portal page: summary},\n}"));
    assert!(ruling("record").contains("N1  - Portal page: record only\nER  - "));
    assert!(!ruling("letter").contains("Portal page:"));
    let decision = Portal::new()
        .with(
            "content/shared/decisions/case.md",
            "---\ntype: court\ntitle: A case\ndate: 2020\ntext: summary\n---\nIn short.\n",
        )
        .page("decisions/case.html");
    assert!(
        decision.contains("https://portal.example/decisions/case.html (summary)."),
        "{decision}"
    );
}

#[test]
fn a_text_that_is_promised_and_not_there_is_a_warning() {
    for (keys, has_problem) in [
        ("text: letter\n", true),
        ("text: summary\n", true),
        ("text: summary\nsummary: In short.\n", false),
        ("text: record\n", false),
    ] {
        let tree = Portal::new().ruling("NY N301234", "2018-11-05", keys, "");
        let problems = tree.problems();
        assert_eq!(
            problems,
            if has_problem {
                vec!["content/electronics/rulings/n301234.md:5:7 P0094"]
            } else {
                vec![]
            },
            "{keys}"
        );
    }
    let tree = Portal::new().ruling("NY N301234", "2018-11-05", "text: leter\n", "Text.");
    let problem = tree.problem(Code::InvalidChoice);
    assert!(
        problem
            .help
            .as_deref()
            .is_some_and(|help| help.contains("letter")),
        "{problem:#?}"
    );
}
