//! Pagefind, which indexes pages and answers in a browser: all queries are asked at once.

use crate::corpus::Document;
use crate::engines::Result;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The programs that it takes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Programs {
    /// Pagefind's own, which makes the index.
    pub(crate) index: String,
    /// The command that asks it: it is given the folder of the site, reads queries and prints the pages of each.
    pub(crate) ask: Vec<String>,
}

/// The answers to queries that were asked before.
pub(crate) struct Pagefind(BTreeMap<String, Vec<String>>);

impl Pagefind {
    /// Writes a page for each document into `folder`, which is removed at the end, and asks all queries.
    pub(crate) fn new(documents: &[Document], queries: &[&str], folder: &Path, programs: &Programs) -> Result<Self> {
        let said = |error: std::io::Error| format!("{}: {error}", folder.display());
        std::fs::create_dir_all(folder).map_err(said)?;
        std::fs::write(folder.join("index.html"), "<!doctype html><title>Search</title>").map_err(said)?;
        for document in documents {
            std::fs::write(folder.join(format!("{}.html", document.number)), page(document)).map_err(said)?;
        }
        let mut index = Command::new(&programs.index);
        index.arg("--quiet").arg("--site").arg(folder);
        if !index.status().map_err(said)?.success() {
            return Err("Pagefind did not make an index".to_owned());
        }
        let (program, arguments) = programs.ask.split_first().ok_or("--pagefind needs the command that asks it after `--`")?;
        let mut ask = Command::new(program);
        ask.args(arguments).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = ask.spawn().map_err(|error| format!("{program}: {error}"))?;
        // Queries are read before the first is answered, so neither side waits for the other.
        if let Some(mut input) = child.stdin.take() {
            input.write_all(queries.join("\n").as_bytes()).map_err(said)?;
        }
        let output = child.wait_with_output().map_err(said)?;
        if !output.status.success() {
            return Err("Pagefind could not be asked".to_owned());
        }
        std::fs::remove_dir_all(folder).map_err(said)?;
        let output = String::from_utf8_lossy(&output.stdout);
        let answers = queries.iter().zip(output.lines()).map(|(query, line)| {
            let numbers = serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))?;
            Ok(((*query).to_owned(), numbers))
        });
        Ok(Self(answers.collect::<Result<_>>()?))
    }

    pub(crate) fn search(&self, query: &str) -> Result<Vec<String>> {
        self.0.get(query).cloned().ok_or_else(|| format!("`{query}` was not answered"))
    }
}

/// What a site would publish of a document. Pagefind counts headings more than text by itself.
fn page(document: &Document) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=en><title>{number} {title}</title><main data-pagefind-body><h1>{title}</h1><p>{number}</p><p>{hts}</p><p>{text}</p></main></html>",
        number = document.number,
        title = escape(&document.title),
        hts = document.hts.join(" "),
        text = escape(&document.text),
    )
}
