//! Documents as a graph: who changes, cites and proposes to change whom, what status follows from that, and where they
//! contradict each other.

mod contradictions;
mod decision_names;
mod effects;
mod proposals;
mod relations;
mod status;
mod status_record;
mod subsequent;
mod two_kinds;

pub(super) use decision_names::{DecisionNames, Found, Naming};
pub use proposals::{Intent, Proposals, Proposed, Proposing, Step};
pub use relations::{Cited, Citing, Incoming, Relation, Relations, Target};
pub(super) use status::effective_of;
pub use status::{Status, effective};
pub use status_record::{StatusBasis, StatusRecord};
pub use subsequent::{Subsequent, Treated};

use super::{DocId, Documents, Inputs};
use crate::diagnostic::Diagnostic;
use crate::ids::IndexVec;

/// Every relation between documents, and what follows from it.
#[derive(Debug)]
pub struct Graph {
    /// Who changes and cites whom.
    pub relations: Relations,
    /// The status of each document; always in force for what is no ruling.
    pub status: IndexVec<DocId, Status>,
    /// What became of each decision; empty for what is none.
    pub subsequent: IndexVec<DocId, Subsequent>,
    /// What notices propose to do to rulings.
    pub proposals: Proposals,
}

/// Relates documents, and says what cannot be right about them together.
pub(super) fn assemble(
    documents: &Documents,
    names: &DecisionNames<'_>,
    inputs: &Inputs<'_>,
) -> (Graph, Vec<Diagnostic>) {
    let relations = relations::relate(documents);
    let sources = inputs.tables.status_sources.as_ref();
    let status = status::of_all(documents, &relations, sources);
    let proposals = proposals::of_all(documents, &relations, &status);
    let (subsequent, of_decisions) = subsequent::of_all(documents, names);
    let problems = [
        relations::cycles(documents, &relations),
        contradictions::find(documents, &relations),
        two_kinds::find(documents, &inputs.schema.kinds),
        effects::check(documents, &relations),
        proposals::problems(documents, &relations),
        of_decisions,
    ];
    let graph = Graph {
        relations,
        status,
        subsequent,
        proposals,
    };
    (graph, problems.concat())
}
