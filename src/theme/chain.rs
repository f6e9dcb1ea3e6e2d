//! The folders that a theme is made of: the chosen one, those that it extends, and the default theme below them all.

use super::description::{self, Description};
use super::sections::{self, ByTemplate};
use super::tokens::Tokens;
use crate::config::{CONFIG_FILE, Config};
use crate::diagnostic::{Code, Diagnostic, suggestion};
use crate::files::{self, Entry, FileError, Files, NeverPublished};
use crate::schema::Located;
use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, DirEntry, include_dir};

/// The default theme as it was when the program was built.
pub(super) static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name of the theme below all others.
const BOTTOM: &str = "default";

/// A file of a theme.
#[derive(Debug)]
pub(super) struct ThemeFile {
    /// Below the theme's folder: `templates/base.html`.
    pub(super) name: String,
    /// For problems: `themes/own/templates/base.html`.
    pub(super) path: Utf8PathBuf,
    pub(super) bytes: Vec<u8>,
}

/// The files of a theme and of those below it, each of which may take the place of one before it; and the tokens.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) files: Vec<ThemeFile>,
    pub(super) tokens: Tokens,
    /// The sections of pages: of each template those of the highest theme that has any.
    pub(super) sections: ByTemplate,
    /// What is wrong with folders and descriptions.
    pub(super) problems: Vec<Diagnostic>,
}

/// Reads the folders of the theme that the settings name.
pub(super) fn read(tree: &dyn Files, config: &Config) -> Result<Chain, FileError> {
    let mut chain = Chain::default();
    let mut folders = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut name = config.theme.clone();
    let mut asked = Utf8PathBuf::from(CONFIG_FILE);
    loop {
        let folder = Folder {
            files: folder(tree, &name, &mut chain.problems)?,
            ..Folder::default()
        };
        if folder.files.is_empty() && *name != BOTTOM {
            chain.problems.push(unknown(tree, name, asked)?);
            break;
        }
        seen.push(name.value);
        let folder = folder.described(&mut chain.problems);
        let below = folder.description.extends.clone();
        asked.clone_from(&folder.path);
        folders.push(folder);
        name = match below {
            Some(below) if seen.contains(&below.value) => {
                chain.problems.push(circle(&below, asked));
                break;
            }
            Some(below) => below,
            None if seen.iter().any(|name| name == BOTTOM) => break,
            None => Located::absent(BOTTOM.to_owned()),
        };
    }
    let mut built_in = Folder::default();
    embedded(&DEFAULT, &mut built_in.files);
    folders.push(built_in.described(&mut chain.problems));
    for folder in folders.into_iter().rev() {
        let Description { tokens, dark, .. } = &folder.description;
        let problems = description::set(tokens, dark, &folder.path, &mut chain.tokens);
        chain.sections.extend(sections::declared(
            &folder.description.sections,
            &folder.path,
        ));
        chain.problems.extend(problems);
        chain.files.extend(folder.files);
    }
    let file = Utf8Path::new(CONFIG_FILE);
    let problems = description::set(&config.tokens, &config.dark, file, &mut chain.tokens);
    chain.problems.extend(problems);
    Ok(chain)
}

/// The folder of one theme.
#[derive(Default)]
struct Folder {
    files: Vec<ThemeFile>,
    /// The file that describes it.
    path: Utf8PathBuf,
    description: Description,
}

impl Folder {
    /// Reads what the theme says of itself, where it says something.
    fn described(mut self, problems: &mut Vec<Diagnostic>) -> Self {
        let file = self
            .files
            .iter()
            .find(|file| file.name == description::FILE);
        if let Some(file) = file {
            self.path.clone_from(&file.path);
            match description::read(&file.bytes, &file.path) {
                Ok(description) => self.description = description,
                Err(found) => problems.extend(found),
            }
        }
        self
    }
}

/// The files of a theme's folder; what cannot be one of a theme is a problem.
fn folder(
    tree: &dyn Files,
    name: &str,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<ThemeFile>, FileError> {
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
        return Ok(Vec::new());
    }
    let folder = Utf8PathBuf::from(format!("themes/{name}"));
    let mut entries = tree.walk(&folder)?;
    // A theme may be a repository of its own, and editors leave files here, too.
    entries.retain(|entry| {
        let below = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
        NeverPublished::of(below).is_none()
    });
    problems.extend(entries.iter().filter_map(Entry::problem));
    let mut files = Vec::new();
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
        files.push(ThemeFile { name, path, bytes });
    }
    Ok(files)
}

fn embedded(dir: &Dir<'static>, files: &mut Vec<ThemeFile>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => embedded(dir, files),
            DirEntry::File(file) => {
                if let Some(name) = file.path().to_str() {
                    files.push(ThemeFile {
                        name: name.to_owned(),
                        path: format!("themes/{BOTTOM}/{name}").into(),
                        bytes: file.contents().to_vec(),
                    });
                }
            }
        }
    }
}

fn circle(below: &Located<String>, path: Utf8PathBuf) -> Diagnostic {
    let what = format!(
        "the theme `{}` extends itself, through others or directly",
        below.value
    );
    Diagnostic::error(Code::InvalidTheme, path, what)
        .at(below.span.clone())
        .help("delete the line `extends`: without it a theme extends the default one")
}

fn unknown(
    tree: &dyn Files,
    name: Located<String>,
    file: Utf8PathBuf,
) -> Result<Diagnostic, FileError> {
    let mut names: Vec<String> = tree
        .walk(Utf8Path::new("themes"))?
        .into_iter()
        .filter_map(|entry| match entry {
            // `themes/<name>/…`: a file beside the folders is no theme.
            Entry::File(path) => match path.as_str().split('/').collect::<Vec<_>>()[..] {
                [_, name, _, ..] => Some(name.to_owned()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    names.push(BOTTOM.to_owned());
    names.sort();
    names.dedup();
    let help = suggestion(&name, names.iter().map(String::as_str), || {
        format!("the themes are: {}", names.join(", "))
    });
    let what = format!("there is no folder `themes/{}`", name.value);
    Ok(Diagnostic::error(Code::UnknownTheme, file, what)
        .at(name.span)
        .help(help))
}
