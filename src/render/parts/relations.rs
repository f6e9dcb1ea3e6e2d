//! Links to rulings and notices: what they do to a ruling, and their own status.

use crate::portal::{DocId, Incoming, Target, effective};
use crate::render::parts::items::{self, UnpublishedView};
use crate::render::site::Site;
use portolan_customs::PartialDate;
use serde::Serialize;

/// A ruling, or a notice about one, that is spoken of.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RulingLinkView {
    /// What is done, or was done: `revokes`, `revoked by`; absent for citations.
    pub(crate) verb: Option<String>,
    /// Its number or citation.
    pub(crate) number: Option<String>,
    /// Its title; absent where the portal does not have it.
    pub(crate) title: Option<String>,
    /// Relative to the root, or the page in CROSS; absent for a decision that the portal does not have.
    pub(crate) url: Option<String>,
    /// Whether `url` is outside the portal.
    pub(crate) external: bool,
    /// When, as known.
    pub(crate) date: Option<String>,
    /// Its own status: `In force`, …; absent where the portal does not have it.
    pub(crate) status: Option<String>,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked`; of a decision `affirmed`, `reversed`, `vacated`,
    /// `reversed-in-part`, `vacated-in-part`;.
    pub(crate) status_class: Option<&'static str>,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`.
    pub(crate) status_note: Option<String>,
    /// `Revocation proposed` or `Modification proposed` where that is pending; else absent.
    pub(crate) proposed: Option<String>,
    /// Why readers do not see it, in the preview; always absent in a published site.
    pub(crate) state: Option<UnpublishedView>,
    /// The sentence that cites it, or in which it speaks of the page's document.
    pub(crate) sentence: Option<String>,
    /// What a reader must know of the relation: that it was found in the text and is not confirmed.
    pub(crate) note: Option<String>,
}

/// A link to a ruling, with its day.
pub(crate) fn target(site: Site<'_>, verb: Option<String>, target: &Target) -> RulingLinkView {
    let document = target.document.map(|id| site.portal.document(id));
    let date = document.and_then(|document| document.fields.date());
    dated_target(site, verb, target, date)
}

/// A link to a ruling, in the portal or in CROSS.
fn dated_target(
    site: Site<'_>,
    verb: Option<String>,
    target: &Target,
    date: Option<PartialDate>,
) -> RulingLinkView {
    match target.document {
        Some(id) => document(site, verb, id, date),
        None => RulingLinkView {
            verb,
            number: Some(target.number.with_collection()),
            url: Some(target.number.cross_url()),
            external: true,
            ..RulingLinkView::default()
        },
    }
}

/// A link to a ruling, or to a notice about one, in the portal.
pub(crate) fn document(
    site: Site<'_>,
    verb: Option<String>,
    id: DocId,
    date: Option<PartialDate>,
) -> RulingLinkView {
    let item = items::item(site, id);
    RulingLinkView {
        verb,
        number: item.number,
        title: Some(item.title),
        url: Some(item.url),
        date: site.known_date(date),
        status: item.status,
        status_class: item.status_class,
        status_note: item.status_note,
        proposed: item.proposed,
        state: item.state,
        ..RulingLinkView::default()
    }
}

/// What a ruling did to this one, with its day.
pub(crate) fn incoming(site: Site<'_>, incoming: &Incoming) -> RulingLinkView {
    let date = effective(&incoming.by, &site.portal.documents);
    let verb = format!("change.{}", incoming.change.passive().replace(' ', "-"));
    RulingLinkView {
        note: unconfirmed(site, incoming.unconfirmed),
        ..dated_target(site, Some(site.word(&verb)), &incoming.by, Some(date))
    }
}

/// What is said of a relation that was found in the text.
pub(crate) fn unconfirmed(site: Site<'_>, is_unconfirmed: bool) -> Option<String> {
    is_unconfirmed.then(|| site.word("change.unconfirmed"))
}
