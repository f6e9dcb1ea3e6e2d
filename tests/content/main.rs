//! What editors rely on: kinds and keys, relations, the life of a document, and mends.

mod assets;
mod directory;
mod fixes;
mod kinds;
mod lifecycle;
mod lists;
mod offices;
mod proposals;
mod relations;
mod site;
mod trends;
