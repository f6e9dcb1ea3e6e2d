//! Templates and static files of the default theme, each of which a folder in `themes/` can replace.
//!
//! In: the portal's tree and the theme's name. Out: parsed templates and static files. Knows no document.

mod problem;
mod words;

pub use words::Words;

use crate::config::{self, CONFIG_FILE, Config};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::files::{self, Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, DirEntry, include_dir};
use problem::{TemplateFile, TemplateFiles};
use std::collections::BTreeMap;
use tera::Tera;

/// The default theme as it was when the program was built.
static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Parsed templates by name: `ruling.html`, `partials/item.html`.
    pub templates: Tera,
    /// The words of the interface.
    pub words: Words,
    /// Static files by the address below `assets/`, sorted.
    pub statics: BTreeMap<String, Vec<u8>>,
    /// Files of the search client by the address below `search/client/`, sorted.
    pub client: BTreeMap<String, Vec<u8>>,
    /// The file of each template, for problems.
    files: TemplateFiles,
    /// The hash of everything in the theme: what was made with another one is made anew.
    pub hash: blake3::Hash,
}

/// Loads the theme that the settings name.
///
/// # Errors
/// When a file cannot be read; what is wrong in templates comes back as diagnostics.
pub fn load(
    tree: &dyn Files,
    config: &Config,
) -> Result<Result<Theme, Vec<Diagnostic>>, FileError> {
    let mut sources: BTreeMap<String, (Utf8PathBuf, Vec<u8>)> = BTreeMap::new();
    let mut strings: BTreeMap<String, Vec<words::Layer>> = BTreeMap::new();
    embedded(&DEFAULT, &mut sources);
    sources.retain(|name, (path, bytes)| {
        let is_words = name.starts_with("strings/");
        if is_words {
            let text = String::from_utf8_lossy(bytes).into_owned();
            strings.insert(name.clone(), vec![(path.clone(), text)]);
        }
        !is_words
    });
    let folder = Utf8PathBuf::from(format!("themes/{}", config.theme));
    let entries = tree.walk(&folder)?;
    if entries.is_empty() && config.theme != "default" {
        return Ok(Err(vec![unknown(tree, config)?]));
    }
    let mut problems: Vec<Diagnostic> = entries.iter().filter_map(Entry::problem).collect();
    for entry in entries {
        let Entry::File(path) = entry else {
            continue;
        };
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string();
        // Static files are published under their own names.
        if !name.starts_with("templates/") {
            problems.extend(files::name_problem(&path, name.split('/')));
        }
        let bytes = tree.read(&path)?;
        // A file of words adds to the one below it; every other file takes its place.
        if name.starts_with("strings/") {
            let text = match files::text(&bytes, &path) {
                Ok(text) => text.to_owned(),
                Err(found) => {
                    problems.extend(found);
                    continue;
                }
            };
            strings.entry(name).or_default().push((path, text));
        } else {
            sources.insert(name, (path, bytes));
        }
    }
    let built = build(sources, &strings, &config.language);
    if problems.is_empty() {
        return Ok(built);
    }
    problems.extend(built.err().unwrap_or_default());
    Ok(Err(problems))
}

fn embedded(dir: &Dir<'static>, sources: &mut BTreeMap<String, (Utf8PathBuf, Vec<u8>)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => embedded(dir, sources),
            DirEntry::File(file) => {
                if let Some(name) = file.path().to_str() {
                    let shown = Utf8PathBuf::from(format!("themes/default/{name}"));
                    sources.insert(name.to_owned(), (shown, file.contents().to_vec()));
                }
            }
        }
    }
}

fn unknown(files: &dyn Files, config: &Config) -> Result<Diagnostic, FileError> {
    let mut names: Vec<String> = files
        .walk(Utf8Path::new("themes"))?
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::File(path) => path
                .components()
                .nth(1)
                .map(|part| part.as_str().to_owned()),
            _ => None,
        })
        .collect();
    names.push("default".to_owned());
    names.sort();
    names.dedup();
    let help = match did_you_mean(&config.theme, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the themes are: {}", names.join(", ")),
    };
    Ok(Diagnostic::error(
        Code::UnknownTheme,
        CONFIG_FILE,
        format!("there is no folder `themes/{}`", config.theme),
    )
    .at(config::span_of(
        &files.read(Utf8Path::new(CONFIG_FILE))?,
        "theme",
    ))
    .help(help))
}

fn build(
    sources: BTreeMap<String, (Utf8PathBuf, Vec<u8>)>,
    strings: &BTreeMap<String, Vec<words::Layer>>,
    language: &str,
) -> Result<Theme, Vec<Diagnostic>> {
    let mut hasher = blake3::Hasher::new();
    let mut statics = BTreeMap::new();
    let mut client = BTreeMap::new();
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
        } else if let Some(file) = name.strip_prefix("static/") {
            statics.insert(file.to_owned(), bytes);
        } else if let Some(file) = name.strip_prefix("client/") {
            client.insert(file.to_owned(), bytes);
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
    let mut tera = Tera::default();
    words::register(&mut tera, &words);
    let templates = files.iter().map(|(name, file)| (name, &file.text));
    if let Err(error) = tera.add_raw_templates(templates) {
        problems.extend(problem::all(&error, &files));
    }
    if problems.is_empty() {
        Ok(Theme {
            templates: tera,
            words,
            statics,
            client,
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
