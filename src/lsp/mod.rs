//! A language server for editors (Language Server Protocol 3.17): problems as they are typed, fixes, completion, hover,
//! definitions and references.
//!
//! In: messages of a client, the portal's files with what is not saved yet laid over them. Out: messages. It writes no file:
//! a fix is an edit that the editor makes. The portal is read again after each change on a thread of its own (`analysis`),
//! questions are answered from the last one that was read (`answers`).

mod analysis;
mod answers;
mod capabilities;
mod session;
mod text;

pub use analysis::Context;

use crate::files::Files;
use camino::{Utf8Path, Utf8PathBuf};
use lsp_server::{Connection, ErrorCode, Message, Response};
use session::Session;
use std::sync::Arc;

/// A portal that is served.
pub struct Workspace {
    /// Its folder, absolute.
    pub root: Utf8PathBuf,
    /// The files in it.
    pub files: Arc<dyn Files>,
    /// Makes the context of each run.
    pub context: Context,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Workspace").field(&self.root).finish()
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The client said so, after it asked to shut down.
    Orderly,
    /// The client ended it, or went away, without asking to shut down first.
    Abrupt,
}

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum LspError {
    /// No thread can be started.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
    /// The thread that reads the portal ended: a bug.
    #[error("the thread that reads the portal has ended")]
    Analysis,
}

/// Serves one client until it ends the session.
///
/// `open` finds the portal from the folder that the client works in, or says in words why there is none.
///
/// # Errors
/// When no thread can be started.
pub fn serve(
    connection: &Connection,
    open: &dyn Fn(Option<&Utf8Path>) -> Result<Workspace, String>,
) -> Result<End, LspError> {
    while let Ok(message) = connection.receiver.recv() {
        match message {
            Message::Request(request) if request.method == "initialize" => {
                let begun = Session::begin(connection, request, open);
                if let Some(mut session) = begun.map_err(LspError::Thread)? {
                    return session.run();
                }
            }
            Message::Request(request) => {
                let code = ErrorCode::ServerNotInitialized as i32;
                let what = "the first request must be `initialize`".to_owned();
                let response = Response::new_err(request.id, code, what);
                // Where nobody reads the answer, the next message says so.
                let _ = connection.sender.send(response.into());
            }
            Message::Notification(notification) if notification.method == "exit" => break,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
    Ok(End::Abrupt)
}
