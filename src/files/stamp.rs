//! What can be seen of files without opening them: enough to tell that one was changed, replaced, added or deleted.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the door to the file system"
)]

use super::never_published::{NeverPublished, is_repository};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The coarsest clock of a file system (FAT).
const TICK: Duration = Duration::from_secs(2);

/// Size, times and identity of a file, a link or a special file. Two stamps of one path differ if it was written to,
/// replaced or renamed over in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Unlike the time of modification, no program can set it: it tells a copy that keeps times (`cp -p`, `rsync -t`).
    changed: (i64, i64),
    identity: Identity,
    is_link: bool,
}

impl Stamp {
    /// Whether every later change shows in the stamp of a file that was looked at now: one that was changed a moment ago
    /// can be changed again within the same tick of a coarse clock.
    pub(super) fn is_settled(&self, now: SystemTime) -> bool {
        let seconds = |time: SystemTime| {
            let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
            i64::try_from(since.as_secs()).ok()
        };
        let limit = now.checked_sub(TICK);
        limit.zip(self.modified).is_some_and(|(limit, modified)| {
            modified < limit && seconds(limit).is_some_and(|limit| self.changed.0 < limit)
        })
    }
}

/// Which file or folder of the system lies at a path: device and inode, where the system has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity(u64, u64);

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nothing, or nothing that this user may look at.
    Nothing,
    /// A folder.
    Folder(Identity),
    /// Anything else. A link is seen itself, not what it points to.
    File(Stamp),
}

/// Stamps by path. Paths are compared part by part, so that a sorted map of many takes long to make.
pub type Stamps = HashMap<PathBuf, Stamp>;

/// Looks at what lies at a path.
#[must_use]
pub fn look(path: &Path) -> Seen {
    match path.symlink_metadata() {
        Err(_) => Seen::Nothing,
        Ok(found) if found.is_dir() => Seen::Folder(identity(&found)),
        Ok(found) => Seen::File(stamp(&found)),
    }
}

/// The path without links on the way to it; `None` where nothing lies there.
#[must_use]
pub fn resolve(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Adds the stamps of what a [walk](super::Files::walk) of the folder would list. What cannot be listed has none.
pub fn add_stamps(folder: &Path, stamps: &mut Stamps) {
    let items = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    let items = items.filter_entry(|item| !is_repository(&item.file_name().to_string_lossy()));
    for item in items.filter_map(Result::ok) {
        if item.file_type().is_dir() || is_passed_over(item.path()) {
            continue;
        }
        if let Ok(found) = item.metadata() {
            stamps.insert(item.into_path(), stamp(&found));
        }
    }
}

/// Whether a change of a file of this name cannot change the site: it is a backup, lock or temporary file.
#[must_use]
pub fn is_passed_over(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| {
            NeverPublished::of(Utf8Path::new(name)) == Some(NeverPublished::Leftover)
        })
}

fn stamp(found: &Metadata) -> Stamp {
    Stamp {
        length: found.len(),
        modified: found.modified().ok(),
        changed: changed(found),
        identity: identity(found),
        is_link: found.is_symlink(),
    }
}

#[cfg(unix)]
fn identity(found: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    Identity(found.dev(), found.ino())
}

#[cfg(unix)]
fn changed(found: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (found.ctime(), found.ctime_nsec())
}

/// The time of creation is the nearest thing that every other system has.
#[cfg(not(unix))]
fn identity(found: &Metadata) -> Identity {
    let since = found.created().ok().and_then(|created| {
        let since = created.duration_since(SystemTime::UNIX_EPOCH);
        since.ok()
    });
    since.map_or(Identity(0, 0), |since| {
        Identity(since.as_secs(), since.subsec_nanos().into())
    })
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    fn stamps(folder: &Path) -> Stamps {
        let mut stamps = Stamps::new();
        add_stamps(folder, &mut stamps);
        stamps
    }

    #[test]
    fn a_file_of_the_same_size_and_time_is_another_one() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let (one, two) = (temp.path().join("one"), temp.path().join("two"));
        for path in [&one, &two] {
            fs::write(path, "text").expect("it can be written");
            let file = fs::File::options().write(true).open(path);
            let file = file.expect("it can be opened");
            file.set_modified(SystemTime::UNIX_EPOCH)
                .expect("its time can be set");
        }
        let before = stamps(temp.path());
        fs::rename(&two, &one).expect("it can be renamed");
        let after = stamps(temp.path());
        assert_ne!(before[&one], after[&one]);
        assert_eq!(after.len(), 1);
    }

    #[test]
    fn a_file_that_was_just_changed_may_change_again_without_another_stamp() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let path = temp.path().join("a");
        fs::write(&path, "text").expect("it can be written");
        let found = fs::metadata(&path).expect("it is there");
        let modified = found.modified().expect("its system has times");
        let stamp = stamp(&found);
        assert!(!stamp.is_settled(modified));
        assert!(!stamp.is_settled(modified + TICK));
        assert!(!stamp.is_settled(SystemTime::UNIX_EPOCH));
        assert!(stamp.is_settled(modified + TICK * 2));
        let file = fs::File::options().write(true).open(&path);
        let file = file.expect("it can be opened");
        file.set_modified(SystemTime::UNIX_EPOCH)
            .expect("its time can be set");
        let stamp = super::stamp(&fs::metadata(&path).expect("it is there"));
        assert!(!stamp.is_settled(modified), "a set time says nothing");
    }

    #[test]
    fn what_a_walk_passes_over_has_no_stamp_and_links_are_not_followed() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = temp.path().join("content");
        fs::create_dir_all(folder.join("empty")).expect("it can be made");
        fs::write(folder.join("page.md.swp"), "").expect("it can be written");
        std::os::unix::fs::symlink("/", folder.join("link")).expect("it can be made");
        let found: Vec<PathBuf> = stamps(&folder).into_keys().collect();
        assert_eq!(found, [folder.join("link")]);
        assert!(matches!(look(&folder), Seen::Folder(_)));
        assert!(matches!(look(&folder.join("link")), Seen::File(_)));
        assert_eq!(look(&folder.join("none")), Seen::Nothing);
    }
}
