//! The rows of a table as mappings: the first row names the keys, and each cell is a value with its place.

use super::{COMMA, Record as Cells, cells, records, row_start};
use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use crate::schema::field::Field;
use crate::schema::node::{Node, Value};
use crate::schema::reader::{Dialect, Reader};
use crate::schema::record::{Keys, Record};
use camino::Utf8Path;
use std::ops::Range;

/// Reads a table of `content/data/` whose columns have a type, in any order; rows without a value are skipped. `each` takes
/// a row, and checks what several rows must say together.
///
/// # Errors
/// Everything that is wrong with it, each at its place.
pub(crate) fn read<T: Keys>(
    file: &str,
    bytes: &[u8],
    mut each: impl FnMut(&mut Reader<'_>, T),
) -> Result<(), Vec<Diagnostic>> {
    let file = Utf8Path::new(file);
    let text = files::text(bytes, file)?;
    let mut reader = Reader::new(file, text, Dialect::Csv);
    let section = T::section();
    // Rows of text in memory that may differ in length: nothing is left that could fail.
    let mut rows = records(bytes, COMMA).map_while(Result::ok);
    let names = rows
        .next()
        .map(|row| nodes(bytes, &row))
        .unwrap_or_default();
    let start = row_start(bytes, None);
    // A spreadsheet may write columns without a name behind the last one.
    let named = names.iter().filter(|name| !name.is_empty());
    let header = Node {
        value: Value::Mapping(named.map(|name| (name.clone(), name.clone())).collect()),
        span: start..start,
    };
    let Some(record) = reader.record(&header, &section, start..start) else {
        return Err(reader.problems());
    };
    if reader.has_problems() {
        return Err(reader.problems());
    }
    let columns: Vec<(usize, &Field, &Node)> = record
        .entries()
        .filter_map(|(field, key, _)| {
            let place = names.iter().position(|name| name.span == key.span)?;
            Some((place, field, key))
        })
        .collect();
    for row in rows {
        let values = nodes(bytes, &row);
        if values.len() != names.len() {
            let what = "this line of the table has more or fewer columns than the first one";
            let help = "put a text that has commas into double quotes";
            reader.report(Code::InvalidData, row.start..row.start, what, help);
            break;
        }
        if values.iter().all(Node::is_empty) {
            continue;
        }
        let mut record = Record::default();
        for (place, field, key) in &columns {
            record.push(field, key, &values[*place]);
        }
        if let Some(row) = T::from_record(&mut reader, &record) {
            each(&mut reader, row);
        }
    }
    reader.finish(Some(()))
}

/// The cells of a row without blanks and quotes around them. Each counts as quoted: `null` is a text here.
fn nodes(bytes: &[u8], row: &Cells) -> Vec<Node> {
    let mut places = cells(bytes, row.start, COMMA);
    let nodes = row.iter().map(|text| Node {
        value: Value::Scalar {
            text: text.trim().to_owned(),
            quoted: true,
        },
        span: trimmed(bytes, places.next().unwrap_or(row.start..row.start)),
    });
    nodes.collect()
}

fn trimmed(bytes: &[u8], cell: Range<usize>) -> Range<usize> {
    let text = &bytes[cell.clone()];
    let is_edge = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'"';
    let Some(first) = text.iter().position(|byte| !is_edge(byte)) else {
        return cell;
    };
    let last = text
        .iter()
        .rposition(|byte| !is_edge(byte))
        .unwrap_or(first);
    cell.start + first..cell.start + last + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Located, keys};
    use proptest::prelude::*;

    keys! {
        struct Row, "a row" {
            year: u32 => [help("say which")],
            name: Located<String> => [alias("title")],
            note: Option<String>,
        }
    }

    fn rows(text: &str) -> Result<Vec<Row>, Vec<Diagnostic>> {
        let mut rows = Vec::new();
        read("a.csv", text.as_bytes(), |_, row| rows.push(row)).map(|()| rows)
    }

    /// What is wrong, each with the text at its place and the help.
    fn wrong(text: &str) -> Vec<(String, &str, String)> {
        let problems = rows(text).err().expect("something is wrong").into_iter();
        problems
            .map(|problem| {
                let span = problem.span.expect("it has a place");
                (
                    problem.message,
                    &text[span],
                    problem.help.unwrap_or_default(),
                )
            })
            .collect()
    }

    #[test]
    fn rows_are_read_by_the_names_of_the_columns_in_any_order() {
        let text = "\u{feff}note, title ,year,,\n,\" a, b \",7,,\n,,,,\nnull,\"c\",8,,\n";
        let rows = rows(text).expect("it is sound");
        assert_eq!((rows[0].year, rows[0].name.as_str()), (7, "a, b"));
        assert_eq!(&text[rows[0].name.span.clone()], "a, b");
        assert_eq!(
            (rows[0].note.as_deref(), rows[1].note.as_deref()),
            (None, Some("null"))
        );
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn columns_are_held_to_the_same_rules_as_keys() {
        let columns = "year,nam,note,title,Year\n1,a,,b,2\n"; // spelling: on purpose
        let said = |what: &str, place, help: &str| (what.to_owned(), place, help.to_owned());
        assert_eq!(
            wrong(columns),
            [
                said("a row has no column `nam`", "nam", "did you mean `name`?"), // spelling: on purpose
                said("a row has no column `Year`", "Year", "did you mean `year`?"),
            ]
        );
        assert_eq!(
            wrong("year,name,title\n"),
            [
                said("duplicate column: `title`", "title", "keep one of the two"),
                said(
                    "`note` is missing: every row has one",
                    "",
                    "add a column `note`"
                ),
            ]
        );
        assert_eq!(wrong("").len(), 3);
        // A doubled quotation mark and a name as long as its bytes.
        let escaped = "\"\"\"\u{200b}\"\"\u{200b}\n";
        assert_eq!(wrong(escaped).len(), 4);
    }

    #[test]
    fn a_wrong_cell_is_reported_at_its_own_bytes() {
        let said = |what: &str, place, help: &str| (what.to_owned(), place, help.to_owned());
        assert_eq!(
            wrong("year,name,note\nx,,\n\"y\",a,b\n1,a,b,c\n1,,\n"),
            [
                said(
                    "`year` is a whole number, found `x`",
                    "x",
                    "write it as `24`; say which"
                ),
                said("`name` has no value", "", "write it as `…`"),
                said(
                    "`year` is a whole number, found `y`",
                    "y",
                    "write it as `24`; say which"
                ),
                said(
                    "this line of the table has more or fewer columns than the first one",
                    "",
                    "put a text that has commas into double quotes"
                ),
            ]
        );
    }

    proptest! {
        #[test]
        fn every_place_lies_in_the_file(text in "(year,name,note\n)?([0-9a,;\"é\u{200b}\r\n]{0,30})") {
            for problem in rows(&text).err().unwrap_or_default() {
                let span = problem.span.expect("it has a place");
                prop_assert!(text.get(span).is_some());
            }
        }
    }
}
