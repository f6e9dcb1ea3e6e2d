//! The order in which search finds documents.

use crate::support::Portal;
use crate::support::site::published_index;
use camino::Utf8Path;
use portolan::index;
use portolan_search::Request;
use std::collections::BTreeMap;

#[test]
fn a_ruling_ranks_by_its_collection_whether_its_number_names_it_or_its_letter_tells_it() {
    let tree = Portal::new()
        .ruling("HQ H300001", "2019-05-06", "", "Trampolines.")
        .ruling("H300002", "2019-05-06", "", "Trampolines.")
        .ruling("NY N300003", "2019-05-06", "", "Trampolines.")
        .ruling("N300004", "2019-05-06", "", "Trampolines.");
    let site = tree.load().result.expect("the portal has no problems");
    let published = published_index(&site, &tree.memory());
    let request = Request {
        query: "trampolines".to_owned(),
        ..Request::default()
    };
    let results = index::search(&published, Utf8Path::new("public"), &request);
    let hits = results.expect("it can be searched").hits.into_iter();
    let scores: BTreeMap<String, f64> = hits.map(|hit| (hit.card.number, hit.score)).collect();
    let of = |number: &str| scores[number];
    assert!(of("HQ H300001") > of("NY N300003"), "{scores:?}");
    assert!(of("H300002") > of("N300004"), "{scores:?}");
    // A title without `HQ` is shorter, so only the weight of the collection is the same.
    let weights = [
        of("HQ H300001") / of("NY N300003"),
        of("H300002") / of("N300004"),
    ];
    assert!((weights[0] - weights[1]).abs() < 0.01, "{scores:?}");
}
