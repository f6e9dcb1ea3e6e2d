//! One number in documents of two kinds: readers would find, count and cite it twice.

use super::Document;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Fields, Kinds, collection};
use portolan_search::RulingNumber;
use std::collections::HashMap;

/// Reports each number that a document of another kind has already. Within a kind that is an error of its own for
/// rulings, and right for decisions: two in one case have the number of the case.
pub(super) fn find(documents: &[Document], kinds: &Kinds) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &Document> = HashMap::new();
    let mut problems = Vec::new();
    for document in documents {
        for number in numbers(&document.fields) {
            let other = *first.entry(number).or_insert(document);
            if other.kind == document.kind {
                continue;
            }
            let (own, others) = (kinds.name(document.kind), kinds.name(other.kind));
            problems.push(
                Diagnostic::warning(
                    Code::NumberInTwoKinds,
                    document.path.clone(),
                    format!("`{}` ({others}) has the number of this {own}", other.path),
                )
                .at(document.span("number"))
                .help(
                    "keep one document of the kind that it is, and give it the other's address in `aliases`; correct \
                     the number where they are two",
                ),
            );
            break;
        }
    }
    problems
}

fn numbers(fields: &Fields) -> Vec<String> {
    match fields {
        Fields::Ruling(ruling) => vec![ruling.number.to_string()],
        Fields::Decision(decision) => parts(decision.number.as_deref()),
        Fields::Publication(publication) => parts(publication.number.as_deref()),
        Fields::Added(added) => parts(added.number.as_deref()),
        Fields::Update(_) | Fields::Page | Fields::Center(_) => Vec::new(),
    }
}

/// The numbers in `HQ H338116; FR Doc. 2024-12617`. Of parts between commas only rulings' numbers count: in `Customs
/// Bulletin, Vol. 53, No. 29` they are no numbers of their own.
fn parts(text: Option<&str>) -> Vec<String> {
    let text = text.unwrap_or_default();
    let ruling = |part: &str| {
        let number: RulingNumber = part.parse().ok()?;
        // Six digits alone may be anything.
        collection::by_letter(&number).map(|_| number.to_string())
    };
    let rulings = text.split([';', ',']).filter_map(ruling);
    let others = text.split(';').filter(|part| ruling(part).is_none());
    let others = others.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let others = others.filter(|part| part.contains(|c: char| c.is_ascii_digit()));
    rulings
        .chain(others.map(|part| part.to_lowercase()))
        .collect()
}
