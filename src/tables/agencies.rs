//! Partner government agencies (PGAs) that regulate imports: the table `content/data/agencies.yaml`.

use crate::diagnostic::Diagnostic;
use crate::schema::yaml::{Node, Value};
use crate::tables::Reference;
use crate::tables::at_centers;
use crate::tables::at_centers::AtCenter;
use crate::tables::reader;
use crate::tables::reader::{Group, Reader};
use portolan_customs::HtsNumber;
use std::collections::HashSet;

/// The file, relative to the portal's root.
pub const AGENCIES_FILE: &str = "content/data/agencies.yaml";

/// A partner agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its name in `agencies:` and in the address of its page.
    pub id: String,
    /// As a reader sees it.
    pub name: String,
    /// Its short name.
    pub abbreviation: Option<String>,
    /// The department that it belongs to.
    pub department: Option<String>,
    /// What it regulates.
    pub products: Vec<String>,
    /// Chapters and headings that it may regulate.
    pub hts: Vec<HtsNumber>,
    /// Where these numbers come from, and what they leave out.
    pub hts_note: Option<String>,
    /// Forms and data that it asks for.
    pub needs: Vec<String>,
    /// Its flags in ACE.
    pub flags: Vec<String>,
    /// What it means at Centers.
    pub at_centers: Vec<AtCenter>,
    /// Ids of programs that it takes part in.
    pub programs: Vec<Reference>,
    /// Laws and rules.
    pub basis: Vec<String>,
    /// What was not found in a source that can be relied on.
    pub unverified: Vec<String>,
    /// Where these facts come from.
    pub source: Vec<String>,
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<Vec<Agency>, Vec<Diagnostic>> {
    reader::read(AGENCIES_FILE, bytes, &["agencies"], |reader, root| {
        let group = reader.group(root, "the table", &["agencies"])?;
        let mut ids = HashSet::new();
        Some(reader.groups(&group, "agencies", true, |reader, node| {
            agency(reader, node, &mut ids)
        }))
    })
}

fn agency(reader: &mut Reader, node: &Node, ids: &mut HashSet<String>) -> Option<Agency> {
    let keys = [
        "id",
        "name",
        "abbreviation",
        "department",
        "products",
        "hts",
        "hts_note",
        "needs",
        "flags",
        "at_centers",
        "programs",
        "basis",
        "unverified",
        "source",
    ];
    let group = reader.group(node, "an agency", &keys)?;
    Some(Agency {
        id: reader.id(&group, ids),
        name: reader.required(&group, "name"),
        abbreviation: reader.text(&group, "abbreviation"),
        department: reader.text(&group, "department"),
        products: reader.texts(&group, "products"),
        hts: areas(reader, &group),
        hts_note: reader.text(&group, "hts_note"),
        needs: reader.texts(&group, "needs"),
        flags: reader.texts(&group, "flags"),
        at_centers: at_centers::read(reader, &group),
        programs: reader.references(&group, "programs"),
        basis: reader.texts(&group, "basis"),
        unverified: reader.texts(&group, "unverified"),
        source: reader.texts(&group, "source"),
    })
}

/// Reads chapters, headings and ranges of them.
fn areas(reader: &mut Reader, group: &Group<'_>) -> Vec<HtsNumber> {
    let _ = reader.texts(group, "hts");
    let Some(Value::List(items)) = group.get("hts").map(|node| &node.value) else {
        return Vec::new();
    };
    let mut numbers = Vec::new();
    for item in items {
        let Some(text) = item.text() else { continue };
        match area(text) {
            Some(area) => numbers.extend(area),
            None => reader.report(
                item.span.clone(),
                format!("`{text}` is no chapter, heading or range of them"),
                "write it as \"30\", \"3004\", \"61-64\" or \"2936-2942\"; a range of headings stays in one chapter",
            ),
        }
    }
    numbers.sort();
    numbers.dedup();
    numbers
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
