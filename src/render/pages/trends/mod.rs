//! What the documents of a Center, or of the portal, add up to: charts with a sentence, a table and data.

use crate::portal::{CenterId, DataForm, Topic, Trend};
use crate::render::charts;
use crate::render::charts::{BarView, DrawingView, MIN_VALUES};
use crate::render::data::data_set::{Cell, DataSet};
use crate::render::data::json_bytes;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::parts::links;
use crate::render::parts::links::LinkView;
use crate::render::site::Site;
use crate::sitemap::Page as At;
use portolan_customs::PartialDate;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

mod ages;
mod coverage;
mod figures;
mod findings;
mod rankings;
mod takeaway;
mod years;

use findings::FindingView;

/// Years of the small picture on a Center's page.
const SPARKLINE_YEARS: i16 = 20;

/// The trends of a Center or of the portal.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TrendsView {
    /// The heading of the page.
    pub(crate) title: String,
    /// The Center's page; `None` for the portal.
    pub(crate) center: Option<LinkView>,
    /// What is counted, and up to when; or that there is nothing to count.
    pub(crate) lead: String,
    /// What the numbers are of, and where changes of rulings were looked up; empty where there is nothing to count.
    pub(crate) coverage: Vec<String>,
    /// What is counted in the portal.
    pub(crate) charts: Vec<ChartView>,
    /// What the Centers find wrong: the newest findings.
    pub(crate) findings: Vec<FindingView>,
    /// The list of all of them, relative to the root; absent where there are none.
    pub(crate) findings_url: Option<String>,
    /// Figures on the work of the Center that its editors keep.
    pub(crate) figures: Vec<ChartView>,
    /// Each Center with its trends; empty on the page of a Center.
    pub(crate) centers: Vec<CenterTrendView>,
}

/// A Center in the table of the portal's trends.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CenterTrendView {
    /// Its name.
    pub(crate) name: String,
    /// Its trends, relative to the root.
    pub(crate) url: String,
    /// How many documents it has.
    pub(crate) documents: String,
    /// How many revocations and modifications of rulings it has.
    pub(crate) changes: String,
    /// The date of its newest document.
    pub(crate) newest: Option<String>,
}

/// Numbers with what they say.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChartView {
    /// Its anchor and the name of its data.
    pub(crate) id: String,
    /// What it shows.
    pub(crate) title: String,
    /// What the numbers say, in a sentence or two.
    pub(crate) takeaway: String,
    /// What else a reader must know.
    pub(crate) notes: Vec<String>,
    /// Where the numbers come from, and of when they are.
    pub(crate) source: String,
    /// The numbers by year as a picture; `None` where there are fewer than ten.
    pub(crate) drawing: Option<DrawingView>,
    /// The numbers as bars; empty where they are by year, or fewer than ten.
    pub(crate) bars: Vec<BarView>,
    /// The numbers.
    pub(crate) table: TableView,
    /// The numbers as CSV, relative to the root.
    pub(crate) csv: String,
    /// The numbers as JSON, relative to the root.
    pub(crate) json: String,
}

/// A table whose first column names its rows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TableView {
    /// The heads.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Vec<CellView>>,
}

/// A value of a table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CellView {
    /// As a reader sees it.
    pub(crate) text: String,
    /// Whether it is a number, which is aligned right.
    pub(crate) is_number: bool,
    /// The list of what is named, relative to the root.
    pub(crate) url: Option<String>,
}

/// The trends of a Center in a sentence, for its own page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TrendTeaser {
    /// What the numbers say.
    pub(crate) sentence: String,
    /// The page with all of it, relative to the root.
    pub(crate) url: String,
    /// A small picture of the same without words; `None` where there is nothing to compare.
    pub(crate) drawing: Option<DrawingView>,
}

/// The documents whose trends are shown: those of a Center, or of the portal.
#[derive(Debug, Clone, Copy)]
struct Scope<'a> {
    site: Site<'a>,
    center: Option<CenterId>,
    trend: &'a Trend,
    through: DataThrough,
}

/// The day of the newest document. A year that is not complete by then is not compared with others. It does not depend
/// on the clock: the same documents make the same page on every day.
#[derive(Debug, Clone, Copy)]
struct DataThrough {
    newest: PartialDate,
}

impl DataThrough {
    fn new(newest: Option<PartialDate>) -> Self {
        Self {
            newest: newest.unwrap_or(PartialDate::Unknown),
        }
    }

    /// The last year that documents can be expected of from its first day to its last.
    fn last_complete_year(self) -> i16 {
        let Some(last) = self.newest.latest() else {
            return i16::MAX;
        };
        // A date that is only a year says nothing about its end.
        let is_complete =
            (last.month(), last.day()) == (12, 31) && !matches!(self.newest, PartialDate::Year(_));
        last.year() - i16::from(!is_complete)
    }

    fn is_partial(self, year: i16) -> bool {
        year > self.last_complete_year()
    }
}

/// The numbers of a topic with what they say.
struct Finding {
    title: String,
    takeaway: String,
    notes: Vec<String>,
    source: String,
    drawing: Option<DrawingView>,
    bars: Vec<BarView>,
    data: DataSet,
    /// Rows that the page's table shows; the data have all.
    rows: usize,
}

impl<'a> Scope<'a> {
    fn new(site: Site<'a>, center: Option<CenterId>) -> Self {
        let trends = &site.portal.trends;
        Self {
            site,
            center,
            trend: trends.of(center),
            through: DataThrough::new(trends.of(None).newest),
        }
    }
}

pub(crate) fn page(site: Site<'_>, center: Option<CenterId>) -> Page<'_> {
    let scope = Scope::new(site, center);
    let trends = view(scope);
    let page = Page {
        description: Some(site.word("trends.description")),
        above: trends.center.iter().cloned().collect(),
        data: data_sets(scope),
        ..Page::new(&trends.title, "trends")
    };
    page.with("trends", &trends)
}

/// What the page and its data are made from.
pub(crate) fn inputs(hashes: &Hashes<'_>, center: Option<CenterId>, inputs: &mut Inputs) {
    let site = hashes.site;
    inputs.hash(hashes.overview());
    inputs.hash(hashes.trend(center));
    // A Center is compared with the portal.
    inputs.hash(hashes.trend(None));
    let newest = site.portal.trends.of(None).newest;
    inputs.maybe(newest, Inputs::date);
    let scope = Scope::new(site, center);
    findings::inputs(hashes, scope, inputs);
    let scopes = site.portal.scopes().filter(|_| center.is_none());
    inputs.list(scopes, |inputs, center| inputs.hash(hashes.trend(center)));
}

/// The numbers of a Center, or of the portal. They are written as they are for developers: that has every field.
pub(crate) fn trend_inputs(site: Site<'_>, center: Option<CenterId>, inputs: &mut Inputs) {
    inputs.text(&format!("{:?}", site.portal.trends.of(center)));
}

/// The page.
fn view(scope: Scope<'_>) -> TrendsView {
    let topics = scope.site.portal.topics(scope.center);
    let (figures, counted): (Vec<Topic>, Vec<Topic>) = topics
        .into_iter()
        .partition(|topic| matches!(topic, Topic::Figures(_)));
    let charts = |topics: Vec<Topic>| {
        topics
            .into_iter()
            .map(|topic| chart(scope, topic))
            .collect()
    };
    TrendsView {
        title: title(scope),
        center: scope.center.map(|id| links::center(scope.site, id)),
        lead: lead(scope),
        coverage: coverage::sentences(scope),
        charts: charts(counted),
        findings: findings::newest(scope),
        findings_url: findings::url(scope),
        figures: charts(figures),
        centers: if scope.center.is_none() {
            centers(scope)
        } else {
            Vec::new()
        },
    }
}

/// The sentence and the picture for the Center's own page; `None` where there is nothing to count.
pub(crate) fn teaser(site: Site<'_>, center: CenterId) -> Option<TrendTeaser> {
    let scope = Scope::new(site, Some(center));
    if scope.trend.documents.total() == 0 {
        return None;
    }
    let totals = years::totals(&scope.trend.documents);
    let from = totals.last().map_or(0, |(year, _)| year - SPARKLINE_YEARS);
    let recent = totals.iter().filter(|(year, _)| *year > from);
    let recent: Vec<usize> = recent.map(|(_, count)| *count).collect();
    Some(TrendTeaser {
        sentence: takeaway::peak(site.words, "trends-documents", &totals),
        url: url(scope),
        drawing: (recent.iter().sum::<usize>() >= MIN_VALUES).then(|| charts::sparkline(&recent)),
    })
}

/// What [`teaser`] is made from.
pub(crate) fn teaser_inputs(hashes: &Hashes<'_>, center: CenterId, inputs: &mut Inputs) {
    inputs.hash(hashes.trend(Some(center)));
}

/// The heading of the page.
fn title(scope: Scope<'_>) -> String {
    match scope.center {
        Some(id) => scope.site.words.fill(
            "trends.of-center",
            &[("center", &scope.site.portal.center(id).record.name)],
        ),
        None => scope.site.words.get("page.trends").to_owned(),
    }
}

/// The file of a topic's numbers.
pub(crate) fn data(
    site: Site<'_>,
    center: Option<CenterId>,
    topic: Topic,
    form: DataForm,
) -> Vec<u8> {
    let scope = Scope::new(site, center);
    match form {
        DataForm::Csv => find(scope, topic).data.csv(),
        DataForm::Json => json_bytes(&as_json(scope, topic)),
    }
}

/// A topic's numbers with what they say, as JSON.
fn as_json(scope: Scope<'_>, topic: Topic) -> Value {
    let finding = find(scope, topic);
    let columns = finding
        .data
        .columns
        .iter()
        .map(|column| column.key.as_str());
    json!({
        "title": finding.title,
        "scope": title(scope),
        "newest": newest(scope),
        "takeaway": finding.takeaway,
        "notes": finding.notes,
        "source": finding.source,
        "columns": columns.collect::<Vec<_>>(),
        "rows": finding.data.json(),
    })
}

/// The page's numbers for search engines that look for data (schema.org, Dataset).
fn data_sets(scope: Scope<'_>) -> Option<Value> {
    let topics = scope.site.portal.topics(scope.center);
    let files = topics.iter().flat_map(|topic| {
        DataForm::ALL.map(|form| {
            json!({
                "@type": "DataDownload",
                "name": topic.id(),
                "encodingFormat": form.media_type(),
                "contentUrl": scope.site.canonical(&data_address(scope, *topic, form)),
            })
        })
    });
    let files: Vec<Value> = files.collect();
    (!files.is_empty()).then(|| {
        json!({
            "@type": "Dataset",
            "name": title(scope),
            "description": scope.site.words.get("trends.description"),
            "url": scope.site.canonical(&scope.site.address(&At::Trends(scope.center))),
            "distribution": files,
        })
    })
}

fn newest(scope: Scope<'_>) -> Value {
    match scope.through.newest {
        PartialDate::Unknown => Value::Null,
        date => date.to_string().into(),
    }
}

fn url(scope: Scope<'_>) -> String {
    scope.site.page(&At::Trends(scope.center))
}

fn data_address(scope: Scope<'_>, topic: Topic, form: DataForm) -> String {
    let center = scope.center;
    scope.site.address(&At::TrendData {
        center,
        topic,
        form,
    })
}

/// What is counted.
fn lead(scope: Scope<'_>) -> String {
    let count = scope.trend.documents.total();
    if count == 0 {
        return scope.site.words.get("trends.none").to_owned();
    }
    let words = scope.site.words;
    let lead = words.fill("trends.lead", &[("count", &words.number(count))]);
    let shared = count - scope.trend.own;
    if scope.center.is_none() || shared == 0 {
        return lead;
    }
    let own = words.number(scope.trend.own);
    let shared = words.number(shared);
    let parts = words.fill("trends.own", &[("own", &own), ("shared", &shared)]);
    format!("{lead} {parts}")
}

/// Where counts come from, and up to when.
fn source(scope: Scope<'_>) -> String {
    match scope.through.newest {
        PartialDate::Unknown => scope.site.words.get("trends.source-undated").to_owned(),
        date => scope
            .site
            .words
            .fill("trends.source", &[("date", &scope.site.date(date))]),
    }
}

fn find(scope: Scope<'_>, topic: Topic) -> Finding {
    match topic {
        Topic::Documents => years::documents(scope),
        Topic::Headings => rankings::headings(scope),
        Topic::Categories => rankings::categories(scope),
        Topic::DecisionTypes => rankings::decision_types(scope),
        Topic::Origins => rankings::origins(scope),
        Topic::Statuses => rankings::statuses(scope),
        Topic::Changes => years::changes(scope),
        Topic::Ages => ages::ages(scope),
        Topic::Figures(measure) => figures::figures(scope, measure),
    }
}

fn chart(scope: Scope<'_>, topic: Topic) -> ChartView {
    let finding = find(scope, topic);
    ChartView {
        id: topic.id(),
        title: finding.title,
        takeaway: finding.takeaway,
        notes: finding.notes,
        source: finding.source,
        drawing: finding.drawing,
        bars: finding.bars,
        table: table(&finding.data, finding.rows),
        csv: data_address(scope, topic, DataForm::Csv),
        json: data_address(scope, topic, DataForm::Json),
    }
}

/// The Centers with their trends.
fn centers(scope: Scope<'_>) -> Vec<CenterTrendView> {
    let scopes = scope.site.portal.scopes().flatten();
    scopes
        .map(|id| {
            let own = Scope::new(scope.site, Some(id));
            let newest = own.trend.newest.map(|date| scope.site.date(date));
            CenterTrendView {
                name: scope.site.portal.center(id).record.name.clone(),
                url: url(own),
                documents: scope.site.words.number(own.trend.documents.total()),
                changes: scope.site.words.number(own.trend.changes.total()),
                newest,
            }
        })
        .collect()
}

fn number(scope: Scope<'_>, count: usize) -> Cell {
    Cell::new(count, scope.site.words.number(count))
}

/// The columns and the first rows that readers see.
fn table(data: &DataSet, rows: usize) -> TableView {
    let cell = |cell: &Cell| CellView {
        text: cell.shown.clone(),
        is_number: cell.data.is_number(),
        url: cell.url.clone(),
    };
    let row = |row: &Vec<Cell>| {
        let cells = row.iter().zip(&data.columns);
        let shown = cells.filter(|(_, column)| column.label.is_some());
        shown.map(|(value, _)| cell(value)).collect()
    };
    TableView {
        columns: data
            .columns
            .iter()
            .filter_map(|column| column.label.clone())
            .collect(),
        rows: data.rows.iter().take(rows).map(row).collect(),
    }
}

#[cfg(test)]
mod test_words {
    use crate::files::Memory;
    use crate::theme::{self, Words};

    /// The words of the default theme.
    pub(crate) fn words() -> Words {
        let config = crate::config::parse(b"title = \"T\"\n").expect("it is sound");
        let theme =
            theme::load(&Memory::new().with("site.toml", ""), &config).expect("memory can be read");
        theme.expect("the default theme is sound").words
    }
}
