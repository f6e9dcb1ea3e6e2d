//! Offices beside the Centers, and the rulings that they issue.

use crate::support::Portal;
use portolan::diagnostic::Code;
use portolan::portal::{self, CenterId, DocId};
use serde_json::Value;

const COMMODITY: &str = "content/commodity-specialists/index.md";
const HEADQUARTERS: &str = "content/headquarters/index.md";

fn office(name: &str, issues: &str) -> String {
    format!("---\nname: {name}\nkind: office\nissues: {issues}\n---\n")
}

/// Rulings of both collections and of a district, and decisions with numbers of several forms.
fn tree() -> Portal {
    let decision = |number: &str| {
        format!(
            "---\ntype: final-determination\ntitle: Decision {number}\ndate: 2020-01-02\nnumber: \"{number}\"\n---\n"
        )
    };
    Portal::new()
        .with(COMMODITY, office("Commodity specialists", "[NY]"))
        .with(HEADQUARTERS, office("Headquarters", "[HQ]"))
        .ruling(
            "NY N300001",
            "2018-01-10",
            "category: [classification]\nhts: [\"8501.10\"]\norigin: [VN]\n",
            "Text.",
        )
        .ruling(
            "HQ H300002",
            "2019-02-20",
            "hts: [\"8501.10\"]\nrevokes: [N300001]\n",
            "Text.",
        )
        .ruling("N300003", "2020-03-30", "centers: all\n", "No prefix.")
        .ruling("\"087415\"", "1990", "", "An old number.")
        .ruling("DD 857257", "1990", "", "Of a district.")
        .with(
            "content/electronics/decisions/h300005.md",
            decision("HQ H300005; FR Doc. 2020-1"),
        )
        .with(
            "content/electronics/decisions/protest.md",
            decision("3901-2018-100274"),
        )
        .with(
            "content/electronics/decisions/docket.md",
            decision("087416"),
        )
}

fn document(portal: &portal::Portal, slug: &str) -> DocId {
    let id = portal.documents.position(|document| document.slug == slug);
    id.unwrap_or_else(|| panic!("no document {slug}"))
}

/// The Centers of a document, and the office that issued it.
fn belonging<'p>(portal: &'p portal::Portal, slug: &str) -> (Vec<&'p str>, Option<&'p str>) {
    let id = document(portal, slug);
    let name = |center: CenterId| portal.center(center).slug();
    let membership = &portal.membership;
    (
        portal.slugs(membership.centers_of(id)).collect(),
        membership.issuer(id).map(name),
    )
}

#[test]
fn a_collection_tells_the_office_with_or_without_its_prefix() {
    let portal = tree().site().portal;
    let (ny, hq) = (Some("commodity-specialists"), Some("headquarters"));
    for (slug, office) in [
        ("n300001", ny),
        ("h300002", hq),
        ("n300003", ny),
        ("087415", hq),
        ("857257", None),
        ("h300005", hq),
        ("protest", None),
        ("docket", None),
    ] {
        assert_eq!(belonging(&portal, slug).1, office, "{slug}");
    }
    // Every Center means those of the industries, and an office is none.
    assert_eq!(belonging(&portal, "n300003").0, ["apparel", "electronics"]);
    assert_eq!(belonging(&portal, "h300005").0, ["electronics"]);
}

#[test]
fn an_office_has_the_same_pages_of_what_it_issues_as_a_center() {
    let tree = tree();
    for page in [
        "commodity-specialists/index.html",
        "commodity-specialists/rulings/index.html",
        "commodity-specialists/rulings/2018/index.html",
        "commodity-specialists/category/classification/index.html",
        "commodity-specialists/hts/85/index.html",
        "commodity-specialists/origin/vn/index.html",
        "commodity-specialists/changes/index.html",
        "commodity-specialists/feed.xml",
        "commodity-specialists/rulings/feed.json",
    ] {
        let page = tree.page(page);
        assert!(page.contains("rulings/n300001.html"), "{page}");
        assert!(!page.contains(">DD 857257"), "{page}");
    }
    let portal = tree.site().portal;
    let office = portal
        .centers
        .position(|center| center.slug() == "headquarters")
        .expect("it is there");
    // Two rulings and a decision, none of them counted twice in the portal.
    assert_eq!(portal.trends.of(Some(office)).documents.total(), 3);
    assert_eq!(portal.trends.of(None).documents.total(), 8);
    assert_eq!(portal.newest.len(), 8);
    let home = tree.page("rulings/index.html");
    assert!(home.contains("5 documents"), "{home}");
}

#[test]
fn a_ruling_names_its_office_beside_its_centers() {
    let tree = tree();
    let page = tree.page("rulings/n300001.html");
    let fact = |name: &str, slug: &str, value: &str| {
        let list = format!(
            "<dt>{name}</dt><dd><ul class=\"values\"><li><a class=\"usa-link\" href=\"../{slug}/index.html\">{value}</a></li></ul>"
        );
        let single = format!(
            "<dt>{name}</dt><dd><a class=\"usa-link\" href=\"../{slug}/index.html\">{value}</a></dd>"
        );
        page.contains(&list) || page.contains(&single)
    };
    assert!(fact("Centers", "electronics", "Electronics"), "{page}");
    assert!(
        fact(
            "Issued by",
            "commodity-specialists",
            "Commodity specialists"
        ),
        "{page}"
    );
    // The feed that goes with a document stays that of its Center.
    assert!(page.contains("href=\"../electronics/feed.xml\""), "{page}");
    let record: Value =
        serde_json::from_str(&tree.page("rulings/n300001.json")).expect("it is JSON");
    assert_eq!(record["centers"], serde_json::json!(["electronics"]));
    assert_eq!(record["issued_by"], "commodity-specialists");
    let record: Value =
        serde_json::from_str(&tree.page("rulings/857257.json")).expect("it is JSON");
    assert_eq!(record.get("issued_by"), None);
}

#[test]
fn the_folder_of_the_office_that_issued_a_document_leaves_its_centers_to_the_goods() {
    let ruling = |keys: &str| {
        Portal::new()
            .with(HEADQUARTERS, office("Headquarters", "[HQ]"))
            .with(
                "content/headquarters/rulings/h300002.md",
                format!("---\nnumber: HQ H300002\ntitle: A shirt\ndate: 2019\n{keys}---\n"),
            )
    };
    let tree = ruling("hts: [\"6109.10\"]\n");
    assert_eq!(tree.problems(), [""; 0]);
    let hq = Some("headquarters");
    assert_eq!(
        belonging(&tree.site().portal, "h300002"),
        (vec!["apparel"], hq)
    );
    let tree = ruling("");
    assert_eq!(belonging(&tree.site().portal, "h300002"), (vec![], hq));
    let tree = ruling("centers: [headquarters, electronics]\n");
    assert_eq!(
        belonging(&tree.site().portal, "h300002"),
        (vec!["electronics"], hq)
    );
}

#[test]
fn a_collection_has_one_office_and_a_center_of_an_industry_issues_none() {
    let tree = tree().with(HEADQUARTERS, office("Headquarters", "[HQ, NY, HQ]"));
    assert_eq!(tree.problems(), [format!("{HEADQUARTERS}:4:14 P0053")]);
    let problem = tree.problem(Code::IssuingOffice);
    assert!(
        problem
            .message
            .contains("`commodity-specialists` issues NY")
    );

    let center = "---\nname: Electronics\nkind: industry\nissues: [DD]\n---\n";
    let tree = Portal::new().with("content/electronics/index.md", center);
    assert_eq!(tree.problems(), ["content/electronics/index.md:4:9 P0053"]);
}
