//! What only the generator knows of the field. A change here leaves the engine of the reader's browser as it is.

mod choices;
pub mod country;
pub mod effects;
pub mod mentions;
pub mod official;
mod partial_date;
mod relation;
mod status;
pub mod title;

pub use choices::{AGREEMENTS, CATEGORIES, DECISION_TYPES, PUBLICATION_TYPES, category_of};
pub use partial_date::{InvalidDate, MONTHS, PartialDate};
pub use relation::{Change, Treatment};
pub use status::{
    Basis, Dated, Later, Standing, resting, sort_history, standing_after, status_after,
};
