//! Runs the fuzz targets over their seeds, over the corpus of mistakes, and over small changes of both.

#[path = "../../fuzz/src/lib.rs"]
#[expect(
    unreachable_pub,
    reason = "the targets are a library where cargo-fuzz runs them"
)]
mod targets;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fs;
use std::path::Path;

/// The inputs of a folder, sorted by name.
fn inputs(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} is there", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A small change of an input, at a place that counts from 0 to 65,535 over its length.
#[derive(Debug, Clone)]
enum Change {
    Put(u16, Vec<u8>),
    Cut(u16, u8),
    Copy(u16, u16, u8),
}

/// Bytes that mean something to a reader of front matter, markdown, TOML, templates or paths.
const SIGNS: &[&[u8]] = &[
    b"---\n",
    b"\n>>> ",
    b"[",
    b"{",
    b"\"",
    b"'",
    b"\\",
    b"`",
    b"&a ",
    b"*a",
    b"!!x ",
    b"%",
    b"\0",
    b"\xFF",
    b"\xE2\x80\xAE",
    b"\xEF\xBB\xBF",
    b"\r",
    b"\t",
    b": ",
    b"- ",
    b"|",
    b"![](",
    b"](",
    b"<",
    b"javascript:",
    b"../",
    b"{{",
    b"{%",
    b"#",
    b"[^1]",
    b"[^1]: ",
    b"0",
    b"99999999999999999999",
    "é".as_bytes(),
    "😀".as_bytes(),
];

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: u16, length: usize| usize::from(at) * length / (usize::from(u16::MAX) + 1);
        match self {
            Self::Put(at, put) => {
                let at = place(*at, bytes.len() + 1);
                bytes.splice(at..at, put.iter().copied());
            }
            Self::Cut(at, length) => {
                let at = place(*at, bytes.len());
                let end = bytes.len().min(at + usize::from(*length));
                bytes.drain(at..end);
            }
            Self::Copy(from, to, length) => {
                let from = place(*from, bytes.len());
                let end = bytes.len().min(from + usize::from(*length));
                let copied = bytes[from..end].to_vec();
                Self::Put(*to, copied).apply(bytes);
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let sign = proptest::sample::select(SIGNS).prop_map(<[u8]>::to_vec);
    prop_oneof![
        (any::<u16>(), sign).prop_map(|(at, put)| Change::Put(at, put)),
        (any::<u16>(), proptest::collection::vec(any::<u8>(), 1..4))
            .prop_map(|(at, put)| Change::Put(at, put)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, length)| Change::Cut(at, length)),
        (any::<u16>(), any::<u16>(), any::<u8>())
            .prop_map(|(from, to, length)| Change::Copy(from, to, length)),
    ]
}

/// Runs a target over inputs with one to five changes; always the same ones.
fn changed(target: fn(&[u8]), inputs: &[Vec<u8>], cases: u32) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let strategy = (
        proptest::sample::select(inputs.to_vec()),
        proptest::collection::vec(change(), 1..6),
    );
    let result = runner.run(&strategy, |(mut bytes, changes)| {
        changes.iter().for_each(|change| change.apply(&mut bytes));
        target(&bytes);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn target(name: &str) -> fn(&[u8]) {
    let found = targets::TARGETS.iter().find(|(known, _)| *known == name);
    found
        .unwrap_or_else(|| panic!("there is no target {name}"))
        .1
}

/// How many changed inputs a target gets; a portal takes a thousand times as long as a number.
fn cases(name: &str) -> u32 {
    match name {
        "portal" => 60,
        "markdown" => 400,
        _ => 1500,
    }
}

#[test]
fn every_target_has_seeds_and_a_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap();
    for (name, _) in targets::TARGETS {
        assert!(!inputs(&format!("fuzz/seeds/{name}")).is_empty(), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    let seeded = fs::read_dir(root.join("fuzz/seeds")).unwrap().count();
    assert_eq!(seeded, targets::TARGETS.len());
}

#[test]
fn no_seed_breaks_its_target_nor_any_other() {
    for (name, _) in targets::TARGETS {
        for bytes in inputs(&format!("fuzz/seeds/{name}")) {
            for (_, target) in targets::TARGETS {
                target(&bytes);
            }
        }
    }
}

#[test]
fn no_change_of_a_seed_breaks_a_target() {
    for (name, target) in targets::TARGETS {
        changed(*target, &inputs(&format!("fuzz/seeds/{name}")), cases(name));
    }
}

#[test]
fn no_mistake_of_the_corpus_breaks_a_portal_however_it_is_changed() {
    let mistakes = inputs("tests/broken/cases");
    changed(target("portal"), &mistakes, 60);
}
