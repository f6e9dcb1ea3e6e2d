//! What the sources, the documentation, the schema and the fuzz targets promise each other.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read sources and write documentation"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a source that cannot be read fails the test"
)]
#![expect(
    clippy::duplicate_mod,
    reason = "the fuzz targets build on the same sound portal"
)]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod editors;
mod explain;
mod fuzz_seeds;
mod layers;
mod schema;
mod theme_variables;
mod words;
