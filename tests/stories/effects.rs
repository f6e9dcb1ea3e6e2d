//! Words of a letter that change another ruling: reported, fixed where they are certain, marked until they are confirmed.

use crate::relations::status;
use crate::support::Portal;
use portolan::diagnostic::Code;

const REVOKES: &str = "NY N301234, dated November 5, 2018, is hereby REVOKED.";

fn revoked() -> Portal {
    Portal::new().ruling("NY N301234", "2018-11-05", "", "Text.")
}

fn codes(tree: &Portal) -> Vec<String> {
    let problems = tree.load().problems;
    problems
        .iter()
        .map(|problem| problem.code.to_string())
        .collect()
}

#[test]
fn words_that_revoke_a_ruling_are_reported_at_its_number_with_the_key_to_add() {
    let tree = revoked().ruling("HQ H310000", "2020-07-01", "", REVOKES);
    assert_eq!(
        tree.problems(),
        ["content/electronics/rulings/h310000.md:6:1 P0054"]
    );
    let problem = tree.problem(Code::EffectInText);
    assert!(
        problem
            .help
            .is_some_and(|help| help.contains("`revokes: [\"NY N301234\"]`"))
    );
}

#[test]
fn a_fix_says_all_that_is_certain_and_nothing_else() {
    let body = "NY N301234, N301235 and N301236 are hereby revoked. NY N301237 is hereby modified.\n\n\
                In HQ H123456, CBP revoked NY N301238. NY N301239 will be modified.";
    for (keys, expected) in [
        (
            "",
            "revokes: [\"NY N301234\", \"NY N301235\", \"NY N301236\"]\nmodifies: [\"NY N301237\"]\n",
        ),
        (
            "revokes: [NY N301235]\n",
            "revokes: [NY N301235, \"NY N301234\", \"NY N301236\"]\nmodifies: [\"NY N301237\"]\n",
        ),
        (
            "revokes:\n  - NY N301235\n",
            "revokes:\n  - NY N301235\nmodifies: [\"NY N301237\"]\n",
        ),
    ] {
        let tree = Portal::new().ruling("HQ H310000", "2020-07-01", keys, body);
        let fixed = tree.fixed();
        let text = String::from_utf8(fixed.changes[0].after.clone()).expect("it is text");
        let start = text.find("2020-07-01\n").expect("the date is there") + 11;
        let end = text.find("---\nNY").expect("the text is there");
        assert_eq!(&text[start..end], expected);
        let left = fixed.left.iter();
        let left: Vec<&str> = left
            .filter(|problem| problem.code == Code::EffectInText)
            .map(|problem| problem.message.as_str())
            .collect();
        let open = left.iter().filter(|message| message.contains("N301239"));
        assert_eq!(open.count(), 1, "{left:?}");
    }
}

#[test]
fn a_relation_that_either_side_names_or_an_editor_denies_needs_no_word() {
    for keys in [
        "revokes: [NY N301234]\n",
        "modifies: [NY N301234]\n",
        "not_relations: [NY N301234]\n",
    ] {
        let tree = revoked().ruling("HQ H310000", "2020-07-01", keys, REVOKES);
        assert_eq!(codes(&tree), [""; 0], "{keys}");
    }
    let other_side = Portal::new()
        .ruling(
            "NY N301234",
            "2018-11-05",
            "revoked_by: [HQ H310000]\n",
            "Text.",
        )
        .ruling("HQ H310000", "2020-07-01", "", REVOKES);
    assert_eq!(codes(&other_side), [""; 0]);
}

#[test]
fn an_unconfirmed_relation_counts_says_so_and_warns_until_it_is_confirmed() {
    let keys = "revokes: [NY N301234]\nunconfirmed: [NY N301234]\n";
    let tree = revoked().ruling("HQ H310000", "2020-07-01", keys, REVOKES);
    assert_eq!(
        tree.problems(),
        ["content/electronics/rulings/h310000.md:6:15 P0055"]
    );
    let page = status(&tree, "rulings/n301234.html");
    assert!(page.starts_with("Revoked Revoked by HQ H310000"), "{page}");
    assert!(page.contains("not yet confirmed by an editor"), "{page}");
    assert!(
        tree.page("rulings/n301234.json")
            .contains("\"unconfirmed\": true")
    );
    let html = tree.page("rulings/n301234.html");
    assert!(html.contains("revoked by HQ H310000 (July 1, 2020) [not confirmed]"));
    let confirmed = tree.ruling(
        "HQ H310000",
        "2020-07-01",
        "revokes: [NY N301234]\n",
        REVOKES,
    );
    assert!(!status(&confirmed, "rulings/n301234.html").contains("confirmed"));
    assert!(
        !confirmed
            .page("rulings/n301234.json")
            .contains("unconfirmed")
    );
}

#[test]
fn a_relation_that_the_other_side_says_without_a_mark_is_confirmed() {
    let tree = Portal::new()
        .ruling(
            "NY N301234",
            "2018-11-05",
            "revoked_by: [HQ H310000]\n",
            "Text.",
        )
        .ruling(
            "HQ H310000",
            "2020-07-01",
            "revokes: [NY N301234]\nunconfirmed: [NY N301234]\n",
            REVOKES,
        );
    assert!(!status(&tree, "rulings/n301234.html").contains("confirmed"));
}

#[test]
fn a_mark_without_a_relation_and_a_denied_relation_are_reported() {
    let tree = revoked().ruling(
        "HQ H310000",
        "2020-07-01",
        "revokes: [NY N301234]\nunconfirmed: [NY N301235]\nnot_relations: [NY N301234]\n",
        "Text.",
    );
    assert_eq!(
        tree.problems(),
        [
            "content/electronics/rulings/h310000.md:6:15 P0056",
            "content/electronics/rulings/h310000.md:7:17 P0056"
        ]
    );
}

#[test]
fn words_of_a_decision_point_to_the_file_of_the_ruling() {
    let decision = |keys: &str| {
        revoked().with(
            "content/electronics/decisions/protest.md",
            format!("---\ntype: protest-review\ntitle: A protest\ndate: 2020-07-01\nnumber: HQ H310000\n{keys}---\n{REVOKES}\n"),
        )
    };
    let problem = decision("").problem(Code::EffectInText);
    let help = problem.help.unwrap_or_default();
    assert!(help.contains("`revoked_by: [\"HQ H310000\"]`"), "{help}");
    assert!(problem.fix.is_none());
    assert_eq!(codes(&decision("not_relations: [NY N301234]\n")), [""; 0]);
}

#[test]
fn the_subject_line_alone_is_a_question_and_that_of_a_draft_is_none() {
    let ruling = |title: &str, body: &str| {
        revoked().with(
            "content/electronics/rulings/h310000.md",
            format!("---\nnumber: HQ H310000\ntitle: {title}\ndate: 2020-07-01\n---\n{body}\n"),
        )
    };
    let named = ruling("Revocation of NY N301234; lamps", "Text.");
    assert_eq!(
        named.problems(),
        ["content/electronics/rulings/h310000.md:3:22 P0054"]
    );
    assert!(named.problem(Code::EffectInText).fix.is_none());
    let draft = ruling("Proposed revocation of NY N301234", REVOKES);
    assert!(draft.problem(Code::EffectInText).fix.is_none());
    assert_eq!(
        codes(&ruling("Proposed revocation of NY N301234", "Text.")),
        [""; 0]
    );
}
