//! What later decisions did to a decision, one number in two kinds, and which decisions a problem's page shows.

use crate::relations::{status, text};
use crate::support::Portal;
use portolan::diagnostic::{Code, Severity};

fn decision(tree: Portal, name: &str, date: &str, keys: &str) -> Portal {
    tree.with(
        &format!("content/electronics/decisions/{name}.md"),
        format!("---\ntype: court\ntitle: Case {name}\ndate: {date}\n{keys}---\nText.\n"),
    )
}

/// A trial court's decision and the later ones on it.
fn trial(later: &[(&str, &str, &str)]) -> Portal {
    let keys =
        "citation: Slip Op. 25-13 (CIT Jan. 30, 2025)\nnumber: \"17-00256\"\nhts: [\"8517.62\"]\n";
    let tree = decision(Portal::new(), "trial", "2025-01-30", keys);
    later.iter().fold(tree, |tree, (name, date, keys)| {
        decision(tree, name, date, keys)
    })
}

#[test]
fn a_reversed_decision_says_so_first_and_everywhere() {
    let tree = trial(&[("again", "2025-11-25", "reverses: [trial]\n")]);
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("decisions/trial.html");
    assert_eq!(
        status(&tree, "decisions/trial.html"),
        "Reversed Reversed by Case again , November 25, 2025.".replace(" ,", ",")
    );
    let banner = page
        .find("status-banner reversed")
        .expect("it has a banner");
    assert!(banner < page.find("<h1").expect("it has a title"));
    for (file, part) in [
        (
            "decisions/index.html",
            "status reversed\">Reversed</strong> November 25, 2025",
        ),
        (
            "electronics/index.html",
            "status reversed\">Reversed</strong>",
        ),
        ("hts/8517/index.html", "status reversed\">Reversed</strong>"),
        (
            "feed.xml",
            "<category term=\"reversed\" label=\"Reversed\"/>",
        ),
        ("changes/index.html", "status reversed\">Reversed</strong>"),
        ("changes/feed.xml", "Reversed: Slip Op. 25-13"),
        ("decisions/list.csv", ",reversed,2025-11-25,"),
        (
            "decisions/trial.txt",
            "REVERSED\nreversed by Case again, November 25, 2025\n",
        ),
        ("decisions/trial.html", "https://schema.org/NotInForce"),
    ] {
        let page = tree.page(file);
        assert!(page.contains(part), "{file}: {part}\n{page}");
    }
    let data: serde_json::Value =
        serde_json::from_str(&tree.page("decisions/trial.json")).expect("it is JSON");
    assert_eq!(data["status"]["value"], "reversed");
    assert_eq!(data["status"]["since"], "2025-11-25");
    assert_eq!(data["status"]["by"]["relation"], "reversed by");
    let by = "https://portal.example/decisions/again.html";
    assert_eq!(data["status"]["by"]["url"], by);
    assert_eq!(data["history"][0]["url"], by);
    let later = tree.page("decisions/again.html");
    assert!(later.contains("href=\"../decisions/trial.html\">Slip Op. 25-13"));
    assert!(!later.contains("status-banner"));
}

#[test]
fn a_decision_is_named_by_citation_number_address_or_file_and_from_either_side() {
    for name in [
        "trial",
        "/decisions/trial.html",
        "\"Slip Op. 25-13\"",
        "\"Slip Op. 25-13 (CIT Jan. 30, 2025)\"",
        "\"17-00256\"",
        "\"1 F. Supp. 4th 1 (CIT 2025), Court No. 17-00256\"",
    ] {
        let tree = trial(&[("again", "2025-11-25", &format!("vacates: [{name}]\n"))]);
        assert_eq!(tree.problems(), [""; 0], "{name}");
        assert!(
            status(&tree, "decisions/trial.html").starts_with("Vacated"),
            "{name}"
        );
    }
    let told = decision(trial(&[]), "trial-2", "2025-02-01", "vacated_by: [later]\n");
    let told = decision(told, "later", "2025-11-25", "");
    assert!(status(&told, "decisions/trial-2.html").starts_with("Vacated Vacated by Case later"));
    // Told by both it stands there once.
    let both = decision(told, "later", "2025-11-25", "vacates: [trial-2]\n");
    let banner = status(&both, "decisions/trial-2.html");
    assert_eq!(banner.matches("Case later").count(), 1, "{banner}");
}

#[test]
fn a_later_decision_outside_of_the_portal_and_a_note_are_shown_without_a_link() {
    let keys =
        "reversed_by: [\"99 F.4th 1 (Fed. Cir. 2026)\"]\nstatus_note: A petition is pending.\n";
    let tree = decision(Portal::new(), "trial", "2025-01-30", keys);
    assert_eq!(tree.problems(), [""; 0]);
    assert_eq!(
        status(&tree, "decisions/trial.html"),
        "Reversed Reversed by 99 F.4th 1 (Fed. Cir. 2026). A petition is pending."
    );
    let data: serde_json::Value =
        serde_json::from_str(&tree.page("decisions/trial.json")).expect("it is JSON");
    assert_eq!(data["status_note"], "A petition is pending.");
    assert_eq!(data["status"]["by"]["url"], serde_json::Value::Null);
    let noted = decision(
        Portal::new(),
        "noted",
        "2025-01-30",
        "status_note: An appeal is pending.\n",
    );
    assert_eq!(
        status(&noted, "decisions/noted.html"),
        "An appeal is pending."
    );
    assert!(
        !noted
            .page("decisions/index.html")
            .contains("usa-tag status")
    );
}

#[test]
fn what_a_reversed_decision_said_no_longer_counts() {
    // The appeal reversed, the last court reversed the appeal: the trial court's decision is as it was.
    let restored = trial(&[
        ("appeal", "2025-06-01", "reverses: [trial]\n"),
        ("last", "2025-12-01", "reverses: [appeal]\n"),
    ]);
    assert!(
        !restored
            .page("decisions/index.html")
            .contains("reversed\">Reversed</strong> June")
    );
    let banner = status(&restored, "decisions/trial.html");
    assert!(banner.starts_with("Reversed by Case appeal"), "{banner}");
    assert!(banner.contains("(itself Reversed)"), "{banner}");
    // The appeal affirmed and was reversed: what it had affirmed falls with it.
    let fallen = trial(&[
        ("appeal", "2025-06-01", "affirms: [trial]\n"),
        ("last", "2025-12-01", "vacates: [appeal]\n"),
    ]);
    assert!(status(&fallen, "decisions/trial.html").starts_with("Vacated Affirmed by"));
    // The latest counts.
    let affirmed = trial(&[
        ("first", "2025-06-01", "reverses: [trial]\n"),
        ("second", "2025-12-01", "affirms: [trial]\n"),
    ]);
    assert!(status(&affirmed, "decisions/trial.html").starts_with("Affirmed"));
}

#[test]
fn a_decision_that_was_affirmed_and_reversed_by_one_is_reversed_in_part() {
    let keys = "affirms: [trial]\nreverses: [trial]\n";
    let tree = trial(&[("appeal", "2025-06-01", keys)]);
    assert_eq!(tree.problems(), [""; 0]);
    let banner = status(&tree, "decisions/trial.html");
    assert!(
        banner.starts_with("Reversed in part Affirmed by Case appeal"),
        "{banner}"
    );
    let page = tree.page("decisions/trial.html");
    assert!(page.contains("https://schema.org/PartiallyInForce"));
    assert!(
        page.contains("reversed in part by Case appeal (June 1, 2025)"),
        "{page}"
    );
}

#[test]
fn decisions_that_reverse_one_another_end_and_are_reported() {
    let tree = decision(Portal::new(), "one", "2025-01-01", "reverses: [two]\n");
    let tree = decision(tree, "two", "2025-01-02", "reverses: [one]\n");
    assert_eq!(
        tree.problem(Code::Contradiction).severity,
        Severity::Warning
    );
    assert!(status(&tree, "decisions/one.html").contains("Reversed by Case two"));
}

#[test]
fn a_letter_that_is_a_ruling_and_a_decision_is_reported_on_the_second() {
    let tree = Portal::new().ruling("HQ H328859", "2024-06-10", "", "Text.");
    let number = "number: \"HQ H328859; FR Doc. 2024-13115\"\n";
    let double = decision(tree.clone(), "printers", "2024-06-10", number);
    let problem = double.problem(Code::NumberInTwoKinds);
    assert_eq!(problem.severity, Severity::Warning);
    assert!(
        problem.related[0].file.ends_with("decisions/printers.md"),
        "{problem:?}"
    );
    for number in [
        "number: Headquarters Ruling Letter H328859 of June 10\n",
        "citation: \"HQ H328859 (FR Doc. 2024-13115)\"\n",
        "number: \"FR Doc. 2024-13115, H328859\"\n",
    ] {
        let double = decision(tree.clone(), "printers", "2024-06-10", number);
        let problem = double.problem(Code::NumberInTwoKinds);
        assert_eq!(problem.severity, Severity::Warning, "{number}");
    }
    // Two opinions in one case have one number, and a docket number is no letter of Headquarters.
    let case = decision(tree, "one", "2024-06-10", "number: \"328859\"\n");
    let case = decision(case, "two", "2024-06-11", "number: \"328859\"\n");
    assert_eq!(case.problems(), [""; 0]);
}

#[test]
fn text_of_a_page_without_later_decisions_has_no_banner() {
    let page = trial(&[]).page("decisions/trial.html");
    assert!(!text(&page).contains("Subsequent") && !page.contains("status-banner"));
}
