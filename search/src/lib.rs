//! What the generator and the reader's browser share: the parsed types of the customs field.

mod citation;
mod hts_number;
mod ruling_number;

pub use citation::{Citation, InvalidCitation};
pub use hts_number::{HtsNumber, InvalidHtsNumber};
pub use ruling_number::{Collection, InvalidRulingNumber, RulingNumber};
