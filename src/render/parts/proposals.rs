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
    /// The last day for comments, as known.
    pub(crate) comments_until: Option<String>,
}

/// What is still proposed for a ruling, oldest first.
pub(crate) fn pending(site: Site<'_>, id: DocId) -> Vec<ProposalView> {
    let pending = site.portal.graph.proposals.pending(id);
    let views = pending.map(|proposed| ProposalView {
        label: label(site, proposed.intent),
        notice: proposed_by(site, proposed),
        comments_until: site.known_date(proposed.comments_until),
    });
    views.collect()
}

/// `Revocation proposed`, where that or a modification is pending.
pub(crate) fn pending_label(site: Site<'_>, id: DocId) -> Option<String> {
    let pending = site.portal.graph.proposals.pending(id);
    let most_severe = pending.map(|proposed| proposed.intent).min();
    most_severe.map(|intent| label(site, intent))
}

/// What a notice proposes to do, and to which rulings.
pub(crate) fn proposes(site: Site<'_>, id: DocId) -> Vec<RulingLinkView> {
    let made = site.portal.graph.proposals.made(id).iter();
    made.map(|proposing| {
        let verb = proposal_words(site, proposing.intent.verb());
        relations::target(site, Some(verb), &proposing.target)
    })
    .collect()
}

/// A step in the history of a ruling.
pub(crate) fn step(site: Site<'_>, step: Step<'_>) -> RulingLinkView {
    match step {
        Step::Changed(incoming) => relations::incoming(site, incoming),
        Step::Proposed(proposed) => proposed_by(site, proposed),
        Step::Withdrawn(proposed) => {
            let verb = site.word("proposal.withdrawn");
            relations::document(site, Some(verb), proposed.by, proposed.withdrawn)
        }
    }
}

/// A notice with its day, after the words of what it proposes.
fn proposed_by(site: Site<'_>, proposed: &Proposed) -> RulingLinkView {
    let verb = proposal_words(site, proposed.intent.passive());
    relations::document(site, Some(verb), proposed.by, Some(proposed.date))
}

fn label(site: Site<'_>, intent: Intent) -> String {
    site.word(&format!("event.{}", intent.event()))
}

fn proposal_words(site: Site<'_>, english: &str) -> String {
    site.word(&format!("proposal.{}", english.replace(' ', "-")))
}
