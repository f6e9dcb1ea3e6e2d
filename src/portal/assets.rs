//! Which files beside documents are published, and where.
//!
//! A file is published with the document in whose own folder it lies, or because a published document links to it.
//! Everything else stays out and is named. What belongs to a document that is not published stays out with it.

use super::addresses::{Addresses, page_address};
use super::{CenterRecords, Document, Documents};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Declared, Facts, Kind, Kinds, Unreadable};
use crate::files::{joined, percent_decoded, scheme};
use crate::source::CONTENT;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All documents of the content tree.
pub(super) struct AllDocuments<'a> {
    /// Those that are published.
    pub(super) published: &'a Documents,
    pub(super) centers: &'a CenterRecords,
    /// Drafts, and what is scheduled or has expired.
    pub(super) withheld: &'a [Arc<Document>],
    /// Those with errors: nothing is published until they are corrected, so they count as published.
    pub(super) unreadable: &'a [Unreadable],
}

/// What matters of a document to the files beside it.
#[derive(Clone, Copy)]
struct Owner<'a> {
    path: &'a Utf8Path,
    folder: &'a Utf8Path,
    kind: Kind,
    slug: &'a str,
    facts: &'a Facts,
    document: Option<&'a Document>,
    is_published: bool,
}

impl<'a> AllDocuments<'a> {
    fn owners(&self) -> Vec<Owner<'a>> {
        let of = |document: &'a Document, is_published| Owner {
            path: &document.path,
            folder: document.asset_folder(),
            kind: document.kind,
            slug: &document.slug,
            facts: &document.facts,
            document: Some(document),
            is_published,
        };
        let published = self.published.iter().map(|document| of(document, true));
        let centers = self.centers.iter().map(|center| of(&center.document, true));
        let withheld = self.withheld.iter().map(|document| of(document, false));
        let unreadable = self.unreadable.iter().map(|document| Owner {
            path: &document.path,
            folder: document.asset_folder(),
            kind: document.kind,
            slug: &document.slug,
            facts: &document.facts,
            document: None,
            is_published: true,
        });
        published
            .chain(centers)
            .chain(withheld)
            .chain(unreadable)
            .collect()
    }
}

/// What a document's folder means for the files in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// They are published with it.
    Own,
    /// They stay out with it.
    Withheld,
    /// Other documents lie there, too, so a file may be anybody's.
    Shared,
}

struct Folder {
    claim: Claim,
    /// The address that the addresses of its files begin with.
    base: String,
}

/// Files beside documents, sorted by what becomes of them.
pub(super) struct Assets<'a> {
    /// Published with their documents, with their addresses.
    pub(super) own: Vec<(&'a Utf8Path, String)>,
    /// Published if a document links to them, with the addresses that they would have.
    open: Vec<OpenAsset<'a>>,
}

struct OpenAsset<'a> {
    path: &'a Utf8Path,
    address: String,
    /// It lies in the folder of a document that is not published.
    is_withheld: bool,
}

/// Sorts files by the folders that they lie in.
pub(super) fn sort<'a>(
    assets: &'a [Utf8PathBuf],
    documents: &AllDocuments<'_>,
    kinds: &Kinds,
) -> Assets<'a> {
    let mut sorted = Assets {
        own: Vec::new(),
        open: Vec::new(),
    };
    if assets.is_empty() {
        return sorted;
    }
    let owners = documents.owners();
    let folders = folders(&owners, kinds);
    for path in assets {
        let mut above = path.ancestors().skip(1);
        let nearest = above.find_map(|folder| Some((folder, folders.get(folder)?)));
        let address = match nearest {
            Some((folder, found)) => {
                format!(
                    "{}/{}",
                    found.base,
                    path.strip_prefix(folder).unwrap_or(path)
                )
            }
            None => path.strip_prefix(CONTENT).unwrap_or(path).to_string(),
        };
        match nearest.map(|(_, found)| found.claim) {
            Some(Claim::Own) => sorted.own.push((path, address)),
            claim => sorted.open.push(OpenAsset {
                path,
                address,
                is_withheld: claim == Some(Claim::Withheld),
            }),
        }
    }
    sorted
}

/// The folders of documents. A folder that several documents have as theirs, one of them not published, is withheld; one
/// in which another document lies is shared.
fn folders<'a>(owners: &[Owner<'a>], kinds: &Kinds) -> HashMap<&'a Utf8Path, Folder> {
    let mut folders: HashMap<&Utf8Path, Folder> = HashMap::with_capacity(owners.len());
    for owner in owners {
        let claim = if !is_of_one_document(owner.kind, owner.folder) {
            Claim::Shared
        } else if owner.is_published {
            Claim::Own
        } else {
            Claim::Withheld
        };
        let known = folders.entry(owner.folder).or_insert_with(|| {
            let address = page_address(owner.kind, owner.slug, kinds);
            let base = address.strip_suffix("/index.html");
            let base = base.or_else(|| address.strip_suffix(".html"));
            Folder {
                claim,
                base: base.unwrap_or(&address).to_owned(),
            }
        });
        if claim == Claim::Withheld && known.claim == Claim::Own {
            known.claim = Claim::Withheld;
        }
    }
    for owner in owners {
        for folder in owner.path.ancestors().skip(1) {
            if folder != owner.folder
                && let Some(found) = folders.get_mut(folder)
            {
                found.claim = Claim::Shared;
            }
        }
    }
    folders
}

/// Whether the folder of a document's files is its own: not that of a Center, nor a folder of a kind for which an
/// `index.md` stands.
pub(crate) fn is_of_one_document(kind: Kind, asset_folder: &Utf8Path) -> bool {
    let folder_of_kind = if kind == Kind::Page { 2 } else { 3 };
    kind != Kind::Center && asset_folder.components().count() > folder_of_kind
}

/// What documents decide about the files that lie in no document's own folder.
pub(super) struct Decided {
    /// Published because a document links to them.
    pub(super) linked: Vec<(Utf8PathBuf, String)>,
    pub(super) problems: Vec<Diagnostic>,
}

/// Follows the links of documents to files that lie in no document's own folder, and names the files that nobody wants.
pub(super) fn decide(
    assets: &Assets<'_>,
    documents: &AllDocuments<'_>,
    addresses: &Addresses,
) -> Decided {
    let mut decided = Decided {
        linked: Vec::new(),
        problems: Vec::new(),
    };
    if assets.open.is_empty() {
        return decided;
    }
    let places = assets.open.iter().enumerate();
    let lookup = Lookup {
        by_path: places.clone().map(|(at, asset)| (asset.path, at)).collect(),
        by_address: places
            .map(|(at, asset)| (asset.address.as_str(), at))
            .collect(),
        addresses,
    };
    let owners = documents.owners();
    let links: Vec<(usize, bool)> = owners
        .par_iter()
        .flat_map_iter(|owner| {
            let found = targets(owner).filter_map(|target| lookup.find(target, owner));
            found.map(|at| (at, owner.is_published))
        })
        .collect();
    let linked_by = |published: bool| -> HashSet<usize> {
        let links = links.iter().filter(|(_, by)| *by == published);
        links.map(|(at, _)| *at).collect()
    };
    let (wanted, wanted_later) = (linked_by(true), linked_by(false));
    for (at, asset) in assets.open.iter().enumerate() {
        if wanted.contains(&at) {
            let linked = (asset.path.to_path_buf(), asset.address.clone());
            decided.linked.push(linked);
        } else if !asset.is_withheld && !wanted_later.contains(&at) {
            decided.problems.push(unpublished(asset.path));
        }
    }
    decided
}

/// Everything that a document links to.
fn targets<'a>(owner: &Owner<'a>) -> impl Iterator<Item = &'a str> {
    let body = owner.facts.links.iter().map(|link| link.target.as_str());
    let keys = owner
        .document
        .into_iter()
        .flat_map(addresses_in_front_matter);
    body.chain(keys.map(|(.., text)| text))
}

/// Addresses that a document's front matter leads to, each with its key and its place in the list of that key.
pub(crate) fn addresses_in_front_matter(
    document: &Document,
) -> impl Iterator<Item = (&'static str, usize, &str)> {
    let declared = document.fields.declared();
    let about = declared.map_or(&[][..], |declared| declared.about.as_slice());
    let about = about.iter().enumerate();
    let about = about.map(|(at, text)| ("about", at, text.as_str()));
    let about = about.filter(|(.., text)| text.starts_with('/'));
    let links = declared.into_iter().flat_map(Declared::links);
    let links = links.filter_map(|(key, link)| Some((key, 0, link.inside()?)));
    about.chain(links)
}

/// Finds what links name among files that are not published by themselves.
struct Lookup<'a> {
    by_path: HashMap<&'a Utf8Path, usize>,
    by_address: HashMap<&'a str, usize>,
    addresses: &'a Addresses,
}

impl Lookup<'_> {
    /// A link that leads to something published needs no other file.
    fn find(&self, target: &str, owner: &Owner<'_>) -> Option<usize> {
        if target.starts_with("//") || scheme(target).is_some() {
            return None;
        }
        let path = percent_decoded(target.split(['?', '#']).next()?)?;
        if path.is_empty() {
            return None;
        }
        let (files, address) = if let Some(rooted) = path.strip_prefix('/') {
            ([None, None], joined("", rooted))
        } else {
            let folder = owner.path.parent().map_or("", Utf8Path::as_str);
            let page = self.addresses.of_file(owner.path).unwrap_or_default();
            let page_folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            let files = [joined(folder, &path), joined(owner.folder.as_str(), &path)];
            (files, joined(page_folder, &path))
        };
        let files = files
            .iter()
            .flatten()
            .map(|file| Utf8Path::new(file.as_str()));
        let address = address.as_deref();
        if files
            .clone()
            .any(|file| self.addresses.of_file(file).is_some())
            || address.is_some_and(|address| self.addresses.at(address).is_some())
        {
            return None;
        }
        let mut named = files.filter_map(|file| self.by_path.get(file));
        named
            .next()
            .or_else(|| self.by_address.get(address?))
            .copied()
    }
}

/// Formats in which people write documents that this program does not read.
const OTHER_DOCUMENTS: &[&str] = &[
    "mdx", "mdown", "mkd", "mkdn", "mdwn", "mdtext", "rst", "adoc", "asciidoc", "org", "textile",
    "html", "htm", "docx", "doc", "odt", "rtf", "pages", "tex",
];

fn unpublished(path: &Utf8Path) -> Diagnostic {
    let extension = path.extension().unwrap_or_default().to_lowercase();
    let (what, help) = if OTHER_DOCUMENTS.contains(&extension.as_str()) {
        (
            "this file is not published: documents are markdown files that end in `.md`, and no published document links to this one",
            "write it as a document that ends in `.md`, or link to it from one; a file that belongs to editors alone is listed under `ignore` in site.toml",
        )
    } else {
        (
            "this file is not published: it lies in no document's own folder, and no published document links to it",
            "link to it, or move it into the folder named like its document (`n301234/` beside `n301234.md`) or into content/static/; a file that belongs to editors alone is listed under `ignore` in site.toml",
        )
    };
    Diagnostic::warning(Code::UnpublishedFile, path, what).help(help)
}
