//! The list of pages for search engines.

use super::{EntryView, entry};
use crate::plan::{Listed, sitemap_part};
use crate::render::page::Page;
use crate::render::site::Site;

/// A list of pages.
pub(crate) fn sitemap<'a>(site: Site<'a>, listed: &[Listed]) -> Page<'a> {
    let entries = listed.iter().map(|listed| match listed {
        Listed::Document(id) => entry(site, *id),
        Listed::Page(path) => place_entry(site, path.as_str()),
    });
    page(&[], &entries.collect::<Vec<_>>())
}

/// The list of so many such lists.
pub(crate) fn sitemap_index(site: Site<'_>, parts: usize) -> Page<'_> {
    let parts = (0..parts).map(|part| place_entry(site, &sitemap_part(part)));
    page(&parts.collect::<Vec<_>>(), &[])
}

fn page<'a>(parts: &[EntryView], entries: &[EntryView]) -> Page<'a> {
    Page::new("sitemap.xml", "", "")
        .with("parts", parts)
        .with("entries", entries)
}

fn place_entry(site: Site<'_>, address: &str) -> EntryView {
    EntryView {
        url: site.absolute(address),
        ..EntryView::default()
    }
}
