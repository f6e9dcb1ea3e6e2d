//! Holds what people read to plain American technical English and to the terms of U.S. customs practice.
//!
//! The spelling check (`typos.toml`) holds American spelling; this has the words and phrases that are spelled right and
//! still have a standard term.

use std::fs;
use std::path::{Path, PathBuf};

/// Words and phrases to avoid, and what to write instead.
const AVOID: &[(&str, &str)] = &[
    ("anew", "again, de novo"),
    ("best first", "relevance"),
    ("changes of status", "status changes"),
    ("date not known", "date unknown"),
    ("duties back", "drawback, refund of duties"),
    ("everything that changed", "all changes"),
    ("follow by feed", "subscribe"),
    ("for the second time", "duplicate"),
    ("gave no clear answer", "could not be checked"),
    ("gravest", "most severe"),
    ("have a say", "regulate"),
    ("has no words", "has no alt text"),
    ("held against", "checked against"),
    ("hold it against", "check it against"),
    ("is whole", "is valid, is complete"),
    ("leads to nothing", "broken link"),
    ("lead nowhere", "broken link"),
    ("look into the lists", "browse the lists"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("mending", "fixing"),
    ("mends", "fixes"),
    ("misspelt", "misspelled"),
    ("other forms", "other formats"),
    ("partner agencies", "partner government agencies"),
    ("published whole", "published atomically"),
    ("send along", "include"),
    ("stands here", "is here"),
    ("stands in the", "is in the"),
    ("stands twice", "duplicate"),
    ("to be looked at again", "next review"),
    ("turn here for", "contact for"),
    ("watches over", "regulates"),
    ("where the borders run", "boundaries with other Centers"),
    ("whom to turn to", "who to contact"),
    ("whom to write to", "who to contact"),
    ("younger", "later"),
];

/// What people read, editors and developers.
const READ: &[&str] = &[
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "content",
    "docs",
    "customs/src",
    "fuzz/src",
    "search/src",
    "src",
    "themes",
    "xtask/src",
];

/// Folders and files whose words are not ours, or are generated from the sources.
const NOT_OURS: &[&str] = &[
    "content/data/hts.csv",
    "docs/theme-variables.md",
    "themes/default/client/engine.js",
    "themes/default/static/licenses",
    "themes/default/static/uswds.css",
    "themes/default/strings/es.toml",
];

const TEXTS: &[&str] = &[
    "css", "csv", "html", "js", "md", "rs", "toml", "txt", "yaml",
];

fn texts(path: &Path, root: &Path, found: &mut Vec<PathBuf>) {
    let relative = path.strip_prefix(root).unwrap();
    if NOT_OURS.iter().any(|theirs| relative == Path::new(theirs)) {
        return;
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            texts(&entry.unwrap().path(), root, found);
        }
    } else if path
        .extension()
        .is_some_and(|form| TEXTS.iter().any(|text| form == *text))
    {
        found.push(relative.to_owned());
    }
}

/// The words of a text in lower case with single spaces, so that a phrase is found across lines.
fn plain(text: &str) -> String {
    let mut plain = String::from(" ");
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' => plain.extend(c.to_lowercase()),
            _ if !plain.ends_with(' ') => plain.push(' '),
            _ => {}
        }
    }
    plain.push(' ');
    plain
}

#[test]
fn nothing_that_people_read_has_a_word_to_avoid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for place in READ {
        texts(&root.join(place), root, &mut files);
    }
    files.sort();
    assert!(files.len() > 400, "{} files", files.len());
    let mut found = Vec::new();
    for file in &files {
        let text = plain(&fs::read_to_string(root.join(file)).unwrap());
        for (avoid, instead) in AVOID {
            if text.contains(&format!(" {avoid} ")) {
                found.push(format!(
                    "{}: not \"{avoid}\" but \"{instead}\"",
                    file.display()
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
