//! Templates, words, tokens and static files of the default theme, each of which a folder in `themes/` can replace.
//!
//! In: the portal's tree, the theme's name and the settings' tokens. Out: parsed templates and static files. Knows no
//! document.

mod assets;
mod chain;
mod contrast;
mod description;
mod problem;
mod scripts;
mod sections;
mod template_ids;
mod tokens;
mod words;

pub use sections::{Sections, Shown};
pub use words::Words;

use crate::config::{CONFIG_FILE, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{self, FileError, Files};
use camino::Utf8PathBuf;
use chain::{Chain, ThemeFile};
use problem::{TemplateFile, TemplateFiles};
use sections::ByTemplate;
use std::collections::BTreeMap;
use tera::Tera;

/// The style sheet of the tokens.
const TOKENS_FILE: &str = "static/tokens.css";

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Parsed templates by name: `ruling.html`, `partials/item.html`.
    pub templates: Tera,
    /// The words of the interface.
    pub words: Words,
    /// The sections of pages.
    pub sections: Sections,
    /// The files that pages load by their paths in the theme: `static/style.css`, `client/worker.js`.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// What is not wrong, but hard to read.
    pub warnings: Vec<Diagnostic>,
    /// The file of each template, for problems.
    files: TemplateFiles,
    /// The hash of everything in the theme: what was made with another theme is made again.
    pub hash: blake3::Hash,
}

/// Loads the theme that the settings name.
///
/// # Errors
/// When a file cannot be read; what is wrong in the theme comes back as diagnostics.
pub fn load(
    tree: &dyn Files,
    config: &Config,
) -> Result<Result<Theme, Vec<Diagnostic>>, FileError> {
    let Chain {
        files,
        tokens,
        sections,
        mut problems,
    } = chain::read(tree, config)?;
    let mut sources: BTreeMap<String, (Utf8PathBuf, Vec<u8>)> = BTreeMap::new();
    let mut strings: BTreeMap<String, Vec<words::Layer>> = BTreeMap::new();
    for ThemeFile { name, path, bytes } in files {
        if name == TOKENS_FILE {
            problems.push(written_by_program(path));
        } else if name.starts_with("strings/") {
            // A file of words adds to the one below it; every other file takes its place.
            match files::text(&bytes, &path) {
                Ok(text) => strings
                    .entry(name)
                    .or_default()
                    .push((path, text.to_owned())),
                Err(found) => problems.extend(found),
            }
        } else {
            sources.insert(name, (path, bytes));
        }
    }
    let style_sheet = tokens.style_sheet().into_bytes();
    sources.insert(TOKENS_FILE.to_owned(), (CONFIG_FILE.into(), style_sheet));
    let built = build(sources, &strings, &sections, &config.language);
    if problems.is_empty() {
        return Ok(built.map(|theme| Theme {
            warnings: [theme.warnings, tokens.hard_to_read()].concat(),
            ..theme
        }));
    }
    problems.extend(built.err().unwrap_or_default());
    Ok(Err(problems))
}

fn written_by_program(path: Utf8PathBuf) -> Diagnostic {
    let what = format!("`{TOKENS_FILE}` is written by the program");
    Diagnostic::error(Code::InvalidTheme, path, what)
        .help("put the tokens into theme.toml, and rules of your own into another file")
}

fn build(
    sources: BTreeMap<String, (Utf8PathBuf, Vec<u8>)>,
    strings: &BTreeMap<String, Vec<words::Layer>>,
    sections: &ByTemplate,
    language: &str,
) -> Result<Theme, Vec<Diagnostic>> {
    let mut hasher = blake3::Hasher::new();
    let mut assets = BTreeMap::new();
    let mut problems = Vec::new();
    let mut files = TemplateFiles::new();
    for (name, (path, bytes)) in sources {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
        if let Some(template) = name.strip_prefix("templates/") {
            match String::from_utf8(bytes) {
                Ok(text) => {
                    let rest = text.strip_prefix('\u{feff}').unwrap_or(&text);
                    let file = TemplateFile {
                        path,
                        bom: text.len() - rest.len(),
                        text: rest.to_owned(),
                    };
                    files.insert(template.to_owned(), file);
                }
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    problems.push(
                        Diagnostic::error(Code::ThemeError, path, "the template is not UTF-8")
                            .at(at..at + 1)
                            .help("save it with the encoding UTF-8"),
                    );
                }
            }
        } else if ["static/", "client/"]
            .iter()
            .any(|folder| name.starts_with(folder))
        {
            assets.insert(name, bytes);
        }
    }
    for (path, text) in strings.values().flatten() {
        hasher.update(path.as_str().as_bytes());
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let words = match read_words(strings, language) {
        Ok(words) => words,
        Err(found) => {
            problems.extend(found);
            Words::default()
        }
    };
    scripts::join(&mut assets);
    let mut tera = Tera::default();
    words::register(&mut tera, &words);
    assets::register(&mut tera, &assets);
    let templates = files.iter().map(|(name, file)| (name, &file.text));
    if let Err(error) = tera.add_raw_templates(templates) {
        problems.extend(problem::all(&error, &files));
    }
    let mut found = (Sections::default(), Vec::new());
    if problems.is_empty() {
        match sections::add_to(&mut tera, sections, &words, &files) {
            Ok(sections) => found = sections,
            Err(wrong) => problems.extend(wrong),
        }
    }
    let (sections, warnings) = found;
    for source in sections.sources() {
        hasher.update(source.as_bytes());
    }
    if problems.is_empty() {
        Ok(Theme {
            templates: tera,
            words,
            sections,
            assets,
            warnings,
            files,
            hash: hasher.finalize(),
        })
    } else {
        Err(problems)
    }
}

/// The words of a language such as `es-MX`: those of `en`, then of `es`, then of `es-mx`.
fn read_words(
    strings: &BTreeMap<String, Vec<words::Layer>>,
    language: &str,
) -> Result<Words, Vec<Diagnostic>> {
    let language = language.to_lowercase();
    let primary = language.split('-').next().unwrap_or_default();
    let of = |language: &str| {
        let layers = strings.get(&format!("strings/{language}.toml"));
        layers.map_or(&[][..], Vec::as_slice)
    };
    let mut others = Vec::new();
    if primary != "en" {
        others.extend_from_slice(of(primary));
    }
    if language != primary {
        others.extend_from_slice(of(&language));
    }
    Words::read(of("en"), &others)
}

impl Theme {
    /// Turns a failure to render into a problem of the template, with the page that was being made.
    #[must_use]
    pub fn problem(&self, error: &tera::Error, page: &str) -> Diagnostic {
        let problem = problem::of(error, &self.files).into_iter().next();
        let problem = problem.expect("every error is about something");
        problem.note(format!("while making /{page}"))
    }
}
