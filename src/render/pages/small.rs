//! Pages without a view of their own.

use super::document;
use crate::portal::DocId;
use crate::render::inputs::{Hashes, Inputs};
use crate::render::page::Page;
use crate::render::site::Site;
use crate::sitemap;

/// The page for addresses that do not exist.
pub(crate) fn not_found(site: Site<'_>) -> Page<'_> {
    Page::new(site.words.get("page.not-found"), "").with("digits", &site.portal.lookup_digits())
}

pub(crate) fn not_found_inputs(hashes: &Hashes<'_>, inputs: &mut Inputs) {
    inputs.count(hashes.site.portal.lookup_digits());
}

/// A page at a former address of a document.
pub(crate) fn redirect(site: Site<'_>, id: DocId) -> Page<'_> {
    let title = document::title(site.portal.document(id));
    leads_to(site, &title, site.portal.addresses.of(id))
}

pub(crate) fn redirect_inputs(hashes: &Hashes<'_>, id: DocId, inputs: &mut Inputs) {
    inputs.hash(hashes.summary(id));
}

/// A page at a former address of another page of the portal.
pub(crate) fn moved<'a>(site: Site<'a>, address: &str) -> Page<'a> {
    leads_to(site, site.words.get("redirect.moved"), address)
}

fn leads_to<'a>(site: Site<'a>, title: &str, address: &str) -> Page<'a> {
    Page::new(title, "")
        .with("target", &site.url(address))
        .with("address", &site.canonical(address))
}

/// The description for browsers' search boxes.
pub(crate) fn open_search(site: Site<'_>) -> Page<'_> {
    Page::new("", "").with(
        "search",
        &site.absolute(&site.address(&sitemap::Page::Search)),
    )
}
