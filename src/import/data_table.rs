//! `import csv --as table`: a table as one of the portal's own.

use super::ledger::{LEDGER_FILE, Ledger};
use super::mapping::Mapping;
use super::report::{Kept, Report, Skipped, Written, difference};
use super::table::Table;
use super::{ImportError, Target, clean, disk, write};
use crate::diagnostic::LineIndex;
use crate::files::{Disk, Files as _};
use crate::tables::csv;
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
            report.skipped.push(Skipped {
                source: file.to_string(),
                line: index.position(*start).line,
                reason: format!(
                    "the row has {} cells, and the header {}",
                    cells.len(),
                    table.header.len()
                ),
                help: Some("put a cell with a comma in double quotes".to_owned()),
                ..Skipped::default()
            });
            continue;
        }
        let row = places.iter().map(|(_, place)| clean::line(&cells[*place]));
        rows.push(row.collect());
    }
    let bytes = csv::write(Terminator::Any(b'\n'), &rows);
    let path = format!("content/data/{name}.csv");
    store_table(target, &path, &bytes, &mut report)?;
    report.sort();
    Ok(report)
}

fn store_table(
    target: &Target<'_>,
    path: &str,
    bytes: &[u8],
    report: &mut Report,
) -> Result<(), ImportError> {
    let files = Disk::new(target.root);
    let mut ledger = Ledger::load(&files)?;
    let before = ledger.bytes();
    let key = path.trim_start_matches("content/").to_owned();
    let written = Written {
        number: key.clone(),
        file: path.to_owned(),
    };
    match files.read(Utf8Path::new(path)) {
        Ok(old) if old == bytes => {
            report.unchanged += 1;
            return Ok(());
        }
        Ok(old) => {
            let is_own = ledger.row(&key).is_some_and(|row| row.is_of(&old));
            if !is_own && !target.options.overwrite {
                let (old, new) = (
                    String::from_utf8_lossy(&old),
                    String::from_utf8_lossy(bytes),
                );
                let path = Utf8Path::new(path);
                let reason = "no import wrote this table, or an editor changed it";
                report.kept.push(Kept {
                    diff: difference(path, &old, &new),
                    ..Kept::new(&key, path, reason)
                });
                return Ok(());
            }
            report.changed.push(written);
        }
        Err(error) if error.cause.kind() == std::io::ErrorKind::NotFound => {
            report.new.push(written);
        }
        Err(error) => return Err(error.into()),
    }
    if target.options.dry_run {
        return Ok(());
    }
    write(target.root, Utf8Path::new(path), bytes)?;
    ledger.put_file(key, bytes);
    let bytes = ledger.bytes();
    if bytes != before {
        write(target.root, Utf8Path::new(LEDGER_FILE), &bytes)?;
    }
    Ok(())
}
