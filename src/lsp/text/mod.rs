//! The texts that an editor has open, and how places in them and their names are written in the protocol.

mod open;
mod overlay;
mod position;
mod uri;

pub(super) use open::{OpenDocument, OpenDocuments};
pub(super) use overlay::Overlay;
pub(super) use position::Encoding;
pub(super) use uri::{Root, path};
