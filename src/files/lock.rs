//! Files that one program at a time writes.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the door to the file system"
)]

use super::Disk;
use camino::Utf8Path;
use rustix::fs::FlockOperation;
use std::fs;

/// A lock that other programs respect, until it is dropped or the program ends.
#[derive(Debug)]
pub struct Lock {
    _file: fs::File,
}

impl Disk {
    /// Locks a file, which is made with its folders; `None` where another program holds the lock, or none can be had.
    #[must_use]
    pub fn try_lock(&self, path: &Utf8Path) -> Option<Lock> {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent()?).ok()?;
        let file = fs::File::options()
            .create(true)
            .append(true)
            .open(path)
            .ok()?;
        rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
        Some(Lock { _file: file })
    }
}
