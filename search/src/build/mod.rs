//! Makes an index: documents in, files out.
//!
//! The same documents give the same bytes: documents keep their order, segments are named by their content, and what is
//! deflated is deflated by the same library at one level.
//!
//! A document is prepared by itself, added to its segment, and the segments become blobs; the hot file and the small files
//! of the lookup complete them. Only the generator compiles this folder.

mod blob;
mod deflate;
mod files;
mod lookup;
mod prepared;
mod segment;
mod vocabulary;
mod word_list;

pub use deflate::inflate;

use crate::chunk::{CHUNK, Chunks};
use crate::engine::{Engine, EngineError};
use crate::hot::{CenterName, FORMAT, Hot, file};
use crate::schema::{Fields, schema};
use lookup::Lookup;
use portolan_customs::StatusKind;
use prepared::Prepared;
use segment::SegmentBuilder;
use std::collections::HashMap;
use std::sync::Arc;

/// What an index is made for.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Slug and name of each Center; at most 64 can be filtered by.
    pub centers: Vec<(String, String)>,
    /// Names of the kinds of documents; at most 64 can be filtered by.
    pub kinds: Vec<String>,
    /// Keys of front matter that the portal's settings add.
    pub keys: Vec<String>,
    /// How many documents will be added.
    pub documents: usize,
    /// The newest year among them.
    pub newest_year: u16,
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

/// Below this many documents there is one segment. Above, whole years up to the one before the newest stand in a closed
/// one that a new ruling does not touch.
const ONE_SEGMENT: usize = 5_000;

/// Names of statuses, that of documents without one first; their places are in the hot file.
fn statuses() -> impl Iterator<Item = &'static str> {
    [""].into_iter()
        .chain(StatusKind::ALL.map(StatusKind::name))
}

/// An index in the making.
pub struct IndexBuilder {
    options: BuildOptions,
    fields: Fields,
    segments: Vec<SegmentBuilder>,
    vocabulary: HashMap<String, u32>,
    lookup: Lookup,
}

impl std::fmt::Debug for IndexBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexBuilder")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl IndexBuilder {
    /// Begins an index.
    ///
    /// # Errors
    /// When tantivy cannot.
    pub fn new(options: BuildOptions) -> Result<Self, BuildError> {
        let (_, fields) = schema();
        let count = if options.documents < ONE_SEGMENT {
            1
        } else {
            2
        };
        let segments = (0..count)
            .map(|_| SegmentBuilder::new())
            .collect::<Result<_, _>>()?;
        Ok(Self {
            options,
            fields,
            segments,
            vocabulary: HashMap::new(),
            lookup: Lookup::default(),
        })
    }

    /// Adds a document; those of a segment keep the order in which they come.
    ///
    /// # Errors
    /// When tantivy cannot.
    pub fn add(&mut self, document: Prepared) -> Result<(), BuildError> {
        for form in document.forms.lines() {
            match self.vocabulary.get_mut(form) {
                Some(count) => *count += 1,
                None => drop(self.vocabulary.insert(form.to_owned(), 1)),
            }
        }
        let is_open = self.segments.len() > 1 && document.year >= self.options.newest_year;
        let segment = &mut self.segments[usize::from(is_open)];
        segment.add(&document, &self.options, &self.fields)?;
        self.lookup
            .add(document.number, document.headings, document.answer);
        Ok(())
    }

    /// Ends the index and gives its files, in an order that depends on their paths alone.
    ///
    /// # Errors
    /// When something cannot be encoded, or what was made cannot be opened.
    pub fn finish(self) -> Result<Vec<IndexFile>, BuildError> {
        let centers = self
            .options
            .centers
            .into_iter()
            .map(|(slug, name)| CenterName { slug, name })
            .collect();
        let mut hot = Hot {
            format: FORMAT,
            kinds: self.options.kinds,
            keys: self.options.keys,
            statuses: statuses().map(str::to_owned).collect(),
            centers,
            ..Hot::default()
        };
        let mut blobs = Vec::new();
        let mut metas = Vec::new();
        for segment in self
            .segments
            .into_iter()
            .filter(|segment| !segment.is_empty())
        {
            let (meta, segment_hot, layout, blob) = segment.finish()?;
            metas.push(meta);
            hot.segments.push(segment_hot);
            hot.layouts.push(layout);
            blobs.push(blob);
        }
        let (table, vocabulary) = vocabulary::file(self.vocabulary);
        hot.vocabulary = table;
        let (layout, blob) = blob::lay_out([(file::VOCABULARY.to_owned(), vocabulary)].into());
        hot.layouts.push(layout);
        blobs.push(blob);
        hot.meta = joined(&metas)?;
        hot.folders = blobs
            .iter()
            .map(|blob| format!("s/{}", blob::folder(blob)))
            .collect();
        record_opening(&mut hot, &blobs)?;
        files::files(&hot, &blobs, self.lookup)
    }
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

/// Opens the index with everything at hand, and puts what was read into the hot file.
fn record_opening(hot: &mut Hot, blobs: &[Vec<u8>]) -> Result<(), BuildError> {
    let chunks = Arc::new(Chunks::new(hot.layouts.clone()));
    for (blob, at) in blobs.iter().zip(0_u32..) {
        for (bytes, chunk) in blob.chunks(CHUNK).zip(0_u32..) {
            let id = crate::ChunkId { blob: at, chunk };
            chunks
                .provide(id, bytes.to_vec())
                .map_err(EngineError::from)?;
        }
    }
    chunks.start_recording();
    Engine::with_chunks(hot.clone(), Arc::clone(&chunks))?;
    for (blob, start, length) in chunks.recorded() {
        let from = usize::try_from(start).unwrap_or(usize::MAX);
        let bytes = &blobs[blob as usize][from..from + usize::try_from(length).unwrap_or(0)];
        let hot = &mut hot.layouts[blob as usize].hot;
        // Of two reads that begin at one place, the longer one serves both.
        let piece = hot.entry(start).or_default();
        if bytes.len() > piece.len() {
            *piece = bytes.to_vec();
        }
    }
    Ok(())
}
