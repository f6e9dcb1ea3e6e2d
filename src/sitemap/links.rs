//! Where the links of a body lead.

use super::anchors::document;
use super::{Page, SiteMap, is_expected};
use crate::document::Document;
use crate::document::body::anchors;
use crate::files::{joined, percent_decoded, scheme};
use crate::portal::Portal;
use camino::Utf8Path;

/// From where a relative link counts.
#[derive(Debug, Clone, Copy)]
pub struct LinkBase<'a> {
    /// The source file.
    pub file: &'a Utf8Path,
    /// The folder of the file's assets.
    pub assets: &'a Utf8Path,
    /// The page made of it.
    pub address: &'a str,
}

/// Where a link leads. Whether the page there has the anchor is for [`super::Anchors`] to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// Out of the portal, or to a mail address.
    External(String),
    /// To the same page, with `?…#…` if any.
    Here(String),
    /// To a page or file of the portal, with `?…#…` if any.
    Inside {
        /// The address, relative to the site's root.
        address: String,
        /// Query and fragment as written.
        suffix: String,
    },
    /// To nothing of the portal.
    Broken,
    /// A scheme that could run code.
    Unsafe,
}

/// Finds out where a link leads.
#[must_use]
pub fn resolve(target: &str, base: LinkBase<'_>, map: &SiteMap, portal: &Portal) -> Resolved {
    if let Some(scheme) = scheme(target) {
        return match scheme.as_str() {
            "http" | "https" | "mailto" | "tel" => Resolved::External(target.to_owned()),
            _ => Resolved::Unsafe,
        };
    }
    if target.starts_with("//") {
        return Resolved::External(target.to_owned());
    }
    let (path, suffix) = target
        .find(['?', '#'])
        .map_or((target, ""), |at| target.split_at(at));
    if path.is_empty() {
        return Resolved::Here(own_heading(suffix, base.address, map, portal));
    }
    let found = percent_decoded(path).and_then(|path| find(&path, base, map, portal));
    found.map_or(Resolved::Broken, |address| Resolved::Inside {
        suffix: own_heading(suffix, &address, map, portal),
        address,
    })
}

/// Query and fragment of a link to a page. Where the words of a heading ask for an anchor that the page keeps for a section
/// of its own, a link means the heading, as it does everywhere else.
fn own_heading(suffix: &str, address: &str, map: &SiteMap, portal: &Portal) -> String {
    let other = || {
        let anchor = percent_decoded(fragment(suffix)?)?;
        let page = &map.at(address)?.page;
        let reserved = map.sections.ids(page.template(portal)?);
        if !reserved.contains(anchor.as_ref()) {
            return None;
        }
        let headings = &document(page, portal)?.facts.headings;
        let at = headings.iter().position(|asked| *asked == anchor)?;
        let query = suffix.split('#').next()?;
        Some(format!("{query}#{}", anchors(headings, reserved)[at]))
    };
    other().unwrap_or_else(|| suffix.to_owned())
}

/// The anchor in a query and fragment as a browser looks for it; `None` for none, for the top of the page, and for words
/// that the browser finds on any page.
pub(super) fn fragment(suffix: &str) -> Option<&str> {
    let (_, fragment) = suffix.split_once('#')?;
    let (anchor, _) = fragment.split_once(":~:").unwrap_or((fragment, ""));
    (!anchor.is_empty() && anchor != "top").then_some(anchor)
}

/// The forms of a link inside the portal: from the root, by source file, and relative to the page.
fn find(path: &str, base: LinkBase<'_>, map: &SiteMap, portal: &Portal) -> Option<String> {
    if let Some(rooted) = path.strip_prefix('/') {
        return page(&joined("", rooted)?, map, portal);
    }
    let folder = base.file.parent().map_or("", Utf8Path::as_str);
    let folders = [folder, base.assets.as_str()];
    let by_file = folders.into_iter().find_map(|folder| {
        let file = joined(folder, path)?;
        portal.addresses.of_file(Utf8Path::new(&file))
    });
    let page_folder = base
        .address
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    by_file
        .map(str::to_owned)
        .or_else(|| page(&joined(page_folder, path)?, map, portal))
}

/// An address as written, with or without `.html` and `index.html`.
fn page(address: &str, map: &SiteMap, portal: &Portal) -> Option<String> {
    let folder = address.trim_end_matches('/');
    let candidates = [
        address.to_owned(),
        format!("{folder}.html"),
        format!("{folder}/index.html")
            .trim_start_matches('/')
            .to_owned(),
    ];
    candidates.into_iter().find_map(|candidate| {
        match map.at(&candidate) {
            // A link to an old address goes straight to the new one.
            Some(entry) => match &entry.page {
                Page::Redirect { to, .. } => Some(portal.addresses.of(*to).to_owned()),
                Page::Moved { to, .. } => Some(to.clone()),
                _ => Some(candidate),
            },
            None => is_expected(portal, &candidate).then_some(candidate),
        }
    })
}

/// The page that a document's links count from.
#[must_use]
pub fn base<'a>(document: &'a Document, portal: &'a Portal) -> LinkBase<'a> {
    LinkBase {
        file: &document.path,
        assets: document.asset_folder(),
        address: portal.addresses.of_file(&document.path).unwrap_or_default(),
    }
}
