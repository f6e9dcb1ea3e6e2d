//! A block: what the index has of some documents that follow one another, made from these documents alone.
//!
//! It is tantivy's files of them, without the number under which tantivy keeps them, and their vocabulary. What can change
//! without the documents' text (columns, cards, answers to numbers) is not in it: see [`super::listing`].

use super::BuildError;
use super::directory::{META, PartDirectory};
use super::forms::{Forms, WordTokenizer};
use crate::query::{KeyValue, number_forms};
use crate::schema::{Fields, WORDS, schema};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use tantivy::directory::{Directory as _, OwnedBytes, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings, TantivyDocument};

/// The memory that tantivy may use before it would flush; one block never does. Its first tables are sized by it.
const MEMORY: usize = 8 << 20;

/// The files of a segment that nothing was deleted from.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FieldNorms,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];

/// A word of the title counts as so many of the text.
const TITLE: usize = 5;

/// What a block takes of a document.
#[derive(Debug, Clone, Default)]
pub struct IndexDocument<'a> {
    /// Its numbers as a reader sees them: `NY N301234`, `79 FR 13322; FR Doc. 2014-05115`.
    pub numbers: Vec<&'a str>,
    /// Title.
    pub title: &'a str,
    /// Plain text of the body and the summary.
    pub text: &'a str,
    /// Digits of each tariff number.
    pub hts: Vec<&'a str>,
    /// Keys that the portal's settings add, each with a value as it is written.
    pub keys: Vec<(&'a str, &'a str)>,
}

impl IndexDocument<'_> {
    fn number_forms(&self) -> BTreeSet<String> {
        let numbers = self.numbers.iter();
        numbers.flat_map(|number| number_forms(number)).collect()
    }

    fn indexed(&self, fields: &Fields) -> TantivyDocument {
        let mut indexed = TantivyDocument::new();
        indexed.add_text(fields.title, self.title);
        for _ in 0..TITLE {
            indexed.add_text(fields.body, self.title);
        }
        indexed.add_text(fields.body, self.text);
        for form in self.number_forms() {
            indexed.add_text(fields.number, form);
        }
        for prefix in prefixes(&self.hts) {
            indexed.add_text(fields.hts, prefix);
        }
        let keys = self.keys.iter();
        let keys = keys.flat_map(|(key, value)| KeyValue::all(key, value));
        for term in keys.map(|pair| pair.term()).collect::<BTreeSet<_>>() {
            indexed.add_text(fields.number, term);
        }
        indexed
    }
}

/// The first digits of each number.
fn prefixes<'a>(numbers: &[&'a str]) -> BTreeSet<&'a str> {
    let prefixes = numbers.iter().flat_map(|digits| {
        let lengths = [2, 4, 6, 8, 10].into_iter();
        lengths.filter_map(|length| digits.get(..length))
    });
    prefixes.collect()
}

/// The settings of every segment: nothing is stored in tantivy, so that needs no compression and no thread of its own.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: tantivy::store::Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// A block in the making.
pub struct BlockBuilder {
    directory: RamDirectory,
    writer: SingleSegmentIndexWriter,
    forms: Forms,
    /// Numbers of documents, which are completed as words are; how many documents have each.
    numbers: BTreeMap<Box<str>, u32>,
    fields: Fields,
    documents: u32,
}

impl std::fmt::Debug for BlockBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlockBuilder")
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}

impl BlockBuilder {
    /// Begins a block; one thread makes one at a time.
    ///
    /// # Errors
    /// When tantivy cannot.
    pub fn new(forms: &Forms) -> Result<Self, BuildError> {
        // What a block that was given up has counted is not of this one.
        forms.end_block();
        let (schema, fields) = schema();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(WORDS, WordTokenizer::new(forms.clone()));
        let index = Index::builder()
            .schema(schema)
            .settings(settings())
            .tokenizers(tokenizers);
        let directory = RamDirectory::create();
        Ok(Self {
            writer: index.single_segment_index_writer(directory.clone(), MEMORY)?,
            directory,
            forms: forms.clone(),
            numbers: BTreeMap::new(),
            fields,
            documents: 0,
        })
    }

    /// Adds a document after those before it.
    ///
    /// # Errors
    /// When tantivy cannot.
    pub fn add(&mut self, document: &IndexDocument<'_>) -> Result<(), BuildError> {
        self.forms.begin_document();
        for form in document.number_forms() {
            *self.numbers.entry(form.into()).or_default() += 1;
        }
        self.writer.add_document(document.indexed(&self.fields))?;
        self.documents += 1;
        Ok(())
    }

    /// Ends the block.
    ///
    /// # Errors
    /// When tantivy cannot.
    pub fn finish(self) -> Result<Block, BuildError> {
        let encode = |error: &dyn std::fmt::Display| BuildError::Encode(error.to_string());
        let index = self.writer.finalize()?;
        let segment = index
            .searchable_segments()?
            .pop()
            .ok_or_else(|| encode(&"tantivy made no segment"))?;
        let mut lengths = Lengths::default();
        let mut content = Vec::new();
        for (component, length) in COMPONENTS.into_iter().zip(&mut lengths.files) {
            let path = segment.meta().relative_path(component);
            let file = self.directory.open_read(&path);
            let bytes = file
                .map_err(|error| encode(&error))?
                .read_bytes()
                .map_err(|error| encode(&error))?;
            *length = bytes.len() as u64;
            content.extend_from_slice(&bytes);
        }
        let mut vocabulary = String::new();
        let mut forms = self.numbers;
        for (form, documents) in self.forms.end_block() {
            *forms.entry(form).or_default() += documents;
        }
        for (form, documents) in forms {
            vocabulary.push_str(&format!("{form}\t{documents}\n"));
        }
        lengths.documents = self.documents;
        lengths.vocabulary = vocabulary.len() as u64;
        content.extend_from_slice(vocabulary.as_bytes());
        let mut bytes = postcard::to_allocvec(&lengths).map_err(|error| encode(&error))?;
        bytes.append(&mut content);
        Block::read(bytes.into()).ok_or_else(|| encode(&"a block has not the form of one"))
    }
}

/// What the bytes of a block begin with.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Lengths {
    documents: u32,
    files: [u64; COMPONENTS.len()],
    vocabulary: u64,
}

/// A block that is made.
#[derive(Debug, Clone)]
pub struct Block {
    bytes: Arc<[u8]>,
    documents: u32,
    files: [Range<usize>; COMPONENTS.len()],
    vocabulary: Range<usize>,
}

impl Block {
    /// Reads a block from its bytes; `None` where they are not of one.
    #[must_use]
    pub fn read(bytes: Arc<[u8]>) -> Option<Self> {
        let (lengths, content): (Lengths, &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        let mut at = bytes.len() - content.len();
        let mut take = |length: u64| {
            let start = at;
            at = start.checked_add(usize::try_from(length).ok()?)?;
            Some(start..at)
        };
        let mut files: [Range<usize>; COMPONENTS.len()] = Default::default();
        for (file, length) in files.iter_mut().zip(lengths.files) {
            *file = take(length)?;
        }
        let vocabulary = take(lengths.vocabulary)?;
        let is_complete =
            at == bytes.len() && std::str::from_utf8(&bytes[vocabulary.clone()]).is_ok();
        is_complete.then_some(Self {
            bytes,
            documents: lengths.documents,
            files,
            vocabulary,
        })
    }

    /// What [`Block::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// How many documents it is made from.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents as usize
    }

    /// The forms of its documents, sorted, each with the number of documents that have it.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = (&str, u32)> {
        let lines = std::str::from_utf8(&self.bytes[self.vocabulary.clone()]).unwrap_or_default();
        let lines = lines.lines().filter_map(|line| line.split_once('\t'));
        lines.filter_map(|(form, documents)| Some((form, documents.parse().ok()?)))
    }

    /// The block as an index of its own, for a merge.
    pub(crate) fn open(&self) -> Result<Index, BuildError> {
        // A number is needed, and nothing is made from it.
        let id = "0".repeat(32);
        let meta = serde_json::json!({
            "index_settings": settings(),
            "segments": [{ "segment_id": id, "max_doc": self.documents, "deletes": null }],
            "schema": schema().0,
            "opstamp": 0,
        });
        let all = OwnedBytes::new(Arc::clone(&self.bytes));
        let files = COMPONENTS
            .iter()
            .zip(&self.files)
            .map(|(component, range)| {
                let path = PathBuf::from(format!("{id}.{component}"));
                (path, all.slice(range.clone()))
            });
        let meta = OwnedBytes::new(meta.to_string().into_bytes());
        let files = files.chain([(PathBuf::from(META), meta)]);
        Ok(Index::open(PartDirectory::of(files))?)
    }
}
