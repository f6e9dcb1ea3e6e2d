//! Figures on the Centers' work that no document holds: the table `content/data/statistics.csv`.

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{FromText, Located, Shape, Wrong, csv, keys, words};
use crate::tables::Reference;
use portolan_customs::PartialDate;
use std::collections::HashMap;

/// The file, relative to the portal's root.
pub const STATISTICS_FILE: &str = "content/data/statistics.csv";

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
}

words! {
    Measure;
    Importers => "importers",
    Accounts => "accounts",
    Entries => "entries",
    PostEntry => "post-entry",
    EntryValue => "entry-value",
    Staff => "staff",
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

/// A number with how exactly it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: u64,
    /// How exactly it is known.
    pub precision: Precision,
}

keys! {
    /// A row of the table.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Figure, "a figure" {
        /// The Center's slug; absent for all Centers together.
        pub center: Option<Reference>,
        /// What is counted.
        pub measure: Measure,
        /// When, or of which year.
        pub date as "year": Located<PartialDate> => [rule(year_problem)],
        /// The number.
        pub value: Amount,
        /// Where it comes from.
        pub source: String
            => [example("CBP Trade and Travel Report, 2020"), help("it says where the figure was published, and when")],
        /// What else to know.
        pub note: Option<String>,
    }
}

impl Figure {
    /// The Center's slug.
    fn center(&self) -> Option<&str> {
        self.center.as_ref().map(|center| center.id.as_str())
    }
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
    let mut figures: Vec<Figure> = Vec::new();
    let mut seen: HashMap<(Option<String>, Measure, Option<i16>), PartialDate> = HashMap::new();
    csv::read(STATISTICS_FILE, bytes, |reader, figure: Figure| {
        let date = figure.date.value;
        let key = (
            figure.center().map(str::to_owned),
            figure.measure,
            date.year(),
        );
        if let Some(date) = seen.insert(key, date) {
            let measure = figure.measure.word();
            reader.report(
                Code::InvalidData,
                figure.date.span.clone(),
                format!("a row above gives `{measure}` of this Center for {date} already"),
                "keep one figure for each Center, measure and calendar year",
            );
        }
        figures.push(figure);
    })?;
    figures.sort_by(|a, b| {
        let key = |figure: &Figure| (figure.measure, figure.date.sort_key());
        (a.center(), key(a)).cmp(&(b.center(), key(b)))
    });
    Ok(Statistics { figures })
}

fn year_problem(text: &str) -> Option<(String, String)> {
    let is_unknown = text.parse() == Ok(PartialDate::Unknown);
    is_unknown.then(|| {
        (
            "is unknown: a figure without a year says nothing".to_owned(),
            "write the year that the source gives it for".to_owned(),
        )
    })
}

impl FromText for Amount {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let amount = amount(text).map(|(number, precision)| Self { number, precision });
        amount.ok_or_else(|| {
            Wrong::new(
                Code::InvalidData,
                format!("`{key}`: `{text}` is not a whole number"),
                "write it as 67000; `>67000` for more than so many, `~67000` for about so many",
            )
        })
    }

    fn to_text(&self) -> String {
        let sign = match self.precision {
            Precision::Exact => "",
            Precision::MoreThan => ">",
            Precision::About => "~",
        };
        format!("{sign}{}", self.number)
    }
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
        let from = self
            .figures
            .partition_point(|figure| figure.center() < center);
        let rest = &self.figures[from..];
        &rest[..rest.partition_point(|figure| figure.center() == center)]
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
            (figure.value.number, figure.value.precision),
            (67000, Precision::MoreThan)
        );
        assert_eq!(figure.source, "A release, 2015");
        assert_eq!(table.of(None)[0].note.as_deref(), Some("all"));
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
