//! What the customs field knows: identifiers, citations and collections, shared by the generator and the reader's browser,
//! and, with the feature `rules`, what only the generator needs. No input or output.

mod citation;
pub mod collection;
#[cfg(feature = "rules")]
pub mod country;
mod hts_number;
#[cfg(feature = "rules")]
mod partial_date;
mod ruling_number;

pub use citation::{Citation, InvalidCitation};
pub use hts_number::{HtsNumber, InvalidHtsNumber};
#[cfg(feature = "rules")]
pub use partial_date::{InvalidDate, MONTHS, PartialDate};
pub use ruling_number::{Collection, InvalidRulingNumber, RulingNumber};
