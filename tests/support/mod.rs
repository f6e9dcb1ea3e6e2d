//! What integration tests share. Only this module knows how the program is driven.

#![allow(
    dead_code,
    unused_imports,
    reason = "no test program has a use for all of it"
)]

mod portal;
pub(crate) mod preview;
mod sound;

pub(crate) use portal::{TODAY, Tree};
pub(crate) use sound::SOUND;
