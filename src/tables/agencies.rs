//! Partner government agencies (PGAs) that regulate imports: the table `content/data/agencies.yaml`.

use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{IndexVec, id};
use crate::schema::{Field, FieldType, FromText, Node, Number, Reader, Shape, Wrong, keys};
use crate::tables::at_centers::AtCenter;
use crate::tables::entries::{self, Reference};
use portolan_customs::HtsNumber;
use std::ops::Deref;

/// The file, relative to the portal's root.
pub const AGENCIES_FILE: &str = "content/data/agencies.yaml";

id! {
    /// The place of an agency in its table.
    AgencyId
}

keys! {
    /// The table.
    pub(super) struct AgencyTable, "the table" {
        agencies: IndexVec<AgencyId, Agency>,
    }
}

keys! {
    /// A partner agency.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Agency, "an agency" {
        /// Its name in `agencies:` and in the address of its page.
        pub id: String => [example("fda"), rule(entries::id_problem)],
        /// As a reader sees it.
        pub name: String,
        /// Its short name.
        pub abbreviation: Option<String>,
        /// Other words by which readers look for it; searched, not shown.
        pub keywords: Vec<String>,
        /// The department that it belongs to.
        pub department: Option<String>,
        /// What it regulates.
        pub products: Vec<String>,
        /// Chapters and headings of goods that it may regulate.
        pub hts: Areas,
        /// Where these numbers come from, and what they leave out.
        pub hts_note: Option<String>,
        /// Forms and data that it asks for.
        pub needs: Vec<String>,
        /// Its flags in ACE.
        pub flags: Vec<String>,
        /// What it means at Centers.
        pub at_centers: Vec<AtCenter>,
        /// Ids of programs that it takes part in.
        pub programs: Vec<Reference> => [alias("programmes")],
        /// Laws and rules.
        pub basis: Vec<String>,
        /// What was not found in a source that can be relied on.
        pub unverified: Vec<String>,
        /// Where these facts come from.
        pub source: Vec<String>,
    }
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<IndexVec<AgencyId, Agency>, Vec<Diagnostic>> {
    let table: AgencyTable = entries::read(AGENCIES_FILE, bytes, |reader, root| {
        entries::ids(reader, root, "agencies");
    })?;
    Ok(table.agencies)
}

/// Chapters and headings, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas(Vec<HtsNumber>);

impl Deref for Areas {
    type Target = [HtsNumber];

    fn deref(&self) -> &[HtsNumber] {
        &self.0
    }
}

impl FieldType for Areas {
    const NUMBER: Number = Number::Many;
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        <Area as FromText>::shape()
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        let areas: Vec<Area> = reader.items(field, value)?;
        let mut numbers: Vec<HtsNumber> = areas.into_iter().flat_map(|area| area.0).collect();
        numbers.sort();
        numbers.dedup();
        Some(Self(numbers))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        self.0.canonical_values()
    }
}

/// A chapter, a heading or a range of them.
struct Area(Vec<HtsNumber>);

impl FromText for Area {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(_: &str, text: &str) -> Result<Self, Wrong> {
        area(text).map(Self).ok_or_else(|| {
            Wrong::new(
                Code::InvalidData,
                format!("`{text}` is no chapter, heading or range of them"),
                "write it as \"30\", \"3004\", \"61-64\" or \"2936-2942\"; a range of headings stays in one chapter",
            )
        })
    }

    fn to_text(&self) -> String {
        let numbers: Vec<&str> = self.0.iter().map(HtsNumber::digits).collect();
        numbers.join("-")
    }
}

/// The numbers of `30`, `3004`, `61-64` or `2936-2942`. A range of headings stays in its chapter, so none is long.
fn area(text: &str) -> Option<Vec<HtsNumber>> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let length = from.len();
    if !matches!(length, 2 | 4) || to.len() != length || !is_plain(from) || !is_plain(to) {
        return None;
    }
    if from > to || length == 4 && from[..2] != to[..2] {
        return None;
    }
    let (first, last): (u16, u16) = (from.parse().ok()?, to.parse().ok()?);
    // Chapter 77 is reserved and so is in no schedule (HTSUS, section XV).
    let between = first != last;
    (first..=last)
        .map(|number| format!("{number:0length$}"))
        .filter(|digits| !(between && digits.starts_with("77")))
        .map(|digits| digits.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_has_every_number_between_its_ends() {
        let texts = |text| {
            let numbers = area(text).expect("it is an area");
            numbers.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(texts("61-64"), ["61", "62", "63", "64"]);
        assert_eq!(texts("2936-2938"), ["2936", "2937", "2938"]);
        assert_eq!(texts("0408"), ["0408"]);
        assert_eq!(texts("76-78"), ["76", "78"]);
        for text in ["64-61", "2936-3002", "61-6404", "6", "61–64", "00", ""] {
            assert_eq!(area(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_area_is_short_or_none(text in "[0-9]{0,5}-?[0-9]{0,5}|\\PC{0,12}") {
            prop_assert!(area(&text).is_none_or(|numbers| numbers.len() <= 100));
        }
    }
}
