//! All documents of a list as its filter shows them: the words of each as on the list's pages, and what it can be filtered by.

use crate::portal::{DocId, Listing, Taxonomy, Term};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::parts::items::{self, ItemView, UnpublishedView};
use crate::render::parts::names;
use crate::render::site::Site;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The list in its order.
#[derive(Serialize)]
struct ListData {
    /// What it can be filtered by.
    facets: Facets,
    items: Vec<Row>,
}

/// The values that documents of the list have, each with its name, in the order in which readers see them.
#[derive(Serialize)]
struct Facets {
    status: Vec<(String, String)>,
    category: Vec<(String, String)>,
    origin: Vec<(String, String)>,
    chapter: Vec<(String, String)>,
}

/// A document. What is empty is left out; the fields of [`ItemView`] have their names.
#[derive(Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    goods: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    datetime: Option<String>,
    kind: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_class: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_over: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<UnpublishedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    /// Categories or types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<&'static str>,
    /// Countries of origin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    origin: Vec<&'static str>,
    /// Every tariff number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hts: Vec<String>,
}

/// The data of a list.
pub(crate) fn of_listing(site: Site<'_>, listing: &Listing) -> Vec<u8> {
    let data = ListData {
        facets: facets(site, listing),
        items: listing.documents.iter().map(|id| row(site, *id)).collect(),
    };
    let text = serde_json::to_string(&data).expect("views are maps with text keys");
    (text.replace('<', "\\u003c") + "\n").into_bytes()
}

/// What they are made from.
pub(crate) fn inputs(hashes: &Hashes<'_>, listing: &Listing, inputs: &mut Inputs) {
    items::items_inputs(hashes, &listing.documents, inputs);
    for chapter in chapters(hashes.site, listing) {
        inputs.text(&chapter_name(hashes.site, chapter));
    }
}

fn row(site: Site<'_>, id: DocId) -> Row {
    let summary = site.portal.summary(id);
    let ItemView {
        number,
        title: _,
        goods,
        question,
        url,
        date,
        datetime,
        kind,
        details,
        status,
        status_class,
        status_note,
        proposed,
        is_over,
        state,
        summary: about,
    } = items::item(site, id);
    let origin = summary.origin.iter();
    Row {
        number,
        goods,
        question,
        url,
        date,
        datetime,
        kind,
        details,
        status,
        status_class,
        status_note,
        proposed,
        is_over,
        state,
        summary: about,
        categories: summary.categories,
        origin: origin.map(|country| country.code()).collect(),
        hts: summary.hts.iter().map(ToString::to_string).collect(),
    }
}

fn facets(site: Site<'_>, listing: &Listing) -> Facets {
    let mut status = BTreeMap::new();
    let mut categories = BTreeMap::new();
    let mut countries = BTreeMap::new();
    for id in &listing.documents {
        let summary = site.portal.summary(*id);
        if let Some(of) = summary.status {
            status.insert(of.name.to_owned(), names::status(site, of));
        }
        for name in summary.categories {
            categories.insert(name.to_owned(), names::category(site, name));
        }
        for country in summary.origin {
            let code = country.code();
            countries.insert(code.to_owned(), names::country(site, code));
        }
    }
    let chapters = chapters(site, listing).into_iter();
    Facets {
        status: by_name(status),
        category: by_name(categories),
        origin: by_name(countries),
        chapter: chapters
            .map(|chapter| (chapter.to_owned(), chapter_name(site, chapter)))
            .collect(),
    }
}

fn by_name(values: BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(|a, b| a.1.cmp(&b.1));
    values
}

/// The chapters of the documents' goods.
fn chapters<'a>(site: Site<'a>, listing: &Listing) -> BTreeSet<&'a str> {
    let documents = listing.documents.iter();
    let numbers = documents.flat_map(|id| site.portal.document(*id).fields.hts());
    numbers.map(portolan_customs::HtsNumber::chapter).collect()
}

fn chapter_name(site: Site<'_>, chapter: &str) -> String {
    let term = Term {
        taxonomy: Taxonomy::Chapter,
        name: chapter.to_owned(),
    };
    names::of_term(site, &term)
}
