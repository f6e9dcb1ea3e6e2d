//! What is named most often: tariff headings, categories, types, countries.

use super::data_set::{Cell, Column, DataSet};
use super::{Told, Trends, takeaway};
use crate::portal::{Ranking, Taxonomy};
use crate::render::chart::{self, Bar};

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

impl Trends<'_> {
    pub(super) fn headings(&self) -> Told {
        let tariff = self.viewer.portal.tables.tariff.as_ref();
        let columns = [("heading", "heading"), ("description", "description")];
        let columns = &columns[..1 + usize::from(tariff.is_some())];
        let mut told = self.ranking("trends-headings", &self.trend.headings, columns, |code| {
            let words = tariff.map(|tariff| tariff.heading(code).unwrap_or_default());
            let long = format!("{code} {}", words.unwrap_or_default());
            let head = Cell::text(code).linked(self.viewer.term_url(Taxonomy::Heading, code));
            Names {
                short: code.to_owned(),
                long: long.trim_end().to_owned(),
                cells: [head].into_iter().chain(words.map(Cell::text)).collect(),
            }
        });
        let edition = &self.viewer.config.hts.edition;
        if !edition.is_empty() {
            let note = self
                .words
                .fill("trends-headings.edition", &[("edition", edition)]);
            told.notes.push(note);
        }
        told
    }

    pub(super) fn categories(&self) -> Told {
        self.named("trends-categories", &self.trend.categories, "category")
    }

    pub(super) fn decision_types(&self) -> Told {
        let types = &self.trend.decision_types;
        self.named("trends-decision-types", types, "type")
    }

    /// What has a name in the words of the interface.
    fn named(&self, group: &str, ranking: &Ranking, key: &str) -> Told {
        self.ranking(group, ranking, &[(key, "name")], |name| {
            let shown = self.viewer.category(name);
            let url = self.viewer.term_url(Taxonomy::Category, name);
            Names {
                short: shown.clone(),
                long: shown.clone(),
                cells: vec![Cell::new(name, shown).linked(url)],
            }
        })
    }

    pub(super) fn origins(&self) -> Told {
        let columns = [("country", ""), ("name", "name")];
        self.ranking("trends-origins", &self.trend.origins, &columns, |code| {
            let name = self.viewer.country(code);
            let url = self.viewer.term_url(Taxonomy::Origin, &code.to_lowercase());
            Names {
                short: name.clone(),
                long: name.clone(),
                cells: vec![Cell::text(code), Cell::text(name).linked(url)],
            }
        })
    }

    /// `columns` are the names in data and in the group's words of the cells before the count.
    fn ranking(
        &self,
        group: &str,
        ranking: &Ranking,
        columns: &[(&str, &str)],
        names: impl Fn(&str) -> Names,
    ) -> Told {
        let words = self.words;
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
            names.cells.push(self.number(count));
            names.cells
        });
        Told {
            title: words.get(&phrase("title")).to_owned(),
            drawing: (bars.len() > 1).then(|| chart::bars(takeaway.clone(), &bars)),
            takeaway,
            notes,
            source: self.source(),
            data: DataSet {
                columns: heads,
                rows: rows.collect(),
            },
            rows: SHOWN,
        }
    }
}
