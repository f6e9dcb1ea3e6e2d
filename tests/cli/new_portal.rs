//! What `init` writes beside the content: every file is valid, and every command in it works.

use super::documented::{commands, run};
use crate::support::program::Folder;
use regex::Regex;
use serde_json::Value;

fn new_portal() -> Folder {
    let folder = Folder::new();
    folder.run(&["init", "portal"]).succeeded();
    folder
}

/// The lines of shell in a workflow: the texts of `run`, `script` and `before_script`.
fn shell_lines(value: &serde_yaml::Value, found: &mut Vec<String>) {
    use serde_yaml::Value::{Mapping, Sequence};
    match value {
        Mapping(entries) => {
            for (key, value) in entries {
                let is_shell = ["run", "script", "before_script"]
                    .iter()
                    .any(|name| key.as_str() == Some(name));
                match value {
                    Sequence(lines) if is_shell => {
                        found.extend(lines.iter().map(|line| line.as_str().unwrap().to_owned()));
                    }
                    value if is_shell => {
                        found.extend(value.as_str().unwrap().lines().map(str::to_owned));
                    }
                    value => shell_lines(value, found),
                }
            }
        }
        Sequence(items) => {
            for item in items {
                shell_lines(item, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_command_of_its_workflows_works() {
    for file in [".github/workflows/portal.yml", ".gitlab-ci.yml"] {
        let folder = new_portal();
        let text = folder.text(&format!("portal/{file}"));
        assert!(!text.contains('@') || !text.contains("@version@"), "{file}");
        let workflow: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let mut lines = Vec::new();
        shell_lines(&workflow, &mut lines);
        let install = lines.iter().find(|line| line.contains("cargo install"));
        let version = concat!("v", env!("CARGO_PKG_VERSION"));
        assert!(
            install.is_some_and(|line| line.contains("--locked")),
            "{file}"
        );
        assert!(
            text.contains(&format!("PORTOLAN_VERSION: {version}\n")),
            "{file}"
        );
        let portolan: Vec<&String> = lines
            .iter()
            .filter(|line| line.starts_with("portolan "))
            .collect();
        assert_eq!(portolan.len(), 2, "{lines:#?}");
        for line in portolan {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            run(&folder.path("portal"), &words);
        }
        assert!(folder.path("portal/public/index.html").exists());
    }
}

#[test]
fn every_command_of_its_readme_works_in_order() {
    let folder = new_portal();
    let commands = commands(&folder.text("portal/README.md"));
    assert!(commands.len() >= 10);
    for command in &commands {
        run(&folder.path("portal"), command);
    }
}

#[test]
fn its_files_for_the_editor_are_valid_and_name_what_is_there() {
    let folder = new_portal();
    let json = |name: &str| -> Value {
        serde_json::from_str(&folder.text(&format!("portal/.vscode/{name}"))).unwrap()
    };
    let settings = json("settings.json");
    let schemas = settings["yaml.schemas"].as_object().unwrap();
    assert_eq!(schemas.len(), 6);
    for (schema, table) in schemas {
        let schema: Value =
            serde_json::from_str(&folder.text(&format!("portal/{schema}"))).unwrap();
        jsonschema::draft7::meta::validate(&schema).unwrap();
        assert!(table.as_str().unwrap().starts_with("content/data/"));
    }
    for kind in [
        "ruling",
        "decision",
        "publication",
        "update",
        "page",
        "center",
    ] {
        let printed = folder.run(&["schema", kind]).succeeded().out;
        assert_eq!(
            printed,
            folder.text(&format!("portal/.vscode/schemas/{kind}.schema.json"))
        );
    }
    assert!(json("extensions.json")["recommendations"].is_array());

    folder.put("portal/content/pages/bad.md", "---\ntitel: T\n---\n"); // spelling: on purpose
    let task = &json("tasks.json")["tasks"][0];
    let words: Vec<&str> = task["command"].as_str().unwrap().split(' ').collect();
    let said = folder.run(&[&words[1..], &["--root", "portal"]].concat());
    let pattern = &task["problemMatcher"]["pattern"];
    let matcher = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let line = said.err.lines().next().unwrap();
    let found = matcher.captures(line).unwrap_or_else(|| panic!("{line}"));
    let group = |name: &str| &found[usize::try_from(pattern[name].as_u64().unwrap()).unwrap()];
    assert_eq!(
        [
            group("file"),
            group("line"),
            group("column"),
            group("severity")
        ],
        ["content/pages/bad.md", "1", "1", "error"]
    );
}

#[test]
fn what_is_there_already_is_not_changed_and_named() {
    let folder = Folder::new()
        .with("portal/README.md", "Mine\n")
        .with("portal/.gitignore", "/public\n");
    let said = folder.run(&["init", "portal"]).succeeded();
    assert_eq!(
        said.err,
        "Created a portal in `portal`. Preview it with: portolan serve --root portal\nnot changed: .gitignore, README.md\nnote: add the line `/.portolan/` to .gitignore\nnote: add the line `/.portolan-cache/` to .gitignore\nnote: add the line `.*.portolan/` to .gitignore\n"
    );
    assert_eq!(folder.text("portal/README.md"), "Mine\n");
    folder.run(&["build", "--root", "portal"]).succeeded();

    let before = folder.files("portal");
    folder.run(&["init", "portal"]).succeeded();
    assert_eq!(folder.files("portal"), before);
}

#[test]
fn a_portal_gets_no_sample_content_but_the_schemas_of_its_own_kinds() {
    let folder = Folder::new().with(
        "site.toml",
        "title = \"T\"\n\n[kinds.bulletins]\nname = \"bulletin\"\n",
    );
    let said = folder.run(&["init", "."]).succeeded();
    assert!(said.err.contains("has a portal already"), "{}", said.err);
    assert!(!folder.path("content").exists());
    assert!(folder.path(".vscode/schemas/bulletin.schema.json").exists());
    assert!(folder.path(".gitlab-ci.yml").exists());
}
