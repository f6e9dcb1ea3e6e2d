//! What readers ask of the sample portal when they look for an office, a form, a program or a number, and the page that
//! answers: it comes first.

use crate::support::site::published_index;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::date;
use portolan::build::{self, BuildContext};
use portolan::cache::Facts;
use portolan::files::{Disk, Memory};
use portolan::index;
use portolan_search::{Card, Request, Results};
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
    ("ports of entry Laredo", "contacts/ports/index.html#texas"),
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
