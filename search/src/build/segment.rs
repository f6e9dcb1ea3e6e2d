//! A segment in the making: tantivy's files of it, and columns and cards of our own.

use super::blob;
use super::prepared::Prepared;
use super::word_list::WordList;
use super::{BuildError, BuildOptions, byte};
use crate::chunk::Layout;
use crate::directory::META;
use crate::hot::{CARDS, SegmentHot, file};
use crate::schema::{Fields, schema};
use std::collections::BTreeMap;
use std::path::Path;
use tantivy::Index;
use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::TokenizerManager;

/// The memory that tantivy may use before it would flush; one segment never does.
const MEMORY: usize = 64 << 20;

/// The files of a segment that nothing was deleted from.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FieldNorms,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];

/// A segment to which documents are added.
pub(super) struct SegmentBuilder {
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

impl SegmentBuilder {
    pub(super) fn new() -> Result<Self, BuildError> {
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

    /// Adds a document after those before it.
    pub(super) fn add(
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

    pub(super) fn is_empty(&self) -> bool {
        self.hot.documents == 0
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
    pub(super) fn finish(
        mut self,
    ) -> Result<(serde_json::Value, SegmentHot, Layout, Vec<u8>), BuildError> {
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
        let (layout, blob) = blob::lay_out(contents);
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
