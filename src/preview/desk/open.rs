//! Who may have a file opened, and which.

use super::editor::{Editor, Spot};
use super::{Current, Desk, FOLDER};
use crate::config::CONFIG_FILE;
use crate::files::{percent_decoded, resolve};
use camino::{Utf8Component, Utf8Path};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// A secret of one run. Only pages of the preview can read it, so a request that has it comes from one.
///
/// Compared as a hash is, in a time that does not depend on where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token(blake3::Hash);

impl Token {
    pub(super) fn new() -> std::io::Result<Self> {
        let mut bytes = [0; blake3::OUT_LEN];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes.into()))
    }

    fn read(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(Self)
    }
}

/// Why nothing was opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::preview) enum NotOpened {
    /// The preview opens nothing, and why.
    #[error("{0}")]
    Off(String),
    /// The request lacks the token of this run.
    #[error("This page is of another run of the preview. Reload it.")]
    Token,
    /// The desk speaks of no such file.
    #[error("There is no such file in this portal.")]
    File,
    /// The system cannot start the editor.
    #[error("`{editor}` cannot be started: {cause}. Name another with `portolan serve --editor`.")]
    Start {
        /// The editor.
        editor: String,
        /// What the system says.
        cause: String,
    },
}

/// What a request wants to have opened: `path=content/about.md&line=3&column=1&token=…`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::preview) struct Request {
    path: String,
    line: usize,
    column: usize,
    token: String,
}

impl Request {
    /// Reads a query; what is absent or no number gets the smallest value there is.
    pub(in crate::preview) fn of(query: &str) -> Self {
        let number = |name: &str| value(query, name).and_then(|text| text.parse().ok());
        Self {
            path: value(query, "path").unwrap_or_default(),
            line: number("line").unwrap_or(1).max(1),
            column: number("column").unwrap_or(1).max(1),
            token: value(query, "token").unwrap_or_default(),
        }
    }
}

/// The value of a name in a query.
pub(super) fn value(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    percent_decoded(value).map(std::borrow::Cow::into_owned)
}

/// How a page opens a place: by a link, or by a button that sends a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OpenView {
    href: Option<String>,
    action: Option<String>,
}

impl Desk {
    /// How a place is opened; `None` where nothing is.
    pub(super) fn opens(&self, path: &str, line: usize, column: usize) -> Option<OpenView> {
        match &self.editor {
            Editor::Address(address) => {
                let path = self.root.join(path);
                let spot = Spot {
                    path: &path,
                    line,
                    column,
                };
                Some(OpenView {
                    href: Some(address.of(spot)),
                    action: None,
                })
            }
            Editor::Program(_) => {
                let path = utf8_percent_encode(path, NON_ALPHANUMERIC);
                let token = self.token.0.to_hex();
                let query = format!("path={path}&line={line}&column={column}&token={token}");
                Some(OpenView {
                    href: None,
                    action: Some(format!("{FOLDER}open?{query}")),
                })
            }
            Editor::None(_) => None,
        }
    }

    /// Opens a file in the editor.
    pub(in crate::preview) fn open(
        &self,
        request: &Request,
        now: Current<'_>,
    ) -> Result<(), NotOpened> {
        let program = match &self.editor {
            Editor::Program(program) => program,
            Editor::Address(_) => {
                return Err(NotOpened::Off(
                    "Files are opened by their links.".to_owned(),
                ));
            }
            Editor::None(why) => return Err(NotOpened::Off(why.clone())),
        };
        if Token::read(&request.token) != Some(self.token) {
            return Err(NotOpened::Token);
        }
        let path = Utf8Path::new(&request.path);
        if !is_of_portal(path) || !now.speaks_of(path) {
            return Err(NotOpened::File);
        }
        let path = self.root.join(path);
        // A symbolic link could lead out of the portal.
        let is_inside = resolve(self.root.as_std_path())
            .zip(resolve(path.as_std_path()))
            .is_some_and(|(root, file)| file.starts_with(root));
        if !is_inside {
            return Err(NotOpened::File);
        }
        let spot = Spot {
            path: &path,
            line: request.line,
            column: request.column,
        };
        let start = program.open(&self.root, spot);
        start.map_err(|cause| NotOpened::Start {
            editor: program.to_string(),
            cause: cause.to_string(),
        })
    }
}

/// Whether a path is relative, goes up nowhere, and is where a portal has its files.
fn is_of_portal(path: &Utf8Path) -> bool {
    let is_plain = path
        .components()
        .all(|part| matches!(part, Utf8Component::Normal(_)));
    // On Windows, a backslash is a separator, and a colon begins a stream of the file.
    let is_plain = is_plain && !path.as_str().contains(['\\', ':', '\0']);
    is_plain && (path == CONFIG_FILE || path.starts_with("content") || path.starts_with("themes"))
}

impl Current<'_> {
    /// Whether a file is a document of the site, has a problem, or has to do with one.
    fn speaks_of(self, path: &Utf8Path) -> bool {
        let is_document = self.site.is_some_and(|site| {
            let mut documents = site.portal.all_documents();
            documents.any(|document| document.path == path)
        });
        let mut problems = self.problems.iter();
        is_document
            || path == CONFIG_FILE
            || problems.any(|problem| {
                let mut related = problem.related.iter();
                problem.file == path.as_str() || related.any(|other| other.file == path.as_str())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_portal_can_be_named() {
        for path in [
            "site.toml",
            "content/a.md",
            "content/a b/ü.md",
            "themes/own/base.html",
        ] {
            assert!(is_of_portal(Utf8Path::new(path)), "{path}");
        }
        for path in [
            "",
            ".",
            "/etc/passwd",
            "../site.toml",
            "content/../../a",
            "content/../site.toml",
            "public/index.html",
            ".portolan/cache/a",
            "--version",
            "-c",
            "contents/a.md",
            "C:\\a.md",
            "content\\..\\..\\a",
            "content/a.md:stream",
            "content/a\0.md",
        ] {
            assert!(!is_of_portal(Utf8Path::new(path)), "{path}");
        }
    }

    #[test]
    fn a_request_is_read_from_the_query() {
        let read = Request::of("path=content%2Fa%20b.md&line=3&column=0&token=abc");
        let expected = Request {
            path: "content/a b.md".to_owned(),
            line: 3,
            column: 1,
            token: "abc".to_owned(),
        };
        assert_eq!(read, expected);
        let nothing = Request {
            line: 1,
            column: 1,
            ..Request::default()
        };
        assert_eq!(Request::of(""), nothing);
        assert_eq!(
            Request::of("path=%ff&line=-1&column=99999999999999999999"),
            nothing
        );
    }

    #[test]
    fn each_run_has_a_token_of_its_own() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_ne!(one, other);
        assert_eq!(Token::read(&one.0.to_hex()), Some(one));
        assert_eq!(Token::read(""), None);
    }
}
