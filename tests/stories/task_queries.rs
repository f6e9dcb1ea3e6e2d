//! What readers ask of the sample portal when they look for an office, a form, a program or a number, and the page that
//! answers: it comes first.

use crate::support::site::published_index;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::date;
use portolan::build::{self, BuildContext};
use portolan::cache::Facts;
use portolan::files::{Disk, Memory};
use portolan::index;
use portolan_search::{Card, Column, NoteKind, Request, Results};
use std::collections::BTreeSet;

const TASKS: &[(&str, &str)] = &[
    ("FDA", "agencies/fda/index.html"),
    (
        "national account manager",
        "contacts/index.html#role-national-account-manager",
    ),
    (
        "preferred exam location",
        "programs/preferred-exam-location/index.html",
    ),
    (
        "supply chain security specialist",
        "contacts/index.html#role-supply-chain-security-specialist",
    ),
    ("Form 28", "contacts/cf-28.html"),
    ("change my Center", "contacts/center-assignment.html"),
    ("who do I call about a hold", "contacts/exam-location.html"),
    ("Form 29", "contacts/cf-29.html"),
    ("CF-28", "contacts/cf-28.html"),
    ("how do I file a protest", "contacts/protest.html"),
    ("my goods were seized", "contacts/seizure-petition.html"),
    ("petition for a penalty", "contacts/penalty.html"),
    ("goods detained by customs", "contacts/detention.html"),
    ("prior disclosure", "contacts/prior-disclosure.html"),
    ("binding ruling request", "contacts/ruling-request.html"),
    ("internal advice", "contacts/internal-advice.html"),
    (
        "application for further review",
        "contacts/further-review.html",
    ),
    (
        "post summary correction",
        "contacts/post-summary-correction.html",
    ),
    (
        "liquidated damages claim",
        "contacts/liquidated-damages.html",
    ),
    ("duty refund for exported goods", "contacts/drawback.html"),
    (
        "import specialist",
        "contacts/index.html#role-import-specialist",
    ),
    ("port director", "contacts/index.html#role-port-director"),
    ("FP&F office", "contacts/index.html#role-fpf-office"),
    ("EPA", "agencies/epa/index.html"),
    (
        "Consumer Product Safety Commission",
        "agencies/cpsc/index.html",
    ),
    ("CTPAT", "programs/ctpat/index.html"),
    ("importer self-assessment", "programs/isa/index.html"),
    ("electronics center", "electronics/index.html"),
    ("port code 3901", "contacts/ports/index.html#illinois"),
    ("ports of entry Laredo", "contacts/ports/2304.html"),
];

/// The index of the sample portal, and the anchors and addresses of its pages.
struct Sample {
    published: Memory,
    addresses: BTreeSet<String>,
}

impl Sample {
    fn new() -> Self {
        let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let files = Disk::new(&root);
        let context = BuildContext::on(date(2026, 11, 28));
        let site = build::load(&files, &Facts::default(), context, &()).unwrap();
        let site = site.result.unwrap();
        let entries = site.site_map.entries().iter();
        Self {
            published: published_index(&site, &files),
            addresses: entries.map(|entry| entry.path.to_string()).collect(),
        }
    }

    fn search(&self, request: &Request) -> Results {
        index::search(&self.published, Utf8Path::new("public"), request).unwrap()
    }
}

fn request(query: &str) -> Request {
    Request {
        query: query.to_owned(),
        ..Request::default()
    }
}

/// What is shown, answers first.
fn shown(results: &Results) -> Vec<&Card> {
    let answers = results.answers.iter().map(|answer| &answer.card);
    answers
        .chain(results.hits.iter().map(|hit| &hit.card))
        .collect()
}

#[test]
fn the_page_that_answers_a_task_comes_first() {
    let sample = Sample::new();
    let wrong = TASKS.iter().filter_map(|(query, page)| {
        let results = sample.search(&request(query));
        let shown = shown(&results).into_iter().map(|card| card.url.as_str());
        let shown: Vec<&str> = shown.collect();
        (shown.first() != Some(page)).then(|| format!("{query}: expected {page}, found {shown:#?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_kind_of_page_is_found_by_its_kind_and_leads_to_a_page() {
    let sample = Sample::new();
    for kind in [
        "center", "office", "problem", "contact", "port", "program", "agency", "heading",
        "chapter", "help", "page",
    ] {
        let results = sample.search(&Request {
            limit: 100,
            ..request(&format!("kind:{kind} "))
        });
        assert!(!shown(&results).is_empty(), "{kind}");
        for card in shown(&results) {
            assert_eq!(card.kind, kind, "{}", card.title);
            assert!(!card.title.is_empty(), "{}", card.url);
            let page = card.url.split('#').next().unwrap_or_default();
            assert!(sample.addresses.contains(page), "{}", card.url);
        }
    }
}

#[test]
fn the_card_of_a_page_says_what_a_reader_needs() {
    let sample = Sample::new();
    let card = |query: &str| shown(&sample.search(&request(query)))[0].clone();
    let problem = card("kind:problem seized ");
    assert_eq!(
        problem.details,
        [
            "Deadline: 30 calendar days. From mailing of the notice of seizure to the petition",
            "Deadline: 7 business days. Shortest time that the notice may allow when fewer than 180 days of the statute \
             of limitations remain",
            "Contact: Fines, Penalties and Forfeitures Office",
        ]
    );
    let center = card("kind:center electronics ");
    assert_eq!(center.details[0], "Long Beach, California");
    assert!(
        center.details[1].starts_with("HTS 85, 3818"),
        "{:?}",
        center.details
    );
    let heading = card("kind:heading hts:6109 ");
    assert_eq!(
        (heading.number.as_str(), heading.centers.as_slice()),
        ("6109", &["apparel-footwear-textiles".to_owned()][..])
    );
    assert!(heading.title.starts_with("T-shirts"), "{}", heading.title);
    let agency = card("kind:agency FDA ");
    assert_eq!(
        (agency.number.as_str(), agency.title.as_str()),
        ("FDA", "Food and Drug Administration")
    );
    assert!(
        agency.summary.starts_with("food and feed"),
        "{}",
        agency.summary
    );
}

#[test]
fn pages_have_no_year_and_documents_without_a_date_do() {
    let sample = Sample::new();
    let total = |query: &str| {
        let results = sample.search(&request(query));
        results.total + results.answers.len()
    };
    assert_eq!(total("year:undated kind:heading "), 0);
    assert!(total("kind:heading ") > 1_000);
}

#[test]
fn a_center_answers_where_it_is_named_and_not_where_its_page_has_the_words() {
    let sample = Sample::new();
    let answers = |query: &str| -> Vec<String> {
        let results = sample.search(&request(query));
        let cards = results.answers.into_iter().map(|answer| answer.card);
        cards
            .filter(|card| ["center", "office"].contains(&card.kind.as_str()))
            .map(|card| card.url)
            .collect()
    };
    for (query, slug) in [
        ("electronics", "electronics"),
        ("apparel footwear", "apparel-footwear-textiles"),
        ("center for footwear", "apparel-footwear-textiles"),
        ("base metals", "base-metals"),
    ] {
        assert_eq!(answers(query), [format!("{slug}/index.html")], "{query}");
    }
    for query in [
        "steel",
        "footwear",
        "metals",
        "toys",
        "origin",
        "health",
        "long",
        "natural",
        "cotton shirts",
        "steel pipes",
    ] {
        assert!(answers(query).is_empty(), "{query}: {:?}", answers(query));
    }
}

#[test]
fn what_the_filters_leave_out_is_no_answer_and_is_not_absent() {
    let sample = Sample::new();
    let filtered = |query: &str, column, value: &str| {
        let filters = [(column, vec![value.to_owned()])].into();
        sample.search(&Request {
            filters,
            ..request(query)
        })
    };
    let answered = |results: &Results| !results.answers.is_empty();
    let results = filtered("electronics", Column::Center, "machinery");
    assert!(!answered(&results), "{:?}", results.answers);
    assert!(answered(&filtered(
        "electronics",
        Column::Center,
        "electronics"
    )));
    let results = filtered("NY N245150", Column::Kind, "decision");
    assert!(!answered(&results));
    assert_eq!(results.absent, []);
    assert_eq!(
        filtered("NY N999999", Column::Kind, "decision")
            .absent
            .len(),
        1
    );
}

#[test]
fn filters_take_ids_and_names_and_say_what_no_document_has() {
    let sample = Sample::new();
    for (name, id) in [
        ("country:China", "country:cn"),
        ("country:\"south korea\"", "country:kr"),
        ("program:CTPAT", "program:ctpat"),
        ("agency:\"Food and Drug Administration\"", "agency:fda"),
        ("agency:FDA", "agency:fda"),
        ("center:\"Base Metals\"", "center:base-metals"),
    ] {
        let [by_name, by_id] = [name, id].map(|query| sample.search(&request(query)));
        assert!(by_id.total > 0, "{id}");
        assert_eq!(
            (by_name.total, by_name.notes.len()),
            (by_id.total, 0),
            "{name}"
        );
    }
    for query in ["country:Atlantis", "program:zzz", "agency:zzz"] {
        let results = sample.search(&request(query));
        let notes: Vec<NoteKind> = results.notes.iter().map(|note| note.kind).collect();
        assert_eq!(notes, [NoteKind::UnknownValue], "{query}");
    }
}

#[test]
fn where_nothing_is_found_the_center_and_the_parts_of_the_tariff_with_the_words_are_named() {
    let sample = Sample::new();
    let results = sample.search(&request("\"waterproof footwear zebrafish\""));
    assert_eq!((results.total, results.answers.len()), (0, 0));
    let places = results.places.iter();
    let places: Vec<(&str, &str)> = places
        .map(|card| (card.kind.as_str(), card.number.as_str()))
        .collect();
    assert_eq!(places.first(), Some(&("center", "")));
    assert_eq!(
        results.places[0].url,
        "apparel-footwear-textiles/index.html"
    );
    assert!(places.contains(&("chapter", "64")), "{places:?}");
    assert!(
        places
            .iter()
            .any(|(kind, number)| *kind == "heading" && number.starts_with("64")),
        "{places:?}"
    );
    assert!(sample.search(&request("footwear")).places.is_empty());
}

#[test]
fn a_synonym_is_said_once_with_all_words_that_it_was_searched_for() {
    let sample = Sample::new();
    let synonyms = sample.search(&request("tee shirt")).synonyms;
    let mut said: Vec<&String> = synonyms.iter().flat_map(|synonym| &synonym.also).collect();
    let count = said.len();
    assert!(count > 0);
    said.sort();
    said.dedup();
    assert_eq!(said.len(), count, "{synonyms:?}");
    assert!(!said.contains(&&"tee shirt".to_owned()), "{synonyms:?}");
}
