//! The list of pages for search engines.

use super::updated;
use crate::render::inputs::Inputs;
use crate::render::page::Page;
use crate::render::site::Site;
use crate::sitemap::{Listed, sitemap_part};
use serde::Serialize;

/// An entry of the sitemap.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SitemapEntryView {
    /// Absolute.
    pub(crate) url: String,
    /// The day of the last change; absent where none is known.
    pub(crate) updated: Option<String>,
}

/// A list of pages.
pub(crate) fn sitemap<'a>(site: Site<'a>, listed: &[Listed]) -> Page<'a> {
    let entries = listed.iter().map(|listed| match listed {
        Listed::Document(id) => SitemapEntryView {
            url: site.absolute(site.portal.addresses.of(*id)),
            updated: updated(site, *id),
        },
        Listed::Page(path) => without_day(site, path.as_str()),
    });
    page(&[], &entries.collect::<Vec<_>>())
}

pub(crate) fn sitemap_inputs(site: Site<'_>, listed: &[Listed], inputs: &mut Inputs) {
    inputs.list(listed, |inputs, listed| match listed {
        Listed::Document(id) => {
            inputs.text(site.portal.addresses.of(*id));
            inputs.maybe(updated(site, *id).as_deref(), Inputs::text);
        }
        Listed::Page(path) => inputs.text(path.as_str()),
    });
}

/// The list of so many such lists.
pub(crate) fn sitemap_index(site: Site<'_>, parts: usize) -> Page<'_> {
    let parts = (0..parts).map(|part| without_day(site, &sitemap_part(part + 1)));
    page(&parts.collect::<Vec<_>>(), &[])
}

fn page<'a>(parts: &[SitemapEntryView], entries: &[SitemapEntryView]) -> Page<'a> {
    Page::new("", "")
        .with("parts", parts)
        .with("entries", entries)
}

fn without_day(site: Site<'_>, address: &str) -> SitemapEntryView {
    SitemapEntryView {
        url: site.absolute(address),
        updated: None,
    }
}
