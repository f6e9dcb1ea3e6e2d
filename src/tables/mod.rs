//! The tables of `content/data/`: the tariff, statistics, contacts, offices, ports, programs, agencies, where rulings were looked up, and
//! synonyms.
//!
//! In: a file's bytes. Out: typed rows with their places, or diagnostics. Knows no document.

mod agencies;
mod at_centers;
mod chapters;
mod contacts;
mod entries;
mod offices;
mod ports;
mod programs;
mod reach;
mod statistics;
mod status_sources;
mod synonyms;
mod tariff;
mod verification;

pub use agencies::{AGENCIES_FILE, Agency, AgencyId, Areas, read as read_agencies};
pub use at_centers::{AtCenter, Scope};
pub use chapters::Chapter;
pub use contacts::{
    CONTACTS_FILE, Case, Clock, Contacts, Mailbox, Meta, Problem, ProblemId, Role, RoleId, Rule,
    Stage, read as read_contacts,
};
pub use entries::{Listed, Reference};
pub use offices::{OFFICES_FILE, Office, OfficeId, OfficeTable, read as read_offices};
pub use ports::{PORTS_FILE, Port, Ports, read as read_ports};
pub use programs::{Level, PROGRAMS_FILE, Program, ProgramId, Purpose, read as read_programs};
pub use reach::{Day, Hours, Telephone, Zone};
pub(crate) use reach::{has_form_of_address, is_personal};
pub use statistics::{Amount, Figure, Measure, Precision, STATISTICS_FILE, Statistics};
pub use status_sources::{
    COVERAGE_FILE, CrossCollection, SourceId, StatusSource, StatusSources, Years,
    read as read_status_sources,
};
pub use synonyms::{SYNONYMS_FILE, SynonymGroup, read as read_synonyms};
pub(crate) use tariff::LAST_REVISION;
pub(crate) use tariff::TARIFF_FILE;
pub use tariff::{Introduction, Tariff, TariffLine};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{FileError, Files};
use crate::ids::IndexVec;
use crate::schema::{self, Dialect, Keys as _, Section};
use crate::source::Sources;
use camino::Utf8Path;
use chapters::CHAPTERS_FILE;
use jiff::civil::Date;

use programs::EARLIER_PROGRAMS_FILE;
use std::collections::BTreeMap;
use tariff::TableNumbers;

/// The tables together. One that the portal does not have, or that has problems, is `None`.
#[derive(Debug)]
pub struct Tables {
    /// Roles and problems.
    pub contacts: Option<Contacts>,
    /// Offices of these roles.
    pub offices: Option<OfficeTable>,
    /// Ports of entry.
    pub ports: Option<Ports>,
    /// Programs for trusted traders.
    pub programs: Option<IndexVec<ProgramId, Program>>,
    /// The table that they are in.
    pub programs_file: &'static str,
    /// Partner government agencies.
    pub agencies: Option<IndexVec<AgencyId, Agency>>,
    /// The tariff.
    pub tariff: Option<Tariff>,
    /// The chapters of the tariff by name.
    pub chapters: Option<Vec<Chapter>>,
    /// Figures on the Centers' work.
    pub statistics: Option<Statistics>,
    /// Where rulings were looked up for changes.
    pub status_sources: Option<StatusSources>,
    /// Words that search takes as one another.
    pub synonyms: Option<Vec<SynonymGroup>>,
    /// The hash of the file of each table.
    pub hashes: BTreeMap<&'static str, blake3::Hash>,
    /// The first day on which a contact may have been verified to count as verified today.
    pub verified_since: Date,
}

impl Tables {
    /// A program by its id.
    #[must_use]
    pub fn program(&self, id: &str) -> Option<&Program> {
        let mut programs = self.programs.iter().flatten();
        programs.find(|program| program.id == id)
    }

    /// An agency by its id.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        let mut agencies = self.agencies.iter().flatten();
        agencies.find(|agency| agency.id == id)
    }

    /// A chapter by its two digits.
    #[must_use]
    pub fn chapter(&self, number: &str) -> Option<&Chapter> {
        let mut chapters = self.chapters.iter().flatten();
        chapters.find(|chapter| chapter.number.as_str() == number)
    }

    /// What the tables say that cannot be right today, or of each other.
    fn problems(&self, today: Date, named: &[TableNumbers]) -> Vec<Diagnostic> {
        let contacts = self.contacts.iter();
        let sources = self.status_sources.iter();
        let tariff = self.tariff.iter();
        contacts
            .flat_map(|contacts| verification::overdue(contacts, self.verified_since))
            .chain(sources.flat_map(|sources| sources.problems(today)))
            .chain(tariff.flat_map(|tariff| named.iter().flat_map(|table| tariff.check(table))))
            .collect()
    }
}

/// A table: its name, its keys or columns, and whether it is YAML or CSV.
type Described = (&'static str, fn() -> Section, Dialect);

const SCHEMAS: [Described; 10] = [
    ("agencies", agencies::AgencyTable::section, Dialect::Table),
    ("chapters", Chapter::section, Dialect::Csv),
    ("contacts", Contacts::section, Dialect::Table),
    (
        "coverage",
        status_sources::CoverageTable::section,
        Dialect::Table,
    ),
    ("hts", tariff::section, Dialect::Csv),
    ("offices", OfficeTable::section, Dialect::Table),
    ("ports", ports::section, Dialect::Csv),
    ("programs", programs::ProgramTable::section, Dialect::Table),
    ("statistics", Figure::section, Dialect::Csv),
    ("synonyms", synonyms::SynonymTable::section, Dialect::Table),
];

/// The names of the tables that have a JSON Schema.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|(name, ..)| *name)
}

/// Makes the JSON Schema of a table by its name: `contacts`. Editors complete and check by it. That of a table in CSV
/// describes a row: an object with a text for each cell that is not empty.
#[must_use]
pub fn json_schema(name: &str) -> Option<serde_json::Value> {
    let (_, section, dialect) = SCHEMAS.iter().find(|(known, ..)| *known == name)?;
    let title = match dialect {
        Dialect::Csv => format!("a row of content/data/{name}.csv"),
        _ => format!("content/data/{name}.yaml"),
    };
    Some(schema::json_schema(&title, &section(), *dialect))
}

/// Reads every table, each file once, with everything that is wrong with them.
///
/// # Errors
/// When a file cannot be read.
pub fn read(
    files: &dyn Files,
    sources: &Sources,
    config: &Config,
    today: Date,
) -> Result<(Tables, Vec<Diagnostic>), FileError> {
    let mut reading = Reading {
        files,
        sources,
        named: Vec::new(),
        hashes: BTreeMap::new(),
        problems: Vec::new(),
    };
    let programs_file = reading.programs_file();
    let tables = Tables {
        contacts: reading.prose(CONTACTS_FILE, contacts::read)?,
        offices: reading.prose(OFFICES_FILE, offices::read)?,
        ports: reading.table(PORTS_FILE, ports::read)?,
        programs: reading.prose(programs_file, |bytes| programs::read(programs_file, bytes))?,
        programs_file,
        agencies: reading.prose(AGENCIES_FILE, agencies::read)?,
        tariff: reading.table(TARIFF_FILE, tariff::read)?,
        chapters: reading.table(CHAPTERS_FILE, chapters::read)?,
        statistics: reading.table(STATISTICS_FILE, statistics::read)?,
        status_sources: reading.table(COVERAGE_FILE, status_sources::read)?,
        synonyms: reading.table(SYNONYMS_FILE, synonyms::read)?,
        hashes: reading.hashes,
        verified_since: config.verified_since(today),
    };
    let mut problems = reading.problems;
    problems.extend(tables.problems(today, &reading.named));
    Ok((tables, problems))
}

/// Reads one table after the other.
struct Reading<'a> {
    files: &'a dyn Files,
    sources: &'a Sources,
    /// The tariff numbers that tables name in their words.
    named: Vec<TableNumbers>,
    hashes: BTreeMap<&'static str, blake3::Hash>,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn has(&self, file: &str) -> bool {
        self.sources.data.iter().any(|path| path == file)
    }

    /// The name that the table of programs has in this portal.
    fn programs_file(&mut self) -> &'static str {
        match [PROGRAMS_FILE, EARLIER_PROGRAMS_FILE].map(|file| self.has(file)) {
            [false, true] => return EARLIER_PROGRAMS_FILE,
            [true, true] => {
                let what =
                    format!("duplicate table: `{PROGRAMS_FILE}` has another name for this file");
                self.problems.push(
                    Diagnostic::error(Code::InvalidData, EARLIER_PROGRAMS_FILE, what)
                        .help("move its entries to that file and delete this one"),
                );
            }
            _ => {}
        }
        PROGRAMS_FILE
    }

    fn bytes(&mut self, file: &'static str) -> Result<Option<Vec<u8>>, FileError> {
        let bytes = self.has(file).then(|| self.files.read(Utf8Path::new(file)));
        let bytes = bytes.transpose()?;
        let hash = bytes.as_deref().map(blake3::hash);
        self.hashes.extend(hash.map(|hash| (file, hash)));
        Ok(bytes)
    }

    fn table<T>(
        &mut self,
        file: &'static str,
        read: impl FnOnce(&[u8]) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<Option<T>, FileError> {
        let bytes = self.bytes(file)?;
        Ok(bytes.and_then(|bytes| self.noted(read(&bytes))))
    }

    /// Reads a table whose words may name tariff numbers.
    fn prose<T>(
        &mut self,
        file: &'static str,
        read: impl FnOnce(&[u8]) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<Option<T>, FileError> {
        let bytes = self.bytes(file)?;
        Ok(bytes.and_then(|bytes| {
            self.named.push(TableNumbers::of(file, &bytes));
            self.noted(read(&bytes))
        }))
    }

    fn noted<T>(&mut self, read: Result<T, Vec<Diagnostic>>) -> Option<T> {
        read.map_err(|found| self.problems.extend(found)).ok()
    }
}
