//! Figures on the Centers' work that editors keep: as a sentence and a table, and as a chart where there are several.

use super::{Finding, Scope};
use crate::render::charts::{self, DrawingView, MIN_VALUES, Row};
use crate::render::data::data_set::{Cell, Column, DataSet};
use crate::tables::{Figure, Measure, Precision};

pub(crate) fn figures(scope: Scope<'_>, measure: Measure) -> Finding {
    let words = scope.site.words;
    let figures: Vec<&Figure> = scope
        .site
        .portal
        .figures(scope.center)
        .iter()
        .filter(|figure| figure.measure == measure)
        .collect();
    let name = words
        .get(&format!("statistics.{}", measure.word()))
        .to_owned();
    let takeaway = figures_takeaway(scope, &name, &figures);
    let mut sources: Vec<&str> = Vec::new();
    for figure in &figures {
        if !sources.contains(&figure.source.as_str()) {
            sources.push(&figure.source);
        }
    }
    let source = words.fill("statistics.sources", &[("sources", &sources.join("; "))]);
    let drawing = (figures.len() >= MIN_VALUES).then(|| figures_drawing(scope, &name, &figures));
    let data = figure_table(scope, &figures);
    Finding {
        title: name,
        takeaway,
        notes: Vec::new(),
        source,
        drawing,
        bars: Vec::new(),
        rows: data.rows.len(),
        data,
    }
}

/// A number as exactly as its source gives it.
fn amount(scope: Scope<'_>, figure: &Figure) -> String {
    let number = scope
        .site
        .words
        .number(usize::try_from(figure.value.number).unwrap_or(usize::MAX));
    let phrase = match figure.value.precision {
        Precision::Exact => return number,
        Precision::MoreThan => "statistics.more-than",
        Precision::About => "statistics.about",
    };
    scope.site.words.fill(phrase, &[("number", &number)])
}

/// The last figure, and the one before it.
fn figures_takeaway(scope: Scope<'_>, name: &str, figures: &[&Figure]) -> String {
    let Some(last) = figures.last() else {
        return String::new();
    };
    let (value, date) = (amount(scope, last), scope.site.date(last.date.value));
    let before = figures.len().checked_sub(2).map(|at| figures[at]);
    match before {
        None => scope.site.words.fill(
            "statistics.one",
            &[("name", &name), ("amount", &value), ("date", &date)],
        ),
        Some(before) => scope.site.words.fill(
            "statistics.after",
            &[
                ("name", &name),
                ("amount", &value),
                ("date", &date),
                ("earlier", &amount(scope, before)),
                ("before", &scope.site.date(before.date.value)),
            ],
        ),
    }
}

fn figures_drawing(scope: Scope<'_>, name: &str, figures: &[&Figure]) -> DrawingView {
    let year = |figure: &&Figure| figure.date.year();
    let last = figures.iter().filter_map(year).max().unwrap_or(0);
    let first = figures.iter().filter_map(year).min().unwrap_or(last);
    let most = i16::try_from(charts::MAX_COLUMNS).unwrap_or(i16::MAX);
    let years: Vec<i16> = (first.max(last - most + 1)..=last).collect();
    let columns = years.iter().map(|wanted| {
        let figure = figures
            .iter()
            .find(|figure| year(figure) == Some(*wanted))?;
        Some(charts::Column {
            value: figure.value.number,
            shown: amount(scope, figure),
            url: None,
        })
    });
    let row = Row {
        name: name.to_owned(),
        url: None,
        columns: columns.collect(),
    };
    charts::columns(&[row], &years, |_| false)
}

fn figure_table(scope: Scope<'_>, figures: &[&Figure]) -> DataSet {
    let words = scope.site.words;
    // A single source is below the table already, and a column of blanks says nothing; data have every column.
    let have_sources = figures
        .iter()
        .any(|figure| figure.source != figures[0].source);
    let have_notes = figures.iter().any(|figure| figure.note.is_some());
    let label = |is_shown: bool, name| if is_shown { words.get(name) } else { "" };
    let rows = figures.iter().map(|figure| {
        vec![
            Cell::new(figure.date.to_string(), scope.site.date(figure.date.value)),
            Cell::new(figure.value.number, amount(scope, figure)),
            Cell::text(figure.value.precision.name()),
            Cell::text(&figure.source),
            Cell::text(figure.note.as_deref().unwrap_or_default()),
        ]
    });
    DataSet {
        columns: vec![
            Column::new("date", words.get("statistics.date")),
            Column::new("value", words.get("statistics.amount")),
            Column::new("precision", ""),
            Column::new("source", label(have_sources, "statistics.source")),
            Column::new("note", label(have_notes, "statistics.note")),
        ],
        rows: rows.collect(),
    }
}
