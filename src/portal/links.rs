//! Where the links of a body lead, and which of them lead nowhere.

use super::Portal;
use super::addresses::Place;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::markdown::{Facts, Link, is_paragraph};
use crate::document::{Document, Fields, Unreadable};
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

fn scheme(target: &str) -> Option<String> {
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
pub(crate) fn percent_decoded(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        if let (b'%', [high, low, after @ ..]) = (first, tail) {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Writes an address so that a browser takes each character of it as part of a file's name: `a?b` as `a%3Fb`. A colon would
/// make a scheme of what stands before it.
pub(crate) fn percent_encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_ascii_control() || " \"#%:<>?[\\]^`{|}".contains(c) {
            encoded.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            encoded.push(c);
        }
    }
    encoded
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
        _ => Some(found),
    }
}

fn normal(folder: &str, path: &str) -> Option<String> {
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
    document.facts.anchors.iter().any(|known| known == anchor)
        || THEME_ANCHORS.contains(&anchor)
        || is_paragraph(anchor, document.facts.paragraphs)
        || anchor.starts_with("fn-")
        || anchor.starts_with("fnref-")
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

/// The page that a document's links count from.
#[must_use]
pub fn base<'a>(document: &'a Document, portal: &'a Portal) -> LinkBase<'a> {
    LinkBase {
        file: &document.path,
        assets: &document.asset_folder,
        address: portal.addresses.of_file(&document.path).unwrap_or_default(),
    }
}

/// The broken links of a document.
pub(super) fn check(document: &Document, portal: &Portal) -> Vec<Diagnostic> {
    let from = From {
        base: base(document, portal),
        facts: &document.facts,
    };
    let about = match &document.fields {
        Fields::Update(update) => update.about.as_slice(),
        _ => &[],
    };
    let about = about
        .iter()
        .enumerate()
        .filter(|(_, text)| text.starts_with('/'))
        .filter_map(|(at, text)| {
            let link = Link {
                target: text.clone(),
                span: document.entry_span("about", at),
                target_span: None,
                image: false,
            };
            problem(&link, from, portal)
        });
    in_body(from, portal).chain(about).collect()
}

/// The broken links of a document that has other problems, too.
pub(super) fn check_unreadable(document: &Unreadable, portal: &Portal) -> Vec<Diagnostic> {
    let base = LinkBase {
        file: &document.path,
        assets: &document.asset_folder,
        address: portal.addresses.of_file(&document.path).unwrap_or_default(),
    };
    let from = From {
        base,
        facts: &document.facts,
    };
    in_body(from, portal).collect()
}

/// The document that links are in.
#[derive(Clone, Copy)]
struct From<'a> {
    base: LinkBase<'a>,
    facts: &'a Facts,
}

fn in_body<'a>(from: From<'a>, portal: &'a Portal) -> impl Iterator<Item = Diagnostic> + 'a {
    let links = from.facts.links.iter();
    links.filter_map(move |link| problem(link, from, portal))
}

fn problem(link: &Link, from: From<'_>, portal: &Portal) -> Option<Diagnostic> {
    let target = link.target.as_str();
    let (what, a_what) = if link.image {
        ("image", "an image")
    } else {
        ("link", "a link")
    };
    let error = |code, message: String| {
        Diagnostic::error(code, from.base.file, message).at(link.span.clone())
    };
    let problem = match resolve(target, from.base, portal) {
        _ if target.is_empty() => error(Code::BrokenLink, format!("the {what} has no target"))
            .help("put an address into the parentheses, or take brackets and parentheses away"),
        Resolved::External(_) | Resolved::Here(_) | Resolved::Inside { .. } => return None,
        Resolved::Unsafe => error(
            Code::UnsafeLink,
            format!("{a_what} to `{target}` is of a kind that this portal does not publish: it could run code, or lead out of the web"),
        )
        .help("link to a page with https:, or to a mail address with mailto:"),
        Resolved::NoAnchor(anchor) => {
            let page = target.split_once('#').map_or("", |(page, _)| page);
            let anchors = if page.is_empty() {
                from.facts.anchors.as_slice()
            } else {
                anchors_of(page, from, portal)
            };
            let near = did_you_mean(&anchor, anchors.iter().map(String::as_str));
            let help = near.map_or_else(
                || "headings get their anchor from their words: `## Law and analysis` is `#law-and-analysis`".to_owned(),
                |near| format!("did you mean `{page}#{near}`?"),
            );
            let what = format!("the {what} `{target}` leads to a heading `{anchor}` that the page does not have");
            let lower = anchor.to_lowercase();
            let sure = anchors.contains(&lower).then(|| format!("{page}#{lower}"));
            mended(error(Code::BrokenAnchor, what).help(help), link, sure)
        }
        Resolved::Broken => {
            let what = format!("the {what} `{target}` leads to nothing in this portal");
            let help = nearest(target, from.base.file, portal);
            let sure = same_but_for_form(target, from.base, portal);
            mended(error(Code::BrokenLink, what).help(help), link, sure)
        }
    };
    Some(problem)
}

/// Adds the mend of a link's target, where it is known and the target can be replaced.
fn mended(problem: Diagnostic, link: &Link, target: Option<String>) -> Diagnostic {
    let Some(target) = target else {
        return problem;
    };
    let problem = problem.help(format!("write it as `{target}`"));
    match &link.target_span {
        Some(span) => problem.fix(span.clone(), target),
        None => problem,
    }
}

/// The anchors of the page that a link leads to.
fn anchors_of<'a>(page: &str, from: From<'_>, portal: &'a Portal) -> &'a [String] {
    let Resolved::Inside { address, .. } = resolve(page, from.base, portal) else {
        return &[];
    };
    match portal.addresses.at(&address) {
        Some(Place::Document(id)) => &portal.document(id).facts.anchors,
        Some(Place::Center(at)) => &portal.centers[at].document.facts.anchors,
        _ => &[],
    }
}

/// The address of the one page or file that a broken link names in all but its form: small and capital letters, `.md` for
/// `.html` or the other way round, or the backslashes of Windows.
fn same_but_for_form(target: &str, base: LinkBase<'_>, portal: &Portal) -> Option<String> {
    let (path, suffix) = target
        .find(['?', '#'])
        .map_or((target, ""), |at| target.split_at(at));
    let path = percent_decoded(path)?.replace('\\', "/").to_lowercase();
    let page_folder = base
        .address
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let file_folder = base.file.parent().map_or("", Utf8Path::as_str);
    let other = match path.rsplit_once('.') {
        Some((stem, "md")) => vec![format!("{stem}.html")],
        Some((stem, "html")) => vec![format!("{stem}.md")],
        _ => {
            let folder = path.trim_end_matches('/');
            vec![format!("{folder}.html"), format!("{folder}/index.html")]
        }
    };
    let paths = [vec![path.clone()], other].concat();
    let meant = |folder: &str| -> Vec<String> {
        let folder = if path.starts_with('/') { "" } else { folder };
        let folder = folder.to_lowercase();
        paths
            .iter()
            .filter_map(|path| normal(&folder, path))
            .collect()
    };
    let as_address = meant(page_folder);
    let as_file = [meant(file_folder), meant(base.assets.as_str())].concat();
    let mut found: Vec<&str> = portal
        .addresses
        .every()
        .chain(
            portal
                .generated
                .get(as_address.first().map_or("", String::as_str))
                .map(String::as_str),
        )
        .filter(|address| as_address.contains(&address.to_lowercase()))
        .chain(
            portal
                .addresses
                .every_file()
                .filter(|(file, _)| as_file.contains(&file.as_str().to_lowercase()))
                .map(|(_, address)| address),
        )
        .collect();
    found.sort_unstable();
    found.dedup();
    let [address] = found.as_slice() else {
        return None;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/.-_~".contains(c);
    let mended = format!("/{address}{suffix}");
    let is_sound = address.chars().all(is_plain)
        && matches!(resolve(&mended, base, portal), Resolved::Inside { .. });
    is_sound.then_some(mended)
}

fn nearest(target: &str, file: &Utf8Path, portal: &Portal) -> String {
    let name = target.split(['?', '#']).next().unwrap_or_default();
    let name = name
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let name = name
        .strip_suffix(".html")
        .or_else(|| name.strip_suffix(".md"))
        .unwrap_or(name);
    let others = portal.documents.iter().filter(|other| other.path != file);
    match did_you_mean(name, others.clone().map(|other| other.slug.as_str())) {
        Some(slug) => {
            let found = others.clone().find(|other| other.slug == slug);
            let address = found.and_then(|other| portal.addresses.of_file(&other.path)).unwrap_or_default();
            format!("did you mean `/{address}`?")
        }
        None => "link to a document by its address (`/rulings/n301234.html`) or by its file (`../rulings/n301234.md`)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_address_is_one_file_and_no_scheme() {
        let address = "rulings/n1/javascript:a?b#c%2e é.png";
        let encoded = percent_encoded(address);
        assert_eq!(encoded, "rulings/n1/javascript%3Aa%3Fb%23c%252e%20é.png");
        assert_eq!(percent_decoded(&encoded).as_deref(), Some(address));
    }

    #[test]
    fn a_sign_is_no_digit_of_an_escape() {
        assert_eq!(percent_decoded("%+1"), None);
        assert_eq!(percent_decoded("%C3%A9").as_deref(), Some("é"));
        assert_eq!(percent_decoded("%FF"), None);
    }
}
