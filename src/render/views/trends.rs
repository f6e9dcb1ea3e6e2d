//! What pages of trends see.

use super::LinkView;
use serde::Serialize;

/// The trends of a Center or of the portal.
#[derive(Debug, Clone, Serialize)]
pub struct TrendsView {
    /// The heading of the page.
    pub title: String,
    /// The Center's page; `None` for the portal.
    pub center: Option<LinkView>,
    /// What is counted, and up to when; or that there is nothing to count.
    pub lead: String,
    /// What is counted in the portal.
    pub charts: Vec<ChartView>,
    /// Figures on the work of the Center that its editors keep.
    pub figures: Vec<ChartView>,
    /// Each Center with its trends; empty on the page of a Center.
    pub centers: Vec<CenterTrendView>,
}

/// A Center in the table of the portal's trends.
#[derive(Debug, Clone, Serialize)]
pub struct CenterTrendView {
    /// Its name.
    pub name: String,
    /// Its trends, relative to the root.
    pub url: String,
    /// How many documents it has.
    pub documents: String,
    /// How many revocations and modifications of rulings it has.
    pub changes: String,
    /// The date of its newest document; may be empty.
    pub newest: String,
}

/// Numbers with what they say.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// Its anchor and the name of its data.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What the numbers say, in a sentence or two.
    pub takeaway: String,
    /// What else a reader must know.
    pub notes: Vec<String>,
    /// Where the numbers come from, and of when they are.
    pub source: String,
    /// The picture; `None` where there is nothing to compare.
    pub drawing: Option<DrawingView>,
    /// The numbers.
    pub table: TableView,
    /// The numbers as CSV, relative to the root.
    pub csv: String,
    /// The numbers as JSON, relative to the root.
    pub json: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct DrawingView {
    /// What it shows, in words.
    pub description: String,
    /// Its height in pixels.
    pub height: u32,
    /// Bars, columns and lines.
    pub marks: Vec<MarkView>,
    /// Words and numbers.
    pub texts: Vec<TextView>,
}

/// A rectangle.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct MarkView {
    /// Its left side, in percent.
    pub x: f64,
    /// Its upper side, in pixels.
    pub y: u32,
    /// In percent.
    pub width: f64,
    /// In pixels.
    pub height: u32,
    /// `chart-bar`, `chart-partial` for a year that goes on, `chart-track` below a bar, `chart-axis`.
    pub class: &'static str,
}

/// Words at a place.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct TextView {
    /// In percent.
    pub x: f64,
    /// The line that they stand on, in pixels.
    pub y: u32,
    /// What lies at `x`: their `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// What they say.
    pub text: String,
    /// `chart-name`, `chart-value` or `chart-year`.
    pub class: &'static str,
}

/// A table whose first column names its rows.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    /// The heads.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<CellView>>,
}

/// A value of a table.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    /// As a reader sees it.
    pub text: String,
    /// Whether it is a number, which stands right.
    pub is_number: bool,
    /// The list of what is named, relative to the root; may be empty.
    pub url: String,
}

/// The trends of a Center in a sentence, for its own page.
#[derive(Debug, Clone, Serialize)]
pub struct TrendTeaser {
    /// What the numbers say.
    pub sentence: String,
    /// The page with all of it, relative to the root.
    pub url: String,
    /// A small picture of the same without words; `None` where there is nothing to compare.
    pub drawing: Option<DrawingView>,
}
