//! The editor's desk, and who can have it open a file.
#![cfg(unix)]

use crate::support::preview::{LIMIT, Preview, RULING, portal, ruling};
use crate::support::site::put;
use std::fs::{self, Permissions};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// An editor that says what it was started with.
struct Editor {
    folder: tempfile::TempDir,
}

impl Editor {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let editor = Self { folder };
        let program = editor.program();
        fs::write(&program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.said\"\n").unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        let made = Command::new("mkfifo").arg(editor.said()).status().unwrap();
        assert!(made.success());
        editor
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("an editor")
    }

    fn said(&self) -> PathBuf {
        self.folder.path().join("an editor.said")
    }

    /// Waits until it was started, and gives its arguments.
    fn arguments(&self) -> Vec<String> {
        let said = fs::read_to_string(self.said()).unwrap();
        said.lines().map(str::to_owned).collect()
    }

    fn option(&self) -> String {
        format!(
            "--editor='{}' --new -- {{path}} {{line}} {{column}}",
            self.program().display()
        )
    }
}

fn ask(preview: &Preview, first: &str, headers: &str) -> String {
    let host = &preview.address;
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    write!(
        stream,
        "{first} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1);
    status
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

/// The token that the pages of a preview have.
fn token(preview: &Preview) -> String {
    let drafts = ask(preview, "GET /_preview/drafts/", "");
    let (_, rest) = drafts.split_once("token=").expect("a draft is listed");
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// Asks as a page of the preview does.
fn open(preview: &Preview, query: &str) -> String {
    let origin = format!(
        "Origin: http://{}\r\nContent-Length: 0\r\n",
        preview.address
    );
    ask(preview, &format!("POST /_preview/open?{query}"), &origin)
}

fn start(root: &Path, arguments: &[&str]) -> Preview {
    let root = ["--root", root.to_str().unwrap()];
    Preview::start(Path::new("/"), &[&root, arguments].concat())
}

fn draft() -> String {
    ruling("First").replace("---\nText", "draft: true\n---\nText")
}

#[test]
fn a_page_of_the_preview_opens_a_file_of_the_portal_and_nothing_else() {
    let (_temp, root) = portal();
    put(root.join(RULING), draft());
    put(root.join("secret.txt"), "secret");
    let editor = Editor::new();
    let preview = start(&root, &[&editor.option()]);
    let token = token(&preview);

    for path in [
        "secret.txt",
        "/etc/hostname",
        "../portal/site.toml",
        "content/../secret.txt",
        "content/%2e%2e/secret.txt",
        "--help",
        "-x",
        "content/electronics",
        "content/nowhere.md",
        "content/static/list.csv",
        "",
        "content/electronics/rulings/n301234.md%00",
    ] {
        let answer = open(
            &preview,
            &format!("path={path}&line=1&column=1&token={token}"),
        );
        assert_eq!(status(&answer), 404, "{path}: {answer}");
    }
    let asked = format!("path={RULING}&line=5&column=8");
    for wrong in [
        "",
        "&token=",
        "&token=0",
        &format!("&token={}", "0".repeat(64)),
    ] {
        let answer = open(&preview, &format!("{asked}{wrong}"));
        assert_eq!(status(&answer), 403, "{wrong}: {answer}");
    }
    let target = format!("POST /_preview/open?{asked}&token={token}");
    for headers in [
        "",
        "Origin: null\r\n",
        "Origin: http://evil.example\r\n",
        "Origin: http://127.0.0.1:1\r\n",
    ] {
        let answer = ask(&preview, &target, headers);
        assert_eq!(status(&answer), 403, "{headers}: {answer}");
    }
    assert_eq!(
        status(&ask(&preview, &target.replace("POST", "GET"), "")),
        405
    );

    let answer = open(&preview, &format!("{asked}&token={token}"));
    assert_eq!(status(&answer), 204, "{answer}");
    let file = root.join(RULING);
    // What was refused before started nothing: it would have spoken first.
    let expected = ["--new", "--", file.to_str().unwrap(), "5", "8"];
    assert_eq!(editor.arguments(), expected);
}

#[test]
fn a_file_that_a_link_leads_out_of_the_portal_is_not_opened() {
    let (temp, root) = portal();
    put(root.join(RULING), draft());
    put(temp.path().join("outside/a.md"), "secret");
    let editor = Editor::new();
    let preview = start(&root, &[&editor.option()]);
    let token = token(&preview);
    symlink(temp.path().join("outside"), root.join("content/linked")).unwrap();
    preview.says("content/linked");
    let answer = open(&preview, &format!("path=content/linked&token={token}"));
    assert_eq!(status(&answer), 404, "{answer}");
}

#[test]
fn an_editor_that_cannot_be_started_is_named() {
    let (_temp, root) = portal();
    put(root.join(RULING), draft());
    let preview = start(&root, &["--editor", "/nowhere/editor"]);
    let token = token(&preview);
    let answer = open(&preview, &format!("path={RULING}&token={token}"));
    assert_eq!(status(&answer), 500);
    assert!(answer.contains("`editor` cannot be started"), "{answer}");
}

#[test]
fn a_preview_that_others_can_reach_opens_nothing_and_says_why() {
    let (_temp, root) = portal();
    put(root.join(RULING), draft());
    for exposed in [["--host", "0.0.0.0"], ["--allow-host", "laptop.example"]] {
        let preview = start(&root, &[&exposed[..], &["--editor", "true"]].concat());
        let desk = ask(&preview, "GET /_preview/", "");
        assert!(
            desk.contains("because others can reach this preview"),
            "{desk}"
        );
        assert!(!desk.contains("token="), "{desk}");
        let answer = open(&preview, &format!("path={RULING}"));
        assert_eq!(status(&answer), 403, "{answer}");
        assert!(answer.contains("because others can reach"), "{answer}");

        let preview = start(
            &root,
            &[&exposed[..], &["--editor-url", "own://{path}"]].concat(),
        );
        let desk = ask(&preview, "GET /_preview/", "");
        assert!(!desk.contains("own:"), "{desk}");
    }
}

#[test]
fn the_desk_follows_edits_and_compares_with_what_was_published() {
    let (_temp, root) = portal();
    let built = Command::new(crate::support::program::PROGRAM)
        .args(["build", "--quiet", "--root", root.to_str().unwrap()])
        .status();
    assert!(built.unwrap().success());
    let preview = Preview::of(&root);
    let desk = preview.get("_preview/");
    assert!(
        desk.contains("content-security-policy: default-src 'none'"),
        "{desk}"
    );
    assert!(desk.contains("referrer-policy: same-origin"), "{desk}");
    assert!(!desk.contains("draft: true</p>"), "{desk}");
    put(root.join(RULING), draft());
    preview.shows("_preview/changed/", "Removed: it is now a draft");
    preview.shows("_preview/drafts/", "n301234.md:5:8");
    // The list of a Center shows the draft, and marks it.
    preview.shows("electronics/rulings/index.html", "status draft\">Draft<");
    preview.shows(
        "_preview/page.json?path=/rulings/n301234.html",
        "\"state\":\"Draft\"",
    );
    put(
        root.join(RULING),
        ruling("First").replace("2018-11-05", "11/05/2018"),
    );
    preview.shows("_preview/problems/", "write it as 2018-11-05");
    let built = fs::read_to_string(root.join("public/electronics/rulings/index.html")).unwrap();
    assert!(!built.contains("status draft"), "{built}");
}
