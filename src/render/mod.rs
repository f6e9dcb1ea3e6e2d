//! From jobs to bytes.
//!
//! In: a job, the portal, the theme. Out: a page's fingerprint and, where it is wanted, its bytes.

mod bluebook;
mod body;
mod chart;
mod citation;
mod directory;
mod facts;
mod json_feed;
mod json_ld;
mod list_table;
pub mod markdown;
mod page;
mod pages;
mod record;
mod trends;
mod vcard;
mod view;
pub mod views;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::body::Body as Markdown;
use crate::document::{BodyError, BodyRef};
use crate::files::{FileError, Files, SitePath};
use crate::portal::Portal;
use crate::tables::Tariff;
use crate::theme::Theme;
use body::Body;
use markdown::TocEntry;
use serde::Serialize;
use tera::{Context, Tera};
use view::Viewer;

/// The site's policy: nothing from elsewhere, nothing inline (docs/search.md).
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An input file is gone.
    #[error(transparent)]
    File(#[from] FileError),
    /// A template failed, or a document changed during the build.
    #[error("{}", .0.message)]
    Problem(Box<Diagnostic>),
}

impl From<BodyError> for RenderError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::File(error) => Self::File(error),
            BodyError::Changed(problem) => Self::Problem(problem),
        }
    }
}

/// Makes the files of one portal.
pub struct Renderer<'a> {
    viewer: Viewer<'a>,
    theme: &'a Theme,
    files: &'a dyn Files,
    /// The theme's templates with what every page sees.
    templates: Tera,
    /// What every page's fingerprint begins with: program, theme, settings, navigation.
    seed: blake3::Hash,
}

/// A file ready to be made.
#[derive(Debug)]
pub struct Prepared {
    /// The hash of everything that it is made from.
    pub fingerprint: blake3::Hash,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// A document's text under a head.
    Text {
        head: String,
        text: BodyRef,
    },
    Template {
        name: &'static str,
        context: Box<Context>,
        variables: Vec<Variable>,
        body: Option<Body>,
    },
}

/// A variable that a template sees, beside those that every page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// The type that it comes from, with its path.
    pub form: &'static str,
}

impl Prepared {
    /// The template that makes the file and what it sees; `None` for files that come from none.
    #[must_use]
    pub fn template(&self) -> Option<(&'static str, Vec<Variable>)> {
        let Content::Template {
            name,
            variables,
            body,
            ..
        } = &self.content
        else {
            return None;
        };
        let mut variables = variables.clone();
        if body.is_some() {
            variables.push(Variable::of::<String>("body"));
            variables.push(Variable::of::<Vec<TocEntry>>("toc"));
        }
        Some((name, variables))
    }
}

/// The variables that every template sees, beside the words `t`.
#[must_use]
pub fn everywhere() -> [Variable; 4] {
    [
        Variable::of::<views::PageView>("page"),
        Variable::of::<Config>("site"),
        Variable::of::<views::NavigationView>("navigation"),
        Variable::of::<str>("policy"),
    ]
}

impl Variable {
    fn of<T: ?Sized>(name: &'static str) -> Self {
        Self {
            name,
            form: std::any::type_name::<T>(),
        }
    }
}

impl std::fmt::Debug for dyn Files + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Files")
    }
}

impl<'a> Renderer<'a> {
    /// Gets ready to make pages.
    #[must_use]
    pub fn new(
        portal: &'a Portal,
        config: &'a Config,
        theme: &'a Theme,
        files: &'a dyn Files,
    ) -> Self {
        let viewer = Viewer {
            portal,
            config,
            words: &theme.words,
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(theme.hash.as_bytes());
        hash_into(&mut hasher, config);
        let navigation = viewer.navigation();
        hash_into(&mut hasher, &navigation);
        for number in portal.tables.tariff.iter().flat_map(Tariff::numbers) {
            hasher.update(number.digits().as_bytes());
        }
        let mut templates = theme.templates.clone();
        let everywhere = templates.global_context();
        everywhere.insert("site", config);
        everywhere.insert("navigation", &navigation);
        everywhere.insert("policy", POLICY);
        Self {
            viewer,
            theme,
            files,
            templates,
            seed: hasher.finalize(),
        }
    }

    /// Makes the bytes of a file.
    ///
    /// # Errors
    /// When the document's file is gone or a template fails.
    pub fn render(&self, path: &SitePath, prepared: Prepared) -> Result<Vec<u8>, RenderError> {
        let (name, mut context, body) = match prepared.content {
            Content::Bytes(bytes) => return Ok(bytes),
            Content::Text { head, text } => {
                let text = text.read(self.files)?;
                return Ok((head + &Markdown::parse(&text, 0).published()).into_bytes());
            }
            Content::Template {
                name,
                context,
                body,
                ..
            } => (name, context, body),
        };
        if let Some(body) = body {
            let rendered = self.body(&body)?;
            context.insert("body", &rendered.html);
            context.insert("toc", &rendered.toc);
        }
        let mut out = Vec::with_capacity(16 * 1024);
        self.templates
            .render_to(name, &context, &mut out)
            .map_err(|error| {
                RenderError::Problem(Box::new(self.theme.problem(&error, path.as_str())))
            })?;
        Ok(out)
    }
}

/// What a template sees, and the hash of it.
struct View {
    context: Context,
    variables: Vec<Variable>,
    hasher: blake3::Hasher,
}

impl View {
    fn put<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        hash_into(&mut self.hasher, value);
        self.variables.push(Variable::of::<T>(key));
        self.context.insert(key, value);
    }
}

fn hash_into<T: Serialize + ?Sized>(hasher: &mut blake3::Hasher, value: &T) {
    // In one piece: the hasher is slow at the many small ones that a serializer writes.
    let bytes = serde_json::to_vec(value).expect("views are maps with text keys");
    hasher.update(&bytes);
    hasher.update(b"\n");
}

fn copy(bytes: Vec<u8>) -> Prepared {
    Prepared {
        fingerprint: blake3::hash(&bytes),
        content: Content::Bytes(bytes),
    }
}
