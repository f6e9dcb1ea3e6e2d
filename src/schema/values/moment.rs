//! A day, or a time of a day, as front matter writes when something begins and ends.

use super::{FromText, Wrong};
use crate::diagnostic::Code;
use crate::schema::field::Shape;
use jiff::civil::{DateTime, Time};
use portolan_customs::PartialDate;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// A day, a month or a year, or a time of a day to the minute. It has no time zone of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The day, or the month or year where that is all that is known; never `unknown`.
    pub date: PartialDate,
    /// The time of the day, of a day alone.
    pub time: Option<Time>,
}

impl Moment {
    /// Whether it is before another one, whatever hours of their days are not known.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        match (self.datetime(), other.datetime()) {
            (Some(one), Some(other)) => one < other,
            _ => self.date.is_before(other.date),
        }
    }

    /// Compares by the first day that each can mean, then by time.
    #[must_use]
    pub fn order(self, other: Self) -> Ordering {
        let key = |moment: Self| (moment.date.sort_key(), moment.time);
        key(self).cmp(&key(other))
    }

    /// The day and the time, where a time is known.
    #[must_use]
    pub fn datetime(self) -> Option<DateTime> {
        match (self.date, self.time) {
            (PartialDate::Day(day), Some(time)) => Some(day.to_datetime(time)),
            _ => None,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(f)?;
        match self.time {
            Some(time) => write!(f, "T{:02}:{:02}", time.hour(), time.minute()),
            None => Ok(()),
        }
    }
}

impl FromText for Moment {
    fn shape() -> Shape {
        Shape::Moment
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let text = text.trim();
        let parted = text.find(['T', ' ']).filter(|at| *at >= "2026-1-1".len());
        let (day, time) = match parted {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let date = PartialDate::from_text(key, day).map_err(|wrong| {
            // A day alone would lose the time.
            let fix = wrong.fix.clone().filter(|_| time.is_none());
            wrong.fix(fix)
        })?;
        let Some(time) = time else {
            if date == PartialDate::Unknown {
                let what = format!("`{key}` must be a day or a time, found `{text}`");
                let help = "write it as 2026-04-09 or 2026-04-09T10:00; delete the line if it is not known";
                return Err(Wrong::new(Code::InvalidDate, what, help));
            }
            return Ok(Self { date, time: None });
        };
        let wrong = |help: &str| {
            let what = format!("`{key}` has no time of the day in `{text}`");
            Wrong::new(Code::InvalidDate, what, help)
        };
        let general = "write it as 2026-04-09T10:00, with hours from 00 to 23";
        match (clock_time(time), date) {
            (Clock::Time(time), PartialDate::Day(_)) => Ok(Self {
                date,
                time: Some(time),
            }),
            (Clock::Halves(time), PartialDate::Day(_)) => {
                let meant = Self {
                    date,
                    time: Some(time),
                };
                let help = format!("write it as {meant}");
                Err(wrong(&help).fix(Some(meant.to_string())))
            }
            (Clock::WithZone, _) => Err(wrong(
                "write the time without an offset, and the time zone as a key of its own: `zone: Eastern`",
            )),
            _ => Err(wrong(general)),
        }
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

/// What a text after a day is.
enum Clock {
    /// A time of 24 hours.
    Time(Time),
    /// One of twice twelve hours, which can only be meant so.
    Halves(Time),
    /// A time with an offset or the letters of a time zone.
    WithZone,
    /// Nothing of these.
    Other,
}

fn clock_time(text: &str) -> Clock {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':');
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut parts = digits.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next().flatten(), parts.next());
    // Seconds are let through where they say nothing.
    let seconds = parts.next();
    let is_minute = matches!(seconds, None | Some(Some(0))) && parts.next().is_none();
    let half = rest.trim().replace('.', "").to_lowercase();
    let minute_of = |minute: Option<Option<i8>>| minute.flatten();
    match (hour, half.as_str()) {
        (Some(hour), "") if is_minute => {
            let time = minute_of(minute).and_then(|minute| Time::new(hour, minute, 0, 0).ok());
            time.map_or(Clock::Other, Clock::Time)
        }
        (Some(hour @ 1..=12), "am" | "pm") if is_minute => {
            let minute = minute.map_or(Some(0), |minute| minute);
            let hour = hour % 12 + if half == "pm" { 12 } else { 0 };
            let time = minute.and_then(|minute| Time::new(hour, minute, 0, 0).ok());
            time.map_or(Clock::Other, Clock::Halves)
        }
        (Some(_), _) if !half.is_empty() => Clock::WithZone,
        _ => Clock::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, (String, Option<String>)> {
        Moment::from_text("start", text)
            .map(|moment| moment.to_string())
            .map_err(|wrong| (wrong.help, wrong.fix))
    }

    #[test]
    fn a_day_a_month_and_a_time_are_read_in_their_spellings() {
        for (text, normal) in [
            ("2026-04-09", "2026-04-09"),
            ("2026-09", "2026-09"),
            ("2026-04-09T10:00", "2026-04-09T10:00"),
            ("2026-04-09 09:30", "2026-04-09T09:30"),
            ("2026-04-09 09:30:00", "2026-04-09T09:30"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(normal), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_what_was_meant() {
        let general = "write it as 2026-04-09T10:00, with hours from 00 to 23";
        for (text, help, fix) in [
            ("2026-04-09T25:00", general, None),
            ("2026-04-09T10", general, None),
            (
                "2026-04-09 2:00 PM",
                "write it as 2026-04-09T14:00",
                Some("2026-04-09T14:00"),
            ),
            (
                "2026-04-09 12 a.m.",
                "write it as 2026-04-09T00:00",
                Some("2026-04-09T00:00"),
            ),
            ("2026-04-09 soon", general, None),
        ] {
            let wrong = (help.to_owned(), fix.map(str::to_owned));
            assert_eq!(read(text), Err(wrong), "{text}");
        }
        let (help, _) = read("2026-04-09T10:00-04:00").expect_err("it has an offset");
        assert!(help.contains("`zone: Eastern`"), "{help}");
        assert!(read("unknown").is_err());
    }

    #[test]
    fn days_without_an_hour_are_before_nothing_of_the_same_day() {
        let moment = |text| Moment::from_text("start", text).expect("it is one");
        assert!(moment("2026-04-09").is_before(moment("2026-04-10T08:00")));
        assert!(!moment("2026-04-09").is_before(moment("2026-04-09T08:00")));
        assert!(moment("2026-04-09T07:59").is_before(moment("2026-04-09T08:00")));
        assert!(!moment("2026-04").is_before(moment("2026-04-09")));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic_and_the_normal_form_reads_back(text in "\\PC{0,24}|2026-0[1-9]-1[0-9][T ][0-9:apm. Z+-]{0,9}") {
            if let Ok(moment) = Moment::from_text("start", &text) {
                let again = Moment::from_text("start", &moment.to_string());
                prop_assert_eq!(again.ok(), Some(moment));
            }
        }
    }
}
