//! What is meant by the words of a query: beginnings of words, words that mean the same, and what was probably meant by a
//! word that no document has.

use super::Engine;
use super::error::{Part, part};
use crate::compile::{self, forms};
use crate::lexicon::Lexicon;
use crate::plan::Node;
use crate::query::{Clause, Query, QueryWord, Wants, each_mut, query_words};
use crate::results::{Corrected, Request, Synonym};
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// A query as it is answered.
pub(super) struct Understood {
    pub(super) query: Query,
    pub(super) lexicon: Lexicon,
    pub(super) corrected: Option<Corrected>,
    /// Words that resemble those that no document has.
    pub(super) similar: Vec<String>,
}

/// The most similar words that are suggested.
const MAX_SIMILAR: usize = 6;

impl Engine {
    /// Reads the vocabulary for the words of a query, and replaces those that no document has.
    pub(super) fn understand(&self, request: &Request, query: &Query) -> Part<Understood> {
        let lexicon = self.lexicon(query)?;
        // What the plan reads is fetched together with the vocabulary.
        let first = compile::plan(query, lexicon.as_ref().unwrap_or(&Lexicon::default()));
        let is_there = self.want(&first)?;
        let (Some(lexicon), true) = (lexicon, is_there) else {
            return Ok(None);
        };
        let mut understood = Understood {
            query: query.clone(),
            lexicon,
            corrected: None,
            similar: Vec::new(),
        };
        let Some(likely) = self.likely(&understood)? else {
            return Ok(None);
        };
        if likely.is_empty() {
            return Ok(Some(understood));
        }
        let similar = likely.values().flatten().take(MAX_SIMILAR);
        understood.similar = similar.cloned().collect();
        if request.fuzzy {
            let mut shown = request.query.clone();
            each_mut(&mut understood.query.clauses, &mut |clause| {
                if let Wants::Word(word) = &mut clause.wants
                    && let Some(form) = likely.get(&word.form).and_then(|forms| forms.first())
                {
                    shown = shown.replacen(&clause.text, form, 1);
                    clause.text.clone_from(form);
                    correct(word, form);
                }
            });
            if shown != request.query {
                understood.corrected = Some(Corrected {
                    shown,
                    asked: request.query.clone(),
                });
                understood.similar.clear();
                let Some(lexicon) = self.lexicon(&understood.query)? else {
                    return Ok(None);
                };
                understood.lexicon = lexicon;
            }
        }
        Ok(Some(understood))
    }

    /// What the vocabulary and the list of synonyms know of the words of a query.
    fn lexicon(&self, query: &Query) -> Part<Lexicon> {
        let mut lexicon = Lexicon::default();
        let mut is_missing = false;
        for (form, forms) in typing(query) {
            match part(vocabulary::expand(form, forms, &self.hot, &self.chunks))? {
                Some(terms) => drop(lexicon.prefixes.insert(form.to_owned(), terms)),
                None => is_missing = true,
            }
        }
        for words in sequences(&query.clauses) {
            lexicon.synonyms.extend(self.thesaurus.of(&words));
        }
        Ok((!is_missing).then_some(lexicon))
    }

    /// Of each word that no document has in any form, the words that were probably meant.
    fn likely(&self, understood: &Understood) -> Part<BTreeMap<String, Vec<String>>> {
        let mut absent = Vec::new();
        let mut wanted = Vec::new();
        understood.query.each(&mut |clause| {
            if let (Wants::Word(word), false) = (&clause.wants, clause.not) {
                wanted.push(word);
            }
        });
        for word in wanted {
            match self.occurs(&forms(word, &understood.lexicon))? {
                Some(true) => {}
                Some(false) => absent.push(word),
                None => return Ok(None),
            }
        }
        let mut likely = BTreeMap::new();
        let mut is_missing = false;
        for word in absent {
            match part(vocabulary::similar(&word.form, &self.hot, &self.chunks))? {
                Some(forms) if forms.is_empty() => {}
                Some(forms) => drop(likely.insert(word.form.clone(), forms)),
                None => is_missing = true,
            }
        }
        Ok((!is_missing).then_some(likely))
    }

    /// Whether the index has the terms of a node, wherever they are.
    pub(super) fn occurs(&self, node: &Node) -> Part<bool> {
        match node {
            Node::Term(term) => self.has(term.field, &term.text),
            Node::Any(nodes) | Node::Best(nodes) => {
                self.count_occurring(nodes, |count, _| count > 0)
            }
            Node::All(nodes) => self.count_occurring(nodes, |count, all| count == all),
            Node::Where(_) | Node::Not(_) | Node::Phrase(_) => Ok(Some(true)),
        }
    }

    fn count_occurring(&self, nodes: &[Node], decide: fn(usize, usize) -> bool) -> Part<bool> {
        let mut count = 0;
        for node in nodes {
            match self.occurs(node)? {
                Some(occurs) => count += usize::from(occurs),
                None => return Ok(None),
            }
        }
        Ok(Some(decide(count, nodes.len())))
    }

    /// The synonyms that were searched and that a document has, by the words of the query.
    pub(super) fn synonyms(
        &self,
        query: &Query,
        lexicon: &Lexicon,
    ) -> Result<Vec<Synonym>, super::EngineError> {
        let mut words = Vec::new();
        query.each(&mut |clause| {
            if let Wants::Word(word) = &clause.wants {
                words.push((&clause.text, word));
            }
        });
        // Each synonym once, with the words for which it was searched: those of a phrase have the same.
        let mut found: Vec<(String, Vec<&str>)> = Vec::new();
        let asked: BTreeSet<&str> = words.iter().map(|(_, word)| word.term.as_str()).collect();
        for (text, word) in words {
            for other in lexicon.synonyms.get(&word.form).into_iter().flatten() {
                let nodes = other
                    .words
                    .iter()
                    .map(|word| forms(word, &Lexicon::default()));
                // `tee` is also searched as `tee shirt`: in a query for both that says nothing.
                let mut terms = other.words.iter().map(|word| word.term.as_str());
                if terms.all(|term| asked.contains(term))
                    || self.occurs(&Node::All(nodes.collect()))? != Some(true)
                {
                    continue;
                }
                match found.iter_mut().find(|(also, _)| *also == other.text) {
                    Some((_, words)) if words.contains(&text.as_str()) => {}
                    Some((_, words)) => words.push(text),
                    None => found.push((other.text.clone(), vec![text])),
                }
            }
        }
        let mut synonyms: Vec<Synonym> = Vec::new();
        for (also, words) in found {
            let word = words.join(" ");
            match synonyms.iter_mut().find(|synonym| synonym.word == word) {
                Some(synonym) => synonym.also.push(also),
                None => synonyms.push(Synonym {
                    word,
                    also: vec![also],
                }),
            }
        }
        Ok(synonyms)
    }
}

fn correct(word: &mut QueryWord, form: &str) {
    if let Some(meant) = query_words(form).pop() {
        *word = QueryWord {
            in_title: word.in_title,
            ..meant
        };
    }
}

/// The most words that a beginning with a star stands for.
const MAX_FORMS: usize = 30;

/// The most words that a word being typed may become.
const TYPED_FORMS: usize = 8;

/// The forms that are the beginning of others, and how many others.
fn typing(query: &Query) -> Vec<(&str, usize)> {
    let mut forms = Vec::new();
    query.each(&mut |clause| match &clause.wants {
        Wants::Word(word) if word.is_typing => forms.push((word.form.as_str(), TYPED_FORMS)),
        Wants::Prefix(form) => forms.push((form.as_str(), MAX_FORMS)),
        _ => {}
    });
    forms
}

/// Words that follow one another in a query and may be a phrase.
fn sequences(clauses: &[Clause]) -> Vec<Vec<&QueryWord>> {
    let mut sequences = vec![Vec::new()];
    for clause in clauses {
        match &clause.wants {
            Wants::Word(word) if !clause.not && !word.in_title => {
                if let Some(last) = sequences.last_mut() {
                    last.push(word);
                }
            }
            Wants::All(inner) | Wants::Any(inner) if !clause.not => {
                sequences.extend(self::sequences(inner));
                sequences.push(Vec::new());
            }
            _ => sequences.push(Vec::new()),
        }
    }
    sequences.retain(|words| !words.is_empty());
    sequences
}
