//! The index that readers search in their browser.
//!
//! In: the portal and its documents' files. Out: the files below `search/`. Knows no page.
//!
//! Bodies are read again in the order of the index, some at a time, so that neither the text of all documents nor a queue
//! of pages that came out of order is ever in memory.

mod read;

pub use read::{ReadError, search};

use crate::addresses;
use crate::config::Config;
use crate::document::{BodyError, Document, body as markdown};
use crate::files::{Files, SitePath};
use crate::portal::{DocId, Portal};
use crate::theme::Words;
use jiff::civil::Date;
use portolan_customs::{Collection, PartialDate, StatusKind};
use portolan_search::{BuildError, BuildOptions, Card, IndexBuilder, IndexDocument, IndexFile};
use rayon::prelude::*;

/// The folder of the site.
pub const FOLDER: &str = addresses::SEARCH;

/// The file that names the generation of the index; never cached.
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
    let folders = manifest["folders"].as_array().into_iter().flatten();
    let mut folders: Vec<String> = folders
        .filter_map(|folder| Some(format!("{}/", folder.as_str()?)))
        .collect();
    folders.extend(
        manifest["index"]
            .as_str()
            .map(|generation| format!("i/{generation}/")),
    );
    move |path| {
        let below = below(path);
        below.is_some_and(|path| folders.iter().any(|folder| path.starts_with(folder)))
    }
}

fn below(path: &SitePath) -> Option<&str> {
    let rest = path.as_str().strip_prefix(FOLDER)?;
    rest.strip_prefix('/')
}

/// How many documents' text is in memory at a time.
const CONCURRENT_TEXTS: usize = 512;

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
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    for center in &portal.centers {
        hasher.update(center.slug().as_bytes());
        hasher.update(center.record.name.as_bytes());
        hasher.update(b"\n");
    }
    hasher.update(kind_names(portal).join("\n").as_bytes());
    hasher.update(keys(portal).join("\n").as_bytes());
    for id in order(portal) {
        let entry = Entry::new(id, portal, config, words);
        hasher.update(portal.document(id).hash.as_bytes());
        hasher.update(&entry.cited.to_le_bytes());
        hasher.update(entry.collection.map_or("", Collection::prefix).as_bytes());
        serde_json::to_writer(&mut hasher, &entry.card)
            .expect("a card is plain text, and a hasher takes every byte");
    }
    hasher.finalize()
}

/// Makes the index; `None` for a portal without documents.
///
/// # Errors
/// When a document's file is gone or the index cannot be made.
pub fn make(
    portal: &Portal,
    config: &Config,
    words: &Words,
    files: &dyn Files,
) -> Result<Option<Vec<IndexFile>>, IndexError> {
    let order = order(portal);
    if order.is_empty() {
        return Ok(None);
    }
    let years = order.iter().filter_map(|id| year(portal.document(*id)));
    let mut builder = IndexBuilder::new(BuildOptions {
        centers: portal
            .centers
            .iter()
            .map(|center| (center.slug().to_owned(), center.record.name.clone()))
            .collect(),
        kinds: kind_names(portal),
        keys: keys(portal),
        documents: order.len(),
        newest_year: years.max().unwrap_or(0),
    })?;
    let prepare = |ids: &[DocId]| {
        let prepared = ids.par_iter().map(|id| {
            let text = text(portal.document(*id), files)?;
            let entry = Entry::new(*id, portal, config, words);
            Ok(entry.document(&text).prepare()?)
        });
        prepared.collect::<Result<Vec<_>, IndexError>>()
    };
    let mut add = |documents: Vec<_>| {
        let mut documents = documents.into_iter();
        documents.try_for_each(|document| builder.add(document))
    };
    let mut chunks = order.chunks(CONCURRENT_TEXTS);
    let mut ready = prepare(chunks.next().unwrap_or_default())?;
    for ids in chunks {
        // One thread adds, for the order counts, and the others have the next ones ready by then.
        let (added, next) = rayon::join(|| add(ready), || prepare(ids));
        added?;
        ready = next?;
    }
    add(ready)?;
    Ok(Some(builder.finish()?))
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

    fn document<'a>(&'a self, text: &'a str) -> IndexDocument<'a> {
        IndexDocument {
            ruling: &self.ruling,
            keys: self
                .keys
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect(),
            text,
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
