//! The editor's desk at `/_preview/`: what needs an editor's attention, from problems to what changed since the published
//! site, with links into the preview and into the editor.
//!
//! In: the site that is shown, what is wrong now, and what was published. Out: pages and JSON. It knows neither how the
//! preview makes pages nor how it answers: `server/desk.rs` does that.
//!
//! `sections` decides what is listed, `page` makes the pages, `state` says what the bar of an open page shows, `open` and
//! `editor` open a file.

mod editor;
mod open;
mod page;
mod sections;
mod state;

pub use editor::{Editor, EditorAddress, EditorProgram};
pub(super) use open::{NotOpened, Request};
pub(super) use state::unpublished;

use crate::build::{self, Site};
use crate::diagnostic::Severity;
use crate::diagnostic::report::Located;
use crate::files::Disk;
use crate::portal::Revisions;
use camino::Utf8PathBuf;
use open::Token;
use tera::Tera;

/// Where the pages of the desk are.
pub(super) const FOLDER: &str = "/_preview/";

/// What the desk needs beside what is shown.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The portal's folder, absolute.
    pub root: Utf8PathBuf,
    /// The output folder, which has the list of what was published.
    pub out: Utf8PathBuf,
    /// How a file is opened.
    pub editor: Editor,
}

/// What is shown now, and what is wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Current<'a> {
    /// The last site without errors; `None` before the first.
    pub(super) site: Option<&'a Site>,
    /// Sorted by file and place. They may be of a later state than the site.
    pub(super) problems: &'a [Located],
}

impl Current<'_> {
    fn errors(self) -> usize {
        let error = Severity::Error.label();
        let problems = self.problems.iter();
        problems.filter(|one| one.severity == error).count()
    }

    fn warnings(self) -> usize {
        self.problems.len() - self.errors()
    }
}

/// The desk of one run.
#[derive(Debug)]
pub(super) struct Desk {
    root: Utf8PathBuf,
    files: Disk,
    out: Disk,
    editor: Editor,
    token: Token,
    templates: Tera,
}

impl Desk {
    /// Makes the desk. Where others can reach the preview, it opens nothing.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(super) fn new(settings: Settings, is_exposed: bool) -> std::io::Result<Self> {
        let editor = if is_exposed {
            Editor::None(
                "Files cannot be opened in an editor from here, because others can reach this preview (`--host` or \
                 `--allow-host`)."
                    .to_owned(),
            )
        } else {
            settings.editor
        };
        Ok(Self {
            files: Disk::new(&settings.root),
            root: settings.root,
            out: Disk::new(settings.out),
            editor,
            token: Token::new()?,
            templates: page::templates(),
        })
    }

    fn published(&self) -> Revisions {
        build::published(&self.out)
    }
}

#[cfg(test)]
mod tests;
