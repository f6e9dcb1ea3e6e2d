//! Blobs: files laid one after another, so that they can be cut into chunks.

use crate::chunk::{CHUNK, Layout};
use std::collections::BTreeMap;

/// Lays files one after another, each from a chunk's edge; small ones share a chunk, as they are read together.
pub(super) fn lay_out(files: BTreeMap<String, Vec<u8>>) -> (Layout, Vec<u8>) {
    let mut layout = Layout::default();
    let mut blob = Vec::new();
    for (name, bytes) in files {
        let left = CHUNK - blob.len() % CHUNK;
        if bytes.len() > left && left < CHUNK {
            blob.resize(blob.len() + left, 0);
        }
        layout
            .files
            .insert(name, (blob.len() as u64, bytes.len() as u64));
        blob.extend(bytes);
    }
    layout.length = blob.len() as u64;
    layout.checksums = blob.chunks(CHUNK).map(crc32fast::hash).collect();
    (layout, blob)
}

/// The name of a blob's folder: the hash of its content.
pub(super) fn folder(blob: &[u8]) -> String {
    blake3::hash(blob).to_hex()[..16].to_owned()
}
