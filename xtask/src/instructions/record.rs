//! The counts that were recorded, a part a line: `document 339212751`.

use crate::failure::Failure;
use std::fmt::{self, Write as _};
use std::path::Path;

const HEAD: &str = "\
# Instructions of the parts of a build of generated documents, each with what it calls; in the profile of the tests.
# Written by `cargo xtask instructions --record`.
";

/// Instructions by part, in the order of the table.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) counts: Vec<(String, u64)>,
}

impl Record {
    pub(super) fn read(file: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file).map_err(Failure::file("read", file))?;
        Self::parse(&text).ok_or_else(|| Failure::Missing {
            what: format!("{} is not a list of parts and counts", file.display()),
            remedy: "write it with `cargo xtask instructions --record`".to_owned(),
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let counts = lines.map(|line| {
            let (part, count) = line.split_once(' ')?;
            Some((part.to_owned(), count.parse().ok()?))
        });
        Some(Self {
            counts: counts.collect::<Option<_>>()?,
        })
    }

    fn of(&self, part: &str) -> Option<u64> {
        let found = self.counts.iter().find(|(name, _)| name == part);
        found.map(|(_, count)| *count)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.counts
            .iter()
            .try_for_each(|(part, count)| writeln!(f, "{part} {count}"))
    }
}

/// The counts beside those recorded, in millions, as a table in Markdown.
pub(super) fn table(counted: &Record, recorded: &Record) -> String {
    let mut table =
        String::from("| part | million instructions | recorded | change |\n|---|---|---|---|\n");
    for (part, count) in &counted.counts {
        let now = millions(*count);
        let _ = match recorded.of(part) {
            Some(last) => {
                let change = (*count as f64 / last as f64 - 1.0) * 100.0;
                writeln!(
                    table,
                    "| {part} | {now:.1} | {:.1} | {change:+.1} % |",
                    millions(last)
                )
            }
            None => writeln!(table, "| {part} | {now:.1} | – | – |"),
        };
    }
    table
}

fn millions(count: u64) -> f64 {
    count as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(counts: &[(&str, u64)]) -> Record {
        let counts = counts.iter().map(|&(part, count)| (part.to_owned(), count));
        Record {
            counts: counts.collect(),
        }
    }

    #[test]
    fn a_record_reads_back_equal() {
        let record = record(&[("document", 339_212_751), ("all", 2_532_045_307)]);
        assert_eq!(Record::parse(&record.to_string()), Some(record));
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for text in ["document", "document many", "document 12 13", "\n"] {
            assert_eq!(Record::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_table_shows_the_change_since_the_record() {
        let table = table(
            &record(&[
                ("words", 90_000_000),
                ("render", 110_000_000),
                ("new", 1_000_000),
            ]),
            &record(&[("render", 100_000_000), ("words", 100_000_000)]),
        );
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| words | 90.0 | 100.0 | -10.0 % |",
                "| render | 110.0 | 100.0 | +10.0 % |",
                "| new | 1.0 | – | – |",
            ]
        );
    }
}
