//! The sections of a Center's page and their order.

use crate::document::{Center, Kind, Kinds};

/// A section of a Center's page below what is new and who to contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageSection {
    /// The documents of a kind.
    Documents(Kind),
    /// The lists of its documents by chapter, category and country.
    Browse,
    /// What its documents add up to.
    Trends,
    /// Programs for trusted traders.
    Programs,
    /// Partner government agencies.
    Agencies,
    /// The text of its own page, with its facts.
    About,
}

impl PageSection {
    /// Its name in front matter, and its anchor.
    pub(crate) fn name(self, kinds: &Kinds) -> &str {
        match self {
            Self::Documents(kind) => kinds.folder(kind),
            Self::Browse => "browse",
            Self::Trends => "trends",
            Self::Programs => "programs",
            Self::Agencies => "agencies",
            Self::About => "about",
        }
    }
}

/// Every section in the usual order.
fn all(kinds: &Kinds) -> impl Iterator<Item = PageSection> + use<> {
    let others = [
        PageSection::Browse,
        PageSection::Trends,
        PageSection::About,
        PageSection::Programs,
        PageSection::Agencies,
    ];
    kinds.listed().map(PageSection::Documents).chain(others)
}

/// The names that a Center can put in order.
pub(in crate::portal) fn section_names(kinds: &Kinds) -> Vec<&str> {
    all(kinds).map(|section| section.name(kinds)).collect()
}

/// The sections of a Center's page: those that it names, in its order, then the others.
pub(crate) fn page_sections(center: &Center, kinds: &Kinds) -> Vec<PageSection> {
    let mut sections: Vec<PageSection> = all(kinds).collect();
    let place = |section: &PageSection| {
        let mut named = center.sections.iter();
        let at = named.position(|name| name == section.name(kinds));
        at.unwrap_or(center.sections.len())
    };
    // The sort is stable, so that those without a place keep the usual order.
    sections.sort_by_key(place);
    sections
}
