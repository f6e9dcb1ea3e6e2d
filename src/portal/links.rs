//! Where the links of a body lead.

use super::Portal;
use super::addresses::Place;
use crate::document::body::is_paragraph;
use crate::document::{Document, Fields};
use crate::schema::earlier::current_address;
use camino::Utf8Path;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

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

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// Out of the portal, or to a mail address.
    External(String),
    /// To a heading of the same page.
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
    /// To a heading that the page does not have.
    NoAnchor(String),
    /// A scheme that could run code.
    Unsafe,
}

/// Finds out where a link leads.
#[must_use]
pub fn resolve(target: &str, base: LinkBase<'_>, portal: &Portal) -> Resolved {
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
        return here(suffix, base, portal);
    }
    let Some(decoded) = percent_decoded(path) else {
        return Resolved::Broken;
    };
    let Some(address) = find(&decoded, base, portal) else {
        return Resolved::Broken;
    };
    match fragment(suffix).filter(|anchor| !has_anchor(portal, &address, anchor)) {
        Some(anchor) => Resolved::NoAnchor(anchor.to_owned()),
        None => Resolved::Inside {
            address,
            suffix: suffix.to_owned(),
        },
    }
}

fn here(suffix: &str, base: LinkBase<'_>, portal: &Portal) -> Resolved {
    match fragment(suffix) {
        Some(anchor) if !has_anchor(portal, base.address, anchor) => {
            Resolved::NoAnchor(anchor.to_owned())
        }
        _ => Resolved::Here(suffix.to_owned()),
    }
}

fn fragment(suffix: &str) -> Option<&str> {
    suffix
        .split_once('#')
        .map(|(_, anchor)| anchor)
        .filter(|anchor| !anchor.is_empty() && *anchor != "top")
}

pub(super) fn scheme(target: &str) -> Option<String> {
    // Browsers drop white space and control characters inside a scheme.
    let cleaned: String = target
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let (name, _) = cleaned.split_once(':')?;
    let is_scheme = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| name.to_ascii_lowercase())
}

/// Decodes `%41`; `None` where that gives no UTF-8.
pub(crate) fn percent_decoded(path: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(path).decode_utf8().ok()
}

/// What would not be taken as a part of a file's name. A colon would make a scheme of what stands before it.
const NO_PART_OF_A_NAME: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Writes an address so that a browser takes each character of it as part of a file's name: `a?b` as `a%3Fb`.
pub(crate) fn percent_encoded(address: &str) -> String {
    utf8_percent_encode(address, NO_PART_OF_A_NAME).to_string()
}

/// The forms of a link inside the portal: from the root, by source file, and relative to the page.
fn find(path: &str, base: LinkBase<'_>, portal: &Portal) -> Option<String> {
    if let Some(rooted) = path.strip_prefix('/') {
        return page(&normal("", rooted)?, portal);
    }
    let folder = base.file.parent().map_or("", Utf8Path::as_str);
    let by_file =
        normal(folder, path).and_then(|file| portal.addresses.of_file(Utf8Path::new(&file)));
    let beside = || {
        normal(base.assets.as_str(), path).and_then(|file| {
            portal
                .addresses
                .of_file(Utf8Path::new(&file))
                .map(str::to_owned)
        })
    };
    let page_folder = base
        .address
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    by_file
        .map(str::to_owned)
        .or_else(beside)
        .or_else(|| page(&normal(page_folder, path)?, portal))
}

/// An address as written, with or without `.html` and `index.html`.
fn page(address: &str, portal: &Portal) -> Option<String> {
    let folder = address.trim_end_matches('/');
    let candidates = [
        address.to_owned(),
        format!("{folder}.html"),
        if folder.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{folder}/index.html")
        },
    ];
    let found = candidates.into_iter().find(|candidate| {
        portal.addresses.at(candidate).is_some() || portal.generated.contains(candidate)
    })?;
    // A link to an old address goes straight to the new one.
    match portal.addresses.at(&found) {
        Some(Place::Redirect(id)) => Some(portal.addresses.of(id).to_owned()),
        None => Some(current_address(&found).unwrap_or(found)),
        _ => Some(found),
    }
}

/// Follows `.` and `..` from a folder; `None` where that leads out of the root.
pub(super) fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut joined = parts.join("/");
    if path.ends_with('/') && !joined.is_empty() {
        joined.push('/');
    }
    Some(joined)
}

fn has_anchor(portal: &Portal, address: &str, anchor: &str) -> bool {
    let document = match portal.addresses.at(address) {
        Some(Place::Document(id)) => portal.document(id),
        Some(Place::Center(at)) => &portal.centers[at].document,
        // What the portal makes itself has anchors that the theme decides.
        Some(Place::File | Place::Redirect(_) | Place::Unreadable) | None => return true,
    };
    has(&document.facts.anchors, anchor)
        || THEME_ANCHORS.contains(&anchor)
        || is_paragraph(anchor, document.facts.paragraphs)
        || anchor.starts_with("fn-")
        || anchor.starts_with("fnref-")
}

fn has(sorted: &[String], anchor: &str) -> bool {
    sorted
        .binary_search_by(|known| known.as_str().cmp(anchor))
        .is_ok()
}

/// Sections that the default theme gives every document and Center.
const THEME_ANCHORS: &[&str] = &[
    "main",
    "rulings",
    "decisions",
    "publications",
    "updates",
    "cites",
    "cited-by",
    "history",
    "proposes",
    "contacts",
    "coverage",
];

/// Addresses that a document's front matter leads to, each with its place in the list of the key `about`.
pub(super) fn addresses_in_front_matter(
    document: &Document,
) -> impl Iterator<Item = (usize, &str)> {
    let about = match &document.fields {
        Fields::Update(update) => update.about.as_slice(),
        _ => &[],
    };
    let about = about.iter().map(String::as_str).enumerate();
    about.filter(|(_, text)| text.starts_with('/'))
}

/// The page that a document's links count from.
#[must_use]
pub fn base<'a>(document: &'a Document, portal: &'a Portal) -> LinkBase<'a> {
    LinkBase {
        file: &document.path,
        assets: &document.asset_folder,
        address: portal.addresses.of_file(&document.path).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_address_is_one_file_and_no_scheme() {
        let address = "rulings/n1/javascript:a?b#c%2e é.png";
        let encoded = percent_encoded(address);
        assert_eq!(
            encoded,
            "rulings/n1/javascript%3Aa%3Fb%23c%252e%20%C3%A9.png"
        );
        assert_eq!(percent_decoded(&encoded).as_deref(), Some(address));
    }

    #[test]
    fn a_sign_is_no_digit_of_an_escape() {
        assert_eq!(percent_decoded("%+1").as_deref(), Some("%+1"));
        assert_eq!(percent_decoded("%C3%A9").as_deref(), Some("é"));
        assert_eq!(percent_decoded("%FF"), None);
    }
}
