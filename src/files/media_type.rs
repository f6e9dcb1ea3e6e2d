//! What kind of file a name stands for, as an HTTP server says it.

/// The type of everything that has none of its own.
const UNKNOWN: &str = "application/octet-stream";

/// Where the list of `mime_guess` is older than the registry of IANA, or lacks a type that portals publish.
const NEWER: &[(&str, &str)] = &[
    ("bib", "application/x-bibtex"),
    ("cjs", "text/javascript"),
    ("jsonl", "application/jsonl"),
    ("m4a", "audio/mp4"),
    ("map", "application/json"),
    ("md", "text/markdown"),
    ("mjs", "text/javascript"),
    ("ndjson", "application/x-ndjson"),
    ("otf", "font/otf"),
    ("rar", "application/vnd.rar"),
    ("tgz", "application/gzip"),
    ("toml", "application/toml"),
    ("ttf", "font/ttf"),
    ("vcf", "text/vcard"),
    ("woff", "font/woff"),
    // Feeds and sitemaps name their encoding themselves; `text/xml` would set it aside (RFC 7303).
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("zst", "application/zstd"),
];

/// The media type of a file by the ending of its name, in any case: `text/csv` for `list.CSV`, and
/// `application/octet-stream` where the name tells nothing.
///
/// Source of the types: the registry of IANA, by way of the crate `mime_guess`.
///
/// ```
/// use portolan::files::media_type;
/// assert_eq!(media_type("rulings/feed.atom"), "application/atom+xml");
/// assert_eq!(media_type("LICENSE"), "application/octet-stream");
/// ```
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let Some((_, ending)) = file.rsplit_once('.') else {
        return UNKNOWN;
    };
    let newer = NEWER
        .iter()
        .find(|(known, _)| ending.eq_ignore_ascii_case(known));
    newer
        .map(|(_, kind)| *kind)
        .or_else(|| mime_guess::from_ext(ending).first_raw())
        .unwrap_or(UNKNOWN)
}

/// The value of `Content-Type` for a file: its media type, and for text the encoding, which is UTF-8 in every file that
/// a portal makes.
///
/// ```
/// use portolan::files::content_type;
/// assert_eq!(content_type("list.csv"), "text/csv; charset=utf-8");
/// assert_eq!(content_type("form.pdf"), "application/pdf");
/// ```
#[must_use]
pub fn content_type(name: &str) -> String {
    let kind = media_type(name);
    if kind.starts_with("text/") {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_its_type() {
        for (ending, expected) in [
            ("7z", "application/x-7z-compressed"),
            ("atom", "application/atom+xml"),
            ("avif", "image/avif"),
            ("bib", "application/x-bibtex"),
            ("css", "text/css; charset=utf-8"),
            ("csv", "text/csv; charset=utf-8"),
            ("doc", "application/msword"),
            (
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("eml", "message/rfc822"),
            ("epub", "application/epub+zip"),
            ("gif", "image/gif"),
            ("gz", "application/gzip"),
            ("htm", "text/html; charset=utf-8"),
            ("html", "text/html; charset=utf-8"),
            ("ico", "image/x-icon"),
            ("ics", "text/calendar; charset=utf-8"),
            ("jpeg", "image/jpeg"),
            ("jpg", "image/jpeg"),
            ("js", "text/javascript; charset=utf-8"),
            ("json", "application/json"),
            ("jsonl", "application/jsonl"),
            ("log", "text/plain; charset=utf-8"),
            ("md", "text/markdown; charset=utf-8"),
            ("mjs", "text/javascript; charset=utf-8"),
            ("mp3", "audio/mpeg"),
            ("mp4", "video/mp4"),
            ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            ("odt", "application/vnd.oasis.opendocument.text"),
            ("otf", "font/otf"),
            ("pdf", "application/pdf"),
            ("png", "image/png"),
            (
                "pptx",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ),
            ("ris", "application/x-research-info-systems"),
            ("rss", "application/rss+xml"),
            ("rtf", "application/rtf"),
            ("svg", "image/svg+xml"),
            ("tif", "image/tiff"),
            ("toml", "application/toml"),
            ("tsv", "text/tab-separated-values; charset=utf-8"),
            ("ttf", "font/ttf"),
            ("txt", "text/plain; charset=utf-8"),
            ("vcf", "text/vcard; charset=utf-8"),
            ("wasm", "application/wasm"),
            ("webm", "video/webm"),
            ("webmanifest", "application/manifest+json"),
            ("webp", "image/webp"),
            ("woff", "font/woff"),
            ("woff2", "font/woff2"),
            ("xls", "application/vnd.ms-excel"),
            (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ("xml", "application/xml"),
            ("yaml", "application/yaml"),
            ("yml", "application/yaml"),
            ("zip", "application/zip"),
        ] {
            assert_eq!(content_type(&format!("a/b.c.{ending}")), expected);
            let upper = format!("A.{}", ending.to_uppercase());
            assert_eq!(content_type(&upper), expected);
        }
    }

    #[test]
    fn a_name_that_tells_nothing_is_of_no_known_type() {
        for name in [
            "CNAME",
            "",
            ".",
            "a.",
            "folder.csv/CNAME",
            "a.b c",
            "a.\u{e9}",
        ] {
            assert_eq!(content_type(name), UNKNOWN, "{name}");
        }
    }
}
