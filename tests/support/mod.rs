//! What integration tests share. Only this module knows how the program is driven.

#![allow(
    dead_code,
    unused_imports,
    reason = "no test program has a use for all of it"
)]

pub(crate) mod editor;
pub(crate) mod faults;
mod portal;
pub(crate) mod preview;
pub(crate) mod program;
pub(crate) mod site;
mod sound;
pub(crate) mod terminal;

pub(crate) use portal::{BuildRecord, BuildResult, Portal, TODAY, is_chunk};
pub(crate) use sound::SOUND;
