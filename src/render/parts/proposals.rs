//! What notices propose to do to rulings.

use crate::portal::{DocId, Intent, Proposed, Step};
use crate::render::parts::relations;
use crate::render::parts::relations::RulingLinkView;
use crate::render::site::Site;
use serde::Serialize;

/// A change of a ruling that a notice proposes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProposalView {
    /// `Revocation proposed` or `Modification proposed`.
    pub(crate) label: String,
    /// The notice, after the words `revocation proposed by`.
    pub(crate) notice: RulingLinkView,
    /// The last day for comments, as known; may be empty.
    pub(crate) comments_until: String,
}

/// What is still proposed for a ruling, oldest first.
pub(crate) fn pending(site: Site<'_>, id: DocId) -> Vec<ProposalView> {
    let pending = site.portal.proposals.pending(id);
    let views = pending.map(|proposed| ProposalView {
        label: label(site, proposed.intent),
        notice: proposed_by(site, proposed),
        comments_until: site.known_date(proposed.comments_until),
    });
    views.collect()
}

/// `Revocation proposed`, where that or a modification is pending; else empty.
pub(crate) fn pending_label(site: Site<'_>, id: DocId) -> String {
    let pending = site.portal.proposals.pending(id);
    let most_severe = pending.map(|proposed| proposed.intent).min();
    most_severe.map_or_else(String::new, |intent| label(site, intent))
}

/// What a notice proposes to do, and to which rulings.
pub(crate) fn proposes(site: Site<'_>, id: DocId) -> Vec<RulingLinkView> {
    let made = site.portal.proposals.made(id).iter();
    made.map(|proposing| {
        let verb = proposal_words(site, proposing.intent.verb());
        relations::target(site, &verb, &proposing.target)
    })
    .collect()
}

/// A step in the history of a ruling.
pub(crate) fn step(site: Site<'_>, step: Step<'_>) -> RulingLinkView {
    match step {
        Step::Changed(incoming) => relations::incoming(site, incoming),
        Step::Proposed(proposed) => proposed_by(site, proposed),
        Step::Withdrawn(proposed) => {
            let verb = site.words.get("proposal.withdrawn");
            relations::document(site, verb, proposed.by, proposed.withdrawn)
        }
    }
}

/// A notice that stands beside its day.
pub(crate) fn notice(site: Site<'_>, by: DocId) -> RulingLinkView {
    relations::document(site, "", by, None)
}

/// A notice with its day, after the words of what it proposes.
pub(crate) fn proposed_by(site: Site<'_>, proposed: &Proposed) -> RulingLinkView {
    let verb = proposal_words(site, proposed.intent.passive());
    relations::document(site, &verb, proposed.by, Some(proposed.date))
}

pub(crate) fn label(site: Site<'_>, intent: Intent) -> String {
    let name = format!("event.{}", intent.event());
    site.words.get(&name).to_owned()
}

pub(crate) fn proposal_words(site: Site<'_>, english: &str) -> String {
    let name = format!("proposal.{}", english.replace(' ', "-"));
    site.words.get(&name).to_owned()
}
