//! What runs remember, so that the next one does only what changed: documents as they were read, and the last run as a
//! whole.
//!
//! In: files and the schema. Out: what was known of them, as long as it still holds. All of it can be made again, is ignored
//! where it cannot be read, and is never published.

mod facts;
mod store;
mod trace;

pub use facts::{Facts, Read};
pub use store::FOLDER;
pub use trace::{Recorder, Trace};

use crate::diagnostic::Diagnostic;
use crate::files::{Disk, FileError};
use serde::{Deserialize, Serialize};
use store::Store;

/// The memory of a portal, below [`FOLDER`].
#[derive(Debug, Default)]
pub struct Cache {
    store: Option<Store>,
    facts: Facts,
}

/// A run that came to its end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// Every file that it looked at.
    pub inputs: Trace,
    /// The hash of what it depended on beside them.
    #[serde(with = "crate::files::hash")]
    pub context: blake3::Hash,
    /// What the same run would report.
    pub problems: Vec<Diagnostic>,
    /// The hash of the manifest of what it published.
    pub output: Option<[u8; blake3::OUT_LEN]>,
}

impl Cache {
    /// The memory of the portal in a folder; nothing is read yet. [`Cache::default`] remembers nothing.
    #[must_use]
    pub fn of(portal: &Disk) -> Self {
        let store = Store::new(portal);
        Self {
            facts: Facts::stored(store.clone()),
            store: Some(store),
        }
    }

    /// Whether anything is remembered for the next run.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.store.is_some()
    }

    /// The documents.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The last run of a command.
    #[must_use]
    pub fn run(&self, command: &str) -> Option<Run> {
        let runs = self.store.as_ref()?.load(command, &run_key());
        runs?.pop()
    }

    /// Remembers the last run of a command.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save_run(&self, command: &str, run: &Run) -> Result<(), FileError> {
        let store = self.store.as_ref();
        store.map_or(Ok(()), |store| {
            store.save(command, &run_key(), std::slice::from_ref(run))
        })
    }
}

/// Runs depend on no schema but that of the settings, which are among their files.
fn run_key() -> blake3::Hash {
    blake3::hash(b"run")
}
