//! Links to rulings and notices: what they do to a ruling, and their own status.

use crate::portal::{DocId, Incoming, Target, effective};
use crate::render::parts::{proposals, status};
use crate::render::site::Site;
use portolan_customs::PartialDate;
use serde::Serialize;

/// A ruling, or a notice about one, that is spoken of.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RulingLinkView {
    /// What is done, or was done: `revokes`, `revoked by`; empty for citations.
    pub(crate) verb: String,
    /// Its number.
    pub(crate) number: String,
    /// Its title; empty where the portal does not have it.
    pub(crate) title: String,
    /// Relative to the root, or the page in CROSS; empty for a decision that the portal does not have.
    pub(crate) url: String,
    /// Whether `url` leads out of the portal.
    pub(crate) external: bool,
    /// When, as known; may be empty.
    pub(crate) date: String,
    /// Whether it stands itself: `In force`, …; empty where the portal does not have it.
    pub(crate) status: String,
    /// `in-force`, `not-checked`, `modified`, `superseded`, `revoked`; of a decision `affirmed`, `reversed`, `vacated`,
    /// `reversed-in-part`, `vacated-in-part`; or empty.
    pub(crate) status_class: &'static str,
    /// What belongs to the status: `as of June 26, 2026 (as far as known)`; may be empty.
    pub(crate) status_note: String,
    /// `Revocation proposed` or `Modification proposed` where that is pending; else empty.
    pub(crate) proposed: String,
    /// The sentence that cites it; may be empty.
    pub(crate) sentence: String,
    /// What a reader must know of the relation: that it was found in the text and is not confirmed; may be empty.
    pub(crate) note: String,
}

pub(crate) fn target(site: Site<'_>, verb: &str, target: &Target) -> RulingLinkView {
    let date = target
        .document
        .and_then(|id| site.portal.document(id).fields.date());
    dated_target(site, verb, target, date)
}

/// A link to a ruling, in the portal or in CROSS.
pub(crate) fn dated_target(
    site: Site<'_>,
    verb: &str,
    target: &Target,
    date: Option<PartialDate>,
) -> RulingLinkView {
    let Some(id) = target.document else {
        return RulingLinkView {
            verb: verb.to_owned(),
            number: target.number.with_collection(),
            title: String::new(),
            url: target.number.cross_url(),
            external: true,
            date: String::new(),
            status: String::new(),
            status_class: "",
            status_note: String::new(),
            proposed: String::new(),
            sentence: String::new(),
            note: String::new(),
        };
    };
    document(site, verb, id, date)
}

/// A link to a ruling, or to a notice about one, in the portal.
pub(crate) fn document(
    site: Site<'_>,
    verb: &str,
    id: DocId,
    date: Option<PartialDate>,
) -> RulingLinkView {
    let document = site.portal.document(id);
    let (status, status_class) = status::label(site, id);
    RulingLinkView {
        verb: verb.to_owned(),
        number: document.fields.number().unwrap_or_default(),
        title: document.common.title.clone(),
        url: site.url(site.portal.addresses.of(id)),
        external: false,
        date: site.known_date(date),
        status,
        status_class,
        status_note: status::note(site, id),
        proposed: proposals::pending_label(site, id),
        sentence: String::new(),
        note: String::new(),
    }
}

/// What a ruling did to this one, with its day.
pub(crate) fn incoming(site: Site<'_>, incoming: &Incoming) -> RulingLinkView {
    let date = effective(&incoming.by, &site.portal.documents);
    let verb = passive(site, incoming);
    RulingLinkView {
        note: unconfirmed(site, incoming.unconfirmed),
        ..dated_target(site, &verb, &incoming.by, Some(date))
    }
}

/// What is said of a relation that was found in the text.
pub(crate) fn unconfirmed(site: Site<'_>, is_unconfirmed: bool) -> String {
    if is_unconfirmed {
        site.words.get("change.unconfirmed").to_owned()
    } else {
        String::new()
    }
}

/// `revoked by`, in the words of the interface.
pub(crate) fn passive(site: Site<'_>, incoming: &Incoming) -> String {
    let name = format!("change.{}", incoming.change.passive().replace(' ', "-"));
    site.words.get(&name).to_owned()
}
