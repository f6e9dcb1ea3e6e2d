//! Holds the layers: a module uses only what stands before it, so data flows one way.

#![expect(clippy::disallowed_methods, reason = "it reads the sources")]
#![expect(
    clippy::unwrap_used,
    reason = "a source that cannot be read fails the test"
)]

use std::fs;
use std::path::Path;

/// The modules from the ground up; those of one line stand beside each other.
const LAYERS: &[&[&str]] = &[
    &["diagnostic"],
    &["files"],
    &["schema"],
    &["config"],
    &["active_content", "source", "theme"],
    &["document"],
    &["tables"],
    &["portal"],
    &["plan"],
    &["render", "index"],
    &["output"],
    &["build"],
    &["preview", "check", "import"],
    &["cli"],
];

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules that a source file uses and that stand above its own, or beside it.
fn violations(module: &str, source: &str) -> Vec<String> {
    let own = rank(module)
        .unwrap_or_else(|| panic!("`{module}` has no layer: give it one in {}", file!()));
    source
        .lines()
        .filter_map(|line| line.split("//").next())
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .filter(|used| *used != module && rank(used).is_some_and(|used| used >= own))
        .map(|used| format!("`{module}` uses `{used}`, which stands above it"))
        .collect()
}

fn visit(folder: &Path, module: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, module, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            found.extend(
                violations(module, &source)
                    .into_iter()
                    .map(|what| format!("{}: {what}", path.display())),
            );
        }
    }
}

#[test]
fn every_module_uses_only_what_stands_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for entry in fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            visit(&path, &name, &mut found);
        } else if !matches!(name.as_str(), "lib" | "main") {
            found.extend(violations(&name, &fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_stage_that_reaches_forward_is_found() {
    assert_eq!(
        violations("portal", "use crate::render::Renderer;").len(),
        1
    );
    assert!(violations("portal", "use crate::document::Document; // crate::build").is_empty());
}
