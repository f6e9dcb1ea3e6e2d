//! What is named most often: tariff headings, categories, types, countries.

use super::{Finding, Scope, number, source, takeaway};
use crate::portal::{Ranking, Taxonomy};
use crate::render::charts;
use crate::render::charts::Bar;
use crate::render::data::data_set::{Cell, Column, DataSet};
use crate::render::parts::{links, names};

/// Bars of a picture; the data have all.
const SHOWN: usize = 10;

/// How a page names what it ranks.
struct Names {
    /// In a sentence.
    short: String,
    /// Beside a bar.
    long: String,
    /// The cells of the table before the count.
    cells: Vec<Cell>,
}

pub(crate) fn headings(scope: Scope<'_>) -> Finding {
    let tariff = scope.site.portal.tables.tariff.as_ref();
    let columns = [("heading", "heading"), ("description", "description")];
    let columns = &columns[..1 + usize::from(tariff.is_some())];
    let mut finding = rank(
        scope,
        "trends-headings",
        &scope.trend.headings,
        columns,
        |code| {
            let words = tariff.map(|tariff| tariff.heading(code).unwrap_or_default());
            let long = format!("{code} {}", words.unwrap_or_default());
            let head =
                Cell::text(code).linked(links::term_url(scope.site, Taxonomy::Heading, code));
            Names {
                short: code.to_owned(),
                long: long.trim_end().to_owned(),
                cells: [head].into_iter().chain(words.map(Cell::text)).collect(),
            }
        },
    );
    let edition = &scope.site.config.hts.edition;
    if !edition.is_empty() {
        let note = scope
            .site
            .words
            .fill("trends-headings.edition", &[("edition", edition)]);
        finding.notes.push(note);
    }
    finding
}

pub(crate) fn categories(scope: Scope<'_>) -> Finding {
    named(
        scope,
        "trends-categories",
        &scope.trend.categories,
        "category",
    )
}

pub(crate) fn decision_types(scope: Scope<'_>) -> Finding {
    let types = &scope.trend.decision_types;
    named(scope, "trends-decision-types", types, "type")
}

/// What has a name in the words of the interface.
fn named(scope: Scope<'_>, group: &str, ranking: &Ranking, key: &str) -> Finding {
    rank(scope, group, ranking, &[(key, "name")], |name| {
        let shown = names::category(scope.site, name);
        let url = links::term_url(scope.site, Taxonomy::Category, name);
        Names {
            short: shown.clone(),
            long: shown.clone(),
            cells: vec![Cell::new(name, shown).linked(url)],
        }
    })
}

pub(crate) fn origins(scope: Scope<'_>) -> Finding {
    let columns = [("country", ""), ("name", "name")];
    rank(
        scope,
        "trends-origins",
        &scope.trend.origins,
        &columns,
        |code| {
            let name = names::country(scope.site, code);
            let url = links::term_url(scope.site, Taxonomy::Origin, &code.to_lowercase());
            Names {
                short: name.clone(),
                long: name.clone(),
                cells: vec![Cell::text(code), Cell::text(name).linked(url)],
            }
        },
    )
}

/// `columns` are the names in data and in the group's words of the cells before the count.
fn rank(
    scope: Scope<'_>,
    group: &str,
    ranking: &Ranking,
    columns: &[(&str, &str)],
    names: impl Fn(&str) -> Names,
) -> Finding {
    let words = scope.site.words;
    let phrase = |name: &str| format!("{group}.{name}");
    let entries: Vec<(Names, usize)> = ranking
        .entries
        .iter()
        .map(|(name, count)| (names(name), *count))
        .collect();
    let short: Vec<(String, usize)> = entries
        .iter()
        .map(|(names, count)| (names.short.clone(), *count))
        .collect();
    let takeaway = takeaway::top(words, group, &short, ranking.documents);
    let bars: Vec<Bar> = entries
        .iter()
        .take(SHOWN)
        .map(|(names, count)| Bar {
            name: names.long.clone(),
            value: *count,
            shown: words.number(*count),
        })
        .collect();
    let mut notes = Vec::new();
    if entries.len() > SHOWN {
        notes.push(words.fill(
            &phrase("cut"),
            &[("shown", &SHOWN), ("all", &words.number(entries.len()))],
        ));
    }
    let mut heads: Vec<Column> = columns
        .iter()
        .map(|(key, label)| {
            let name = phrase(label);
            let label = (!label.is_empty()).then(|| words.get(&name));
            Column::new(*key, label.unwrap_or_default())
        })
        .collect();
    heads.push(Column::new("documents", words.get("trends.documents")));
    let rows = entries.into_iter().map(|(mut names, count)| {
        names.cells.push(number(scope, count));
        names.cells
    });
    Finding {
        title: words.get(&phrase("title")).to_owned(),
        drawing: (bars.len() > 1).then(|| charts::bars(takeaway.clone(), &bars)),
        takeaway,
        notes,
        source: source(scope),
        data: DataSet {
            columns: heads,
            rows: rows.collect(),
        },
        rows: SHOWN,
    }
}
