//! What documents and the table of statistics add up to.

use crate::support::Portal;
use portolan::diagnostic::Code;
use portolan::document::Kind;
use portolan_customs::Change;
use proptest::prelude::*;

/// HQ 087415 revokes HQ 086452, which revoked NY 829540, and reinstates that one.
fn back_in_force() -> Portal {
    Portal::new()
        .ruling("NY 829540", "1988-06-01", "", "")
        .ruling("HQ 086452", "1990-02-01", "revokes: [NY 829540]\n", "")
        .ruling(
            "HQ 087415",
            "1990-09-15",
            "revokes: [HQ 086452]\nreinstates: [NY 829540]\n",
            "",
        )
}

#[test]
fn a_revocation_counts_in_the_year_in_which_it_took_effect() {
    let tree = Portal::new()
        .ruling("NY N300001", "2018-11-05", "", "")
        .ruling("NY N300002", "unknown", "", "")
        .ruling("NY N300003", "2019", "revoked_by: [HQ H999999]\n", "")
        .ruling("NY N300004", "2019", "withdrawn: true\n", "")
        .ruling(
            "HQ H300005",
            "2019-12-20",
            "effective: 2020-03-01\nrevokes: [NY N300001, NY N300002, NY E12345]\nmodifies: [NY E12346]\n",
            "",
        );
    let portal = tree.site().portal;
    for scope in portal.scopes().take(2) {
        let trend = portal.trends.of(scope);
        if trend.documents.total() == 0 {
            continue;
        }
        // Two of the portal and one that it does not have; the day of the other two is not known.
        assert_eq!(trend.changes.count(Change::Revokes, 2020), 3);
        assert_eq!(trend.changes.count(Change::Modifies, 2020), 1);
        assert_eq!(trend.changes.undated(Change::Revokes), 2);
        assert_eq!((trend.ages.known(), trend.ages.unknown), (1, 3));
        assert_eq!(trend.ages.median(), Some(15));
        assert_eq!(trend.documents.undated(Kind::Ruling), 1);
    }
}

#[test]
fn a_ruling_that_is_back_in_force_was_revoked_all_the_same() {
    let portal = back_in_force().site().portal;
    let trend = portal.trends.of(None);
    assert_eq!(trend.changes.count(Change::Revokes, 1990), 2);
    assert_eq!(trend.reinstated, 1);
    assert_eq!(trend.ages.groups(), [1, 1, 0, 0, 0, 0]);
    let page = back_in_force().page("trends/index.html");
    assert!(page.contains("1 of the revoked rulings was put back in force."));
}

#[test]
fn headings_count_once_a_document_and_without_special_chapters() {
    let tree = Portal::new()
        .ruling(
            "NY N300001",
            "2018",
            "hts: [\"8471.30.01\", \"8471.41\", \"9903.88.01\", \"85\"]\norigin: [CN, VN]\n",
            "",
        )
        .ruling(
            "NY N300002",
            "2018",
            "hts: [\"8504.40\"]\norigin: [VN]\n",
            "",
        );
    let portal = tree.site().portal;
    let trend = portal.trends.of(None);
    let entry = |name: &str, count: usize| (name.to_owned(), count);
    assert_eq!(trend.headings.entries, [entry("8471", 1), entry("8504", 1)]);
    assert_eq!(trend.headings.documents, 2);
    assert_eq!(trend.origins.entries, [entry("VN", 2), entry("CN", 1)]);
    let page = tree.page("electronics/trends/index.html");
    assert!(page.contains("Headings 8471 and 8504 are the most frequent: 1 of 2 each."));
    assert!(page.contains(
        "Vietnam is the most frequent: 2 of the 2 documents that name a country (100%)."
    ));
    assert!(!page.contains("Tariff:"));
    let named = tree.with(
        "site.toml",
        "title = \"T\"\n[hts]\nedition = \"2026 Basic Edition\"\n",
    );
    assert!(
        named
            .page("trends/index.html")
            .contains("Tariff: 2026 Basic Edition.")
    );
}

#[test]
fn a_center_without_documents_has_a_sentence_and_no_chart() {
    let page = back_in_force().page("apparel/trends/index.html");
    assert!(page.contains("No documents are published here yet"));
    assert!(!page.contains("<figure"));
    assert!(
        !back_in_force()
            .page("apparel/index.html")
            .contains("id=\"trends\"")
    );
    let teaser = back_in_force().page("electronics/index.html");
    assert!(teaser.contains("1990 has the most documents: 2 of the 3 with a date."));
    assert!(teaser.contains("href=\"../electronics/trends/index.html\""));
}

#[test]
fn one_undated_document_makes_a_table_and_no_picture() {
    let tree = Portal::new().ruling("NY N300001", "unknown", "", "");
    let page = tree.page("trends/index.html");
    assert!(page.contains("No document has a known date."));
    assert!(page.contains("none of which has a known date"));
    assert!(!page.contains("<svg"));
    assert_eq!(
        tree.page("trends/documents.csv"),
        "year,rulings,total\r\n,1,1\r\n"
    );
}

/// Ten rulings of two years and two countries, of which eight are of Electronics alone.
fn ten() -> Portal {
    (0..10).fold(Portal::new(), |tree, at| {
        let (date, origin) = if at < 7 {
            ("2018-03-01", "VN")
        } else {
            ("2019-03-01", "CN")
        };
        let centers = if at < 8 {
            ""
        } else {
            "centers: [electronics, apparel]\n"
        };
        let keys = format!("origin: [{origin}]\n{centers}");
        tree.ruling(&format!("NY N30000{at}"), date, &keys, "")
    })
}

#[test]
fn the_years_are_drawn_with_words_and_the_last_one_as_open() {
    let page = ten().page("trends/index.html");
    let from = page
        .find("<svg class=\"chart-drawing\"")
        .expect("there is a picture");
    let to = from + page[from..].find("</svg>").expect("it ends");
    insta::assert_snapshot!(&page[from..to + 6]);
}

#[test]
fn fewer_than_ten_values_make_a_table_and_no_chart() {
    let nine = ten().delete("content/electronics/rulings/n300000.md");
    for page in ["trends/index.html", "electronics/trends/index.html"] {
        let page = nine.page(page);
        assert!(!page.contains("<svg") && !page.contains("class=\"bars\""));
        assert!(page.contains("<details open>"));
    }
    assert!(
        !nine
            .page("electronics/index.html")
            .contains("chart-sparkline")
    );
    let ten = ten();
    assert!(
        ten.page("electronics/trends/index.html")
            .contains("class=\"bars\"")
    );
    assert!(
        ten.page("electronics/index.html")
            .contains("chart-sparkline")
    );
}

#[test]
fn bars_and_years_lead_to_the_lists_of_what_they_count() {
    let page = ten().page("electronics/trends/index.html");
    // A bar of a Center leads to the Center's own list, a column to that of its year.
    assert!(
        page.contains("href=\"../../electronics/origin/vn/index.html\">Vietnam</a>"),
        "{page}"
    );
    assert!(
        page.contains(
            "<a href=\"../../electronics/rulings/2018/index.html\" tabindex=\"-1\"><rect"
        )
    );
    assert!(page.contains("<td class=\"chart-number\"><a href=\"../../electronics/rulings/2018/index.html\">7</a></td>"));
}

#[test]
fn a_center_is_compared_with_all_of_them_and_says_what_it_shares() {
    let tree = ten();
    let page = tree.page("apparel/trends/index.html");
    assert!(
        page.contains(
            "Based on the 2 documents published here. 0 are of this Center alone; it shares 2"
        ),
        "{page}"
    );
    // Two documents are too few for a chart, ten are not.
    assert!(!page.contains("all Centers:"));
    let page = tree
        .with(
            "content/apparel/rulings/n300011.md",
            "---\nnumber: NY N300011\ntitle: A shirt\ndate: 2019\norigin: [CN]\n---\nText.\n",
        )
        .page("electronics/trends/index.html");
    assert!(
        page.contains("7 (70%) <span class=\"bar-all\">all Centers: 64%</span>"),
        "{page}"
    );
}

#[test]
fn no_status_is_said_of_rulings_but_that_no_change_is_known() {
    let page = back_in_force().page("trends/index.html");
    let from = page.find("id=\"statuses\"").expect("there are rulings");
    let to = from + page[from..].find("</figure>").expect("it ends");
    let statuses = &page[from..to];
    assert!(statuses.contains("No change known") && statuses.contains("Revoked"));
    assert!(!page.contains("In force"));
    assert!(page.contains("These figures count the documents of this portal."));
}

#[test]
fn figures_are_told_with_their_source_and_drawn_from_ten_on() {
    let head = "center,measure,year,value,source,note\n";
    let one = format!("{head}electronics,staff,2015-12,>670,\"=A report, 2015\",\n");
    let tree = back_in_force().with("content/data/statistics.csv", &one);
    let page = tree.page("electronics/trends/index.html");
    assert!(page.contains("Staff: more than 670 (December 2015)."));
    assert!(page.contains("Source: =A report, 2015."));
    assert_eq!(
        tree.page("electronics/trends/statistics-staff.csv"),
        "date,value,precision,source,note\r\n2015-12,670,more than,\"'=A report, 2015\",\r\n"
    );
    let two = format!("{one}electronics,staff,2018,700,Another,\n");
    let page = tree
        .clone()
        .with("content/data/statistics.csv", &two)
        .page("electronics/trends/index.html");
    assert!(page.contains("Staff: 700 (2018), after more than 670 (December 2015)."));
    assert!(!page.contains("<svg"));
    let ten = (2016..2025).fold(one, |table, year| {
        format!("{table}electronics,staff,{year},700,Another,\n")
    });
    let page = tree
        .with("content/data/statistics.csv", &ten)
        .page("electronics/trends/index.html");
    assert!(page.contains("<svg class=\"chart-drawing\""));
}

#[test]
fn figures_of_a_center_that_there_is_not_are_reported_at_its_name() {
    let table =
        "center,measure,year,value,source,note\n,staff,2015,1,S,\nelectronic,staff,2015,1,S,\n";
    let tree = Portal::new().with("content/data/statistics.csv", table);
    assert_eq!(tree.problems(), ["content/data/statistics.csv:3:1 P0031"]);
    let problem = tree.problem(Code::UnknownCenter);
    assert_eq!(problem.help.as_deref(), Some("did you mean `electronics`?"));
}

#[test]
fn content_links_to_trends_and_takes_none_of_their_addresses() {
    let page = |text: &str| {
        Portal::new()
            .ruling("NY N300001", "2018", "", "")
            .with("content/pages/about.md", text)
    };
    let sound = page(
        "---\ntitle: About\n---\n[All](/trends/index.html), [one](/electronics/trends/index.html), [data](/trends/documents.csv)\n",
    );
    assert_eq!(sound.problems(), [""; 0]);
    let taken = page("---\ntitle: About\naliases: [/trends/index.html]\n---\n");
    assert_eq!(taken.problems(), ["content/pages/about.md:3:11 P0040"]);
    let sitemap = sound.page("sitemap.xml");
    assert!(sitemap.contains("https://portal.example/electronics/trends/index.html"));
}

#[test]
fn trends_speak_the_language_of_the_interface() {
    let tree = back_in_force().with("site.toml", "title = \"T\"\nlanguage = \"es\"\n");
    let page = tree.page("electronics/trends/index.html");
    assert!(page.contains("<h1>Tendencias: Electronics</h1>")); // spelling: on purpose
    assert!(page.contains("1990 es el año con más documentos: 2 de los 3 con fecha."));
    assert!(!page.contains(">trends"), "a word is missing");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_document_is_counted_once(
        documents in prop::collection::vec((prop::option::of(1950_i16..2030), any::<bool>()), 0..12),
    ) {
        let tree = documents.iter().enumerate().fold(Portal::new(), |tree, (at, (year, is_shared))| {
            let date = year.map_or("unknown".to_owned(), |year| year.to_string());
            let centers = if *is_shared { "centers: [electronics, apparel]\n" } else { "" };
            tree.ruling(&format!("NY N30{at:04}"), &date, centers, "")
        });
        let portal = tree.site().portal;
        for scope in portal.scopes() {
            let trend = portal.trends.of(scope);
            let documents = portal.newest.iter();
            let listed = documents
                .filter(|id| scope.is_none_or(|center| portal.membership.scopes_of(**id).contains(&center)))
                .count();
            let counts = &trend.documents;
            prop_assert_eq!(counts.total(), listed);
            prop_assert_eq!(counts.dated(Kind::Ruling) + counts.undated(Kind::Ruling), listed);
            let (first, last) = counts.span().unwrap_or((0, -1));
            let by_year: usize = (first..=last).map(|year| counts.of_year(year)).sum();
            prop_assert_eq!(by_year, counts.dated(Kind::Ruling));
        }
        // Nothing is drawn or said that makes a page fail.
        prop_assert!(tree.page("trends/index.html").contains("<h1>Trends</h1>"));
    }
}
