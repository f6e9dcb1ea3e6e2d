//! Time zones: those of the United States by the names that people use, every other one by its IANA name.

use super::{FromText, Wrong};
use crate::diagnostic::{Code, suggestion};
use crate::schema::field::Shape;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// The zones of 15 U.S.C. 263 by their names, each with the place of the IANA database that keeps its time. Arizona is a
/// part of the mountain zone that has no daylight saving time.
pub(crate) const US_ZONES: [(&str, &str); 10] = [
    ("Atlantic", "America/Puerto_Rico"),
    ("Eastern", "America/New_York"),
    ("Central", "America/Chicago"),
    ("Mountain", "America/Denver"),
    ("Arizona", "America/Phoenix"),
    ("Pacific", "America/Los_Angeles"),
    ("Alaska", "America/Anchorage"),
    ("Hawaii", "Pacific/Honolulu"),
    ("Samoa", "Pacific/Pago_Pago"),
    ("Chamorro", "Pacific/Guam"),
];

/// Letters that people write for a zone. As names of the IANA database, those that it has mean standard time all year.
const ABBREVIATIONS: [(&str, &[&str]); 7] = [
    ("Eastern", &["et", "est", "edt", "est5edt"]),
    ("Central", &["ct", "cst", "cdt", "cst6cdt"]),
    ("Mountain", &["mt", "mst", "mdt", "mst7mdt"]),
    ("Pacific", &["pt", "pst", "pdt", "pst8pdt"]),
    ("Alaska", &["akt", "akst", "akdt"]),
    ("Hawaii", &["hst", "hast", "hadt"]),
    ("Atlantic", &["ast", "adt"]),
];

/// A time zone that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneName(String);

impl ZoneName {
    /// The name in the IANA database.
    #[must_use]
    pub fn iana(&self) -> &str {
        let us = US_ZONES.iter().find(|(name, _)| *name == self.0);
        us.map_or(&self.0, |(_, iana)| iana)
    }

    /// The name of a zone of the United States: `Eastern`; `None` for others.
    #[must_use]
    pub fn us(&self) -> Option<&'static str> {
        let us = US_ZONES.iter();
        let mut us = us.filter(|(name, iana)| *name == self.0 || *iana == self.0);
        us.next().map(|(name, _)| *name)
    }

    /// The offset from UTC at a time: `-04:00`. Of a time that the clocks skip or show twice, the one before the change.
    #[must_use]
    pub fn offset(&self, at: DateTime) -> Option<String> {
        let zoned = at.in_tz(self.iana()).ok()?;
        Some(zoned.strftime("%:z").to_string())
    }
}

impl FromText for ZoneName {
    fn shape() -> Shape {
        Shape::Zone
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let text = text.trim();
        let lower = text.to_lowercase();
        let words = lower.strip_suffix(" time").unwrap_or(&lower);
        let us = US_ZONES.iter().map(|(name, _)| *name);
        if let Some(name) = us.clone().find(|name| name.to_lowercase() == words) {
            return Ok(Self(name.to_owned()));
        }
        let mut letters = ABBREVIATIONS.iter();
        if let Some((meant, _)) = letters.find(|(_, letters)| letters.contains(&words)) {
            let what = format!("`{key}`: `{text}` is not the name of a time zone");
            let help =
                format!("write `{meant}`, which has daylight saving time where that applies");
            let wrong = Wrong::new(Code::InvalidChoice, what, help);
            return Err(wrong.fix(Some((*meant).to_owned())));
        }
        let zone = TimeZone::get(text).ok();
        // What names no place is not a zone that an office keeps.
        let iana = zone.as_ref().and_then(TimeZone::iana_name);
        if let Some(name) = iana.filter(|name| name.contains('/') || *name == "UTC") {
            return Ok(Self(name.to_owned()));
        }
        let help = suggestion(text, us.clone(), || {
            format!(
                "write {}, or a name of the IANA time zone database such as America/New_York",
                us.collect::<Vec<_>>().join(", ")
            )
        });
        let what = format!("`{key}`: unknown time zone: `{text}`");
        Err(Wrong::new(Code::InvalidChoice, what, help))
    }

    fn to_text(&self) -> String {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Result<String, Option<String>> {
        ZoneName::from_text("zone", text)
            .map(|zone| zone.to_text())
            .map_err(|wrong| wrong.fix)
    }

    #[test]
    fn every_zone_of_the_united_states_is_in_the_database() {
        for (name, iana) in US_ZONES {
            let zone = ZoneName::from_text("zone", name).map_err(|wrong| wrong.message);
            let zone = zone.expect("it is a zone");
            assert_eq!((zone.iana(), zone.us()), (iana, Some(name)));
            assert!(TimeZone::get(iana).is_ok(), "{iana}");
        }
    }

    #[test]
    fn names_are_read_in_any_case_and_abbreviations_are_corrected() {
        assert_eq!(read("eastern time").as_deref(), Ok("Eastern"));
        assert_eq!(read("america/new_york").as_deref(), Ok("America/New_York"));
        assert_eq!(read("UTC").as_deref(), Ok("UTC"));
        assert_eq!(read("EST"), Err(Some("Eastern".to_owned())));
        assert_eq!(read("pdt"), Err(Some("Pacific".to_owned())));
        assert_eq!(read("Estern"), Err(None));
        assert_eq!(read("+05:00"), Err(None));
    }

    #[test]
    fn an_offset_follows_daylight_saving_time() {
        let zone = ZoneName("Eastern".to_owned());
        let at = |month| zone.offset(date(2026, month, 9).at(10, 0, 0, 0));
        assert_eq!(at(1).as_deref(), Some("-05:00"));
        assert_eq!(at(7).as_deref(), Some("-04:00"));
    }
}
