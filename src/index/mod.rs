//! The index that readers search in their browser.
//!
//! In: the portal and its documents' files. Out: the files below `search/`. Knows no page.
//!
//! Documents are cut into blocks by their addresses. The bodies of a block are read again one at a time, and only where the
//! block is not kept from an earlier run. Where every block is as it was, their merge is kept, too.

mod cache;
mod options;
mod pages;
mod read;

pub use cache::{BlockCache, BlockFolder};
pub use read::{ReadError, search};

use crate::addresses;
use crate::config::Config;
use crate::document::{BodyError, Document, body as markdown};
use crate::files::{Files, SitePath};
use crate::portal::{DocId, Portal, Taxonomy, Term, details, listed_date, terms};
use crate::sitemap::has_text;
use crate::theme::Words;
use jiff::civil::Date;
use pages::Page;
use portolan_customs::{Collection, PartialDate, StatusKind};
use portolan_search::{
    Block, BlockBuilder, BuildError, Card, Forms, IndexDocument, IndexFile, ListedDocument,
    Listing, Segment,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// The folder of the site.
pub const FOLDER: &str = addresses::SEARCH;

/// What is said of the index in few words; made with each index.
pub const MANIFEST: &str = addresses::INDEX_MANIFEST;

/// The file of which every search begins; never cached.
pub const HOT: &str = addresses::INDEX_HOT;

/// Whether a file of the site is a part of the index, and not of the search page.
#[must_use]
pub fn is_index_file(path: &SitePath) -> bool {
    let below = below(path);
    below.is_some_and(|path| {
        ["manifest.json", portolan_search::HOT].contains(&path)
            || path.starts_with("s/")
            || path.starts_with("i/")
    })
}

/// Tells the files that an index fetches, by its hot file; those of a hot file that cannot be read are none.
pub fn files_of(hot: &[u8]) -> impl Fn(&SitePath) -> bool + Sync + use<> {
    let files: HashSet<String> = portolan_search::chunk_files(hot).into_iter().collect();
    move |path| below(path).is_some_and(|path| files.contains(path))
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
    options::hash(&options::of(portal, words), &mut hasher);
    let pages = pages::all(portal, config, words);
    let entry = |item: &Item<'_>| {
        let entry = item.entry(portal, config, words);
        let mut hasher = blake3::Hasher::new();
        hasher.update(entry.hash.as_bytes());
        hasher.update(entry.title.as_bytes());
        hasher.update(&entry.cited.to_le_bytes());
        hasher.update(entry.collection.map_or("", Collection::prefix).as_bytes());
        serde_json::to_writer(&mut hasher, &entry.card)
            .expect("a card is plain text, and a hasher takes every byte");
        hasher.finalize()
    };
    let items = items(portal, &pages).concat();
    let entries: Vec<blake3::Hash> = items.par_iter().map(entry).collect();
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
    let pages = pages::all(portal, config, words);
    let items = items(portal, &pages);
    if items.is_empty() {
        return Ok(Made::default());
    }
    let options = options::of(portal, words);
    let entries = |items: &[Item<'_>]| -> Vec<Entry> {
        let entries = items.iter().map(|item| item.entry(portal, config, words));
        entries.collect()
    };
    let keys = items.par_iter().map(|items| block_key(&entries(items)));
    let keys: Vec<blake3::Hash> = keys.collect();
    let key = segment_key(&keys);
    let documents: usize = items.iter().map(Vec::len).sum();
    let kept = cache.get(&key).and_then(|bytes| Segment::read(&bytes));
    let mut made = 0;
    let segment = match kept.filter(|segment| segment.documents() == documents) {
        Some(segment) => segment,
        None => {
            let blocks = items.par_iter().zip(&keys);
            let blocks = blocks.map_init(Forms::default, |forms, (items, key)| {
                let kept = cache.get(key).and_then(|bytes| Block::read(bytes.into()));
                if let Some(block) = kept.filter(|block| block.documents() == items.len()) {
                    return Ok((block, false));
                }
                let text = |at: usize| match items[at] {
                    Item::Document(id) => text(portal.document(id), files),
                    Item::Page(page) => page.text(files),
                };
                let block = make_block(&entries(items), text, forms)?;
                cache.put(key, block.bytes());
                Ok((block, true))
            });
            let blocks: Vec<(Block, bool)> = blocks.collect::<Result<_, IndexError>>()?;
            made += blocks.iter().filter(|(_, is_made)| *is_made).count();
            let blocks: Vec<Block> = blocks.into_iter().map(|(block, _)| block).collect();
            let segment = Segment::merge(&blocks)?;
            drop(blocks);
            cache.put(&key, &segment.bytes()?);
            segment
        }
    };
    let listings = items.par_iter().map(|items| {
        let mut listing = Listing::default();
        for entry in entries(items) {
            listing.add(entry.listed())?;
        }
        Ok::<_, BuildError>(listing)
    });
    let files = portolan_search::index(&options, segment, listings.collect::<Result<_, _>>()?)?;
    cache.used(&keys.into_iter().chain([key]).collect());
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
        add(entry.card.number.as_bytes());
        add(entry.title.as_bytes());
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

/// What has a place in the index.
#[derive(Clone, Copy)]
enum Item<'a> {
    /// A document.
    Document(DocId),
    /// A page that is no list.
    Page(&'a Page<'a>),
}

impl<'a> Item<'a> {
    fn address(self, portal: &'a Portal) -> &'a str {
        match self {
            Item::Document(id) => portal.addresses.of(id),
            Item::Page(page) => &page.card.url,
        }
    }

    fn entry(self, portal: &Portal, config: &Config, words: &Words) -> Entry {
        match self {
            Item::Document(id) => Entry::new(id, portal, config, words),
            Item::Page(page) => Entry::of_page(page),
        }
    }
}

/// Pages, then documents, in blocks of their own: pages change with tables and names.
fn items<'a>(portal: &Portal, pages: &'a [Page<'a>]) -> Vec<Vec<Item<'a>>> {
    let cut =
        |items| portolan_search::cut(items, |item: &Item<'a>| item.address(portal).to_owned());
    let mut blocks = cut(pages.iter().map(Item::Page).collect());
    blocks.extend(cut(documents(portal)
        .into_iter()
        .map(Item::Document)
        .collect()));
    blocks
}

/// Documents by their dates, the undated ones first, ties by address: a new document comes last, and so moves few others.
fn documents(portal: &Portal) -> Vec<DocId> {
    let mut order = portal.newest.clone();
    order.sort_by_cached_key(|id| {
        let date = portal
            .document(*id)
            .fields
            .date()
            .map(PartialDate::sort_key);
        (date, portal.addresses.of(*id).to_owned())
    });
    order
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
    /// Its title, and by what else a page is found as by its title.
    title: String,
    /// As which it is numbered.
    numbers: Vec<String>,
    ruling: String,
    keys: Vec<(String, String)>,
    hts: Vec<String>,
    card: Card,
    day: Option<i32>,
    collection: Option<Collection>,
    cited: u32,
    columns: Vec<(&'static str, Vec<String>)>,
    is_page: bool,
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
            title: summary.title.to_owned(),
            numbers: match document.fields.declared() {
                Some(declared) => declared.cited_as().map(str::to_owned).collect(),
                None => summary.number.clone().into_iter().collect(),
            },
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
                date: listed_date(document, words),
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
                summary: summary.summary.unwrap_or_default().to_owned(),
                details: details(document, words),
                text: has_text(portal, config, id),
            },
            day: date.latest().map(days),
            collection: ruling.and_then(Collection::by_series),
            cited: u32::try_from(portal.graph.relations.cited_by[id].len()).unwrap_or(u32::MAX),
            columns: columns(terms(document)),
            is_page: false,
        }
    }

    fn of_page(page: &Page<'_>) -> Self {
        let names = page.names.iter().map(String::as_str);
        let title: Vec<&str> = [page.card.title.as_str()]
            .into_iter()
            .chain(names)
            .collect();
        Self {
            hash: page.hash(),
            title: title.join("\n"),
            numbers: page.numbers().map(str::to_owned).collect(),
            ruling: String::new(),
            keys: Vec::new(),
            hts: page.hts.clone(),
            card: page.card.clone(),
            day: None,
            collection: None,
            cited: 0,
            columns: columns(page.terms.clone()),
            is_page: true,
        }
    }

    fn indexed<'a>(&'a self, text: &'a str) -> IndexDocument<'a> {
        let keys = self.keys.iter();
        IndexDocument {
            numbers: self.numbers.iter().map(String::as_str).collect(),
            title: &self.title,
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
            columns: self.columns.clone(),
            cited: self.cited,
            is_page: self.is_page,
        }
    }
}

/// What a document is filtered and counted by: the terms that it is listed under.
fn columns(terms: Vec<Term>) -> Vec<(&'static str, Vec<String>)> {
    let mut columns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for term in terms {
        let column = match term.taxonomy {
            Taxonomy::Category => "category",
            Taxonomy::Chapter => "chapter",
            Taxonomy::Heading => "heading",
            Taxonomy::Origin => "country",
            Taxonomy::Program => "program",
            Taxonomy::Agency => "agency",
        };
        columns.entry(column).or_default().push(term.name);
    }
    columns.into_iter().collect()
}

/// Days since 1970-01-01.
fn days(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}
