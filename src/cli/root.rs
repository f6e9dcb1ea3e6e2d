//! The portal that a command works on.

use super::Failure;
use crate::config::CONFIG_FILE;
use camino::{Utf8Path, Utf8PathBuf};

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

fn here() -> Result<Utf8PathBuf, Failure> {
    let here =
        std::env::current_dir().map_err(|error| Failure::CurrentFolder(error.to_string()))?;
    Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Failure::CurrentFolder(format!("`{}` is not UTF-8", path.display())))
}
