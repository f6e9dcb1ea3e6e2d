//! Every code has a page whose example gives that code and whose fix does not.
//!
//! A page (`src/diagnostic/codes/`) has the files of its example in fenced blocks that name them, laid over a small sound
//! portal: ```` ```yaml content/pages/a.md ````. A block ```` ```link path ```` is a symbolic link. `\xE9` is that byte.

use crate::support::Portal;
use camino::Utf8Path;
use portolan::build::BuildContext;
use portolan::cache::Facts;
use portolan::check::{self, external};
use portolan::diagnostic::{Code, report};
use portolan::files::{Files as _, Memory};
use portolan::portal::Revisions;
use std::fmt::Write as _;

/// The two parts of a page that have examples: the example and the fix.
fn examples(page: &str) -> (&str, &str) {
    let rest = page
        .split_once("\n## Example\n")
        .map_or("", |(_, rest)| rest);
    rest.split_once("\n## How to fix it\n")
        .unwrap_or((rest, ""))
}

/// The portal with the files of an example.
fn portal(example: &str) -> Memory {
    // What examples of images show.
    let portal = Portal::sound().with("content/static/tracker.png", "");
    let mut files = portal.memory();
    let mut lines = example.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let (language, path) = info.split_once(' ').expect("a block names its file");
        let text: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        files = if language == "link" {
            files.with_link(path)
        } else {
            files.with(path, unescaped(&text))
        };
    }
    files
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

/// The code and place of every problem, links out of the portal included.
fn problems(files: &Memory) -> Vec<String> {
    let today = jiff::civil::date(2026, 1, 2);
    let published = files.read(Utf8Path::new("public/.portolan-revisions"));
    let context = BuildContext {
        published: Revisions::read(&published.unwrap_or_default()),
        ..BuildContext::on(today)
    };
    let mut outcome = check::check(files, &Facts::default(), context, &()).unwrap();
    if let Some(site) = &outcome.result {
        let web = external::MemoryWeb::new().with(
            "https://here.example/notice",
            [external::Reply::Status(200)],
        );
        let mut cache = external::Cache::default();
        let tried = external::try_links(&site.portal, &web, &mut cache, today, &|_, _| ());
        outcome.problems.extend(tried.problems);
    }
    let located = report::locate(&outcome.problems, files).into_iter();
    located
        .map(|problem| {
            let report::Located {
                code,
                file,
                line,
                column,
                ..
            } = problem;
            format!("{code} at {file}:{line}:{column}")
        })
        .collect()
}

#[test]
fn every_code_has_a_page_with_its_title() {
    let missing: Vec<String> = Code::ALL
        .iter()
        .filter(|code| !code.page().starts_with(&format!("# {code}: ")))
        .map(|code| format!("src/diagnostic/codes/{code}.md"))
        .collect();
    assert!(missing.is_empty(), "write: {}", missing.join(", "));
}

#[test]
fn every_page_is_of_a_code() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/codes");
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        let code: Code = path.file_stem().unwrap().parse().unwrap();
        assert_eq!(path.file_name(), Some(format!("{code}.md").as_str()));
    }
}

#[test]
fn every_example_gives_its_code_at_its_place_and_every_fix_gives_nothing() {
    let mut different = String::new();
    // Those of imports are about sources, not about a portal.
    let of_imports = [Code::UnusableRecord, Code::KeptFile];
    for code in Code::ALL.iter().filter(|code| !of_imports.contains(code)) {
        let (example, fixed) = examples(code.page());
        let place = example
            .lines()
            .find_map(|line| line.strip_prefix("Reported at "));
        let expected = format!("{code} at {}", place.unwrap_or("a line `Reported at …`"));
        let found = problems(&portal(example));
        if found != [expected.as_str()] {
            writeln!(
                different,
                "{code}: the example gives {found:?}, not {expected}"
            )
            .unwrap();
        }
        let found = problems(&portal(fixed));
        if fixed.is_empty() || !found.is_empty() {
            writeln!(different, "{code}: the fix gives {found:?}").unwrap();
        }
    }
    assert!(different.is_empty(), "{different}");
}

/// All pages as one document. The heading of each is the code alone, so that its anchor is `#p0023`.
fn documentation() -> String {
    let mut out = String::from(
        "# Diagnostics\n\n\
         Every problem has a code that never changes its meaning. `portolan explain P0023` prints its section of this page.\n\
         The documents in the examples are made up. This page is generated from `src/diagnostic/codes/`: edit the files\n\
         there, then run `cargo xtask snapshots`.\n\n\
         | code | meaning |\n|---|---|\n",
    );
    for code in Code::ALL {
        let anchor = code.to_string().to_lowercase();
        writeln!(out, "| [{code}](#{anchor}) | {} |", code.title()).unwrap();
    }
    for code in Code::ALL {
        let page = code.page();
        let text = page.split_once('\n').map_or("", |(_, text)| text);
        let text = text.replace("\n## Example\n", "\n### Example\n");
        let text = text.replace("\n## How to fix it\n", "\n### How to fix it\n");
        write!(out, "\n## {code}\n\n**{}**\n{text}", code.title()).unwrap();
    }
    out
}

#[test]
fn the_documentation_is_made_of_the_pages() {
    let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let expected = documentation();
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/diagnostics.md is not what the pages make: run `cargo xtask snapshots`"
    );
}
