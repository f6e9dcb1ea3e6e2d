//! Refuses a folder that holds what no publish put there: it could be anything, and the exchange would delete it.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::PublishError;
use super::io;
use super::manifest::{MANIFEST, Manifest};
use super::swap::{INNER_WORK, REPLACEMENT};
use crate::files::SitePath;
use camino::Utf8Path;
use std::collections::BTreeSet;
use std::fs;

/// How many names an error lists.
const LISTED: usize = 10;

/// Looks at every file but those below kept entries.
///
/// A kept name of which the manifest has files is looked into all the same: what else lies there would be deleted.
pub(super) fn refuse(
    out: &Utf8Path,
    previous: &Manifest,
    kept: &BTreeSet<String>,
) -> Result<(), PublishError> {
    let ours = previous.tops();
    let is_passed_over =
        |name: &str| name == INNER_WORK || kept.contains(name) && !ours.contains(name);
    let mut count = 0;
    let mut some = Vec::new();
    let items = walkdir::WalkDir::new(out)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|item| {
            item.depth() != 1 || !item.file_name().to_str().is_some_and(is_passed_over)
        });
    for item in items {
        // A folder that cannot be listed may hold anything.
        let item = item.map_err(|error| io("list", out)(error.into()))?;
        if item.file_type().is_dir() {
            continue;
        }
        if item.file_name().to_string_lossy().ends_with(REPLACEMENT) {
            // A killed run was about to put it in its neighbor's place.
            fs::remove_file(item.path()).map_err(io("delete", out))?;
            continue;
        }
        let relative = item.path().strip_prefix(out).unwrap_or(item.path());
        let relative = relative.to_string_lossy().into_owned();
        let is_known =
            SitePath::try_from(relative.clone()).is_ok_and(|path| previous.get(&path).is_some());
        if is_known || relative == MANIFEST {
            continue;
        }
        count += 1;
        if some.len() < LISTED {
            some.push(relative);
        }
    }
    if count == 0 {
        return Ok(());
    }
    let out = out.to_path_buf();
    Err(PublishError::Foreign { out, count, some })
}
