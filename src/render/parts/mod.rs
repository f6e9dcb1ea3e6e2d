//! Views that several pages share, and the functions that make them.

pub(crate) mod events;
pub(crate) mod items;
pub(crate) mod linked_text;
pub(crate) mod links;
pub(crate) mod lists;
pub(crate) mod names;
pub(crate) mod navigation;
pub(crate) mod proposals;
pub(crate) mod relations;
pub(crate) mod status;
