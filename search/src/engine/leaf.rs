//! The documents of a leaf, as tantivy finds and scores them. What reads the index in another way replaces this module
//! and `look_up`; it is the judge of that.

use super::Engine;
use super::combine::Match;
use crate::plan::{Field, Leaf};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{ConstScoreQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term};

impl Engine {
    /// Every document of a leaf, sorted by segment and document.
    pub(super) fn leaf(&self, leaf: Leaf<'_>) -> tantivy::Result<Vec<Match>> {
        let (query, field, weight): (Box<dyn Query>, _, _) = match leaf {
            Leaf::Term(term) => {
                let field = self.fields.of(term.field);
                let option = option(term.field);
                let query = TermQuery::new(Term::from_field_text(field, &term.text), option);
                (Box::new(query), term.field, term.weight)
            }
            Leaf::Phrase(phrase) => {
                let field = self.fields.of(phrase.field);
                let terms = phrase.terms.iter();
                let terms = terms.map(|(at, term)| (*at, Term::from_field_text(field, term)));
                let query = PhraseQuery::new_with_offset_and_slop(terms.collect(), phrase.slop);
                (Box::new(query), phrase.field, phrase.weight)
            }
        };
        let (query, weight): (Box<dyn Query>, _) = if field == Field::Body {
            (query, weight)
        } else {
            (Box::new(ConstScoreQuery::new(query, weight)), 1.0)
        };
        let every = Every {
            blobs: &self.blobs,
            weight,
        };
        self.searcher.search(&query, &every)
    }
}

/// What a leaf of a field reads.
pub(super) fn option(field: Field) -> IndexRecordOption {
    match field {
        Field::Number | Field::Hts => IndexRecordOption::Basic,
        Field::Title | Field::Body => IndexRecordOption::WithFreqs,
    }
}

/// Collects every document with its score.
struct Every<'a> {
    blobs: &'a [u32],
    weight: f32,
}

struct EveryInSegment {
    blob: u32,
    weight: f32,
    found: Vec<Match>,
}

impl Collector for Every<'_> {
    type Fruit = Vec<Match>;
    type Child = EveryInSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<EveryInSegment> {
        Ok(EveryInSegment {
            blob: self.blobs[segment as usize],
            weight: self.weight,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, mut fruits: Vec<Vec<Match>>) -> tantivy::Result<Vec<Match>> {
        fruits.sort_by_key(|found| found.first().map(|hit| hit.segment));
        Ok(fruits.concat())
    }
}

impl SegmentCollector for EveryInSegment {
    type Fruit = Vec<Match>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.found.push(Match {
            segment: self.blob,
            document,
            score: score * self.weight,
        });
    }

    fn harvest(self) -> Vec<Match> {
        self.found
    }
}
