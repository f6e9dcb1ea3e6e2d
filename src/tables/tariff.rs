//! The tariff: the table `content/data/hts.csv` with number, indent and description of each line of the schedule.

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Keys as _, Section, csv, keys};
use camino::Utf8Path;
use jiff::civil::Date;
use portolan_customs::HtsNumber;
use portolan_customs::mentions::tariff_numbers;
use std::ops::Range;

/// The file, relative to the portal's root.
pub(super) const TARIFF_FILE: &str = "content/data/hts.csv";

/// The last revision of the Harmonized System (HS 2022, in the United States since January 27, 2022). Without a date in
/// the settings the table counts from then.
pub(crate) const LAST_REVISION: Date = Date::constant(2022, 1, 27);

keys! {
    /// A line of the schedule.
    struct Row, "a tariff line" {
        number: Option<HtsNumber>,
        indent: u8
            => [example("1"), help("it is how deep the line lies: 0 for a heading, 1 for what is below it")],
        description: String => [example("Of cotton:")],
    }
}

/// The columns of the table.
pub(super) fn section() -> Section {
    Row::section()
}

/// A line of the schedule that has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffLine {
    /// 4 to 10 digits.
    pub number: HtsNumber,
    /// How deep it lies, 0 for a heading.
    pub indent: u8,
    /// Its own words; the meaning needs those of the lines above.
    pub description: String,
    /// The lines without a number right above it.
    pub above: Vec<Introduction>,
}

/// A line of the schedule without a number, which introduces those below it: `Horses:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// How deep it lies.
    pub indent: u8,
    /// Its words.
    pub description: String,
}

/// The tariff numbers that the words of another table name.
pub(super) struct TableNumbers {
    /// The table, relative to the portal's root.
    file: &'static str,
    /// Each number and its place.
    numbers: Vec<(Range<usize>, HtsNumber)>,
}

impl TableNumbers {
    /// Finds the numbers; comments are none of a table's words.
    pub(super) fn of(file: &'static str, bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut numbers = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if !line.trim_start().starts_with('#') {
                let found = tariff_numbers(line);
                numbers.extend(
                    found.map(|(place, number)| (place.start + start..place.end + start, number)),
                );
            }
            start += line.len();
        }
        Self { file, numbers }
    }
}

/// The tariff's lines, sorted by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tariff {
    lines: Vec<TariffLine>,
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(super) fn read(bytes: &[u8]) -> Result<Tariff, Vec<Diagnostic>> {
    let mut lines: Vec<TariffLine> = Vec::new();
    let mut above: Vec<Introduction> = Vec::new();
    csv::read(TARIFF_FILE, bytes, |_, row: Row| match row.number {
        Some(number) => lines.push(TariffLine {
            number,
            indent: row.indent,
            description: row.description,
            above: std::mem::take(&mut above),
        }),
        None => above.push(Introduction {
            indent: row.indent,
            description: row.description,
        }),
    })?;
    lines.sort_by(|a, b| a.number.cmp(&b.number));
    Ok(Tariff { lines })
}

impl Tariff {
    /// The lines at and below a number, in the schedule's order.
    #[must_use]
    pub fn below(&self, digits: &str) -> &[TariffLine] {
        let from = self
            .lines
            .partition_point(|line| line.number.digits() < digits);
        let rest = &self.lines[from..];
        let to = rest.partition_point(|line| line.number.digits().starts_with(digits));
        &rest[..to]
    }

    /// The line of each heading of goods, in the schedule's order: a heading without subdivisions has no number of four
    /// digits. Chapters 98 and 99 have provisions, not goods.
    pub fn headings(&self) -> impl Iterator<Item = &HtsNumber> {
        let lines = self.lines.iter().filter(|line| line.indent == 0);
        let goods = lines.filter(|line| !line.number.is_special());
        goods
            .map(|line| &line.number)
            .filter(|number| number.heading().is_some())
    }

    /// Every line that has a number, in the schedule's order.
    pub fn lines(&self) -> &[TariffLine] {
        &self.lines
    }

    /// The words of a heading, 4 digits.
    #[must_use]
    pub fn heading(&self, digits: &str) -> Option<&str> {
        let line = self.below(digits).iter().find(|line| line.indent == 0)?;
        Some(line.description.trim_end_matches(':'))
    }

    /// Whether the schedule has a number, or one below it. A line without subdivisions may be written with zeros after
    /// it: `0409.00.0000` is `0409.00.00`.
    #[must_use]
    pub fn has(&self, number: &HtsNumber) -> bool {
        let digits = number.digits();
        if !self.below(digits).is_empty() {
            return true;
        }
        let mut short = digits;
        while let Some(rest) = short.strip_suffix("00").filter(|rest| rest.len() >= 4) {
            short = rest;
            let below = self.below(short);
            if below.len() == 1 && below[0].number.digits() == short {
                return true;
            }
        }
        false
    }

    /// The number of the same length that was most likely meant: of the same heading where that exists, else of the
    /// same chapter.
    #[must_use]
    pub fn nearest(&self, number: &HtsNumber) -> Option<HtsNumber> {
        let digits = number.digits();
        let scope = [8, 6, 4, 2]
            .iter()
            .filter_map(|length| digits.get(..*length));
        let lines = scope
            .map(|scope| self.below(scope))
            .find(|lines| !lines.is_empty())?;
        let value = |digits: &str| digits.parse::<i64>().unwrap_or(0);
        let nearest = lines
            .iter()
            .filter_map(|line| line.number.digits().get(..digits.len()))
            .min_by_key(|known| {
                (
                    strsim::damerau_levenshtein(known, digits),
                    (value(known) - value(digits)).abs(),
                )
            })
            .or_else(|| lines.first().map(|line| line.number.digits()))?;
        nearest.parse().ok()
    }

    /// Warns of numbers that the schedule does not have: what a table says of offices and procedures speaks of today.
    pub(super) fn check(&self, table: &TableNumbers) -> Vec<Diagnostic> {
        let unknown = table.numbers.iter().filter(|(_, number)| !self.has(number));
        unknown
            .map(|(place, number)| self.unknown(Utf8Path::new(table.file), number, place.clone()))
            .collect()
    }

    pub(crate) fn unknown(
        &self,
        file: &Utf8Path,
        number: &HtsNumber,
        span: Range<usize>,
    ) -> Diagnostic {
        let problem = Diagnostic::warning(
            Code::UnknownHtsNumber,
            file,
            format!("the tariff has no number {number}"),
        )
        .at(span);
        match self.nearest(number) {
            Some(near) => {
                let line = self.below(near.digits()).first();
                let words = line.filter(|line| line.number == near);
                problem.help(match words {
                    Some(line) => format!("the nearest one is {near}: {}", line.description),
                    None => format!("the nearest one is {near}"),
                })
            }
            None => {
                problem.help("chapters run from 01 to 97, and 98 and 99 for special provisions")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tariff() -> Tariff {
        read(b"number,indent,description\n0409.00.00,0,Honey\n6109,0,\"T-shirts, singlets\"\n6109.10.00,1,Of cotton\n6109.10.00.12,2,Men's\n6109.90.10,1,Of fibers\n,1,Other\n").expect("it is sound")
    }

    fn number(text: &str) -> HtsNumber {
        text.parse().expect("it is a number")
    }

    #[test]
    fn a_number_is_known_at_every_length_and_with_zeros_after_it() {
        for text in [
            "61",
            "6109",
            "6109.10",
            "6109.10.00",
            "6109.10.0012",
            "0409.00.0000",
            "0409",
        ] {
            assert!(tariff().has(&number(text)), "{text}");
        }
        for text in ["6109.10.0013", "6110", "0409.00.0010", "6109.10.0000"] {
            assert!(!tariff().has(&number(text)), "{text}");
        }
    }

    #[test]
    fn the_nearest_number_is_of_the_same_length_and_heading() {
        for (text, near) in [
            ("6109.10.0021", "6109.10.0012"),
            ("6109.19.00", "6109.10.00"),
            ("6190", "6109"),
        ] {
            assert_eq!(
                tariff().nearest(&number(text)),
                Some(number(near)),
                "{text}"
            );
        }
        assert_eq!(tariff().nearest(&number("8471")), None);
    }

    #[test]
    fn a_line_that_is_none_is_reported_at_its_cell() {
        let problems = read(b"number,indent,description\n6109.1,0,x\n").expect_err("five digits");
        assert_eq!(problems[0].span, Some(26..32));
        let problems = read(b"number,description\n").expect_err("a column is missing");
        assert_eq!(problems[0].code, Code::InvalidData);
        let problems = read(b"number,indent,description\n6109,0,x,y\n").expect_err("a comma");
        assert_eq!(problems[0].span, Some(26..26));
    }
}
