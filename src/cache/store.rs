//! Values in files that may be deleted, damaged or of another program at any time: such a file is as good as none.
//!
//! A file is a header, then blocks, each with its length, its hash and the values that it holds (postcard). Blocks are
//! independent, so that they are written and read in parallel.

use crate::files::{Disk, FileError, Files as _};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where all of it is, relative to the portal's root. Nothing there is ever published.
pub const FOLDER: &str = ".portolan/cache";

/// The first bytes of a file; a change of the format is another number.
const HEADER: &[u8; 16] = b"portolan cache 1";

/// How many values a block holds.
const BLOCK: usize = 512;

/// The length of a block's own header: its length in four bytes, and its hash.
const BLOCK_HEADER: usize = 4 + blake3::OUT_LEN;

/// The files below [`FOLDER`].
#[derive(Debug, Clone)]
pub(super) struct Store {
    disk: Disk,
}

impl Store {
    pub(super) fn new(disk: &Disk) -> Self {
        Self { disk: disk.clone() }
    }

    /// The values of a file that were saved under the same key by this program; `None` where there are none.
    pub(super) fn load<T: DeserializeOwned + Send>(
        &self,
        name: &str,
        key: &blake3::Hash,
    ) -> Option<Vec<T>> {
        decode(key, &self.disk.read(&path(name)).ok()?)
    }

    /// Puts values in the place of what a file has. Where another program is about to do so, its values stay.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn save<T: Serialize + Sync>(
        &self,
        name: &str,
        key: &blake3::Hash,
        values: &[T],
    ) -> Result<(), FileError> {
        // It also keeps two programs from writing to the same file beside it.
        let lock = self.disk.try_lock(&path("lock"));
        let is_busy = lock.is_none() && self.disk.read(&path("lock")).is_ok();
        if is_busy {
            return Ok(());
        }
        self.disk.write(&path(name), &encode(key, values))
    }
}

fn path(name: &str) -> Utf8PathBuf {
    Utf8Path::new(FOLDER).join(name)
}

/// The key that this build of the program gives to a file.
fn of_program(key: &blake3::Hash) -> blake3::Hash {
    let program = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PORTOLAN_SOURCES"));
    let mut hasher = blake3::Hasher::new();
    hasher.update(program.as_bytes()).update(key.as_bytes());
    hasher.finalize()
}

fn encode<T: Serialize + Sync>(key: &blake3::Hash, values: &[T]) -> Vec<u8> {
    let blocks: Vec<Vec<u8>> = values
        .par_chunks(BLOCK)
        .map(|values| {
            let values = postcard::to_allocvec(values).expect("values have a known length");
            let length = u32::try_from(values.len()).unwrap_or(u32::MAX);
            let hash = blake3::hash(&values);
            [&length.to_le_bytes(), hash.as_bytes().as_slice(), &values].concat()
        })
        .collect();
    let head = [HEADER.as_slice(), of_program(key).as_bytes()].concat();
    let mut bytes = Vec::with_capacity(head.len() + blocks.iter().map(Vec::len).sum::<usize>());
    bytes.extend(head);
    for block in blocks {
        bytes.extend(block);
    }
    bytes
}

fn decode<T: DeserializeOwned + Send>(key: &blake3::Hash, bytes: &[u8]) -> Option<Vec<T>> {
    let rest = bytes.strip_prefix(HEADER)?;
    let mut rest = rest.strip_prefix(of_program(key).as_bytes())?;
    let mut blocks = Vec::new();
    while !rest.is_empty() {
        let (head, below) = rest.split_at_checked(BLOCK_HEADER)?;
        let (length, hash) = head.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (block, below) = below.split_at_checked(length)?;
        blocks.push((hash, block));
        rest = below;
    }
    let values: Vec<Vec<T>> = blocks
        .par_iter()
        .map(|(hash, block)| {
            let is_sound = blake3::hash(block).as_bytes().as_slice() == *hash;
            is_sound.then(|| postcard::from_bytes(block).ok()).flatten()
        })
        .collect::<Option<_>>()?;
    Some(values.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_saved_is_loaded_under_its_key_alone(values in prop::collection::vec("\\PC{0,20}", 0..1500)) {
            let (key, other) = (blake3::hash(b"one"), blake3::hash(b"other"));
            let bytes = encode(&key, &values);
            prop_assert_eq!(decode::<String>(&other, &bytes), None);
            prop_assert_eq!(decode::<String>(&key, &bytes), Some(values));
        }

        #[test]
        fn a_damaged_file_is_none(at in any::<prop::sample::Index>(), bit in 0_u32..8, cut in any::<prop::sample::Index>()) {
            let key = blake3::hash(b"one");
            let values: Vec<String> = (0..600).map(|at| format!("value {at}")).collect();
            let bytes = encode(&key, &values);
            let mut changed = bytes.clone();
            changed[at.index(bytes.len())] ^= 1 << bit;
            prop_assert_eq!(decode::<String>(&key, &changed), None);
            // What is left before the end of a block is shorter, and sound.
            let cut = decode::<String>(&key, &bytes[..cut.index(bytes.len())]);
            prop_assert!(cut.is_none_or(|cut| values.starts_with(&cut)));
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let key = blake3::hash(b"one");
            let _ = decode::<String>(&key, &bytes);
            let behind = [HEADER.as_slice(), of_program(&key).as_bytes(), &bytes].concat();
            let _ = decode::<Vec<(String, Option<u64>)>>(&key, &behind);
        }
    }
}
