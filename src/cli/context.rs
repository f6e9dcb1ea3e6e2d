//! What a run depends on beside the portal's files: the day, what was published last, the environment.

use crate::build;
use crate::build::BuildContext;
use crate::cache::Cache;
use crate::config::{Clock, Day, UnknownTimeZone};
use crate::files::Disk;
use camino::Utf8Path;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day of a run and what is published in the output folder, as readers see it.
pub(super) fn context(out: &Utf8Path, as_of: Option<Date>) -> BuildContext {
    BuildContext {
        clock: clock(as_of),
        drafts: false,
        published: build::published(&Disk::new(out)),
        origin: None,
    }
}

/// `as of 2026-11-27 (America/New_York)`: which day decided what is published, and in which time zone.
pub(super) fn as_of(day: &Day) -> String {
    format!("as of {day}")
}

/// What the portal's runs remember; nothing where that is not wanted.
pub(super) fn cache(portal: &Disk, is_wanted: bool) -> Cache {
    if is_wanted {
        Cache::of(portal)
    } else {
        Cache::default()
    }
}

/// A variable of the environment.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The editor that `VISUAL` or else `EDITOR` names, and which of them does.
pub(super) fn editor(variable: &dyn Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
    ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let editor = variable(name).filter(|editor| !editor.trim().is_empty())?;
        Some((name, editor))
    })
}

/// The day that was asked for, or the moment and the machine's time zone.
pub(super) fn clock(as_of: Option<Date>) -> Clock {
    as_of.map_or_else(
        || Clock::At {
            now: Timestamp::now(),
            machine: machine_zone(),
        },
        Clock::Fixed,
    )
}

/// The machine's time zone: `TZ` where it is set, else that of the system, else UTC.
fn machine_zone() -> Result<TimeZone, UnknownTimeZone> {
    TimeZone::try_system().or_else(|_| match std::env::var_os("TZ") {
        Some(name) => Err(UnknownTimeZone(name.to_string_lossy().into_owned())),
        None => Ok(TimeZone::UTC),
    })
}
