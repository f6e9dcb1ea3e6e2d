//! What builds cost: the first one, with nothing changed, with one document changed; `check`; the peers; a copy of the site.

use super::measure::{Cost, measure, median_of_three};
use super::peers::Peer;
use super::{Arguments, Corpus};
use crate::corpus;
use crate::failure::Failure;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A row of the table.
pub(super) struct Row {
    name: &'static str,
    /// What it cost, or why that is not known.
    cost: Result<Cost, String>,
}

/// What was measured at one size.
pub(super) struct Builds {
    documents: usize,
    first: Cost,
    rows: Vec<Row>,
}

/// Measures; the portal has its site and its cache afterward.
pub(super) fn measure_builds(
    program: &Path,
    corpus: &Corpus,
    arguments: &Arguments,
) -> Result<Builds, Failure> {
    let portolan = |command: &str| {
        let mut portolan = Command::new(program);
        portolan.args([command, "--quiet", "--root"]);
        portolan.arg(&corpus.portal);
        measure(&mut portolan)
    };
    let first = portolan("build")?;
    let unchanged = median_of_three(|| portolan("build"))?;
    let edited = corpus::edited(&corpus.portal, &corpus.hugo, corpus.documents)?;
    let changed = median_of_three(|| {
        corpus::edit(&edited.portal.0)?;
        portolan("build")
    })?;
    let check = median_of_three(|| portolan("check"))?;
    let site = corpus.portal.join("public");
    let mut copy = Command::new("cp");
    copy.arg("-r").arg(&site).arg(corpus.folder.join("copy"));
    let copy = measure(&mut copy)?;
    let mut rows: Vec<Row> = [
        ("Portolan, first build", first),
        ("Portolan, nothing changed", unchanged),
        ("Portolan, one document changed", changed),
        ("Portolan, check", check),
        ("`cp -r` of the site", copy),
    ]
    .into_iter()
    .map(|(name, cost)| Row {
        name,
        cost: Ok(cost),
    })
    .collect();
    if !arguments.no_pagefind {
        rows.push(Row {
            name: "Pagefind, index of the same pages",
            cost: peer(Peer::Pagefind, corpus, |pagefind| {
                pagefind.args(["--quiet", "--site"]).arg(&site);
                pagefind
                    .arg("--output-path")
                    .arg(corpus.folder.join("pagefind"));
            }),
        });
    }
    if !arguments.no_hugo {
        rows.push(Row {
            name: "Hugo, first build without search",
            cost: peer(Peer::Hugo, corpus, |hugo| {
                hugo.args(["--quiet", "--source"]).arg(&corpus.hugo);
            }),
        });
    }
    Ok(Builds {
        documents: corpus.documents,
        first,
        rows,
    })
}

/// What a peer costs. One that fails leaves the figures of the others.
fn peer(
    peer: Peer,
    corpus: &Corpus,
    add_arguments: impl FnOnce(&mut Command),
) -> Result<Cost, String> {
    if let Some(obstacle) = peer.obstacle(corpus.documents) {
        return Err(obstacle);
    }
    let measured = peer.program().and_then(|program| {
        let mut command = Command::new(program);
        add_arguments(&mut command);
        measure(&mut command)
    });
    measured.map_err(|failure| failure.to_string())
}

/// The table in Markdown, with the growth of the first build below it.
pub(super) fn table(sizes: &[Builds]) -> String {
    let mut text = String::from(
        "| documents | run | seconds | of the first build | processor seconds | peak memory |\n|---|---|---|---|---|---|\n",
    );
    for Builds {
        documents,
        first,
        rows,
    } in sizes
    {
        for Row { name, cost } in rows {
            let _ = match cost {
                Ok(cost) => writeln!(
                    text,
                    "| {documents} | {name} | {:.2} | {:.2} | {:.2} | {} MB |",
                    cost.seconds,
                    cost.seconds / first.seconds,
                    cost.processor_seconds,
                    cost.peak_kilobytes / 1024
                ),
                Err(why) => writeln!(text, "| {documents} | {name} | {why} | | | |"),
            };
        }
    }
    for pair in sizes.windows(2) {
        let exponent = exponent(
            (pair[0].documents, pair[0].first.seconds),
            (pair[1].documents, pair[1].first.seconds),
        );
        let _ = write!(
            text,
            "\nFrom {} to {} documents, the time of a first build grows by the power {exponent:.2}.\n",
            pair[0].documents, pair[1].documents
        );
    }
    text
}

/// The power of the number of documents by which seconds grow: 1 is linear.
fn exponent((few, short): (usize, f64), (many, long): (usize, f64)) -> f64 {
    (long / short).ln() / (many as f64 / few as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(seconds: f64) -> Cost {
        Cost {
            seconds,
            processor_seconds: 2.0 * seconds,
            peak_kilobytes: 2048,
        }
    }

    #[test]
    fn the_table_has_every_row_and_says_why_one_has_no_figures() {
        let size = |documents, seconds| Builds {
            documents,
            first: cost(seconds),
            rows: vec![
                Row {
                    name: "first",
                    cost: Ok(cost(seconds)),
                },
                Row {
                    name: "peer",
                    cost: Err("left out".to_owned()),
                },
            ],
        };
        let table = table(&[size(10, 1.0), size(100, 10.0)]);
        assert_eq!(
            table.lines().skip(2).collect::<Vec<_>>(),
            [
                "| 10 | first | 1.00 | 1.00 | 2.00 | 2 MB |",
                "| 10 | peer | left out | | | |",
                "| 100 | first | 10.00 | 1.00 | 20.00 | 2 MB |",
                "| 100 | peer | left out | | | |",
                "",
                "From 10 to 100 documents, the time of a first build grows by the power 1.00.",
            ]
        );
    }
}
