//! The folders that a theme is made of: the chosen one, those that it stands on, and the default theme below them all.

use super::description;
use super::sections::ByTemplate;
use super::tokens::Tokens;
use crate::config::{self, CONFIG_FILE, Config};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::files::{self, Entry, FileError, Files, NeverPublished};
use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, DirEntry, include_dir};
use std::ops::Range;

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
    // Only places and tokens are taken from the file, which was read and found sound before.
    let settings = tree.read(Utf8Path::new(CONFIG_FILE)).unwrap_or_default();
    let mut chain = Chain::default();
    let mut folders = Vec::new();
    let mut seen = Vec::new();
    let mut name = config.theme.clone();
    let mut asked = (
        Utf8PathBuf::from(CONFIG_FILE),
        config::span_of(&settings, "theme"),
    );
    loop {
        let files = folder(tree, &name, &mut chain.problems)?;
        if files.is_empty() && name != BOTTOM {
            chain.problems.push(unknown(tree, &name, asked)?);
            break;
        }
        // Tokens are set again below, from the bottom up; here only the way down is wanted.
        let described = files.iter().find(|file| file.name == description::FILE);
        let described = described.map(|file| {
            let read = description::read(&file.bytes, &file.path, &mut Tokens::default());
            (file.path.clone(), read.extends)
        });
        folders.push(files);
        seen.push(name);
        name = match described {
            Some((path, Some((below, span)))) if seen.contains(&below) => {
                chain.problems.push(circle(&below, path, span));
                break;
            }
            Some((path, Some((below, span)))) => {
                asked = (path, span);
                below
            }
            _ if seen.iter().any(|name| name == BOTTOM) => break,
            _ => BOTTOM.to_owned(),
        };
    }
    let mut built_in = Vec::new();
    embedded(&DEFAULT, &mut built_in);
    folders.push(built_in);
    for file in folders.into_iter().rev().flatten() {
        if file.name == description::FILE {
            let read = description::read(&file.bytes, &file.path, &mut chain.tokens);
            chain.problems.extend(read.problems);
            chain.sections.extend(read.sections);
        }
        chain.files.push(file);
    }
    chain.problems.extend(description::read_settings(
        &settings,
        Utf8Path::new(CONFIG_FILE),
        &mut chain.tokens,
    ));
    Ok(chain)
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

fn circle(below: &str, path: Utf8PathBuf, span: Range<usize>) -> Diagnostic {
    let what = format!("the theme `{below}` stands on itself, over others or directly");
    Diagnostic::error(Code::InvalidTheme, path, what)
        .at(span)
        .help("delete the line `extends`: without it a theme stands on the default one")
}

fn unknown(
    tree: &dyn Files,
    name: &str,
    (file, span): (Utf8PathBuf, Range<usize>),
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
    let help = match did_you_mean(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the themes are: {}", names.join(", ")),
    };
    let what = format!("there is no folder `themes/{name}`");
    Ok(Diagnostic::error(Code::UnknownTheme, file, what)
        .at(span)
        .help(help))
}
