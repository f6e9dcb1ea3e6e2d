//! Files of the index deflated, as a host stores them, and inflated again.

use super::BuildError;
use std::io::{Read as _, Write as _};

/// Deflates at the one level that all builds use.
pub(super) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, BuildError> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| BuildError::Encode(error.to_string()))
}

/// The largest file of an index, inflated: a hostile one must not fill the memory.
const MAX_INFLATED: u64 = 1 << 30;

/// Inflates a file of the index, as the browser does by itself.
///
/// # Errors
/// When the file is damaged.
pub fn inflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut inflated = Vec::new();
    flate2::read::DeflateDecoder::new(bytes)
        .take(MAX_INFLATED)
        .read_to_end(&mut inflated)?;
    Ok(inflated)
}
