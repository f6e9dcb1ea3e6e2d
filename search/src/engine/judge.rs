//! Native tantivy over the same blocks is the judge of what reads the published index.

use super::Engine;
use super::combine::Match;
use crate::build::{
    BlockBuilder, BuildOptions, Forms, HOT, IndexDocument, ListedDocument, Listing, Segment, index,
    inflate,
};
use crate::chunk::ChunkError;
use crate::plan::{Field, Node, Phrase, Term};
use crate::schema::{Fields, schema};
use std::collections::BTreeMap;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery,
    Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, indexer::merge_indices};

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }

    /// A word; the first ones are in nearly all documents, the last ones in few.
    fn word(&mut self) -> String {
        let limit = 1 + self.below(400);
        let limit = 1 + self.below(limit);
        format!("w{}", self.below(limit))
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }
}

/// Both over the same documents.
fn both_over(documents: usize, random: &mut Random) -> (Engine, Searcher) {
    let forms = Forms::default();
    let mut blocks = Vec::new();
    let mut listings = Vec::new();
    for start in (0..documents).step_by(450) {
        let mut block = BlockBuilder::new(&forms).expect("a block can begin");
        let mut listing = Listing::default();
        for at in start..documents.min(start + 450) {
            let title = random.words(4);
            let length = 5 + random.below(60);
            let text = random.words(length);
            let number = format!("NY N{:06}", 200_000 + at);
            let hts = format!(
                "{:010}",
                6_100_000_000_u64 + random.below(90_000) as u64 * 1_000
            );
            let document = IndexDocument {
                numbers: vec![&number],
                title: &title,
                text: &text,
                hts: vec![&hts],
                keys: Vec::new(),
            };
            block.add(&document).expect("a document can be added");
            let listed = listing.add(ListedDocument::default());
            listed.expect("a card can be encoded");
        }
        blocks.push(block.finish().expect("a block can end"));
        listings.push(listing);
    }
    let native: Vec<_> = blocks
        .iter()
        .map(|block| block.open().expect("a block is an index"))
        .collect();
    let native = merge_indices(&native, RamDirectory::create()).expect("blocks merge");
    let reader = native.reader().expect("it can be read");
    let segment = Segment::merge(&blocks).expect("blocks can be merged");
    let files = index(&BuildOptions::default(), segment, listings);
    let files = files.expect("an index can be made").into_iter();
    let files: BTreeMap<String, Vec<u8>> = files.map(|file| (file.path, file.bytes)).collect();
    let engine = Engine::open(&inflate(&files[HOT]).expect("it is deflated"));
    let engine = engine.expect("it is an index");
    for (id, path) in engine.chunks.all() {
        let bytes = inflate(&files[&path]).expect("it is deflated");
        engine.provide(id, bytes).expect("it is the chunk");
    }
    (engine, reader.searcher())
}

fn leaf(random: &mut Random) -> Node {
    let weight = [1.0, 0.6, 30.0][random.below(3)];
    let field = [Field::Body, Field::Body, Field::Body, Field::Title][random.below(4)];
    match random.below(8) {
        0 => Node::term(
            Field::Number,
            format!("n{:06}", 200_000 + random.below(4_000)),
            weight,
        ),
        1 => Node::term(Field::Hts, format!("{}", 6_100 + random.below(95)), weight),
        2 => Node::Phrase(Phrase {
            field,
            terms: (0..2 + random.below(2))
                .map(|at| (at, random.word()))
                .collect(),
            slop: 0,
            weight,
        }),
        3 => Node::Phrase(Phrase {
            field,
            terms: vec![(0, random.word()), (2, random.word())],
            slop: 0,
            weight,
        }),
        _ => Node::Term(Term {
            field,
            text: random.word(),
            weight,
        }),
    }
}

fn node(random: &mut Random, depth: usize) -> Node {
    if depth == 0 {
        return leaf(random);
    }
    let mut nodes: Vec<Node> = (0..1 + random.below(3))
        .map(|_| node(random, depth - 1))
        .collect();
    match random.below(5) {
        0 => Node::Any(nodes),
        1 => Node::Best(nodes),
        2 => {
            // tantivy 0.27 asserts what does not hold where a phrase is left out.
            let unwanted = Node::word(random.word(), 1.0);
            nodes.push(Node::Not(Box::new(unwanted)));
            Node::All(nodes)
        }
        _ => Node::All(nodes),
    }
}

fn query(node: &Node, fields: &Fields) -> Box<dyn Query> {
    let every = || Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0));
    let scored = |query: Box<dyn Query>, field, weight| -> Box<dyn Query> {
        if field == Field::Body {
            Box::new(BoostQuery::new(query, weight))
        } else {
            Box::new(ConstScoreQuery::new(query, weight))
        }
    };
    let boolean = |nodes: &[Node], occur: Occur| -> Box<dyn Query> {
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for node in nodes {
            match node {
                Node::Not(node) => parts.push((Occur::MustNot, query(node, fields))),
                node => parts.push((occur, query(node, fields))),
            }
        }
        Box::new(BooleanQuery::new(parts))
    };
    match node {
        Node::Where(_) => every(),
        Node::Term(term) => {
            let option = match term.field {
                Field::Number | Field::Hts => IndexRecordOption::Basic,
                Field::Title | Field::Body => IndexRecordOption::WithFreqs,
            };
            let asked = tantivy::Term::from_field_text(fields.of(term.field), &term.text);
            scored(
                Box::new(TermQuery::new(asked, option)),
                term.field,
                term.weight,
            )
        }
        Node::Phrase(phrase) => {
            let field = fields.of(phrase.field);
            let terms = phrase.terms.iter();
            let terms = terms.map(|(at, text)| (*at, tantivy::Term::from_field_text(field, text)));
            let asked = PhraseQuery::new_with_offset_and_slop(terms.collect(), phrase.slop);
            scored(Box::new(asked), phrase.field, phrase.weight)
        }
        Node::All(nodes) => boolean(nodes, Occur::Must),
        Node::Any(nodes) => boolean(nodes, Occur::Should),
        Node::Best(nodes) => {
            let nodes = nodes.iter().map(|node| query(node, fields));
            Box::new(DisjunctionMaxQuery::new(nodes.collect()))
        }
        Node::Not(node) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, every()),
            (Occur::MustNot, query(node, fields)),
        ])),
    }
}

/// Documents with their scores, as tantivy finds them.
fn native(searcher: &Searcher, node: &Node) -> BTreeMap<u32, f32> {
    let all = usize::try_from(searcher.num_docs()).unwrap_or(0);
    let found = searcher.search(
        &query(node, &schema().1),
        &TopDocs::with_limit(all).order_by_score(),
    );
    let found = found.expect("tantivy answers").into_iter();
    found.map(|(score, place)| (place.doc_id, score)).collect()
}

#[test]
fn the_published_index_gives_the_documents_scores_and_order_of_tantivy() {
    let mut random = Random(14);
    let (engine, searcher) = both_over(3_000, &mut random);
    assert_eq!(engine.documents(), 3_000);
    let (mut found, mut with_order) = (0, 0);
    for at in 0..400 {
        let node = node(&mut random, at % 3);
        let own = engine.matches(&node).expect("everything is there");
        let judge = native(&searcher, &node);
        let documents: Vec<u32> = own.iter().map(|hit| hit.document).collect();
        let expected: Vec<u32> = judge.keys().copied().collect();
        assert_eq!(documents, expected, "{node:?}");
        let near = |a: f32, b: f32| (a - b).abs() <= 1e-4 * a.abs().max(b.abs()).max(1.0);
        for Match { document, score } in &own {
            assert!(
                near(*score, judge[document]),
                "{node:?}: {score} is not {}",
                judge[document]
            );
        }
        // Scores that are nearly equal are added in another order, and may change places.
        let mut own = own;
        own.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then(a.document.cmp(&b.document))
        });
        let in_order = own.windows(2).all(|pair| {
            let (a, b) = (judge[&pair[0].document], judge[&pair[1].document]);
            a >= b || near(a, b)
        });
        assert!(in_order, "{node:?}");
        found += own.len();
        with_order += usize::from(own.len() > 1);
    }
    assert!(
        found > 50_000 && with_order > 200,
        "{found} documents, {with_order} in an order"
    );
}

#[test]
fn words_near_each_other_are_found_in_the_documents_of_tantivy() {
    let mut random = Random(5);
    let (engine, searcher) = both_over(600, &mut random);
    for _ in 0..100 {
        let node = Node::Phrase(Phrase {
            field: Field::Body,
            terms: vec![(0, random.word()), (1, random.word())],
            slop: u32::try_from(1 + random.below(6)).unwrap_or(1),
            weight: 1.0,
        });
        let own = engine.matches(&node).expect("everything is there");
        let own: Vec<u32> = own.iter().map(|hit| hit.document).collect();
        let judge: Vec<u32> = native(&searcher, &node).into_keys().collect();
        assert_eq!(own, judge, "{node:?}");
    }
}

#[test]
fn what_has_not_been_fetched_is_asked_for_and_is_no_result() {
    let mut random = Random(3);
    let (engine, _) = both_over(50, &mut random);
    let engine = Engine::with(engine.hot).expect("it is an index");
    let asked = engine.matches(&Node::word("w1", 1.0));
    assert_eq!(asked, Err(ChunkError::Missing));
    assert_eq!(engine.chunks.take_missing().len(), 1);
}
