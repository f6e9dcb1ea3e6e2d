//! Numbers that are answered without the engine: small JSON files that a few lines of JavaScript read.

use crate::document::Card;
use serde::Serialize;
use std::collections::BTreeMap;

/// A ruling or a heading as an answer shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Answer {
    kind: String,
    number: String,
    title: String,
    date: String,
    status: String,
    since: String,
    centers: Vec<String>,
    hts: Vec<String>,
    url: String,
}

/// Answers by number, while documents are added.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    /// How many of the last digits of a ruling's number name its file: none where there is one file for all.
    digits: usize,
    rulings: BTreeMap<String, Answer>,
    headings: BTreeMap<String, Answer>,
}

impl Answer {
    pub(crate) fn new(card: &Card) -> Self {
        Self {
            kind: card.kind.clone(),
            number: card.number.clone(),
            title: card.title.clone(),
            date: card.date.clone(),
            status: card.status.clone(),
            since: card.since.clone(),
            centers: card.centers.clone(),
            hts: card.hts.clone(),
            url: card.url.clone(),
        }
    }
}

impl Lookup {
    pub(super) fn new(digits: usize) -> Self {
        Self {
            digits,
            ..Self::default()
        }
    }

    /// Adds a ruling by its number in lower case.
    pub(crate) fn add_ruling(&mut self, number: String, answer: Answer) {
        self.rulings.insert(number, answer);
    }

    /// Adds a heading of the tariff by its four digits.
    pub(crate) fn add_heading(&mut self, digits: String, answer: Answer) {
        self.headings.insert(digits, answer);
    }

    /// The files: the name of each and its JSON. Rulings go by the last digits of their number, headings by chapter.
    pub(super) fn files(self) -> Result<Vec<(String, Vec<u8>)>, serde_json::Error> {
        let digits = self.digits;
        let mut shards: BTreeMap<String, BTreeMap<String, Answer>> = BTreeMap::new();
        if digits == 0 {
            shards.insert("number-all".to_owned(), BTreeMap::new());
            shards.insert("heading-all".to_owned(), BTreeMap::new());
        } else {
            let number = |at| (format!("number-{at:0digits$}"), BTreeMap::new());
            shards.extend((0..10_usize.pow(u32::try_from(digits).unwrap_or(0))).map(number));
            shards.extend((1..100).map(|at| (format!("heading-{at:02}"), BTreeMap::new())));
        }
        for (number, answer) in self.rulings {
            let end = number.len().saturating_sub(digits);
            let shard = match number.get(end..) {
                Some(end) if digits > 0 => format!("number-{end}"),
                _ => "number-all".to_owned(),
            };
            shards.entry(shard).or_default().insert(number, answer);
        }
        for (heading, answer) in self.headings {
            let shard = match heading.get(..2) {
                Some(chapter) if digits > 0 => format!("heading-{chapter}"),
                _ => "heading-all".to_owned(),
            };
            shards.entry(shard).or_default().insert(heading, answer);
        }
        let shards = shards.into_iter();
        shards
            .map(|(shard, answers)| Ok((shard, serde_json::to_vec(&answers)?)))
            .collect()
    }
}
