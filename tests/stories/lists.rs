//! Where a document is listed, what is told of changes, and the forms in which others can use it.

use crate::support::Portal;
use serde_json::Value;

const TARIFF: &str = "number,indent,description\n8471,0,Automatic data processing machines\n8471.30,1,Portable\n,1,Other:\n8471.41,2,With a processor\n8501,0,Electric motors\n";

/// Settings under which lists of a few documents have several pages.
const SHORT_PAGES: &str =
    "title = \"Sample\"\nbase_url = \"https://portal.example/\"\npage_size = 2\n";

/// Three rulings of heading 8471: the second revokes the first, the third stands beside it.
fn portal() -> Portal {
    Portal::new()
        .with("content/data/hts.csv", TARIFF)
        .ruling(
            "NY N300001",
            "2018-01-10",
            "category: [classification]\nhts: [\"8471.30.0100\"]\norigin: [VN]\n",
            "A notebook.\n\nIt is portable.",
        )
        .ruling(
            "HQ H300002",
            "2019-02-20",
            "category: [classification, origin]\nhts: [\"8471.30\"]\nrevokes: [N300001]\neffective: 2019-05-01\n",
            "We revoke NY N300001.",
        )
        .ruling("NY N300003", "2020-03-30", "hts: [\"8471.30\"]\n", "Another notebook.")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn titles(feed: &Value) -> Vec<&str> {
    let items = feed["items"].as_array().expect("a feed has items");
    items
        .iter()
        .filter_map(|item| item["title"].as_str())
        .collect()
}

fn at(html: &str, text: &str) -> usize {
    html.find(text)
        .unwrap_or_else(|| panic!("{text} in {html}"))
}

#[test]
fn a_document_is_listed_by_category_chapter_heading_and_origin_in_the_portal_and_at_its_center() {
    let portal = portal();
    for page in [
        "category/classification/index.html",
        "hts/84/index.html",
        "hts/8471/index.html",
        "origin/vn/index.html",
        "electronics/category/classification/index.html",
        "electronics/hts/84/index.html",
        "electronics/origin/vn/index.html",
    ] {
        let html = portal.page(page);
        assert!(html.contains("rulings/n300001.html"), "{page}");
    }
    let html = portal.page("origin/vn/index.html");
    assert!(html.contains("Vietnam") && !html.contains("rulings/n300003.html"));
}

#[test]
fn every_heading_of_the_tariff_has_a_page_that_names_its_center_and_its_lines() {
    let portal = portal();
    let html = portal.page("hts/8501/index.html");
    assert!(html.contains("Electric motors") && html.contains("electronics/index.html"));
    let html = portal.page("hts/8471/index.html");
    assert!(at(&html, "Other:") < at(&html, "8471.41"));
    let html = portal.page("hts/84/index.html");
    assert!(html.contains("hts/8471/index.html"));
}

#[test]
fn a_number_that_the_tariff_no_longer_has_is_marked() {
    let html = portal().page("rulings/n300001.html");
    assert!(html.contains("no longer in the tariff"));
    let html = portal().page("rulings/n300003.html");
    assert!(!html.contains("no longer in the tariff"));
}

#[test]
fn what_changed_is_told_by_day_of_effect_with_what_did_it() {
    let portal = portal();
    for page in ["changes/index.html", "electronics/changes/index.html"] {
        let html = portal.page(page);
        let days: Vec<&str> = html.split("<h3 class=\"day\"").skip(1).collect();
        let order = ["2020-03-30", "2019-05-01", "2019-02-20", "2018-01-10"];
        for (day, date) in days.iter().zip(order) {
            let (heading, _) = day.split_once("</h3>").expect("a heading ends");
            assert!(
                heading.contains(&format!("datetime=\"{date}\"")),
                "{page}: {heading}"
            );
        }
        let revoked = days[1];
        assert!(revoked.contains("n300001.html") && revoked.contains("h300002.html"));
    }
    assert!(
        !portal
            .page("apparel/changes/index.html")
            .contains("n300001")
    );
}

#[test]
fn feeds_follow_the_portal_a_center_a_kind_a_chapter_and_changes_of_status() {
    let portal = portal();
    for folder in [
        "",
        "electronics/",
        "rulings/",
        "electronics/rulings/",
        "hts/84/",
    ] {
        let feed = json(&portal.page(&format!("{folder}feed.json")));
        assert_eq!(titles(&feed).len(), 3, "{folder}");
        assert_eq!(
            feed["feed_url"],
            format!("https://portal.example/{folder}feed.json")
        );
        let atom = portal.page(&format!("{folder}feed.xml"));
        assert_eq!(atom.matches("<entry>").count(), 3, "{folder}");
    }
    let changes = json(&portal.page("electronics/changes/feed.json"));
    assert_eq!(titles(&changes), ["Revoked: NY N300001: Ruling NY N300001"]);
    assert_eq!(
        changes["items"][0]["date_published"],
        "2019-05-01T00:00:00Z"
    );
}

#[test]
fn a_documents_record_says_whether_it_stands_and_what_belongs_to_it() {
    let record = json(&portal().page("rulings/n300001.json"));
    assert_eq!(record["status"]["value"], "revoked");
    assert_eq!(record["status"]["since"], "2019-05-01");
    assert_eq!(
        record["status"]["by"]["url"],
        "https://portal.example/rulings/h300002.html"
    );
    assert_eq!(record["history"][0]["relation"], "revoked by");
    assert_eq!(record["cited_by"][0]["number"], "HQ H300002");
    assert_eq!(record["origin"][0], "VN");
    assert_eq!(record["official"], false);
}

#[test]
fn the_plain_text_begins_with_the_status() {
    let text = portal().page("rulings/n300001.txt");
    let (head, body) = text.split_once("\n\n").expect("a head and a body");
    assert!(
        head.contains("REVOKED (revoked by HQ H300002, May 1, 2019)"),
        "{head}"
    );
    assert!(body.contains("It is portable."));
}

#[test]
fn the_settings_leave_out_other_forms() {
    let portal = portal().with(
        "site.toml",
        "title = \"Sample\"\ndocument_json = false\ndocument_text = false\n",
    );
    let site = portal.load().result.expect("it is sound");
    let forms = site.site_map.entries().iter().filter(|job| {
        let path = job.path.as_str();
        path.starts_with("rulings/n") && !path.ends_with(".html")
    });
    assert_eq!(forms.count(), 0);
}

#[test]
fn a_file_cannot_take_the_place_of_a_documents_other_form() {
    let problems = portal()
        .with("content/static/rulings/n300001.json", "{}")
        .problems();
    assert!(
        problems
            .iter()
            .any(|problem| problem.starts_with("content/static/rulings/n300001.json:1:1 ")),
        "{problems:?}"
    );
}

#[test]
fn a_citation_says_that_the_ruling_is_revoked() {
    let html = portal().page("rulings/n300001.html");
    assert!(html.contains("NY N300001 (Jan. 10, 2018), revoked by HQ H300002 (Feb. 20, 2019)"));
    assert!(html.contains("TY  - GOVDOC") && html.contains("@misc{n300001,"));
}

#[test]
fn related_rulings_are_of_the_same_subheading_and_in_force() {
    let html = portal().page("rulings/h300002.html");
    let related = &html[at(&html, "id=\"related\"")..];
    assert!(related.contains("n300003.html") && !related.contains("n300001.html"));
}

#[test]
fn search_engines_are_told_what_a_page_is() {
    let data = |page: &str| {
        let html = portal().page(page);
        let start = at(&html, "application/ld+json\">") + "application/ld+json\">".len();
        let end = start + at(&html[start..], "</script>");
        json(&html[start..end])
    };
    let ruling = data("rulings/n300001.html");
    assert_eq!(ruling["@graph"][0]["@type"], "Legislation");
    assert_eq!(
        ruling["@graph"][0]["legislationLegalForce"],
        "https://schema.org/NotInForce"
    );
    assert_eq!(ruling["@graph"][1]["@type"], "BreadcrumbList");
    let center = data("electronics/index.html");
    assert_eq!(center["@graph"][0]["@type"], "GovernmentOrganization");
}

#[test]
fn a_link_to_a_paragraph_is_held_against_the_paragraphs() {
    let page = |anchor: &str| {
        portal().with(
            "content/pages/help.md",
            format!("---\ntitle: Help\n---\n[two](/rulings/n300001.html#{anchor})\n"),
        )
    };
    let broken = |anchor: &str| {
        let problems = page(anchor).problems();
        problems
            .into_iter()
            .find(|problem| problem.starts_with("content/pages"))
    };
    assert_eq!(broken("p2"), None);
    let place = broken("p3").expect("there is no third paragraph");
    assert!(place.starts_with("content/pages/help.md:4:1 "), "{place}");
}

#[test]
fn the_interface_speaks_spanish_where_the_settings_say_so() {
    let portal = portal().with("site.toml", "title = \"Muestra\"\nlanguage = \"es\"\n");
    let html = portal.page("rulings/n300001.html");
    assert!(
        html.contains("Revocado") || html.contains("Revocada"),
        "{html}"
    );
    assert!(html.contains("10 de enero de 2018"));
    assert!(portal.page("origin/vn/index.html").contains("Vietnam"));
}

#[test]
fn a_line_of_the_tariff_names_what_was_decided_on_it_and_what_stands_first() {
    let on_it = "hts: [\"8471.30\"]\n";
    let tree = Portal::new()
        .with("content/data/hts.csv", TARIFF)
        .ruling("NY N300001", "2018", on_it, "")
        .ruling("NY N300002", "2019", on_it, "")
        .ruling("NY N300003", "2020", on_it, "")
        .ruling("NY N300004", "2021", on_it, "")
        .ruling("HQ H300005", "2022", "revokes: [NY N300004]\n", "");
    let page = tree.page("hts/8471/index.html");
    let row = page
        .split("<tr>")
        .find(|row| row.starts_with("<td class=\"number\">8471.30<"));
    let row = row.expect("the tariff has the number");
    let places = ["N300003", "N300002", "N300001", "?q=8471.30\""].map(|text| row.find(text));
    assert!(places.iter().all(Option::is_some), "{row}");
    assert!(places.is_sorted(), "{row}");
    assert!(row.contains("1 more") && !row.contains("N300004"), "{row}");
}

#[test]
fn a_list_stands_as_a_table_that_no_spreadsheet_runs() {
    let tree = portal().with(
        "content/electronics/rulings/evil.md",
        "---\nnumber: NY N300009\ntitle: '=HYPERLINK(\"https://evil.example\")'\ndate: 2021\nhts: [\"8471.30\", \"8471.41\"]\n---\nText.\n",
    );
    let page = tree.page("hts/8471/index.html");
    assert!(page.contains("href=\"../../hts/8471/list.csv\""), "{page}");
    let table = tree.page("hts/8471/list.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("it is CSV")).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0][1], *"'=HYPERLINK(\"https://evil.example\")");
    assert_eq!(rows[0][9], *"8471.30; 8471.41");
    let revoked = rows.iter().find(|row| row[0] == *"NY N300001");
    let revoked = revoked.expect("it is listed");
    assert_eq!(
        [&revoked[5], &revoked[6], &revoked[7], &revoked[12]],
        [
            "revoked",
            "2019-05-01",
            "electronics",
            "https://portal.example/rulings/n300001.html"
        ]
    );
    for (path, rows) in [("rulings/list.csv", 4), ("electronics/rulings/list.csv", 4)] {
        assert_eq!(tree.page(path).lines().count(), rows + 1, "{path}");
    }
}

#[test]
fn a_list_and_a_feed_say_the_same_of_a_document_as_its_record() {
    let portal = portal();
    let table = portal.page("rulings/list.csv");
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let columns = table.headers().expect("it has a header").clone();
    let feed = json(&portal.page("rulings/feed.json"));
    let mut rows = 0;
    for row in table.records().map(|row| row.expect("it is CSV")) {
        let cell = |name: &str| {
            let at = columns.iter().position(|column| column == name);
            &row[at.unwrap_or_else(|| panic!("no column {name}"))]
        };
        let page = cell("url").trim_start_matches("https://portal.example/");
        let record = json(&portal.page(&page.replace(".html", ".json")));
        let text = |value: &Value| match value {
            Value::Array(values) => {
                let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                values.join("; ")
            }
            value => value.as_str().unwrap_or_default().to_owned(),
        };
        for name in [
            "number",
            "title",
            "kind",
            "categories",
            "date",
            "centers",
            "issued_by",
            "hts",
            "origin",
            "summary",
            "url",
            "text",
        ] {
            assert_eq!(cell(name), text(&record[name]), "{name} of {page}");
        }
        assert_eq!(cell("status"), text(&record["status"]["value"]), "{page}");
        assert_eq!(
            cell("status_since"),
            text(&record["status"]["since"]),
            "{page}"
        );
        assert_eq!(
            cell("status_as_of"),
            text(&record["status"]["as_of"]),
            "{page}"
        );
        let name = format!("{}: {}", cell("number"), cell("title"));
        assert!(titles(&feed).contains(&name.as_str()), "{name}");
        rows += 1;
    }
    assert_eq!(rows, 3);
}

#[test]
fn the_data_of_a_filter_say_the_same_of_a_document_as_its_list() {
    let tree = portal()
        .with("site.toml", SHORT_PAGES)
        .with(
            "content/electronics/rulings/bell.md",
            "---\nnumber: NY N300004\ntitle: The tariff classification of a <b>bell</b> from China\ndate: unknown\nhts: [\"8501\"]\n---\nA bell.\n",
        );
    let first = tree.page("rulings/index.html");
    assert!(
        first.contains("data-list=\"../rulings/list.json\""),
        "{first}"
    );
    let second = tree.page("rulings/page-2.html");
    assert!(!second.contains("data-list="), "{second}");
    let data = json(&tree.page("rulings/list.json"));
    let items = data["items"].as_array().expect("it has items");
    assert_eq!(items.len(), 4);
    let bell = items.iter().find(|item| item["number"] == "NY N300004");
    let bell = bell.expect("it is listed");
    assert_eq!(bell["goods"], "<b>bell</b> from China");
    assert_eq!(bell["question"], "Tariff classification");
    assert_eq!(bell.get("datetime"), None);
    let revoked = items.iter().find(|item| item["number"] == "NY N300001");
    let revoked = revoked.expect("it is listed");
    assert_eq!(revoked["status_class"], "revoked");
    assert_eq!(revoked["origin"], serde_json::json!(["VN"]));
    let names = |facet: &str| {
        let options = data["facets"][facet]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let names = options
            .iter()
            .map(|option| option[1].as_str().unwrap_or_default().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names("origin"), ["Vietnam"]);
    assert_eq!(names("chapter"), ["84", "85"]);
    assert_eq!(names("category"), ["Classification", "Country of origin"]);
    for text in [&first, &second, &tree.page("rulings/list.json")] {
        assert!(!text.contains("<b>bell"), "{text}");
    }
}

#[test]
fn changes_of_several_pages_have_a_way_to_each_month() {
    let tree = portal().with("site.toml", SHORT_PAGES);
    let html = tree.page("changes/index.html");
    let places = [
        "changes/index.html#2020-03",
        "changes/index.html#2019-05",
        "changes/page-2.html#2019-02",
        "changes/page-2.html#2018-01",
    ];
    let places = places.map(|place| at(&html, place));
    assert!(places.is_sorted(), "{html}");
    assert!(
        html.contains("<h2 id=\"2020-03\">March 2020</h2>"),
        "{html}"
    );
    assert!(
        tree.page("changes/page-2.html")
            .contains("<h2 id=\"2018-01\">")
    );
    let html = portal().page("changes/index.html");
    assert!(!html.contains("class=\"jump\""), "{html}");
}

#[test]
fn a_page_shows_each_other_document_in_one_place() {
    let tree = portal().ruling(
        "NY N300005",
        "2021",
        "cites: [NY N300001]\n",
        "As in NY N300001, it is a machine.",
    );
    let html = tree.page("rulings/n300001.html");
    let (history, rest) = html
        .split_once("id=\"contents\"")
        .expect("a page has contents");
    assert!(
        history.contains("h300002.html") && history.contains("We revoke NY N300001."),
        "{html}"
    );
    let (_, cited) = rest.split_once("id=\"cited-by\"").expect("it is cited");
    let (cited, _) = cited.split_once("</section>").expect("a section ends");
    assert!(
        cited.contains("n300005.html") && !cited.contains("h300002.html"),
        "{cited}"
    );
    let html = tree.page("rulings/h300002.html");
    let (_, changes) = html
        .split_once("id=\"changes\"")
        .expect("it changes a ruling");
    assert!(
        changes.contains("n300001.html") && !html.contains("id=\"cites\""),
        "{html}"
    );
}

#[test]
fn a_court_decision_leads_to_its_opinion_and_a_source_to_what_it_names() {
    let decision = |kind: &str| {
        Portal::new().with(
            "content/shared/decisions/case.md",
            format!(
                "---\ntitle: A v. United States\ntype: {kind}\ndate: 2020-01-02\nsource:\n  - law.justia.com CAFC 06-1387\n  - \"www.cit.uscourts.gov/files/23-128.pdf, opinion, and 79 FR 13322\"\n---\nIt was affirmed.\n"
            ),
        )
    };
    let html = decision("court").page("decisions/case.html");
    let opinion = "href=\"https://www.cit.uscourts.gov/files/23-128.pdf\"";
    assert!(
        html.contains(&format!("{opinion} rel=\"external\">Read the opinion")),
        "{html}"
    );
    assert!(
        html.contains("federalregister.gov/citation/79-FR-13322"),
        "{html}"
    );
    assert!(!html.contains("https://law.justia.com"), "{html}");
    let html = decision("protest-review").page("decisions/case.html");
    assert!(
        html.contains(opinion) && !html.contains("Read the opinion"),
        "{html}"
    );
}

#[test]
fn a_file_of_the_content_takes_no_place_of_a_table() {
    let tree = portal().with("content/static/rulings/list.csv", "mine");
    let taken = "content/static/rulings/list.csv:1:1 P0040".to_owned();
    assert!(tree.problems().contains(&taken), "{:?}", tree.problems());
}

#[test]
fn no_table_of_a_site_has_a_cell_that_a_spreadsheet_runs() {
    let starts = ["=", "+", "-", "@"];
    let mut portal = portal();
    let mut figures = "center,measure,year,value,source,note\n".to_owned();
    for (at, start) in starts.iter().enumerate() {
        portal = portal.with(
            &format!("content/electronics/rulings/evil-{at}.md"),
            format!(
                "---\nnumber: NY N30010{at}\ntitle: '{start}cmd()'\nsummary: '{start}1+1'\ndate: 2021\nhts: [\"8471.30\"]\n---\nText.\n"
            ),
        );
        figures.push_str(&format!(
            "electronics,staff,201{at},1,{start}source,{start}note\n"
        ));
    }
    let pages = portal
        .with("content/data/statistics.csv", figures)
        .all_pages();
    let tables: Vec<_> = pages
        .iter()
        .filter(|(path, _)| path.ends_with(".csv"))
        .collect();
    let mut guarded = std::collections::BTreeSet::new();
    for (path, bytes) in tables {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let rows = reader.records().map(|row| row.expect("it is CSV"));
        for cell in rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{path}: {cell}"
            );
            if cell
                .strip_prefix('\'')
                .is_some_and(|rest| starts.iter().any(|start| rest.starts_with(start)))
            {
                guarded.insert(path.as_str());
            }
        }
    }
    for path in [
        "rulings/list.csv",
        "electronics/trends/statistics-staff.csv",
    ] {
        assert!(guarded.contains(path), "{path}: {guarded:?}");
    }
}
