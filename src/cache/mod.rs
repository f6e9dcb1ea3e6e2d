//! What was read of documents before, so that a file that did not change is neither read nor parsed again.
//!
//! In: files and the schema. Out: documents, as [`document::read`] gives them. Knows no other stage.

mod facts;

pub use facts::{Facts, Read};
