//! What an editor asks: answered from the portal as it was last read and the texts as they are now.

pub(super) mod completion;
pub(super) mod hover;
mod mentions;
pub(super) mod navigation;
pub(super) mod outline;
pub(super) mod problems;
pub(super) mod references;

use super::text::{Encoding, Overlay, Root};
use crate::build::Survey;
use crate::diagnostic::LineIndex;
use crate::document::{self, Kind, Schema};
use crate::files::Files as _;
use crate::portal::{DocId, Portal};
use crate::render::{StatusText, status_text};
use crate::source::DocumentFile;
use camino::{Utf8Path, Utf8PathBuf};
use gen_lsp_types as lsp;
use std::borrow::Cow;
use std::ops::Range;

/// What answers are made from.
pub(super) struct Answers<'a> {
    /// `None` before the portal was read for the first time, and as long as its settings are wrong from the beginning.
    pub(super) survey: Option<&'a Survey>,
    /// The files as the editor shows them.
    pub(super) files: &'a Overlay,
    pub(super) root: &'a Root,
    pub(super) encoding: Encoding,
}

impl<'a> Answers<'a> {
    fn portal(&self) -> Option<&'a Portal> {
        self.survey.map(|survey| &survey.portal)
    }

    /// The keys of each kind: without a portal, those that every portal has.
    fn schema(&self) -> Cow<'a, Schema> {
        match self.portal() {
            Some(portal) => Cow::Borrowed(&portal.schema),
            None => Cow::Owned(Schema::default()),
        }
    }

    /// The text of a file of the portal; `None` where it is no text, or is gone.
    fn text(&self, path: &Utf8Path) -> Option<String> {
        String::from_utf8(self.files.read(path).ok()?).ok()
    }

    fn range(&self, text: &str, span: &Range<usize>) -> lsp::Range {
        self.encoding.place(&LineIndex::new(text.as_bytes()), span)
    }

    fn location(&self, path: &Utf8Path, range: lsp::Range) -> lsp::Location {
        let open = self.files.open.get(path);
        let uri = open.map_or_else(|| self.root.uri(path), |document| document.uri.clone());
        lsp::Location::new(uri, range)
    }

    /// The status of a document in the portal's own words.
    fn status(&self, id: DocId) -> Option<StatusText> {
        let survey = self.survey?;
        let theme = survey.theme.as_ref()?;
        status_text(id, &survey.portal, &survey.site_map, &survey.config, theme)
    }
}

/// What a file of the content tree is by its place; `None` where no document lives.
fn document_at(path: &Utf8Path, schema: &Schema) -> Option<(DocumentFile, Kind)> {
    if !path.starts_with(crate::source::CONTENT) {
        return None;
    }
    let folders: Vec<&str> = schema.kinds.folders().collect();
    let file = DocumentFile::at(path, &folders)?;
    let kind = document::kind_of(&file, schema);
    Some((file, kind))
}

/// The source of what is at an address; `None` for pages that are made from many files.
fn file_at(address: &str, portal: &Portal) -> Option<Utf8PathBuf> {
    use crate::portal::Place;
    let every_file = || {
        let mut files = portal.addresses.every_file();
        files.find_map(|(file, at)| (at == address).then(|| file.to_path_buf()))
    };
    match portal.addresses.at(address)? {
        Place::Document(id) | Place::Redirect(id) => Some(portal.document(id).path.clone()),
        Place::Center(id) => Some(portal.center(id).document.path.clone()),
        Place::File => {
            let mut files = portal.addresses.files.iter();
            files.find_map(|(file, at)| (at == address).then(|| file.clone()))
        }
        Place::Unreadable => every_file(),
    }
}
