//! Hashes in files that only this program reads: `#[serde(with = "files::hash")]`.

use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

pub(crate) fn serialize<S: Serializer>(hash: &blake3::Hash, to: S) -> Result<S::Ok, S::Error> {
    hash.as_bytes().serialize(to)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<blake3::Hash, D::Error> {
    <[u8; blake3::OUT_LEN]>::deserialize(from).map(blake3::Hash::from_bytes)
}
