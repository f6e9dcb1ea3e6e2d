//! Numbers that are answered without the engine: small JSON files that a few lines of JavaScript read.

use crate::document::Card;
use serde::Serialize;
use std::collections::BTreeMap;

/// Portals with fewer documents have all rulings in one file.
const SINGLE: usize = 500;

/// Documents that a chapter's file names of each heading, the newest first.
const PER_HEADING: usize = 20;

/// A document as an answer shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Answer {
    number: String,
    title: String,
    date: String,
    status: String,
    since: String,
    url: String,
    #[serde(skip)]
    day: i32,
}

/// Answers by number, while documents are added.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    rulings: BTreeMap<String, Answer>,
    headings: BTreeMap<String, Vec<Answer>>,
}

impl Answer {
    pub(crate) fn new(card: &Card, day: Option<i32>) -> Self {
        Self {
            number: card.number.clone(),
            title: card.title.clone(),
            date: card.date.clone(),
            status: card.status.clone(),
            since: card.since.clone(),
            url: card.url.clone(),
            day: day.unwrap_or(i32::MIN),
        }
    }
}

impl Lookup {
    /// Adds a document: its number in lower case, empty for what is no ruling, and the headings of its tariff numbers.
    pub(crate) fn add(&mut self, ruling: String, headings: Vec<String>, answer: Answer) {
        for heading in headings {
            self.headings
                .entry(heading)
                .or_default()
                .push(answer.clone());
        }
        if !ruling.is_empty() {
            self.rulings.insert(ruling, answer);
        }
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
        let mut chapters: BTreeMap<String, BTreeMap<String, Vec<Answer>>> = BTreeMap::new();
        for (heading, mut answers) in self.headings {
            answers.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.url.cmp(&b.url)));
            answers.truncate(PER_HEADING);
            chapters
                .entry(heading[..2].to_owned())
                .or_default()
                .insert(heading, answers);
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
