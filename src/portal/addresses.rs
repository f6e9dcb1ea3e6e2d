//! Which file of the site each document is, and that no two are one.

use super::assets::{self, AllDocuments};
use super::{CenterId, DocId, Document};
use crate::addresses;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Kinds, Unreadable};
use crate::ids::IndexVec;
use crate::source::{STATIC, Sources};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::HashMap;

fn is_reserved(slug: &str, kinds: &Kinds) -> bool {
    addresses::RESERVED.contains(&slug) || kinds.of_folder(slug).is_some()
}

/// Where everything is. Addresses are relative to the site's root, without a leading slash.
#[derive(Debug, Default)]
pub struct Addresses {
    /// The page of each document.
    pub documents: IndexVec<DocId, String>,
    /// The page of each markdown file of the tree, Centers included.
    by_file: HashMap<Utf8PathBuf, String>,
    /// Addresses that documents had before, each with the document that stands elsewhere now.
    pub redirects: Vec<(String, DocId)>,
    /// Source and address of each published file that is no page.
    pub files: Vec<(Utf8PathBuf, String)>,
    /// What lies at an address, apart from listings: a document's anchors are looked up there.
    by_address: HashMap<String, Place>,
}

/// What lies at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A document's page.
    Document(DocId),
    /// A Center's page.
    Center(CenterId),
    /// A page that leads to the document's new address.
    Redirect(DocId),
    /// A file that is no page.
    File,
    /// The page of a document that cannot be published as it is.
    Unreadable,
}

impl Addresses {
    /// The page of a document.
    #[must_use]
    pub fn of(&self, id: DocId) -> &str {
        &self.documents[id]
    }

    /// The address of a source file, if it is published.
    #[must_use]
    pub fn of_file(&self, path: &Utf8Path) -> Option<&str> {
        self.by_file.get(path).map(String::as_str)
    }

    /// Lets links lead to documents that have problems of their own.
    pub(super) fn expect(&mut self, unreadable: &[Unreadable], kinds: &Kinds) {
        for document in unreadable {
            let address = page_address(document.kind, &document.slug, kinds);
            let place = self.by_address.entry(address.clone());
            place.or_insert(Place::Unreadable);
            self.by_file.insert(document.path.clone(), address);
        }
    }

    /// Whether a document's page is at an address.
    pub(crate) fn is_document(&self, address: &str) -> bool {
        matches!(self.at(address), Some(Place::Document(_)))
    }

    /// Every published file of the content tree with its address, in no order.
    pub(crate) fn every_file(&self) -> impl Iterator<Item = (&Utf8Path, &str)> {
        let files = self.by_file.iter();
        files.map(|(file, address)| (file.as_path(), address.as_str()))
    }

    /// What lies at an address.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<Place> {
        self.by_address.get(address).copied()
    }
}

pub(super) fn assign(
    all: &AllDocuments<'_>,
    sources: &Sources,
    kinds: &Kinds,
    problems: &mut Vec<Diagnostic>,
) -> Addresses {
    let (documents, centers) = (all.published, all.centers);
    let mut claims = Claims {
        addresses: Addresses::default(),
        owners: HashMap::new(),
        problems,
    };
    for (id, center) in centers.iter_enumerated() {
        if is_reserved(center.slug(), kinds) {
            claims.reserved(&center.document, center.slug());
        }
        let address = page_address(Kind::Center, center.slug(), kinds);
        claims.claim(address, &center.document.path, 0..0, Place::Center(id));
    }
    for (id, document) in documents.iter_enumerated() {
        let address = page_address(document.kind, &document.slug, kinds);
        if document.kind == Kind::Page && is_reserved(&document.slug, kinds) {
            claims.reserved(document, &document.slug);
        }
        let span = ["slug", "number", "title"]
            .iter()
            .map(|key| document.span(key))
            .find(|span| !span.is_empty());
        claims.addresses.documents.push(address.clone());
        claims.claim(
            address,
            &document.path,
            span.unwrap_or(0..0),
            Place::Document(id),
        );
    }
    for (id, document) in documents.iter_enumerated() {
        for (entry, alias) in document.common.aliases.iter().enumerate() {
            claims.redirect(document, id, alias, entry);
        }
    }
    for path in &sources.statics {
        let address = path.strip_prefix(STATIC).unwrap_or(path).to_string();
        claims.file(path, address);
    }
    let assets = assets::sort(&sources.assets, all, kinds);
    for (path, address) in &assets.own {
        claims.file(path, address.clone());
    }
    let decided = assets::decide(&assets, all, &claims.addresses);
    for (path, address) in decided.linked {
        claims.file(&path, address);
    }
    claims.problems.extend(decided.problems);
    claims.addresses
}

/// The address of a document's page.
pub(crate) fn page_address(kind: Kind, slug: &str, kinds: &Kinds) -> String {
    match kind {
        Kind::Page => addresses::page(slug),
        Kind::Center => addresses::index(slug),
        kind => addresses::page(&format!("{}/{slug}", kinds.folder(kind))),
    }
}

struct Claims<'a> {
    addresses: Addresses,
    /// Addresses folded as a file system that ignores case and Unicode form would.
    owners: HashMap<String, Utf8PathBuf>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Claims<'_> {
    fn claim(
        &mut self,
        address: String,
        path: &Utf8Path,
        span: std::ops::Range<usize>,
        place: Place,
    ) {
        use unicode_normalization::UnicodeNormalization as _;
        let folded: String = if address.is_ascii() {
            address.to_ascii_lowercase()
        } else {
            address.nfc().flat_map(char::to_lowercase).collect()
        };
        if let Some(other) = self.owners.get(&folded) {
            self.problems.push(
                Diagnostic::error(Code::AddressCollision, path.to_path_buf(), format!("this would be published at /{address}, where another file is published already"))
                    .related(other.clone(), None, "published there")
                    .at(span)
                    .help(collision_help(&address, place)),
            );
            return;
        }
        self.owners.insert(folded, path.to_path_buf());
        if !matches!(place, Place::Redirect(_)) {
            self.addresses
                .by_file
                .insert(path.to_path_buf(), address.clone());
        }
        self.addresses.by_address.insert(address, place);
    }

    fn redirect(&mut self, document: &Document, id: DocId, alias: &str, entry: usize) {
        let address = addresses::redirect(alias);
        // Its own address is no other one.
        if address == self.addresses.of(id) {
            return;
        }
        let span = document.entry_span("aliases", entry);
        let known = self.owners.len();
        self.claim(address.clone(), &document.path, span, Place::Redirect(id));
        if self.owners.len() > known {
            self.addresses.redirects.push((address, id));
        }
    }

    fn file(&mut self, path: &Utf8Path, address: String) {
        self.addresses
            .files
            .push((path.to_path_buf(), address.clone()));
        self.claim(address, path, 0..0, Place::File);
    }

    fn reserved(&mut self, document: &Document, slug: &str) {
        self.problems.push(
            Diagnostic::error(
                Code::InvalidSlug,
                document.path.clone(),
                format!("the portal keeps the address /{slug} for itself"),
            )
            .at(document.span("slug"))
            .help("rename the file or the folder, or give the page another `slug`"),
        );
    }
}

fn collision_help(address: &str, place: Place) -> String {
    let name = address
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".html"))
        .unwrap_or_default();
    match place {
        Place::Document(_) => format!(
            "give one of the two another address, for example `slug: {name}-2`; if both are the same document, delete one"
        ),
        Place::Redirect(_) => {
            "an old address leads to one document only: delete the alias that is wrong".to_owned()
        }
        Place::Center(_) | Place::File | Place::Unreadable => {
            "rename one of the two files".to_owned()
        }
    }
}
