//! What the customs field knows: identifiers, citations, collections and statuses, shared by the generator and the reader's
//! browser, and, with the feature `rules`, what only the generator needs ([`rules`]). No input or output.

mod citation;
mod collection;
mod hts_number;
#[cfg(feature = "rules")]
mod rules;
mod ruling_number;
mod short_text;
mod status;

pub use citation::{Citation, InvalidCitation};
pub use collection::{Collection, UnknownCollection};
pub use hts_number::{HtsNumber, InvalidHtsNumber};
#[cfg(feature = "rules")]
pub use rules::*;
pub use ruling_number::{InvalidRulingNumber, RulingNumber};
pub use status::{StatusKind, UnknownStatus};
