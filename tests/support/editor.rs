//! An editor that talks to the language server: it opens, types, waits for problems and asks.

use super::Portal;
use camino::{Utf8Path, Utf8PathBuf};
use lsp_server::{Connection, Message, Notification, Request};
use portolan::files::{Entry, FileError, Files, Memory};
use portolan::lsp::{self, End, LspError, Workspace};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Where the portal of a test would be on disk.
const ROOT: &str = "/srv/portal";

/// Long enough for a busy machine; what is met waits no longer than it has to.
const LIMIT: Duration = Duration::from_secs(120);

/// Files that change while the server runs.
#[derive(Clone)]
struct Shared(Arc<Mutex<Memory>>);

impl Files for Shared {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        self.0.lock().unwrap().walk(folder)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        self.0.lock().unwrap().read(path)
    }
}

/// An editor with the server that it talks to.
pub(crate) struct Editor {
    connection: Connection,
    server: Option<JoinHandle<Result<End, LspError>>>,
    disk: Shared,
    /// The open documents: version and text.
    open: BTreeMap<String, (i64, String)>,
    /// The newest problems of each file, with the version that they were found in.
    problems: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// What the server logged.
    pub(crate) log: Vec<String>,
    /// What the server asked for.
    pub(crate) asked: Vec<String>,
    requests: i32,
}

/// A place in an open document, as a test marks it with `|`.
#[derive(Debug, Clone)]
pub(crate) struct Cursor {
    path: String,
    line: usize,
    /// In UTF-16 code units.
    character: usize,
}

/// Begins and ends a session.
impl Editor {
    /// Starts the server on a portal.
    pub(crate) fn start(portal: &Portal) -> Self {
        Self::with(portal, &json!({}))
    }

    /// Starts the server for an editor that can do this.
    pub(crate) fn with(portal: &Portal, capabilities: &Value) -> Self {
        let mut editor = Self::silent(portal);
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        let answer = editor.request("initialize", params);
        assert!(answer["capabilities"].is_object(), "{answer}");
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server and says nothing yet.
    pub(crate) fn silent(portal: &Portal) -> Self {
        let (client, server) = Connection::memory();
        let disk = Shared(Arc::new(Mutex::new(portal.memory())));
        let (files, context) = (disk.clone(), portal.context());
        let run = move || {
            let open = |_: Option<&Utf8Path>| {
                let context = context.clone();
                Ok(Workspace {
                    root: Utf8PathBuf::from(ROOT),
                    files: Arc::new(files.clone()),
                    context: Box::new(move || context.clone()),
                })
            };
            lsp::serve(&server, &open)
        };
        Self {
            connection: client,
            server: Some(thread::spawn(run)),
            disk,
            open: BTreeMap::new(),
            problems: BTreeMap::new(),
            log: Vec::new(),
            asked: Vec::new(),
            requests: 0,
        }
    }

    /// Ends the session in order.
    pub(crate) fn quit(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        assert_eq!(self.exit(), End::Orderly);
    }

    pub(crate) fn exit(mut self) -> End {
        self.tell("exit", Value::Null);
        let server = self.server.take().unwrap();
        server.join().expect("the server does not panic").unwrap()
    }
}

/// Sends and receives messages.
impl Editor {
    pub(crate) fn tell(&self, method: &str, params: Value) {
        let message = Notification::new(method.to_owned(), params);
        self.connection.sender.send(message.into()).unwrap();
    }

    /// The answer to a request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let answer = self.try_request(method, params);
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The answer to a request, or why there is none.
    pub(crate) fn try_request(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.requests += 1;
        let request = Request::new(self.requests.into(), method.to_owned(), params);
        self.connection.sender.send(request.into()).unwrap();
        loop {
            if let Message::Response(response) = self.receive() {
                assert_eq!(response.id, self.requests.into());
                return response
                    .response_result
                    .map_err(|error| format!("{}: {}", error.code, error.message));
            }
        }
    }

    fn receive(&mut self) -> Message {
        let message = self.connection.receiver.recv_timeout(LIMIT);
        let message = message.expect("the server says something");
        match &message {
            Message::Notification(Notification { method, params }) => match method.as_str() {
                "textDocument/publishDiagnostics" => {
                    let path = path(&params["uri"]);
                    let problems = params["diagnostics"].as_array().unwrap().clone();
                    let version = params["version"].as_i64();
                    self.problems.insert(path, (version, problems));
                }
                "window/logMessage" => {
                    let text = params["message"].as_str().unwrap_or_default();
                    self.log.push(text.to_owned());
                }
                other => panic!("the server said `{other}`"),
            },
            Message::Request(request) => self.asked.push(request.method.clone()),
            Message::Response(_) => {}
        }
        message
    }
}

/// Opens and types.
impl Editor {
    /// Opens a file of the portal as it is.
    pub(crate) fn open(&mut self, path: &str) -> Vec<String> {
        let bytes = self
            .disk
            .read(path.into())
            .expect("the portal has the file");
        let text = String::from_utf8(bytes).unwrap();
        self.write(path, &format!("{text}|"));
        self.problems(path)
    }

    /// Shows this text, opening the document if it is not open; the cursor is at the `|`.
    pub(crate) fn write(&mut self, path: &str, marked: &str) -> Cursor {
        let at = marked.find('|').expect("the text has a mark");
        let text = marked.replacen('|', "", 1);
        match self.open.get_mut(path) {
            None => {
                let document = json!({
                    "uri": uri(path), "languageId": "markdown", "version": 1, "text": text,
                });
                self.tell("textDocument/didOpen", json!({ "textDocument": document }));
                self.open.insert(path.to_owned(), (1, text));
            }
            Some((version, old)) => {
                *version += 1;
                old.clone_from(&text);
                let document = json!({ "uri": uri(path), "version": version });
                let params =
                    json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
                self.tell("textDocument/didChange", params);
            }
        }
        self.cursor(path, at)
    }

    /// Puts the cursor before some words of an open document.
    pub(crate) fn before(&self, path: &str, words: &str) -> Cursor {
        let at = self.text(path).find(words);
        self.cursor(path, at.unwrap_or_else(|| panic!("no `{words}` in {path}")))
    }

    fn cursor(&self, path: &str, at: usize) -> Cursor {
        let before = self.text(path)[..at].replace("\r\n", "\n");
        let line = before.rsplit('\n').next().unwrap_or_default();
        Cursor {
            path: path.to_owned(),
            line: before.matches('\n').count(),
            character: line.encode_utf16().count(),
        }
    }

    /// Replaces the characters after a place, as an editor sends a change of a few letters.
    pub(crate) fn type_over(&mut self, at: &Cursor, count: usize, text: &str) {
        let (version, old) = self.open.get_mut(&at.path).expect("it is open");
        *version += 1;
        let start = json!({ "line": at.line, "character": at.character });
        let end = json!({ "line": at.line, "character": at.character + count });
        let change = json!({ "range": { "start": start, "end": end }, "text": text });
        let range = change["range"].clone();
        *old = edited(old, &range, text);
        let document = json!({ "uri": uri(&at.path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.tell("textDocument/didChange", params);
    }

    pub(crate) fn close(&mut self, path: &str) {
        self.open.remove(path).expect("it is open");
        let params = json!({ "textDocument": { "uri": uri(path) } });
        self.tell("textDocument/didClose", params);
    }

    /// Changes a file behind the editor's back, and says that it changed.
    pub(crate) fn change_on_disk(&mut self, path: &str, text: &str) {
        let mut disk = self.disk.0.lock().unwrap();
        *disk = disk.clone().with(path, text);
        drop(disk);
        let changes = json!({ "changes": [{ "uri": uri(path), "type": 2 }] });
        self.tell("workspace/didChangeWatchedFiles", changes);
    }

    /// The text of an open document.
    pub(crate) fn text(&self, path: &str) -> &str {
        &self.open[path].1
    }
}

/// Looks and asks.
impl Editor {
    /// The problems of an open document as it is now: `line:column-line:column P0000 message`, from 0 as the protocol
    /// counts.
    pub(crate) fn problems(&mut self, path: &str) -> Vec<String> {
        let wanted = self.open.get(path).map(|(version, _)| *version);
        self.wait(|editor| {
            let found = editor.problems.get(path);
            found.is_some_and(|(version, _)| *version == wanted)
        });
        self.problems[path].1.iter().map(shown).collect()
    }

    /// Waits until a file that may not be open has this many problems, and gives them.
    pub(crate) fn problems_of(&mut self, path: &str, count: usize) -> Vec<String> {
        let count_of = |editor: &Self| editor.problems.get(path).map_or(0, |(_, all)| all.len());
        self.wait(|editor| count_of(editor) == count);
        let found = self.problems.get(path);
        found
            .into_iter()
            .flat_map(|(_, all)| all.iter().map(shown))
            .collect()
    }

    /// Waits until a file has a problem of this code, and gives it as the server sent it.
    pub(crate) fn problem(&mut self, path: &str, code: &str) -> Value {
        let find = |editor: &Self| {
            let (_, all) = editor.problems.get(path)?;
            all.iter().find(|problem| problem["code"] == code).cloned()
        };
        self.wait(|editor| find(editor).is_some());
        find(self).expect("it was waited for")
    }

    /// Every file with problems.
    pub(crate) fn files_with_problems(&self) -> Vec<&str> {
        let with = self.problems.iter().filter(|(_, (_, all))| !all.is_empty());
        with.map(|(path, _)| path.as_str()).collect()
    }

    fn wait(&mut self, is_met: impl Fn(&Self) -> bool) {
        while !is_met(self) {
            self.receive();
        }
    }

    /// Waits until the server has logged something with these words.
    pub(crate) fn logged(&mut self, words: &str) {
        self.wait(|editor| editor.log.iter().any(|line| line.contains(words)));
    }

    fn ask(&mut self, method: &str, at: &Cursor) -> Value {
        let context = json!({ "includeDeclaration": false });
        let place = json!({ "line": at.line, "character": at.character });
        let document = json!({ "uri": uri(&at.path) });
        let params = json!({ "textDocument": document, "position": place, "context": context });
        self.request(method, params)
    }

    /// What can be typed at a place: `label: detail`.
    pub(crate) fn completions(&mut self, at: &Cursor) -> Vec<String> {
        let items = self.completion_items(at);
        let item = |item: &Value| {
            let label = item["label"].as_str().unwrap();
            let detail = item["detail"].as_str();
            detail.map_or_else(|| label.to_owned(), |detail| format!("{label}: {detail}"))
        };
        items.iter().map(item).collect()
    }

    pub(crate) fn completion_items(&mut self, at: &Cursor) -> Vec<Value> {
        let method = "textDocument/completion";
        let params = json!({
            "textDocument": { "uri": uri(&at.path) },
            "position": { "line": at.line, "character": at.character },
        });
        let answer = self.request(method, params);
        answer["items"].as_array().cloned().unwrap_or_default()
    }

    /// The text after the completion with this label is taken.
    pub(crate) fn complete(&mut self, at: &Cursor, label: &str) -> String {
        let items = self.completion_items(at);
        let item = items.iter().find(|item| item["label"] == label);
        let item = item.unwrap_or_else(|| panic!("`{label}` is not among {items:#?}"));
        let edit = &item["textEdit"];
        edited(
            self.text(&at.path),
            &edit["range"],
            edit["newText"].as_str().unwrap(),
        )
    }

    /// What the editor shows where the pointer rests.
    pub(crate) fn hover(&mut self, at: &Cursor) -> String {
        let answer = self.ask("textDocument/hover", at);
        answer["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Where the definition is: `path:line:column`, from 0.
    pub(crate) fn definition(&mut self, at: &Cursor) -> Vec<String> {
        places(&self.ask("textDocument/definition", at))
    }

    /// Where it is referred to.
    pub(crate) fn references(&mut self, at: &Cursor) -> Vec<String> {
        places(&self.ask("textDocument/references", at))
    }

    /// The actions at a place.
    pub(crate) fn actions(&mut self, at: &Cursor, only: Option<&str>) -> Vec<Value> {
        let place = json!({ "line": at.line, "character": at.character });
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({
            "textDocument": { "uri": uri(&at.path) },
            "range": { "start": place, "end": place },
            "context": context,
        });
        let answer = self.request("textDocument/codeAction", params);
        answer.as_array().unwrap().clone()
    }

    /// Does what an action says.
    pub(crate) fn apply(&mut self, action: &Value) {
        for change in action["edit"]["documentChanges"].as_array().unwrap() {
            let path = path(&change["textDocument"]["uri"]);
            let (version, _) = self.open[&path];
            assert_eq!(change["textDocument"]["version"], version);
            let mut edits = change["edits"].as_array().unwrap().clone();
            // Their places count in the text as it is: the last one goes first.
            edits.reverse();
            let text = edits
                .iter()
                .fold(self.text(&path).to_owned(), |text, edit| {
                    edited(&text, &edit["range"], edit["newText"].as_str().unwrap())
                });
            self.write(&path, &format!("{text}|"));
        }
    }
}

pub(crate) fn uri(path: &str) -> String {
    format!("file://{ROOT}/{path}")
}

fn path(uri: &Value) -> String {
    let uri = uri.as_str().unwrap();
    let path = uri.strip_prefix(&format!("file://{ROOT}/"));
    path.unwrap_or_else(|| panic!("{uri} is not in the portal"))
        .to_owned()
}

fn shown(problem: &Value) -> String {
    let message = problem["message"].as_str().unwrap();
    let message = message.lines().next().unwrap_or_default();
    let code = problem["code"].as_str().unwrap();
    format!("{} {code} {message}", range(&problem["range"]))
}

fn range(range: &Value) -> String {
    let place = |place: &Value| format!("{}:{}", place["line"], place["character"]);
    format!("{}-{}", place(&range["start"]), place(&range["end"]))
}

fn places(answer: &Value) -> Vec<String> {
    let places = answer.as_array().cloned().unwrap_or_default();
    let place = |place: &Value| {
        let start = &place["range"]["start"];
        let path = path(&place["uri"]);
        format!("{path}:{}:{}", start["line"], start["character"])
    };
    places.iter().map(place).collect()
}

/// A text after an edit, whose columns count UTF-16 code units.
fn edited(text: &str, range: &Value, new: &str) -> String {
    let byte = |place: &Value| {
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let lines = text.split_inclusive('\n').take(number(&place["line"]));
        let start: usize = lines.map(str::len).sum();
        let mut units = 0;
        let mut chars = text[start..].char_indices();
        let at = chars.find(|(_, c)| {
            let is_there = units >= number(&place["character"]);
            units += c.len_utf16();
            is_there
        });
        at.map_or(text.len(), |(at, _)| start + at)
    };
    let (start, end) = (byte(&range["start"]), byte(&range["end"]));
    [&text[..start], new, &text[end..]].concat()
}
