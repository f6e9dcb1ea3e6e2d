//! Documents as a graph: who changes, cites and proposes to change whom, what status follows from that, and where they
//! contradict each other.

pub(super) mod contradictions;
mod decision_names;
pub(super) mod effects;
pub(super) mod proposals;
pub(super) mod relations;
pub(super) mod status;
mod status_record;
pub(super) mod subsequent;
pub(super) mod two_kinds;

pub(in crate::portal) use decision_names::{DecisionNames, Found};
pub use portolan_customs::{Basis, Change, Standing, Treatment};
pub use proposals::{Intent, Proposals, Proposed, Step};
pub use relations::{Cited, Citing, Incoming, Relation, Relations, Target};
pub use status::{Status, effective};
pub use status_record::{StatusBasis, StatusRecord};
pub use subsequent::{Subsequent, Treated};
