//! Ports of entry: the table `content/data/ports.csv`.

use super::tariff::csv_problem;
use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;
use std::ops::Range;

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

/// The ports by the name of their state; a port that lies in two stands in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ports(pub BTreeMap<&'static str, Vec<Port>>);

/// Reads the table.
///
/// # Errors
/// What is wrong with it, at its place.
pub fn read(bytes: &[u8]) -> Result<Ports, Vec<Diagnostic>> {
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    let problem = |span: Range<usize>, message: String, help: &str| {
        Diagnostic::error(Code::InvalidData, PORTS_FILE, message)
            .at(span)
            .help(help)
    };
    let broken = |error: &csv::Error| csv_problem(error, PORTS_FILE, bytes.len(), bom);
    let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[bom..]);
    let columns = reader.headers().map_err(|error| vec![broken(&error)])?;
    let column = |name: &str| {
        let place = columns.iter().position(|column| column.trim() == name);
        let what = format!("the table has no column `{name}`");
        place.ok_or_else(|| {
            vec![problem(
                bom..bom,
                what,
                "the first line is `code,name,state`",
            )]
        })
    };
    let (code, name, state) = (column("code")?, column("name")?, column("state")?);
    let mut ports = Ports::default();
    let mut problems = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(broken(&error));
                break;
            }
        };
        let text = |at: usize| record.get(at).unwrap_or_default().trim();
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(0) + bom;
        let port = Port {
            name: text(name).to_owned(),
            code: text(code).to_owned(),
        };
        if port.code.len() != 4 || !port.code.bytes().all(|b| b.is_ascii_digit()) {
            let what = format!("`{}` is not the code of a port", port.code);
            problems.push(problem(start..start, what, "write its four digits"));
            continue;
        }
        if port.name.is_empty() {
            let what = format!("the port {} has no name", port.code);
            problems.push(problem(
                start..start,
                what,
                "write its name beside the code",
            ));
            continue;
        }
        for postal in text(state).split(';').map(str::trim) {
            match state_name(postal) {
                Some(name) => ports.0.entry(name).or_default().push(port.clone()),
                None => {
                    let what = format!("`{postal}` is no state or territory");
                    let help = "write its two letters, as TX; two states stand with `;` between";
                    problems.push(problem(start..start, what, help));
                }
            }
        }
    }
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
