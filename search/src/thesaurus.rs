//! Words that mean the same, as the editors of a portal list them.

use crate::lexicon::Also;
use crate::query::{QueryWord, is_small, query_words};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Words and phrases that mean the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// A search for one of them finds the others.
    pub words: Vec<String>,
    /// A search for one of `words` finds these, but not the other way round.
    pub also: Vec<String>,
}

/// The most other words that are searched for a word: each is another list of documents to fetch.
const MAX_ALSO: usize = 5;

/// A wider word counts less than one that means the same.
const WIDER: f32 = 0.6;

/// Groups of synonyms by the first term of each word.
#[derive(Debug, Default)]
pub(crate) struct Thesaurus {
    groups: Vec<Synonyms>,
    /// The terms of a word or phrase, and its group.
    entries: HashMap<String, Vec<(Vec<String>, usize)>>,
}

impl Thesaurus {
    pub(crate) fn new(groups: Vec<Synonyms>) -> Self {
        let mut entries: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        for (at, group) in groups.iter().enumerate() {
            for terms in group.words.iter().flat_map(|word| spellings(word)) {
                if let Some(first) = terms.first() {
                    entries.entry(first.clone()).or_default().push((terms, at));
                }
            }
        }
        Self { groups, entries }
    }

    /// What else is searched for each of some words that follow one another, by the word's form. A phrase is searched for
    /// each of its words with a part of the weight, so that all of them together count as much as one word would.
    pub(crate) fn of(&self, words: &[&QueryWord]) -> BTreeMap<String, Vec<Also>> {
        let mut found: BTreeMap<String, Vec<Also>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            let entries = self.entries.get(&word.term).into_iter().flatten();
            // A longer phrase says more than its first word, and a group of a few words more than one of many.
            let mut entries: Vec<_> = entries
                .filter(|(terms, _)| begins(&words[at..], terms))
                .collect();
            let size =
                |group: usize| self.groups[group].words.len() + self.groups[group].also.len();
            entries.sort_by_key(|(terms, group)| (Reverse(terms.len()), size(*group)));
            for (terms, group) in entries {
                let group = &self.groups[*group];
                let asked = &words[at..at + terms.len()];
                let same = group.words.iter().map(|text| (text, 1.0));
                let wider = group.also.iter().map(|text| (text, WIDER));
                for (text, part) in same.chain(wider) {
                    let also = query_words(text);
                    // What the query asks itself would count twice.
                    let is_asked = also
                        .iter()
                        .all(|word| words.iter().any(|asked| asked.term == word.term));
                    if is_asked || also.is_empty() || is_cut(text, &also) {
                        continue;
                    }
                    for word in asked {
                        let others = found.entry(word.form.clone()).or_default();
                        let is_known = others.iter().any(|other| other.words == also);
                        if others.len() < MAX_ALSO && !is_known {
                            others.push(Also {
                                text: text.clone(),
                                words: also.clone(),
                                weight: part / terms.len() as f32,
                            });
                        }
                    }
                }
            }
        }
        found
    }
}

/// The terms of a phrase: with its compounds as one word, and with their parts. None for a phrase of which small words are
/// a part that decides, because a query has lost them.
fn spellings(text: &str) -> Vec<Vec<String>> {
    let words = query_words(text);
    if words.is_empty() || is_cut(text, &words) {
        return Vec::new();
    }
    let together: Vec<String> = words.iter().map(|word| word.term.clone()).collect();
    let apart = words.iter().flat_map(|word| {
        if word.parts.is_empty() {
            vec![word.term.clone()]
        } else {
            word.parts.clone()
        }
    });
    let apart: Vec<String> = apart.collect();
    if apart == together {
        vec![together]
    } else {
        vec![together, apart]
    }
}

/// Whether of a phrase one word is left without its small words.
fn is_cut(text: &str, words: &[QueryWord]) -> bool {
    let small = text
        .split_whitespace()
        .filter(|word| is_small(&crate::words::folded(word), None));
    words.len() < 2 && small.count() > 0
}

fn begins(words: &[&QueryWord], terms: &[String]) -> bool {
    words.len() >= terms.len()
        && words
            .iter()
            .zip(terms)
            .all(|(word, term)| word.term == *term)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thesaurus() -> Thesaurus {
        let group = |words: &[&str], also: &[&str]| Synonyms {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            also: also.iter().map(|word| (*word).to_owned()).collect(),
        };
        Thesaurus::new(vec![
            group(&["NAM", "national account manager"], &["account manager"]),
            group(&["tee", "T-shirt"], &["pullover"]),
            group(&["made in"], &["origin"]),
        ])
    }

    fn also(query: &str) -> BTreeMap<String, Vec<String>> {
        let words = query_words(query);
        let words: Vec<&QueryWord> = words.iter().collect();
        let found = thesaurus().of(&words).into_iter();
        let texts = |also: Vec<Also>| also.into_iter().map(|also| also.text).collect();
        found.map(|(form, also)| (form, texts(also))).collect()
    }

    #[test]
    fn a_word_finds_the_others_of_its_group_and_wider_ones() {
        assert_eq!(
            also("my NAM")["nam"],
            ["national account manager", "account manager"]
        );
        assert_eq!(also("tees")["tees"], ["T-shirt", "pullover"]);
        assert_eq!(also("t-shirts")["tshirts"], ["tee", "pullover"]);
        assert_eq!(also("t shirts")["shirts"], ["tee", "T-shirt", "pullover"]);
        assert!(also("pullover").is_empty());
    }

    #[test]
    fn a_wider_word_counts_less_and_what_the_query_asks_itself_is_not_searched_again() {
        let words = query_words("tee");
        let words: Vec<&QueryWord> = words.iter().collect();
        let found = thesaurus().of(&words);
        let weights: Vec<f32> = found["tee"].iter().map(|also| also.weight).collect();
        assert_eq!(weights, [1.0, WIDER]);
        assert_eq!(also("tee pullover")["tee"], ["T-shirt"]);
    }

    #[test]
    fn a_small_group_comes_before_a_large_one() {
        let group = |words: &[&str]| Synonyms {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            also: Vec::new(),
        };
        let thesaurus = Thesaurus::new(vec![
            group(&["pan", "pot", "wok", "kettle"]),
            group(&["pan", "skillet"]),
        ]);
        let words = query_words("pan");
        let words: Vec<&QueryWord> = words.iter().collect();
        assert_eq!(thesaurus.of(&words)["pan"][0].text, "skillet");
    }

    #[test]
    fn a_phrase_is_found_for_each_of_its_words_and_small_words_mean_nothing() {
        let found = also("national account managers");
        assert_eq!(found.len(), 3);
        assert_eq!(found["account"], ["NAM"]);
        assert!(also("made of").is_empty());
    }
}
