//! From a parsed query to the terms that it reads and the query that tantivy runs.

use crate::query::{Atom, Clause, Number, Query};
use crate::schema::Fields;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query as Runnable, TermQuery};
use tantivy::schema::IndexRecordOption;

/// A word in the title counts as much as three in the text.
const TITLE: f32 = 3.0;

/// The document whose number was typed comes first.
const NUMBER: f32 = 30.0;

/// A form that the last word may become counts less than the word itself.
const EXPANSION: f32 = 0.6;

/// A term to be looked up.
#[derive(Debug, Clone)]
pub(crate) struct PlannedTerm {
    pub(crate) term: Term,
    pub(crate) option: IndexRecordOption,
    pub(crate) positions: bool,
}

/// What a query asks of the index.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    fields: Fields,
    clauses: Vec<Clause>,
    /// Terms that may stand for the last word, which is the only word of the last clause.
    expansion: Vec<String>,
    /// One clause is enough.
    loose: bool,
}

impl Plan {
    pub(crate) fn new(query: &Query, expansion: &[String], fields: &Fields) -> Self {
        let mut plan = Self {
            fields: fields.clone(),
            clauses: query.clauses.clone(),
            expansion: expansion.to_vec(),
            loose: false,
        };
        // A number is a whole question: the words around it ("NY", "ruling") are not.
        match &query.number {
            Some(Number::Ruling(ruling)) => {
                let any = vec![Atom::Ruling(ruling.clone()), Atom::Word(ruling.slug())];
                plan.clauses = vec![Clause { any, not: false }];
                plan.expansion.clear();
            }
            Some(Number::Hts(hts)) => {
                let any = vec![
                    Atom::Hts(hts.digits().to_owned()),
                    Atom::Word(hts.to_string()),
                ];
                plan.clauses = vec![Clause { any, not: false }];
                plan.expansion.clear();
            }
            None => {}
        }
        plan
    }

    /// Whether one of several wanted clauses would be less than all.
    pub(crate) fn can_be_loosened(&self) -> bool {
        self.clauses.iter().filter(|clause| !clause.not).count() > 1
    }

    /// The same with one wanted clause being enough.
    pub(crate) fn loosened(&self) -> Self {
        Self {
            loose: true,
            ..self.clone()
        }
    }

    /// The terms that are wanted, for marking them in text.
    pub(crate) fn words(&self) -> Vec<String> {
        let wanted = self
            .clauses
            .iter()
            .filter(|clause| !clause.not)
            .flat_map(|clause| &clause.any);
        let mut words: Vec<String> = wanted
            .flat_map(|atom| match atom {
                Atom::Word(word) | Atom::Title(word) => vec![word.clone()],
                Atom::Phrase(words) | Atom::TitlePhrase(words) => words.clone(),
                Atom::Ruling(ruling) => vec![ruling.slug()],
                Atom::Hts(_) | Atom::Key(_) => Vec::new(),
            })
            .chain(self.expansion.iter().cloned())
            .collect();
        words.sort();
        words.dedup();
        words
    }

    /// Every term that will be read.
    pub(crate) fn terms(&self) -> Vec<PlannedTerm> {
        let mut terms = Vec::new();
        let mut add = |field, text: &str, option, positions| {
            terms.push(PlannedTerm {
                term: Term::from_field_text(field, text),
                option,
                positions,
            });
        };
        let Fields {
            number,
            hts,
            title,
            body,
        } = self.fields;
        let frequencies = IndexRecordOption::WithFreqs;
        for atom in self.clauses.iter().flat_map(|clause| &clause.any) {
            match atom {
                Atom::Word(word) => {
                    add(title, word, frequencies, false);
                    add(body, word, frequencies, false);
                }
                Atom::Title(word) => add(title, word, frequencies, false),
                Atom::Phrase(words) => {
                    for word in words {
                        add(title, word, frequencies, true);
                        add(body, word, frequencies, true);
                    }
                }
                Atom::TitlePhrase(words) => {
                    for word in words {
                        add(title, word, frequencies, true);
                    }
                }
                Atom::Ruling(ruling) => {
                    add(number, &ruling.slug(), IndexRecordOption::Basic, false);
                }
                Atom::Hts(digits) => add(hts, digits, IndexRecordOption::Basic, false),
                Atom::Key(pair) => add(number, &pair.term(), IndexRecordOption::Basic, false),
            }
        }
        for term in &self.expansion {
            add(title, term, frequencies, false);
            add(body, term, frequencies, false);
        }
        terms
    }

    /// What tantivy runs; `None` where every document is wanted.
    pub(crate) fn query(&self) -> Option<Box<dyn Runnable>> {
        let wanted: Vec<&Clause> = self.clauses.iter().filter(|clause| !clause.not).collect();
        if self.clauses.is_empty() {
            return None;
        }
        let last = self.clauses.len() - 1;
        let mut parts: Vec<(Occur, Box<dyn Runnable>)> = Vec::new();
        let mut either: Vec<(Occur, Box<dyn Runnable>)> = Vec::new();
        for (at, clause) in self.clauses.iter().enumerate() {
            let mut any: Vec<(Occur, Box<dyn Runnable>)> = clause
                .any
                .iter()
                .map(|atom| (Occur::Should, self.atom(atom)))
                .collect();
            if at == last && !clause.not {
                for term in &self.expansion {
                    any.push((Occur::Should, boosted(self.word(term), EXPANSION)));
                }
            }
            // A key is a condition, not one word among others.
            let is_condition = clause.any.iter().all(|atom| matches!(atom, Atom::Key(_)));
            let clause_query = Box::new(BooleanQuery::new(any));
            if clause.not {
                parts.push((Occur::MustNot, clause_query));
            } else if is_condition || !self.loose {
                parts.push((Occur::Must, clause_query));
            } else {
                either.push((Occur::Should, clause_query));
            }
        }
        if !either.is_empty() {
            parts.push((Occur::Must, Box::new(BooleanQuery::new(either))));
        }
        if wanted.is_empty() {
            parts.push((Occur::Must, Box::new(tantivy::query::AllQuery)));
        }
        Some(Box::new(BooleanQuery::new(parts)))
    }

    fn atom(&self, atom: &Atom) -> Box<dyn Runnable> {
        let Fields {
            number,
            hts,
            title,
            body,
        } = self.fields;
        match atom {
            Atom::Word(word) => self.word(word),
            Atom::Title(word) => boosted(term(title, word, IndexRecordOption::WithFreqs), TITLE),
            Atom::Phrase(words) => Box::new(BooleanQuery::new(vec![
                (Occur::Should, boosted(phrase(title, words), TITLE)),
                (Occur::Should, phrase(body, words)),
            ])),
            Atom::TitlePhrase(words) => boosted(phrase(title, words), TITLE),
            Atom::Ruling(ruling) => boosted(
                term(number, &ruling.slug(), IndexRecordOption::Basic),
                NUMBER,
            ),
            Atom::Hts(digits) => boosted(term(hts, digits, IndexRecordOption::Basic), TITLE),
            Atom::Key(pair) => term(number, &pair.term(), IndexRecordOption::Basic),
        }
    }

    fn word(&self, word: &str) -> Box<dyn Runnable> {
        Box::new(BooleanQuery::new(vec![
            (
                Occur::Should,
                boosted(
                    term(self.fields.title, word, IndexRecordOption::WithFreqs),
                    TITLE,
                ),
            ),
            (
                Occur::Should,
                term(self.fields.body, word, IndexRecordOption::WithFreqs),
            ),
        ]))
    }
}

fn term(field: tantivy::schema::Field, text: &str, option: IndexRecordOption) -> Box<dyn Runnable> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), option))
}

/// A phrase has at least two terms; the parser makes no shorter one.
fn phrase(field: tantivy::schema::Field, words: &[String]) -> Box<dyn Runnable> {
    let terms: Vec<Term> = words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .collect();
    Box::new(PhraseQuery::new(terms))
}

fn boosted(query: Box<dyn Runnable>, boost: f32) -> Box<dyn Runnable> {
    Box::new(BoostQuery::new(query, boost))
}
