//! `portolan schema`: the front matter of a kind, or a data table, as a JSON Schema.

use super::Failure;
use super::args::ReportFormat;
use super::console::{Console, print};
use super::unknown::UnknownName;
use crate::config;
use crate::document::{Kind, Schema};
use crate::files::Disk;
use crate::tables;
use camino::Utf8Path;
use std::process::ExitCode;

/// Prints the schema of a kind, with what the portal's settings add; without a portal, of a built-in kind.
pub(super) fn schema(
    root: Option<&Utf8Path>,
    kind: &str,
    console: Console,
) -> Result<ExitCode, Failure> {
    let schema = match root.map(|root| of_portal(root, console)) {
        Some(schema) => schema?,
        None => Some(Schema::default()),
    };
    let Some(schema) = schema else {
        return Ok(ExitCode::from(1));
    };
    let found = schema.kinds.of_name(kind);
    if let Some(table) = tables::json_schema(kind).filter(|_| found.is_none()) {
        print(&format!("{table:#}\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(found) = found else {
        let kinds = &schema.kinds;
        let tables: Vec<&str> = tables::names().collect();
        let mut names: Vec<&str> = kinds.all().map(|kind| kinds.name(kind)).collect();
        names.extend(&tables);
        return Err(UnknownName::new("schema", kind, &names).into());
    };
    print(&format!("{:#}\n", schema.json_schema(found)))?;
    Ok(ExitCode::SUCCESS)
}

/// The kind of a name, or of its folder.
pub(super) fn kind_of_name(schema: &Schema, name: &str) -> Result<Kind, UnknownName> {
    let kinds = &schema.kinds;
    let found = kinds.of_name(name).or_else(|| kinds.of_folder(name));
    found.ok_or_else(|| {
        let names: Vec<&str> = kinds.all().map(|kind| kinds.name(kind)).collect();
        UnknownName::new("kind", name, &names)
    })
}

/// The kinds and keys of a portal; `None` where its settings have problems, which are reported.
pub(super) fn of_portal(root: &Utf8Path, console: Console) -> Result<Option<Schema>, Failure> {
    let files = Disk::new(root);
    let schema = config::load(&files)
        .map_err(crate::build::BuildError::from)?
        .and_then(|config| Schema::new(&config));
    match schema {
        Ok(schema) => Ok(Some(schema)),
        Err(problems) => {
            console.report(&problems, None, &files, root, ReportFormat::Terminal)?;
            Ok(None)
        }
    }
}
