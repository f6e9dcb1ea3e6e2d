//! What notices propose to do to rulings.

use super::Viewer;
use crate::portal::{DocId, Intent, Proposed, Step};
use crate::render::views::{ProposalView, RulingLinkView};

impl Viewer<'_> {
    /// What is still proposed for a ruling, oldest first.
    pub(in crate::render) fn pending(&self, id: DocId) -> Vec<ProposalView> {
        let pending = self.portal.graph.proposals.pending(id);
        let views = pending.map(|proposed| ProposalView {
            label: self.proposed(proposed.intent),
            notice: self.proposed_by(proposed),
            comments_until: self.known_date(proposed.comments_until),
        });
        views.collect()
    }

    /// `Revocation proposed`, where that or a modification is pending; else empty.
    pub(super) fn pending_label(&self, id: DocId) -> String {
        let pending = self.portal.graph.proposals.pending(id);
        let gravest = pending.map(|proposed| proposed.intent).min();
        gravest.map_or_else(String::new, |intent| self.proposed(intent))
    }

    /// What a notice proposes to do, and to which rulings.
    pub(super) fn proposes(&self, id: DocId) -> Vec<RulingLinkView> {
        let made = self.portal.graph.proposals.made(id).iter();
        made.map(|proposing| {
            let verb = self.proposal_words(proposing.intent.verb());
            self.ruling_link(&verb, &proposing.target)
        })
        .collect()
    }

    /// A step in the history of a ruling.
    pub(super) fn step(&self, step: Step<'_>) -> RulingLinkView {
        match step {
            Step::Changed(incoming) => self.incoming(incoming),
            Step::Proposed(proposed) => self.proposed_by(proposed),
            Step::Withdrawn(proposed) => {
                let verb = self.words.get("proposal.withdrawn");
                self.document_link(verb, proposed.by, proposed.withdrawn)
            }
        }
    }

    /// A notice that stands beside its day.
    pub(super) fn notice(&self, by: DocId) -> RulingLinkView {
        self.document_link("", by, None)
    }

    /// A notice with its day, after the words of what it proposes.
    fn proposed_by(&self, proposed: &Proposed) -> RulingLinkView {
        let verb = self.proposal_words(proposed.intent.passive());
        self.document_link(&verb, proposed.by, Some(proposed.date))
    }

    fn proposed(&self, intent: Intent) -> String {
        let name = format!("event.{}", intent.event());
        self.words.get(&name).to_owned()
    }

    fn proposal_words(&self, english: &str) -> String {
        let name = format!("proposal.{}", english.replace(' ', "-"));
        self.words.get(&name).to_owned()
    }
}
