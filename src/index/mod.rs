//! The index that readers search in their browser.
//!
//! In: the portal and its documents' files. Out: the files below `search/`. Knows no page.
//!
//! Documents are cut into blocks by their addresses. The bodies of a block are read again one at a time, and only where the
//! block is not kept from an earlier run. A segment of which every block is as it was is kept, too.

mod cache;
mod read;

pub use cache::{BlockCache, BlockFolder, BlockMemory};
pub use read::{ReadError, search};

use crate::addresses;
use crate::config::Config;
use crate::document::{BodyError, Document, body as markdown};
use crate::files::{Files, SitePath};
use crate::portal::{DocId, Portal};
use crate::theme::Words;
use jiff::civil::Date;
use portolan_customs::{Collection, PartialDate, StatusKind};
use portolan_search::{
    Block, BlockBuilder, BuildError, BuildOptions, Card, Forms, IndexBuilder, IndexDocument,
    IndexFile, ListedDocument, Listing, Segment,
};
use rayon::prelude::*;
use std::collections::HashSet;

/// The folder of the site.
pub const FOLDER: &str = addresses::SEARCH;

/// The file that names all others of the index; never cached.
pub const MANIFEST: &str = addresses::INDEX_MANIFEST;

/// Whether a file of the site is a part of the index, and not of the search page.
#[must_use]
pub fn is_index_file(path: &SitePath) -> bool {
    let below = below(path);
    below.is_some_and(|path| {
        path == "manifest.json" || path.starts_with("s/") || path.starts_with("i/")
    })
}

/// Tells the files that a manifest lists; those of a manifest that cannot be read are none.
pub fn files_of(manifest: &[u8]) -> impl Fn(&SitePath) -> bool + Sync + use<> {
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let folders: HashSet<String> = manifest["folders"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(text)
        .collect();
    let lookup = manifest["lookup"].as_object().into_iter().flatten();
    let files: HashSet<String> = lookup
        .filter_map(|(_, hash)| Some(format!("i/{}.json", hash.as_str()?)))
        .chain(text(&manifest["hot"]))
        .collect();
    move |path| {
        below(path).is_some_and(|path| {
            let folder = path.rsplit_once('/').map(|(folder, _)| folder);
            files.contains(path) || folder.is_some_and(|folder| folders.contains(folder))
        })
    }
}

fn below(path: &SitePath) -> Option<&str> {
    let rest = path.as_str().strip_prefix(FOLDER)?;
    rest.strip_prefix('/')
}

/// Why there is no index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A document's body cannot be read.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// The index cannot be made.
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// The hash of all that the index is made from.
#[must_use]
pub fn fingerprint(portal: &Portal, config: &Config, words: &Words) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("PORTOLAN_SOURCES").as_bytes());
    for center in &portal.centers {
        hasher.update(center.slug().as_bytes());
        hasher.update(center.record.name.as_bytes());
        hasher.update(b"\n");
    }
    hasher.update(kind_names(portal).join("\n").as_bytes());
    hasher.update(keys(portal).join("\n").as_bytes());
    let entry = |id: &DocId| {
        let entry = Entry::new(*id, portal, config, words);
        let mut hasher = blake3::Hasher::new();
        hasher.update(portal.document(*id).hash.as_bytes());
        hasher.update(&entry.cited.to_le_bytes());
        hasher.update(entry.collection.map_or("", Collection::prefix).as_bytes());
        serde_json::to_writer(&mut hasher, &entry.card)
            .expect("a card is plain text, and a hasher takes every byte");
        hasher.finalize()
    };
    let entries: Vec<blake3::Hash> = order(portal).par_iter().map(entry).collect();
    for entry in entries {
        hasher.update(entry.as_bytes());
    }
    hasher.finalize()
}

/// An index that is made.
#[derive(Debug, Default)]
pub struct Made {
    /// Its files; none for a portal without documents.
    pub files: Vec<IndexFile>,
    /// How many blocks were made, because the cache did not have them.
    pub blocks: usize,
}

/// Makes the index from blocks that the cache has, and from the documents of others.
///
/// # Errors
/// When a document's file is gone or the index cannot be made.
pub fn make(
    portal: &Portal,
    config: &Config,
    words: &Words,
    files: &dyn Files,
    cache: &dyn BlockCache,
) -> Result<Made, IndexError> {
    let segments = portolan_search::cut(
        order(portal),
        |id| year(portal.document(*id)).unwrap_or(0),
        |id| portal.addresses.of(*id),
    );
    if segments.is_empty() {
        return Ok(Made::default());
    }
    let options = BuildOptions {
        centers: portal
            .centers
            .iter()
            .map(|center| (center.slug().to_owned(), center.record.name.clone()))
            .collect(),
        kinds: kind_names(portal),
        keys: keys(portal),
    };
    let mut builder = IndexBuilder::new(&options);
    let mut used = HashSet::new();
    let mut made = 0;
    for segment in segments {
        let entries = |ids: &[DocId]| -> Vec<Entry> {
            let entries = ids.iter().map(|id| Entry::new(*id, portal, config, words));
            entries.collect()
        };
        let keys = segment.par_iter().map(|ids| block_key(&entries(ids)));
        let keys: Vec<blake3::Hash> = keys.collect();
        let key = segment_key(&keys);
        let documents: usize = segment.iter().map(Vec::len).sum();
        let kept = cache.get(&key).and_then(|bytes| Segment::read(&bytes));
        let merged = match kept.filter(|merged| merged.documents() == documents) {
            Some(merged) => merged,
            None => {
                let blocks = segment.par_iter().zip(&keys);
                let blocks = blocks.map_init(Forms::default, |forms, (ids, key)| {
                    let kept = cache.get(key).and_then(|bytes| Block::read(bytes.into()));
                    if let Some(block) = kept.filter(|block| block.documents() == ids.len()) {
                        return Ok((block, false));
                    }
                    let text = |at: usize| text(portal.document(ids[at]), files);
                    let block = make_block(&entries(ids), text, forms)?;
                    cache.put(key, block.bytes());
                    Ok((block, true))
                });
                let blocks: Vec<(Block, bool)> = blocks.collect::<Result<_, IndexError>>()?;
                made += blocks.iter().filter(|(_, is_made)| *is_made).count();
                let blocks: Vec<Block> = blocks.into_iter().map(|(block, _)| block).collect();
                let merged = Segment::merge(&blocks)?;
                drop(blocks);
                cache.put(&key, &merged.bytes()?);
                merged
            }
        };
        let listing = segment.par_iter().map(|ids| {
            let mut listing = Listing::default();
            for entry in entries(ids) {
                listing.add(entry.listed(), &options)?;
            }
            Ok::<_, BuildError>(listing)
        });
        builder.add_segment(merged, listing.collect::<Result<_, _>>()?)?;
        used.insert(key);
        used.extend(keys);
    }
    let files = builder.finish()?;
    cache.used(&used);
    Ok(Made {
        files,
        blocks: made,
    })
}

/// Makes a block; `text` gives the text of the document at a place.
fn make_block(
    entries: &[Entry],
    text: impl Fn(usize) -> Result<String, BodyError>,
    forms: &Forms,
) -> Result<Block, IndexError> {
    let mut builder = BlockBuilder::new(forms)?;
    for (at, entry) in entries.iter().enumerate() {
        builder.add(&entry.indexed(&text(at)?))?;
    }
    Ok(builder.finish()?)
}

/// The hash of all that a segment is made from: the keys of its blocks.
fn segment_key(blocks: &[blake3::Hash]) -> blake3::Hash {
    let mut hasher =
        blake3::Hasher::new_derive_key("Portolan 2026-11-28 segment of the search index");
    for block in blocks {
        hasher.update(block.as_bytes());
    }
    hasher.finalize()
}

/// The hash of all that a block is made from, this program among it: the bytes of its documents stand for their texts.
fn block_key(entries: &[Entry]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    };
    add(env!("PORTOLAN_SOURCES").as_bytes());
    for entry in entries {
        add(entry.hash.as_bytes());
        add(entry.ruling.as_bytes());
        add(entry.card.title.as_bytes());
        add(&entry.hts.len().to_le_bytes());
        for hts in &entry.hts {
            add(hts.as_bytes());
        }
        add(&entry.keys.len().to_le_bytes());
        for (key, value) in &entry.keys {
            add(key.as_bytes());
            add(value.as_bytes());
        }
    }
    hasher.finalize()
}

/// The keys that the settings add, of every kind.
fn keys(portal: &Portal) -> Vec<String> {
    let schema = &portal.schema;
    let added = schema.kinds.all().flat_map(|kind| schema.added(kind));
    let mut keys: Vec<String> = added.map(|field| field.key.to_string()).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn kind_names(portal: &Portal) -> Vec<String> {
    portal.schema.kinds.names().map(str::to_owned).collect()
}

/// Documents by group (a Center, or several), then oldest first, ties by address: a new document then moves few others.
fn order(portal: &Portal) -> Vec<DocId> {
    let mut order = portal.newest.clone();
    order.sort_by_cached_key(|id| {
        let centers = portal.membership.centers_of(*id);
        let group = if centers.len() == 1 {
            Some(centers[0])
        } else {
            None
        };
        let date = portal
            .document(*id)
            .fields
            .date()
            .map(PartialDate::sort_key);
        (group, date, portal.addresses.of(*id).to_owned())
    });
    order
}

fn year(document: &Document) -> Option<u16> {
    document
        .fields
        .date()
        .and_then(PartialDate::year)
        .and_then(|year| u16::try_from(year).ok())
}

fn text(document: &Document, files: &dyn Files) -> Result<String, BodyError> {
    let body = document.body_ref().read(files)?;
    let mut text = document.common.summary.clone().unwrap_or_default();
    text.push('\n');
    text.push_str(&markdown::plain_text(&body));
    Ok(text)
}

/// What the index takes of a document, but its text.
struct Entry {
    /// Of the document's bytes.
    hash: blake3::Hash,
    ruling: String,
    keys: Vec<(String, String)>,
    hts: Vec<String>,
    card: Card,
    day: Option<i32>,
    collection: Option<Collection>,
    cited: u32,
}

impl Entry {
    fn new(id: DocId, portal: &Portal, config: &Config, words: &Words) -> Self {
        let document = portal.document(id);
        let summary = portal.summary(id);
        let date = summary.date.unwrap_or(PartialDate::Unknown);
        let ruling_status = summary.status.filter(|status| status.kind.is_some());
        let ruling = document.fields.ruling_number();
        Self {
            hash: document.hash,
            ruling: ruling.map(ToString::to_string).unwrap_or_default(),
            keys: document
                .added
                .iter()
                .flat_map(|key| {
                    let values = key.values.iter();
                    values.map(|value| (key.name.clone(), value.to_string()))
                })
                .collect(),
            hts: summary
                .hts
                .iter()
                .map(|hts| hts.digits().to_owned())
                .collect(),
            card: Card {
                date: words.date(date),
                year: date
                    .year()
                    .map_or_else(|| "undated".to_owned(), |year| year.to_string()),
                centers: portal
                    .slugs(portal.membership.scopes_of(id))
                    .map(str::to_owned)
                    .collect(),
                kind: portal.schema.kinds.name(summary.kind).to_owned(),
                status: ruling_status.map_or_else(String::new, |status| status.name.to_owned()),
                since: ruling_status
                    .filter(|status| status.kind.is_some_and(StatusKind::is_changed))
                    .and_then(|status| status.since)
                    .map_or_else(String::new, |date| words.date(date)),
                hts: summary.hts.iter().map(ToString::to_string).collect(),
                url: config.link(summary.address).to_owned(),
                title: summary.title.to_owned(),
                number: summary.number.unwrap_or_default(),
            },
            day: date.latest().map(days),
            collection: ruling.and_then(Collection::by_series),
            cited: u32::try_from(portal.graph.relations.cited_by[id].len()).unwrap_or(u32::MAX),
        }
    }

    fn indexed<'a>(&'a self, text: &'a str) -> IndexDocument<'a> {
        let keys = self.keys.iter();
        IndexDocument {
            ruling: &self.ruling,
            title: &self.card.title,
            text,
            hts: self.hts.iter().map(String::as_str).collect(),
            keys: keys
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect(),
        }
    }

    fn listed(&self) -> ListedDocument<'_> {
        ListedDocument {
            ruling: &self.ruling,
            hts: self.hts.iter().map(String::as_str).collect(),
            card: self.card.clone(),
            day: self.day,
            collection: self.collection,
            cited: self.cited,
        }
    }
}

/// Days since 1970-01-01.
fn days(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}
