//! Draws numbers as plain geometry: across in percent of the picture's width, down in pixels.
//!
//! Nothing is scaled, so words keep their size on a phone and on a wide screen alike. What belongs together is in a row of
//! its own with its name above it, so that no meaning depends on color. Bars are lines of a list: their names are text of
//! the page, which wraps where a picture would cut it.

use serde::Serialize;

/// A picture.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(crate) struct DrawingView {
    /// Its height in pixels.
    pub(crate) height: u32,
    /// Bars, columns and lines.
    pub(crate) marks: Vec<MarkView>,
    /// Words and numbers.
    pub(crate) texts: Vec<TextView>,
}

/// A rectangle.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(crate) struct MarkView {
    /// Its left side, in percent.
    pub(crate) x: f64,
    /// Its upper side, in pixels.
    pub(crate) y: u32,
    /// In percent.
    pub(crate) width: f64,
    /// In pixels.
    pub(crate) height: u32,
    /// `chart-bar`, `chart-partial` for a year that goes on, `chart-axis`.
    pub(crate) class: &'static str,
    /// The list of what it counts, relative to the root.
    pub(crate) url: Option<String>,
}

/// Words at a place.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(crate) struct TextView {
    /// In percent.
    pub(crate) x: f64,
    /// Their baseline, in pixels.
    pub(crate) y: u32,
    /// What is at `x`: their `start`, `middle` or `end`.
    pub(crate) anchor: &'static str,
    /// What they say.
    pub(crate) text: String,
    /// `chart-name`, `chart-value` or `chart-year`.
    pub(crate) class: &'static str,
    /// The list of what it names, relative to the root.
    pub(crate) url: Option<String>,
}

/// A line of a chart of bars.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(crate) struct BarView {
    /// What is counted.
    pub(crate) name: String,
    /// The list of it, relative to the root.
    pub(crate) url: Option<String>,
    /// The count, and the share where it is compared.
    pub(crate) value: String,
    /// How long the bar is, in percent of the longest.
    pub(crate) width: f64,
    /// The same for the portal as a whole.
    pub(crate) all: Option<AgainstView>,
}

/// What a bar is compared with.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(crate) struct AgainstView {
    /// The share, in words.
    pub(crate) value: String,
    /// How long the bar is, in percent of the longest.
    pub(crate) width: f64,
}

/// Values that a chart shows at least; fewer say nothing that their table does not.
pub(crate) const MIN_VALUES: usize = 10;

/// Columns of one row at most; older ones are left to the table.
pub(crate) const MAX_COLUMNS: usize = 48;

/// The width of a digit and the narrowest picture that words must fit, in pixels: 13 px text, a page 320 px wide.
const DIGIT: usize = 8;

const NARROWEST: usize = 288;

/// A bar with its name.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    pub(crate) part: Part,
    /// The same in the portal as a whole.
    pub(crate) all: Option<Part>,
}

/// A count as a part of another one.
pub(crate) struct Part {
    pub(crate) value: usize,
    pub(crate) of: usize,
    /// As a reader sees it.
    pub(crate) shown: String,
}

/// A column.
pub(crate) struct Column {
    pub(crate) value: u64,
    /// The value as a reader sees it.
    pub(crate) shown: String,
    pub(crate) url: Option<String>,
}

/// A row of columns with its name.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    /// For each year its column; `None` where the value is not known.
    pub(crate) columns: Vec<Option<Column>>,
}

/// Makes bars of these, longest first or in an order of their own. The longest of all shares takes the full width.
pub(crate) fn bars(bars: Vec<Bar>) -> Vec<BarView> {
    let share = |part: &Part| part.value as f64 / part.of.max(1) as f64;
    let parts = bars
        .iter()
        .flat_map(|bar| [Some(&bar.part), bar.all.as_ref()]);
    let most = parts.flatten().map(share).fold(0.0, f64::max);
    let width = |part: &Part| match part.value {
        0 => 0.0,
        _ => rounded(percent(share(part), most)),
    };
    let views = bars.into_iter().map(|bar| BarView {
        width: width(&bar.part),
        all: bar.all.map(|all| AgainstView {
            width: width(&all),
            value: all.shown,
        }),
        name: bar.name,
        url: bar.url,
        value: bar.part.shown,
    });
    views.collect()
}

/// Columns of a row, without its name and the numbers on top.
const COLUMNS: u32 = 72;

/// Draws rows of columns over the same years. Each row has a scale of its own, and the number of its highest column.
pub(crate) fn columns(
    rows: &[Row],
    years: &[i16],
    is_partial: impl Fn(i16) -> bool,
) -> DrawingView {
    let mut drawing = DrawingView {
        height: 0,
        marks: Vec::new(),
        texts: Vec::new(),
    };
    let step = 100.0 / years.len().max(1) as f64;
    for row in rows {
        drawing.texts.push(TextView {
            x: 0.0,
            y: drawing.height + 14,
            anchor: "start",
            text: row.name.clone(),
            class: "chart-name",
            url: row.url.clone(),
        });
        let base = drawing.height + 40 + COLUMNS;
        let known = row.columns.iter().flatten();
        let most = known.clone().map(|column| column.value).max().unwrap_or(0);
        let longest = known.map(|column| column.shown.chars().count()).max();
        let all_fit = years.len() * (longest.unwrap_or(0) * DIGIT + 4) <= NARROWEST;
        let is_highest =
            |column: &Option<Column>| column.as_ref().is_some_and(|column| column.value == most);
        let highest = row.columns.iter().rposition(is_highest);
        for (at, column) in row.columns.iter().enumerate() {
            let Some(Column { value, shown, url }) = column else {
                continue;
            };
            let left = step * at as f64;
            let height = pixels(*value, most);
            if height > 0 {
                let class = if is_partial(years[at]) {
                    "chart-partial"
                } else {
                    "chart-bar"
                };
                let inner = (left + step * 0.1, step * 0.8);
                drawing.mark(
                    inner.0,
                    inner.1,
                    (base - height, height),
                    class,
                    url.clone(),
                );
            }
            if most > 0 && (all_fit || highest == Some(at)) {
                drawing.centered(left + step / 2.0, base - height - 5, shown, "chart-value");
            }
        }
        drawing.mark(0.0, 100.0, (base, 1), "chart-axis", None);
        let labels = NARROWEST / (4 * DIGIT + 20);
        let every = years.len().div_ceil(labels).max(1);
        for (at, year) in years.iter().enumerate() {
            if (years.len() - 1 - at).is_multiple_of(every) {
                let middle = step * at as f64 + step / 2.0;
                drawing.centered(middle, base + 16, &year.to_string(), "chart-year");
            }
        }
        drawing.height = base + 30;
    }
    drawing
}

/// Draws one row of columns without words, next to a sentence that says it.
pub(crate) fn sparkline(values: &[usize]) -> DrawingView {
    let most = values.iter().copied().max().unwrap_or(0);
    let mut drawing = DrawingView {
        height: 33,
        marks: Vec::new(),
        texts: Vec::new(),
    };
    let step = 100.0 / values.len().max(1) as f64;
    for (at, value) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
        let height = pixels(*value as u64, most as u64).div_ceil(3);
        let inner = (step * at as f64 + step * 0.1, step * 0.8);
        drawing.mark(inner.0, inner.1, (32 - height, height), "chart-bar", None);
    }
    drawing.mark(0.0, 100.0, (32, 1), "chart-axis", None);
    drawing
}

impl DrawingView {
    fn mark(
        &mut self,
        x: f64,
        width: f64,
        (y, height): (u32, u32),
        class: &'static str,
        url: Option<String>,
    ) {
        self.marks.push(MarkView {
            x: rounded(x),
            y,
            width: rounded(width),
            height,
            class,
            url,
        });
    }

    /// Puts words over or under a column, moved inwards where they would pass the picture's edge.
    fn centered(&mut self, x: f64, y: u32, text: &str, class: &'static str) {
        let half = (text.chars().count() * DIGIT) as f64 / 2.0 / NARROWEST as f64 * 100.0;
        let (x, anchor) = if x < half {
            (0.0, "start")
        } else if x > 100.0 - half {
            (100.0, "end")
        } else {
            (x, "middle")
        };
        self.texts.push(TextView {
            x: rounded(x),
            y,
            anchor,
            text: text.to_owned(),
            class,
            url: None,
        });
    }
}

/// A column's height; what is not zero can be seen.
fn pixels(value: u64, most: u64) -> u32 {
    if value == 0 || most == 0 {
        return 0;
    }
    let height = u128::from(value) * u128::from(COLUMNS) / u128::from(most);
    u32::try_from(height).unwrap_or(COLUMNS).max(2)
}

fn percent(value: f64, most: f64) -> f64 {
    (value / most * 100.0).max(0.5)
}

/// Two decimals, so that a picture is the same bytes everywhere.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(values: &[u64]) -> Row {
        Row {
            name: "Rulings".to_owned(),
            url: None,
            columns: values
                .iter()
                .map(|value| {
                    Some(Column {
                        value: *value,
                        shown: value.to_string(),
                        url: None,
                    })
                })
                .collect(),
        }
    }

    #[test]
    fn nothing_and_zero_draw_no_column() {
        let drawing = columns(&[row(&[0, 0])], &[2018, 2019], |_| false);
        assert!(drawing.marks.iter().all(|mark| mark.class == "chart-axis"));
        assert!(bars(Vec::new()).is_empty());
        assert_eq!(sparkline(&[]).marks.len(), 1);
    }

    #[test]
    fn the_last_year_is_always_named() {
        let years: Vec<i16> = (1989..=2026).collect();
        let drawing = columns(&[row(&[1; 38])], &years, |year| year == 2026);
        let named = drawing
            .texts
            .iter()
            .filter(|text| text.class == "chart-year");
        let named: Vec<&str> = named.map(|text| text.text.as_str()).collect();
        assert!(named.len() <= 7, "{named:?}");
        assert_eq!(named.last(), Some(&"2026"));
        let last = drawing
            .marks
            .iter()
            .rfind(|mark| mark.class != "chart-axis");
        assert_eq!(last.map(|mark| mark.class), Some("chart-partial"));
    }

    #[test]
    fn bars_are_as_long_as_their_shares() {
        let part = |value, of| Part {
            value,
            of,
            shown: value.to_string(),
        };
        let bar = |value, all| Bar {
            name: "Classification".to_owned(),
            url: None,
            part: part(value, 10),
            all: Some(part(all, 200)),
        };
        let widths = bars(vec![bar(5, 200), bar(0, 1)]);
        let widths = widths
            .iter()
            .map(|bar| (bar.width, bar.all.as_ref().map(|all| all.width)));
        assert_eq!(
            widths.collect::<Vec<_>>(),
            [(50.0, Some(100.0)), (0.0, Some(0.5))]
        );
    }

    proptest! {
        #[test]
        fn every_mark_lies_within_the_picture(values in prop::collection::vec(any::<u32>(), 1..60)) {
            let years: Vec<i16> = (0..values.len()).map(|at| 1980 + i16::try_from(at).expect("few")).collect();
            let values: Vec<u64> = values.into_iter().map(u64::from).collect();
            let drawing = columns(&[row(&values)], &years, |_| false);
            for mark in &drawing.marks {
                prop_assert!(mark.x >= 0.0 && mark.x + mark.width <= 100.01, "{mark:?}");
                prop_assert!(mark.y + mark.height <= drawing.height);
            }
            for text in &drawing.texts {
                prop_assert!((0.0..=100.0).contains(&text.x) && text.y >= 9 && text.y <= drawing.height);
            }
        }
    }
}
