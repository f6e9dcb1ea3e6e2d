//! Ports of entry: the table `content/data/ports.csv`.

use crate::diagnostic::Diagnostic;
use crate::tables::csv::CsvTable;
use std::collections::BTreeMap;

/// The file, relative to the portal's root.
pub(super) const PORTS_FILE: &str = "content/data/ports.csv";

/// A port of entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Port {
    /// As a reader sees it.
    pub name: String,
    /// Its four digits in Schedule D.
    pub code: String,
}

/// The ports by the name of their state; a port that lies in two stands in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ports(pub BTreeMap<&'static str, Vec<Port>>);

/// Reads the table.
///
/// # Errors
/// What is wrong with it, at its place.
pub fn read(bytes: &[u8]) -> Result<Ports, Vec<Diagnostic>> {
    let table = CsvTable {
        file: PORTS_FILE,
        columns: &["code", "name", "state"],
        help: "recreate it with the first line `code,name,state`",
    };
    let mut ports = Ports::default();
    let problems = table.rows(bytes, &mut |row| {
        let (start, &[code, name, states]) = (row.start, row.values.as_slice()) else {
            return None;
        };
        let wrong = |what: String, help| Some(table.problem(start, what).help(help));
        if code.len() != 4 || !code.bytes().all(|b| b.is_ascii_digit()) {
            let what = format!("`{code}` is not the code of a port");
            return wrong(what, "write its four digits");
        }
        if name.is_empty() {
            let what = format!("the port {code} has no name");
            return wrong(what, "write its name beside the code");
        }
        for postal in states.split(';').map(str::trim) {
            let Some(state) = state_name(postal) else {
                let what = format!("`{postal}` is no state or territory");
                let help = "write its two letters, as TX; two states stand with `;` between";
                return wrong(what, help);
            };
            ports.0.entry(state).or_default().push(Port {
                name: name.to_owned(),
                code: code.to_owned(),
            });
        }
        None
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    for list in ports.0.values_mut() {
        list.sort();
    }
    Ok(ports)
}

/// The name of a state, a district or a territory by its two letters (U.S. Postal Service, Publication 28).
fn state_name(postal: &str) -> Option<&'static str> {
    let found = STATES.iter().find(|(letters, _)| *letters == postal);
    found.map(|(_, name)| *name)
}

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
    use proptest::prelude::*;

    #[test]
    fn a_port_stands_below_each_of_its_states() {
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
    fn a_row_that_is_no_port_is_reported_at_its_first_byte() {
        for row in [
            "390,Chicago,IL",
            "3901,,IL",
            "3901,Chicago,ZZ",
            "3901,Chicago",
        ] {
            let table = format!("code,name,state\n{row}\n");
            let problems = read(table.as_bytes()).expect_err("the row is wrong");
            assert_eq!(problems[0].span, Some(16..16), "{row}");
        }
        assert_eq!(read(b"code,name\n").expect_err("no state").len(), 1);
    }

    proptest! {
        #[test]
        fn every_place_that_is_told_lies_in_the_file(text in "(code,name,state\n)?([0-9A-Z,;\"é\n]{0,30})") {
            for problem in read(text.as_bytes()).err().unwrap_or_default() {
                prop_assert!(problem.span.is_some_and(|span| span.end <= text.len()));
            }
        }
    }
}
