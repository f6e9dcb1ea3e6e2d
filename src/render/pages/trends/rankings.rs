//! What is named most often: tariff headings, categories, types, countries.

use super::{Finding, Scope, number, source, takeaway};
use crate::portal::{Ranking, Subject, Taxonomy, Term, Trend};
use crate::render::charts::{self, Bar, MIN_VALUES, Part};
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
    /// The list of it, relative to the root.
    url: Option<String>,
    /// The cells of the table before the count.
    cells: Vec<Cell>,
}

/// The list of a term, relative to the root: the Center's own where it has one.
fn list_url(scope: Scope<'_>, taxonomy: Taxonomy, name: &str) -> Option<String> {
    let site = scope.site;
    let term = || {
        Subject::Term(Term {
            taxonomy,
            name: name.to_owned(),
        })
    };
    let own = scope.center.filter(|_| taxonomy.is_of_centers());
    let listing = site.portal.listing(own, &term())?;
    Some(links::of_listing(site, "", &site.portal.listings[listing]).url)
}

pub(crate) fn headings(scope: Scope<'_>) -> Finding {
    let tariff = scope.site.portal.tables.tariff.as_ref();
    let columns = [("heading", "heading"), ("description", "description")];
    let columns = &columns[..1 + usize::from(tariff.is_some())];
    let mut finding = rank(
        scope,
        "trends-headings",
        |trend| &trend.headings,
        false,
        columns,
        |code| {
            let words = tariff.map(|tariff| tariff.heading(code).unwrap_or_default());
            let long = format!("{code} {}", words.unwrap_or_default());
            let url = list_url(scope, Taxonomy::Heading, code);
            let head = Cell::text(code).linked(url.clone());
            Names {
                short: code.to_owned(),
                long: long.trim_end().to_owned(),
                url,
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
        |trend| &trend.categories,
        "category",
    )
}

pub(crate) fn decision_types(scope: Scope<'_>) -> Finding {
    named(
        scope,
        "trends-decision-types",
        |trend| &trend.decision_types,
        "type",
    )
}

/// What became of rulings. They are counted as changed or not: whether one is in force depends on who looked it up.
pub(crate) fn statuses(scope: Scope<'_>) -> Finding {
    rank(
        scope,
        "trends-statuses",
        |trend| &trend.statuses,
        true,
        &[("status", "name")],
        |name| {
            let word = scope.site.words.word("status", name);
            let shown = word.unwrap_or_else(|| scope.site.words.get("trends-statuses.unchanged"));
            Names {
                short: shown.to_owned(),
                long: shown.to_owned(),
                url: None,
                cells: vec![Cell::new(name, shown.to_owned())],
            }
        },
    )
}

/// What has a name in the words of the interface.
fn named(scope: Scope<'_>, group: &str, ranking: fn(&Trend) -> &Ranking, key: &str) -> Finding {
    rank(scope, group, ranking, true, &[(key, "name")], |name| {
        let shown = names::category(scope.site, name);
        let url = list_url(scope, Taxonomy::Category, name);
        Names {
            short: shown.clone(),
            long: shown.clone(),
            url: url.clone(),
            cells: vec![Cell::new(name, shown).linked(url)],
        }
    })
}

pub(crate) fn origins(scope: Scope<'_>) -> Finding {
    let columns = [("country", ""), ("name", "name")];
    rank(
        scope,
        "trends-origins",
        |trend| &trend.origins,
        true,
        &columns,
        |code| {
            let name = names::country(scope.site, code);
            let url = list_url(scope, Taxonomy::Origin, &code.to_lowercase());
            Names {
                short: name.clone(),
                long: name.clone(),
                url: url.clone(),
                cells: vec![Cell::text(code), Cell::text(name).linked(url)],
            }
        },
    )
}

/// `columns` are the names in data and in the group's words of the cells before the count. What a Center's documents name
/// is compared with what all documents name where that says something: headings are of one Center each.
fn rank(
    scope: Scope<'_>,
    group: &str,
    ranking: fn(&Trend) -> &Ranking,
    is_compared: bool,
    columns: &[(&str, &str)],
    names: impl Fn(&str) -> Names,
) -> Finding {
    let words = scope.site.words;
    let phrase = |name: &str| format!("{group}.{name}");
    let ranked = ranking(scope.trend);
    let everywhere = ranking(scope.site.portal.trends.of(None));
    let is_compared = is_compared && scope.center.is_some() && everywhere.documents >= MIN_VALUES;
    let entries: Vec<(&str, Names, usize)> = ranked
        .entries
        .iter()
        .map(|(name, count)| (name.as_str(), names(name), *count))
        .collect();
    let short: Vec<(String, usize)> = entries
        .iter()
        .map(|(_, names, count)| (names.short.clone(), *count))
        .collect();
    let takeaway = takeaway::top(words, group, &short, ranked.documents);
    let share = |count, of| takeaway::share(words, count, of);
    let bar = |(name, names, count): &(&str, Names, usize)| {
        let all = everywhere.entries.iter().find(|(known, _)| known == name);
        let all = all.filter(|_| is_compared).map(|(_, count)| Part {
            value: *count,
            of: everywhere.documents,
            shown: words.fill(
                "trends.against",
                &[("share", &share(*count, everywhere.documents))],
            ),
        });
        let shown = if is_compared {
            let share = share(*count, ranked.documents);
            words.fill(
                "trends.part",
                &[("number", &words.number(*count)), ("share", &share)],
            )
        } else {
            words.number(*count)
        };
        Bar {
            name: names.long.clone(),
            url: names.url.clone(),
            part: Part {
                value: *count,
                of: ranked.documents,
                shown,
            },
            all,
        }
    };
    let bars: Vec<Bar> = entries.iter().take(SHOWN).map(bar).collect();
    let bars = if ranked.documents < MIN_VALUES {
        Vec::new()
    } else {
        charts::bars(bars)
    };
    let mut notes = Vec::new();
    if is_compared && !bars.is_empty() {
        notes.push(words.get("trends.compared").to_owned());
    }
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
    let rows = entries.into_iter().map(|(_, mut names, count)| {
        names.cells.push(number(scope, count));
        names.cells
    });
    Finding {
        title: words.get(&phrase("title")).to_owned(),
        drawing: None,
        bars,
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
