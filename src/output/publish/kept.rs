//! Kept entries: what lies at the top of the output folder and is not Portolan's.
//!
//! They must not be absent at any moment. So each is linked into the new tree before the exchange, and the original is
//! exchanged back for that twin afterwards: a program that has the original open (git, say) goes on with it.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::io;
use super::manifest::{MANIFEST, Manifest};
use super::{PublishError, swap};
use camino::Utf8Path;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// The names at the top of a published tree that its manifest does not list.
pub(super) fn names(tree: &Utf8Path, manifest: &Manifest) -> Result<Vec<String>, PublishError> {
    let ours = manifest.tops();
    let mut names = Vec::new();
    for item in tree.read_dir_utf8().map_err(io("list", tree))? {
        let item = item.map_err(io("list", tree))?;
        let name = item.file_name();
        if name != MANIFEST && !ours.contains(name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Puts twins of the kept entries of `out` into `stage`; gives their names. An entry whose name the new site has too, or
/// that cannot be copied, is left to be moved after the exchange.
pub(super) fn stage(
    out: &Utf8Path,
    stage: &Utf8Path,
    previous: &Manifest,
    may_link: bool,
) -> Result<Vec<String>, PublishError> {
    let mut staged = Vec::new();
    for name in names(out, previous)? {
        let (from, to) = (out.join(&name), stage.join(&name));
        if to.symlink_metadata().is_ok() {
            continue;
        }
        match twin(from.as_std_path(), to.as_std_path(), may_link) {
            Ok(true) => staged.push(name),
            Err(cause) if cause.kind() != ErrorKind::PermissionDenied => {
                return Err(io("copy", &from)(cause));
            }
            _ => swap::remove_tree(&to)?,
        }
    }
    Ok(staged)
}

/// Makes a twin of an entry: hard links where the file system has them, else copies. `false` where something in it is
/// neither a file, a folder nor a symbolic link and cannot be linked.
fn twin(from: &Path, to: &Path, may_link: bool) -> std::io::Result<bool> {
    let metadata = from.symlink_metadata()?;
    if metadata.is_dir() {
        fs::create_dir(to)?;
        for item in from.read_dir()? {
            let name = item?.file_name();
            if !twin(&from.join(&name), &to.join(&name), may_link)? {
                return Ok(false);
            }
        }
        // Last: nothing may be put into some folders.
        fs::set_permissions(to, metadata.permissions())?;
    } else if may_link && fs::hard_link(from, to).is_ok() {
    } else if metadata.is_symlink() {
        std::os::unix::fs::symlink(fs::read_link(from)?, to)?;
    } else if metadata.is_file() {
        fs::copy(from, to)?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// Whether two entries are the same: one file, or equal in everything that a reader sees.
pub(super) fn are_same(a: &Path, b: &Path) -> std::io::Result<bool> {
    let (left, right) = (a.symlink_metadata()?, b.symlink_metadata()?);
    if (left.dev(), left.ino()) == (right.dev(), right.ino()) {
        return Ok(true);
    }
    if left.file_type() != right.file_type() {
        return Ok(false);
    }
    if left.is_symlink() {
        return Ok(fs::read_link(a)? == fs::read_link(b)?);
    }
    if !left.is_dir() {
        return Ok(left.is_file() && left.len() == right.len() && fs::read(a)? == fs::read(b)?);
    }
    let entries = entries(a)?;
    if entries != self::entries(b)? {
        return Ok(false);
    }
    for name in entries {
        if !are_same(&a.join(&name), &b.join(&name))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entries(folder: &Path) -> std::io::Result<BTreeSet<OsString>> {
    folder
        .read_dir()?
        .map(|item| Ok(item?.file_name()))
        .collect()
}
