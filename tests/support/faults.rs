//! What goes wrong while a site is published: the system refuses a change of the disk, or the machine stops before it.

use super::site;
use portolan::output::publish::{Abilities, Faults, Point};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A file system that refuses one change, after so many others.
pub(crate) fn refusing(abilities: Abilities, changes_before: usize) -> Abilities {
    Abilities {
        faults: Some(Arc::new(Refusal(AtomicUsize::new(changes_before)))),
        ..abilities
    }
}

#[derive(Debug)]
struct Refusal(AtomicUsize);

impl Faults for Refusal {
    fn at(&self, _: Point) -> io::Result<()> {
        let left = self.0.fetch_sub(1, Ordering::SeqCst);
        if left == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

/// Copies of a folder before each change, as a machine that stopped there would leave it.
#[derive(Debug)]
pub(crate) struct DiskSnapshots {
    folder: PathBuf,
    copies: Mutex<Vec<(Point, TempDir)>>,
}

impl DiskSnapshots {
    /// A file system that is copied, and its copies.
    pub(crate) fn watch(abilities: Abilities, folder: PathBuf) -> (Abilities, Arc<Self>) {
        let copies = Mutex::default();
        let stops = Arc::new(Self { folder, copies });
        let faults = Some(Arc::clone(&stops) as Arc<dyn Faults>);
        (
            Abilities {
                faults,
                ..abilities
            },
            stops,
        )
    }

    pub(crate) fn take(&self) -> Vec<(Point, TempDir)> {
        std::mem::take(&mut self.copies.lock().unwrap())
    }
}

impl Faults for DiskSnapshots {
    fn at(&self, point: Point) -> io::Result<()> {
        let copy = tempfile::tempdir()?;
        site::copy_all(&self.folder, copy.path());
        self.copies.lock().unwrap().push((point, copy));
        Ok(())
    }
}
