//! Chunks as they are published: named by their content and deflated.

use super::deflate::deflate;
use super::{BuildError, IndexFile};
use crate::chunk::{Kind, Name, path};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All chunks of an index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed {
    names: Vec<Vec<Name>>,
    /// Deflated, by name: chunks of one content are one file.
    files: BTreeMap<Name, Vec<u8>>,
}

impl Default for Packed {
    fn default() -> Self {
        Self {
            names: vec![Vec::new(); Kind::COUNT],
            files: BTreeMap::new(),
        }
    }
}

fn name(bytes: &[u8]) -> Name {
    if bytes.is_empty() {
        return 0;
    }
    let hash = blake3::hash(bytes);
    let (first, _) = hash
        .as_bytes()
        .split_first_chunk()
        .unwrap_or((&[0; 4], &[]));
    let checksum = u64::from(crc32fast::hash(bytes)) << 32;
    // 0 is the name of nothing.
    (checksum | u64::from(u32::from_be_bytes(*first))).max(1)
}

impl Packed {
    /// Adds chunks after those of their kind.
    pub(super) fn add(&mut self, kind: Kind, chunks: &[Vec<u8>]) -> Result<(), BuildError> {
        let known = &self.files;
        let packed = chunks.par_iter().map(|chunk| {
            let name = name(chunk);
            let is_new = name != 0 && !known.contains_key(&name);
            let bytes = is_new.then(|| deflate(chunk)).transpose()?;
            Ok((name, bytes))
        });
        for (name, bytes) in packed.collect::<Result<Vec<_>, BuildError>>()? {
            self.names[kind as usize].push(name);
            if let Some(bytes) = bytes {
                self.files.insert(name, bytes);
            }
        }
        Ok(())
    }

    /// The names of the chunks of each kind, for the hot file, and the files.
    pub(super) fn finish(self) -> (Vec<Vec<Name>>, impl Iterator<Item = IndexFile>) {
        let files = self.files.into_iter();
        let files = files.map(|(name, bytes)| IndexFile {
            path: path(name),
            bytes,
        });
        (self.names, files)
    }
}
