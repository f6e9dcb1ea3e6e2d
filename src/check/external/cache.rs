//! Which addresses were right lately, so that a check asks only for the rest.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the cache lies, relative to the portal's root.
pub const CACHE_FILE: &str = ".portolan-cache/links.json";

/// How long an answer counts.
fn valid() -> Span {
    7.days()
}

/// Addresses that answered, with the day. Others are requested each time: they may have been fixed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cache {
    #[serde(default)]
    sound: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    status: u16,
    day: Date,
}

impl Cache {
    /// Reads a cache; what cannot be read counts as empty.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// Gives the bytes to write, without what no longer counts.
    #[must_use]
    pub fn bytes(&self, today: Date) -> Vec<u8> {
        let kept = self
            .sound
            .iter()
            .filter(|(_, entry)| is_valid(entry.day, today));
        let kept = Self {
            sound: kept
                .map(|(url, entry)| (url.clone(), entry.clone()))
                .collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&kept).expect("a map with text keys is JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Whether an address was right within a week before `today`.
    #[must_use]
    pub fn is_fresh(&self, url: &str, today: Date) -> bool {
        let entry = self.sound.get(url);
        entry.is_some_and(|entry| is_valid(entry.day, today))
    }

    pub(super) fn remember(&mut self, url: &str, status: u16, day: Date) {
        self.sound.insert(url.to_owned(), Entry { status, day });
    }
}

fn is_valid(day: Date, today: Date) -> bool {
    let end = day.saturating_add(valid());
    day <= today && today < end
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn an_answer_counts_for_a_week_from_its_day() {
        let mut cache = Cache::default();
        cache.remember("https://a.example/", 200, date(2026, 1, 2));
        let fresh = |day| cache.is_fresh("https://a.example/", day);
        assert!(fresh(date(2026, 1, 2)) && fresh(date(2026, 1, 8)));
        assert!(!fresh(date(2026, 1, 9)) && !fresh(date(2026, 1, 1)));
        let bytes = cache.bytes(date(2026, 1, 3));
        assert_eq!(Cache::read(&bytes), cache);
        assert_eq!(
            Cache::read(&cache.bytes(date(2026, 2, 1))),
            Cache::default()
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_cache(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(Cache::read(&bytes), Cache::default());
        }
    }
}
