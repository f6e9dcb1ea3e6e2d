//! Numbers that are answered without the engine: small JSON files that a few lines of JavaScript read.

use crate::document::Card;
use serde::Serialize;
use std::collections::BTreeMap;

/// Portals with fewer documents have all rulings in one file.
const SINGLE: usize = 500;

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
    /// Adds a ruling by its number in lower case.
    pub(crate) fn add_ruling(&mut self, number: String, answer: Answer) {
        self.rulings.insert(number, answer);
    }

    /// Adds a heading of the tariff by its four digits.
    pub(crate) fn add_heading(&mut self, digits: String, answer: Answer) {
        self.headings.insert(digits, answer);
    }

    /// The files: the name of each shard and its JSON. Rulings go by the last two characters of their number, headings by chapter.
    pub(crate) fn files(self) -> Result<Vec<(String, Vec<u8>)>, serde_json::Error> {
        let is_single = self.rulings.len() < SINGLE;
        let mut shards: BTreeMap<String, BTreeMap<String, Answer>> = BTreeMap::new();
        for (number, answer) in self.rulings {
            let shard = if is_single {
                "all".to_owned()
            } else {
                number
                    .chars()
                    .rev()
                    .take(2)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect()
            };
            shards.entry(shard).or_default().insert(number, answer);
        }
        let mut chapters: BTreeMap<String, BTreeMap<String, Answer>> = BTreeMap::new();
        for (heading, answer) in self.headings {
            let chapter = chapters.entry(heading[..2].to_owned()).or_default();
            chapter.insert(heading, answer);
        }
        let rulings = shards
            .iter()
            .map(|(shard, answers)| Ok((format!("number/{shard}"), serde_json::to_vec(answers)?)));
        let headings = chapters
            .iter()
            .map(|(chapter, answers)| Ok((format!("hts/{chapter}"), serde_json::to_vec(answers)?)));
        rulings.chain(headings).collect()
    }
}
