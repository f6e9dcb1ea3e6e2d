//! What a run tells while it goes on: which stage begins, how far it is, and what it gave.

/// The stages of a build in the order in which they run, named as the modules that do them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Settings are read.
    Config,
    /// Templates, words and tokens are read.
    Theme,
    /// Files are found.
    Source,
    /// Documents are read.
    Document,
    /// The tables of `content/data/` are read.
    Tables,
    /// Documents are put together.
    Portal,
    /// Addresses are listed.
    Sitemap,
    /// Files that are published as they are, are searched for scripts.
    ActiveContent,
    /// Pages and other files are made.
    Render,
    /// The search index is made.
    Index,
    /// The site is put in its place.
    Output,
}

impl Stage {
    /// The module's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Theme => "theme",
            Self::Source => "source",
            Self::Document => "document",
            Self::Tables => "tables",
            Self::Portal => "portal",
            Self::Sitemap => "sitemap",
            Self::ActiveContent => "active_content",
            Self::Render => "render",
            Self::Index => "index",
            Self::Output => "output",
        }
    }

    /// What is counted.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Config => "settings file",
            Self::Theme => "templates",
            Self::Source | Self::ActiveContent => "files",
            Self::Document => "documents",
            Self::Tables => "tables",
            Self::Portal => "published documents",
            Self::Sitemap => "addresses",
            Self::Render => "files checked",
            Self::Index => "blocks made",
            Self::Output => "files written",
        }
    }
}

/// Follows a run: for a progress bar, for `--timings`. `()` does nothing.
pub trait Observer: Sync {
    /// A stage begins; of how many steps it has, where that is known and they are many.
    fn begin(&self, stage: Stage, steps: Option<usize>) {
        let _ = (stage, steps);
    }

    /// So many steps of the stage are done. Called from several threads.
    fn step(&self, done: usize) {
        let _ = done;
    }

    /// The stage has ended and gave so many of its [`Stage::unit`].
    fn end(&self, stage: Stage, count: usize) {
        let _ = (stage, count);
    }
}

impl Observer for () {}

/// Runs a stage.
pub(super) fn run<T>(
    observer: &dyn Observer,
    stage: Stage,
    work: impl FnOnce() -> T,
    count: impl FnOnce(&T) -> usize,
) -> T {
    observer.begin(stage, None);
    let result = work();
    observer.end(stage, count(&result));
    result
}
