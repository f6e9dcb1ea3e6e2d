//! A session with one client: which documents are open, what is known of the portal, and which problems it was told.

use super::analysis::{self, Analysis, Analyzer};
use super::answers::problems::{self, ByFile, Shown};
use super::answers::{Answers, completion, hover, navigation, outline, references};
use super::text::{Encoding, OpenDocument, OpenDocuments, Overlay, Root};
use super::{End, LspError, Workspace, capabilities};
use crate::build::Survey;
use crate::diagnostic::LineIndex;
use camino::{Utf8Path, Utf8PathBuf};
use crossbeam_channel::select;
use gen_lsp_types as lsp;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A session that has begun.
pub(super) struct Session<'c> {
    connection: &'c Connection,
    root: Root,
    encoding: Encoding,
    /// The files with the open documents over them.
    files: Overlay,
    analyzer: Analyzer,
    /// The portal as it was last read, also where it has changed since.
    survey: Option<Survey>,
    /// The problems of the last run.
    problems: ByFile,
    /// The open documents of that run: the places of problems count in those texts.
    analyzed: OpenDocuments,
    /// Whether the client reports changes of files by itself.
    watches_files: bool,
    has_shut_down: bool,
}

/// A request that is not answered.
struct Refusal(ErrorCode, String);

impl<'c> Session<'c> {
    /// Answers the first request; `None` where that could not be done, and the client has been told why.
    pub(super) fn begin(
        connection: &'c Connection,
        request: Request,
        open: &dyn Fn(Option<&Utf8Path>) -> Result<Workspace, String>,
    ) -> std::io::Result<Option<Self>> {
        let refuse = |code: ErrorCode, what: String| {
            let response = Response::new_err(request.id.clone(), code as i32, what);
            let _ = connection.sender.send(response.into());
            Ok(None)
        };
        let params: lsp::InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => return refuse(ErrorCode::InvalidParams, error.to_string()),
        };
        let folder = capabilities::folder(&params);
        let Workspace {
            root,
            files,
            context,
        } = match open(folder.as_deref()) {
            Ok(workspace) => workspace,
            Err(what) => return refuse(ErrorCode::RequestFailed, what),
        };
        let root = Root::new(root);
        let encoding = Encoding::agreed(&params.capabilities);
        let base = std::sync::Arc::clone(&files);
        let analyzer = analysis::start(files, context, root.clone(), encoding)?;
        let session = Self {
            connection,
            root,
            encoding,
            files: Overlay {
                base,
                open: OpenDocuments::new(),
            },
            analyzer,
            survey: None,
            problems: ByFile::new(),
            analyzed: OpenDocuments::new(),
            watches_files: capabilities::watches_files(&params.capabilities),
            has_shut_down: false,
        };
        let result = capabilities::of_server(encoding);
        session.send(Response::new_ok(request.id.clone(), result));
        Ok(Some(session))
    }

    /// Goes on until the client ends the session.
    pub(super) fn run(&mut self) -> Result<End, LspError> {
        self.analyze();
        loop {
            select! {
                recv(self.connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) => self.answer(request),
                    Ok(Message::Notification(notification)) if notification.method == "exit" => break,
                    Ok(Message::Notification(notification)) => self.handle_notification(notification),
                    Ok(Message::Response(_)) => {}
                    Err(_) => break,
                },
                recv(self.analyzer.found) -> found => match found {
                    Ok(Ok(analysis)) => self.accept(analysis),
                    Ok(Err(what)) => self.log(&format!("the portal could not be read: {what}")),
                    Err(_) => return Err(LspError::Analysis),
                },
            }
        }
        Ok(if self.has_shut_down {
            End::Orderly
        } else {
            End::Abrupt
        })
    }

    /// Sends a message; where nobody reads it any more, the next message that is received says so.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    fn log(&self, what: &str) {
        let params = lsp::LogMessageParams::new(lsp::MessageType::Warning, what.to_owned());
        self.notify("window/logMessage", params);
    }

    fn analyze(&self) {
        // Where the thread is gone, `run` says so.
        let _ = self.analyzer.changes.send(self.files.open.clone());
    }

    /// What the client tells.
    fn handle_notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let handled = match method.as_str() {
            "textDocument/didOpen" => read(params).map(|params| self.opened(params)),
            "textDocument/didChange" => read(params).map(|params| self.changed(params)),
            "textDocument/didClose" => read(params).map(|params| self.closed(&params)),
            "textDocument/didSave" if !self.watches_files => {
                self.analyze();
                Ok(())
            }
            "workspace/didChangeWatchedFiles" => {
                self.analyze();
                Ok(())
            }
            "initialized" if self.watches_files => {
                let params = capabilities::watch_files();
                let id = "watch-files".to_owned().into();
                self.send(Request::new(
                    id,
                    "client/registerCapability".to_owned(),
                    params,
                ));
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(Refusal(_, what)) = handled {
            self.log(&format!("`{method}` was not understood: {what}"));
        }
    }

    fn opened(&mut self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem {
            uri, version, text, ..
        } = params.text_document;
        let Some(path) = self.root.relative(&uri) else {
            let root = self.root.path();
            return self.log(&format!(
                "`{uri}` is no file of the portal in {root}: it is not checked"
            ));
        };
        let document = OpenDocument {
            uri,
            version,
            text: text.into(),
        };
        self.files.open.insert(path, document);
        self.analyze();
    }

    fn changed(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let lsp::VersionedTextDocumentIdentifier {
            version,
            text_document_identifier,
        } = params.text_document;
        let path = self.root.relative(&text_document_identifier.uri);
        let document = path.and_then(|path| self.files.open.get_mut(&path));
        if let Some(document) = document {
            document.change(version, params.content_changes, self.encoding);
            self.analyze();
        }
    }

    fn closed(&mut self, params: &lsp::DidCloseTextDocumentParams) {
        let path = self.root.relative(&params.text_document.uri);
        if path.is_some_and(|path| self.files.open.remove(&path).is_some()) {
            self.analyze();
        }
    }

    /// Takes what was found over, and tells the client every problem that is new and every file that has none any more.
    fn accept(&mut self, analysis: Analysis) {
        let Analysis {
            open,
            survey,
            problems,
        } = analysis;
        // The last good settings are better than none.
        if survey.is_some() {
            self.survey = survey;
        }
        let before = std::mem::replace(&mut self.problems, problems);
        let analyzed = std::mem::replace(&mut self.analyzed, open);
        let mut paths: Vec<&Utf8PathBuf> = before.keys().chain(self.problems.keys()).collect();
        paths.extend(self.analyzed.keys().chain(analyzed.keys()));
        paths.sort_unstable();
        paths.dedup();
        for path in paths {
            let now = self.problems.get(path).map_or(&[][..], Vec::as_slice);
            let version = |open: &OpenDocuments| open.get(path).map(|document| document.version);
            let is_as_before = before.get(path).map_or(&[][..], Vec::as_slice) == now
                && version(&analyzed) == version(&self.analyzed);
            // The places of another text would underline the wrong words; its own run follows.
            let is_outdated = version(&self.analyzed) != version(&self.files.open);
            if !is_as_before && !is_outdated {
                self.publish(path, now);
            }
        }
    }

    fn publish(&self, path: &Utf8Path, problems: &[Shown]) {
        let document = self.files.open.get(path);
        let params = lsp::PublishDiagnosticsParams {
            uri: document.map_or_else(|| self.root.uri(path), |document| document.uri.clone()),
            version: document.map(|document| document.version),
            diagnostics: problems
                .iter()
                .map(|problem| problem.diagnostic.clone())
                .collect(),
        };
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Answers a request, whatever it is.
    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let result = if self.has_shut_down {
            let what = "the session is shut down".to_owned();
            Err(Refusal(ErrorCode::InvalidRequest, what))
        } else {
            self.result(&method, params)
        };
        self.send(match result {
            Ok(result) => Response::new_ok(id, result),
            Err(Refusal(code, what)) => Response::new_err(id, code as i32, what),
        });
    }

    fn result(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            "textDocument/completion" => {
                let params: lsp::CompletionParams = read(params)?;
                let at = &params.text_document_position_params;
                self.at(at, |answers, path, byte| {
                    completion::complete(answers, path, byte)
                })
            }
            "textDocument/hover" => {
                let params: lsp::HoverParams = read(params)?;
                let at = &params.text_document_position_params;
                self.at(at, hover::hover)
            }
            "textDocument/definition" => {
                let params: lsp::DefinitionParams = read(params)?;
                let at = &params.text_document_position_params;
                self.at(at, |answers, path, byte| {
                    Some(navigation::definition(answers, path, byte))
                })
            }
            "textDocument/references" => {
                let params: lsp::ReferenceParams = read(params)?;
                let at = &params.text_document_position_params;
                let own = params.context.include_declaration;
                self.at(at, |answers, path, byte| {
                    Some(references::references(answers, path, byte, own))
                })
            }
            "textDocument/documentSymbol" => {
                let params: lsp::DocumentSymbolParams = read(params)?;
                let path = self.root.relative(&params.text_document.uri);
                let answers = self.answers();
                result(path.and_then(|path| outline::outline(&answers, &path)))
            }
            "textDocument/codeAction" => {
                let params: lsp::CodeActionParams = read(params)?;
                result(self.actions(&params))
            }
            "shutdown" => {
                self.has_shut_down = true;
                Ok(Value::Null)
            }
            _ => {
                let what = format!("`{method}` is not supported");
                Err(Refusal(ErrorCode::MethodNotFound, what))
            }
        }
    }

    fn answers(&self) -> Answers<'_> {
        Answers {
            survey: self.survey.as_ref(),
            files: &self.files,
            root: &self.root,
            encoding: self.encoding,
        }
    }

    /// Answers what is asked of a place of an open document; with nothing for any other.
    fn at<T: Serialize>(
        &self,
        place: &lsp::TextDocumentPositionParams,
        answer: impl FnOnce(&Answers<'_>, &Utf8Path, usize) -> Option<T>,
    ) -> Result<Value, Refusal> {
        let path = self.root.relative(&place.text_document.uri);
        let open = path.and_then(|path| Some((self.files.open.get(&path)?, path)));
        let Some((document, path)) = open else {
            return Ok(Value::Null);
        };
        let index = LineIndex::new(document.text.as_bytes());
        let byte = self.encoding.byte(&index, &document.text, place.position);
        result(answer(&self.answers(), &path, byte))
    }

    /// The fixes at a place, where the problems there were found in the text that the editor shows.
    fn actions(&self, params: &lsp::CodeActionParams) -> Vec<lsp::CodeAction> {
        let path = self.root.relative(&params.text_document.uri);
        let Some(path) = path else { return Vec::new() };
        let (Some(document), Some(analyzed)) =
            (self.files.open.get(&path), self.analyzed.get(&path))
        else {
            return Vec::new();
        };
        let Some(problems) = self
            .problems
            .get(&path)
            .filter(|_| document.text == analyzed.text)
        else {
            return Vec::new();
        };
        let index = LineIndex::new(document.text.as_bytes());
        let byte = |position| self.encoding.byte(&index, &document.text, position);
        let asked = byte(params.range.start)..byte(params.range.end);
        let only = params.context.only.as_deref();
        problems::actions(document, problems, &asked, only, self.encoding)
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params)
        .map_err(|error| Refusal(ErrorCode::InvalidParams, error.to_string()))
}

fn result(value: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(value)
        .map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
}
