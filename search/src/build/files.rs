//! The files of an index beside its chunks: the hot file, the files of the lookup, and the manifest.

use super::deflate::{deflate, inflate};
use super::lookup::Lookup;
use super::{BuildError, IndexFile};
use crate::chunk::{Name, path};
use crate::engine::Engine;
use crate::hot::{FORMAT, Hot};

/// The hot file, below `search/`. Its address never changes, so that it is asked for without knowing more; hosts answer in few
/// bytes where it is the one that a reader has.
pub const HOT: &str = "hot.bin";

/// Gives the files. A number is answered from a file whose address follows from the number, so each of them is there, also
/// where it is empty.
pub(super) fn files(hot: &Hot, lookup: Lookup) -> Result<Vec<IndexFile>, BuildError> {
    let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
    let mut bytes = postcard::to_allocvec(hot).map_err(|error| encode(&error))?;
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    let mut files = vec![IndexFile {
        path: HOT.to_owned(),
        bytes: deflate(&bytes)?,
    }];
    for (shard, bytes) in lookup.files().map_err(|error| encode(&error))? {
        files.push(IndexFile {
            path: format!("i/{shard}.bin"),
            bytes: deflate(&bytes)?,
        });
    }
    let manifest = serde_json::json!({
        "format": FORMAT,
        "documents": hot.documents,
    });
    files.push(IndexFile {
        path: "manifest.json".to_owned(),
        bytes: manifest.to_string().into_bytes(),
    });
    Ok(files)
}

/// The files, below `search/`, that an index fetches whose hot file this is, as published; none where it cannot be read.
#[must_use]
pub fn chunk_files(hot: &[u8]) -> Vec<String> {
    let hot = inflate(hot).ok().filter(|hot| Engine::reads(hot));
    let hot = hot.and_then(|hot| Some(postcard::take_from_bytes::<Hot>(&hot).ok()?.0));
    let names = hot.unwrap_or_default().chunk_names().into_iter().flatten();
    names.filter(|name: &Name| *name != 0).map(path).collect()
}
