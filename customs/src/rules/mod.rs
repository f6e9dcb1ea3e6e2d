//! What only the generator knows of the field. A change here leaves the engine of the reader's browser as it is.

pub mod country;
pub mod official;
mod partial_date;

pub use partial_date::{InvalidDate, MONTHS, PartialDate};
