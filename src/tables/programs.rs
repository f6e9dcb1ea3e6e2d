//! Programs for trusted traders: the table `content/data/programs.yaml`.

use crate::diagnostic::Diagnostic;
use crate::ids::{IndexVec, id};
use crate::schema::{Choice, FromText, Shape, Wrong, keys};
use crate::tables::at_centers::AtCenter;
use crate::tables::entries::{self, Reference};

/// The file, relative to the portal's root.
pub const PROGRAMS_FILE: &str = "content/data/programs.yaml";

/// The name that it had before. A portal that still has it is read as before.
pub(super) const EARLIER_PROGRAMS_FILE: &str = "content/data/programmes.yaml";

id! {
    /// The place of a program in its table.
    ProgramId
}

keys! {
    /// The table.
    pub(super) struct ProgramTable, "the table" {
        programs: IndexVec<ProgramId, Program> => [alias("programmes")],
    }
}

keys! {
    /// A program, or a help for trusted traders that has a name.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Program, "a program" {
        /// Its name in `programs:` and in the address of its page.
        pub id: String => [example("ctpat"), rule(entries::id_problem)],
        /// As a reader sees it.
        pub name: String,
        /// Other words by which readers look for it; searched, not shown.
        pub keywords: Vec<String>,
        /// What it is for.
        pub kind: Purpose,
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
        /// The id of the role to contact.
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
}

keys! {
    /// A step of a program.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Level, "a level" {
        /// As a reader sees it.
        pub name: String,
        /// What it takes or means.
        pub meaning: Option<String>,
        /// What it brings.
        pub benefits: Vec<String>,
        /// Laws and rules.
        pub basis: Vec<String>,
    }
}

/// What a program is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose(&'static str);

impl Purpose {
    const WORDS: &'static [&'static str] = &[
        "compliance",
        "facilitation",
        "partnership",
        "security",
        "service",
    ];

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }
}

impl FromText for Purpose {
    fn shape() -> Shape {
        Shape::choice(Self::WORDS.iter().copied())
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        Choice::one_of(Self::WORDS, &[], key, text).map(Self)
    }

    fn to_text(&self) -> String {
        self.0.to_owned()
    }
}

/// Reads the table from a file of either name.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(
    file: &'static str,
    bytes: &[u8],
) -> Result<IndexVec<ProgramId, Program>, Vec<Diagnostic>> {
    let table: ProgramTable = entries::read(file, bytes, |reader, root| {
        for list in ["programs", "programmes"] {
            entries::ids(reader, root, list);
        }
    })?;
    Ok(table.programs)
}
