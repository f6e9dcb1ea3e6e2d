//! What published files other than pages can make a reader's browser do.
//!
//! In: the bytes of a file that is published as it is. Out: a warning for each script, event handler, address that runs
//! code, embedded document and resource of another host, at its place. Pages need no such check: the portal writes them,
//! and their Content-Security-Policy allows no inline script.

mod css;
mod html;
mod rules;
mod text;
mod xml;

use crate::diagnostic::{Code, Diagnostic};
use camino::Utf8Path;
use rules::Finding;
use std::ops::Range;
use text::Decoded;

/// A file made by a program can have a handler on each of its thousand elements.
const MAX_REPORTS: usize = 10;

/// Larger files are data; nobody writes so much markup by hand, and browsers would take their time, too.
const MAX_BYTES: usize = 16 << 20;

/// How a browser reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Xml,
    /// By its first bytes: hosts send no type for what they do not know, and browsers then guess.
    Guessed,
    /// It is markup in a form that is not looked into.
    Packed,
    /// No markup; it could be a key.
    Plain,
}

const HTML: &[&str] = &["html", "htm", "shtml", "shtm", "stm", "hta", "mht", "mhtml"];

const XML: &[&str] = &[
    "svg", "xhtml", "xht", "xml", "xsl", "xslt", "xsd", "rdf", "rss", "atom", "mml", "kml", "gpx",
    "wsdl", "xul", "xbl",
];

const XML_OF_PAGES: &[&str] = &["svg", "xhtml", "xht"];

const PLAIN: &[&str] = &["txt", "text", "md", "markdown", "log", "asc", "sig"];

/// Extensions whose registered types no browser reads as markup.
const NO_MARKUP: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "jpe",
    "gif",
    "webp",
    "avif",
    "apng",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "jxl",
    "heic",
    "pdf",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "mov",
    "mp3",
    "m4a",
    "ogg",
    "oga",
    "opus",
    "wav",
    "flac",
    "vtt",
    "srt",
    "zip",
    "gz",
    "tgz",
    "xz",
    "bz2",
    "7z",
    "zst",
    "tar",
    "docx",
    "xlsx",
    "pptx",
    "doc",
    "xls",
    "ppt",
    "odt",
    "ods",
    "odp",
    "rtf",
    "epub",
    "csv",
    "tsv",
    "json",
    "jsonld",
    "geojson",
    "ndjson",
    "yaml",
    "yml",
    "toml",
    "css",
    "js",
    "mjs",
    "map",
    "wasm",
    "webmanifest",
    "vcf",
    "ics",
    "parquet",
    "sqlite",
];

/// Tells whether a file of this name has to be looked at.
#[must_use]
pub fn may_be_active(path: &Utf8Path) -> bool {
    form(path).is_some()
}

fn form(path: &Utf8Path) -> Option<Form> {
    let extension = path.extension().unwrap_or_default().to_lowercase();
    let is_in = |known: &[&str]| known.contains(&extension.as_str());
    if is_in(HTML) {
        Some(Form::Html)
    } else if is_in(XML) {
        Some(Form::Xml)
    } else if is_in(PLAIN) {
        Some(Form::Plain)
    } else if extension == "svgz" {
        Some(Form::Packed)
    } else {
        (!is_in(NO_MARKUP)).then_some(Form::Guessed)
    }
}

/// Finds what a published file can make a browser do. `own` is where the portal is published: what is loaded from there
/// tells no other host.
///
/// A private key is an error, whatever the file is called.
#[must_use]
pub fn check(path: &Utf8Path, bytes: &[u8], own: Option<&str>) -> Vec<Diagnostic> {
    if is_private_key(bytes) {
        return vec![
            Diagnostic::error(Code::NeverPublished, path, "this file is a private key, and it would be published")
                .at(0..0)
                .help("move it out of the content folder, and replace the key wherever it is in use: whoever can read the repository has it"),
        ];
    }
    let Some(form) = form(path) else {
        return Vec::new();
    };
    let unchecked = |why: &str| {
        let what = format!("this file could not be checked for scripts: {why}");
        vec![allowed(
            Diagnostic::warning(Code::ActiveContent, path, what),
            path,
            "save it as plain UTF-8",
        )]
    };
    match form {
        Form::Plain => return Vec::new(),
        Form::Packed => return unchecked("it is packed"),
        _ => {}
    }
    let decoded = match text::decode(bytes) {
        Ok(decoded) => decoded,
        // What is no text is no markup, unless the name says that it is.
        Err(_) if form == Form::Guessed => return Vec::new(),
        Err(why) => return unchecked(why),
    };
    let form = match form {
        Form::Guessed => match guess(&decoded.text) {
            Some(form) => form,
            None => return Vec::new(),
        },
        form => form,
    };
    if bytes.len() > MAX_BYTES {
        return unchecked("it is too large");
    }
    let found = match form {
        Form::Xml => {
            let extension = path.extension().unwrap_or_default().to_lowercase();
            let is_page = XML_OF_PAGES.contains(&extension.as_str());
            xml::find(&decoded.text, own, is_page)
        }
        _ => html::find(&decoded.text, own),
    };
    report(path, &decoded, found)
}

/// PEM (RFC 7468), OpenPGP (RFC 9580) and PuTTY. A text that shows a key somewhere is no key.
fn is_private_key(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(200)];
    let start = String::from_utf8_lossy(start);
    let line = start
        .trim_start_matches('\u{feff}')
        .trim_start()
        .lines()
        .next();
    let line = line.unwrap_or_default();
    line.starts_with("-----BEGIN ") && line.contains("PRIVATE KEY")
        || line.starts_with("PuTTY-User-Key-File-")
}

/// The form that a browser would take text without a type for.
fn guess(text: &str) -> Option<Form> {
    let start = text.trim_start();
    if start.starts_with("<?xml") {
        Some(Form::Xml)
    } else {
        start.starts_with('<').then_some(Form::Html)
    }
}

fn report(path: &Utf8Path, decoded: &Decoded<'_>, mut found: Vec<Finding>) -> Vec<Diagnostic> {
    found.sort_by_key(|finding| finding.span.start);
    found.dedup();
    let more = found.len().saturating_sub(MAX_REPORTS);
    let reports = found.into_iter().take(MAX_REPORTS).enumerate();
    let reports = reports.map(|(at, finding)| {
        let problem = Diagnostic::warning(Code::ActiveContent, path, finding.what);
        let problem = match decoded.span(&finding.span) {
            Some(span) => problem.at(span),
            None => problem,
        };
        let problem = allowed(problem, path, "delete it");
        if at + 1 == MAX_REPORTS && more > 0 {
            problem.note(format!("{more} more in this file"))
        } else {
            problem
        }
    });
    reports.collect()
}

fn allowed(problem: Diagnostic, path: &Utf8Path, what: &str) -> Diagnostic {
    let below = path.as_str().trim_start_matches("content/");
    let pattern = literal(below);
    // A backslash stands for itself only in single quotes.
    let quote = if pattern.contains('\\') { '\'' } else { '"' };
    problem.help(format!(
        "{what}; if it is meant, add `allow_scripts = [{quote}/{pattern}{quote}]` to site.toml"
    ))
}

/// The pattern that a path alone fits.
fn literal(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '[' | ']' | '{' | '}' | '*' | '?' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// The bytes of a tag that begins at a place: to the end of its name, which is what a report points at.
fn tag_span(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '>' | '/' | '<'))
        .map_or(rest.len(), |(at, _)| at);
    start..start + end
}

#[cfg(test)]
mod tests;
