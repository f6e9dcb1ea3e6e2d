//! The status of a document in the words of its page, for those who show it elsewhere: an editor, a list in a terminal.

use super::parts::{names, status};
use super::site::Site;
use crate::config::Config;
use crate::portal::{DocId, Portal};
use crate::sitemap::SiteMap;
use crate::theme::Theme;

/// A status in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusText {
    /// As lists say it: `In force, as of June 26, 2026 (as far as known)`.
    pub short: String,
    /// As the document's own page says it, with the basis, in sentences.
    pub sentences: String,
}

/// Says the status of a ruling, or what became of a decision; `None` where there is no such thing.
#[must_use]
pub fn status_text(
    id: DocId,
    portal: &Portal,
    map: &SiteMap,
    config: &Config,
    theme: &Theme,
) -> Option<StatusText> {
    let site = Site {
        map,
        portal,
        config,
        words: &theme.words,
    };
    let summary = portal.status_summary(id)?;
    let label = names::status(site, summary);
    Some(StatusText {
        short: match status::note(site, summary) {
            Some(note) => format!("{label}, {note}"),
            None => label,
        },
        sentences: status::sentences(site, id)?,
    })
}
