//! Draws numbers as plain geometry: across in percent of the picture's width, down in pixels.
//!
//! Nothing is scaled, so words keep their size on a phone and on a wide screen alike. What belongs together is in a row of
//! its own with its name above it, so that no meaning depends on color.

use serde::Serialize;

/// A picture.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(crate) struct DrawingView {
    /// What it shows, in words.
    pub(crate) description: String,
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
    /// `chart-bar`, `chart-partial` for a year that goes on, `chart-track` below a bar, `chart-axis`.
    pub(crate) class: &'static str,
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
}

/// Columns of one row at most; older ones are left to the table.
pub(crate) const MAX_COLUMNS: usize = 48;

/// The width of a digit and the narrowest picture that words must fit, in pixels: 13 px text, a page 320 px wide.
const DIGIT: usize = 8;

const NARROWEST: usize = 288;

/// Characters of a label next to its value in the narrowest picture.
const LABEL: usize = 30;

/// A bar with its name.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: usize,
    /// The value as a reader sees it.
    pub(crate) shown: String,
}

/// A row of columns with its name.
pub(crate) struct Row {
    pub(crate) name: String,
    /// For each column its value, and the value as a reader sees it; `None` where it is not known.
    pub(crate) values: Vec<Option<(u64, String)>>,
}

/// The height of a bar with its name above it.
const BAR: u32 = 38;

/// Draws bars, longest first or in an order of their own, each below its name and value.
pub(crate) fn bars(description: String, bars: &[Bar]) -> DrawingView {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let mut drawing = DrawingView {
        description,
        height: BAR * u32::try_from(bars.len()).unwrap_or(0),
        marks: Vec::new(),
        texts: Vec::new(),
    };
    let mut top = 0;
    for bar in bars {
        drawing.text(0.0, top + 14, "start", short(&bar.name), "chart-name");
        drawing.text(100.0, top + 14, "end", bar.shown.clone(), "chart-value");
        drawing.mark(0.0, 100.0, (top + 20, 10), "chart-track");
        if bar.value > 0 {
            let width = percent(bar.value as f64, most as f64);
            drawing.mark(0.0, width, (top + 20, 10), "chart-bar");
        }
        top += BAR;
    }
    drawing
}

/// Columns of a row, without its name and the numbers on top.
const COLUMNS: u32 = 72;

/// Draws rows of columns over the same years. Each row has a scale of its own, and the number of its highest column.
pub(crate) fn columns(
    description: String,
    rows: &[Row],
    years: &[i16],
    is_partial: impl Fn(i16) -> bool,
) -> DrawingView {
    let mut drawing = DrawingView {
        description,
        height: 0,
        marks: Vec::new(),
        texts: Vec::new(),
    };
    let step = 100.0 / years.len().max(1) as f64;
    for row in rows {
        drawing.text(
            0.0,
            drawing.height + 14,
            "start",
            row.name.clone(),
            "chart-name",
        );
        let base = drawing.height + 40 + COLUMNS;
        let known = row.values.iter().flatten();
        let most = known.clone().map(|(value, _)| *value).max().unwrap_or(0);
        let longest = known.map(|(_, shown)| shown.chars().count()).max();
        let all_fit = years.len() * (longest.unwrap_or(0) * DIGIT + 4) <= NARROWEST;
        let highest = row
            .values
            .iter()
            .rposition(|value| value.as_ref().is_some_and(|(value, _)| *value == most));
        for (at, value) in row.values.iter().enumerate() {
            let Some((value, shown)) = value else {
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
                drawing.mark(inner.0, inner.1, (base - height, height), class);
            }
            if most > 0 && (all_fit || highest == Some(at)) {
                drawing.centered(left + step / 2.0, base - height - 5, shown, "chart-value");
            }
        }
        drawing.mark(0.0, 100.0, (base, 1), "chart-axis");
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
        description: String::new(),
        height: 33,
        marks: Vec::new(),
        texts: Vec::new(),
    };
    let step = 100.0 / values.len().max(1) as f64;
    for (at, value) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
        let height = pixels(*value as u64, most as u64).div_ceil(3);
        let inner = (step * at as f64 + step * 0.1, step * 0.8);
        drawing.mark(inner.0, inner.1, (32 - height, height), "chart-bar");
    }
    drawing.mark(0.0, 100.0, (32, 1), "chart-axis");
    drawing
}

impl DrawingView {
    fn mark(&mut self, x: f64, width: f64, (y, height): (u32, u32), class: &'static str) {
        self.marks.push(MarkView {
            x: rounded(x),
            y,
            width: rounded(width),
            height,
            class,
        });
    }

    fn text(&mut self, x: f64, y: u32, anchor: &'static str, text: String, class: &'static str) {
        self.texts.push(TextView {
            x: rounded(x),
            y,
            anchor,
            text,
            class,
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
        self.text(x, y, anchor, text.to_owned(), class);
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

/// A name that fits next to its value; the table has all of it.
fn short(name: &str) -> String {
    if name.chars().count() <= LABEL {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LABEL).collect();
    let end = cut.rfind(' ').filter(|end| *end > cut.len() / 2);
    let last = cut.char_indices().next_back().map_or(0, |(at, _)| at);
    let cut = &cut[..end.unwrap_or(last)];
    format!("{}…", cut.trim_end_matches([',', ';', ' ', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(values: &[u64]) -> Row {
        Row {
            name: "Rulings".to_owned(),
            values: values
                .iter()
                .map(|value| Some((*value, value.to_string())))
                .collect(),
        }
    }

    #[test]
    fn nothing_and_zero_draw_no_column() {
        let drawing = columns(String::new(), &[row(&[0, 0])], &[2018, 2019], |_| false);
        assert!(drawing.marks.iter().all(|mark| mark.class == "chart-axis"));
        assert_eq!(bars(String::new(), &[]).height, 0);
        assert_eq!(sparkline(&[]).marks.len(), 1);
    }

    #[test]
    fn the_last_year_is_always_named() {
        let years: Vec<i16> = (1989..=2026).collect();
        let drawing = columns(String::new(), &[row(&[1; 38])], &years, |year| year == 2026);
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
    fn a_long_name_is_cut_between_words() {
        assert_eq!(
            short("6109 T-shirts, singlets, tank tops and similar garments"),
            "6109 T-shirts, singlets, tank…"
        );
        assert_eq!(short("Electronics"), "Electronics");
    }

    proptest! {
        #[test]
        fn every_mark_lies_within_the_picture(values in prop::collection::vec(any::<u32>(), 1..60)) {
            let years: Vec<i16> = (0..values.len()).map(|at| 1980 + i16::try_from(at).expect("few")).collect();
            let values: Vec<u64> = values.into_iter().map(u64::from).collect();
            let drawing = columns(String::new(), &[row(&values)], &years, |_| false);
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
