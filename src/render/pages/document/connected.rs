//! What a document has to do with others: what changed it, what it changes, what it cites and what cites it. Each other
//! document is in one place of the page: one that changes this one, or that this one changes, is no citation besides.

use super::CitedView;
use crate::portal::{Cited, DocId, Step, Target};
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::{items, proposals, relations};
use crate::render::site::Site;

/// What it does to other rulings.
pub(super) fn changes(site: Site<'_>, id: DocId) -> Vec<RulingLinkView> {
    let changes = site.portal.graph.relations.changes[id].iter();
    let changes = changes.map(|relation| {
        let verb = format!("change.{}", relation.change.verb());
        RulingLinkView {
            note: relations::unconfirmed(site, relation.unconfirmed),
            sentence: sentence_on(site, id, &relation.target),
            ..relations::target(site, Some(site.word(&verb)), &relation.target)
        }
    });
    changes.collect()
}

/// What it proposes to do to other rulings.
pub(super) fn proposes(site: Site<'_>, id: DocId) -> Vec<RulingLinkView> {
    let made = site.portal.graph.proposals.made(id).iter();
    let links = proposals::proposes(site, id).into_iter().zip(made);
    let links = links.map(|(link, proposing)| RulingLinkView {
        sentence: sentence_on(site, id, &proposing.target),
        ..link
    });
    links.collect()
}

/// What it cites besides.
pub(super) fn cites(site: Site<'_>, id: DocId) -> Vec<RulingLinkView> {
    let shown = shown(site, id);
    let cites = site.portal.graph.relations.cites[id].iter();
    let cites = cites.filter(|citing| !shown.contains(&citing.target));
    let cites = cites.map(|citing| RulingLinkView {
        sentence: said(&citing.sentence),
        ..relations::target(site, None, &citing.target)
    });
    cites.collect()
}

/// What cites it besides.
pub(super) fn cited_by(site: Site<'_>, id: DocId) -> Vec<CitedView> {
    let shown = shown(site, id);
    let cited_by = site.portal.graph.relations.cited_by[id].iter();
    let cited_by = cited_by.filter(|cited| !shown.documents.contains(&cited.by));
    let cited_by = cited_by.map(|cited| CitedView {
        item: items::item(site, cited.by),
        sentence: said(&cited.sentence),
    });
    cited_by.collect()
}

/// The documents that sections on changes have.
struct Shown<'a> {
    documents: Vec<DocId>,
    targets: Vec<&'a Target>,
}

impl Shown<'_> {
    fn contains(&self, target: &Target) -> bool {
        let is_same = |other: &&Target| other.number == target.number;
        match target.document {
            Some(id) => self.documents.contains(&id),
            None => self.targets.iter().any(is_same),
        }
    }
}

fn shown(site: Site<'_>, id: DocId) -> Shown<'_> {
    let graph = &site.portal.graph;
    let mut documents = Vec::new();
    let mut targets = Vec::new();
    for step in site.portal.timeline(id) {
        match step {
            Step::Changed(incoming) => targets.push(&incoming.by),
            Step::Proposed(proposed) | Step::Withdrawn(proposed) => documents.push(proposed.by),
        }
    }
    targets.extend(
        graph.relations.changes[id]
            .iter()
            .map(|relation| &relation.target),
    );
    targets.extend(
        graph
            .proposals
            .made(id)
            .iter()
            .map(|proposing| &proposing.target),
    );
    let subsequent = &graph.subsequent[id];
    let treated = subsequent.steps.iter().chain(&subsequent.made);
    documents.extend(treated.filter_map(|step| step.document));
    documents.extend(targets.iter().filter_map(|target| target.document));
    Shown { documents, targets }
}

/// The sentence of a document that speaks of a ruling which it changes.
fn sentence_on(site: Site<'_>, id: DocId, target: &Target) -> Option<String> {
    let cites = site.portal.graph.relations.cites[id].iter();
    let mut cites = cites.filter(|citing| citing.target == *target);
    said(&cites.next()?.sentence)
}

/// The sentence in which the ruling or notice of a step speaks of this document.
pub(super) fn sentence_of(site: Site<'_>, id: DocId, step: Step<'_>) -> Option<String> {
    let by = match step {
        Step::Changed(incoming) => incoming.by.document?,
        Step::Proposed(proposed) => proposed.by,
        Step::Withdrawn(_) => return None,
    };
    let is_by = |cited: &&Cited| cited.by == by;
    said(
        &site.portal.graph.relations.cited_by[id]
            .iter()
            .find(is_by)?
            .sentence,
    )
}

/// A sentence that the text has.
fn said(sentence: &str) -> Option<String> {
    (!sentence.is_empty()).then(|| sentence.to_owned())
}
