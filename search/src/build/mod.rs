//! Makes an index: documents in, files out.
//!
//! The same documents give the same bytes: documents keep their order, segments and blobs are named by their content, and
//! what is deflated is deflated by the same library at one level.
//!
//! Documents are cut into blocks. The words of a block are made from its documents alone, on any thread or in an earlier
//! run; a segment is the merge of its blocks. The rest (columns, cards, answers to numbers) takes no text and is made for
//! every index. Segments become blobs; the hot file and the small files of the lookup complete them. Only the generator
//! compiles this folder.

mod blob;
mod block;
mod columns;
mod cut;
mod deflate;
mod directory;
mod files;
mod forms;
mod listing;
mod lookup;
mod merge;
mod vocabulary;

pub use block::{Block, BlockBuilder, IndexDocument, block_version};
pub use cut::cut;
pub use deflate::inflate;
pub use forms::Forms;
pub use listing::{ListedDocument, Listing};

use crate::chunk::Chunks;
use crate::engine::{Engine, EngineError};
use crate::hot::{CenterName, FORMAT, Hot, file};
use blob::{Blob, BlobBuilder};
use lookup::Lookup;
use std::sync::Arc;
use vocabulary::Vocabulary;

/// What an index is made for.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Slug and name of each Center, in the order of lists.
    pub centers: Vec<(String, String)>,
    /// Names of the kinds of documents, in the order of lists.
    pub kinds: Vec<String>,
    /// Keys of front matter that the portal's settings add.
    pub keys: Vec<String>,
}

/// Why no index could be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// tantivy failed.
    #[error("the index cannot be made: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// What was made cannot be opened.
    #[error("the index that was made cannot be opened: {0}")]
    Open(#[from] EngineError),
    /// Something cannot be encoded.
    #[error("the index cannot be written: {0}")]
    Encode(String),
}

/// A file of the index, below `search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// With `/` between folders.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Makes an index of blocks in their order and of the listings of the same documents, in parts, and gives its files, sorted by
/// path. The listings are asked for when the blocks are merged and gone: each takes much memory.
///
/// # Errors
/// When blocks and listings are not of the same documents, something cannot be encoded, there is no listing, or what was made
/// cannot be opened.
pub fn index<E: From<BuildError>>(
    options: &BuildOptions,
    blocks: Vec<Block>,
    listings: impl FnOnce() -> Result<Vec<Listing>, E>,
) -> Result<Vec<IndexFile>, E> {
    let mut blob = BlobBuilder::default();
    let merged = merge::merge(&blocks, &mut blob)?;
    let mut vocabulary = Vocabulary::default();
    for block in &blocks {
        vocabulary.add(block);
    }
    let documents: usize = blocks.iter().map(Block::documents).sum();
    drop(blocks);
    let listing = listings()?.into_iter().reduce(|mut before, after| {
        before.append(after);
        before
    });
    let mut lookup = Lookup::default();
    let (hot, files) = listing.unwrap_or_default().finish(options, &mut lookup)?;
    if hot.documents as usize != documents {
        let error = "an index has words and cards of different documents";
        return Err(BuildError::Encode(error.to_owned()).into());
    }
    for (name, bytes) in files {
        blob.add(name, Vec::new(), &bytes)?;
    }
    let (table, vocabulary) = vocabulary.file();
    let mut forms = BlobBuilder::default();
    forms.add(file::VOCABULARY.to_owned(), Vec::new(), &vocabulary)?;
    let blobs = [blob.finish()?, forms.finish()?];
    let centers = options.centers.iter().cloned();
    let mut hot = Hot {
        format: FORMAT,
        keys: options.keys.clone(),
        centers: centers
            .map(|(slug, name)| CenterName { slug, name })
            .collect(),
        vocabulary: table,
        meta: merged.meta.to_string(),
        segment: merged.id,
        layouts: blobs.iter().map(|blob| blob.layout.clone()).collect(),
        folders: blobs.iter().map(|blob| blob.folder.clone()).collect(),
        ..hot
    };
    record_opening(&mut hot, &blobs)?;
    let mut files = files::files(&hot, lookup)?;
    files.extend(blobs.into_iter().flat_map(Blob::into_files));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The name of a file or folder: the beginning of the hash of its content.
fn name(hash: &blake3::Hash) -> String {
    hash.to_hex()[..16].to_owned()
}

/// Opens the index, and puts what is read by that into the hot file. Only the chunks that are asked for are inflated.
fn record_opening(hot: &mut Hot, blobs: &[Blob]) -> Result<(), BuildError> {
    let chunks = Arc::new(Chunks::new(hot.layouts.clone()));
    loop {
        chunks.start_recording();
        let opened = Engine::with_chunks(hot.clone(), Arc::clone(&chunks));
        let missing = chunks.take_missing();
        if missing.is_empty() {
            opened?;
            break;
        }
        for id in missing {
            let blob = blobs.get(id.blob as usize);
            let chunk = blob.and_then(|blob| blob.chunks.get(id.chunk as usize));
            let bytes = chunk.map_or_else(|| Ok(Vec::new()), |chunk| inflate(&chunk.bytes));
            let bytes = bytes.map_err(|error| BuildError::Encode(error.to_string()))?;
            chunks.provide(id, bytes).map_err(EngineError::from)?;
        }
    }
    for (blob, start, length) in chunks.recorded() {
        let bytes = chunks
            .read(blob, start..start + length)
            .map_err(EngineError::from)?;
        let hot = &mut hot.layouts[blob as usize].hot;
        // Of two reads that begin at one place, the longer one serves both.
        let piece = hot.entry(start).or_default();
        if bytes.len() > piece.len() {
            *piece = bytes;
        }
    }
    Ok(())
}
