//! Files and earlier addresses of the content tree that are in the way of the site's own pages and folders.

use super::{Page, SiteMap};
use crate::addresses::{self, ASSETS, SEARCH};
use crate::diagnostic::{Code, Diagnostic};
use crate::portal::Portal;
use camino::Utf8Path;

/// Folders that the program fills with files that no list names.
const OWN_FOLDERS: [&str; 2] = [ASSETS, SEARCH];

/// Finds what of the content tree is published where the site has something of its own. Two documents with one address
/// are found where documents get their addresses.
pub(super) fn find(map: &SiteMap, portal: &Portal) -> Vec<Diagnostic> {
    let files = portal.addresses.files.iter();
    let files = files.filter(|(_, address)| is_taken(map, portal, address));
    let files = files.map(|(path, address)| {
        let what = format!(
            "this would be published at /{address}, where the portal has a page or folder of its own"
        );
        Diagnostic::error(Code::AddressCollision, path.clone(), what)
            .at(0..0)
            .help("give the file another name")
    });
    let redirects = portal.addresses.redirects.iter();
    let redirects = redirects.filter(|(address, _)| has_page(map, address));
    let redirects = redirects.map(|(address, id)| {
        let document = portal.document(*id);
        let mut aliases = document.common.aliases.iter();
        let entry = aliases.position(|alias| addresses::redirect(alias) == *address);
        let what = format!("the portal has a page of its own at /{address}");
        Diagnostic::error(Code::AddressCollision, document.path.clone(), what)
            .at(document.entry_span("aliases", entry.unwrap_or(0)))
            .help("delete this alias: the page there cannot lead elsewhere")
    });
    files.chain(redirects).chain(formats(map, portal)).collect()
}

/// Documents one of whose formats would be where the site has a file of its own.
fn formats(map: &SiteMap, portal: &Portal) -> Vec<Diagnostic> {
    let pairs = map.entries().windows(2);
    let pairs = pairs.filter(|pair| pair[0].path == pair[1].path);
    pairs
        .filter_map(|pair| {
            let of = |page: &Page| match page {
                Page::Document(id) | Page::Record(id) | Page::Text(id) => Some(*id),
                _ => None,
            };
            let (first, second) = (&pair[0].page, &pair[1].page);
            let (id, other) = match (of(first), of(second)) {
                (Some(id), None) => (id, second),
                (None, Some(id)) => (id, first),
                _ => return None,
            };
            (!other.is_of_content()).then(|| {
                let document = portal.document(id);
                let what = format!(
                    "this would be published at /{}, where the portal has a file of its own",
                    pair[0].path.as_str()
                );
                Diagnostic::error(Code::AddressCollision, document.path.clone(), what)
                    .at(document.span("slug"))
                    .help("rename the file, or give the document another `slug`")
            })
        })
        .collect()
}

fn is_taken(map: &SiteMap, portal: &Portal, address: &str) -> bool {
    let is_own_folder = |folder: &&str| {
        let rest = address.strip_prefix(*folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_folder = || {
        let folder = format!("{address}/");
        let entries = map.entries();
        let next = entries.partition_point(|entry| entry.path.as_str() < folder.as_str());
        let below = entries[next..].iter();
        let mut below = below.take_while(|entry| entry.path.as_str().starts_with(&folder));
        below.any(|entry| !matches!(entry.page, Page::Copy { .. }))
    };
    // A document may be published in more formats when the settings change.
    let is_format = || {
        let address = Utf8Path::new(address);
        let is_one = matches!(address.extension(), Some("json" | "txt"));
        is_one
            && portal
                .addresses
                .is_document(address.with_extension("html").as_str())
    };
    has_page(map, address) || OWN_FOLDERS.iter().any(is_own_folder) || is_format() || is_folder()
}

/// Whether the site has a page of its own at an address, or at one above it.
fn has_page(map: &SiteMap, address: &str) -> bool {
    let above = address.match_indices('/').map(|(at, _)| &address[..at]);
    let is_file = |above: &str| map.at(above).is_some();
    let entries = map.entries();
    let first = entries.partition_point(|entry| entry.path.as_str() < address);
    let same = entries[first..].iter();
    let mut same = same.take_while(|entry| entry.path.as_str() == address);
    same.any(|entry| !entry.page.is_of_content()) || above.into_iter().any(is_file)
}
