//! The settings in docs/editors.md are what editors can read, and start the server.

use serde_json::Value;
use std::fs;
use std::path::Path;

/// The blocks of code of the document, each with its language.
fn blocks() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/editors.md");
    let text = fs::read_to_string(path).unwrap();
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((language.to_owned(), code.join("\n")));
        }
    }
    blocks
}

#[test]
fn the_settings_of_editors_can_be_read() {
    let mut read = Vec::new();
    for (language, text) in blocks() {
        match language.as_str() {
            "toml" => drop(toml::from_str::<toml::Table>(&text).expect(&text)),
            "json" => drop(serde_json::from_str::<Value>(&text).expect(&text)),
            "rust" => drop(syn::parse_file(&text).expect(&text)),
            // No parser is at hand; the commands are run by tests/cli/documented.rs.
            "lua" | "sh" => {}
            other => panic!("what is `{other}`?"),
        }
        read.push(language);
    }
    read.sort();
    read.dedup();
    assert_eq!(read, ["json", "lua", "rust", "sh", "toml"]);
}

#[test]
fn each_editor_starts_the_language_server() {
    let all = blocks();
    let has = |language: &str, words: &str| {
        let mut blocks = all.iter().filter(|(of, _)| of == language);
        blocks.any(|(_, text)| text.contains(words))
    };
    let helix = all
        .iter()
        .find(|(_, text)| text.contains("[language-server.portolan]"));
    let helix: toml::Table = toml::from_str(&helix.expect("Helix has a block").1).unwrap();
    let server = &helix["language-server"]["portolan"];
    assert_eq!(server["command"].as_str(), Some("portolan"));
    assert_eq!(server["args"][0].as_str(), Some("lsp"));
    assert_eq!(
        helix["language"][0]["language-servers"][0].as_str(),
        Some("portolan")
    );
    assert!(has("lua", "cmd = { 'portolan', 'lsp' }"));
    assert!(has("json", "\"glspc.server.commandArguments\": [\"lsp\"]"));
    assert!(has("rust", "args: vec![\"lsp\".into()]"));
}
