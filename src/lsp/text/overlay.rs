//! The portal's files as the editor shows them: unsaved text in the place of what is on disk.

use super::open::OpenDocuments;
use crate::files::{Entry, FileError, Files, Stamp};
use camino::Utf8Path;
use std::collections::HashSet;
use std::sync::Arc;

/// Files with the open documents laid over them.
pub(crate) struct Overlay {
    pub(crate) base: Arc<dyn Files>,
    pub(crate) open: OpenDocuments,
}

impl Files for Overlay {
    fn walk(&self, folder: &Utf8Path) -> Result<Vec<Entry>, FileError> {
        let mut entries = self.base.walk(folder)?;
        let known: HashSet<&Utf8Path> = entries.iter().map(Entry::path).collect();
        let unsaved = self.open.keys().filter(|path| path.starts_with(folder));
        let unsaved: Vec<Entry> = unsaved
            .filter(|path| !known.contains(path.as_path()))
            .map(|path| Entry::File(path.clone()))
            .collect();
        if !unsaved.is_empty() {
            entries.extend(unsaved);
            entries.sort_by(|a, b| a.path().cmp(b.path()));
        }
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        match self.open.get(path) {
            Some(document) => Ok(document.text.as_bytes().to_vec()),
            None => self.base.read(path),
        }
    }

    fn stamp(&self, path: &Utf8Path) -> Option<Stamp> {
        if self.open.contains_key(path) {
            // What is on disk says nothing of the text.
            None
        } else {
            self.base.stamp(path)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::open::OpenDocument;
    use super::*;
    use crate::files::Memory;

    #[test]
    fn open_documents_take_the_place_of_files_and_new_ones_are_found() {
        let base = Memory::new().with("content/b.md", "saved");
        let open = [
            ("content/a.md", "new"),
            ("content/b.md", "typed"),
            ("site.toml", ""),
        ];
        let open = open.map(|(path, text)| {
            let document = OpenDocument {
                uri: "file:///".into(),
                version: 1,
                text: text.into(),
            };
            (path.into(), document)
        });
        let overlay = Overlay {
            base: Arc::new(base),
            open: open.into(),
        };
        let found = overlay.walk("content".into()).unwrap();
        assert_eq!(
            found,
            ["content/a.md", "content/b.md"].map(|path| Entry::File(path.into()))
        );
        assert_eq!(overlay.read("content/b.md".into()).unwrap(), b"typed");
    }
}
