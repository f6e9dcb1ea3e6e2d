//! Tariff numbers in words: reported where the edition lacks them, marked with it on the site.

use crate::relations::text;
use crate::support::Portal;

const SETTINGS: &str = "title = \"Sample\"\nbase_url = \"https://portal.example/\"\n\n[hts]\nedition = \"HTSUS 2026 Basic Edition\"\nsince = \"2026-01-01\"\n";

fn tree() -> Portal {
    Portal::new().with("site.toml", SETTINGS).with(
        "content/data/hts.csv",
        "number,indent,description\n6109,0,T-shirts\n6109.10.00,1,Of cotton\n6109.10.00.12,2,Men's\n8471.30.01.00,0,Portable\n8501,0,Motors\n6201,0,Coats\n",
    )
}

fn update(date: &str, keys: &str, body: &str) -> Portal {
    tree().with(
        "content/apparel/updates/shirts.md",
        format!("---\ntitle: Shirts\ndate: {date}\n{keys}---\n{body}\n"),
    )
}

#[test]
fn numbers_in_words_of_today_are_reported_at_their_place() {
    let file = "content/apparel/updates/shirts.md";
    let action = "action: \"Enter them under 6109.10.0013.\"\n";
    assert_eq!(
        update("2020-05-10", action, "Text.").problems(),
        [format!("{file}:4:27 P0033")]
    );
    assert_eq!(
        update(
            "2026-05-10",
            "",
            "First.\n\nNow in *6109.10.0013*, see heading 6109."
        )
        .problems(),
        [format!("{file}:7:9 P0033")]
    );
    assert_eq!(
        update("2026-05-10", "summary: Now in 6109.10.0013\n", "Text.").problems(),
        [format!("{file}:4:17 P0033")]
    );
    // What was written before the edition began spoke of another one.
    assert_eq!(
        update("2020-05-10", "", "Then in 6109.10.0013.").problems(),
        [""; 0]
    );
    let page = tree().with(
        "content/pages/help.md",
        "---\ntitle: Help\n---\nShirts are 6109.10.0013.\n",
    );
    assert_eq!(page.problems(), ["content/pages/help.md:4:12 P0033"]);
    let publication = tree().with(
        "content/apparel/publications/guide.md",
        "---\ntype: guide\ntitle: Shirts of 6109.10.0013\ndate: 2026-03\n---\nText.\n",
    );
    assert_eq!(
        publication.problems(),
        ["content/apparel/publications/guide.md:3:18 P0033"]
    );
}

#[test]
fn numbers_in_the_words_of_tables_are_reported() {
    let contacts = "# 6109.10.0013 in a comment\nproblems:\n  - id: quota\n    title: Quota\n    case: account\n    remark: Shirts of 6109.10.0013 wait.\n";
    let tree = tree().with("content/data/contacts.yaml", contacts);
    let found = tree.problems();
    assert!(
        found.contains(&"content/data/contacts.yaml:6:23 P0033".to_owned()),
        "{found:?}"
    );
    assert!(!found.iter().any(|problem| problem.contains(":1:3 P0033")));
}

#[test]
fn a_number_that_the_edition_lacks_is_marked_with_it_wherever_it_is_shown() {
    let mark = "6109.10.0013 [not in the HTSUS 2026 Basic Edition]";
    let action = "action: \"Enter them under 6109.10.0013.\"\n";
    let page = text(&update("2020-05-10", action, "Text.").page("updates/shirts.html"));
    assert!(page.contains(mark), "{page}");
    let tree = tree().ruling(
        "NY N301234",
        "2018-11-05",
        "hts: [\"6109.10.0013\", \"6109.10.0012\"]\n",
        "In 6109.10.0013, not in 6109.10.0012. Again: 6109.10.0013.",
    );
    let html = text(&tree.page("rulings/n301234.html"));
    assert!(
        html.contains("6109.10.0013 (not in the HTSUS 2026 Basic Edition)"),
        "{html}"
    );
    assert_eq!(html.matches(mark).count(), 1, "{html}");
    assert!(!html.contains("6109.10.0012 ["), "{html}");
    let record = tree.page("rulings/n301234.json");
    assert!(
        record.contains("\"hts_not_in_edition\": [\n    \"6109.10.0013\"\n  ]"),
        "{record}"
    );
}
