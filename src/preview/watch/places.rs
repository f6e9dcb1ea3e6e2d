//! Where the files of a portal are: the settings, the content and the themes, with the links on the way to them
//! resolved, because that is how the system names files in its events.
//!
//! It follows the links that a build follows (to the root, to `site.toml`, to `themes/`) and no others: a link in
//! the content, or in the place of it, is an error of the portal and is only seen itself.

use super::events::Folder;
use crate::config::CONFIG_FILE;
use crate::files::{self, Seen, Stamps};
use crate::preview::witness::Sighting;
use crate::source::CONTENT;
use camino::{Utf8Path, Utf8PathBuf};
use std::path::{Path, PathBuf};

const THEMES: &str = "themes";

/// The places of a portal at one moment.
#[derive(Debug, Default)]
pub(super) struct Places {
    root: PathBuf,
    /// `site.toml` itself, and what it points to where it is a link.
    settings: Vec<PathBuf>,
    /// Folders in which everything matters.
    trees: Vec<PathBuf>,
    /// Entries of the root that say what the trees are.
    tops: Vec<PathBuf>,
}

impl Places {
    /// Finds them. Of a root that is gone for the moment none are there.
    pub(super) fn find(root: &Path) -> Self {
        let root = files::resolve(root).unwrap_or_else(|| root.to_path_buf());
        let settings = root.join(CONFIG_FILE);
        let content = root.join(CONTENT);
        let themes = root.join(THEMES);
        let mut trees = Vec::new();
        if is_folder(&content) {
            trees.push(content.clone());
        }
        trees.extend(files::resolve(&themes).filter(|themes| is_folder(themes)));
        let target = files::resolve(&settings).filter(|target| *target != settings);
        Self {
            settings: [settings].into_iter().chain(target).collect(),
            trees,
            tops: vec![content, themes],
            root,
        }
    }

    /// Whether a file at this path can change the site.
    pub(super) fn has_file(&self, path: &Path) -> bool {
        self.settings.iter().any(|settings| settings == path)
            || self.trees.iter().any(|tree| path.starts_with(tree)) && !files::is_passed_over(path)
    }

    /// The path relative to the portal's root, where it is one of the content.
    pub(super) fn in_content(&self, path: &Path) -> Option<Utf8PathBuf> {
        let path = path.strip_prefix(&self.root).ok()?;
        let path = Utf8PathBuf::from_path_buf(path.to_path_buf()).ok()?;
        path.starts_with(CONTENT).then_some(path)
    }

    /// The files that a load did not see as they were seen here, sorted. What a load does not list, such as a theme that is
    /// not used, is not compared.
    pub(super) fn different(&self, seen: &Stamps, sighting: &Sighting) -> Vec<PathBuf> {
        let sights = &sighting.sights;
        // Without usable settings no load lists the content.
        let is_listed = sighting.folders.contains(Utf8Path::new(CONTENT));
        let unseen = seen.keys().filter(|path| {
            let path = self.in_content(path);
            is_listed && path.is_some_and(|path| !sights.contains_key(&path))
        });
        let otherwise = sights.iter().filter_map(|(path, sight)| {
            let full = self.root.join(path);
            let is_content = path.starts_with(CONTENT);
            // Outside of the content links are followed, so what is seen there can have another path.
            let stamp = if is_content {
                seen.get(&full).copied()
            } else {
                match files::look(&full) {
                    Seen::File(stamp) => Some(stamp),
                    Seen::Nothing | Seen::Folder(_) => None,
                }
            };
            let is_never_seen = is_content
                && (files::is_passed_over(&full) || path.iter().any(files::is_repository));
            (!is_never_seen && !sight.fits(stamp)).then_some(full)
        });
        let mut different: Vec<PathBuf> = unseen.cloned().chain(otherwise).collect();
        different.sort();
        different
    }

    /// Whether a change at this path can change what the places are.
    pub(super) fn depend_on(&self, path: &Path) -> bool {
        path == self.root
            || self.tops.iter().any(|top| top == path)
            || self.trees.iter().any(|tree| tree == path)
            || self.settings.iter().any(|settings| settings == path)
    }

    /// The stamps of every file that a build may read.
    pub(super) fn stamps(&self) -> Stamps {
        let mut stamps = Stamps::new();
        for tree in &self.trees {
            files::add_stamps(tree, &mut stamps);
        }
        for path in self.settings.iter().chain(&self.tops) {
            if let Seen::File(stamp) = files::look(path) {
                stamps.insert(path.clone(), stamp);
            }
        }
        stamps
    }

    /// The folders whose events tell of changes.
    pub(super) fn folders(&self) -> Vec<Folder> {
        // Editors save by renaming over a file, so its folder is watched, not the file.
        let holders = self.settings.iter().filter_map(|path| path.parent());
        let mut alone: Vec<&Path> = Vec::new();
        for holder in std::iter::once(self.root.as_path()).chain(holders) {
            let is_in_tree = self.trees.iter().any(|tree| holder.starts_with(tree));
            if !is_in_tree && !alone.contains(&holder) {
                alone.push(holder);
            }
        }
        let alone = alone.into_iter().map(|path| (path, false));
        let trees = self.trees.iter().map(|tree| (tree.as_path(), true));
        alone
            .chain(trees)
            .filter_map(|(path, is_recursive)| match files::look(path) {
                Seen::Folder(identity) => Some(Folder {
                    path: path.to_path_buf(),
                    identity,
                    is_recursive,
                }),
                _ => None,
            })
            .collect()
    }
}

fn is_folder(path: &Path) -> bool {
    matches!(files::look(path), Seen::Folder(_))
}
