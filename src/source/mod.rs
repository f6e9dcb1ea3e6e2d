//! Finds the files of a content tree and says what each is by where it lies.
//!
//! In: a tree of files. Out: sorted lists of documents, assets, static files and tables. Knows no file's content.

use crate::diagnostic::{Code, Diagnostic, shown};
use crate::files::{self, Entry, FileError, Files, NeverPublished, PathGlobs};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};

/// The folder of the content tree.
pub const CONTENT: &str = "content";

/// The folder whose files are published as they are.
pub const STATIC: &str = "content/static";

/// What hosts look for under a hidden name (RFC 8615).
const WELL_KNOWN: &str = "content/static/.well-known";

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
            [center, _] if !RESERVED.contains(center) && is_index(path) => ("", Some(*center)),
            [center, folder, _, ..] if kinds.contains(folder) && !RESERVED.contains(center) => {
                (*folder, Some(*center))
            }
            _ => return None,
        };
        is_markdown(path).then(|| Self {
            path: path.to_path_buf(),
            folder: folder.to_owned(),
            center: center.map(str::to_owned),
        })
    }

    /// The name that a slug is made of: the file's stem, or its folder's name for `index.md`.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = if is_index(&self.path) {
            self.path.parent().and_then(Utf8Path::file_name)
        } else {
            self.path.file_stem()
        };
        name.unwrap_or_default()
    }
}

/// The folder whose files are the assets of the document in a file.
#[must_use]
pub fn asset_folder(path: &Utf8Path) -> &Utf8Path {
    if is_index(path) {
        return path.parent().unwrap_or(Utf8Path::new(""));
    }
    let end = path.extension().map_or(0, |extension| extension.len() + 1);
    Utf8Path::new(&path.as_str()[..path.as_str().len() - end])
}

/// The Center in whose folder a document is; `None` below `shared` and `pages`.
#[must_use]
pub fn center(path: &Utf8Path) -> Option<&str> {
    let top = path.components().nth(1)?.as_str();
    Some(top).filter(|top| !RESERVED.contains(top))
}

/// Tells whether a file is a document by its name: `.md` and `.markdown`, in small or capital letters.
fn is_markdown(path: &Utf8Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["md", "markdown"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// Tells whether a document stands for its folder.
fn is_index(path: &Utf8Path) -> bool {
    path.file_stem()
        .is_some_and(|stem| stem.eq_ignore_ascii_case("index"))
}

/// Everything that a portal is made of, each list sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// Markdown files.
    pub documents: Vec<DocumentFile>,
    /// Files beside documents. Which of them are published follows from the documents.
    pub assets: Vec<Utf8PathBuf>,
    /// Files below `content/static/`.
    pub statics: Vec<Utf8PathBuf>,
    /// Files below `content/data/`.
    pub data: Vec<Utf8PathBuf>,
    /// Files that are never published, so that a link to one can say why.
    pub left_out: BTreeMap<Utf8PathBuf, LeftOut>,
}

/// Why a file of the content tree is neither a document nor published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// `ignore` in site.toml names it.
    Ignored,
    /// Its name says that nobody means to publish it.
    Never(NeverPublished),
}

impl LeftOut {
    /// The reason, to follow "it is not published: ".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Ignored => "`ignore` in site.toml names it",
            Self::Never(why) => why.reason(),
        }
    }
}

/// Walks the content tree. `kinds` are the folders of kinds that documents live in; files that `ignore` names, relative to
/// the content tree, are left alone.
///
/// # Errors
/// When a folder cannot be listed; files that cannot be used are diagnostics.
pub fn scan(
    files: &dyn Files,
    kinds: &[&str],
    ignore: &PathGlobs,
) -> Result<(Sources, Vec<Diagnostic>), FileError> {
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    let entries = files.walk(Utf8Path::new(CONTENT))?;
    let tops = repositories(&entries);
    let mut named = BTreeSet::new();
    for entry in &entries {
        if let Some(why) = left_out(entry.path(), ignore, &tops) {
            let problem = told(entry.path(), why);
            problems.extend(problem.filter(|problem| named.insert(problem.file.clone())));
            sources.left_out.insert(entry.path().to_path_buf(), why);
            continue;
        }
        match entry {
            Entry::File(path) => sort_in(path.clone(), kinds, &mut sources, &mut problems),
            unusable => problems.extend(unusable.problem()),
        }
    }
    Ok((sources, problems))
}

/// The tops of repositories: the content tree, which often is one, and every folder that a submodule or a clone fills.
fn repositories(entries: &[Entry]) -> BTreeSet<&Utf8Path> {
    let own = entries.iter().filter_map(|entry| {
        let mut folders = entry.path().ancestors();
        let kept = folders.find(|folder| folder.file_name().is_some_and(files::is_repository))?;
        kept.parent()
    });
    own.chain([Utf8Path::new(CONTENT)]).collect()
}

/// Says why a file is left out whatever the documents say.
fn left_out(path: &Utf8Path, ignore: &PathGlobs, tops: &BTreeSet<&Utf8Path>) -> Option<LeftOut> {
    let below = path.strip_prefix(CONTENT).ok()?;
    if ignore.matches(below) {
        return Some(LeftOut::Ignored);
    }
    let is_at_top = |path: &Utf8Path| path.parent().is_some_and(|top| tops.contains(top));
    let why = NeverPublished::of(judged(path));
    let is_of_repository = match why {
        // Settings of the tools that work on the repository.
        Some(NeverPublished::Hidden) => is_at_top(hidden_part(path)),
        Some(_) => false,
        None => is_at_top(path) && path.file_name().is_some_and(files::is_for_repository),
    };
    let why = if is_of_repository {
        Some(NeverPublished::VersionControl)
    } else {
        why
    };
    why.map(LeftOut::Never)
}

/// The part of a path whose names count: hosts want some files under hidden names. `.nojekyll` keeps GitHub Pages from
/// leaving files out.
fn judged(path: &Utf8Path) -> &Utf8Path {
    if path == "content/static/.nojekyll" {
        return Utf8Path::new("");
    }
    let known = path.strip_prefix(WELL_KNOWN).ok();
    let known = known.filter(|rest| !rest.as_str().is_empty());
    known
        .or_else(|| path.strip_prefix(CONTENT).ok())
        .unwrap_or(path)
}

/// What is said of a file that is left out: nothing of what programs leave behind, which comes and goes.
fn told(path: &Utf8Path, why: LeftOut) -> Option<Diagnostic> {
    let warning = |path: &Utf8Path, what: String| {
        Diagnostic::warning(Code::NeverPublished, shown(path.to_string()), what)
    };
    match why {
        LeftOut::Never(NeverPublished::Secret) => {
            let what = format!(
                "this file is not published: {}",
                NeverPublished::Secret.reason()
            );
            Some(warning(path, what).help(
                "move it out of the content folder; whoever can read the repository can read it there",
            ))
        }
        LeftOut::Never(NeverPublished::Hidden) => {
            let names = path.components().map(|part| part.as_str());
            let what = format!("this is not published: {}", NeverPublished::Hidden.reason());
            let help = "give it a name without the dot, or list it under `ignore` in site.toml";
            let unusable = files::name_problem(path, names);
            unusable.or_else(|| Some(warning(hidden_part(path), what).help(help)))
        }
        LeftOut::Never(_) | LeftOut::Ignored => None,
    }
}

/// The topmost hidden file or folder of a path.
fn hidden_part(path: &Utf8Path) -> &Utf8Path {
    let is_hidden = |part: &&Utf8Path| {
        *part != WELL_KNOWN && part.file_name().is_some_and(|name| name.starts_with('.'))
    };
    path.ancestors().filter(is_hidden).last().unwrap_or(path)
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
    let markdown = is_markdown(&path);
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
        _ if markdown && path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("_index")) => {
            problems.push(
                Diagnostic::error(Code::MisplacedFile, path, "the document of a folder is its `index.md`")
                    .help("rename the file to `index.md`"),
            );
        }
        _ => match DocumentFile::at(&path, kinds) {
            Some(document) => sources.documents.push(document),
            None if markdown => problems.push(
                Diagnostic::error(Code::MisplacedFile, path, "no kind of document lives in this folder").help(
                    "put it into content/<center>/rulings, decisions, publications or updates, into content/shared/<kind>, or into content/pages; if it is no document, list it under `ignore` in site.toml",
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
        let (sources, problems) = scan(&files, &["rulings", "decisions"], &PathGlobs::default())
            .expect("memory can be listed");
        let folders = [
            "content/electronics",
            "content/electronics/rulings/2018/n301234",
            "content/shared/decisions/x",
        ];
        for (document, folder) in sources.documents.iter().zip(folders) {
            assert_eq!(asset_folder(&document.path), folder);
            assert_eq!(center(&document.path), document.center.as_deref());
        }
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
