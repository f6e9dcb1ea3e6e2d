//! What a page says of its document beside title, date and text: `HTS numbers: 6109.10.0012`.

use super::views::FactView;
use crate::document::schema::Shape;
use crate::document::{Document, Fields, PartialDate, Schema, country};

/// The facts of a document, in the order in which its page shows them.
pub(super) fn facts(document: &Document, schema: &Schema) -> Vec<FactView> {
    let mut facts = Vec::new();
    let mut add = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            facts.push(FactView {
                name: name.to_owned(),
                values,
            });
        }
    };
    let words = |texts: Vec<String>| texts.iter().map(|text| text.replace('-', " ")).collect();
    add("Type", words(document.fields.forms()));
    add(
        "HTS numbers",
        document
            .fields
            .hts()
            .iter()
            .map(ToString::to_string)
            .collect(),
    );
    let countries = document
        .fields
        .origin()
        .iter()
        .map(|code| country::name(code).unwrap_or(code).to_owned());
    add("Country of origin", countries.collect());
    let one = |value: &Option<String>| value.clone().into_iter().collect::<Vec<_>>();
    let day = |value: Option<PartialDate>| {
        value
            .map(PartialDate::display)
            .into_iter()
            .collect::<Vec<_>>()
    };
    match &document.fields {
        Fields::Ruling(ruling) => {
            add("Notice published", day(ruling.published));
            add("Notice effective", day(ruling.effective));
        }
        Fields::Decision(decision) => {
            add("Decided by", one(&decision.body));
            if decision.citation.is_some() {
                add("Number", one(&decision.number));
            }
            add("Published", day(decision.published));
            add("Concerns", decision.concerns.clone());
            add("Affirms", decision.affirms.clone());
            add("Reverses", decision.reverses.clone());
            add("Vacates", decision.vacates.clone());
        }
        Fields::Publication(publication) => {
            add("Revised", day(publication.revised));
            add("For", publication.audience.clone());
            add(
                "Pages",
                publication
                    .pages
                    .map(|pages| pages.to_string())
                    .into_iter()
                    .collect(),
            );
        }
        Fields::Update(update) => add("About", update.about.clone()),
        Fields::Added(_) | Fields::Page | Fields::Center(_) => {}
    }
    for field in schema.added(document.kind) {
        let key = document.added.iter().find(|key| key.name == field.key);
        let values = key.into_iter().flat_map(|key| &key.values);
        add(
            field.label.as_deref().unwrap_or(&field.key),
            values.map(|value| shown(value, &field.shape)).collect(),
        );
    }
    facts
}

/// A value of a key of site.toml as a reader sees it.
fn shown(value: &str, shape: &Shape) -> String {
    match shape {
        Shape::Country => country::name(value).unwrap_or(value).to_owned(),
        Shape::Flag if value == "true" => "yes".to_owned(),
        Shape::Flag => "no".to_owned(),
        Shape::Date | Shape::Day => value
            .parse()
            .map_or_else(|_| value.to_owned(), PartialDate::display),
        _ => value.to_owned(),
    }
}
