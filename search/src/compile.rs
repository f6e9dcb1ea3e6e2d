//! From a parsed query, and from what the vocabulary knows of its words, to the plan.

use crate::lexicon::Lexicon;
use crate::plan::{Condition, Field, Node, Phrase, Plan};
use crate::query::{Clause, Number, Query, QueryWord, Wants, phrase_terms};
use crate::words::words;
use portolan_customs::{Citation, HtsNumber, RulingNumber};

/// A number stands for the document that has it: no text comes before.
pub(crate) const NUMBER: f32 = 30.0;

/// A tariff number of a document's front matter counts as much as a rare word.
const HTS: f32 = 8.0;

/// A form that the last word may become counts less than the word itself.
const EXPANSION: f32 = 0.6;

/// The parts of a compound, in a document that has them apart.
const PARTS: f32 = 0.9;

/// What means the same counts less than what was asked.
const SYNONYM: f32 = 0.6;

/// Makes the plan of a query.
pub(crate) fn plan(query: &Query, lexicon: &Lexicon) -> Plan {
    let mut plan = Plan::default();
    let is_alone = query.clauses.len() == 1;
    for clause in &query.clauses {
        let node = match &clause.wants {
            // Beside words, four digits are a year or a count more often than a heading; alone they name one.
            Wants::Number(Number::Heading(number)) if is_alone => Node::Best(tariff(number, HTS)),
            _ => node(clause, lexicon),
        };
        if clause.not {
            plan.conditions.push(Node::Not(Box::new(node)));
        } else if clause.is_wanted() {
            plan.wanted.push(node);
        } else {
            plan.conditions.push(node);
        }
        if let Wants::Number(Number::Citation(citation)) = &clause.wants {
            plan.bonus.extend(paragraphs(citation));
        }
    }
    plan
}

fn node(clause: &Clause, lexicon: &Lexicon) -> Node {
    match &clause.wants {
        Wants::Word(word) => self::word(word, lexicon),
        Wants::Prefix(form) => {
            let terms = lexicon.prefixes.get(form).map_or(&[][..], Vec::as_slice);
            Node::Best(terms.iter().map(|term| Node::word(term, 1.0)).collect())
        }
        Wants::Phrase(phrase) => {
            let first = phrase.terms.first().map_or(0, |(at, _)| *at);
            let terms = phrase.terms.iter();
            Node::Phrase(Phrase {
                field: if phrase.in_title {
                    Field::Title
                } else {
                    Field::Body
                },
                terms: terms.map(|(at, term)| (at - first, term.clone())).collect(),
                slop: phrase.slop,
                weight: 1.0,
            })
        }
        Wants::Number(number) => self::number(number, &clause.text),
        Wants::Cites(term) => Node::All(vec![
            Node::word(term, 1.0),
            Node::Not(Box::new(Node::term(Field::Number, term, 0.0))),
        ]),
        Wants::Hts(digits) => Node::term(Field::Hts, digits, HTS),
        Wants::Key(pair) => Node::term(Field::Number, pair.term(), 0.0),
        Wants::Column(filter) => Node::Where(Condition::Values(filter.clone())),
        Wants::Days(ranges) => Node::Where(Condition::Days(ranges.clone())),
        Wants::All(clauses) => Node::All(nodes(clauses, lexicon)),
        Wants::Any(clauses) => Node::Any(nodes(clauses, lexicon)),
    }
}

fn nodes(clauses: &[Clause], lexicon: &Lexicon) -> Vec<Node> {
    let nodes = clauses.iter().map(|clause| match node(clause, lexicon) {
        node if clause.not => Node::Not(Box::new(node)),
        node => node,
    });
    nodes.collect()
}

fn word(word: &QueryWord, lexicon: &Lexicon) -> Node {
    let asked = forms(word, lexicon);
    if word.in_title {
        Node::All(vec![Node::term(Field::Title, &word.term, 0.0), asked])
    } else {
        asked
    }
}

/// All that a word is searched as.
pub(crate) fn forms(word: &QueryWord, lexicon: &Lexicon) -> Node {
    let mut forms = vec![exact(word, 1.0)];
    if word.is_typing {
        let terms = lexicon.prefixes.get(&word.form).into_iter().flatten();
        let others = terms.filter(|term| **term != word.term);
        forms.extend(others.map(|term| Node::word(term, EXPANSION)));
    }
    for also in lexicon.synonyms.get(&word.form).into_iter().flatten() {
        let weight = SYNONYM * also.weight;
        let words = also.words.iter().map(|word| exact(word, weight));
        forms.push(Node::joined(words.collect(), Node::All));
    }
    Node::joined(forms, Node::Best)
}

/// A word in one piece or, where it is a compound, in parts.
fn exact(word: &QueryWord, weight: f32) -> Node {
    let together = Node::word(&word.term, weight);
    if word.parts.is_empty() {
        return together;
    }
    let parts = word
        .parts
        .iter()
        .map(|part| Node::word(part, weight * PARTS));
    Node::Best(vec![together, Node::All(parts.collect())])
}

fn number(number: &Number, text: &str) -> Node {
    match number {
        Number::Ruling(number) => Node::Best(ruling(number)),
        Number::RulingOrHts(number, hts) => {
            let mut spellings = ruling(number);
            spellings.extend(tariff(hts, HTS));
            Node::Best(spellings)
        }
        Number::Hts(number) => Node::Best(tariff(number, HTS)),
        // A year, or a count, more often than a heading.
        // Not as the number of a document.
        Number::Heading(number) => {
            let mut spellings = tariff(number, HTS / 2.0);
            spellings.remove(0);
            Node::Best(spellings)
        }
        Number::Citation(citation) => self::citation(citation),
        Number::Other(spellings) => {
            let numbers = spellings
                .iter()
                .map(|form| Node::term(Field::Number, form, NUMBER));
            let in_text = words(text)
                .into_iter()
                .map(|word| Node::word(word.term, 1.0));
            let in_text: Vec<Node> = in_text.collect();
            Node::Best(
                numbers
                    .chain((!in_text.is_empty()).then_some(Node::All(in_text)))
                    .collect(),
            )
        }
    }
}

/// A ruling's own document before those that cite it.
fn ruling(number: &RulingNumber) -> Vec<Node> {
    let slug = number.slug();
    let mut spellings = vec![Node::term(Field::Number, &slug, NUMBER)];
    // Citations lose zeros: `N048019` is `N48019`, `087415` is `87415`.
    let (letter, digits) = slug.split_at(usize::from(
        slug.starts_with(|c: char| c.is_ascii_alphabetic()),
    ));
    let short = format!("{letter}{}", digits.trim_start_matches('0'));
    spellings.push(Node::word(&slug, 1.0));
    if short != slug && short.len() >= 5 {
        spellings.push(Node::word(short, 1.0));
    }
    spellings
}

fn tariff(number: &HtsNumber, weight: f32) -> Vec<Node> {
    let digits = number.digits();
    let mut spellings = vec![
        Node::term(Field::Number, digits, NUMBER),
        Node::term(Field::Hts, digits, weight),
    ];
    // A chapter's two digits are in every text.
    if digits.len() > 2 {
        spellings.push(Node::word(number.to_string(), 1.0));
    }
    if digits.len() > 4 {
        spellings.push(Node::word(digits, 1.0));
    }
    spellings
}

fn citation(citation: &Citation) -> Node {
    let (series, section) = match citation {
        Citation::Cfr { section, .. } => ("cfr", section),
        Citation::Usc { section, .. } => ("usc", section),
        Citation::FederalRegister { volume, page } => {
            let numbers = [volume.to_string(), page.to_string()];
            return Node::All(numbers.map(|number| Node::word(number, 1.0)).to_vec());
        }
    };
    let section = Node::word(base(section), 1.0);
    if matches!(&section, Node::Term(term) if term.text.contains('.')) {
        return section;
    }
    // A number alone says little: the series must be near, which texts name as one of these.
    let named = [series, "section", "part"].map(|name| Node::word(name, 0.1));
    Node::All(vec![section, Node::Best(named.to_vec())])
}

/// The section without its paragraphs.
fn base(section: &str) -> String {
    let base = section.split('(').next().unwrap_or_default();
    base.to_ascii_lowercase()
}

/// The paragraphs of a section, next to it.
fn paragraphs(citation: &Citation) -> Option<Node> {
    let (Citation::Cfr { section, .. } | Citation::Usc { section, .. }) = citation else {
        return None;
    };
    let terms = phrase_terms(words(section));
    (section.contains('(') && terms.len() > 1).then_some(Node::Phrase(Phrase {
        field: Field::Body,
        terms,
        slop: 0,
        weight: 1.0,
    }))
}
