//! Makes an index: documents in, files out.
//!
//! The same documents give the same bytes: documents keep their order, segments are named by their content, and what is
//! deflated is deflated by the same library at one level.

use crate::chunk::{CHUNK, Chunks, Layout};
use crate::directory::META;
use crate::document::{Card, IndexDocument};
use crate::engine::{Engine, EngineError};
use crate::hot::{CARDS, CenterName, FORMAT, Hot, SegmentHot, file};
use crate::lookup::Lookup;
use crate::query::KeyValue;
use crate::schema::{Fields, schema};
use crate::words::{Word, words};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, TantivyDocument};

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

/// The memory that tantivy may use before it would flush; one segment never does.
const MEMORY: usize = 64 << 20;

/// A block of the vocabulary, in bytes.
const VOCABULARY_BLOCK: usize = 4096;

/// The files of a segment that nothing was deleted from.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FieldNorms,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];

/// Names of statuses; their places are in the hot file.
const STATUSES: [&str; 5] = ["", "in-force", "modified", "superseded", "revoked"];

/// An index in the making.
pub struct IndexBuilder {
    options: BuildOptions,
    fields: Fields,
    segments: Vec<SegmentBuilder>,
    vocabulary: BTreeMap<String, u32>,
    lookup: Lookup,
}

impl std::fmt::Debug for IndexBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexBuilder")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

struct SegmentBuilder {
    directory: RamDirectory,
    writer: SingleSegmentIndexWriter,
    hot: SegmentHot,
    kind: Vec<u8>,
    centers: Vec<u8>,
    year: Vec<u8>,
    day: Vec<u8>,
    headquarters: Vec<u8>,
    cards: Vec<u8>,
    group: Vec<Card>,
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
            vocabulary: BTreeMap::new(),
            lookup: Lookup::default(),
        })
    }

    /// Adds a document; those of a segment keep the order in which they come.
    ///
    /// # Errors
    /// When tantivy cannot.
    pub fn add(&mut self, document: &IndexDocument<'_>) -> Result<(), BuildError> {
        let title = words(&document.card.title);
        let body = words(document.text);
        let forms: BTreeSet<&str> = title
            .iter()
            .chain(&body)
            .map(|word| word.form.as_str())
            .collect();
        for form in forms {
            match self.vocabulary.get_mut(form) {
                Some(count) => *count += 1,
                None => drop(self.vocabulary.insert(form.to_owned(), 1)),
            }
        }
        self.lookup
            .add(document.ruling, &document.hts, &document.card, document.day);
        let year: u16 = document.card.year.parse().unwrap_or(0);
        let is_open = self.segments.len() > 1 && year >= self.options.newest_year;
        let segment = &mut self.segments[usize::from(is_open)];
        segment.add(
            document,
            year,
            tokenized(title),
            tokenized(body),
            &self.options,
            &self.fields,
        )
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
            statuses: STATUSES.map(str::to_owned).to_vec(),
            centers,
            ..Hot::default()
        };
        let mut blobs = Vec::new();
        let mut metas = Vec::new();
        for segment in self
            .segments
            .into_iter()
            .filter(|segment| segment.hot.documents > 0)
        {
            let (meta, segment_hot, layout, blob) = segment.finish()?;
            metas.push(meta);
            hot.segments.push(segment_hot);
            hot.layouts.push(layout);
            blobs.push(blob);
        }
        let (table, vocabulary) = vocabulary_file(&self.vocabulary);
        hot.vocabulary = table;
        let (layout, blob) = blob([(file::VOCABULARY.to_owned(), vocabulary)].into());
        hot.layouts.push(layout);
        blobs.push(blob);
        hot.meta = joined(&metas)?;
        hot.folders = blobs
            .iter()
            .map(|blob| format!("s/{}", name(blob)))
            .collect();
        record_opening(&mut hot, &blobs)?;
        files(&hot, &blobs, self.lookup)
    }
}

fn byte(place: Option<usize>) -> Option<u8> {
    place.and_then(|at| u8::try_from(at).ok())
}

impl SegmentBuilder {
    fn new() -> Result<Self, BuildError> {
        let directory = RamDirectory::create();
        let index = Index::builder().schema(schema().0);
        let index = index.settings(tantivy::IndexSettings {
            docstore_compression: tantivy::store::Compressor::None,
            ..tantivy::IndexSettings::default()
        });
        Ok(Self {
            writer: index.single_segment_index_writer(directory.clone(), MEMORY)?,
            directory,
            hot: SegmentHot {
                cards: vec![0],
                ..SegmentHot::default()
            },
            kind: Vec::new(),
            centers: Vec::new(),
            year: Vec::new(),
            day: Vec::new(),
            headquarters: Vec::new(),
            cards: Vec::new(),
            group: Vec::new(),
        })
    }

    fn add(
        &mut self,
        document: &IndexDocument<'_>,
        year: u16,
        title: PreTokenizedString,
        body: PreTokenizedString,
        options: &BuildOptions,
        fields: &Fields,
    ) -> Result<(), BuildError> {
        let card = &document.card;
        let mut indexed = TantivyDocument::new();
        indexed.add_pre_tokenized_text(fields.title, title);
        indexed.add_pre_tokenized_text(fields.body, body);
        if !document.ruling.is_empty() {
            indexed.add_text(fields.number, document.ruling.to_ascii_lowercase());
        }
        let prefixes: BTreeSet<&str> = document
            .hts
            .iter()
            .flat_map(|digits| {
                [2, 4, 6, 8, 10]
                    .into_iter()
                    .filter_map(|length| digits.get(..length))
            })
            .collect();
        for prefix in prefixes {
            indexed.add_text(fields.hts, prefix);
        }
        let pairs: BTreeSet<String> = document
            .keys
            .iter()
            .flat_map(|(key, value)| KeyValue::all(key, value))
            .map(|pair| pair.term())
            .collect();
        for term in pairs {
            indexed.add_text(fields.number, term);
        }
        self.writer.add_document(indexed)?;

        let kind = options.kinds.iter().position(|known| *known == card.kind);
        self.kind.push(byte(kind).unwrap_or(u8::MAX));
        let bits = options
            .centers
            .iter()
            .take(64)
            .enumerate()
            .fold(0_u64, |bits, (at, (slug, _))| {
                bits | (u64::from(card.centers.contains(slug)) << at)
            });
        self.centers.extend(bits.to_le_bytes());
        self.year.extend(year.to_le_bytes());
        self.day
            .extend(document.day.unwrap_or(i32::MIN).to_le_bytes());
        self.headquarters.push(u8::from(document.headquarters));
        let status = STATUSES.iter().position(|known| *known == card.status);
        self.hot.status.push(byte(status).unwrap_or(0));
        self.hot
            .cited
            .push(u16::try_from(document.cited).unwrap_or(u16::MAX));
        if !card.since.is_empty() {
            self.hot
                .since
                .push((self.hot.documents, card.since.clone()));
        }
        self.hot.documents += 1;
        // The status follows from other documents and so is not in the segment.
        self.group.push(Card {
            status: String::new(),
            since: String::new(),
            ..card.clone()
        });
        if self.group.len() == CARDS {
            self.end_group()?;
        }
        Ok(())
    }

    fn end_group(&mut self) -> Result<(), BuildError> {
        let group = std::mem::take(&mut self.group);
        serde_json::to_writer(&mut self.cards, &group)
            .map_err(|error| BuildError::Encode(error.to_string()))?;
        let end = u32::try_from(self.cards.len())
            .map_err(|_| BuildError::Encode("the cards are larger than 4 GiB".to_owned()))?;
        self.hot.cards.push(end);
        Ok(())
    }

    /// Gives tantivy's list with this segment, what the hot file has of it, and its blob.
    fn finish(mut self) -> Result<(serde_json::Value, SegmentHot, Layout, Vec<u8>), BuildError> {
        if !self.group.is_empty() {
            self.end_group()?;
        }
        self.writer.finalize()?;
        let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
        let meta = self
            .directory
            .atomic_read(Path::new(META))
            .map_err(|error| encode(&error))?;
        let mut meta: serde_json::Value =
            serde_json::from_slice(&meta).map_err(|error| encode(&error))?;
        let random = meta["segments"][0]["segment_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let index = Index::open(self.directory.clone())?;
        let segment = index
            .searchable_segments()?
            .pop()
            .ok_or_else(|| encode(&"tantivy made no segment"))?;
        let mut contents = BTreeMap::new();
        for component in COMPONENTS {
            let path = segment.meta().relative_path(component);
            let file = self
                .directory
                .open_read(&path)
                .map_err(|error| encode(&error))?;
            let bytes = file.read_bytes().map_err(|error| encode(&error))?;
            contents.insert(
                path.to_string_lossy().into_owned(),
                bytes.as_slice().to_vec(),
            );
        }
        // Random names would make every build another one.
        let mut hasher = blake3::Hasher::new();
        for bytes in contents.values() {
            hasher.update(bytes);
        }
        let id = SegmentId::from_uuid_string(&uuid(&hasher.finalize()))
            .map_err(|error| encode(&error))?;
        let id = id.uuid_string();
        meta["segments"][0]["segment_id"] = id_as_written(&random, &id).into();
        let plain = random.replace('-', "");
        let mut contents: BTreeMap<String, Vec<u8>> = contents
            .into_iter()
            .map(|(name, bytes)| (name.replace(&plain, &id), bytes))
            .collect();
        contents.extend(
            [
                (file::KIND, self.kind),
                (file::CENTERS, self.centers),
                (file::YEAR, self.year),
                (file::DAY, self.day),
                (file::HEADQUARTERS, self.headquarters),
                (file::CARDS, self.cards),
            ]
            .map(|(name, bytes)| (name.to_owned(), bytes)),
        );
        let (layout, blob) = blob(contents);
        Ok((meta, SegmentHot { id, ..self.hot }, layout, blob))
    }
}

/// tantivy writes ids with hyphens in its list and without in file names.
fn id_as_written(random: &str, id: &str) -> String {
    if !random.contains('-') {
        return id.to_owned();
    }
    [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]].join("-")
}

fn uuid(hash: &blake3::Hash) -> String {
    let hex = hash.to_hex();
    hex[..32].to_owned()
}

fn tokenized(words: Vec<Word>) -> PreTokenizedString {
    let tokens = words.into_iter().map(|word| Token {
        offset_from: word.span.start,
        offset_to: word.span.end,
        position: word.position,
        text: word.term,
        position_length: 1,
    });
    PreTokenizedString {
        text: String::new(),
        tokens: tokens.collect(),
    }
}

/// Lays files one after another, each from a chunk's edge; small ones share a chunk, as they are read together.
fn blob(files: BTreeMap<String, Vec<u8>>) -> (Layout, Vec<u8>) {
    let mut layout = Layout::default();
    let mut blob = Vec::new();
    for (name, bytes) in files {
        let left = CHUNK - blob.len() % CHUNK;
        if bytes.len() > left && left < CHUNK {
            blob.resize(blob.len() + left, 0);
        }
        layout
            .files
            .insert(name, (blob.len() as u64, bytes.len() as u64));
        blob.extend(bytes);
    }
    layout.length = blob.len() as u64;
    layout.checksums = blob.chunks(CHUNK).map(crc32fast::hash).collect();
    (layout, blob)
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

/// Sorted lines, and a table of what each block begins with.
fn vocabulary_file(vocabulary: &BTreeMap<String, u32>) -> (Vec<(String, u64)>, Vec<u8>) {
    let mut table: Vec<(String, u64)> = Vec::new();
    let mut bytes = Vec::new();
    for (form, count) in vocabulary {
        let start = bytes.len() as u64;
        if table
            .last()
            .is_none_or(|(_, last)| start - last >= VOCABULARY_BLOCK as u64)
        {
            table.push((form.clone(), start));
        }
        bytes.extend(format!("{form}\t{count}\n").into_bytes());
    }
    (table, bytes)
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

fn files(hot: &Hot, blobs: &[Vec<u8>], lookup: Lookup) -> Result<Vec<IndexFile>, BuildError> {
    let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
    let mut files = Vec::new();
    for (blob, folder) in blobs.iter().zip(&hot.folders) {
        for (at, chunk) in blob.chunks(CHUNK).enumerate() {
            files.push(IndexFile {
                path: format!("{folder}/{at}.bin"),
                bytes: deflate(chunk)?,
            });
        }
    }
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

fn name(blob: &[u8]) -> String {
    blake3::hash(blob).to_hex()[..16].to_owned()
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>, BuildError> {
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
