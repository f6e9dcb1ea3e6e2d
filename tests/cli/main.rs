//! The real program, as its users run it.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make portals on disk and look at what becomes of them"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its portal fails"
)]

#[path = "../support/mod.rs"]
mod support;

mod authoring;
mod cache;
mod check;
mod documented;
mod import;
mod letters;
mod lsp;
mod manual;
mod mount;
mod new_portal;
mod output_folder;
mod streams;
mod transcripts;
