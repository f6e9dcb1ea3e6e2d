//! Portolan turns a folder of documents into a public knowledge portal.
//!
//! Data flows one way: [`source`] finds files, [`document`] reads one at a time, [`portal`] puts them
//! together, [`sitemap`] lists the files of the site, [`render`] makes them, [`publish`] writes them. [`build`](mod@build)
//! shows the road on one screen.

pub mod active_content;
pub mod addresses;
pub mod build;
pub mod cache;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod files;
pub mod ids;
pub mod import;
pub mod index;
pub mod lsp;
pub mod output;
pub mod portal;
pub mod preview;
pub mod render;
pub mod schema;
pub mod sitemap;
pub mod source;
pub mod tables;
pub mod theme;
