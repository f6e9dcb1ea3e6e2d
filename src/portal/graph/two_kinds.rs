//! One number in documents of two kinds: readers would find, count and cite it twice.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Fields, Kinds};
use crate::portal::{Document, Documents};
use portolan_customs::mentions::{self, Mention};
use portolan_customs::{Collection, RulingNumber};
use std::collections::HashMap;
use std::ops::Range;

/// Reports each number that a document of another kind has already. Within a kind that is an error of its own for
/// rulings, and right for decisions: two in one case have the number of the case.
pub(in crate::portal) fn find(documents: &Documents, kinds: &Kinds) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &Document> = HashMap::new();
    let mut problems = Vec::new();
    for document in documents {
        let numbers = numbers(&document.fields).into_iter();
        let others: Vec<&Document> = numbers
            .map(|number| *first.entry(number).or_insert(document))
            .collect();
        let mut others = others.into_iter();
        if let Some(other) = others.find(|other| other.kind != document.kind) {
            let (own, others) = (kinds.name(document.kind), kinds.name(other.kind));
            problems.push(
                Diagnostic::warning(
                    Code::NumberInTwoKinds,
                    document.path.clone(),
                    format!("a document of another kind ({others}) has the number of this {own}"),
                )
                .at(number_span(document))
                .related(other.path.clone(), number_span(other), "the other document")
                .help(
                    "keep one document of the kind that it is, and give it the other's address in `aliases`; correct \
                     the number where they are two",
                ),
            );
        }
    }
    problems
}

/// Where a document says by which number it is known.
pub(in crate::portal) fn number_span(document: &Document) -> Range<usize> {
    let keys = ["number", "numbers", "citation"].into_iter();
    let mut spans = keys.map(|key| document.span(key));
    spans.find(|span| !span.is_empty()).unwrap_or(0..0)
}

fn numbers(fields: &Fields) -> Vec<String> {
    match fields {
        Fields::Ruling(ruling) => vec![ruling.number.to_string()],
        Fields::Decision(decision) => {
            let cited = parts(decision.citation.as_deref());
            cited
                .into_iter()
                .chain(parts(decision.number.as_deref()))
                .collect()
        }
        Fields::Publication(publication) => parts(publication.number.as_deref()),
        Fields::Declared(declared) => {
            let numbers = declared.cited_as();
            numbers.flat_map(|number| parts(Some(number))).collect()
        }
        Fields::Page | Fields::Center(_) => Vec::new(),
    }
}

/// The numbers in `HQ H338116; FR Doc. 2024-12617`: those of rulings, wherever they are, and what stands between
/// semicolons. A comma parts no other numbers: those in `Customs Bulletin, Vol. 53, No. 29` are none by themselves.
fn parts(text: Option<&str>) -> Vec<String> {
    let text = text.unwrap_or_default();
    let mentioned = mentions::find(text)
        .into_iter()
        .filter_map(|(_, mention)| match mention {
            Mention::Ruling(number) => Some(number),
            _ => None,
        });
    // Six digits alone may be anything.
    let written = text
        .split([';', ','])
        .filter_map(|part| part.parse::<RulingNumber>().ok());
    let written = written.filter(|number| Collection::by_letter(number).is_some());
    let rulings = mentioned.chain(written).map(|number| number.to_string());
    let others = text
        .split(';')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let others = others.filter(|part| part.contains(|c: char| c.is_ascii_digit()));
    let mut all: Vec<String> = rulings
        .chain(others.map(|part| part.to_lowercase()))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
