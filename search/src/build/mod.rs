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
mod cut;
mod deflate;
mod directory;
mod files;
mod forms;
mod listing;
mod lookup;
mod postings;
mod segment;
mod vocabulary;

pub use block::{Block, BlockBuilder, IndexDocument};
pub use cut::cut;
pub use deflate::inflate;
pub use forms::Forms;
pub use listing::{ListedDocument, Listing};
pub use segment::Segment;

use crate::chunk::Chunks;
use crate::engine::{Engine, EngineError};
use crate::hot::{CenterName, FORMAT, Hot, SegmentHot, file};
use blob::{Blob, BlobBuilder};
use lookup::Lookup;
use portolan_customs::StatusKind;
use std::sync::Arc;
use vocabulary::Vocabulary;

/// What an index is made for.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Slug and name of each Center; at most 64 can be filtered by.
    pub centers: Vec<(String, String)>,
    /// Names of the kinds of documents; at most 64 can be filtered by.
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

/// Names of statuses, that of documents without one first; their places are in the hot file.
fn statuses() -> impl Iterator<Item = &'static str> {
    [""].into_iter()
        .chain(StatusKind::ALL.map(StatusKind::name))
}

/// An index in the making.
pub struct IndexBuilder {
    hot: Hot,
    metas: Vec<serde_json::Value>,
    blobs: Vec<Blob>,
    vocabulary: Vocabulary,
    lookup: Lookup,
}

impl std::fmt::Debug for IndexBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexBuilder")
            .field("segments", &self.hot.segments.len())
            .finish_non_exhaustive()
    }
}

impl IndexBuilder {
    /// Begins an index.
    #[must_use]
    pub fn new(options: &BuildOptions) -> Self {
        let centers = options.centers.iter().cloned();
        let hot = Hot {
            format: FORMAT,
            kinds: options.kinds.clone(),
            keys: options.keys.clone(),
            statuses: statuses().map(str::to_owned).collect(),
            centers: centers
                .map(|(slug, name)| CenterName { slug, name })
                .collect(),
            ..Hot::default()
        };
        Self {
            hot,
            metas: Vec::new(),
            blobs: Vec::new(),
            vocabulary: Vocabulary::default(),
            lookup: Lookup::default(),
        }
    }

    /// Adds a segment, and the listing of the same documents, in parts.
    ///
    /// # Errors
    /// When segment and listing are not of the same documents, or something cannot be encoded.
    pub fn add_segment(
        &mut self,
        segment: Segment,
        listing: Vec<Listing>,
    ) -> Result<(), BuildError> {
        let parts = listing.into_iter().reduce(|mut before, after| {
            before.append(after);
            before
        });
        let (files, hot) = parts.unwrap_or_default().finish(&mut self.lookup)?;
        if hot.documents as usize != segment.documents() {
            let error = "a segment has words and cards of different documents";
            return Err(BuildError::Encode(error.to_owned()));
        }
        self.vocabulary.add(vocabulary::read(segment.vocabulary()));
        let meta = serde_json::from_str(segment.meta());
        self.metas
            .push(meta.map_err(|error| BuildError::Encode(error.to_string()))?);
        self.hot.segments.push(SegmentHot {
            id: segment.id().to_owned(),
            ..hot
        });
        let mut blob = BlobBuilder::default();
        segment.add_to(&mut blob)?;
        for (name, bytes) in files {
            blob.add(name.to_owned(), Vec::new(), &bytes)?;
        }
        self.blobs.push(blob.finish()?);
        Ok(())
    }

    /// Ends the index and gives its files, sorted by path.
    ///
    /// # Errors
    /// When something cannot be encoded, or what was made cannot be opened.
    pub fn finish(self) -> Result<Vec<IndexFile>, BuildError> {
        let (mut hot, mut blobs) = (self.hot, self.blobs);
        let (table, vocabulary) = self.vocabulary.file();
        hot.vocabulary = table;
        let mut blob = BlobBuilder::default();
        blob.add(file::VOCABULARY.to_owned(), Vec::new(), &vocabulary)?;
        blobs.push(blob.finish()?);
        hot.meta = joined(&self.metas)?;
        hot.layouts = blobs.iter().map(|blob| blob.layout.clone()).collect();
        hot.folders = blobs.iter().map(|blob| blob.folder.clone()).collect();
        record_opening(&mut hot, &blobs)?;
        let mut files = files::files(&hot, self.lookup)?;
        files.extend(blobs.into_iter().flat_map(Blob::into_files));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

/// The name of a file or folder: the beginning of the hash of its content.
fn name(hash: &blake3::Hash) -> String {
    hash.to_hex()[..16].to_owned()
}

/// A place as columns hold it; `None` where it is too far for a byte.
fn byte(place: Option<usize>) -> Option<u8> {
    place.and_then(|at| u8::try_from(at).ok())
}

/// One list of all segments.
fn joined(metas: &[serde_json::Value]) -> Result<String, BuildError> {
    let Some(first) = metas.first() else {
        return Err(BuildError::Encode("an index needs a document".to_owned()));
    };
    let mut joined = first.clone();
    let segments = metas
        .iter()
        .map(|meta| meta["segments"][0].clone())
        .collect();
    joined["segments"] = serde_json::Value::Array(segments);
    Ok(joined.to_string())
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
