//! The only way to the standard streams: data goes to standard output and has to arrive, messages go to standard error and
//! never end a run.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the way to the standard streams"
)]

use std::io::{self, IsTerminal as _, Write as _};

/// Data that did not arrive.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output: {0}")]
pub(super) struct OutputError(#[source] io::Error);

impl OutputError {
    /// Whether the reader has seen enough, as `head` has after some lines.
    pub(super) fn is_closed_pipe(&self) -> bool {
        self.0.kind() == io::ErrorKind::BrokenPipe
    }
}

/// Writes data to standard output.
pub(super) fn print(text: &str) -> Result<(), OutputError> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(OutputError)
}

/// Writes a message to standard error. Where that is full or closed there is nobody to tell, and the work goes on.
pub(super) fn message(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Whether messages are read by a person at a terminal.
pub(super) fn has_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Whether a person at a terminal can be asked.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && has_terminal()
}

/// Prints what the argument parser has to say: help as data, a mistake as a message.
pub(super) fn usage(error: &clap::Error) -> Result<(), OutputError> {
    let printed = error.print().and_then(|()| io::stdout().flush());
    if error.use_stderr() {
        return Ok(());
    }
    printed.map_err(OutputError)
}
