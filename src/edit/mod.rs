//! What editors do to a content tree beside writing text: begin a document, move one, find one.
//!
//! In: a portal and what an editor asked for. Out: plain data, a text to write or a plan of changes, that a command shows
//! or applies. Writes nothing.

mod inventory;
mod links;
mod look_up;
mod moves;
mod new_document;
mod planned;

pub use inventory::Inventory;
pub use look_up::{Goods, Match, Place, Visibility, find, near};
pub use moves::{Edit, Plan, Refusal, plan};
pub use new_document::{
    NewDocument, Request, Unusable, Values, Whose, compose, field, flag, has_center, hts, parted,
    read_value,
};
pub use planned::Planned;
