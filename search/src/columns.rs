//! What documents are filtered, counted, sorted and ranked by.
//!
//! A column has for each document the values that it has of a dictionary of strings: none, one or several. All columns are
//! written and read by one mechanism. Those that rank documents come with the hot file; another one is fetched when a search
//! filters or counts by it, and decoded once.

use crate::chunk::{ChunkError, Chunks, Kind};
use crate::hot::{Hot, Place};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Names of columns that the engine knows; documents may have others.
pub(crate) mod name {
    pub(crate) const CENTER: &str = "center";
    pub(crate) const KIND: &str = "kind";
    pub(crate) const STATUS: &str = "status";
    /// Made from the days; `undated` where there is none.
    pub(crate) const YEAR: &str = "year";
    /// `hq` for what was decided at Headquarters.
    pub(crate) const OFFICE: &str = "office";
}

/// The year of documents that have none.
pub(crate) const UNDATED: &str = "undated";

/// The day of documents that have none.
pub(crate) const NO_DAY: i32 = i32::MIN;

/// The values of each document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Column {
    values: Vec<String>,
    /// Where the values of each document begin in `places`, and the end.
    starts: Vec<u32>,
    /// Places in `values`.
    places: Vec<u32>,
}

impl Column {
    /// The places in [`Column::values`] of a document's values, ascending.
    pub(crate) fn of(&self, document: u32) -> &[u32] {
        let at = document as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => &self.places[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// The value of a document that has one at most.
    pub(crate) fn value_of(&self, document: u32) -> Option<&str> {
        let place = self.of(document).first()?;
        self.values.get(*place as usize).map(String::as_str)
    }

    /// The dictionary.
    pub(crate) fn values(&self) -> &[String] {
        &self.values
    }

    /// Makes a column from the places of each document, ascending.
    pub(crate) fn new<'a>(values: Vec<String>, documents: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut column = Self {
            values,
            starts: vec![0],
            places: Vec::new(),
        };
        for places in documents {
            column.places.extend_from_slice(places);
            let end = u32::try_from(column.places.len()).unwrap_or(u32::MAX);
            column.starts.push(end);
        }
        column
    }

    /// The bytes of it, without the dictionary: for each document its places, as numbers of which the lowest bit says
    /// whether another one follows and the others are the place and one; 0 where it has no value.
    #[cfg(feature = "build")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for bounds in self.starts.windows(2) {
            let places = &self.places[bounds[0] as usize..bounds[1] as usize];
            if places.is_empty() {
                bytes.push(0);
            }
            for (at, place) in places.iter().enumerate() {
                let follows = u64::from(at + 1 < places.len());
                crate::number::write(((u64::from(*place) + 1) << 1) | follows, &mut bytes);
            }
        }
        bytes
    }

    fn decode(values: Vec<String>, mut bytes: &[u8], documents: usize) -> Option<Self> {
        let mut column = Self::new(values, std::iter::empty());
        column.starts.reserve(documents);
        for _ in 0..documents {
            loop {
                let number = crate::number::read(&mut bytes)?;
                if number == 0 {
                    break;
                }
                let place = u32::try_from((number >> 1).checked_sub(1)?).ok()?;
                if place as usize >= column.values.len() {
                    return None;
                }
                column.places.push(place);
                if number & 1 == 0 {
                    break;
                }
            }
            column.starts.push(u32::try_from(column.places.len()).ok()?);
        }
        bytes.is_empty().then_some(column)
    }
}

/// All columns of an index.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Days since 1970-01-01 of the last day that a date can mean; [`NO_DAY`] where undated.
    pub(crate) day: Vec<i32>,
    decoded: Mutex<HashMap<String, Arc<Column>>>,
}

impl Columns {
    pub(crate) fn open(hot: &Hot) -> Result<Self, ChunkError> {
        let day = hot.days();
        if day.len() != hot.documents as usize || hot.cited.len() != day.len() {
            let what = "its columns have other documents";
            return Err(ChunkError::Damaged(what.to_owned()));
        }
        let year = Arc::new(years(&day, hot.pages as usize));
        Ok(Self {
            day,
            decoded: Mutex::new(HashMap::from([(name::YEAR.to_owned(), year)])),
        })
    }

    /// A column by its name; `None` where no document has one. What has not been fetched is noted.
    pub(crate) fn get(
        &self,
        name: &str,
        hot: &Hot,
        chunks: &Chunks,
    ) -> Result<Option<Arc<Column>>, ChunkError> {
        let decoded = || self.decoded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(column) = decoded().get(name) {
            return Ok(Some(Arc::clone(column)));
        }
        let Some(entry) = hot.columns.iter().find(|column| column.name == name) else {
            return Ok(None);
        };
        let documents = self.day.len();
        let column = match &entry.bytes {
            Place::Here(bytes) => Column::decode(entry.values.clone(), bytes, documents),
            Place::Chunk(chunk) => {
                let bytes = chunks.get(Kind::Columns.chunk(*chunk as usize))?;
                Column::decode(entry.values.clone(), &bytes, documents)
            }
        };
        let damaged =
            || ChunkError::Damaged(format!("column `{name}` is not one of its documents"));
        let column = Arc::new(column.ok_or_else(damaged)?);
        decoded().insert(name.to_owned(), Arc::clone(&column));
        Ok(Some(column))
    }
}

/// The years as a column; undated documents come last in its dictionary, and the pages, which come first, have no year.
fn years(days: &[i32], pages: usize) -> Column {
    let of = |day: &i32| (*day != NO_DAY).then(|| year(*day));
    let documents = days.get(pages..).unwrap_or_default();
    let mut places: BTreeMap<Option<i32>, u32> = documents.iter().map(|day| (of(day), 0)).collect();
    let undated = places.remove(&None).is_some();
    for (place, at) in places.values_mut().zip(0..) {
        *place = at;
    }
    let mut values: Vec<String> = places.keys().flatten().map(ToString::to_string).collect();
    if undated {
        places.insert(None, u32::try_from(values.len()).unwrap_or(u32::MAX));
        values.push(UNDATED.to_owned());
    }
    let places: Vec<u32> = documents.iter().map(|day| places[&of(day)]).collect();
    let none = std::iter::repeat_n(&[][..], days.len() - documents.len());
    Column::new(values, none.chain(places.iter().map(std::slice::from_ref)))
}

/// The days since 1970-01-01 of `2019-05-17`; `None` for what is no such day.
pub(crate) fn day(text: &str) -> Option<i32> {
    let mut parts = text.splitn(3, '-');
    let mut part = |length: usize| {
        let digits = parts.next()?;
        let is_number = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<i32>().ok().filter(|_| is_number)
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| day_of(year, month, day))
}

/// Days since 1970-01-01 in the Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub(crate) fn day_of(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year of a day since 1970-01-01 in the Gregorian calendar (Howard Hinnant, `civil_from_days`).
pub(crate) fn year(day: i32) -> i32 {
    let day = i64::from(day) + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    // Years begin in March there; January and February are of the next one.
    let is_next = of_year >= 306;
    i32::try_from(year + era * 400 + i64::from(is_next)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_year_of_a_day_is_that_of_the_calendar() {
        for (day, expected) in [
            (0, 1970),
            (-1, 1969),
            (364, 1970),
            (365, 1971),
            (11_016, 2000),
            (20_819, 2027),
            (20_818, 2026),
            (-36_525, 1869),
        ] {
            assert_eq!(year(day), expected, "{day}");
        }
    }

    #[test]
    fn undated_documents_have_a_year_of_their_own() {
        let years = years(&[NO_DAY, 20_000, NO_DAY, 365], 1);
        assert_eq!(years.values(), ["1971", "2024", UNDATED]);
        let of = [years.of(0), years.of(1), years.of(2), years.of(3)];
        assert_eq!(of, [&[][..], &[1_u32], &[2], &[0]]);
    }

    #[test]
    fn a_day_is_counted_from_1970() {
        for (text, expected) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2026-12-31", 20_818),
        ] {
            assert_eq!(day(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "2019",
            "2019-5-17",
            "2019-13-01",
            "2019-05-00",
            "2019-05-32",
            "+019-05-17",
            "2019-05-17-1",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_column_is_read_as_it_was_written(documents in proptest::collection::vec(proptest::collection::btree_set(0_u32..300, 0..4), 0..50)) {
            let documents: Vec<Vec<u32>> = documents.into_iter().map(|places| places.into_iter().collect()).collect();
            let values: Vec<String> = (0..300).map(|at| at.to_string()).collect();
            let column = Column::new(values.clone(), documents.iter().map(Vec::as_slice));
            let bytes = column.encode();
            prop_assert_eq!(Column::decode(values.clone(), &bytes, documents.len()), Some(column));
            prop_assert_eq!(Column::decode(values, &bytes, documents.len() + 1), None);
        }

        #[test]
        fn bytes_that_are_not_of_a_column_are_none(bytes in proptest::collection::vec(any::<u8>(), 0..30), documents in 0_usize..10) {
            let column = Column::decode(vec!["a".to_owned()], &bytes, documents);
            prop_assert!(column.is_none_or(|column| column.starts.len() == documents + 1));
        }
    }
}
