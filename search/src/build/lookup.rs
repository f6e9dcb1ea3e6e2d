//! Numbers that are answered without the engine: small JSON files that a few lines of JavaScript read.

use crate::document::Card;
use serde::Serialize;
use std::collections::BTreeMap;

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

    /// How many of the last digits of a ruling's number name its file: none where there is one file for all. A file has about
    /// a hundred rulings at most.
    pub(super) fn digits(&self) -> usize {
        match self.rulings.len() {
            0..=499 => 0,
            500..=19_999 => 2,
            _ => 3,
        }
    }

    /// The files: the name of each and its JSON. Rulings go by the last digits of their number, headings by chapter.
    pub(super) fn files(self) -> Result<Vec<(String, Vec<u8>)>, serde_json::Error> {
        let digits = self.digits();
        let mut rulings = BTreeMap::new();
        let mut headings = BTreeMap::new();
        if digits == 0 {
            rulings.insert("number-all".to_owned(), BTreeMap::new());
            headings.insert("heading-all".to_owned(), BTreeMap::new());
        } else {
            let number = |at| (format!("number-{at:0digits$}"), BTreeMap::new());
            rulings.extend((0..10_usize.pow(u32::try_from(digits).unwrap_or(0))).map(number));
            headings.extend((1..100).map(|at| (format!("heading-{at:02}"), BTreeMap::new())));
        }
        for (number, answer) in self.rulings {
            let end = number.len().saturating_sub(digits);
            let shard = match number.get(end..) {
                Some(end) if digits > 0 => format!("number-{end}"),
                _ => "number-all".to_owned(),
            };
            rulings.entry(shard).or_default().insert(number, answer);
        }
        for (heading, mut answers) in self.headings {
            answers.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.url.cmp(&b.url)));
            answers.truncate(PER_HEADING);
            let shard = match heading.get(..2) {
                Some(chapter) if digits > 0 => format!("heading-{chapter}"),
                _ => "heading-all".to_owned(),
            };
            headings.entry(shard).or_default().insert(heading, answers);
        }
        let rulings = rulings
            .into_iter()
            .map(|(shard, answers)| Ok((shard, serde_json::to_vec(&answers)?)));
        let headings = headings
            .into_iter()
            .map(|(shard, answers)| Ok((shard, serde_json::to_vec(&answers)?)));
        rulings.chain(headings).collect()
    }
}
