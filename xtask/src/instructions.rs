//! `cargo xtask instructions`: how many instructions the hot parts of a build take.

use crate::bench::corpus;
use crate::debian;
use crate::failure::Failure;
use crate::shell;
use crate::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Count the instructions of a small build, and compare them with the last recorded
///
/// Builds a portal of generated documents under Valgrind on one thread, with the program of the tests, and prints what each
/// hot part took, of a function and all that it calls. Instructions hardly depend on the machine or on what else it does, so
/// a change of a few percent is a change of the code. No limit fails the run: a reader of the pull request decides.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask instructions             count and compare
  cargo xtask instructions --record    and keep the counts in xtask/instructions.txt")]
pub(crate) struct Arguments {
    /// Keep the counts, to compare the next ones with
    #[arg(long)]
    record: bool,
}

/// How many documents: enough that what is done once for each portal does not dominate.
const DOCUMENTS: usize = 60;

/// What is counted, and the function that does it.
const PARTS: [(&str, &str); 5] = [
    ("document", "portolan::document::read::read"),
    (
        "words",
        "portolan_search::build::prepared::<impl portolan_search::document::IndexDocument>::prepare",
    ),
    ("render", "portolan::render::Renderer::render"),
    ("merge", "portolan_search::build::IndexBuilder::finish"),
    ("all", "PROGRAM TOTALS"),
];

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    // The same call as for the tests, so that both share one build.
    shell::run(workspace::cargo().args(["build", "--workspace", "--bins", "--tests"]))?;
    let report = annotated()?;
    let counts: Vec<(&str, u64)> = PARTS
        .iter()
        .map(|(part, function)| Ok((*part, count(&report, function)?)))
        .collect::<Result<_, Failure>>()?;
    let path = workspace::root().join("xtask/instructions.txt");
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    eprintln!("\n{}", table(&counts, &recorded));
    if arguments.record {
        let lines = counts
            .iter()
            .map(|(part, count)| format!("{part} {count}\n"));
        let text: String = lines.collect();
        std::fs::write(&path, text).map_err(Failure::file("write", &path))?;
    }
    Ok(())
}

/// Builds under Valgrind; gives the functions with their counts.
fn annotated() -> Result<String, Failure> {
    let missing = "no Valgrind was found in $PATH";
    let valgrind = debian::program(&["valgrind"], "valgrind", missing)?;
    let annotate = debian::program(&["callgrind_annotate"], "valgrind", missing)?;
    let folder = workspace::bench().join("instructions");
    super::bench::clear(&folder)?;
    let portal = folder.join("portal");
    corpus::write(&portal, &folder.join("hugo"), DOCUMENTS)?;
    let counts = folder.join("counts");
    let mut build = Command::new(valgrind);
    build
        .args(["--tool=callgrind", "--quiet"])
        .arg(option("--callgrind-out-file=", &counts))
        .arg(workspace::binaries().join("portolan"))
        .args(["build", "--quiet", "--as-of", "2026-01-01", "--root"])
        .arg(&portal)
        .env("RAYON_NUM_THREADS", "1");
    shell::run(&mut build)?;
    let mut annotate = Command::new(annotate);
    annotate
        .args(["--inclusive=yes", "--threshold=100"])
        .arg(&counts);
    shell::output(&mut annotate).ok_or_else(|| Failure::Missing {
        what: format!("{} cannot be read", counts.display()),
        remedy: "see why with callgrind_annotate".to_owned(),
    })
}

fn option(name: &str, value: &Path) -> PathBuf {
    let mut option = std::ffi::OsString::from(name);
    option.push(value);
    option.into()
}

/// The instructions of a function and all that it calls: a line is `1,234 (5.6%)  file:function [program]`.
fn count(report: &str, function: &str) -> Result<u64, Failure> {
    let is_of_function = |line: &str| {
        let place = line.split_once(")  ").map_or("", |(_, place)| place);
        let name = place.rsplit_once(" [").map_or(place, |(name, _)| name);
        let before = name.strip_suffix(function);
        // The file, as far as it is known.
        before.is_some_and(|file| file.is_empty() || file == "???:" || file.ends_with(".rs:"))
    };
    let line = report.lines().find(|line| is_of_function(line));
    let digits = line.and_then(|line| line.split_whitespace().next());
    digits
        .and_then(|digits| digits.replace(',', "").parse().ok())
        .ok_or_else(|| Failure::Missing {
            what: format!("the build does not call `{function}`"),
            remedy: "give its name today in xtask/src/instructions.rs".to_owned(),
        })
}

fn table(counts: &[(&str, u64)], recorded: &str) -> String {
    let mut table = String::from("| part | instructions | change |\n|---|---|---|\n");
    for (part, count) in counts {
        let line = recorded.lines().find_map(|line| line.strip_prefix(part));
        let last: Option<f64> = line.and_then(|line| line.trim().parse().ok());
        let change = last.map_or("new".to_owned(), |last| {
            format!("{:+.1} %", (*count as f64 / last - 1.0) * 100.0)
        });
        table.push_str(&format!("| {part} | {count} | {change} |\n"));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
5,189,608,788 (100.0%)  PROGRAM TOTALS
1,734,125,155 (33.42%)  ???:portolan::render::Renderer::prepare [/target/debug/portolan]
  332,611,644 ( 6.41%)  src/document/read.rs:portolan::document::read::read [/target/debug/portolan]
  332,497,344 ( 6.41%)  ???:portolan::document::read::read_into [/target/debug/portolan]
";

    #[test]
    fn a_function_is_found_by_its_full_name() {
        let prepare = count(REPORT, "portolan::render::Renderer::prepare");
        assert_eq!(prepare.unwrap(), 1_734_125_155);
        assert_eq!(count(REPORT, "PROGRAM TOTALS").unwrap(), 5_189_608_788);
    }

    #[test]
    fn a_function_that_is_not_called_is_named() {
        let failure = count(REPORT, "portolan::render").unwrap_err();
        assert!(
            failure.to_string().contains("`portolan::render`"),
            "{failure}"
        );
    }

    #[test]
    fn a_change_is_told_in_percent_and_a_new_part_as_new() {
        let table = table(&[("render", 110), ("merge", 5)], "render 100\n");
        assert!(table.contains("| render | 110 | +10.0 % |"), "{table}");
        assert!(table.contains("| merge | 5 | new |"), "{table}");
    }
}
