//! Tables of a spreadsheet, saved as CSV: each row as a document ([`rows`]), as a role of the table of contacts
//! ([`roles`]), or all of them as a table of the portal ([`data_table`]).
//!
//! In: a file of CSV and the mapping of its columns. Out: documents and tables below `content/`, and a report.

mod data_table;
mod roles;
mod rows;
mod table;

use crate::import::clean;

pub use data_table::data_table;
pub use roles::roles;
pub use rows::rows;

/// The entries of a cell that holds a list.
fn entries(cell: &str) -> impl Iterator<Item = String> {
    cell.split(';')
        .map(clean::one_line)
        .filter(|entry| !entry.is_empty())
}
