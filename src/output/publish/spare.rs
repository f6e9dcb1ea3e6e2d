//! The spare tree: the site before the published one, kept to become the next.
//!
//! To link every unchanged file into a new tree and to delete the old one costs far more than the few files that a build
//! changes. So after the exchange the old tree of a large site is kept as `spare`, with its manifest and without kept
//! entries. Of the next site it has all files but those that changed since; these are linked, moved in or deleted, and the
//! tree becomes the stage. It is made of hard links: its files are those of the output.
//!
//! The spare tree is worth no more than the time it saves. It loses its manifest before anything else in it changes, and one
//! that has no manifest, or is not as it was left, is deleted.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::inventory::{self, Inventory};
use super::manifest::{MANIFEST, Manifest};
use super::swap::{Places, remove_tree};
use super::{Point, PublishError, io};
use crate::files::SitePath;
use camino::Utf8Path;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{DirEntryExt as _, PermissionsExt as _};

/// Files from which on a site has a spare tree. With fewer, to link and to delete them takes less than a tenth of a second.
pub(super) const MIN_FILES: usize = 2_000;

/// The published site, and the files of it that are in its folder.
pub(super) struct Published<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) inventory: &'a Inventory,
}

/// Makes the spare tree the stage with all files of the next site; `false` where there is none that can be used.
///
/// `staged` lists the files in the stage; the others are as they are in the published site.
pub(super) fn adopt(
    places: &Places,
    published: &Published<'_>,
    next: &Manifest,
    staged: &BTreeSet<SitePath>,
) -> Result<bool, PublishError> {
    let spare = places.spare();
    if spare.symlink_metadata().is_err() {
        return Ok(false);
    }
    let Some((manifest, inodes)) = as_it_was_left(places, &spare)? else {
        places.reach(Point::Clear)?;
        remove_tree(&spare)?;
        return Ok(false);
    };
    // The output folder may have been made one that nothing can be changed in.
    let mode = fs::metadata(&spare).map_err(io("look at", &spare))?;
    let mode = fs::Permissions::from_mode(mode.permissions().mode() | 0o700);
    fs::set_permissions(&spare, mode).map_err(io("set permissions of", &spare))?;
    places.reach(Point::Spare)?;
    remove_file(&spare.join(MANIFEST))?;

    // A file that goes may be where a folder is to be, or the other way round: what goes, goes first.
    let inode_of = |path: &SitePath| {
        let (place, _) = published.manifest.get(path.as_str())?;
        Some(published.inventory.inodes[place])
    };
    let mut missing: Vec<&SitePath> = Vec::new();
    for ((path, _), inode) in manifest.files().zip(inodes) {
        let is_next = next.get(path.as_str()).is_some();
        if is_next && (staged.contains(path) || inode_of(path) == Some(inode)) {
            continue;
        }
        places.reach(Point::Remove)?;
        remove(&spare, path)?;
        if is_next {
            missing.push(path);
        }
    }
    let new = next
        .paths()
        .filter(|path| manifest.get(path.as_str()).is_none());
    missing.extend(new.filter(|path| !staged.contains(*path)));
    places.link_all(&missing, &spare)?;
    for path in staged {
        let (from, to) = (
            places.stage().join(path.as_str()),
            spare.join(path.as_str()),
        );
        places.reach(Point::Stage)?;
        super::with_folder(&to, || fs::rename(&from, &to)).map_err(io("rename", &from))?;
    }
    places.clear()?;
    let stage = places.stage();
    places.reach(Point::Spare)?;
    fs::rename(&spare, &stage).map_err(io("rename", &spare))?;
    Ok(true)
}

/// The manifest of the spare tree and the inodes of its files, where these are exactly those that it lists.
fn as_it_was_left(
    places: &Places,
    spare: &Utf8Path,
) -> Result<Option<(Manifest, Vec<u64>)>, PublishError> {
    if !places.has_hard_links() {
        return Ok(None);
    }
    let manifest = Manifest::read(spare)?;
    // A file is known by its inode, which the folder itself lists.
    let found = inventory::look(spare, &manifest, &BTreeSet::new(), |entry, _| {
        Some(entry.ino())
    });
    Ok(found.ok().and_then(|found| {
        let is_complete = found.foreign.count == 0 && !found.inodes.contains(&0);
        (is_complete && manifest.len() > 0).then_some((manifest, found.inodes))
    }))
}

/// Deletes a file and the folders that it leaves empty.
fn remove(tree: &Utf8Path, path: &SitePath) -> Result<(), PublishError> {
    let file = tree.join(path.as_str());
    remove_file(&file)?;
    let above = file.ancestors().skip(1);
    for folder in above.take_while(|folder| *folder != tree) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn remove_file(path: &Utf8Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(io("delete", path)(cause)),
        _ => Ok(()),
    }
}
