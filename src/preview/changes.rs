//! Which files changed.

use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// So many files are changed by hand; more by a program.
const FEW: usize = 8;

/// The files that changed since a moment, be they new, other ones or gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Those of the content, relative to the portal's root.
    pub(super) content: BTreeSet<Utf8PathBuf>,
    /// Settings and themes.
    pub(super) elsewhere: BTreeSet<PathBuf>,
}

impl Changes {
    pub(super) fn add(&mut self, other: &Self) {
        self.content.extend(other.content.iter().cloned());
        self.elsewhere.extend(other.elsewhere.iter().cloned());
    }

    /// The files of the content, where they are few and all that changed.
    pub(super) fn few(&self) -> impl Iterator<Item = &Utf8Path> {
        let is_few = self.elsewhere.is_empty() && self.content.len() <= FEW;
        let few = self.content.iter().filter(move |_| is_few);
        few.map(Utf8PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_files_of_the_content_are_few_and_settings_are_not() {
        let mut changes = Changes::default();
        changes.content.insert("content/pages/a.md".into());
        assert_eq!(changes.few().collect::<Vec<_>>(), ["content/pages/a.md"]);
        let mut many = changes.clone();
        for at in 0..FEW {
            many.content.insert(format!("content/pages/{at}.md").into());
        }
        assert_eq!(many.few().count(), 0);
        changes.elsewhere.insert("site.toml".into());
        assert_eq!(changes.few().count(), 0);
    }
}
