//! The files of an index beside its blobs: the hot file, the files of the lookup, and the manifest that names them all.

use super::deflate::deflate;
use super::lookup::Lookup;
use super::{BuildError, IndexFile, name};
use crate::hot::{FORMAT, Hot};
use std::collections::BTreeMap;

/// Gives the files. All but the manifest are named by their content, so that what did not change stays in the reader's
/// cache.
pub(super) fn files(hot: &Hot, lookup: Lookup) -> Result<Vec<IndexFile>, BuildError> {
    let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
    let mut bytes = postcard::to_allocvec(hot).map_err(|error| encode(&error))?;
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    let bytes = deflate(&bytes)?;
    let hot_file = IndexFile {
        path: format!("i/{}.bin", name(&blake3::hash(&bytes))),
        bytes,
    };
    let mut names = BTreeMap::new();
    // Files of the same content are one.
    let mut answers = BTreeMap::new();
    for (shard, bytes) in lookup.files().map_err(|error| encode(&error))? {
        let hash = name(&blake3::hash(&bytes));
        answers.insert(format!("i/{hash}.json"), bytes);
        names.insert(shard, hash);
    }
    let is_single = names.contains_key("number/all");
    let manifest = serde_json::json!({
        "format": FORMAT,
        "hot": hot_file.path,
        "documents": hot.documents,
        "folders": hot.folders,
        "numbers": if is_single { "all" } else { "last-two" },
        "lookup": names,
    });
    let manifest = IndexFile {
        path: "manifest.json".to_owned(),
        bytes: manifest.to_string().into_bytes(),
    };
    let answers = answers.into_iter();
    let answers = answers.map(|(path, bytes)| IndexFile { path, bytes });
    Ok(answers.chain([hot_file, manifest]).collect())
}
