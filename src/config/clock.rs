//! The day of a run: given, or what a clock shows in the portal's time zone.

use super::Config;
use crate::diagnostic::{Code, suggestion};
use crate::schema::{FromText, Shape, Wrong};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Serialize, Serializer};
use std::fmt;

/// What tells the day. It comes in at the edge, so that everything below it is repeatable.
#[derive(Debug, Clone)]
pub enum Clock {
    /// A day that was asked for, whatever the time.
    Fixed(Date),
    /// A moment; the day follows from a time zone.
    At {
        /// The moment of the run.
        now: Timestamp,
        /// The machine's time zone, for portals that name none.
        machine: Result<TimeZone, UnknownTimeZone>,
    },
}

/// The machine names a time zone that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the environment variable TZ names no time zone: `{0}`. Set it to a name such as `America/New_York`, or set `time_zone` in site.toml"
)]
pub struct UnknownTimeZone(pub String);

/// A day with what it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// The time zone whose day it is; `None` for a day that was asked for.
    pub zone: Option<String>,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.zone {
            Some(zone) => write!(f, "{} in time zone {zone}", self.date),
            None => write!(f, "{}", self.date),
        }
    }
}

impl Config {
    /// Says which day it is for this portal.
    ///
    /// # Errors
    /// When the day depends on the machine's time zone and the machine names one that does not exist: a guess could
    /// publish a scheduled document a day early.
    pub fn day(&self, clock: &Clock) -> Result<Day, UnknownTimeZone> {
        let (now, machine) = match clock {
            Clock::Fixed(date) => {
                return Ok(Day {
                    date: *date,
                    zone: None,
                });
            }
            Clock::At { now, machine } => (now, machine),
        };
        let own = self.time_zone.as_ref().map(|zone| zone.0.clone());
        let zone = own.map_or_else(|| machine.clone(), Ok)?;
        let name = zone.iana_name().map_or_else(
            || {
                now.to_zoned_datetime(zone.clone())
                    .strftime("UTC%:z")
                    .to_string()
            },
            str::to_owned,
        );
        Ok(Day {
            date: zone.to_datetime(*now).date(),
            zone: Some(name),
        })
    }
}

/// A time zone of the IANA database, which the program carries with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl FromText for Zone {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(_: &str, text: &str) -> Result<Self, Wrong> {
        TimeZone::get(text).map(Self).map_err(|_| {
            let what = format!("unknown time zone: `{text}`");
            Wrong::new(Code::InvalidConfig, what, help(text))
        })
    }

    fn to_text(&self) -> String {
        self.0.iana_name().unwrap_or_default().to_owned()
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_text())
    }
}

/// What to write instead of a name that is no time zone.
fn help(name: &str) -> String {
    let names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    // The nearest to an abbreviation is one of another continent: `ET` and `CET`.
    let names = names.iter().map(String::as_str);
    let names = names.filter(|_| name.contains('/'));
    suggestion(name, names, || {
        "write a name of the IANA time zone database, such as \"America/New_York\"".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn config(settings: &str) -> Config {
        let text = format!("title = \"Sample\"\n{settings}");
        crate::config::parse(text.as_bytes()).expect("these settings are right")
    }

    /// 04:30 UTC on November 28: the evening before in New York, the afternoon in Auckland.
    fn at(machine: Result<TimeZone, UnknownTimeZone>) -> Clock {
        Clock::At {
            now: "2026-11-28T04:30:00Z".parse().expect("this is a timestamp"),
            machine,
        }
    }

    #[test]
    fn the_portal_s_time_zone_comes_before_the_machine_s() {
        let machine = || at(Ok(TimeZone::get("Pacific/Auckland").expect("it is bundled")));
        let day = config("time_zone = \"America/New_York\"").day(&machine());
        let day = day.expect("the zone is known");
        assert_eq!(day.date, date(2026, 11, 27));
        assert_eq!(day.to_string(), "2026-11-27 in time zone America/New_York");
        let day = config("").day(&machine()).expect("the zone is known");
        assert_eq!(day.to_string(), "2026-11-28 in time zone Pacific/Auckland");
    }

    #[test]
    fn a_zone_without_a_name_is_told_by_its_offset() {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("this is a rule");
        let day = config("").day(&at(Ok(zone))).expect("the zone is known");
        assert_eq!(day.to_string(), "2026-11-27 in time zone UTC-05:00");
    }

    #[test]
    fn an_unknown_zone_of_the_machine_matters_only_where_the_day_depends_on_it() {
        let broken = || at(Err(UnknownTimeZone("Mars/Base".to_owned())));
        assert!(config("").day(&broken()).is_err());
        assert!(config("time_zone = \"UTC\"").day(&broken()).is_ok());
        let fixed = Clock::Fixed(date(2026, 1, 2));
        let day = config("").day(&fixed).expect("a day was given");
        assert_eq!(day.to_string(), "2026-01-02");
    }
}
