//! Blocks that follow one another, merged into one segment.
//!
//! The bytes are those of a segment that is made of the same documents in one go, and depend on the documents alone.

use super::BuildError;
use super::blob::{BlobBuilder, Packed};
use super::block::{Block, COMPONENTS};
use super::directory::{Chunk, PartDirectory};
use crate::directory::META;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentId;

/// A segment of which tantivy's files are made.
pub(super) struct Merged {
    /// tantivy's list with this segment.
    pub(super) meta: serde_json::Value,
    /// tantivy's id of it, which comes from its content: a random one would make every build another one.
    pub(super) id: String,
}

/// What is left of the files of a merge when their full chunks are gone.
type Rests = BTreeMap<PathBuf, OwnedBytes>;

/// Merges blocks into a blob that is empty. One thread merges, and another one deflates what is done.
pub(super) fn merge(blocks: &[Block], blob: &mut BlobBuilder) -> Result<Merged, BuildError> {
    let (sender, receiver) = channel();
    let (rests, packed) = rayon::join(|| write(blocks, sender), || pack(receiver));
    let (mut rests, mut packed) = (rests?, packed?);
    let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
    let meta = rests
        .remove(&PathBuf::from(META))
        .unwrap_or_else(OwnedBytes::empty);
    let mut meta: serde_json::Value =
        serde_json::from_slice(&meta).map_err(|error| encode(&error))?;
    let random = meta["segments"][0]["segment_id"].as_str();
    let random = SegmentId::from_uuid_string(random.unwrap_or_default());
    let random = random.map_err(|error| encode(&error))?.uuid_string();

    let mut files = Vec::new();
    let mut hasher = blake3::Hasher::new();
    for component in COMPONENTS {
        let extension = component.to_string();
        let path = PathBuf::from(format!("{random}.{extension}"));
        let rest = rests
            .remove(&path)
            .ok_or_else(|| encode(&format!("tantivy made no file `.{extension}`")))?;
        let packed = packed.remove(&path).unwrap_or_default();
        for chunk in &packed {
            hasher.update(chunk.hash.as_bytes());
        }
        hasher.update(blake3::hash(&rest).as_bytes());
        files.push((extension, packed, rest));
    }
    let id = SegmentId::from_uuid_string(&hasher.finalize().to_hex()[..32]);
    let id = id.map_err(|error| encode(&error))?;
    meta["segments"][0]["segment_id"] = serde_json::to_value(id).map_err(|error| encode(&error))?;
    if let Some(meta) = meta.as_object_mut() {
        // It names the blocks, and so how the documents were cut.
        meta.remove("payload");
    }
    let id = id.uuid_string();
    for (extension, packed, rest) in files {
        blob.add(format!("{id}.{extension}"), packed, &rest)?;
    }
    Ok(Merged { meta, id })
}

fn write(blocks: &[Block], sender: Sender<Chunk>) -> Result<Rests, BuildError> {
    let directory = PartDirectory::sending(sender);
    let merged = blocks
        .iter()
        .map(Block::open)
        .collect::<Result<Vec<_>, _>>()
        .and_then(|blocks| {
            tantivy::indexer::merge_indices(&blocks, directory.clone()).map_err(BuildError::from)
        });
    // The other thread ends when nothing more can come.
    let rests = directory.close();
    merged.map(|_| rests)
}

fn pack(chunks: Receiver<Chunk>) -> Result<BTreeMap<PathBuf, Vec<Packed>>, BuildError> {
    let mut packed: BTreeMap<PathBuf, Vec<Packed>> = BTreeMap::new();
    for Chunk { file, bytes } in chunks {
        let chunk = Packed::new(&bytes)?;
        packed.entry(file).or_default().push(chunk);
    }
    Ok(packed)
}
