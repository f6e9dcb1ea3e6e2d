//! Figures on the Centers' work that no document holds: the table `content/data/statistics.csv`.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::tables::csv::CsvTable;
use portolan_customs::PartialDate;
use std::collections::HashMap;
use std::ops::Range;

/// The file, relative to the portal's root.
pub const STATISTICS_FILE: &str = "content/data/statistics.csv";

/// The columns, of which each row has all.
const COLUMNS: [&str; 6] = ["center", "measure", "year", "value", "source", "note"];

/// What is counted: the figures that the trade asked CBP to publish for each Center (COAC recommendation of March 6,
/// 2024), and the value of the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Importers that are assigned to the Center.
    Importers,
    /// Accounts of trusted-trader partners.
    Accounts,
    /// Entries processed.
    Entries,
    /// Filings after entry: corrections, protests, claims.
    PostEntry,
    /// The value of the entries in U.S. dollars.
    EntryValue,
    /// People who work there.
    Staff,
}

impl Measure {
    /// Every measure, in the order in which pages show them.
    pub const ALL: [Self; 6] = [
        Self::Importers,
        Self::Accounts,
        Self::Entries,
        Self::PostEntry,
        Self::EntryValue,
        Self::Staff,
    ];

    /// As the table, addresses and data write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Importers => "importers",
            Self::Accounts => "accounts",
            Self::Entries => "entries",
            Self::PostEntry => "post-entry",
            Self::EntryValue => "entry-value",
            Self::Staff => "staff",
        }
    }
}

/// How exactly a source gives a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// As a number.
    Exact,
    /// As "more than" the number, written `>67000`.
    MoreThan,
    /// As "about" the number, written `~67000`.
    About,
}

impl Precision {
    /// As data write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::MoreThan => "more than",
            Self::About => "about",
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The Center's slug; empty for all Centers together.
    pub center: String,
    /// What is counted.
    pub measure: Measure,
    /// When, or of which year.
    pub date: PartialDate,
    /// The number.
    pub value: u64,
    /// How exactly it is known.
    pub precision: Precision,
    /// Where it comes from.
    pub source: String,
    /// What else to know; may be empty.
    pub note: String,
    /// The bytes of `center`.
    pub(crate) center_span: Range<usize>,
}

/// The table, sorted by Center, measure and date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    pub(crate) figures: Vec<Figure>,
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(super) fn read(bytes: &[u8]) -> Result<Statistics, Vec<Diagnostic>> {
    let table = CsvTable {
        file: STATISTICS_FILE,
        columns: &COLUMNS,
        help: "save it as comma-separated values (CSV)",
    };
    let mut figures: Vec<Figure> = Vec::new();
    let mut seen: HashMap<(String, Measure, Option<i16>), PartialDate> = HashMap::new();
    let mut wrong: Vec<Diagnostic> = Vec::new();
    let mut problems = table.rows(bytes, &mut |row| {
        if row.values.iter().all(|value| value.is_empty()) {
            return None;
        }
        let mut report = |column: &str, what: String, help: String| {
            let place = COLUMNS.iter().position(|name| *name == column);
            let span = row.span(place.expect("it is one of the columns"));
            wrong.push(table.problem(row.start, what).at(span).help(help));
        };
        let mut figure = figure(&row.values, &mut report)?;
        figure.center_span = row.span(0);
        let key = (figure.center.clone(), figure.measure, figure.date.year());
        if let Some(date) = seen.insert(key, figure.date) {
            let measure = figure.measure.name();
            report(
                "year",
                format!("a row above gives `{measure}` of this Center for {date} already"),
                "keep one figure for each Center, measure and calendar year".to_owned(),
            );
        }
        figures.push(figure);
        None
    });
    problems.extend(wrong);
    if !problems.is_empty() {
        return Err(problems);
    }
    figures.sort_by(|a, b| {
        let key = |figure: &Figure| (figure.measure, figure.date.sort_key());
        (&a.center, key(a)).cmp(&(&b.center, key(b)))
    });
    Ok(Statistics { figures })
}

/// Reads a row; everything that is wrong with it is reported with its column, what and help.
fn figure(values: &[&str], report: &mut dyn FnMut(&str, String, String)) -> Option<Figure> {
    let &[center, measure, year, value, source, note] = values else {
        return None;
    };
    let names = Measure::ALL.map(Measure::name);
    let known = Measure::ALL
        .into_iter()
        .find(|known| known.name() == measure);
    if known.is_none() {
        let near = did_you_mean(measure, names);
        report(
            "measure",
            format!("`{measure}` is no measure"),
            near.map_or_else(
                || format!("the measures are: {}", names.join(", ")),
                |near| format!("did you mean `{near}`?"),
            ),
        );
    }
    let date = match year.parse::<PartialDate>() {
        Ok(PartialDate::Unknown) => {
            report(
                "year",
                "a figure without a year says nothing".to_owned(),
                "write the year that the source gives it for".to_owned(),
            );
            None
        }
        Ok(date) => Some(date),
        Err(error) => {
            report("year", error.to_string(), error.help());
            None
        }
    };
    let amount = amount(value);
    if amount.is_none() {
        report(
            "value",
            format!("`{value}` is not a whole number"),
            "write it as 67000; `>67000` for more than so many, `~67000` for about so many"
                .to_owned(),
        );
    }
    if source.is_empty() {
        report(
            "source",
            "this figure has no source".to_owned(),
            "write where it was published, and when".to_owned(),
        );
        return None;
    }
    let (value, precision) = amount?;
    Some(Figure {
        center: center.to_owned(),
        measure: known?,
        date: date?,
        value,
        precision,
        source: source.to_owned(),
        note: note.to_owned(),
        center_span: 0..0,
    })
}

/// Reads `67000`, `67,000`, `>67000` and `~67000`. What no number of 53 bits holds could not be passed on as JSON.
fn amount(text: &str) -> Option<(u64, Precision)> {
    let (precision, digits) = match text.strip_prefix('>') {
        Some(rest) => (Precision::MoreThan, rest),
        None => match text.strip_prefix('~') {
            Some(rest) => (Precision::About, rest),
            None => (Precision::Exact, text),
        },
    };
    let mut groups = digits.trim().split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = rest.is_empty() || (1..=3).contains(&first.len());
    let is_number = are_digits(first)
        && is_grouped
        && rest
            .iter()
            .all(|group| group.len() == 3 && are_digits(group));
    let number: u64 = [&[first], rest.as_slice()].concat().concat().parse().ok()?;
    (is_number && number < 1 << 53).then_some((number, precision))
}

impl Statistics {
    /// The figures of a Center, or of all Centers together, by measure and date.
    pub fn of(&self, center: Option<&str>) -> &[Figure] {
        let center = center.unwrap_or_default();
        let from = self
            .figures
            .partition_point(|figure| figure.center.as_str() < center);
        let rest = &self.figures[from..];
        &rest[..rest.partition_point(|figure| figure.center == center)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "center,measure,year,value,source,note\n";

    fn problems(rows: &str) -> Vec<(String, String)> {
        let text = format!("{HEAD}{rows}");
        let problems = read(text.as_bytes()).expect_err("it has problems");
        let place = |problem: &Diagnostic| {
            let span = problem.span.clone().expect("it has a place");
            (text[span].to_owned(), problem.message.clone())
        };
        problems.iter().map(place).collect()
    }

    #[test]
    fn figures_are_read_with_how_exactly_they_are_known() {
        let table = read(format!("\u{feff}{HEAD}\n\ntextiles,importers,2015-12,\">67,000\",\"A release, 2015\",\n,staff,2020,12,Report,all\n").as_bytes()).expect("it is sound");
        let figure = &table.of(Some("textiles"))[0];
        assert_eq!(
            (figure.value, figure.precision),
            (67000, Precision::MoreThan)
        );
        assert_eq!(figure.source, "A release, 2015");
        assert_eq!(table.of(None)[0].note, "all");
        assert_eq!(table.of(Some("machinery")), []);
    }

    #[test]
    fn every_wrong_cell_is_reported_at_its_own_bytes() {
        let found = problems(
            "a,importer,2015,1,S,\n\"a\",staff,15,1,S,\n\na,staff,unknown,1,S,\na,staff,2015,\"12,00\",S,\na,staff,2016,-3,S,\na,staff,2017,3,,\n",
        );
        let cells: Vec<&str> = found.iter().map(|(cell, _)| cell.as_str()).collect();
        assert_eq!(cells, ["importer", "15", "unknown", "12,00", "-3", ""]);
    }

    #[test]
    fn one_year_has_one_figure() {
        let found = problems("a,staff,2015,1,S,\na,staff,2015-07,2,S,\nb,staff,2015,2,S,\n");
        assert_eq!(
            found,
            [(
                "2015-07".to_owned(),
                "a row above gives `staff` of this Center for 2015 already".to_owned()
            )]
        );
    }

    #[test]
    fn amounts_are_whole_numbers() {
        for text in [
            "",
            ">",
            "1.5",
            "1,00",
            ",000",
            "1e3",
            "９",
            "9007199254740992",
            "=1",
        ] {
            assert_eq!(amount(text), None, "{text}");
        }
        assert_eq!(amount("0"), Some((0, Precision::Exact)));
        assert_eq!(amount("~ 1,234,567"), Some((1_234_567, Precision::About)));
    }
}
