//! An edited document in a site that is otherwise as it was: its page is shown before the portal is put together again.

use super::shown::Shown;
use crate::diagnostic;
use crate::document::{self, Common, Document, Kind};
use crate::portal::Portal;
use crate::sitemap::{Resolved, SiteMap, link_base, resolve};
use crate::source::DocumentFile;
use camino::Utf8Path;
use std::sync::Arc;

/// The site with a document as its file is now; `None` where the document is new or has errors, or where other pages,
/// lists or addresses may follow from what changed in it.
pub(super) fn with_edited(shown: &Shown, path: &Utf8Path) -> Option<Shown> {
    let site = &shown.site;
    let portal = &site.portal;
    let at = portal
        .documents
        .binary_search_by(|document| document.path.as_path().cmp(path));
    let id = at.ok()?.into();
    let last = portal.document(id);
    let folders: Vec<&str> = portal.schema.kinds.folders().collect();
    let file = DocumentFile::at(path, &folders)?;
    let bytes = shown.files().read(path).ok()?;
    let next = document::read(&file, &bytes, &portal.schema).ok()?;
    let is_alone = next.hash != last.hash
        && !diagnostic::has_errors(&next.problems)
        && is_same_to_others(last, &next)
        && has_targets(&next, portal, &site.site_map);
    is_alone.then(|| {
        let mut site = site.clone();
        site.portal = portal.with_edited(id, Arc::new(next));
        shown.edited(site)
    })
}

/// Whether two versions of a document differ in nothing but words: what it is, where it is, when, whose and of what, and
/// which rulings it speaks of, are the same.
fn is_same_to_others(last: &Document, next: &Document) -> bool {
    let cites = |document: &Document| -> Vec<_> {
        let cites = document.facts.cites.iter();
        cites.map(|cite| cite.number.clone()).collect()
    };
    // The title of a free page can be a link of every page.
    let reworded = match next.kind {
        Kind::Page => last.common.clone(),
        _ => Common {
            title: next.common.title.clone(),
            summary: next.common.summary.clone(),
            ..last.common.clone()
        },
    };
    reworded == next.common
        && last.kind == next.kind
        && last.folder_center() == next.folder_center()
        && last.slug == next.slug
        && last.fields == next.fields
        && last.proposal == next.proposal
        && last.added == next.added
        && last.facts.is_empty == next.facts.is_empty
        && cites(last) == cites(next)
}

/// Whether every link has a target in the site as it was.
fn has_targets(document: &Document, portal: &Portal, map: &SiteMap) -> bool {
    let base = link_base(document, portal);
    let mut links = document.facts.links.iter();
    links.all(|link| {
        !matches!(
            resolve(&link.target, base, map, portal),
            Resolved::Broken | Resolved::Unsafe
        )
    })
}
