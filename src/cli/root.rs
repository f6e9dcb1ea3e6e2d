//! The portal that a command works on.

use super::Failure;
use crate::config::CONFIG_FILE;
use crate::source::CONTENT;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// The portal's folder.
#[derive(Debug)]
pub(super) struct Root {
    /// Absolute, for everything that is done.
    pub(super) path: Utf8PathBuf,
    /// As it was given, for messages.
    pub(super) shown: Utf8PathBuf,
}

/// The portal's root: as given, or the nearest folder upwards with a `site.toml`.
pub(super) fn root(given: Option<&Utf8Path>) -> Result<Root, Failure> {
    if let Some(shown) = given {
        // Not shortened by name: what `..` after a link leads to is for the system to say.
        let path = if shown.is_absolute() {
            shown.to_path_buf()
        } else {
            here()?.join(shown)
        };
        return if path.join(CONFIG_FILE).is_file() {
            let shown = shown.to_path_buf();
            Ok(Root { path, shown })
        } else {
            Err(Failure::NotARoot(shown.to_path_buf()))
        };
    }
    Root::above(&here()?)
}

impl Root {
    /// The nearest folder with a `site.toml`, from a folder upwards.
    pub(super) fn above(folder: &Utf8Path) -> Result<Self, Failure> {
        let mut folders = folder.ancestors();
        match folders.find(|folder| folder.join(CONFIG_FILE).is_file()) {
            Some(found) => Ok(Self {
                path: found.to_path_buf(),
                shown: found.to_path_buf(),
            }),
            None => Err(Failure::NoRoot(folder.to_path_buf())),
        }
    }
}

impl Root {
    /// The paths, relative to the portal's folder, that a text can mean: from the current folder, and from the portal's.
    pub(super) fn paths(&self, text: &str) -> Result<Vec<Utf8PathBuf>, Failure> {
        let root = plain(&self.path);
        let from_here = plain(&here()?.join(text));
        let from_root = plain(&self.path.join(text));
        let below = [from_here, from_root].into_iter();
        let mut paths: Vec<Utf8PathBuf> = below
            .filter_map(|path| Some(path.strip_prefix(&root).ok()?.to_path_buf()))
            .filter(|path| !path.as_str().is_empty())
            .collect();
        // Who writes the whole path means it from the portal's folder.
        if text.starts_with(CONTENT) {
            paths.reverse();
        }
        paths.dedup();
        Ok(paths)
    }
}

/// A path without `.` and `..`, by name alone.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

fn here() -> Result<Utf8PathBuf, Failure> {
    let here =
        std::env::current_dir().map_err(|error| Failure::CurrentFolder(error.to_string()))?;
    Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Failure::CurrentFolder(format!("`{}` is not UTF-8", path.display())))
}
