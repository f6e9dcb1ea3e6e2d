//! Makes an index: documents in, files out.
//!
//! The same documents give the same bytes: documents keep their order, segments are named by their content, and what is
//! deflated is deflated by the same library at one level.

use crate::chunk::{CHUNK, Chunks, Layout};
use crate::directory::META;
use crate::document::IndexDocument;
use crate::engine::{Engine, EngineError};
use crate::hot::{CARDS, CenterName, FORMAT, Hot, SegmentHot, file};
use crate::lookup::{Answer, Lookup};
use crate::query::KeyValue;
use crate::schema::{Fields, schema};
use crate::words::{Word, words};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
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
    vocabulary: HashMap<String, u32>,
    lookup: Lookup,
}

/// A document of which everything is made that needs no other document: many can be made at once.
#[derive(Debug)]
pub struct Prepared {
    /// Of title and body: [`WordList`]s.
    title: String,
    body: String,
    /// Each form once, in lines.
    forms: String,
    number: String,
    hts: BTreeSet<String>,
    keys: BTreeSet<String>,
    /// The card as the segment has it, in JSON.
    json: String,
    answer: Answer,
    headings: BTreeSet<String>,
    year: u16,
    day: i32,
    headquarters: bool,
    cited: u16,
    kind: String,
    centers: Vec<String>,
    status: u8,
    since: String,
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
    group: Vec<String>,
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
        let (table, vocabulary) = vocabulary_file(self.vocabulary);
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

impl IndexDocument<'_> {
    /// Makes what [`IndexBuilder::add`] takes.
    ///
    /// # Errors
    /// When the card cannot be encoded.
    pub fn prepare(self) -> Result<Prepared, BuildError> {
        let title = words(&self.card.title);
        let body = words(self.text);
        let status = STATUSES.iter().position(|known| *known == self.card.status);
        let answer = Answer::new(&self.card, self.day);
        let mut card = self.card;
        // The status follows from other documents and so is not in the segment.
        card.status.clear();
        let since = std::mem::take(&mut card.since);
        let json =
            serde_json::to_string(&card).map_err(|error| BuildError::Encode(error.to_string()))?;
        Ok(Prepared {
            title: WordList::of(&title),
            body: WordList::of(&body),
            forms: forms(&title, &body),
            number: self.ruling.to_ascii_lowercase(),
            hts: prefixes(&self.hts, &[2, 4, 6, 8, 10]),
            keys: self
                .keys
                .iter()
                .flat_map(|(key, value)| KeyValue::all(key, value))
                .map(|pair| pair.term())
                .collect(),
            json,
            answer,
            headings: prefixes(&self.hts, &[4]),
            year: card.year.parse().unwrap_or(0),
            day: self.day.unwrap_or(i32::MIN),
            headquarters: self.headquarters,
            cited: u16::try_from(self.cited).unwrap_or(u16::MAX),
            kind: card.kind,
            centers: card.centers,
            status: byte(status).unwrap_or(0),
            since,
        })
    }
}

/// The first digits of each number.
fn prefixes(numbers: &[&str], lengths: &[usize]) -> BTreeSet<String> {
    let prefixes = numbers.iter().flat_map(|digits| {
        let lengths = lengths.iter();
        lengths.filter_map(|length| digits.get(..*length))
    });
    prefixes.map(str::to_owned).collect()
}

/// Each form once, in lines: a form has letters and digits, and no end of a line.
fn forms(title: &[Word], body: &[Word]) -> String {
    let mut seen = HashSet::new();
    let mut forms = String::new();
    for word in title.iter().chain(body) {
        if seen.insert(word.form.as_str()) {
            forms.push_str(&word.form);
            forms.push('\n');
        }
    }
    forms
}

impl SegmentBuilder {
    fn new() -> Result<Self, BuildError> {
        let directory = RamDirectory::create();
        let index = Index::builder().schema(schema().0);
        let index = index.settings(tantivy::IndexSettings {
            docstore_compression: tantivy::store::Compressor::None,
            ..tantivy::IndexSettings::default()
        });
        let tokenizers = TokenizerManager::new();
        // The name is the schema's: no reader's engine tokenizes by it.
        tokenizers.register("raw", WordList::default());
        let index = index.tokenizers(tokenizers);
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
        document: &Prepared,
        options: &BuildOptions,
        fields: &Fields,
    ) -> Result<(), BuildError> {
        self.writer.add_document(document.indexed(fields))?;
        let kind = options
            .kinds
            .iter()
            .position(|known| *known == document.kind);
        self.kind.push(byte(kind).unwrap_or(u8::MAX));
        let bits = options
            .centers
            .iter()
            .take(64)
            .enumerate()
            .fold(0_u64, |bits, (at, (slug, _))| {
                bits | (u64::from(document.centers.contains(slug)) << at)
            });
        self.centers.extend(bits.to_le_bytes());
        self.year.extend(document.year.to_le_bytes());
        self.day.extend(document.day.to_le_bytes());
        self.headquarters.push(u8::from(document.headquarters));
        self.hot.status.push(document.status);
        self.hot.cited.push(document.cited);
        if !document.since.is_empty() {
            self.hot
                .since
                .push((self.hot.documents, document.since.clone()));
        }
        self.hot.documents += 1;
        self.group.push(document.json.clone());
        if self.group.len() == CARDS {
            self.end_group()?;
        }
        Ok(())
    }

    fn end_group(&mut self) -> Result<(), BuildError> {
        let group = std::mem::take(&mut self.group).join(",");
        self.cards.extend(format!("[{group}]").into_bytes());
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

impl Prepared {
    fn indexed(&self, fields: &Fields) -> TantivyDocument {
        let mut indexed = TantivyDocument::new();
        indexed.add_text(fields.title, &self.title);
        indexed.add_text(fields.body, &self.body);
        if !self.number.is_empty() {
            indexed.add_text(fields.number, &self.number);
        }
        for prefix in &self.hts {
            indexed.add_text(fields.hts, prefix);
        }
        for term in &self.keys {
            indexed.add_text(fields.number, term);
        }
        indexed
    }
}

/// Takes the terms of words from a text in which they stand as such. tantivy's own way for text that was tokenized
/// before writes it as JSON and reads that again, a third of the time that an index takes.
///
/// The text is a [`WordList::START`], then for each word a [`WordList::NEXT`] for each place that it is after the one
/// before, its term, and a [`WordList::END`]. A text of another beginning is a term by itself; numbers and keys begin
/// with a letter or digit.
#[derive(Debug, Clone, Default)]
struct WordList {
    token: Token,
}

impl WordList {
    const START: char = '\u{1}';
    const NEXT: char = '\u{2}';
    const END: char = '\u{3}';

    fn of(words: &[Word]) -> String {
        let mut list = String::from(Self::START);
        let mut position = 0;
        for word in words {
            list.extend((position..word.position).map(|_| Self::NEXT));
            list.push_str(&word.term);
            list.push(Self::END);
            position = word.position;
        }
        list
    }
}

impl Tokenizer for WordList {
    type TokenStream<'a> = WordListStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordListStream<'a> {
        self.token.reset();
        self.token.position = 0;
        WordListStream {
            token: &mut self.token,
            rest: Some(text.strip_prefix(Self::START).unwrap_or(text)),
            is_list: text.starts_with(Self::START),
        }
    }
}

struct WordListStream<'a> {
    token: &'a mut Token,
    rest: Option<&'a str>,
    is_list: bool,
}

impl WordListStream<'_> {
    fn next(&mut self) -> Option<()> {
        let rest = self.rest.take()?;
        let mut term = rest;
        if self.is_list {
            let (word, after) = rest.split_once(WordList::END)?;
            self.rest = Some(after);
            term = word.trim_start_matches(WordList::NEXT);
            self.token.position += word.len() - term.len();
        }
        self.token.text.clear();
        self.token.text.push_str(term);
        Some(())
    }
}

impl TokenStream for WordListStream<'_> {
    fn advance(&mut self) -> bool {
        self.next().is_some()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
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
fn vocabulary_file(vocabulary: HashMap<String, u32>) -> (Vec<(String, u64)>, Vec<u8>) {
    let mut vocabulary: Vec<(String, u32)> = vocabulary.into_iter().collect();
    vocabulary.sort_unstable();
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
