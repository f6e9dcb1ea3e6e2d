//! The files of an index that is made, as a host stores them.

use super::deflate::deflate;
use super::lookup::Lookup;
use super::{BuildError, IndexFile};
use crate::chunk::CHUNK;
use crate::hot::{FORMAT, Hot};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Gives the files, sorted by path.
pub(super) fn files(
    hot: &Hot,
    blobs: &[Vec<u8>],
    lookup: Lookup,
) -> Result<Vec<IndexFile>, BuildError> {
    let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
    let mut files = chunk_files(hot, blobs)?;
    let mut hot_bytes = postcard::to_allocvec(hot).map_err(|error| encode(&error))?;
    hot_bytes.extend(crc32fast::hash(&hot_bytes).to_le_bytes());
    let hot_bytes = deflate(&hot_bytes)?;
    let answers = lookup.files().map_err(|error| encode(&error))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(&hot_bytes);
    for (path, bytes) in &answers {
        hasher.update(path.as_bytes());
        hasher.update(bytes);
    }
    let generation = hasher.finalize().to_hex()[..16].to_owned();
    let names: Vec<String> = answers
        .iter()
        .map(|(path, _)| path.trim_end_matches(".json").to_owned())
        .collect();
    files.push(IndexFile {
        path: format!("i/{generation}/hot.bin"),
        bytes: hot_bytes,
    });
    for (path, bytes) in answers {
        files.push(IndexFile {
            path: format!("i/{generation}/{path}"),
            bytes,
        });
    }
    let is_single = names.contains(&"number/all".to_owned());
    let documents: u32 = hot.segments.iter().map(|segment| segment.documents).sum();
    let manifest = serde_json::json!({
        "format": FORMAT,
        "index": generation,
        "documents": documents,
        "folders": hot.folders,
        "numbers": if is_single { "all" } else { "last-two" },
        "lookup": names,
    });
    files.push(IndexFile {
        path: "manifest.json".to_owned(),
        bytes: manifest.to_string().into_bytes(),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Deflates each chunk of each blob, on all processors: this is the longest part of what comes after the last document.
fn chunk_files(hot: &Hot, blobs: &[Vec<u8>]) -> Result<Vec<IndexFile>, BuildError> {
    let chunks: Vec<(String, &[u8])> = blobs
        .iter()
        .zip(&hot.folders)
        .flat_map(|(blob, folder)| {
            let chunks = blob.chunks(CHUNK).enumerate();
            chunks.map(move |(at, chunk)| (format!("{folder}/{at}.bin"), chunk))
        })
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let own = std::iter::from_fn(|| chunks.get(next.fetch_add(1, Ordering::Relaxed)));
        own.map(|(path, chunk)| {
            Ok(IndexFile {
                path: path.clone(),
                bytes: deflate(chunk)?,
            })
        })
        .collect::<Result<Vec<_>, BuildError>>()
    };
    let others = std::thread::available_parallelism().map_or(0, |count| count.get() - 1);
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..others.min(chunks.len() / 2))
            // Without a thread more, those that there are do the work.
            .filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        let mut files = work()?;
        for other in others {
            let done = other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            files.extend(done?);
        }
        // The caller puts them in order.
        Ok(files)
    })
}
