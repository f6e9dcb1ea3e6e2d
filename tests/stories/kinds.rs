//! Every kind has its page, lists, feed, search and schema from one declaration; those that site.toml adds like the others.

use crate::support::Portal;
use crate::support::site::published_index;
use camino::Utf8Path;
use portolan::document::Schema;
use portolan::index;
use portolan_search::Request;
use serde_json::Value;

const SETTINGS: &str = "\
title = \"Sample\"
base_url = \"https://portal.example/\"

[kinds.bulletins]
name = \"bulletin\"

[fields.bulletin.port]
type = \"text\"
label = \"Port of entry\"
required = true

[fields.bulletin.laws]
type = \"citation\"
list = true

[fields.ruling.mode]
type = \"choice\"
values = [\"air\", \"sea\"]

[fields.ruling.summary]
required = true
";

const BULLETIN: &str = "content/electronics/bulletins/b-1.md";

fn tree(bulletin: &str) -> Portal {
    Portal::new()
        .with("site.toml", SETTINGS)
        .with(BULLETIN, bulletin)
}

#[test]
fn a_kind_of_the_settings_has_pages_lists_and_its_keys_with_labels() {
    let tree = tree(
        "---\ntitle: Delays\ndate: 2026-01\nport: Laredo\nlaws: [\"19 USC 1499 (c)\"]\n---\nText.\n",
    );
    assert_eq!(tree.problems(), [""; 0]);
    let page = tree.page("bulletins/b-1.html");
    assert!(page.contains("<dt>Port of entry</dt><dd><ul class=\"values\"><li>Laredo</li>"));
    assert!(page.contains("<dt>Laws</dt><dd><ul class=\"values\"><li>19 U.S.C. 1499(c)</li>"));
    assert!(
        tree.page("electronics/bulletins/index.html")
            .contains("Delays")
    );
    assert!(tree.page("bulletins/2026/index.html").contains("Delays"));
    assert!(tree.page("electronics/index.html").contains(">Bulletins"));
}

#[test]
fn keys_of_the_settings_are_checked_like_built_in_ones() {
    let tree = tree("---\ntitle: Delays\ndate: 2026-01\nlaws: [\"19 CFR\"]\nprot: x\n---\n")
        .ruling("NY N301234", "2018-11-05", "mode: ais\n", "");
    assert_eq!(
        tree.problems(),
        [
            format!("{BULLETIN}:1:1 P0020"),
            format!("{BULLETIN}:4:8 P0032"),
            format!("{BULLETIN}:5:1 P0021"),
            "content/electronics/rulings/n301234.md:1:1 P0020".to_owned(),
            "content/electronics/rulings/n301234.md:5:7 P0029".to_owned(),
        ]
    );
}

#[test]
fn kinds_and_keys_that_cannot_be_are_refused_in_the_settings() {
    for (settings, place) in [
        ("[kinds.rulings]\nname = \"letter\"\n", "2:8"),
        ("[kinds.Notes]\nname = \"note\"\n", "2:8"),
        ("[kinds.notes]\nname = \"ruling\"\n", "2:8"),
        ("[kinds.events]\nname = \"hearing\"\n", "2:8"),
        ("[kinds.notes]\nname = \"note\"\nlike = \"evnt\"\n", "4:8"),
        ("[fields.rulin.x]\ntype = \"text\"\n", "2:9"),
        ("[fields.ruling.date]\ntype = \"text\"\n", "2:16"),
        ("[fields.ruling.mode]\nlabel = \"Mode\"\n", "2:16"),
        ("[fields.ruling.mode]\ntype = \"choice\"\n", "2:16"),
        ("[fields.ruling.Mode]\ntype = \"text\"\n", "2:16"),
    ] {
        let tree = Portal::new().with("site.toml", format!("title = \"T\"\n{settings}"));
        assert_eq!(
            tree.problems(),
            [format!("site.toml:{place} P0050")],
            "{settings}"
        );
    }
}

/// A portal with a document of each kind that is data alone.
fn of_each_kind() -> Portal {
    Portal::new().with_all(&[
        (
            "content/electronics/messages/duty.md",
            "---\ntitle: Duty on laptops\nnumbers: [CSMS 64018403, 91 FR 34085]\ndate: 2026-03-02\neffective: 2026-03-10\nends: 2026-12-31\nchapters: [8471]\naction: Report 8471.30.\nstatus_note: The rate may change.\n---\nText.\n",
        ),
        (
            "content/shared/findings/value.md",
            "---\ntitle: Value too low\ndate: 2026-02\ncenters: [electronics, apparel]\nfound: 26 of 214 entries\nperiod: fiscal year 2025\naction: Keep the invoices.\n---\nText.\n",
        ),
        (
            "content/electronics/faq/which.md",
            "---\ntitle: Which Center is mine?\ngroup: Centers\nsummary: The one of your goods.\n---\nThe one that handles *most* of `</script>` your goods.\n",
        ),
        (
            "content/electronics/faq/appeal.md",
            "---\ntitle: Can I appeal?\ngroup: Appeals\n---\nYes.\n",
        ),
        (
            "content/electronics/events/webinar.md",
            "---\ntitle: Webinar on origin\ndate: 2026-03-01\nstart: 2026-07-09T14:00\nend: 2026-07-09T15:30\nzone: Eastern\nlink: https://example.gov/webinar\nregistration: mailto:desk@example.gov\n---\nText.\n",
        ),
        (
            "content/electronics/events/past.md",
            "---\ntitle: Trade day of last year\ndate: 2025-01-05\nstart: 2025-05-06\nplace: Laredo\n---\nText.\n",
        ),
    ])
}

/// The data of a page for search engines.
fn data(portal: &Portal, page: &str) -> Value {
    let html = portal.page(page);
    let (_, after) = html.split_once("application/ld+json\">").expect(page);
    let (json, _) = after.split_once("</script>").expect("it ends");
    serde_json::from_str::<Value>(json).expect("it is JSON")["@graph"][0].take()
}

fn found(portal: &Portal, query: &str) -> Vec<String> {
    let site = portal.load().result.expect("the portal has no problems");
    let published = published_index(&site, &portal.memory());
    let request = Request {
        query: query.to_owned(),
        ..Request::default()
    };
    let results = index::search(&published, Utf8Path::new("public"), &request);
    let results = results.expect("it can be searched");
    let answers = results.answers.into_iter().map(|answer| answer.card);
    let hits = results.hits.into_iter().map(|hit| hit.card);
    answers
        .chain(hits)
        .map(|card| format!("{} {}", card.kind, card.url))
        .collect()
}

#[test]
fn every_kind_has_its_words_in_both_languages_and_its_template() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let kinds = Schema::default().kinds;
    for language in ["en", "es"] {
        let words = std::fs::read_to_string(root.join(format!("strings/{language}.toml")));
        let words: toml::Table = toml::from_str(&words.unwrap()).unwrap();
        for kind in kinds.listed() {
            for group in ["kind", "kinds"] {
                let word = words[group].get(kinds.name(kind));
                assert!(word.is_some(), "{language}: {group}.{}", kinds.name(kind));
            }
        }
    }
    for kind in kinds.listed() {
        let template = root.join("templates").join(kinds.of(kind).template);
        assert!(template.is_file(), "{template}");
    }
}

#[test]
fn a_message_says_its_numbers_when_it_applies_what_to_do_and_what_overtook_it() {
    let portal = of_each_kind();
    assert_eq!(portal.problems(), [""; 0]);
    let page = portal.page("messages/duty.html");
    for part in [
        "<span class=\"number document-number\">CSMS 64018403</span>",
        "<dt>Other numbers</dt><dd><ul class=\"values\"><li>91 FR 34085</li>",
        "<dt>Effective</dt><dd><ul class=\"values\"><li>March 10, 2026</li>",
        "<dt>Ends</dt><dd><ul class=\"values\"><li>December 31, 2026</li>",
        "Report 8471.30.",
        "The rate may change.",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(data(&portal, "messages/duty.html")["expires"], "2026-12-31");
    assert!(
        portal
            .page("electronics/messages/index.html")
            .contains("effective March 10, 2026")
    );
    assert!(portal.page("messages/feed.xml").contains("Duty on laptops"));
    assert!(portal.page("hts/84/index.html").contains("Duty on laptops"));
    let record: Value = serde_json::from_str(&portal.page("messages/duty.json")).unwrap();
    assert_eq!(record["numbers"][1], "91 FR 34085");
    assert_eq!(record["effective"], "2026-03-10");
    assert_eq!(record["status_note"], "The rate may change.");
    for query in ["CSMS 64018403", "91 FR 34085", "kind:message laptops"] {
        assert_eq!(
            found(&portal, query)[0],
            "message messages/duty.html",
            "{query}"
        );
    }
}

#[test]
fn a_finding_says_how_much_was_found_and_is_shared_by_its_centers() {
    let portal = of_each_kind();
    let page = portal.page("findings/value.html");
    assert!(page.contains("<dt>Found</dt><dd><ul class=\"values\"><li>26 of 214 entries</li>"));
    assert!(page.contains("Keep the invoices."));
    for center in ["electronics", "apparel"] {
        let list = portal.page(&format!("{center}/findings/index.html"));
        assert!(list.contains("Value too low") && list.contains("fiscal year 2025"));
    }
}

#[test]
fn questions_are_grouped_and_search_engines_get_them_with_their_answers() {
    let portal = of_each_kind();
    let question = &data(&portal, "faq/which.html");
    assert_eq!(question["@type"], "FAQPage");
    let entity = &question["mainEntity"][0];
    assert_eq!(entity["@type"], "Question");
    assert_eq!(entity["name"], "Which Center is mine?");
    assert_eq!(entity["acceptedAnswer"]["@type"], "Answer");
    let answer = entity["acceptedAnswer"]["text"].as_str().unwrap();
    assert!(
        answer.starts_with("The one of your goods. The one that handles most of"),
        "{answer}"
    );

    // The list has the answers that it shows, in the order in which it shows them.
    let page = portal.page("faq/index.html");
    let (_, list) = page.split_once("<h1").expect("it has a heading");
    let place = |words: &str| list.find(words).unwrap_or_else(|| panic!("no {words}"));
    let places = [
        "<h2>Appeals</h2>",
        "Can I appeal?",
        "<h2>Centers</h2>",
        "Which Center is mine?",
    ];
    let places = places.map(place);
    assert!(places.is_sorted(), "{places:?}");
    assert!(list.contains("2 questions by subject."));
    let listed = data(&portal, "faq/index.html");
    assert_eq!(listed["mainEntity"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        listed["mainEntity"][0]["acceptedAnswer"]["text"],
        "The one of your goods."
    );
    assert!(!list.contains("date unknown"));
}

#[test]
fn an_event_says_when_it_is_and_leaves_the_front_when_it_is_over() {
    let portal = of_each_kind();
    let event = data(&portal, "events/webinar.html");
    assert_eq!(event["@type"], "Event");
    assert_eq!(event["startDate"], "2026-07-09T14:00:00-04:00");
    assert_eq!(event["endDate"], "2026-07-09T15:30:00-04:00");
    assert_eq!(event["location"]["url"], "https://example.gov/webinar");
    let page = portal.page("events/webinar.html");
    assert!(
        page.contains("July 9, 2026, 2:00 p.m. to 3:30 p.m. (Eastern time)"),
        "{page}"
    );
    assert!(page.contains("href=\"mailto:desk@example.gov\""));
    assert_eq!(
        data(&portal, "events/past.html")["location"]["name"],
        "Laredo"
    );

    // The newest document is of March 2, 2026.
    for front in ["index.html", "electronics/index.html"] {
        let html = portal.page(front);
        assert!(html.contains("Webinar on origin"), "{front}");
        assert!(!html.contains("Trade day of last year"), "{front}");
    }
    let list = portal.page("events/index.html");
    let place = |words: &str| list.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(place("Webinar on origin") < place("Trade day of last year"));
    assert!(
        portal
            .page("events/2025/index.html")
            .contains("Trade day of last year")
    );
    assert!(
        portal
            .page("events/past.html")
            .contains("This event has ended.")
    );

    // A later document ends the webinar, too; and without one it is as it was, whatever the day.
    let later = portal
        .clone()
        .ruling("NY N300001", "2026-07-10", "", "Text.");
    assert!(
        !later
            .page("electronics/index.html")
            .contains("Webinar on origin")
    );
    let next_year = portal.on(jiff::civil::date(2027, 11, 25));
    assert!(
        next_year
            .page("electronics/index.html")
            .contains("Webinar on origin")
    );
}

#[test]
fn a_center_has_its_own_documents_of_a_kind_before_those_that_it_shares() {
    let portal = of_each_kind();
    let site = portal.site();
    let kinds = &site.portal.schema.kinds;
    let finding = kinds.of_name("finding").unwrap();
    let lists = site
        .portal
        .centers
        .ids()
        .map(|id| site.portal.front(Some(id), finding).len());
    assert_eq!(lists.collect::<Vec<_>>(), [1, 1]);
    // Nothing is there of a kind that the portal has no document of.
    let without = Portal::new();
    assert!(
        without
            .pages(|name| name.starts_with("findings/"))
            .is_empty()
    );
    assert!(!without.page("electronics/index.html").contains("Findings"));
    assert!(without.page("electronics/index.html").contains("Updates"));
}

#[test]
fn a_kind_of_the_settings_has_all_that_the_kind_has_that_it_is_like() {
    let settings = "title = \"T\"\nbase_url = \"https://portal.example/\"\n[kinds.hearings]\nname = \"hearing\"\nlike = \"event\"\n[fields.hearing.docket]\ntype = \"text\"\n";
    let portal = of_each_kind().with("site.toml", settings).with(
        "content/electronics/hearings/h-1.md",
        "---\ntitle: Hearing on chips\ndate: 2026-01-05\nstart: 2026-09-01T09:00\nzone: Pacific\ndocket: USTR-1\n---\nText.\n",
    );
    assert_eq!(portal.problems(), [""; 0]);
    let page = portal.page("hearings/h-1.html");
    assert!(page.contains("September 1, 2026, 9:00 a.m. (Pacific time)"));
    assert!(page.contains("<dt>Docket</dt><dd><ul class=\"values\"><li>USTR-1</li>"));
    assert_eq!(
        data(&portal, "hearings/h-1.html")["startDate"],
        "2026-09-01T09:00:00-07:00"
    );
    assert!(
        portal
            .page("electronics/hearings/index.html")
            .contains("Hearing on chips")
    );
    assert!(
        portal
            .page("hearings/feed.xml")
            .contains("Hearing on chips")
    );
    assert_eq!(
        found(&portal, "kind:hearing chips"),
        ["hearing hearings/h-1.html"]
    );
    let schema = &portal.site().portal.schema;
    let kind = schema.kinds.of_name("hearing").unwrap();
    let schema = schema.json_schema(kind);
    assert_eq!(
        schema["required"],
        serde_json::json!(["date", "start", "title"])
    );
    for key in ["zone", "registration", "docket"] {
        assert!(schema["properties"].get(key).is_some(), "{key}");
    }
    let wrong = portal.replace(
        "content/electronics/hearings/h-1.md",
        "start: 2026-09-01T09:00\n",
        "",
    );
    assert_eq!(
        wrong.problems(),
        ["content/electronics/hearings/h-1.md:1:1 P0020"]
    );
}
