//! Refuses an output folder among the portal's own files, before anything is touched.

#![expect(
    clippy::disallowed_methods,
    reason = "part of the door to the output folder"
)]

use super::{PublishError, io};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use std::io::ErrorKind;

/// Folders at the root of a portal whose files a build reads, or that another program owns.
const SOURCES: [&str; 3] = ["content", "themes", ".git"];

/// Refuses an output folder that is the portal itself, holds it, or lies in one of its source folders: the next build
/// would read what this one published, or the exchange would take the portal away.
///
/// # Errors
/// [`PublishError::AmongSources`], or when a path cannot be resolved.
pub fn refuse_among_sources(root: &Utf8Path, out: &Utf8Path) -> Result<(), PublishError> {
    let real_root = resolved(root)?;
    let real_out = resolved(out)?;
    let refuse = |of: &str| {
        Err(PublishError::AmongSources {
            out: out.to_path_buf(),
            of: of.to_owned(),
        })
    };
    if real_root.starts_with(&real_out) {
        return refuse("the portal itself is in it");
    }
    for name in SOURCES {
        let folder = resolved(&root.join(name))?;
        if real_out.starts_with(&folder) {
            return refuse(&format!("it is in the portal's `{name}/`"));
        }
        if folder.starts_with(&real_out) {
            return refuse(&format!("the portal's `{name}/` is in it"));
        }
    }
    Ok(())
}

/// The path with every link followed; of a path that does not exist, as much of it as does.
fn resolved(path: &Utf8Path) -> Result<Utf8PathBuf, PublishError> {
    let absolute = camino::absolute_utf8(path).map_err(io("find", path))?;
    let mut missing = Vec::new();
    for ancestor in absolute.ancestors() {
        match ancestor.canonicalize_utf8() {
            Ok(mut real) => {
                for part in missing.into_iter().rev() {
                    match part {
                        Utf8Component::ParentDir => drop(real.pop()),
                        part => real.push(part),
                    }
                }
                return Ok(real);
            }
            // `file/x` is for the publisher to report.
            Err(cause)
                if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                missing.extend(ancestor.components().next_back());
            }
            Err(cause) => return Err(io("find", ancestor)(cause)),
        }
    }
    Ok(absolute)
}
