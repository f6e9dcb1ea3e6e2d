//! Days and ranges of them, as queries have them.

use crate::columns::day_of;
use std::ops::RangeInclusive;

/// The days, counted from 1970-01-01, that a date means: `2019`, `2019-05`, `2019-05-17`.
pub(crate) fn days(text: &str) -> Option<RangeInclusive<i32>> {
    let mut parts = text.split(['-', '/']);
    let number = |part: &str, length: usize| {
        let is_digits = part.len() <= length && part.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| part.parse::<i32>().ok()).flatten()
    };
    let year = number(parts.next()?, 4).filter(|year| *year >= 1000)?;
    let month = match parts.next() {
        Some(month) => Some(number(month, 2).filter(|month| (1..=12).contains(month))?),
        None => None,
    };
    let day = match parts.next() {
        Some(day) => Some(number(day, 2).filter(|day| *day >= 1)?),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    let first = day_of(year, month.unwrap_or(1), 1);
    let after = match month {
        Some(12) | None => day_of(year + 1, 1, 1),
        Some(month) => day_of(year, month + 1, 1),
    };
    match day {
        Some(day) if first + day - 1 < after => Some(first + day - 1..=first + day - 1),
        Some(_) => None,
        None => Some(first..=after - 1),
    }
}

/// The days of `2019..2021`, `2019..`, `..2021` or one date.
pub(crate) fn range(text: &str) -> Option<RangeInclusive<i32>> {
    let Some((from, to)) = text.split_once("..") else {
        return days(text);
    };
    let from = if from.is_empty() {
        i32::MIN + 1
    } else {
        *days(from)?.start()
    };
    let to = if to.is_empty() {
        i32::MAX
    } else {
        *days(to)?.end()
    };
    Some(from..=to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_are_the_days_that_they_have() {
        for (text, days) in [
            ("1970", 0..=364),
            ("1970-01-01", 0..=0),
            ("2000-02", 10_988..=11_016),
            ("2000-02-29", 11_016..=11_016),
            ("1969-12-31", -1..=-1),
            ("2024..2025-03-05", 19_723..=20_152),
            ("..1970-01-02", i32::MIN + 1..=1),
        ] {
            assert_eq!(range(text), Some(days), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_has_no_days() {
        for text in [
            "",
            "19",
            "2019-13",
            "2019-02-30",
            "2019-05-17-1",
            "x..2019",
            "+2019",
            "20190",
        ] {
            assert_eq!(range(text), None, "{text}");
        }
    }
}
