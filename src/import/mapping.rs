//! Which column of a table becomes which key of front matter.

use super::{ImportError, clean, disk};
use crate::diagnostic::did_you_mean;
use camino::Utf8Path;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which column becomes which key, and what is the same in every row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The kind of the documents, by its name.
    pub kind: Option<String>,
    /// The content folder of new documents: a Center's, or `shared`.
    pub folder: Option<String>,
    /// Columns by key.
    pub columns: BTreeMap<String, String>,
    /// Values by key, for every row.
    pub constants: BTreeMap<String, String>,
}

/// The file of a mapping.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: Option<String>,
    folder: Option<String>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    constants: BTreeMap<String, toml::Value>,
}

impl Mapping {
    /// Reads the file of a mapping.
    ///
    /// # Errors
    /// When it cannot be read, or what is wrong with it, in words.
    pub fn load(path: &Utf8Path) -> Result<Self, ImportError> {
        Self::parse(&clean::decode(&disk::read(path)?).0)
    }

    fn parse(text: &str) -> Result<Self, ImportError> {
        let file: File = toml::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| ImportError::Mapping(error.to_string().trim_end().to_owned()))?;
        let constants = file
            .constants
            .into_iter()
            .map(|(key, value)| (key, constant(&value)));
        Ok(Self {
            kind: file.kind,
            folder: file.folder,
            columns: file.columns,
            constants: constants.collect(),
        })
    }

    /// Adds `key=Column` from the command line.
    ///
    /// # Errors
    /// When there is no equals sign.
    pub fn map(&mut self, pair: &str) -> Result<(), ImportError> {
        let Some((key, column)) = pair.split_once('=') else {
            let message =
                format!("`{pair}` maps nothing: write it as key=Column, for example title=Title");
            return Err(ImportError::Mapping(message));
        };
        self.columns
            .insert(key.trim().to_owned(), column.trim().to_owned());
        Ok(())
    }

    /// Finds each mapped column in a table's header.
    ///
    /// # Errors
    /// When a column is not there.
    pub(super) fn places(&self, header: &[String]) -> Result<BTreeMap<String, usize>, ImportError> {
        let find = |(key, column): (&String, &String)| {
            let place = header.iter().position(|name| name == column);
            let place = place.or_else(|| {
                header
                    .iter()
                    .position(|name| name.eq_ignore_ascii_case(column))
            });
            place.map(|place| (key.clone(), place)).ok_or_else(|| {
                let help = match did_you_mean(column, header.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the columns are: {}", header.join(", ")),
                };
                ImportError::Mapping(format!("the table has no column `{column}`: {help}"))
            })
        };
        self.columns.iter().map(find).collect()
    }
}

/// A constant as a cell would hold it: lists with `;` between their entries.
fn constant(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => {
            let texts: Vec<String> = values.iter().map(constant).collect();
            texts.join("; ")
        }
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_the_command_line_map_columns() {
        let mut mapping = Mapping::parse(
            "kind = \"publication\"\n[columns]\ntitle = \"Title\"\n[constants]\ntype = \"csms\"\naudience = [\"a\", \"b\"]\n",
        )
        .expect("it is valid");
        mapping.map("date=Issued").expect("it is a pair");
        let header = ["Title".to_owned(), "issued".to_owned()];
        assert_eq!(mapping.places(&header).expect("both are there")["date"], 1);
        assert_eq!(mapping.constants["audience"], "a; b");
        mapping.map("summary=Titel").expect("it is a pair"); // spelling: on purpose
        let error = mapping
            .places(&header)
            .expect_err("it is misspelled")
            .to_string();
        assert!(error.contains("did you mean `Title`?"), "{error}");
    }
}
