//! What became of a decision.

use super::Viewer;
use crate::document::Fields;
use crate::portal::{DocId, Standing, Treated};
use crate::render::views::{RulingLinkView, SubsequentView};

impl Viewer<'_> {
    /// What later decisions come to, of a decision.
    pub(in crate::render) fn outcome(&self, id: DocId) -> Option<Standing> {
        self.portal.graph.subsequent[id].standing
    }

    /// Whether a ruling stands, or what became of a decision: as a reader sees it, and as data has it. Both are empty
    /// for what has no such thing.
    pub(in crate::render) fn standing(&self, id: DocId) -> (String, &'static str) {
        match (self.status_kind(id), self.outcome(id)) {
            (Some(kind), _) => (self.status_label(kind), kind.name()),
            (None, Some(standing)) => {
                let name = format!("subsequent.{}", standing.name());
                (self.words.get(&name).to_owned(), standing.name())
            }
            (None, None) => (String::new(), ""),
        }
    }

    /// What a reader must know before the decision itself; `None` where nothing is known to have come after it.
    pub(in crate::render) fn subsequent(&self, id: DocId) -> Option<SubsequentView> {
        let subsequent = &self.portal.graph.subsequent[id];
        let note = match &self.portal.document(id).fields {
            Fields::Decision(decision) => decision.status_note.clone().unwrap_or_default(),
            _ => String::new(),
        };
        if subsequent.steps.is_empty() && note.is_empty() {
            return None;
        }
        let (label, class) = self.standing(id);
        let steps = subsequent.steps.iter();
        Some(SubsequentView {
            label,
            class,
            history: steps.map(|step| self.treated(step)).collect(),
            note,
        })
    }

    fn treated(&self, step: &Treated) -> RulingLinkView {
        let name = step.treatment.relation().replace(' ', "-");
        let name = format!("subsequent.{name}");
        let verb = self.words.get(&name);
        match step.document {
            Some(id) => self.document_link(verb, id, self.portal.document(id).fields.date()),
            None => RulingLinkView {
                verb: verb.to_owned(),
                number: step.name.clone(),
                title: String::new(),
                url: String::new(),
                external: false,
                date: String::new(),
                status: String::new(),
                status_class: "",
                status_note: String::new(),
                note: String::new(),
                proposed: String::new(),
                sentence: String::new(),
            },
        }
    }
}
