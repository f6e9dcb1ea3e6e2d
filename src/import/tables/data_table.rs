//! `import csv --as table`: a table as one of the portal's own.

use super::table::Table;
use crate::diagnostic::LineIndex;
use crate::files::Disk;
use crate::import::ledger::{LEDGER_FILE, Ledger};
use crate::import::mapping::Mapping;
use crate::import::report::{Report, Skipped};
use crate::import::store::store_table;
use crate::import::{ImportError, Target, clean, disk, write};
use crate::schema::csv;
use ::csv::Terminator;
use camino::Utf8Path;

/// Puts the mapped columns of a table into `content/data/<name>.csv`.
///
/// # Errors
/// When the table cannot be read, or its name or header cannot be used.
pub fn data_table(
    target: &Target<'_>,
    file: &Utf8Path,
    mapping: &Mapping,
    name: &str,
) -> Result<Report, ImportError> {
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b));
    if !is_name || name == "imported" {
        let message = format!(
            "`{name}` is no name of a table: write lower-case letters, digits and hyphens, and not `imported`"
        );
        return Err(ImportError::Mapping(message));
    }
    let table = Table::read(&disk::read(file)?)?;
    let mut mapping = mapping.clone();
    if mapping.columns.is_empty() {
        mapping.columns = table
            .header
            .iter()
            .map(|name| (name.clone(), name.clone()))
            .collect();
        if mapping.columns.len() < table.header.len() || mapping.columns.contains_key("") {
            let message = "every column needs a name of its own in the first row".to_owned();
            return Err(ImportError::Mapping(message));
        }
    }
    let mut places: Vec<(String, usize)> = mapping.places(&table.header)?.into_iter().collect();
    places.sort_by_key(|(_, place)| *place);
    let mut report = Report::default();
    let index = LineIndex::new(table.text.as_bytes());
    let header = places.iter().map(|(name, _)| name.clone());
    let mut rows: Vec<Vec<String>> = vec![header.collect()];
    for (start, cells) in &table.rows {
        if cells.len() != table.header.len() {
            let reason = format!(
                "the row has {} cells, and the header {}",
                cells.len(),
                table.header.len()
            );
            let mut skipped = Skipped::new(file, index.position(*start), reason);
            skipped.problem.help = Some("put a cell with a comma in double quotes".to_owned());
            report.skipped.push(skipped);
            continue;
        }
        let row = places.iter().map(|(_, place)| clean::line(&cells[*place]));
        rows.push(row.collect());
    }
    let bytes = csv::write(Terminator::Any(b'\n'), &rows);
    let files = Disk::new(target.root);
    let mut ledger = Ledger::load(&files)?;
    let before = ledger.bytes();
    let (key, path) = (
        format!("data/{name}.csv"),
        format!("content/data/{name}.csv"),
    );
    let outcome = store_table(target, &mut ledger, &key, Utf8Path::new(&path), &bytes)?;
    report.add(outcome);
    let after = ledger.bytes();
    if after != before {
        write(target.root, Utf8Path::new(LEDGER_FILE), &after)?;
    }
    report.sort();
    Ok(report)
}
