//! Ports of entry: the table `content/data/ports.csv`.

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{FromText, Keys as _, Section, Shape, Wrong, csv, keys};
use std::collections::BTreeMap;

/// The file, relative to the portal's root.
pub const PORTS_FILE: &str = "content/data/ports.csv";

/// A port of entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Port {
    /// As a reader sees it.
    pub name: String,
    /// Its four digits in Schedule D.
    pub code: String,
}

/// The ports by the name of their state; one that lies in two is listed in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ports(pub BTreeMap<&'static str, Vec<Port>>);

keys! {
    /// A row of the table.
    struct Row, "a port" {
        code: String => [example("3901"), rule(code_problem)],
        name: String => [example("Chicago")],
        states as "state": States => [example("IL;IN")],
    }
}

/// The columns of the table.
pub(super) fn section() -> Section {
    Row::section()
}

/// Reads the table.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub fn read(bytes: &[u8]) -> Result<Ports, Vec<Diagnostic>> {
    let mut ports = Ports::default();
    csv::read(PORTS_FILE, bytes, |_, row: Row| {
        for state in row.states.0 {
            ports.0.entry(state).or_default().push(Port {
                name: row.name.clone(),
                code: row.code.clone(),
            });
        }
    })?;
    for list in ports.0.values_mut() {
        list.sort();
    }
    Ok(ports)
}

/// What is wrong with the code of a port (Schedule D of the Census Bureau).
pub(super) fn code_problem(text: &str) -> Option<(String, String)> {
    let is_code = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    (!is_code).then(|| {
        (
            format!("is not the code of a port: `{text}`"),
            "write its four digits".to_owned(),
        )
    })
}

/// The names of the states that a port lies in.
struct States(Vec<&'static str>);

impl FromText for States {
    fn shape() -> Shape {
        Shape::Text
    }

    fn from_text(key: &str, text: &str) -> Result<Self, Wrong> {
        let states = text.split(';').map(str::trim).map(|postal| {
            let mut states = STATES.iter();
            let state = states.find(|(letters, _)| *letters == postal);
            state.map(|(_, name)| *name).ok_or_else(|| {
                Wrong::new(
                    Code::InvalidData,
                    format!("`{key}`: `{postal}` is not a state or territory"),
                    "write its two letters, for example TX; separate two states with `;`",
                )
            })
        });
        states.collect::<Result<_, _>>().map(Self)
    }

    fn to_text(&self) -> String {
        self.0.join(";")
    }
}

/// The name of each state, district or territory by its two letters (U.S. Postal Service, Publication 28).
const STATES: &[(&str, &str)] = &[
    ("AK", "Alaska"),
    ("AL", "Alabama"),
    ("AR", "Arkansas"),
    ("AS", "American Samoa"),
    ("AZ", "Arizona"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DC", "District of Columbia"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MA", "Massachusetts"),
    ("MD", "Maryland"),
    ("ME", "Maine"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MP", "Northern Mariana Islands"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VI", "U.S. Virgin Islands"),
    ("VT", "Vermont"),
    ("WA", "Washington"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_listed_in_each_of_its_states() {
        let table = "code,name,state\n3908,Davenport-Rock Island,IA;IL\n3901,Chicago,IL\n";
        let ports = read(table.as_bytes()).expect("it is sound");
        let names = |state: &str| {
            let ports = ports.0[state].iter();
            ports.map(|port| port.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names("Illinois"), ["Chicago", "Davenport-Rock Island"]);
        assert_eq!(names("Iowa"), ["Davenport-Rock Island"]);
    }

    #[test]
    fn a_row_that_is_no_port_is_reported_at_its_cell() {
        for (row, cell) in [
            ("390,Chicago,IL", "390"),
            ("3901,,IL", ""),
            ("3901,Chicago,ZZ", "ZZ"),
            ("3901,Chicago,\"IL; Texas\"", "IL; Texas"),
            ("3901,Chicago", ""),
        ] {
            let table = format!("code,name,state\n{row}\n");
            let problems = read(table.as_bytes()).expect_err("the row is wrong");
            let span = problems[0].span.clone().expect("it has a place");
            assert_eq!((&table[span], problems.len()), (cell, 1), "{row}");
        }
        assert_eq!(read(b"code,name\n").expect_err("no state").len(), 1);
    }
}
