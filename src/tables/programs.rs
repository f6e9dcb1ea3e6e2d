//! Programs for trusted traders: the table `content/data/programs.yaml`.

use crate::diagnostic::Diagnostic;
use crate::schema::yaml::Node;
use crate::tables::Reference;
use crate::tables::at_centers;
use crate::tables::at_centers::AtCenter;
use crate::tables::reader;
use crate::tables::reader::Reader;
use std::collections::HashSet;

/// The file, relative to the portal's root.
pub const PROGRAMS_FILE: &str = "content/data/programs.yaml";

/// The name that it had before. A portal that still has it is read as before.
pub(super) const EARLIER_PROGRAMS_FILE: &str = "content/data/programmes.yaml";

/// A program, or a help for trusted traders that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name in `programs:` and in the address of its page.
    pub id: String,
    /// As a reader sees it.
    pub name: String,
    /// What it is for.
    pub kind: &'static str,
    /// Since when.
    pub since: Option<String>,
    /// Whether it goes on, ended or was only asked for.
    pub status: Option<String>,
    /// What it is.
    pub meaning: String,
    /// Who can take part.
    pub who: Vec<String>,
    /// What taking part asks for.
    pub requirements: Vec<String>,
    /// What it brings.
    pub benefits: Vec<String>,
    /// Steps that one rises through.
    pub levels: Vec<Level>,
    /// What it means at Centers.
    pub at_centers: Vec<AtCenter>,
    /// The id of the role to turn to.
    pub contact: Option<Reference>,
    /// Ids of agencies that take part.
    pub agencies: Vec<Reference>,
    /// Laws and rules.
    pub basis: Vec<String>,
    /// What was not found in a source that can be relied on.
    pub unverified: Vec<String>,
    /// Where these facts come from.
    pub source: Vec<String>,
}

/// A step of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// As a reader sees it.
    pub name: String,
    /// What it takes or means.
    pub meaning: Option<String>,
    /// What it brings.
    pub benefits: Vec<String>,
    /// Laws and rules.
    pub basis: Vec<String>,
}

/// What a program is for.
const KINDS: &[&str] = &[
    "compliance",
    "facilitation",
    "partnership",
    "security",
    "service",
];

/// Reads the table from a file of either name.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(file: &'static str, bytes: &[u8]) -> Result<Vec<Program>, Vec<Diagnostic>> {
    reader::read(file, bytes, &["programs"], |reader, root| {
        let group = reader.group(root, "the table", &["programs"])?;
        let mut ids = HashSet::new();
        Some(reader.groups(&group, "programs", true, |reader, node| {
            program(reader, node, &mut ids)
        }))
    })
}

fn program(reader: &mut Reader, node: &Node, ids: &mut HashSet<String>) -> Option<Program> {
    let keys = [
        "id",
        "name",
        "kind",
        "since",
        "status",
        "meaning",
        "who",
        "requirements",
        "benefits",
        "levels",
        "at_centers",
        "contact",
        "agencies",
        "basis",
        "unverified",
        "source",
    ];
    let group = reader.group(node, "a program", &keys)?;
    if group.get("kind").is_none() {
        reader.missing(&group, "kind");
    }
    Some(Program {
        id: reader.id(&group, ids),
        name: reader.required(&group, "name"),
        kind: reader.choice(&group, "kind", KINDS).unwrap_or_default(),
        since: reader.text(&group, "since"),
        status: reader.text(&group, "status"),
        meaning: reader.required(&group, "meaning"),
        who: reader.texts(&group, "who"),
        requirements: reader.texts(&group, "requirements"),
        benefits: reader.texts(&group, "benefits"),
        levels: reader.groups(&group, "levels", false, level),
        at_centers: at_centers::read(reader, &group),
        contact: reader.reference(&group, "contact"),
        agencies: reader.references(&group, "agencies"),
        basis: reader.texts(&group, "basis"),
        unverified: reader.texts(&group, "unverified"),
        source: reader.texts(&group, "source"),
    })
}

fn level(reader: &mut Reader, node: &Node) -> Option<Level> {
    let group = reader.group(node, "a level", &["name", "meaning", "benefits", "basis"])?;
    Some(Level {
        name: reader.required(&group, "name"),
        meaning: reader.text(&group, "meaning"),
        benefits: reader.texts(&group, "benefits"),
        basis: reader.texts(&group, "basis"),
    })
}
