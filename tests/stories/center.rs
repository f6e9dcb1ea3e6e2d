//! A Center's page: what is new first, its own documents apart from shared ones, sections in the Center's order.

use crate::support::{Portal, TODAY};
use jiff::civil::date;
use portolan::diagnostic::Code;

const PAGE: &str = "electronics/index.html";

/// The newest document is another Center's, of August 13, 2026. Of Electronics' own rulings one is of the 30 days before,
/// one of the 90 days before and one of the day before those; a notice belongs to both Centers.
fn tree() -> Portal {
    Portal::new()
        .ruling("NY N300001", "2026-07-14", "summary: The latest of all.\n", "")
        .ruling("NY N300002", "2026-05-15", "", "")
        .ruling("NY N300003", "2026-05-14", "", "")
        .with(
            "content/apparel/rulings/n300004.md",
            "---\nnumber: NY N300004\ntitle: A shirt\ndate: 2026-08-13\n---\nText.\n",
        )
        .with(
            "content/shared/publications/notice.md",
            "---\ntype: guide\ntitle: A notice for all\ndate: 2026-08-01\nsummary: Not said of all.\ncenters: all\n---\nText.\n",
        )
}

/// A part of a page, from the element with an id to the end of its section.
fn section<'p>(page: &'p str, id: &str) -> &'p str {
    let from = page
        .find(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("no section {id}"));
    let to = page[from..].find("</section>").expect("it ends");
    &page[from..from + to]
}

/// The places of ids on a page.
fn places(page: &str, ids: &[&str]) -> Vec<usize> {
    let place = |id: &&str| {
        page.find(&format!(" id=\"{id}\">"))
            .unwrap_or_else(|| panic!("no section {id}"))
    };
    ids.iter().map(place).collect()
}

#[test]
fn what_is_new_is_counted_back_from_the_newest_document_and_not_from_today() {
    let page = tree().page(PAGE);
    let new = section(&page, "news");
    assert!(
        new.contains("2 new documents in the 90 days to August 13, 2026, the date of the newest document here; 1 in the last 30 days."),
        "{new}"
    );
    assert!(new.contains("Ruling NY N300001") && new.contains("The latest of all."));
    assert!(!new.contains("NY N300003"));
    assert_eq!(tree().on(date(2031, 1, 1)).page(PAGE), page);
    // A document that only the preview shows is not the newest.
    let draft = tree()
        .with_drafts()
        .ruling("NY N300009", "2027-01-02", "draft: true\n", "");
    assert!(section(&draft.page(PAGE), "news").contains("to August 13, 2026"));
}

#[test]
fn a_change_of_status_is_news_of_the_center_whose_ruling_changed() {
    let tree = tree().with(
        "content/shared/rulings/h310000.md",
        "---\nnumber: HQ H310000\ntitle: Revocation of a ruling\ndate: 2026-08-10\nrevokes: [NY N300003]\ncenters: all\n---\nText.\n",
    );
    let page = tree.page(PAGE);
    let own = section(&page, "news");
    assert!(
        own.contains("2 new documents, 1 change in the 90 days"),
        "{own}"
    );
    assert!(own.contains("Revoked</strong>") && own.contains("Ruling NY N300003"));
    assert!(section(&page, "news-shared").contains("Revocation of a ruling"));
}

#[test]
fn what_several_centers_share_stands_apart_and_is_counted_apart() {
    let page = tree().page(PAGE);
    assert!(!section(&page, "news").contains("A notice for all"));
    let shared = section(&page, "news-shared");
    assert!(shared.contains("A notice for all") && !shared.contains("NY N300001"));
    assert!(!page.contains("A shirt"));
    assert!(page.contains("<strong>3</strong> Rulings</a>"));
    assert!(page.contains(
        "<strong>0</strong> Publications <span class=\"counts-shared\">and 1 shared</span>"
    ));
    // It has none of its own, so it shows the shared one and says so.
    let publications = section(&page, "publications");
    assert!(
        publications.contains("None of this Center alone")
            && publications.contains("Not said of all.")
    );
    // What is new is not listed a second time.
    let rulings = section(&page, "rulings");
    assert!(rulings.contains("NY N300003") && !rulings.contains("NY N300001"));
}

#[test]
fn a_center_without_recent_documents_shows_its_latest_ones() {
    let tree = tree().with(
        "content/apparel/rulings/n300005.md",
        "---\nnumber: NY N300005\ntitle: A coat\ndate: 2027-03-01\n---\nText.\n",
    );
    let page = tree.on(date(2027, 4, 1)).page(PAGE);
    let new = section(&page, "news");
    assert!(
        new.contains("Nothing new in the 90 days to March 1, 2027"),
        "{new}"
    );
    assert!(new.contains("Ruling NY N300001"));
    let empty = Portal::new().page(PAGE);
    assert!(section(&empty, "news").contains("href=\"../electronics/changes/index.html\""));
}

#[test]
fn a_date_that_is_only_a_year_is_not_recent() {
    let tree = tree().ruling("NY N300006", "2026", "", "");
    assert!(
        section(&tree.page(PAGE), "news")
            .contains("2 new documents in the 90 days to August 13, 2026")
    );
}

#[test]
fn rulings_that_others_cite_are_listed_with_how_many_do() {
    let cite =
        |tree: Portal, number: &str| tree.ruling(number, "2020-01-02", "cites: [NY N300003]\n", "");
    let once = cite(tree(), "NY N300007");
    assert!(!once.page(PAGE).contains("rulings-cited"));
    let page = cite(once, "NY N300008").page(PAGE);
    assert!(page.contains("id=\"rulings-cited\""));
    assert!(section(&page, "rulings-cited").contains("cited by 2 documents"));
}

#[test]
fn a_center_puts_its_sections_in_order() {
    let usual = tree().page(PAGE);
    assert!(
        places(
            &usual,
            &[
                "news",
                "contacts",
                "rulings",
                "publications",
                "trends",
                "about"
            ]
        )
        .is_sorted()
    );
    let head = "---\nname: Electronics\nsections: [about, publications]\n";
    let path = "content/electronics/index.md";
    let chosen = tree()
        .replace(path, "---\nname: Electronics\n", head)
        .page(PAGE);
    assert!(
        places(
            &chosen,
            &[
                "news",
                "contacts",
                "about",
                "publications",
                "rulings",
                "trends"
            ]
        )
        .is_sorted()
    );
    // The list of contents has the same order.
    let link = |id: &str| {
        chosen
            .find(&format!("usa-in-page-nav__link\" href=\"#{id}\""))
            .expect("it is listed")
    };
    assert!(["about", "publications", "rulings"].map(link).is_sorted());
}

#[test]
fn a_section_that_no_page_has_is_reported_with_those_that_there_are() {
    let path = "content/electronics/index.md";
    let with = |names: &str| {
        let head = format!("---\nname: Electronics\nsections: [{names}]\n");
        Portal::new().replace(path, "---\nname: Electronics\n", &head)
    };
    assert_eq!(
        with("rulings, ruling").problems(),
        ["content/electronics/index.md:3:21 P0052"]
    );
    let near = with("ruling").problem(Code::UnknownName);
    assert_eq!(near.help.as_deref(), Some("did you mean `rulings`?"));
    let help = with("weather").problem(Code::UnknownName).help.unwrap();
    assert!(
        help.starts_with("known are: ")
            && help.contains("browse, trends, about, programs, agencies"),
        "{help}"
    );
}

#[test]
fn the_page_says_who_keeps_it_and_when_it_was_reviewed() {
    let head = "---\nname: Electronics\nmaintained_by: the editors\nreviewed: 2026-11-01\nreview_by: 2027-11-01\n";
    let tree = Portal::new().replace(
        "content/electronics/index.md",
        "---\nname: Electronics\n",
        head,
    );
    assert!(TODAY < date(2027, 11, 1));
    let page = tree.page(PAGE);
    assert!(page.contains("This page is kept by the editors. Last reviewed: November 1, 2026. Next review: November 1, 2027."));
    assert!(page.contains(
        "<h1>Electronics <span class=\"center-kind\">Center of Excellence and Expertise</span></h1>"
    ));
}

#[test]
fn goods_are_counted_with_the_documents_of_this_center_alone() {
    let tree = tree()
        .with("content/data/hts.csv", "number,indent,description\n8471,0,Machines\n8501,0,Motors\n")
        .ruling("NY N300007", "2020", "hts: [\"8471.30\"]\n", "")
        .with(
            "content/apparel/rulings/n300008.md",
            "---\nnumber: NY N300008\ntitle: A shirt with a motor\ndate: 2020\nhts: [\"8501.10\", \"8471.41\"]\ncenters: [apparel]\n---\nText.\n",
        );
    let page = tree.page(PAGE);
    let goods = section(&page, "coverage");
    assert!(
        goods.contains(">8471</a> <span class=\"count\">(1)</span>"),
        "{goods}"
    );
    assert!(goods.contains(">85</a></li>"), "{goods}");
}
