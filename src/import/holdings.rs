//! What the portal has before an import: its Centers, and where each document lies.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{self, Document, Fields, Kind, Schema, Unreadable};
use crate::files::{FileError, Files, PathGlobs};
use crate::ids::IndexVec;
use crate::portal::{CenterId, CenterRecord, Coverage};
use crate::source::{self, RESERVED};
use camino::{Utf8Path, Utf8PathBuf};
use portolan_customs::{HtsNumber, RulingNumber};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The Centers and documents of a portal.
#[derive(Debug)]
pub(super) struct Holdings<'a> {
    /// The kinds and keys of the portal's documents.
    pub(super) schema: &'a Schema,
    centers: IndexVec<CenterId, CenterRecord>,
    coverage: Coverage,
    /// The file of each document, by its name in the ledger.
    documents: BTreeMap<String, Utf8PathBuf>,
    /// Every file of the content tree.
    paths: HashSet<Utf8PathBuf>,
}

impl<'a> Holdings<'a> {
    /// Reads the content tree.
    pub(super) fn load(
        files: &dyn Files,
        schema: &'a Schema,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Self, FileError> {
        let folders: Vec<&str> = schema.kinds.folders().collect();
        // What `ignore` names is there, too: an import writes over nothing.
        let (sources, _) = source::scan(files, &folders, &PathGlobs::default())?;
        let read: Vec<(Option<String>, Option<CenterRecord>, Utf8PathBuf)> = sources
            .documents
            .par_iter()
            .map(|file| {
                let bytes = files.read(&file.path)?;
                let path = file.path.clone();
                Ok(match document::read(file, &bytes, schema) {
                    Ok(document) => match document.fields.clone() {
                        Fields::Center(record) => {
                            let document = Arc::new(document);
                            (None, Some(CenterRecord { document, record }), path)
                        }
                        _ => (Some(key_of(&document, schema)), None, path),
                    },
                    Err(unreadable) => (broken_key(&unreadable, &bytes, schema), None, path),
                })
            })
            .collect::<Result<_, FileError>>()?;
        let mut documents: BTreeMap<String, Utf8PathBuf> = BTreeMap::new();
        let mut centers = Vec::new();
        let mut paths: HashSet<Utf8PathBuf> = sources.assets.into_iter().collect();
        for (key, center, path) in read {
            paths.insert(path.clone());
            centers.extend(center);
            if let Some(key) = key {
                if let Some(first) = documents.get(&key) {
                    let message = format!(
                        "another file is the document {key}, too; the import looked at that one"
                    );
                    let problem = Diagnostic::warning(Code::DuplicateNumber, path, message);
                    problems.push(problem.related(first.clone(), None, "the other file"));
                } else {
                    documents.insert(key, path);
                }
            }
        }
        centers.sort_by(|a, b| (&a.record.number, a.slug()).cmp(&(&b.record.number, b.slug())));
        let centers = IndexVec::from(centers);
        Ok(Self {
            schema,
            coverage: Coverage::new(&centers),
            centers,
            documents,
            paths,
        })
    }

    /// Where a document lies.
    pub(super) fn path(&self, key: &str) -> Option<&Utf8Path> {
        self.documents.get(key).map(Utf8PathBuf::as_path)
    }

    /// Whether a file lies there.
    pub(super) fn has_file(&self, path: &Utf8Path) -> bool {
        self.paths.contains(path)
    }

    /// The Center with a number such as `007`.
    pub(super) fn center_of_number(&self, number: &str) -> Option<&str> {
        let bare = |text: &str| text.trim_start_matches('0').to_owned();
        let center = self.centers.iter().find(|center| {
            let own = center.record.number.as_deref();
            own.is_some_and(|own| !bare(own).is_empty() && bare(own) == bare(number))
        });
        center.map(CenterRecord::slug)
    }

    /// Whether the portal has this Center.
    pub(super) fn has_center(&self, slug: &str) -> bool {
        !RESERVED.contains(&slug) && self.centers.iter().any(|center| center.slug() == slug)
    }

    /// The Centers' slugs, for messages.
    pub(super) fn center_slugs(&self) -> impl Iterator<Item = &str> + Clone {
        self.centers.iter().map(CenterRecord::slug)
    }

    /// The Centers that handle goods.
    pub(super) fn centers_of(&self, hts: &[HtsNumber]) -> Vec<String> {
        let ids = self.coverage.centers_of(hts);
        ids.iter()
            .map(|id| self.centers[*id].slug().to_owned())
            .collect()
    }
}

/// A document's name in the ledger.
fn key_of(document: &Document, schema: &Schema) -> String {
    match &document.fields {
        Fields::Ruling(ruling) => ruling.number.to_string(),
        _ => key(document.kind, &document.slug, schema),
    }
}

/// The name in the ledger of a document that is no ruling.
pub(super) fn key(kind: Kind, slug: &str, schema: &Schema) -> String {
    format!("{}/{slug}", schema.kinds.folder(kind))
}

/// The name of a document that cannot be read: a ruling's number is on a line of its own, whatever else is wrong.
fn broken_key(unreadable: &Unreadable, bytes: &[u8], schema: &Schema) -> Option<String> {
    if unreadable.kind != Kind::Ruling {
        return Some(key(unreadable.kind, &unreadable.slug, schema));
    }
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().find_map(|line| line.strip_prefix("number:"));
    let written = line.map(|value| value.trim().trim_matches(['"', '\'']).to_owned());
    let number = written.as_deref().unwrap_or(&unreadable.slug);
    number
        .parse::<RulingNumber>()
        .ok()
        .map(|number| number.to_string())
}
