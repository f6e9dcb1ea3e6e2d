//! What documents are filtered, counted and sorted by: one small array a column.

use crate::chunk::{ChunkError, Chunks};
use crate::hot::{SegmentHot, file};

/// The columns of a segment.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(crate) kind: Vec<u8>,
    pub(crate) centers: Vec<u64>,
    pub(crate) year: Vec<u16>,
    pub(crate) day: Vec<i32>,
    pub(crate) headquarters: Vec<u8>,
}

impl Columns {
    /// Reads all of them; every one is asked for before the first failure is given, so that all are fetched together.
    pub(crate) fn read(
        chunks: &Chunks,
        blob: u32,
        segment: &SegmentHot,
    ) -> Result<Self, ChunkError> {
        let count = segment.documents as usize;
        let kind = numbers(chunks, blob, file::KIND, count, u8::from_le_bytes);
        let centers = numbers(chunks, blob, file::CENTERS, count, u64::from_le_bytes);
        let year = numbers(chunks, blob, file::YEAR, count, u16::from_le_bytes);
        let day = numbers(chunks, blob, file::DAY, count, i32::from_le_bytes);
        let headquarters = numbers(chunks, blob, file::HEADQUARTERS, count, u8::from_le_bytes);
        Ok(Self {
            kind: kind?,
            centers: centers?,
            year: year?,
            day: day?,
            headquarters: headquarters?,
        })
    }
}

fn numbers<const N: usize, T>(
    chunks: &Chunks,
    blob: u32,
    name: &str,
    count: usize,
    read: fn([u8; N]) -> T,
) -> Result<Vec<T>, ChunkError> {
    let bytes = chunks.read_file(blob, name)?;
    let (items, rest) = bytes.as_chunks::<N>();
    if items.len() != count || !rest.is_empty() {
        return Err(ChunkError::Damaged(format!(
            "column `{name}` has {} bytes for {count} documents",
            bytes.len()
        )));
    }
    Ok(items.iter().map(|item| read(*item)).collect())
}
