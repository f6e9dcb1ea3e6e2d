//! Every `portolan` command in a block of shell commands of README.md and docs/ works, exactly as it is written.
//!
//! Commands of one file run in their order, in a new portal that lies beside the files that they name. Those of `cargo`
//! are what CI itself runs.

use crate::support::program::{Folder, ProgramOutput, program};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// A search answer, a detail answer and others' records, as docs/importing.md names them.
const INPUTS: &[(&str, &str)] = &[
    (
        "search.json",
        r#"{"rulings": [{"rulingNumber": "N300001", "subject": "The tariff classification of a lamp", "rulingDate": "2019-04-29T00:00:00", "collection": "ny", "tariffs": "9405.21.0000"}], "totalHits": 1}"#,
    ),
    (
        "detail.json",
        r#"{"rulingNumber": "N300002", "subject": "The tariff classification of a cable", "rulingDate": "2019-04-30T00:00:00", "collection": "ny", "tariffs": "8544.42.9090", "text": "FACTS:\n\nThe cable is of copper."}"#,
    ),
    (
        "rulings.jsonl",
        r#"{"rulingNumber": "N300003", "subject": "The tariff classification of a chair", "rulingDate": "2019-05-02T00:00:00", "collection": "ny", "tariffs": "9401.69.8005"}"#,
    ),
    (
        "harvest/N300004.json",
        r#"{"rulingNumber": "N300004", "subject": "The tariff classification of a table", "rulingDate": "2019-05-03T00:00:00", "collection": "ny", "tariffs": "9403.60.8081"}"#,
    ),
    (
        "other.jsonl",
        r#"{"ruling_id": "N300005", "ruling_date": "2019-05-04", "code": "9403.60.8081", "about": "A table"}"#,
    ),
    (
        "other.toml",
        "[columns]\nnumber = \"ruling_id\"\ndate = \"ruling_date\"\nhts = \"code\"\ntitle = \"about\"\n",
    ),
    (
        "notices.csv",
        "Title,Issued,Type\nA notice on cables,2019-04-29,csms\n",
    ),
    (
        "notices.toml",
        "kind = \"publication\"\n\n[columns]\ntitle = \"Title\"\ndate = \"Issued\"\ntype = \"Type\"\n",
    ),
];

/// The commands of a document, each as words without its comment.
pub(crate) fn commands(text: &str) -> Vec<Vec<String>> {
    let blocks = text.split("```sh\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    lines
        .map(|line| words(line.split(" #").next().unwrap_or_default()))
        .filter(|words| words.first().is_some_and(|word| word == "portolan"))
        .collect()
}

/// Words as a shell reads them, as far as double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for sign in line.trim().chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            sign => words.last_mut().unwrap().push(sign),
        }
    }
    words
}

pub(crate) fn run(folder: &Path, words: &[String]) -> String {
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let mut command = program(folder, &arguments);
    if words[1] != "serve" {
        return ProgramOutput::by(&mut command).succeeded().all();
    }
    // A preview is up once it has built.
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut said = String::new();
    for line in lines.map_while(Result::ok) {
        said += &(line.clone() + "\n");
        if line.contains(" -> http://") {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(said.contains("; 0 errors"), "{words:?}: {said}");
    said
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap();
    let mut all: Vec<PathBuf> = docs
        .map(|item| item.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    all.push(root.join("README.md"));
    all.sort();
    all
}

#[test]
fn every_documented_command_works_as_it_is_written() {
    let mut count = 0;
    for document in documents() {
        let commands = commands(&fs::read_to_string(&document).unwrap());
        if commands.is_empty() {
            continue;
        }
        let folder = Folder::new();
        folder.run(&["init", "portal"]).succeeded();
        for (path, text) in INPUTS {
            folder.put(&format!("portal/{path}"), text);
        }
        let portal = folder.path("portal");
        if document.ends_with("docs/preview.md") {
            folder.run(&["init", "portal/my-portal"]).succeeded();
        }
        for command in commands {
            run(&portal, &command);
            count += 1;
        }
    }
    assert!(count >= 20, "only {count} commands were found");
}
