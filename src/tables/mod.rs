//! The tables of `content/data/`: the tariff, statistics, contacts, ports, programs, agencies, and where rulings were looked up.
//!
//! In: a file's bytes. Out: typed rows with their places, or diagnostics. Knows no document.

mod agencies;
mod at_centers;
mod chapters;
mod contact_table;
mod contacts;
mod csv;
mod names;
mod ports;
mod programs;
mod reader;
mod statistics;
mod status_sources;
mod tariff;

pub use agencies::{AGENCIES_FILE, Agency, read as read_agencies};
pub use at_centers::AtCenter;
pub use chapters::{CHAPTERS_FILE, Chapter, read as read_chapters};
pub use contact_table::read as read_contacts;
pub use contacts::{
    CONTACTS_FILE, Case, Clock, Contacts, Mailbox, Meta, Problem, ProblemId, Role, RoleId, Rule,
    Stage,
};
pub use names::Reference;
pub use ports::{PORTS_FILE, Port, Ports, read as read_ports};
pub use programs::{EARLIER_PROGRAMS_FILE, Level, PROGRAMS_FILE, Program, read as read_programs};
pub use statistics::{
    Figure, Measure, Precision, STATISTICS_FILE, Statistics, read as read_statistics,
};
pub use status_sources::{
    COVERAGE_FILE, SourceId, StatusSource, StatusSources, Years, read as read_status_sources,
};
pub(crate) use tariff::LAST_REVISION;
pub use tariff::{
    Introduction, TARIFF_FILE, TableNumbers, Tariff, TariffLine, numbers_in_table,
    read as read_tariff,
};
