//! `portolan lsp`, as an editor starts it: messages on standard input and output, and how it ends.

use crate::support::program::{Folder, ProgramOutput, program};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The program while an editor talks to it.
struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let header = format!("Content-Length: {}\r\n\r\n", text.len());
        self.send_raw([header.as_bytes(), text.as_bytes()].concat().as_slice());
    }

    /// The next message that is meant.
    fn receive(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "it ended");
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.trim().parse().unwrap();
                }
                if line == "\r\n" {
                    break;
                }
            }
            let mut text = vec![0; length];
            self.output.read_exact(&mut text).unwrap();
            let message: Value = serde_json::from_slice(&text).unwrap();
            assert_eq!(message["jsonrpc"], "2.0");
            if is_meant(&message) {
                return message;
            }
        }
    }

    fn request(&mut self, id: i64, method: &str, params: &Value) -> Value {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.receive(|message| message["id"] == id)
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Its exit code and what it said on standard error.
    fn ended(mut self) -> (Option<i32>, String) {
        drop(self.input.take());
        let mut said = String::new();
        let mut errors = self.child.stderr.take().unwrap();
        errors.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

fn portal() -> Folder {
    let folder = Folder::new();
    folder.run(&["init", "portal"]).succeeded();
    folder.put(
        "portal/content/pages/about.md",
        "---\ntitle: About\n---\nText.\n",
    );
    folder
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn initialize(folder: &Path) -> Value {
    json!({ "processId": null, "rootUri": uri(folder), "capabilities": {} })
}

#[test]
fn an_editor_opens_a_document_is_told_what_is_wrong_and_ends_the_session() {
    let folder = portal();
    // The editor works in a folder of the portal, and was started elsewhere.
    let mut server = Server::start(&mut program(folder.root(), &["lsp", "--stdio"]));
    let content = folder.path("portal/content");
    let answer = server.request(1, "initialize", &initialize(&content));
    assert_eq!(answer["result"]["serverInfo"]["name"], "portolan");
    assert_eq!(
        answer["result"]["capabilities"]["positionEncoding"],
        "utf-16"
    );
    server.notify("initialized", &json!({}));
    let about = uri(&content.join("pages/about.md"));
    let document = json!({
        "uri": about, "languageId": "markdown", "version": 7, "text": "---\ntitles: About\n---\n",
    });
    server.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    let told = server.receive(|message| message["params"]["version"] == 7);
    assert_eq!(told["params"]["uri"], about);
    assert_eq!(told["params"]["diagnostics"][0]["code"], "P0020");
    assert_eq!(
        server.request(2, "shutdown", &json!(null))["result"],
        json!(null)
    );
    server.notify("exit", &json!(null));
    assert_eq!(server.ended(), (Some(0), String::new()));
    // What was typed is not saved.
    assert!(
        folder
            .text("portal/content/pages/about.md")
            .contains("title")
    );
}

#[test]
fn an_editor_that_goes_away_ends_it() {
    let folder = portal();
    let root = folder.path("portal");
    let mut server = Server::start(&mut program(&root, &["lsp"]));
    server.request(1, "initialize", &initialize(&root));
    assert_eq!(server.ended(), (Some(1), String::new()));
    let mut server = Server::start(&mut program(&root, &["lsp"]));
    server.notify("exit", &json!(null));
    assert_eq!(server.ended(), (Some(1), String::new()));
}

#[test]
fn a_folder_without_a_portal_is_said_in_the_answer() {
    let folder = Folder::new();
    let mut server = Server::start(&mut program(folder.root(), &["lsp"]));
    let answer = server.request(1, "initialize", &initialize(folder.root()));
    let said = answer["error"]["message"].as_str().unwrap();
    assert!(said.starts_with("there is no site.toml in `"), "{said}");
    server.notify("exit", &json!(null));
    assert_eq!(server.ended().0, Some(1));
    let said = folder.run(&["lsp", "--root", "none"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(said.err, "error: there is no site.toml in `none`\n");
}

#[test]
fn what_is_no_message_ends_it_with_a_reason() {
    let folder = portal();
    let root = folder.path("portal");
    for bytes in [
        "Content-Length: 5\r\n\r\nhello",
        "hello\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
    ] {
        let mut server = Server::start(&mut program(&root, &["lsp"]));
        server.send_raw(bytes.as_bytes());
        let (code, said) = server.ended();
        assert_eq!(code, Some(2), "{bytes:?}: {said}");
        let reason = "error: the messages of the editor cannot be read or answered: malformed";
        assert!(
            said.starts_with(reason) || said.contains("invalid digit"),
            "{said}"
        );
    }
}

#[test]
fn without_threads_it_says_so() {
    let folder = portal();
    let mut command = program(&folder.path("portal"), &["lsp"]);
    let said = ProgramOutput::by(command.env("RUST_MIN_STACK", "1152921504606846976"));
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.starts_with("error: cannot start a thread: "),
        "{said:?}"
    );
}
