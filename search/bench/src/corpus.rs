//! The documents of a benchmark: real records, documents put together from their sentences, and generated ones.

use serde::Deserialize;
use std::path::Path;

/// A document as every engine gets it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Document {
    pub(crate) number: String,
    pub(crate) title: String,
    /// `YYYY-MM-DD`, or empty.
    pub(crate) date: String,
    /// Tariff numbers as written.
    pub(crate) hts: Vec<String>,
    pub(crate) text: String,
}

/// Reads documents, one JSON object a line.
pub(crate) fn read(path: &Path) -> Result<Vec<Document>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| format!("{}:{}: {error}", path.display(), at + 1))
        })
        .collect()
}

/// Numbers that are the same in every run (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators").
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to below the limit, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or(0)
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Documents of real sentences in another order: each has words of many real documents and is none of them.
pub(crate) fn look_alikes(real: &[Document], count: usize) -> Vec<Document> {
    let sentences: Vec<&str> = real
        .iter()
        .flat_map(|document| document.text.split_inclusive(". "))
        .filter(|sentence| sentence.len() > 40 && !sentence.contains("this ruling"))
        .collect();
    let titles: Vec<Vec<&str>> = real
        .iter()
        .filter(|document| !document.title.is_empty())
        .map(|document| document.title.split_whitespace().collect())
        .collect();
    let numbers: Vec<&String> = real.iter().flat_map(|document| &document.hts).collect();
    let mut random = Random::new(8);
    let documents = (0..count).map(|at| {
        let (first, second) = (random.of(&titles), random.of(&titles));
        let title = [&first[..first.len().div_ceil(2)], &second[second.len() / 2..]].concat();
        let length = 6 + random.below(18);
        let text: Vec<&str> = (0..length).map(|_| *random.of(&sentences)).collect();
        Document {
            number: format!("N{:06}", 400_000 + at),
            title: title.join(" "),
            date: format!("{}-06-15", 1990 + random.below(36)),
            hts: vec![(*random.of(&numbers)).clone()],
            text: text.concat(),
        }
    });
    documents.collect()
}

const COUNTRIES: [&str; 8] = ["China", "Vietnam", "Mexico", "Germany", "India", "Korea", "Italy", "Canada"];

const FRAME: [&str; 6] = [
    "In your letter you requested a tariff classification ruling.",
    "The merchandise under consideration is described as",
    "The rate of duty will be 2.5 percent ad valorem.",
    "Duty rates are provided for your convenience and are subject to change.",
    "A copy of the ruling should be provided with the entry documents filed at the time this merchandise is imported.",
    "The sample will be returned as requested.",
];

/// Documents of the tariff's own words in sentences that every ruling has.
pub(crate) fn generated(tariff: &Path, count: usize) -> Result<Vec<Document>, String> {
    let text = std::fs::read_to_string(tariff).map_err(|error| format!("{}: {error}", tariff.display()))?;
    let lines: Vec<(&str, &str)> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let (number, rest) = line.split_once(',')?;
            let (_, description) = rest.split_once(',')?;
            (number.len() >= 12).then_some((number, description.trim_matches('"').trim_end_matches(':')))
        })
        .collect();
    let mut random = Random::new(88);
    let documents = (0..count).map(|at| {
        let (number, goods) = *random.of(&lines);
        let country = *random.of(&COUNTRIES);
        let mut text = String::new();
        for _ in 0..6 + random.below(8) {
            text += *random.of(&FRAME[..]);
            text += &format!(" {} {}. ", random.of(&lines).1, goods);
        }
        Document {
            number: format!("N{:06}", 500_000 + at),
            title: format!("The tariff classification of {goods} from {country}"),
            date: format!("{}-03-01", 1990 + random.below(36)),
            hts: vec![number.to_owned()],
            text,
        }
    });
    Ok(documents.collect())
}
