//! The live preview: the real program, asked over the wire while its portal is edited.

#![expect(clippy::disallowed_methods, reason = "tests change files")]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its portal fails"
)]

#[path = "../support/mod.rs"]
mod support;

mod desk;
mod server;
mod watch;
mod watch_limit;
