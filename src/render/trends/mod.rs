//! What the documents of a Center, or of the portal, add up to: charts with a sentence, a table and data.

mod ages;
mod data_set;
mod figures;
mod rankings;
mod takeaway;
mod years;

use super::chart;
use super::view::Viewer;
use super::views::{
    CellView, CenterTrendView, ChartView, DrawingView, TableView, TrendTeaser, TrendsView,
};
use crate::portal::{CenterId, DataForm, Topic, Trend, data_address};
use crate::theme::Words;
use data_set::{Cell, DataSet};
use portolan_customs::PartialDate;
use serde_json::{Value, json};

/// Years of the small picture on a Center's page.
const SPARKLINE_YEARS: i16 = 20;

/// The trends of one scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trends<'a> {
    viewer: Viewer<'a>,
    words: &'a Words,
    center: Option<CenterId>,
    trend: &'a Trend,
    closing: Closing,
}

/// Up to when the portal's documents go. A year that it does not have whole is not compared with others. The clock has
/// no say in it: the same documents make the same page on every day.
#[derive(Debug, Clone, Copy)]
struct Closing {
    newest: PartialDate,
}

impl Closing {
    fn new(newest: Option<PartialDate>) -> Self {
        Self {
            newest: newest.unwrap_or(PartialDate::Unknown),
        }
    }

    /// The last year that documents can be expected of from its first day to its last.
    fn last_whole_year(self) -> i16 {
        let Some(last) = self.newest.latest() else {
            return i16::MAX;
        };
        // A date that is only a year says nothing about its end.
        let is_whole =
            (last.month(), last.day()) == (12, 31) && !matches!(self.newest, PartialDate::Year(_));
        last.year() - i16::from(!is_whole)
    }

    fn is_partial(self, year: i16) -> bool {
        year > self.last_whole_year()
    }
}

/// A topic's numbers with what they say, before they have a place.
struct Told {
    title: String,
    takeaway: String,
    notes: Vec<String>,
    source: String,
    drawing: Option<DrawingView>,
    data: DataSet,
    /// Rows that the page's table shows; the data have all.
    rows: usize,
}

impl<'a> Trends<'a> {
    pub(super) fn new(viewer: Viewer<'a>, center: Option<CenterId>) -> Self {
        let trends = &viewer.portal.trends;
        Self {
            viewer,
            words: viewer.words,
            center,
            trend: trends.of(center),
            closing: Closing::new(trends.of(None).newest),
        }
    }

    /// The page.
    pub(super) fn page(&self) -> TrendsView {
        let topics = self.viewer.portal.topics(self.center);
        let (figures, counted): (Vec<Topic>, Vec<Topic>) = topics
            .into_iter()
            .partition(|topic| matches!(topic, Topic::Figures(_)));
        let charts =
            |topics: Vec<Topic>| topics.into_iter().map(|topic| self.chart(topic)).collect();
        TrendsView {
            title: self.title(),
            center: self.center.map(|id| self.viewer.center_link(id)),
            lead: self.lead(),
            charts: charts(counted),
            figures: charts(figures),
            centers: if self.center.is_none() {
                self.centers()
            } else {
                Vec::new()
            },
        }
    }

    /// The heading of the page.
    pub(super) fn title(&self) -> String {
        match self.center {
            Some(id) => self.words.fill(
                "trends.of-center",
                &[("center", &self.viewer.portal.center(id).record.name)],
            ),
            None => self.words.get("page.trends").to_owned(),
        }
    }

    /// The sentence and the picture for the Center's own page; `None` where there is nothing to count.
    pub(super) fn teaser(&self) -> Option<TrendTeaser> {
        if self.trend.documents.total() == 0 {
            return None;
        }
        let totals = years::totals(&self.trend.documents);
        let from = totals.last().map_or(0, |(year, _)| year - SPARKLINE_YEARS);
        let recent = totals.iter().filter(|(year, _)| *year > from);
        let recent: Vec<usize> = recent.map(|(_, count)| *count).collect();
        Some(TrendTeaser {
            sentence: takeaway::peak(self.words, "trends-documents", &totals),
            url: self.url(),
            drawing: (recent.len() > 1).then(|| chart::sparkline(&recent)),
        })
    }

    /// A topic's numbers as comma-separated values.
    pub(super) fn csv(&self, topic: Topic) -> Vec<u8> {
        self.told(topic).data.csv()
    }

    /// A topic's numbers with what they say, as JSON.
    pub(super) fn json(&self, topic: Topic) -> Value {
        let told = self.told(topic);
        let columns = told.data.columns.iter().map(|column| column.key.as_str());
        json!({
            "title": told.title,
            "scope": self.title(),
            "newest": self.newest(),
            "takeaway": told.takeaway,
            "notes": told.notes,
            "source": told.source,
            "columns": columns.collect::<Vec<_>>(),
            "rows": told.data.json(),
        })
    }

    /// The page's numbers for search engines that look for data (schema.org, Dataset).
    pub(super) fn data_sets(&self) -> Option<Value> {
        let folder = self.viewer.portal.trends_folder(self.center);
        let topics = self.viewer.portal.topics(self.center);
        let files = topics.iter().flat_map(|topic| {
            DataForm::ALL.map(|form| {
                json!({
                    "@type": "DataDownload",
                    "name": topic.id(),
                    "encodingFormat": form.media_type(),
                    "contentUrl": self.viewer.canonical(&data_address(&folder, *topic, form)),
                })
            })
        });
        let files: Vec<Value> = files.collect();
        (!files.is_empty()).then(|| {
            json!({
                "@type": "Dataset",
                "name": self.title(),
                "description": self.words.get("trends.description"),
                "url": self.viewer.canonical(&format!("{folder}index.html")),
                "distribution": files,
            })
        })
    }

    fn newest(&self) -> Value {
        match self.closing.newest {
            PartialDate::Unknown => Value::Null,
            date => date.to_string().into(),
        }
    }

    fn url(&self) -> String {
        let folder = self.viewer.portal.trends_folder(self.center);
        self.viewer.url(&format!("{folder}index.html"))
    }

    /// What is counted.
    fn lead(&self) -> String {
        let count = self.trend.documents.total();
        if count == 0 {
            return self.words.get("trends.none").to_owned();
        }
        self.words
            .fill("trends.lead", &[("count", &self.words.number(count))])
    }

    /// Where counts come from, and up to when.
    fn source(&self) -> String {
        match self.closing.newest {
            PartialDate::Unknown => self.words.get("trends.source-undated").to_owned(),
            date => self
                .words
                .fill("trends.source", &[("date", &self.viewer.date(date))]),
        }
    }

    fn told(&self, topic: Topic) -> Told {
        match topic {
            Topic::Documents => self.documents(),
            Topic::Headings => self.headings(),
            Topic::Categories => self.categories(),
            Topic::DecisionTypes => self.decision_types(),
            Topic::Origins => self.origins(),
            Topic::Changes => self.changes(),
            Topic::Ages => self.ages(),
            Topic::Figures(measure) => self.figures(measure),
        }
    }

    fn chart(&self, topic: Topic) -> ChartView {
        let told = self.told(topic);
        let folder = self.viewer.portal.trends_folder(self.center);
        ChartView {
            id: topic.id(),
            title: told.title,
            takeaway: told.takeaway,
            notes: told.notes,
            source: told.source,
            drawing: told.drawing,
            table: table(&told.data, told.rows),
            csv: data_address(&folder, topic, DataForm::Csv),
            json: data_address(&folder, topic, DataForm::Json),
        }
    }

    /// The Centers with their trends.
    fn centers(&self) -> Vec<CenterTrendView> {
        let scopes = self.viewer.portal.scopes().flatten();
        scopes
            .map(|id| {
                let own = Self::new(self.viewer, Some(id));
                let newest = own.trend.newest.map(|date| self.viewer.date(date));
                CenterTrendView {
                    name: self.viewer.portal.center(id).record.name.clone(),
                    url: own.url(),
                    documents: self.words.number(own.trend.documents.total()),
                    changes: self.words.number(own.trend.changes.total()),
                    newest: newest.unwrap_or_default(),
                }
            })
            .collect()
    }

    fn number(&self, count: usize) -> Cell {
        Cell::new(count, self.words.number(count))
    }
}

/// The columns and the first rows that readers see.
fn table(data: &DataSet, rows: usize) -> TableView {
    let is_shown: Vec<bool> = data
        .columns
        .iter()
        .map(|column| !column.label.is_empty())
        .collect();
    let shown = data
        .columns
        .iter()
        .filter(|column| !column.label.is_empty());
    TableView {
        columns: shown.map(|column| column.label.clone()).collect(),
        rows: data
            .rows
            .iter()
            .take(rows)
            .map(|row| {
                let cells = row.iter().zip(&is_shown).filter(|(_, is_shown)| **is_shown);
                cells
                    .map(|(cell, _)| CellView {
                        text: cell.shown.clone(),
                        is_number: cell.data.is_number(),
                        url: cell.url.clone(),
                    })
                    .collect()
            })
            .collect(),
    }
}

#[cfg(test)]
mod test_words {
    use crate::files::Memory;
    use crate::theme::{self, Words};

    /// The words of the default theme.
    pub(super) fn words() -> Words {
        let config = crate::config::parse(b"title = \"T\"\n").expect("it is sound");
        let theme =
            theme::load(&Memory::new().with("site.toml", ""), &config).expect("memory can be read");
        theme.expect("the default theme is sound").words
    }
}
