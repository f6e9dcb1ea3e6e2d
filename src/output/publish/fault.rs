//! Named points of a publish, right before each change of the disk. Tests stop a run there; release builds have none.

use std::io;

/// A point of a publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The working folder is made.
    Work,
    /// A new or different file is written to the stage.
    Stage,
    /// An unchanged file is linked into the stage.
    Link,
    /// The list of the site's files is written to the stage.
    Manifest,
    /// Kept entries are linked into the stage.
    Keep,
    /// The stage is renamed: it is a complete tree.
    Swap,
    /// The trees are exchanged.
    Exchange,
    /// A kept entry is exchanged for its twin.
    Return,
    /// A spare tree loses its manifest, or is renamed: it is complete.
    Spare,
    /// A kept entry that the output lacks is moved back to it.
    GiveBack,
    /// The old tree, or a twin in it, is renamed: it may be deleted.
    Retire,
    /// The stage is deleted.
    Clear,
    /// A file of the output is replaced, where the trees cannot be exchanged.
    Replace,
    /// A file is deleted: of the output, where the trees cannot be exchanged, or of a spare tree.
    Remove,
}

impl Point {
    /// All points, in the order of a publish.
    pub const ALL: [Self; 14] = [
        Self::Work,
        Self::Stage,
        Self::Link,
        Self::Manifest,
        Self::Keep,
        Self::Swap,
        Self::Exchange,
        Self::Return,
        Self::Spare,
        Self::GiveBack,
        Self::Retire,
        Self::Clear,
        Self::Replace,
        Self::Remove,
    ];
}

/// Decides at each point whether the run goes on.
pub trait Faults: std::fmt::Debug + Send + Sync {
    /// Lets the run go on, or makes the system refuse the change.
    ///
    /// # Errors
    /// The error that the system reports.
    fn at(&self, point: Point) -> io::Result<()>;
}
