//! The command line: arguments in, data to standard output, messages to standard error, an exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge, where folders, environment and clock come in"
)]

mod args;
mod build;
mod check;
mod console;
mod context;
mod explain;
mod import;
mod init;
mod list;
mod lsp;
mod manual;
mod mv;
mod new;
mod output;
mod prompt;
mod root;
mod schema;
mod search;
mod serve;
mod threads;
mod timings;
mod unknown;
mod where_is;

use crate::build::BuildError;
use crate::config::CONFIG_FILE;
use crate::files::FileError;
use crate::lsp::LspError;
use crate::preview::PreviewError;
use args::{Arguments, Command};
use camino::Utf8PathBuf;
use clap::Parser as _;
use console::Console;
use explain::ExplainError;
use import::ImportFailure;
use init::InitError;
use mv::MoveError;
use new::NewError;
use output::{OutputError, message};
use search::SearchError;
use std::process::ExitCode;
use unknown::UnknownName;

/// A usage or environment failure, in words.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("there is no {CONFIG_FILE} in `{0}` or any folder above it")]
    NoRoot(Utf8PathBuf),
    #[error("there is no {CONFIG_FILE} in `{0}`")]
    NotARoot(Utf8PathBuf),
    #[error("the current folder cannot be used: {0}")]
    CurrentFolder(String),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Preview(#[from] PreviewError),
    #[error(transparent)]
    Lsp(#[from] LspError),
    #[error("the messages of the editor cannot be read or answered: {0}")]
    Client(std::io::Error),
    #[error(transparent)]
    Init(#[from] InitError),
    #[error(transparent)]
    New(#[from] NewError),
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Import(#[from] ImportFailure),
    #[error(transparent)]
    Explain(#[from] ExplainError),
    #[error(transparent)]
    Unknown(#[from] UnknownName),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("cannot write the summary of the job (GITHUB_STEP_SUMMARY): {0}")]
    Summary(std::io::Error),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("{0} cannot be used: {1}")]
    Editor(&'static str, String),
    #[error("external links cannot be checked, because no thread can be started: {0}")]
    NoThreads(std::io::Error),
}

impl Failure {
    /// Whether whoever reads standard output has seen enough.
    fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Output(error)
            | Self::Search(SearchError::Output(error))
            | Self::Import(ImportFailure::Output(error)) => error.is_closed_pipe(),
            _ => false,
        }
    }
}

/// The code of a program in a pipe whose reader went away: 128 and the number of SIGPIPE, as shells show it.
const CLOSED_PIPE: u8 = 128 + 13;

/// Runs the program: 0 for success, 1 for problems in the content, 2 for usage or environment.
#[must_use]
pub fn run() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => end(command(&arguments)),
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let printed = output::usage(&error).map_err(Failure::from);
            end(printed.map(|()| ExitCode::from(code)))
        }
    }
}

fn end(outcome: Result<ExitCode, Failure>) -> ExitCode {
    match outcome {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::from(CLOSED_PIPE),
        Err(failure) => {
            message(&format!("error: {failure}\n"));
            ExitCode::from(2)
        }
    }
}

fn command(arguments: &Arguments) -> Result<ExitCode, Failure> {
    threads::start(std::env::var("RAYON_NUM_THREADS").ok().as_deref());
    let console = Console::new(arguments);
    let root = || root::root(arguments.root.as_deref());
    match &arguments.command {
        Command::Init { folder } => init::init(folder, console),
        Command::New(options) => new::new(&root()?, options, arguments.no_input, console),
        Command::Mv { from, to, dry_run } => mv::mv(&root()?, from, to, *dry_run, console),
        Command::Where { what, format } => where_is::where_is(&root()?, what, *format, console),
        Command::Build { out, checks } => build::build(&root()?, out.as_deref(), checks, console),
        Command::Import { from } => Ok(import::import(&root()?.path, from, console)?),
        Command::Check { checks, options } => check::check(&root()?.path, checks, options, console),
        Command::List(filter) => list::list(&root()?.path, filter, console),
        Command::Lsp { .. } => lsp::lsp(arguments.root.as_deref()),
        Command::Schema { kind } => match (root(), &arguments.root) {
            // Only a portal that was named must be there.
            (Err(failure), Some(_)) => Err(failure),
            (root, _) => schema::schema(root.ok().map(|root| root.path).as_deref(), kind, console),
        },
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { folder } => manual::man(folder),
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Search(options) => search::search(options, root),
        Command::Serve {
            listen,
            as_of,
            poll,
            editing,
        } => serve::serve(&root()?.path, listen, *as_of, *poll, editing, console),
    }
}
