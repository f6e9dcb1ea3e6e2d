//! `portolan lsp`: the language server on the standard streams.

use super::root::{Root, root};
use super::{Failure, context, threads};
use crate::files::Disk;
use crate::lsp::{self, End, LspError, Workspace};
use camino::Utf8Path;
use lsp_server::Connection;
use std::process::ExitCode;
use std::sync::Arc;

/// Serves the editor that started the program, until it ends the session: 0 where it asked to shut down before, else 1.
pub(super) fn lsp(given: Option<&Utf8Path>) -> Result<ExitCode, Failure> {
    let named = given.map(|given| root(Some(given))).transpose()?;
    // Three threads read, write and drop messages, and the library would end the program without them.
    threads::probe().map_err(LspError::Thread)?;
    let (connection, streams) = Connection::stdio();
    let open = |folder: Option<&Utf8Path>| {
        let root = match (&named, folder) {
            (Some(named), _) => named.path.clone(),
            (None, Some(folder)) => {
                Root::above(folder)
                    .map_err(|failure| failure.to_string())?
                    .path
            }
            (None, None) => root(None).map_err(|failure| failure.to_string())?.path,
        };
        let out = root.join("public");
        Ok(Workspace {
            files: Arc::new(Disk::new(&root)),
            context: Box::new(move || context::context(&out, None)),
            root,
        })
    };
    let ended = lsp::serve(&connection, &open);
    // The writer ends when nobody can send any more.
    drop(connection);
    let code = match ended? {
        End::Orderly => ExitCode::SUCCESS,
        End::Abrupt => ExitCode::from(1),
    };
    streams.join().map_err(Failure::Client)?;
    Ok(code)
}
