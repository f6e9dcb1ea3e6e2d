//! What editors rely on: kinds and keys, relations, the life of a document, and mends.

mod assets;
mod decisions;
mod directory;
mod effects;
mod fixes;
mod kinds;
mod lifecycle;
mod lists;
mod numbers;
mod offices;
mod proposals;
mod ranking;
mod relations;
mod site;
mod status;
mod trends;
