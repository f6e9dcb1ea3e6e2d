//! Civil dates known to the day, the month or the year, or not at all.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A date as precisely as it is known; never padded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// A day.
    Day(Date),
    /// A month of a year.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// Not known.
    Unknown,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDate {
    /// It is written another way; the date as it may have been meant, and whether nothing else can have been.
    #[error("expected a date as YYYY-MM-DD, YYYY-MM, YYYY or `unknown`")]
    Form(Option<(String, bool)>),
    /// It has the right form but no calendar has it.
    #[error("there is no such day: {0}")]
    Impossible(String),
    /// It lies outside the years that customs documents come from.
    #[error("the year {0} is not between 1789 and 2200")]
    Year(i16),
}

impl InvalidDate {
    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Form(Some((meant, _))) => format!("write it as {meant}"),
            Self::Form(None) => {
                "write it as 2018-11-05, as 2018-11 where the day is not known, or as 2018"
                    .to_owned()
            }
            Self::Impossible(_) => "check the month (01 to 12) and the day".to_owned(),
            Self::Year(_) => "check the year".to_owned(),
        }
    }
}

impl InvalidDate {
    /// The date that must have been meant.
    #[must_use]
    pub fn certain(&self) -> Option<&str> {
        match self {
            Self::Form(Some((meant, true))) => Some(meant),
            _ => None,
        }
    }
}

impl PartialDate {
    /// The first day that it can mean; `None` where unknown.
    #[must_use]
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Unknown => None,
        }
    }

    /// The last day that it can mean; `None` where unknown.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => Date::new(year, month, 1).ok().map(Date::last_of_month),
            Self::Year(year) => Date::new(year, 12, 31).ok(),
            Self::Unknown => None,
        }
    }

    /// The year; `None` where unknown.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        self.earliest().map(Date::year)
    }

    /// As a reader sees it: `November 5, 2018`, `January 2015`, `2022`, `date unknown`.
    #[must_use]
    pub fn display(self) -> String {
        match self {
            Self::Day(day) => format!("{} {}, {}", month_name(day.month()), day.day(), day.year()),
            Self::Month(year, month) => format!("{} {year}", month_name(month)),
            Self::Year(year) => year.to_string(),
            Self::Unknown => "date unknown".to_owned(),
        }
    }

    /// Whether it is certainly before another one.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        match (self.latest(), other.earliest()) {
            (Some(latest), Some(earliest)) => latest < earliest,
            _ => false,
        }
    }

    /// Orders oldest first; unknown dates come first, so that they are last in a list of newest first.
    #[must_use]
    pub fn sort_key(self) -> (Option<Date>, Option<Date>) {
        (self.latest(), self.earliest())
    }
}

/// The months as letters and pages name them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let text = text.trim();
        if text == "unknown" {
            return Ok(Self::Unknown);
        }
        let parts: Vec<&str> = text.split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let digits = parts
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !digits || !matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
            return Err(InvalidDate::Form(meant(text)));
        }
        let numbers: Vec<i16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        if !(1789..=2200).contains(&numbers[0]) {
            return Err(InvalidDate::Year(numbers[0]));
        }
        let impossible = || InvalidDate::Impossible(text.to_owned());
        let small = |number: i16| i8::try_from(number).map_err(|_| impossible());
        match *numbers.as_slice() {
            [year] => Ok(Self::Year(year)),
            [year, month] if (1..=12).contains(&month) => Ok(Self::Month(year, small(month)?)),
            [year, month, day] => Date::new(year, small(month)?, small(day)?)
                .map(Self::Day)
                .map_err(|_| impossible()),
            _ => Err(impossible()),
        }
    }
}

/// Reads the forms that people write instead: 11/05/2018, 5.11.2018 is left alone (day or month first?), 2018/11/5. It
/// is certain where the year comes first or only one of the others can be a month.
fn meant(text: &str) -> Option<(String, bool)> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let (year, month, day, year_first) = match (a.len(), c.len()) {
        (4, 1 | 2) => (a, b, c, true),
        (1 | 2, 4) if text.contains('/') => (c, a, b, false),
        _ => return None,
    };
    let day: i8 = day.parse().ok()?;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day).ok()?;
    Some((date.to_string(), year_first || day > 12))
}

impl TryFrom<String> for PartialDate {
    type Error = InvalidDate;

    fn try_from(text: String) -> Result<Self, InvalidDate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_with_slashes_is_refused_with_the_form_to_write() {
        let error = "11/05/2018"
            .parse::<PartialDate>()
            .expect_err("slashes are not allowed");
        assert_eq!(error.help(), "write it as 2018-11-05");
    }

    #[test]
    fn a_month_is_never_padded_to_a_day() {
        let date: PartialDate = "2015-01".parse().expect("a month is a date");
        assert_eq!(date.display(), "January 2015");
        assert_eq!(date.to_string(), "2015-01");
    }

    #[test]
    fn the_thirtieth_of_february_is_impossible() {
        assert!(matches!(
            "2018-02-30".parse::<PartialDate>(),
            Err(InvalidDate::Impossible(_))
        ));
    }

    proptest! {
        #[test]
        fn the_normal_form_is_a_fixed_point_and_nothing_panics(text in "\\PC{0,12}|[0-9]{4}(-[0-9]{2}){0,2}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string().parse::<PartialDate>(), Ok(date));
            }
        }
    }
}
