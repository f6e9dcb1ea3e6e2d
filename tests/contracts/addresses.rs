//! An address is written in one place: by the site map, by `addresses.rs` for what earlier stages write, too, and in no
//! template.

use portolan::addresses::RESERVED;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The files that write addresses.
const WRITERS: [&str; 2] = ["src/addresses.rs", "src/sitemap/page.rs"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = WalkDir::new(root().join(folder)).sort_by_file_name();
    let entries = entries.into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(walkdir::DirEntry::into_path).collect()
}

/// The lines of a source file that write an address of the site, tests and comments left out.
fn written(source: &str) -> Vec<&str> {
    let folders = RESERVED.iter().flat_map(|name| {
        let starts = ["\"", "\"/", "}"];
        starts.map(|start| format!("{start}{name}/"))
    });
    let files = RESERVED.iter().flat_map(|name| {
        let forms = ["html", "xml", "json", "txt"];
        forms.map(|form| format!("\"{name}.{form}\""))
    });
    let addresses: Vec<String> = folders.chain(files).collect();
    let lines = source.lines().map(str::trim);
    let lines = lines.take_while(|line| *line != "#[cfg(test)]");
    lines
        .filter(|line| !line.starts_with("//"))
        .filter(|line| addresses.iter().any(|address| line.contains(address)))
        .collect()
}

#[test]
fn no_source_file_but_those_of_addresses_writes_one() {
    let mut found = Vec::new();
    for path in files("src") {
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        let relative = path.strip_prefix(root()).unwrap();
        let is_test =
            path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
        if !is_source || is_test || WRITERS.iter().any(|writer| relative == Path::new(writer)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = written(&text).into_iter();
        found.extend(lines.map(|line| format!("{}: {line}", relative.display())));
    }
    // `index.html` is also how hosts name the page of any folder.
    found.retain(|line| !line.contains("\"index.html\""));
    assert_eq!(found, [""; 0]);
    for writer in WRITERS {
        let text = fs::read_to_string(root().join(writer)).unwrap();
        assert!(!written(&text).is_empty(), "{writer}");
    }
}

/// The parts of a template: text, and what is between marks such as `{{ … }}`.
fn parts(template: &str) -> (String, Vec<&str>) {
    let (mut text, mut inside) = (String::new(), Vec::new());
    let mut rest = template;
    while let Some(at) = rest.find(['{']) {
        let close = match rest.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                text.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        text.push_str(&rest[..at]);
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end);
        inside.push(&rest[at + 2..end]);
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    text.push_str(rest);
    (text, inside)
}

/// The addresses that a template writes by hand.
fn by_hand(template: &str) -> Vec<String> {
    let (text, inside) = parts(template);
    let mut found = Vec::new();
    for attribute in ["href", "src", "srcset", "action", "poster"] {
        for (at, start) in text.match_indices(&format!(" {attribute}=\"")) {
            let value = &text[at + start.len()..];
            let value = value.split('"').next().unwrap_or_default();
            // An anchor, a query and a mail address come after or before an address that is a value.
            let is_known = ["#", "?", "mailto:", "tel:"]
                .iter()
                .any(|start| value.starts_with(start));
            if !value.is_empty() && !is_known {
                found.push(value.to_owned());
            }
        }
    }
    for code in inside {
        let names_template = ["include", "extends", "import"]
            .iter()
            .any(|tag| code.trim_start_matches('-').trim_start().starts_with(tag));
        let texts = code.split('"').collect::<Vec<_>>();
        for (before, text) in texts.iter().zip(texts.iter().skip(1)).step_by(2) {
            let is_file = before.trim_end().ends_with("file=");
            if text.contains('/') && !names_template && !is_file {
                found.push((*text).to_owned());
            }
        }
    }
    found
}

#[test]
fn no_template_writes_an_address() {
    let mut found = Vec::new();
    let mut templates = 0;
    for path in files("themes") {
        if !path
            .components()
            .any(|part| part.as_os_str() == "templates")
        {
            continue;
        }
        templates += 1;
        let addresses = by_hand(&fs::read_to_string(&path).unwrap()).into_iter();
        found.extend(addresses.map(|address| format!("{}: {address}", path.display())));
    }
    assert_eq!(found, [""; 0]);
    assert!(templates > 60, "{templates}");
}

#[test]
fn an_address_in_a_template_is_found_however_it_is_written() {
    for template in [
        r#"<link href="{{ page.root }}assets/style.css">"#,
        r#"<script src="client/search-page.js"></script>"#,
        r#"<a href="/contacts/">"#,
        r#"<form action="../search/">"#,
        r#"<a href="{{ page.root ~ "hts/index.html" }}">"#,
        r#"{% set page = "hts/" %}"#,
    ] {
        assert_eq!(by_hand(template).len(), 1, "{template}");
    }
    for template in [
        r##"<a href="#main">{% include "partials/icon.html" %}"##,
        r#"<use href="{{ asset(file="static/icons.svg") }}#{{ icon }}"></use>"#,
        r#"<a href="{{ page.root }}{{ navigation.search }}?q={{ list.title }}">"#,
        r#"<meta content="0; url={{ page.root }}{{ target }}">{# see docs/themes.md #}"#,
    ] {
        assert_eq!(by_hand(template), [""; 0], "{template}");
    }
}
