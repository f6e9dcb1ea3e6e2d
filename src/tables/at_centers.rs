//! What a program or an agency means at Centers: the key `at_centers` of their tables.

use crate::schema::yaml::{Node, Value};
use crate::tables::Reference;
use crate::tables::reader::{Group, Reader};

/// A statement about some Centers, or about all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtCenter {
    /// Slugs of Centers; `None` for every Center of an industry.
    pub centers: Option<Vec<Reference>>,
    /// What it means there.
    pub text: String,
    /// Whether no source that can be relied on was found.
    pub unverified: bool,
}

/// Reads the statements of an entry.
pub(super) fn read(reader: &mut Reader, group: &Group<'_>) -> Vec<AtCenter> {
    reader.groups(group, "at_centers", false, at_center)
}

fn at_center(reader: &mut Reader, node: &Node) -> Option<AtCenter> {
    let keys = ["centers", "text", "unverified"];
    let group = reader.group(node, "a statement", &keys)?;
    let is_all = |node: &Node| matches!(&node.value, Value::Scalar { text, .. } if text == "all");
    let centers = match group.get("centers") {
        None => {
            reader.missing(&group, "centers");
            None
        }
        Some(node) if is_all(node) => None,
        Some(_) => Some(reader.references(&group, "centers")),
    };
    Some(AtCenter {
        centers,
        text: reader.required(&group, "text"),
        unverified: reader.flag(&group, "unverified"),
    })
}
