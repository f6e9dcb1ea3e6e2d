//! The anchors of a page: its sections, which the theme declares, and the headings, paragraphs and notes of its text.

use super::{Entry, Page, SiteMap};
use crate::document::body::{self, anchors};
use crate::document::{Document, Facts};
use crate::files::percent_decoded;
use crate::portal::Portal;
use crate::theme::Theme;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::OnceLock;

/// Finds the ids of the sections that a page shows.
pub(super) type ShownSections<'a> = dyn Fn(&Entry) -> Vec<String> + Sync + 'a;

/// The anchors of every page, each looked for when the first link asks for it.
pub struct Anchors<'a> {
    map: &'a SiteMap,
    portal: &'a Portal,
    /// `None` where something is wrong with the theme: then every section may be there.
    theme: Option<(&'a Theme, &'a ShownSections<'a>)>,
    /// By the place of the entry in the site map: sorted, so that each of many links finds its own.
    found: Vec<OnceLock<Vec<String>>>,
}

impl fmt::Debug for Anchors<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Anchors")
    }
}

impl<'a> Anchors<'a> {
    /// Gets ready to look for anchors.
    #[must_use]
    pub fn new(
        map: &'a SiteMap,
        portal: &'a Portal,
        theme: Option<(&'a Theme, &'a ShownSections<'a>)>,
    ) -> Self {
        Self {
            map,
            portal,
            theme,
            found: map.entries().iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Whether a browser finds an anchor, as a link writes it, on the page at an address.
    #[must_use]
    pub fn has(&self, address: &str, anchor: &str) -> bool {
        let Some(at) = self.map.place(address) else {
            // A document that cannot be published yet.
            return true;
        };
        let entry = &self.map.entries()[at];
        // A file of the content tree has anchors of its own: pages of a PDF, elements of a drawing.
        if matches!(entry.page, Page::Copy { .. } | Page::ThemeFile(_)) {
            return true;
        }
        let Some(anchor) = percent_decoded(anchor) else {
            return false;
        };
        let text = document(&entry.page, self.portal).map(|document| &document.facts);
        text.is_some_and(|facts| is_numbered(&anchor, facts))
            || self
                .found(at)
                .binary_search_by(|known| known.as_str().cmp(&anchor))
                .is_ok()
            || self.theme.is_none()
    }

    /// The anchors of the page at an address that have names, sorted.
    #[must_use]
    pub(super) fn of(&self, address: &str) -> &[String] {
        self.map.place(address).map_or(&[], |at| self.found(at))
    }

    fn found(&self, at: usize) -> &[String] {
        self.found[at].get_or_init(|| {
            let entry = &self.map.entries()[at];
            let mut reserved = BTreeSet::new();
            let mut found = Vec::new();
            if let Some((theme, shown)) = self.theme {
                found = shown(entry);
                let template = entry.page.template(self.portal).unwrap_or_default();
                reserved.clone_from(theme.sections.ids(template));
                reserved.extend(found.iter().cloned());
            }
            if let Some(document) = document(&entry.page, self.portal) {
                found.extend(anchors(&document.facts.headings, &reserved));
            }
            found.sort_unstable();
            found
        })
    }
}

/// The document whose text a page shows.
pub(super) fn document<'a>(page: &Page, portal: &'a Portal) -> Option<&'a Document> {
    match page {
        Page::Document(id) => Some(portal.document(*id)),
        Page::Center(at) => Some(&portal.centers[*at].document),
        _ => None,
    }
}

/// Whether an anchor is that of a paragraph or of a note.
fn is_numbered(anchor: &str, facts: &Facts) -> bool {
    body::is_paragraph(anchor, facts.paragraphs) || body::is_note(anchor, &facts.notes)
}
