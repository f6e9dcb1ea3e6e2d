//! Links to what moves: which have to be written in another way, and how.

use crate::diagnostic::Fix;
use crate::document::Document;
use crate::files::{joined, percent_decoded, percent_encoded, scheme};
use crate::portal::Portal;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// Where everything that moves goes.
pub(super) struct Destinations<'a> {
    pub(super) portal: &'a Portal,
    /// The document that moves.
    pub(super) document: &'a Utf8Path,
    /// The folder of its files, afterwards.
    pub(super) asset_folder: Utf8PathBuf,
    /// The address of its page, afterwards.
    pub(super) address: String,
    /// Each file that moves, with its new path.
    pub(super) files: HashMap<&'a Utf8Path, &'a Utf8Path>,
    /// The new paths.
    pub(super) arrived: HashSet<&'a Utf8Path>,
    /// Addresses that no redirect keeps, each with the one that takes its place.
    pub(super) addresses: HashMap<String, String>,
}

/// From where the links of a document count.
struct Base<'a> {
    folder: &'a Utf8Path,
    assets: &'a Utf8Path,
    page_folder: &'a str,
}

impl Destinations<'_> {
    /// The target to write in place of one that would no longer lead where it does; `None` where it may stay.
    ///
    /// The forms of a link are tried in the order in which [`crate::sitemap::resolve`] tries them.
    fn target(&self, target: &str, document: &Document) -> Option<String> {
        if scheme(target).is_some() || target.starts_with("//") {
            return None;
        }
        let (path, suffix) = target
            .find(['?', '#'])
            .map_or((target, ""), |at| target.split_at(at));
        if path.is_empty() {
            return None;
        }
        let path = percent_decoded(path)?;
        if let Some(rooted) = path.strip_prefix('/') {
            let new = self.addresses.get(&joined("", rooted)?)?;
            return Some(format!("/{}{suffix}", encoded(new)));
        }
        let before = self.base_before(document);
        let after = self.base_after(document);
        let folders = [before.folder, before.assets];
        let file = folders.into_iter().find_map(|folder| {
            let file = Utf8PathBuf::from(joined(folder.as_str(), &path)?);
            self.portal.addresses.of_file(&file)?;
            Some(file)
        });
        if let Some(file) = file {
            let file = match self.files.get(file.as_path()) {
                Some(new) => (*new).to_path_buf(),
                None => file,
            };
            let found = [after.folder, after.assets].into_iter().find_map(|folder| {
                let file = Utf8PathBuf::from(joined(folder.as_str(), &path)?);
                self.will_have(&file).then_some(file)
            });
            if found.as_ref() == Some(&file) {
                return None;
            }
            return Some(encoded(&relative(after.folder, &file)) + suffix);
        }
        let address = joined(before.page_folder, &path)?;
        let new = self.addresses.get(&address).unwrap_or(&address);
        if joined(after.page_folder, &path).as_ref() == Some(new) {
            return None;
        }
        Some(format!("/{}{suffix}", encoded(new)))
    }

    fn base_before<'d>(&'d self, document: &'d Document) -> Base<'d> {
        let address = self.portal.addresses.of_file(&document.path);
        Base {
            folder: parent(&document.path),
            assets: document.asset_folder(),
            page_folder: folder_of(address.unwrap_or_default()),
        }
    }

    fn base_after<'d>(&'d self, document: &'d Document) -> Base<'d> {
        if document.path != self.document {
            return self.base_before(document);
        }
        let path = self.files.get(self.document).copied();
        Base {
            folder: parent(path.unwrap_or(self.document)),
            assets: &self.asset_folder,
            page_folder: folder_of(&self.address),
        }
    }

    /// Whether a published file or a document is at a path after the move.
    fn will_have(&self, path: &Utf8Path) -> bool {
        self.arrived.contains(path)
            || (!self.files.contains_key(path) && self.portal.addresses.of_file(path).is_some())
    }

    /// The new target of each link of a document, in their order; `None` for a link that may stay as it is.
    pub(super) fn targets(&self, document: &Document) -> Vec<Option<String>> {
        let links = document.facts.links.iter();
        links
            .map(|link| self.target(&link.target, document))
            .collect()
    }
}

/// What to change in the text of a document so that its links have these targets.
pub(super) fn fixes(document: &Document, targets: &[Option<String>], text: &str) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let mut defined: BTreeMap<&str, &str> = BTreeMap::new();
    for (link, target) in document.facts.links.iter().zip(targets) {
        match (target, &link.target_span) {
            (None, _) => {}
            (Some(target), Some(span)) => fixes.push(Fix {
                span: span.clone(),
                replacement: target.clone(),
            }),
            // A reference, whose target is in its definition.
            (Some(target), None) => {
                defined.insert(&link.target, target);
            }
        }
    }
    for (old, new) in defined {
        let spans = definitions(text, document.body.clone(), old).into_iter();
        fixes.extend(spans.map(|span| Fix {
            span,
            replacement: new.to_owned(),
        }));
    }
    fixes
}

/// The places of a target in the definitions of references: `[name]: target`.
fn definitions(text: &str, body: Range<usize>, target: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, colon) in text[body.clone()].match_indices("]:") {
        let after = &text[body.start + at + colon.len()..body.end];
        let rest = after.trim_start();
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        let ends = rest.strip_prefix(target).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '>')
        });
        if ends {
            let start = body.end - rest.len();
            found.push(start..start + target.len());
        }
    }
    found
}

/// A path as a link writes it. An address in parentheses ends at one.
fn encoded(path: &str) -> String {
    percent_encoded(path)
        .replace('(', "%28")
        .replace(')', "%29")
}

fn parent(path: &Utf8Path) -> &Utf8Path {
    path.parent().unwrap_or(Utf8Path::new(""))
}

fn folder_of(address: &str) -> &str {
    address.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The way from a folder to a file.
fn relative(folder: &Utf8Path, file: &Utf8Path) -> String {
    let from: Vec<&str> = folder.components().map(|part| part.as_str()).collect();
    let to: Vec<&str> = file.components().map(|part| part.as_str()).collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    let parts: Vec<&str> = up.chain(to[common..].iter().copied()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_relative_path_leads_to_its_file(
            folder in proptest::collection::vec("[a-c]", 0..4),
            file in proptest::collection::vec("[a-c]", 1..4),
        ) {
            let (folder, file) = (folder.join("/"), file.join("/"));
            let way = relative(Utf8Path::new(&folder), Utf8Path::new(&file));
            prop_assert_eq!(joined(&folder, &way), Some(file));
        }
    }

    #[test]
    fn definitions_are_found_as_a_whole() {
        let text = "[a]: x.md\n[b]: <x.md> \"T\"\n[c]: x.mdx\n[d]:\n  x.md";
        let found = definitions(text, 0..text.len(), "x.md");
        assert_eq!(found, [5..9, 16..20, 44..48]);
        assert!(found.iter().all(|span| &text[span.clone()] == "x.md"));
    }
}
