//! An index made, read piece by piece, and damaged.

use portolan_search::{
    Block, BlockBuilder, BuildOptions, Card, Column, CompleteStep, Engine, Forms, HOT,
    IndexDocument, IndexFile, ListedDocument, Listing, Request, Results, Segment, Sort, Step,
    Synonyms, chunk_files, cut, index as make, inflate,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const PRODUCTS: [&str; 8] = [
    "knit cotton T-shirts",
    "steel pipe fittings",
    "machinery for packing",
    "machined parts",
    "café tables of wood",
    "woven cotton shirts",
    "toy robots",
    "frozen mango chunks",
];

fn document(at: usize) -> (String, String, Vec<String>, Card) {
    let product = PRODUCTS[at % PRODUCTS.len()];
    let ruling = format!("N{:06}", 300_000 + at);
    let hts = format!("{}", 6_109_100_012_u64 + (at as u64 % 5) * 100_000_000);
    let text = format!(
        "The goods are {product}, item {at}. The country of origin is Vietnam. See HQ H2{:05}. Subheading 6109.10.0012, HTSUS.",
        at % 7
    );
    let year = 1990 + at % 36;
    let card = Card {
        number: format!("NY {ruling}"),
        title: format!("The tariff classification of {product}"),
        date: year.to_string(),
        year: year.to_string(),
        centers: vec![["apparel", "machinery"][at % 2].to_owned()],
        kind: "ruling".to_owned(),
        status: ["in-force", "modified", "revoked"][at % 3].to_owned(),
        since: ["", "July 5, 2010", "2020"][at % 3].to_owned(),
        hts: vec![hts.clone()],
        url: format!("rulings/{}.html", ruling.to_lowercase()),
        ..Card::default()
    };
    (ruling, text, vec![hts], card)
}

/// None, one or two.
fn countries(at: usize) -> Vec<String> {
    let countries = ["vn", "cn"].into_iter().take(at % 3);
    countries.map(str::to_owned).collect()
}

fn options() -> BuildOptions {
    BuildOptions {
        kinds: ["ruling", "decision", "publication", "update"]
            .map(str::to_owned)
            .to_vec(),
        keys: vec!["port".to_owned()],
        synonyms: vec![Synonyms {
            words: vec!["tee".to_owned(), "T-shirt".to_owned()],
            also: Vec::new(),
        }],
        centers: vec![
            ("apparel".to_owned(), "Apparel".to_owned()),
            ("machinery".to_owned(), "Machinery".to_owned()),
        ],
        names: Vec::new(),
        lookup_digits: 2,
    }
}

/// A block of documents and their listing.
fn part(documents: &[usize], forms: &Forms) -> (Block, Listing) {
    let mut builder = BlockBuilder::new(forms).expect("a block can begin");
    let mut listing = Listing::default();
    for at in documents {
        let (ruling, text, hts, card) = document(*at);
        let hts: Vec<&str> = hts.iter().map(String::as_str).collect();
        let indexed = IndexDocument {
            numbers: vec![&*card.number],
            title: &card.title,
            text: &text,
            hts: hts.clone(),
            keys: vec![("port", ["Laredo", "El Paso"][at % 2])],
        };
        builder.add(&indexed).expect("a document can be added");
        let listed = ListedDocument {
            ruling: &ruling,
            hts,
            day: i32::try_from((1990 + at % 36 - 1970) * 1_461 / 4 + 1).ok(),
            collection: None,
            columns: vec![("country", countries(*at))],
            cited: 0,
            is_page: false,
            card: card.clone(),
        };
        let listed = listing.add(listed);
        listed.expect("a card can be encoded");
    }
    (builder.finish().expect("a block can end"), listing)
}

fn index_of(blocks: &[Vec<usize>]) -> Vec<IndexFile> {
    let forms = Forms::default();
    let parts = blocks.iter().map(|block| part(block, &forms));
    let (blocks, listings) = parts.unzip::<_, _, Vec<_>, Vec<_>>();
    let segment = Segment::merge(&blocks).expect("blocks can be merged");
    make(&options(), segment, listings).expect("an index can be made")
}

/// Oldest first, as the generator adds them.
fn order(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| at % 36);
    order
}

fn index(count: usize) -> Vec<IndexFile> {
    index_of(&cut(order(count), usize::to_string))
}

struct Host {
    files: BTreeMap<String, Vec<u8>>,
    fetched: BTreeSet<String>,
}

impl Host {
    fn new(files: Vec<IndexFile>) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|file| (file.path, file.bytes))
                .collect(),
            fetched: BTreeSet::new(),
        }
    }

    fn hot(&self) -> &[u8] {
        &self.files[HOT]
    }

    fn open(&self) -> Engine {
        Engine::open(&inflate(self.hot()).expect("it is deflated")).expect("it is an index")
    }

    /// The answer, and how many rounds of fetches it took.
    fn search(&mut self, engine: &Engine, request: &Request) -> (Results, usize) {
        for rounds in 0..10 {
            match engine.search(request).expect("the index is whole") {
                Step::Done(results) => return (*results, rounds),
                Step::Fetch(ids) => {
                    for id in ids {
                        let path = engine.chunk_path(id).expect("it is a chunk of the index");
                        assert!(self.fetched.insert(path.clone()), "{path} is fetched twice");
                        let bytes = inflate(&self.files[&path]).expect("it is deflated");
                        engine.provide(id, bytes).expect("it is whole");
                    }
                }
            }
        }
        panic!("a search never ends");
    }
}

fn request(query: &str) -> Request {
    Request {
        query: query.to_owned(),
        ..Request::default()
    }
}

/// How many documents hold a condition, which is what the index must find.
fn expected(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    (0..count).filter(|at| holds(*at)).count()
}

#[test]
fn every_form_of_query_finds_what_it_names_and_nothing_else() {
    const COUNT: usize = 400;
    let mut host = Host::new(index(COUNT));
    let engine = host.open();
    let product = |part: &'static str| move |at: usize| PRODUCTS[at % 8].contains(part);
    for (query, total) in [
        ("", COUNT),
        ("T-shirt ", expected(COUNT, product("T-shirt"))),
        ("\"t shirts\"", expected(COUNT, product("T-shirt"))),
        ("cotton -woven", expected(COUNT, product("knit cotton"))),
        ("robots OR mango ", expected(COUNT, |at| at % 8 >= 6)),
        ("cafe ", expected(COUNT, product("café"))),
        ("\"country of origin\"", COUNT),
        ("\"origin of country\"", 0),
        ("title:machinery ", expected(COUNT, product("machinery"))),
        ("mach", expected(COUNT, product("machin"))),
        ("N300007", 1),
        ("ny n300007", 1),
        ("6109.10.0012", COUNT),
        ("hts:6209", expected(COUNT, |at| at % 5 == 1)),
        (
            "cotton center:apparel ",
            expected(COUNT, |at| {
                at % 2 == 0 && PRODUCTS[at % 8].contains("cotton")
            }),
        ),
        ("year:1999 ", expected(COUNT, |at| at % 36 == 9)),
        ("port:laredo ", expected(COUNT, |at| at % 2 == 0)),
        ("-port:\"el paso\" year:1999 ", 0),
        ("port:paso zzzz ", 0),
        (
            "status:revoked kind:rulings ",
            expected(COUNT, |at| at % 3 == 2),
        ),
    ] {
        let (results, rounds) = host.search(&engine, &request(query));
        let complete = results.complete + results.answers.len();
        assert_eq!(complete, total, "{query}");
        // A word that no document has is looked for among similar ones.
        let most = 2 + usize::from(query.contains("zzzz"));
        assert!(rounds <= most, "{query} took {rounds} rounds");
    }
    assert_eq!(engine.unplanned(), 0);
}

#[test]
fn a_ruling_number_is_answered_first_and_words_fall_back_to_any() {
    let mut host = Host::new(index(100));
    let engine = host.open();
    let (results, _) = host.search(&engine, &request("NY N300042"));
    assert_eq!(results.answers[0].card.number, "NY N300042");
    let (results, _) = host.search(&engine, &request("robots zebra "));
    assert!(results.loosened);
    assert!(results.total > 0);
    let (results, _) = host.search(&engine, &request("robots "));
    assert!(!results.loosened);
    let (results, _) = host.search(&engine, &request("robots zebra year:1900 "));
    assert_eq!((results.total, results.loosened), (0, false));
}

#[test]
fn a_misspelt_word_is_corrected_and_synonyms_are_searched_and_said() {
    let mut host = Host::new(index(100));
    let engine = host.open();
    let (results, _) = host.search(&engine, &request("packng machinery "));
    let corrected = results.corrected.expect("a word is replaced");
    assert_eq!(corrected.shown, "packing machinery ");
    assert_eq!(results.complete, expected(100, |at| at % 8 == 2));
    let as_typed = Request {
        fuzzy: false,
        ..request("packng machinery ")
    };
    let (results, _) = host.search(&engine, &as_typed);
    assert_eq!((results.complete, results.corrected), (0, None));
    assert_eq!(results.similar, ["packing"]);
    let (results, _) = host.search(&engine, &request("tee "));
    assert_eq!(results.complete, expected(100, |at| at % 8 == 0));
    assert_eq!(results.synonyms[0].also, ["T-shirt"]);
}

#[test]
fn where_nothing_is_found_it_says_without_which_word_there_would_be_something() {
    let mut host = Host::new(index(100));
    let engine = host.open();
    let (results, _) = host.search(&engine, &request("\"toy robots\" \"frozen mango\" "));
    assert_eq!(results.total, 0);
    let without: Vec<(&str, usize)> = results
        .without
        .iter()
        .map(|part| (part.word.as_str(), part.total))
        .collect();
    let mangoes = expected(100, |at| at % 8 == 7);
    let robots = expected(100, |at| at % 8 == 6);
    assert_eq!(without, [("toy robots", mangoes), ("frozen mango", robots)]);
    let (results, _) = host.search(&engine, &request("is N999999 still valid and 6111.11 "));
    assert_eq!(results.absent.len(), 2);
    let (results, _) = host.search(&engine, &request("status:nonsense "));
    assert_eq!(results.notes[0].text, "status:nonsense");
}

#[test]
fn what_is_being_typed_is_completed() {
    let mut host = Host::new(index(100));
    let engine = host.open();
    let texts = |host: &mut Host, text: &str| -> Vec<String> {
        loop {
            match engine.complete(text, 5).expect("the index is intact") {
                CompleteStep::Done(found) => {
                    return found.into_iter().map(|found| found.text).collect();
                }
                CompleteStep::Fetch(ids) => {
                    for id in ids {
                        let path = engine.chunk_path(id).expect("it is a chunk of the index");
                        let bytes = inflate(&host.files[&path]).expect("it is deflated");
                        engine.provide(id, bytes).expect("it is intact");
                        host.fetched.insert(path);
                    }
                }
            }
        }
    };
    assert_eq!(
        texts(&mut host, "knit mach"),
        ["knit machined", "knit machinery"]
    );
    assert_eq!(texts(&mut host, "ny n30004")[0], "NY N300040");
    assert_eq!(texts(&mut host, "app"), ["Apparel"]);
    assert_eq!(texts(&mut host, "machinery "), [""; 0]);
}

#[test]
fn a_card_says_since_when_its_status_holds() {
    let mut host = Host::new(index(30));
    let engine = host.open();
    let (results, _) = host.search(&engine, &request("N300001"));
    assert_eq!(results.answers[0].card.since, "July 5, 2010");
    let (results, _) = host.search(&engine, &request("N300003"));
    assert_eq!(results.answers[0].card.since, "");
}

/// How many documents have a value of a column.
fn count(results: &Results, column: Column, value: &str) -> usize {
    let facet = results.facets.iter().find(|facet| facet.column == column);
    let facet = facet.expect("the column was asked for");
    let known = facet.values.iter().find(|known| known.value == value);
    known.map_or(0, |known| known.count)
}

#[test]
fn counts_are_exact_and_ignore_their_own_column() {
    let mut host = Host::new(index(300));
    let engine = host.open();
    let request = Request {
        query: "cotton ".to_owned(),
        filters: BTreeMap::from([(Column::Center, vec!["apparel".to_owned()])]),
        facets: vec![Column::Center, Column::Status, Column::Country],
        ..Request::default()
    };
    let (results, _) = host.search(&engine, &request);
    let cotton = |at: &usize| PRODUCTS[at % 8].contains("cotton");
    let machinery = (0..300).filter(cotton).filter(|at| at % 2 == 1).count();
    let apparel = || (0..300).filter(cotton).filter(|at| at % 2 == 0);
    assert_eq!(count(&results, Column::Center, "apparel"), results.total);
    assert_eq!(count(&results, Column::Center, "machinery"), machinery);
    let revoked = apparel().filter(|at| at % 3 == 2).count();
    assert_eq!(count(&results, Column::Status, "revoked"), revoked);
    for (country, least) in [("vn", 1), ("cn", 2)] {
        let expected = apparel().filter(|at| at % 3 >= least).count();
        assert_eq!(count(&results, Column::Country, country), expected);
    }
    let columns: Vec<Column> = results.facets.iter().map(|facet| facet.column).collect();
    assert_eq!(
        columns, request.facets,
        "what was not asked for is not counted"
    );
}

#[test]
fn one_of_several_values_and_one_of_each_column_is_enough() {
    let mut host = Host::new(index(300));
    let engine = host.open();
    let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let request = Request {
        filters: BTreeMap::from([
            (Column::Country, values(&["vn", "cn"])),
            (Column::Status, values(&["modified"])),
        ]),
        ..Request::default()
    };
    let (results, _) = host.search(&engine, &request);
    assert_eq!(results.total, (0..300).filter(|at| at % 3 == 1).count());
    let request = Request {
        filters: BTreeMap::from([(Column::Agency, values(&["fda"]))]),
        ..Request::default()
    };
    assert_eq!(host.search(&engine, &request).0.total, 0);
}

#[test]
fn a_range_of_days_leaves_the_counts_of_years_as_they_are() {
    let mut host = Host::new(index(300));
    let engine = host.open();
    // The days of the documents are in the middle of their years.
    let year = |at: usize| 1990 + at % 36;
    let search = |host: &mut Host, from: Option<&str>, to: Option<&str>| {
        let request = Request {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            facets: vec![Column::Year],
            ..Request::default()
        };
        host.search(&engine, &request).0
    };
    let all = search(&mut host, None, None);
    let some = search(&mut host, Some("2000-01-15"), Some("2003-12-31"));
    assert_eq!(some.facets, all.facets);
    let since = search(&mut host, Some("2000-01-15"), None);
    let until = search(&mut host, None, Some("2000-01-14"));
    assert_eq!(since.total + until.total, 300);
    assert!((1..300).contains(&some.total), "{}", some.total);
    assert!(some.total < since.total);
    assert!((0..300).any(|at| year(at) == 2003));
    // What is no day is no end of a range.
    assert_eq!(search(&mut host, Some("soon"), None).total, 300);
}

#[test]
fn results_are_sorted_and_paged_without_gaps() {
    let mut host = Host::new(index(120));
    let engine = host.open();
    let mut seen = Vec::new();
    for offset in (0..120).step_by(10) {
        let request = Request {
            sort: Sort::Newest,
            offset,
            ..Request::default()
        };
        let hits = host.search(&engine, &request).0.hits;
        seen.extend(hits.into_iter().map(|hit| (hit.card.year, hit.card.url)));
    }
    assert!(seen.is_sorted_by(|a, b| a.0 >= b.0));
    let unique: BTreeSet<_> = seen.iter().map(|(_, url)| url).collect();
    assert_eq!((seen.len(), unique.len()), (120, 120));
}

#[test]
fn two_builds_give_the_same_bytes() {
    assert_eq!(index(200), index(200));
}

#[test]
fn merged_blocks_are_the_index_that_is_made_in_one_go() {
    let order = order(700);
    let whole = index_of(std::slice::from_ref(&order));
    for length in [1, 99, 350] {
        let blocks: Vec<_> = order.chunks(length).map(<[usize]>::to_vec).collect();
        assert!(index_of(&blocks) == whole, "blocks of {length}");
    }
}

#[test]
fn what_a_thread_made_before_does_not_change_a_block() {
    let forms = Forms::default();
    let mut given_up = BlockBuilder::new(&forms).expect("a block can begin");
    let document = IndexDocument {
        title: "Steel pipes",
        text: "Pipes of steel, café tables",
        ..IndexDocument::default()
    };
    given_up.add(&document).expect("a document can be added");
    drop(given_up);
    part(&[3, 4, 5], &forms);
    let again = part(&[0, 1, 2], &forms).0;
    let fresh = part(&[0, 1, 2], &Forms::default()).0;
    assert_eq!(again.bytes(), fresh.bytes());
}

#[test]
fn a_new_document_changes_only_files_that_it_is_in() {
    let files = |count| -> BTreeMap<String, Vec<u8>> {
        let files = index(count).into_iter();
        files.map(|file| (file.path, file.bytes)).collect()
    };
    // The new document has the latest date, as new ones do.
    let (before, after) = (files(1_187), files(1_188));
    let changed = |folder: &str| {
        let files = before.iter().filter(|(path, _)| path.starts_with(folder));
        let (all, changed): (Vec<_>, Vec<_>) = files
            .map(|(path, bytes)| (path, after.get(path) != Some(bytes)))
            .unzip();
        (
            all.len(),
            changed.into_iter().filter(|changed| *changed).count(),
        )
    };
    // Rulings are answered from files by the last two digits of their numbers, headings from those of chapters.
    assert_eq!(changed("i/number-"), (100, 1));
    assert_eq!(changed("i/heading-"), (99, 0));
    let (chunks, changed) = changed("s/");
    assert!(changed * 2 < chunks, "{changed} of {chunks} chunks");
}

#[test]
fn the_hot_file_names_all_chunks() {
    let files = index(300);
    let chunks = files.iter().filter(|file| file.path.starts_with("s/"));
    let chunks: BTreeSet<String> = chunks.map(|file| file.path.clone()).collect();
    let hot = files
        .iter()
        .find(|file| file.path == HOT)
        .expect("there is one");
    assert_eq!(
        chunk_files(&hot.bytes).into_iter().collect::<BTreeSet<_>>(),
        chunks
    );
    assert!(chunk_files(&hot.bytes[..10]).is_empty());
    assert!(chunk_files(b"").is_empty());
}

#[test]
fn bytes_that_are_not_of_a_block_are_none() {
    let block = part(&[0, 1, 2], &Forms::default()).0;
    let bytes = block.bytes();
    assert_eq!(
        Block::read(bytes.clone()).map(|block| block.documents()),
        Some(3)
    );
    for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        assert!(Block::read(bytes[..length].into()).is_none());
    }
    assert!(Block::read([bytes, &b"x"[..]].concat().into()).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_damaged_file_is_an_error_or_gives_the_right_answer(
        file in any::<prop::sample::Index>(),
        byte in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let query = request("cotton \"country of origin\" ");
        let mut files = index(60);
        let mut whole = Host::new(files.clone());
        let right = whole.search(&whole.open(), &query).0;
        let binary: Vec<usize> = (0..files.len()).filter(|at| files[*at].path.ends_with(".bin")).collect();
        let file = &mut files[binary[file.index(binary.len())]];
        let place = byte.index(file.bytes.len());
        if cut {
            file.bytes.truncate(place);
        } else {
            file.bytes[place] ^= 0x55;
        }
        let host = Host::new(files);
        let Some(engine) = inflate(host.hot()).ok().and_then(|hot| Engine::open(&hot).ok()) else {
            return Ok(());
        };
        for _ in 0..10 {
            match engine.search(&query) {
                Err(_) => return Ok(()),
                Ok(Step::Done(results)) => {
                    prop_assert_eq!(*results, right);
                    return Ok(());
                }
                Ok(Step::Fetch(ids)) => {
                    for id in ids {
                        let path = engine.chunk_path(id).unwrap_or_default();
                        let bytes = host.files.get(&path).and_then(|file| inflate(file).ok());
                        match bytes.map(|bytes| engine.provide(id, bytes)) {
                            Some(Ok(())) => {}
                            _ => return Ok(()),
                        }
                    }
                }
            }
        }
        prop_assert!(false, "a search never ends");
    }
}
