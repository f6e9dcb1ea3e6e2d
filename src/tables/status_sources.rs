//! Which rulings were looked up for changes, where and until when: the table `content/data/coverage.yaml`.
//!
//! A status is never more than what a source said on a day. Without an entry for its collection and year a ruling is not
//! checked, whatever else is known of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{IndexVec, id};
use crate::schema::{Choice, FromText, Located, Number, Shape, Wrong, keys};
use crate::tables::entries::{self, Listed};
use jiff::civil::Date;
use portolan_customs::official::CROSS_COLLECTIONS;
use portolan_customs::{Collection, PartialDate, RulingNumber};
use std::fmt;

/// The file, relative to the portal's root.
pub const COVERAGE_FILE: &str = "content/data/coverage.yaml";

/// Years, the first and the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years {
    /// The first.
    pub first: i16,
    /// The last; the first for a single year.
    pub last: i16,
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

keys! {
    /// Rulings of a source that were read, with what changed them, until a day.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct StatusSource, "an entry" {
        /// What readers call it: `CROSS`.
        pub name as "source": String,
        /// Its page; may be absent.
        pub url: Option<String>
            => [example("\"https://rulings.cbp.gov/\""), rule(entries::web_address_problem)],
        /// Collections of CROSS.
        pub collections: Listed<CrossCollection>,
        /// The years of the rulings; empty for all, those without a date included.
        pub years: Vec<Years> => [example("[2015, 2018-2025]"), number(Number::OneOrMany)],
        /// The day on which it was last read.
        pub through: Located<Date>,
        /// Whether the portal has every ruling of these collections and years.
        pub complete: bool,
    }
}

keys! {
    /// The table.
    pub(super) struct CoverageTable, "the table" {
        coverage: IndexVec<SourceId, StatusSource>,
    }
}

/// A collection as CROSS names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossCollection(&'static str);

impl CrossCollection {
    /// As CROSS writes it: `NY`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }
}

impl FromText for CrossCollection {
    fn shape() -> Shape {
        Shape::choice(CROSS_COLLECTIONS)
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        Choice::one_of(&CROSS_COLLECTIONS, &[], key, text).map(Self)
    }

    fn to_text(&self) -> String {
        self.0.to_owned()
    }
}

impl FromText for Years {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        parsed_years(text).ok_or_else(|| {
            Wrong::new(
                Code::InvalidData,
                format!("`{key}` has no years `{text}`"),
                "write `years: [2015, 2018-2025]`, the earlier year first; leave the key out for all years",
            )
        })
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl StatusSource {
    /// Makes a source as an import knows one.
    #[must_use]
    pub fn new(
        name: &str,
        url: Option<String>,
        collection: &'static str,
        years: Vec<Years>,
        through: Date,
    ) -> Self {
        Self {
            name: name.to_owned(),
            url,
            collections: vec![CrossCollection(collection)].into(),
            years,
            through: Located::absent(through),
            complete: false,
        }
    }
}

id! {
    /// The place of a source in [`StatusSources`].
    SourceId
}

/// Every source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusSources(pub IndexVec<SourceId, StatusSource>);

impl StatusSources {
    /// The source that a ruling with this number and date was read in last.
    #[must_use]
    pub fn of(&self, number: &RulingNumber, date: PartialDate) -> Option<SourceId> {
        let collection = Collection::by_series(number)?.in_cross();
        let year = date.year();
        let sources = self.0.iter_enumerated().filter(|(_, source)| {
            source.collections.contains(&CrossCollection(collection))
                && (source.years.is_empty()
                    || year.is_some_and(|year| {
                        let mut years = source.years.iter();
                        years.any(|years| (years.first..=years.last).contains(&year))
                    }))
        });
        // Of two that were read on one day the first counts.
        let last = sources.rev().max_by_key(|(_, source)| source.through.value);
        last.map(|(at, _)| at)
    }

    /// The earliest day up to which any of them was read: every status holds at least on that day.
    #[must_use]
    pub fn earliest(&self) -> Option<Date> {
        self.0.iter().map(|source| source.through.value).min()
    }

    /// Warns of days to come.
    pub(super) fn problems(&self, today: Date) -> Vec<Diagnostic> {
        let late = self.0.iter().filter(|source| source.through.value > today);
        late.map(|source| {
            let day = PartialDate::Day(source.through.value).display();
            let what = format!(
                "`through` is a day to come ({day}): nobody can know what a source will say"
            );
            Diagnostic::warning(Code::CoverageInFuture, COVERAGE_FILE, what)
                .at(source.through.span.clone())
                .help("write the day on which the source was last read")
        })
        .collect()
    }
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<StatusSources, Vec<Diagnostic>> {
    let table: CoverageTable = entries::read(COVERAGE_FILE, bytes, |_, _| ())?;
    Ok(StatusSources(table.coverage))
}

/// Reads `2015` or `2015-2025`.
fn parsed_years(text: &str) -> Option<Years> {
    let year = |text: &str| {
        let text = text.trim();
        let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        is_year.then(|| text.parse().ok()).flatten()
    };
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let years = Years {
        first: year(first)?,
        last: year(last)?,
    };
    (years.first <= years.last).then_some(years)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: &str = "coverage:\n  - {source: CROSS, url: \"https://rulings.cbp.gov/\", collections: [NY], years: [2015-2020, 2022], through: 2026-03-05}\n  - {source: CROSS, collections: [NY, HQ], through: 2020-01-01, complete: true}\n";

    fn of(sources: &StatusSources, number: &str, date: &str) -> Option<SourceId> {
        let number = number.parse().expect("it is a number");
        sources.of(&number, date.parse().expect("it is a date"))
    }

    #[test]
    fn a_ruling_rests_on_the_source_of_its_collection_and_year_that_was_read_last() {
        let sources = read(TABLE.as_bytes()).expect("it is sound");
        for (number, date, through) in [
            ("NY N301234", "2018-11-05", Some("2026-03-05")),
            ("NY N301234", "2022", Some("2026-03-05")),
            ("NY N301234", "2021-01-01", Some("2020-01-01")),
            ("NY N301234", "unknown", Some("2020-01-01")),
            ("DD 857257", "2016", Some("2026-03-05")),
            ("HQ H289712", "2018", Some("2020-01-01")),
            // Nobody knows whose number this is.
            ("712345", "2018", None),
        ] {
            let found = of(&sources, number, date);
            let found = found.map(|at| sources.0[at].through.to_string());
            assert_eq!(found.as_deref(), through, "{number} {date}");
        }
        assert_eq!(
            sources.earliest().map(|day| day.to_string()).as_deref(),
            Some("2020-01-01")
        );
        let without_years = "coverage:\n  - {source: CROSS, collections: [NY], years: [2015], through: 2020-01-01}\n";
        let sources = read(without_years.as_bytes()).expect("it is sound");
        assert_eq!(of(&sources, "NY N301234", "unknown"), None);
    }

    #[test]
    fn what_is_wrong_is_reported_at_its_place() {
        for (entry, place, what) in [
            (
                "{collections: [NY], through: 2026-01-01}",
                "{",
                "`source` is missing",
            ),
            (
                "{source: CROSS, through: 2026-01-01}",
                "{",
                "`collections` is missing",
            ),
            (
                "{source: CROSS, collections: [NY]}",
                "{",
                "`through` is missing",
            ),
            (
                "{source: CROSS, collections: [NYC], through: 2026-01-01}",
                "NYC",
                "`collections` has no value `NYC`",
            ),
            (
                "{source: CROSS, collections: [NY], through: 2026-06}",
                "2026-06",
                "`through` must be a day",
            ),
            (
                "{source: CROSS, collections: [NY], years: [2020-2015], through: 2026-01-01}",
                "2020-2015",
                "`years` has no years",
            ),
            (
                "{source: CROSS, collections: [NY], years: [99], through: 2026-01-01}",
                "99",
                "`years` has no years",
            ),
            (
                "{source: CROSS, url: rulings.cbp.gov, collections: [NY], through: 2026-01-01}",
                "rulings",
                "`url` is not a web address",
            ),
            (
                "{source: CROSS, collections: [NY], until: 2026-01-01, through: 2026-01-01}",
                "until",
                "an entry has no key `until`",
            ),
        ] {
            let table = format!("coverage:\n  - {entry}\n");
            let problems = read(table.as_bytes()).expect_err(entry);
            assert_eq!(problems.len(), 1, "{problems:#?}");
            assert!(problems[0].message.starts_with(what), "{problems:#?}");
            let start = problems[0].span.as_ref().expect("it has a place").start;
            assert!(
                table[start..].starts_with(place),
                "{entry}: {}",
                &table[start..]
            );
        }
    }

    proptest! {
        #[test]
        fn every_place_lies_in_the_file(text in "(coverage:\n  - )?[a-zé:{}\\[\\], 0-9\"\n-]{0,60}") {
            for problem in read(text.as_bytes()).err().unwrap_or_default() {
                prop_assert!(problem.span.is_none_or(|span| span.end <= text.len()));
            }
        }
    }
}
