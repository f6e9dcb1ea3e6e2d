//! Finds the files of a content tree and says what each is by where it lies.
//!
//! In: a tree of files. Out: sorted lists of documents, assets, static files and tables. Knows no file's content.

use crate::diagnostic::{Code, Diagnostic};
use crate::files::{self, Entry, FileError, Files};
use camino::{Utf8Path, Utf8PathBuf};

/// The folder of the content tree.
pub const CONTENT: &str = "content";

/// The top-level folders that are not Centers.
pub const RESERVED: &[&str] = &["shared", "pages", "data", "static"];

/// A markdown file of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFile {
    /// Relative to the portal's root: `content/electronics/rulings/n301234.md`.
    pub path: Utf8PathBuf,
    /// What the folder says it is: `rulings`, …; `pages`; or empty for a Center's `index.md`.
    pub folder: String,
    /// The Center by folder; `None` below `shared` and `pages`.
    pub center: Option<String>,
}

impl DocumentFile {
    /// Says what a file of the content tree is by where it lies; `None` where no document lives there. `kinds` are the
    /// folders of kinds.
    #[must_use]
    pub fn at(path: &Utf8Path, kinds: &[&str]) -> Option<Self> {
        let parts: Vec<&str> = path
            .components()
            .skip(1)
            .map(|part| part.as_str())
            .collect();
        let (folder, center) = match parts.as_slice() {
            ["pages", _, ..] => ("pages", None),
            ["shared", folder, _, ..] if kinds.contains(folder) => (*folder, None),
            [center, "index.md"] if !RESERVED.contains(center) => ("", Some(*center)),
            [center, folder, _, ..] if kinds.contains(folder) && !RESERVED.contains(center) => {
                (*folder, Some(*center))
            }
            _ => return None,
        };
        (path.extension() == Some("md")).then(|| Self {
            path: path.to_path_buf(),
            folder: folder.to_owned(),
            center: center.map(str::to_owned),
        })
    }

    /// The name that a slug is made of: the file's stem, or its folder's name for `index.md`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.path.file_stem() {
            Some("index") => self
                .path
                .parent()
                .and_then(Utf8Path::file_name)
                .unwrap_or_default(),
            stem => stem.unwrap_or_default(),
        }
    }

    /// The folder whose files are this document's assets.
    #[must_use]
    pub fn asset_folder(&self) -> Utf8PathBuf {
        if self.path.file_stem() == Some("index") {
            self.path
                .parent()
                .map(Utf8Path::to_path_buf)
                .unwrap_or_default()
        } else {
            self.path.with_extension("")
        }
    }
}

/// Everything that a portal is made of, each list sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// Markdown files.
    pub documents: Vec<DocumentFile>,
    /// Files beside documents, published with them.
    pub assets: Vec<Utf8PathBuf>,
    /// Files below `content/static/`.
    pub statics: Vec<Utf8PathBuf>,
    /// Files below `content/data/`.
    pub data: Vec<Utf8PathBuf>,
}

/// Walks the content tree. `kinds` are the folders of kinds that documents live in.
///
/// # Errors
/// When a folder cannot be listed; files that cannot be used are diagnostics.
pub fn scan(files: &dyn Files, kinds: &[&str]) -> Result<(Sources, Vec<Diagnostic>), FileError> {
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    for entry in files.walk(Utf8Path::new(CONTENT))? {
        match entry {
            Entry::File(path) => sort_in(path, kinds, &mut sources, &mut problems),
            unusable => problems.extend(unusable.problem()),
        }
    }
    Ok((sources, problems))
}

fn sort_in(
    path: Utf8PathBuf,
    kinds: &[&str],
    sources: &mut Sources,
    problems: &mut Vec<Diagnostic>,
) {
    let parts: Vec<&str> = path
        .components()
        .skip(1)
        .map(|part| part.as_str())
        .collect();
    let markdown = path.extension() == Some("md");
    let problem = match parts.as_slice() {
        ["data", ..] => None,
        ["static", rest @ ..] => files::name_problem(&path, rest.iter().copied()),
        // A document gets an address of its own, so only what cannot be seen is wrong in its name.
        _ if markdown => files::unseen_problem(&path),
        rest => files::name_problem(&path, rest.iter().copied()),
    };
    if let Some(problem) = problem {
        problems.push(problem);
        return;
    }
    match parts.as_slice() {
        ["static", _, ..] => sources.statics.push(path),
        ["data", _, ..] => sources.data.push(path),
        [name, ..] if name.starts_with('.') => {}
        _ => match DocumentFile::at(&path, kinds) {
            Some(document) => sources.documents.push(document),
            None if markdown => problems.push(
                Diagnostic::error(Code::MisplacedFile, path, "no kind of document lives in this folder").help(
                    "put it into content/<center>/rulings, decisions, publications or updates, into content/shared/<kind>, or into content/pages",
                ),
            ),
            None => sources.assets.push(path),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;

    #[test]
    fn a_file_is_what_its_folder_says() {
        let files = Memory::new()
            .with("content/electronics/index.md", "")
            .with("content/electronics/rulings/2018/n301234.md", "")
            .with("content/electronics/rulings/2018/n301234/photo.png", "")
            .with("content/shared/decisions/x/index.md", "")
            .with("content/static/CNAME", "")
            .with("content/electronics/stray.md", "");
        let (sources, problems) =
            scan(&files, &["rulings", "decisions"]).expect("memory can be listed");
        let names: Vec<_> = sources
            .documents
            .iter()
            .map(|d| (d.folder.as_str(), d.name()))
            .collect();
        assert_eq!(
            names,
            [
                ("", "electronics"),
                ("rulings", "n301234"),
                ("decisions", "x")
            ]
        );
        assert_eq!(sources.assets.len(), 1);
        assert_eq!(problems[0].file, "content/electronics/stray.md");
    }
}
