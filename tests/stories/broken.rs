//! A corpus of mistakes, one a file, each with everything that the program says of it.
//!
//! A file of `tests/broken/cases/` begins with a sentence. Then come the files of the mistake, each after a line
//! `>>> path`, which are laid over a small sound portal, and after `>>> says` the problems in the order of the report.
//! `\x07` in a file or a path is that byte, `\x61{70000}` so many of them.
//!
//! `SNAPSHOTS=overwrite` (`cargo xtask snapshots`) takes over what is said; read the diff before you commit it.

use crate::support::Portal;
use camino::{Utf8Path, Utf8PathBuf};
use portolan::diagnostic::{Diagnostic, report};
use std::fmt::Write as _;
use std::fs;

const PATH: &str = ">>> ";
const SAYS: &str = "says";

/// A word that cases put before their mistakes, and what stands there in the variant with long characters: as many
/// characters, of one to four bytes.
const WORD: (&str, &str) = ("goods", "gö字😀s");

/// Gives another form to a file that lies at a path.
type Vary<'a> = &'a dyn Fn(&str, &[u8]) -> Vec<u8>;

/// One file of the corpus.
struct Case {
    path: Utf8PathBuf,
    /// Everything before `>>> says`, as it is in the file.
    mistake: String,
    says: String,
}

impl Case {
    fn read(path: Utf8PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let says = format!("\n{PATH}{SAYS}\n");
        let (mistake, says) = text
            .split_once(&says)
            .unwrap_or_else(|| panic!("{path} has no line `{PATH}{SAYS}`"));
        Self {
            mistake: mistake.to_owned(),
            says: says.to_owned(),
            path,
        }
    }

    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mark = format!("\n{PATH}");
        let parts = self.mistake.split(&mark).skip(1);
        parts
            .map(|part| {
                let (path, text) = part.split_once('\n').unwrap_or((part, ""));
                let path = String::from_utf8(unescaped(path)).expect("a path is UTF-8");
                (path, unescaped(text))
            })
            .collect()
    }

    fn write(&self, says: &str) {
        let text = format!("{}\n{PATH}{SAYS}\n{says}", self.mistake);
        fs::write(&self.path, text).unwrap();
    }
}

fn cases() -> Vec<Case> {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/cases");
    let mut paths: Vec<Utf8PathBuf> = folder
        .read_dir_utf8()
        .unwrap()
        .map(|item| item.unwrap().into_path())
        .collect();
    paths.sort();
    assert!(paths.len() > 100, "the corpus is not where it was");
    paths.into_iter().map(Case::read).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        let byte = u8::from_str_radix(digits, 16).expect("two digits follow");
        let count = rest
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
            .and_then(|(count, rest)| Some((count.parse().ok()?, rest)));
        let (count, rest) = count.unwrap_or((1, rest));
        bytes.resize(bytes.len() + count, byte);
        bytes.extend(rest.as_bytes());
    }
    bytes
}

/// The portal with a case's files, each passed through `vary`.
fn portal(case: &Case, vary: Vary<'_>) -> Portal {
    let files = case.files().into_iter();
    files.fold(Portal::sound(), |portal, (path, bytes)| {
        portal.with(&path, vary(&path, &bytes))
    })
}

/// What a check says of a case in a variant of its files.
fn say(case: &Case, vary: Vary<'_>) -> String {
    let portal = portal(case, vary);
    told(&portal, &portal.check_for_problems())
}

fn told(portal: &Portal, problems: &[Diagnostic]) -> String {
    let mut said = String::new();
    for problem in report::locate(problems, &portal.memory()) {
        let report::Located {
            file,
            line,
            column,
            severity,
            code,
            message,
            ..
        } = &problem;
        writeln!(
            said,
            "{file}:{line}:{column}: {severity}[{code}]: {message}"
        )
        .unwrap();
        for place in &problem.related {
            writeln!(said, "  {place}").unwrap();
        }
        for note in &problem.notes {
            writeln!(said, "  note: {note}").unwrap();
        }
        if let Some(help) = &problem.help {
            writeln!(said, "  help: {help}").unwrap();
        }
    }
    said
}

fn overwrites() -> bool {
    std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite")
}

/// Asserts that these cases say what they should, in a variant of their files that moves no place.
fn assert_say(cases: impl Iterator<Item = Case>, vary: Vary<'_>, word: &str) {
    if overwrites() {
        // Another test is writing the cases.
        return;
    }
    let mut different = String::new();
    for case in cases {
        let expected = case.says.replace(WORD.0, word);
        let said = say(&case, vary);
        if said != expected {
            let path = case.path;
            write!(
                different,
                "{path}\n--- expected\n{expected}--- said\n{said}\n"
            )
            .unwrap();
        }
    }
    assert!(different.is_empty(), "{different}");
}

/// Every third case, from the one of this number on: each variant alone sees a third, and all together see every case.
fn third(first: usize) -> impl Iterator<Item = Case> {
    cases().into_iter().skip(first).step_by(3)
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(from) {
            result.extend(to);
            rest = after;
        } else {
            result.push(*first);
            rest = tail;
        }
    }
    result
}

fn with_long_characters(bytes: &[u8]) -> Vec<u8> {
    replaced(bytes, WORD.0.as_bytes(), WORD.1.as_bytes())
}

fn with_windows_line_ends(bytes: &[u8]) -> Vec<u8> {
    replaced(bytes, b"\n", b"\r\n")
}

/// Documents and settings only: tables and templates are taken as they are.
fn with_byte_order_mark(path: &str, bytes: &[u8]) -> Vec<u8> {
    if path.ends_with(".md") || path.ends_with(".toml") {
        [b"\xEF\xBB\xBF", bytes].concat()
    } else {
        bytes.to_vec()
    }
}

#[test]
fn every_mistake_is_reported_at_its_place_with_what_to_do() {
    if overwrites() {
        for case in cases() {
            case.write(&say(&case, &|_, bytes| bytes.to_vec()));
        }
    }
    assert_say(cases().into_iter(), &|_, bytes| bytes.to_vec(), WORD.0);
}

#[test]
fn a_build_says_what_a_check_says() {
    for case in third(0) {
        let mut portal = portal(&case, &|_, bytes| bytes.to_vec());
        let checked = told(&portal, &portal.check_for_problems());
        let problems = portal.build_for_problems();
        assert_eq!(told(&portal, &problems), checked, "{}", case.path);
    }
}

#[test]
fn windows_line_ends_move_no_place() {
    assert_say(third(0), &|_, bytes| with_windows_line_ends(bytes), WORD.0);
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    assert_say(third(1), &with_byte_order_mark, WORD.0);
}

#[test]
fn long_characters_move_no_place() {
    assert_say(third(2), &|_, bytes| with_long_characters(bytes), WORD.1);
}

#[test]
fn all_of_these_together_move_no_place() {
    let vary = |path: &str, bytes: &[u8]| {
        let bytes = with_long_characters(bytes);
        with_byte_order_mark(path, &with_windows_line_ends(&bytes))
    };
    assert_say(cases().into_iter(), &vary, WORD.1);
}
