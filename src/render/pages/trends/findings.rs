//! What Centers find wrong: a table, because shares and counts of several sources do not add up.

use super::Scope;
use crate::document::Declared;
use crate::portal::{DocId, Listing, Subject};
use crate::render::inputs::{Hashes, Inputs};
use crate::render::parts::links;
use serde::Serialize;

/// What a Center finds wrong, and how much of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FindingView {
    /// What it finds.
    pub(crate) title: String,
    /// Its page, relative to the root.
    pub(crate) url: String,
    /// The share or count, as its source gives it.
    pub(crate) found: Option<String>,
    /// Of which time.
    pub(crate) period: Option<String>,
    /// What to do.
    pub(crate) action: Option<String>,
}

/// Findings that the page shows.
const FINDINGS: usize = 20;

fn list<'a>(scope: Scope<'a>) -> Option<&'a Listing> {
    let portal = scope.site.portal;
    let kind = portal.schema.kinds.of_name("finding")?;
    let listing = portal.listing(scope.center, &Subject::Kind(kind, None))?;
    Some(&portal.listings[listing]).filter(|listing| !listing.documents.is_empty())
}

fn shown(scope: Scope<'_>) -> impl Iterator<Item = DocId> {
    let all = list(scope).map_or(&[][..], |listing| &listing.documents);
    all.iter().copied().take(FINDINGS)
}

fn finding(scope: Scope<'_>, id: DocId) -> FindingView {
    let portal = scope.site.portal;
    let declared = portal.document(id).fields.declared();
    let text = |value: fn(&Declared) -> &Option<String>| declared.and_then(|it| value(it).clone());
    FindingView {
        title: portal.document(id).common.title.clone(),
        url: scope.site.url(portal.addresses.of(id)),
        found: text(|declared| &declared.found),
        period: text(|declared| &declared.period),
        action: text(|declared| &declared.action),
    }
}

/// The newest findings.
pub(super) fn newest(scope: Scope<'_>) -> Vec<FindingView> {
    shown(scope).map(|id| finding(scope, id)).collect()
}

/// The list of all of them, relative to the root; `None` where there are none.
pub(super) fn url(scope: Scope<'_>) -> Option<String> {
    list(scope).map(|listing| links::of_listing(scope.site, "", listing).url)
}

/// What they are made from.
pub(super) fn inputs(hashes: &Hashes<'_>, scope: Scope<'_>, inputs: &mut Inputs) {
    inputs.list(shown(scope), |inputs, id| {
        inputs.hash(hashes.summary(id));
    });
    inputs.count(list(scope).map_or(0, |listing| listing.documents.len()));
}
