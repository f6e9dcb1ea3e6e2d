//! A portal in, a site out: what editors rely on, seen from the library.

#![expect(
    clippy::disallowed_methods,
    reason = "tests look at the output folder and at real file systems"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its portal fails"
)]

#[path = "../support/mod.rs"]
mod support;

mod assets;
mod broken;
mod build;
mod center;
mod check;
mod crash;
mod crawl;
mod decisions;
mod directory;
mod editor;
mod effects;
mod external;
mod fixes;
mod golden;
mod hostile;
mod incremental;
mod issuer;
mod kinds;
mod lifecycle;
mod lists;
mod moves;
mod numbers;
mod offices;
mod proposals;
mod publish;
mod ranking;
mod relations;
mod site_map;
mod status;
mod task_queries;
mod themes;
mod trends;
